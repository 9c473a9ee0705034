/** The plugin of the export: the palette or a key asks for it, another key gives it up. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { pressAfterTyping, pressIn } from './pressing';
import { IStudios, studioIn } from './studios';

export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:export',
  description: 'Exports the rulebooks of a studio for where reps work.',
  autoStart: true,
  requires: [IStudios],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, studios: IStudios, palette: ICommandPalette | null): void => {
    const node = (): HTMLElement | null => studioIn(studios, app.shell.currentWidget)?.node ?? null;
    const isEnabled = (): boolean => node() !== null;
    app.commands.addCommand(Commands.exportRulebooks, {
      label: 'Export to Production…',
      isEnabled,
      execute: () => pressAfterTyping(node(), '.jp-touchrules-export')
    });
    app.commands.addCommand(Commands.cancelExport, {
      label: 'Give Up or Stop Exporting Rulebooks',
      isEnabled,
      execute: () => pressIn(node(), '.jp-touchrules-cancel-export')
    });
    palette?.addItem({ command: Commands.exportRulebooks, category: 'Touch Rules' });
  }
};
