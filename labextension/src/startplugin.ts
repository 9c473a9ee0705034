/** The plugin that opens the studio by itself where `touchrules lab` started JupyterLab. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';

import { Commands } from './commands';
import { IStudios } from './studios';

export const startPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:start',
  description: 'Opens the studio where `touchrules lab` started JupyterLab.',
  autoStart: true,
  requires: [IStudios],
  activate: (app: JupyterFrontEnd, studios: IStudios): void => {
    if (PageConfig.getOption('touchrulesStudio') !== 'open') {
      return;
    }
    void app.restored.then(() => {
      if (studios.tabs.size + studios.rulebooks.size === 0) {
        void app.commands.execute(Commands.openStudio);
      }
    });
  }
};
