/** The plugin that shows in the status bar what a studio works on. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { Signal } from '@lumino/signaling';

import { StudioPanel } from './panel';
import { ProgressItem } from './progressitem';
import { IStudios, studioIn } from './studios';

export const statusPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:status',
  description: 'Shows in the status bar how far a replay is.',
  autoStart: true,
  requires: [IStudios],
  optional: [IStatusBar],
  activate: (app: JupyterFrontEnd, studios: IStudios, statusBar: IStatusBar | null): void => {
    if (!statusBar) {
      return;
    }
    const working = (): StudioPanel | null => {
      const current = studioIn(studios, app.shell.currentWidget);
      const all = current ? [current, ...studios.all()] : studios.all();
      return all.find(studio => studio.reports.work !== null) ?? null;
    };
    const item = new ProgressItem(() => working()?.cancel());
    const changed = new Signal<ProgressItem, void>(item);
    const show = (): void => {
      const work = working()?.reports.work;
      if (work) {
        item.setWork(work);
      }
      changed.emit();
    };
    studios.reported.connect(show);
    app.shell.currentChanged?.connect(show);
    statusBar.registerStatusItem('touchrules-studio:progress', {
      item,
      align: 'left',
      rank: 100,
      isActive: () => working() !== null,
      activeStateChanged: changed
    });
  }
};
