/** The plugin of the studio's own tab: launcher card, palette entry, and the layout that comes back. */

import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';

import { Commands } from './commands';
import { studioIcon } from './icons';
import { IStudios, StudioTab } from './studios';

const TITLE = 'Touch Rules Studio';

export const tabPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:tab',
  description: 'Opens the Touch Rules Studio in a tab.',
  autoStart: true,
  requires: [IStudios],
  optional: [ICommandPalette, ILauncher, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    studios: IStudios,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    restorer: ILayoutRestorer | null
  ): void => {
    app.commands.addCommand(Commands.openStudio, {
      label: args => (args['isPalette'] ? `Open ${TITLE}` : TITLE),
      caption: 'Replay rulebooks over the touches, and tune them',
      icon: args => (args['isPalette'] ? undefined : studioIcon),
      describedBy: { args: { type: 'object', properties: { id: { type: 'string' } } } },
      execute: async args => {
        await studios.ready;
        const id = args['id'];
        return openTab(app, studios, typeof id === 'string' ? id : undefined);
      }
    });
    palette?.addItem({
      command: Commands.openStudio,
      category: 'Touch Rules',
      args: { isPalette: true }
    });
    launcher?.add({ command: Commands.openStudio, category: 'Other', rank: 1 });
    void restorer?.restore(studios.tabs, {
      command: Commands.openStudio,
      args: tab => ({ id: tab.content.studioId }),
      name: tab => tab.content.studioId
    });
  }
};

async function openTab(app: JupyterFrontEnd, studios: IStudios, id?: string): Promise<StudioTab> {
  const content = studios.make(null, id);
  const tab = new MainAreaWidget({ content });
  tab.id = `touchrules-studio-${content.studioId}`;
  tab.title.label = TITLE;
  tab.title.icon = studioIcon;
  tab.title.closable = true;
  studios.addToolbar(tab);
  app.shell.add(tab, 'main');
  await studios.tabs.add(tab);
  app.shell.activateById(tab.id);
  return tab;
}
