/** The plugin of the list of rulebooks in the left area. */

import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { RulebookList } from './rulebooklist';
import { FACTORY } from './rulebookplugin';

export const listPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:list',
  description: 'Lists the rulebooks of the workspace.',
  autoStart: true,
  optional: [ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const list = new RulebookList(app.serviceManager.contents, path => {
      void app.commands.execute('docmanager:open', { path, factory: FACTORY });
    });
    app.shell.add(list, 'left', { rank: 210 });
    restorer?.add(list, list.id);
    app.commands.addCommand(Commands.showRulebooks, {
      label: 'Show Rulebooks',
      execute: () => {
        app.shell.activateById(list.id);
      }
    });
    palette?.addItem({ command: Commands.showRulebooks, category: 'Touch Rules' });
  }
};
