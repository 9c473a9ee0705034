/** The plugin of the export: the palette or a key asks for it, another key gives it up. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { Commands } from './commands';
import { addPanel } from './panels';
import { IStudios } from './studios';

export const exportPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:export',
  description: 'Exports the rulebooks of a studio for where reps work.',
  autoStart: true,
  requires: [IStudios],
  optional: [ICommandPalette],
  activate: (app: JupyterFrontEnd, studios: IStudios, palette: ICommandPalette | null): void => {
    addPanel(
      app,
      studios,
      palette,
      { id: Commands.exportRulebooks, label: 'Export to Production…', button: '.jp-touchrules-export' },
      {
        id: Commands.cancelExport,
        label: 'Give Up or Stop Exporting Rulebooks',
        button: '.jp-touchrules-cancel-export'
      }
    );
  }
};
