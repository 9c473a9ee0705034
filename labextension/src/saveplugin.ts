/** The plugin of the studio's keys: one asks to save, another gives a save up. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { pressIn } from './pressing';
import { IStudios, RulebookTab, studioIn, StudioTab } from './studios';
import { handOnKeys } from './typing';

export const savePlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:save',
  description: 'Saves the rulebooks of a studio by a key.',
  autoStart: true,
  requires: [IStudios],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, studios: IStudios, palette: ICommandPalette | null): void => {
    const node = (): HTMLElement | null => studioIn(studios, app.shell.currentWidget)?.node ?? null;
    const add = (command: string, label: string, button: string): void => {
      app.commands.addCommand(command, {
        label,
        isEnabled: () => node() !== null,
        execute: () => pressIn(node(), button)
      });
    };
    add(Commands.saveRulebooks, 'Save Rulebooks…', '.jp-touchrules-save');
    add(Commands.cancelSave, 'Give Up Saving Rulebooks', '.jp-touchrules-cancel-save');
    const handOn = (_: unknown, tab: StudioTab | RulebookTab): void => {
      const { node, disposed } = tab.content;
      const handOnKey = (event: KeyboardEvent): void => {
        app.commands.processKeydownEvent(event);
      };
      disposed.connect(handOnKeys(node, handOnKey));
    };
    studios.tabs.widgetAdded.connect(handOn);
    studios.rulebooks.widgetAdded.connect(handOn);
    palette?.addItem({ command: Commands.saveRulebooks, category: 'Touch Rules' });
  }
};
