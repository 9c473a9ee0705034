/** Tells a studio that its rulebook was renamed, or written by somebody else. */

import { Contents } from '@jupyterlab/services';
import { Poll } from '@lumino/polling';

import { RulebookTab } from './studios';

/** How often a file is looked at, for writers outside JupyterLab. */
const LOOK_MS = 3000;

/** Watch the file of a tab until the tab is closed. */
export function watchFile(tab: RulebookTab, contents: Contents.IManager): void {
  let seen = '';
  const look = async (): Promise<void> => {
    const { last_modified: written } = await contents.get(tab.context.path, { content: false });
    const changed = seen !== '' && written !== seen;
    seen = written;
    if (changed && !tab.isDisposed) {
      tab.content.reread();
    }
  };
  const poll = new Poll({
    name: `touchrules:${tab.content.studioId}`,
    factory: look,
    frequency: { interval: LOOK_MS, backoff: true, max: 10 * LOOK_MS },
    standby: () => (tab.isVisible ? 'when-hidden' : true)
  });
  const onPath = (): void => {
    tab.content.rename(tab.context.path);
  };
  const onFile = (): void => {
    void poll.refresh();
  };
  tab.context.pathChanged.connect(onPath);
  tab.context.fileChanged.connect(onFile);
  tab.disposed.connect(() => {
    tab.context.pathChanged.disconnect(onPath);
    tab.context.fileChanged.disconnect(onFile);
    poll.dispose();
  });
}
