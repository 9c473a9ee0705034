/** Makes the session, and so the kernel, of a studio tab. */

import { SessionContext } from '@jupyterlab/apputils';
import { ServiceManager } from '@jupyterlab/services';

import { baseName } from './paths';
import { IStudioSettings } from './settings';

/** A session of its own for one studio. */
export function makeSession(
  manager: ServiceManager.IManager,
  settings: IStudioSettings,
  session: string,
  rulebook: string | null
): SessionContext {
  return new SessionContext({
    kernelManager: manager.kernels,
    sessionManager: manager.sessions,
    specsManager: manager.kernelspecs,
    path: session,
    name: rulebook === null ? 'Touch Rules Studio' : baseName(rulebook),
    type: 'touchrules-studio',
    kernelPreference: {
      name: settings.kernelName || manager.kernelspecs.specs?.default,
      language: 'python',
      autoStartDefault: true,
      shouldStart: true,
      canStart: true,
      shutdownOnDispose: settings.shutdownOnClose
    }
  });
}
