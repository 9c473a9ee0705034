/** Makes a studio of a rulebook file. */

import { ABCWidgetFactory, DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';

import { rulebookIcon } from './icons';
import { StudioPanel } from './panel';
import { RulebookTab } from './studios';

export class RulebookFactory extends ABCWidgetFactory<RulebookTab> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<RulebookTab>,
    private readonly _make: (path: string) => StudioPanel
  ) {
    super(options);
  }

  protected createNewWidget(context: DocumentRegistry.Context): RulebookTab {
    const tab = new DocumentWidget({ content: this._make(context.path), context });
    tab.title.icon = rulebookIcon;
    return tab;
  }
}
