/** The plugin that keeps all open studios. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { makeMemory } from './memory';
import { OpenStudios } from './openstudios';
import { DEFAULTS, IStudioSettings, readSettings, SETTINGS_ID } from './settings';
import { IStudios } from './studios';

export const studiosPlugin: JupyterFrontEndPlugin<IStudios> = {
  id: SETTINGS_ID,
  description: 'Keeps all open studios of touchrules.',
  autoStart: true,
  provides: IStudios,
  requires: [IRenderMimeRegistry],
  optional: [ISettingRegistry, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    registry: ISettingRegistry | null,
    state: IStateDB | null,
    translation: ITranslator | null
  ): IStudios => {
    let settings = (): IStudioSettings => DEFAULTS;
    const ready = readSettings(registry, () => {
      studios.paint();
    }).then(read => {
      settings = read;
      studios.paint();
    });
    const studios = new OpenStudios(ready, {
      manager: app.serviceManager,
      rendermime,
      translator: translation ?? nullTranslator,
      memory: makeMemory(state),
      settings: () => settings()
    });
    return studios;
  }
};
