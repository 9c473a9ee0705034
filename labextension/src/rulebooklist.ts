/** The list of all rulebooks of a workspace with their rules and problems, in the left area. */

import { Contents } from '@jupyterlab/services';
import { refreshIcon } from '@jupyterlab/ui-components';
import { Message } from '@lumino/messaging';
import { Debouncer } from '@lumino/polling';
import { Widget } from '@lumino/widgets';

import { Check } from './answers';
import { makeElement } from './elements';
import { findRulebooks } from './finding';
import { rulebookIcon } from './icons';
import { Found, Row, rowsOf } from './tree';
import { TreeView } from './treeview';
import { Workspace } from './workspace';

/** Files are often written several at a time. */
const SETTLE_MS = 400;

/** What a list shows, and what it does. */
export interface IListOptions {
  readonly contents: Contents.IManager;
  readonly check: Check;
  /** Where a rulebook may come from when there is none. */
  readonly start: () => void;
  readonly open: (row: Row) => void;
}

/** A tree of rulebooks; a click, or Enter, opens a row. */
export class RulebookList extends Widget {
  constructor(private readonly _options: IListOptions) {
    super();
    this.id = 'touchrules-rulebooks';
    this.addClass('jp-touchrules-Rulebooks');
    this.title.icon = rulebookIcon;
    this.title.caption = 'Rulebooks';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Rulebooks');
    this._tree = new TreeView({
      open: _options.open,
      fold: (path, folded) => {
        this._fold(path, folded);
      }
    });
    this._workspace = new Workspace(() => findRulebooks(_options.contents), _options.check, () => {
      this._show();
    });
    this.node.append(this._makeHead(), this._tree.node, this._empty);
    this._refresh = new Debouncer(() => this.refresh(), SETTLE_MS);
    _options.contents.fileChanged.connect(this._onFileChanged, this);
  }

  /** Look for rulebooks anew. */
  async refresh(): Promise<void> {
    await this._workspace.refresh();
  }

  /** Look for rulebooks anew soon, if somebody sees the list. */
  refreshSoon(): void {
    if (this.isVisible) {
      void this._refresh.invoke();
    }
  }

  /** Show what rules found. */
  setFound(found: Found): void {
    this._found = found;
    this._show();
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._options.contents.fileChanged.disconnect(this._onFileChanged, this);
      this._refresh.dispose();
      super.dispose();
    }
  }

  protected onAfterShow(message: Message): void {
    super.onAfterShow(message);
    void this.refresh();
  }

  protected onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this._filter.focus();
  }

  private _makeHead(): HTMLElement {
    const head = makeElement('div', 'jp-touchrules-Rulebooks-head');
    this._filter.type = 'search';
    this._filter.placeholder = 'Filter rulebooks and rules';
    this._filter.setAttribute('aria-label', this._filter.placeholder);
    this._filter.addEventListener('input', () => {
      this._show();
    });
    this._filter.addEventListener('keydown', event => {
      if (event.key === 'ArrowDown') {
        this._tree.focus();
        event.preventDefault();
      }
    });
    const refresh = makeElement('button', 'jp-touchrules-Rulebooks-refresh');
    refresh.title = 'Look for rulebooks again';
    refresh.setAttribute('aria-label', refresh.title);
    refreshIcon.element({ container: refresh });
    refresh.addEventListener('click', () => void this.refresh());
    head.append(this._filter, refresh);
    return head;
  }

  private _show(): void {
    if (this.isDisposed) {
      return;
    }
    const filter = this._filter.value;
    const books = this._workspace.books;
    const rows = rowsOf(books, this._found, { filter, folded: this._folded });
    this._tree.node.hidden = rows.length === 0;
    this._tree.show(rows);
    this._empty.hidden = rows.length > 0 || !this._workspace.isKnown;
    this._tellEmpty(books.length === 0 ? null : filter);
  }

  /** Tell what may be done where there is no rulebook, or that none says what is looked for. */
  private _tellEmpty(filter: string | null): void {
    if (filter !== this._told) {
      this._told = filter;
      this._empty.replaceChildren(...(filter === null ? this._makeStart() : [noneFound(filter)]));
    }
  }

  private _makeStart(): HTMLElement[] {
    const none = makeElement('p', '', 'There is no rulebook in this workspace yet.');
    const where = makeElement(
      'p',
      '',
      'Rulebooks are files called NAME.rulebook.yaml. `touchrules lab` starts with a copy of the shipped ones.'
    );
    const start = makeElement('button', 'jp-touchrules-Rulebooks-start', 'Open the studio');
    start.addEventListener('click', this._options.start);
    return [none, where, start];
  }

  private _fold(path: string, folded: boolean): void {
    if (folded) {
      this._folded.add(path);
    } else {
      this._folded.delete(path);
    }
    this._show();
  }

  private _onFileChanged(): void {
    this.refreshSoon();
  }

  private readonly _filter = makeElement('input', 'jp-touchrules-Rulebooks-filter');
  private readonly _empty = makeElement('div', 'jp-touchrules-Rulebooks-none');
  private readonly _folded = new Set<string>();
  private readonly _tree: TreeView;
  private readonly _workspace: Workspace;
  private readonly _refresh: Debouncer;
  private _found: Found = new Map();
  private _told: string | null | undefined;
}

function noneFound(filter: string): HTMLElement {
  return makeElement('p', '', `No rulebook and no rule says “${filter.trim()}”.`);
}
