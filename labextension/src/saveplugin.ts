/** The plugin of the studio's keys: one asks to save, another gives a save up. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { pressAfterTyping, pressIn } from './pressing';
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
    const isEnabled = (): boolean => node() !== null;
    app.commands.addCommand(Commands.saveRulebooks, {
      label: 'Save Rulebooks…',
      isEnabled,
      execute: () => pressAfterTyping(node(), '.jp-touchrules-save')
    });
    app.commands.addCommand(Commands.cancelSave, {
      label: 'Give Up Saving Rulebooks',
      isEnabled,
      execute: () => pressIn(node(), '.jp-touchrules-cancel-save')
    });
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
