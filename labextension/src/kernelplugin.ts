/** The plugin that makes the Kernel menu work for studios. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { Widget } from '@lumino/widgets';

import { Commands } from './commands';
import { StudioPanel } from './panel';
import { IStudios, studioIn } from './studios';

interface IAction {
  readonly command: string;
  readonly label: string;
  readonly run: (studio: StudioPanel) => Promise<unknown>;
}

const RESTART: IAction = {
  command: Commands.restartKernel,
  label: 'Restart Studio Kernel…',
  run: ({ dialogs, sessionContext }) => dialogs.restart(sessionContext)
};
const CHANGE: IAction = {
  command: Commands.changeKernel,
  label: 'Change Studio Kernel…',
  run: ({ dialogs, sessionContext }) => dialogs.selectKernel(sessionContext)
};
const INTERRUPT: IAction = {
  command: Commands.interruptKernel,
  label: 'Interrupt Studio Kernel',
  run: async ({ sessionContext }) => sessionContext.session?.kernel?.interrupt()
};
const SHUT_DOWN: IAction = {
  command: Commands.shutDownKernel,
  label: 'Shut Down Studio Kernel',
  run: ({ sessionContext }) => sessionContext.shutdown()
};

export const kernelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:kernel',
  description: 'Restarts, changes, interrupts and shuts down the kernels of studios.',
  autoStart: true,
  requires: [IStudios],
  optional: [IMainMenu, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    studios: IStudios,
    menu: IMainMenu | null,
    palette: ICommandPalette | null
  ): void => {
    const current = (): StudioPanel | null => studioIn(studios, app.shell.currentWidget);
    for (const { command, label, run } of [RESTART, CHANGE, INTERRUPT, SHUT_DOWN]) {
      app.commands.addCommand(command, {
        label,
        isEnabled: () => current() !== null,
        execute: async () => {
          const studio = current();
          if (studio) {
            await run(studio);
          }
        }
      });
      palette?.addItem({ command, category: 'Touch Rules' });
    }
    app.shell.currentChanged?.connect(() => {
      app.commands.notifyCommandChanged();
    });
    const isEnabled = (widget: Widget): boolean => studioIn(studios, widget) !== null;
    const users = menu?.kernelMenu.kernelUsers;
    users?.restartKernel.add({ id: RESTART.command, isEnabled });
    users?.changeKernel.add({ id: CHANGE.command, isEnabled });
    users?.interruptKernel.add({ id: INTERRUPT.command, isEnabled });
    users?.shutdownKernel.add({ id: SHUT_DOWN.command, isEnabled });
  }
};
