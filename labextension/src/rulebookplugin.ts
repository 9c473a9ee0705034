/** The plugin of rulebook files: their icon, and the studio that opens on them. */

import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';

import { Commands } from './commands';
import { RulebookFactory } from './factory';
import { rulebookIcon } from './icons';
import { IStudios, RulebookTab } from './studios';
import { watchFile } from './watching';

/** The name under which "Open With" offers the studio. */
export const FACTORY = 'Rulebook Studio';

const OPEN_RULE = {
  type: 'object',
  properties: { path: { type: 'string' }, rule: { type: 'string' } },
  required: ['path']
};

const FILE_TYPE = 'touchrules-rulebook';

export const rulebookPlugin: JupyterFrontEndPlugin<void> = {
  id: 'touchrules-studio:rulebook',
  description: 'Opens rulebooks in the studio.',
  autoStart: true,
  requires: [IStudios],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    studios: IStudios,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ): void => {
    app.docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: 'Rulebook',
      extensions: ['.rulebook.yaml', '.rulebook.yml'],
      mimeTypes: ['text/x-yaml', 'text/yaml'],
      fileFormat: 'text',
      contentType: 'file',
      icon: rulebookIcon
    });
    const factory = new RulebookFactory(
      {
        name: FACTORY,
        modelName: 'text',
        fileTypes: [FILE_TYPE],
        defaultFor: [FILE_TYPE],
        readOnly: true,
        translator: translator ?? undefined
      },
      path => studios.make(path)
    );
    factory.widgetCreated.connect((_, tab) => {
      studios.addToolbar(tab);
      watchFile(tab, app.serviceManager.contents);
      tab.context.pathChanged.connect(() => void studios.rulebooks.save(tab));
      void studios.rulebooks.add(tab);
    });
    app.docRegistry.addWidgetFactory(factory);
    addOpenRule(app.commands);
    void restorer?.restore(studios.rulebooks, {
      command: 'docmanager:open',
      args: tab => ({ path: tab.context.path, factory: FACTORY }),
      name: tab => tab.context.path
    });
  }
};

/** The command that opens the rulebook of a rule, and chooses the rule there. */
function addOpenRule(commands: JupyterFrontEnd['commands']): void {
  commands.addCommand(Commands.openRule, {
    label: 'Open Rule in the Studio',
    describedBy: { args: OPEN_RULE },
    execute: async args => {
      const { path, rule } = args as { path: string; rule?: string };
      const tab = (await commands.execute('docmanager:open', { path, factory: FACTORY })) as
        | RulebookTab
        | undefined;
      if (rule) {
        tab?.content.choose(rule);
      }
    }
  });
}
