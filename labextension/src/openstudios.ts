/** Makes studios, and passes on what those that are open tell. */

import { WidgetTracker } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';

import { StudioPanel } from './panel';
import { addKernelItems, IStudios, RulebookTab, StudioTab } from './studios';

type Given = Omit<StudioPanel.IOptions, 'path' | 'id'>;

export class OpenStudios implements IStudios {
  /** `ready` settles when the settings are read; `given` is the same for all studios. */
  constructor(
    readonly ready: Promise<void>,
    private readonly _given: Given
  ) {}

  readonly tabs = new WidgetTracker<StudioTab>({ namespace: 'touchrules-studio' });
  readonly rulebooks = new WidgetTracker<RulebookTab>({ namespace: 'touchrules-rulebook' });
  readonly reported = new Signal<this, void>(this);
  readonly saved = new Signal<this, void>(this);

  all(): StudioPanel[] {
    return [...this._open];
  }

  make(path: string | null, id?: string): StudioPanel {
    const studio = new StudioPanel({ ...this._given, path, id });
    this._open.add(studio);
    studio.setCharts(this._given.settings().chartTheme);
    this._passOn(studio);
    studio.disposed.connect(() => {
      this._open.delete(studio);
      this.reported.emit();
    });
    return studio;
  }

  addToolbar(tab: StudioTab | RulebookTab): void {
    addKernelItems(tab, this._given.translator);
  }

  /** Have all charts drawn as the settings say. */
  paint(): void {
    this._open.forEach(studio => {
      studio.setCharts(this._given.settings().chartTheme);
    });
  }

  private _passOn(studio: StudioPanel): void {
    let unsaved = false;
    studio.reported.connect((_, reports) => {
      this.reported.emit();
      if (unsaved && !reports.unsaved) {
        this.saved.emit();
      }
      unsaved = reports.unsaved;
    });
  }

  private readonly _open = new Set<StudioPanel>();
}
