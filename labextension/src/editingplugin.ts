/** The plugin that helps in the text editor while a rulebook is written. */

import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICompletionProviderManager } from '@jupyterlab/completer';
import { IDocumentWidget } from '@jupyterlab/docregistry';
import { FileEditor, IEditorTracker } from '@jupyterlab/fileeditor';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Widget } from '@lumino/widgets';

import { answersOf } from './answers';
import { RulebookCompletions } from './editing/completing';
import type { Knowledge } from './editing/knowledge';
import { isRulebook } from './paths';
import { DEFAULTS, IStudioSettings, readSettings } from './settings';

export const editingPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:editing',
  description: 'Checks, completes and explains rulebooks in the text editor.',
  autoStart: true,
  requires: [IEditorTracker],
  optional: [ICompletionProviderManager, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    editors: IEditorTracker,
    completions: ICompletionProviderManager | null,
    registry: ISettingRegistry | null
  ): void => {
    let settings = (): IStudioSettings => DEFAULTS;
    void readSettings(registry).then(read => {
      settings = read;
    });
    const surroundings = {
      answers: answersOf(app.serviceManager.serverSettings),
      completions,
      proposesWhileTyping: () => settings().proposesWhileTyping
    };
    const known = new WeakMap<Widget, Promise<Knowledge>>();
    completions?.registerProvider(new RulebookCompletions(tab => known.get(tab)));
    const welcome = (tab: IDocumentWidget<FileEditor>): void => {
      if (isRulebook(tab.context.path) && !known.has(tab)) {
        known.set(
          tab,
          import('./editing/equipment').then(({ equip }) => equip(tab, surroundings))
        );
      }
    };
    editors.widgetAdded.connect((_, tab) => {
      welcome(tab);
      tab.context.pathChanged.connect(() => {
        welcome(tab);
      });
    });
    editors.forEach(welcome);
  }
};
