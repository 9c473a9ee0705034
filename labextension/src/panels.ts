/** Commands that open a panel of the studio and give it up again, by buttons that Python made. */

import { JupyterFrontEnd } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';

import { pressAfterTyping, pressIn } from './pressing';
import { IStudios, studioIn } from './studios';

/** How a panel is opened: the command, what it is called, and the button that it presses. */
export interface IPanelCommand {
  id: string;
  label: string;
  button: string;
}

/** Add the commands of a panel; the one that opens it is in the palette too. */
export function addPanel(
  app: JupyterFrontEnd,
  studios: IStudios,
  palette: ICommandPalette | null,
  open: IPanelCommand,
  giveUp: IPanelCommand
): void {
  const node = (): HTMLElement | null => studioIn(studios, app.shell.currentWidget)?.node ?? null;
  const isEnabled = (): boolean => node() !== null;
  app.commands.addCommand(open.id, {
    label: open.label,
    isEnabled,
    execute: () => pressAfterTyping(node(), open.button)
  });
  app.commands.addCommand(giveUp.id, {
    label: giveUp.label,
    isEnabled,
    execute: () => pressIn(node(), giveUp.button)
  });
  palette?.addItem({ command: open.id, category: 'Touch Rules' });
}
