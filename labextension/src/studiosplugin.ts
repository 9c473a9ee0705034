/** The plugin that keeps all open studios. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { StudioPanel } from './panel';
import { DEFAULTS, IStudioSettings, readSettings, SETTINGS_ID } from './settings';
import { addKernelItems, IStudios, RulebookTab, StudioTab } from './studios';

export const studiosPlugin: JupyterFrontEndPlugin<IStudios> = {
  id: SETTINGS_ID,
  description: 'Keeps all open studios of touchrules.',
  autoStart: true,
  provides: IStudios,
  requires: [IRenderMimeRegistry],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    registry: ISettingRegistry | null,
    translation: ITranslator | null
  ): IStudios => {
    const translator = translation ?? nullTranslator;
    let settings = (): IStudioSettings => DEFAULTS;
    const ready = readSettings(registry).then(read => {
      settings = read;
    });
    return {
      tabs: new WidgetTracker<StudioTab>({ namespace: 'touchrules-studio' }),
      rulebooks: new WidgetTracker<RulebookTab>({ namespace: 'touchrules-rulebook' }),
      ready,
      make: (path, id) =>
        new StudioPanel({
          manager: app.serviceManager,
          rendermime,
          translator,
          settings: () => settings(),
          path,
          id
        }),
      addToolbar: tab => {
        addKernelItems(tab, translator);
      }
    };
  }
};
