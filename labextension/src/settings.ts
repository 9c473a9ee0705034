/** The settings of the studio, as they stand now. */

import { ISettingRegistry } from '@jupyterlab/settingregistry';

import { IKernelSettings } from './code';

/** The package's name and the name of the file in schema/. */
export const SETTINGS_ID = 'touchrules-studio:plugin';

/** What the user can set. */
export interface IStudioSettings extends IKernelSettings {
  /** The kernel to start; empty is the server's default. */
  readonly kernelName: string;
  /** Whether closing a studio ends its kernel. */
  readonly shutdownOnClose: boolean;
  /** The colours that charts are drawn with. */
  readonly chartTheme: string;
  /** Whether the text editor offers what may be written without being asked. */
  readonly proposesWhileTyping: boolean;
}

/** What holds where nothing is set, and where there is no setting registry. */
export const DEFAULTS: IStudioSettings = {
  kernelName: '',
  shutdownOnClose: true,
  chartTheme: 'jupyterlab',
  proposesWhileTyping: true,
  touches: '',
  timezone: ''
};

/** Read settings once they are there, and give a function that always tells the newest; `changed` hears of others. */
export async function readSettings(
  registry: ISettingRegistry | null,
  changed: () => void = () => undefined
): Promise<() => IStudioSettings> {
  if (!registry) {
    return () => DEFAULTS;
  }
  try {
    const settings = await registry.load(SETTINGS_ID);
    settings.changed.connect(changed);
    return () => ({ ...DEFAULTS, ...(settings.composite as Partial<IStudioSettings>) });
  } catch (reason) {
    console.warn('touchrules: the settings could not be read; the defaults hold.', reason);
    return () => DEFAULTS;
  }
}
