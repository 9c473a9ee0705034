/** The plugin of the studio's keys: one asks to save, another gives a save up. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { addPanel } from './panels';
import { IStudios, RulebookTab, StudioTab } from './studios';
import { handOnKeys } from './typing';

export const savePlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:save',
  description: 'Saves the rulebooks of a studio by a key.',
  autoStart: true,
  requires: [IStudios],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, studios: IStudios, palette: ICommandPalette | null): void => {
    addPanel(
      app,
      studios,
      palette,
      { id: Commands.saveRulebooks, label: 'Save Rulebooks…', button: '.jp-touchrules-save' },
      { id: Commands.cancelSave, label: 'Give Up Saving Rulebooks', button: '.jp-touchrules-cancel-save' }
    );
    const handOn = (_: unknown, tab: StudioTab | RulebookTab): void => {
      const { node, disposed } = tab.content;
      const handOnKey = (event: KeyboardEvent): void => {
        app.commands.processKeydownEvent(event);
      };
      disposed.connect(handOnKeys(node, handOnKey));
    };
    studios.tabs.widgetAdded.connect(handOn);
    studios.rulebooks.widgetAdded.connect(handOn);
  }
};
