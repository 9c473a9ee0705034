/** The tree of rulebooks on the page: rows that are reached by one Tab and walked by arrow keys. */

import { makeElement } from './elements';
import { IRuleRow, keyFolds, keyTarget, Row, tellRow } from './tree';

/** What a tree asks of whoever shows it. */
export interface ITreeEvents {
  /** Somebody opened a row by a click or by Enter. */
  open(row: Row): void;
  /** Somebody folded a rulebook, or unfolded it. */
  fold(path: string, folded: boolean): void;
}

const PREFIX = 'jp-touchrules-Tree';

export class TreeView {
  constructor(private readonly _events: ITreeEvents) {
    this.node.setAttribute('role', 'tree');
    this.node.setAttribute('aria-label', 'Rulebooks, their rules and their problems');
    this.node.addEventListener('click', event => {
      this._onClick(event);
    });
    this.node.addEventListener('keydown', event => {
      this._onKey(event);
    });
  }

  readonly node = makeElement('div', PREFIX);

  /** Show rows; the one that had the focus keeps it. */
  show(rows: readonly Row[]): void {
    const hadFocus = this.node.contains(document.activeElement);
    const current = rows[this._current];
    const before = this._rows[this._current]?.key;
    this._rows = rows;
    const kept = rows.findIndex(row => row.key === before);
    this._current = kept >= 0 ? kept : current ? this._current : 0;
    this._put(rows.map((row, index) => this._elementFor(row, index === this._current)));
    if (hadFocus && !this.node.contains(document.activeElement)) {
      this._element(this._current)?.focus({ preventScroll: true });
    }
  }

  /** The element that shows a row already, or else a new one. */
  private _elementFor(row: Row, isCurrent: boolean): HTMLElement {
    const told = JSON.stringify(row);
    const shown = this._shown.get(row.key);
    const element = shown?.told === told ? shown.element : makeRow(row);
    element.setAttribute('tabindex', isCurrent ? '0' : '-1');
    this._shown.set(row.key, { told, element });
    return element;
  }

  /** Show elements; those that stay are not touched: they may be pressed or pointed at just now. */
  private _put(elements: readonly HTMLElement[]): void {
    const staying = new Set<Element>(elements);
    [...this.node.children].filter(child => !staying.has(child)).forEach(child => {
      child.remove();
    });
    elements.forEach((element, index) => {
      const there = this.node.children.item(index);
      if (there !== element) {
        this.node.insertBefore(element, there);
      }
    });
    const keys = new Set(this._rows.map(row => row.key));
    [...this._shown.keys()].filter(key => !keys.has(key)).forEach(key => this._shown.delete(key));
  }

  /** Put the focus on the row that had it last. */
  focus(): void {
    this._element(this._current)?.focus();
  }

  private _moveTo(index: number): void {
    this._element(this._current)?.setAttribute('tabindex', '-1');
    this._current = index;
    this._element(index)?.setAttribute('tabindex', '0');
    this.focus();
  }

  private _onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const element = target.closest('[role=treeitem]');
    const index = element ? [...this.node.children].indexOf(element) : -1;
    const row = this._rows[index];
    if (!row) {
      return;
    }
    this._moveTo(index);
    if (row.kind === 'rulebook' && target.closest(`.${PREFIX}-fold`) && row.expanded !== null) {
      this._events.fold(row.path, row.expanded);
    } else {
      this._events.open(row);
    }
  }

  private _onKey(event: KeyboardEvent): void {
    const row = this._rows[this._current];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const folds = keyFolds(row, event.key);
    const target = keyTarget(this._rows, this._current, event.key);
    if (event.key === 'Enter') {
      this._events.open(row);
    } else if (folds !== null) {
      this._events.fold(row.path, folds);
    } else if (target !== this._current) {
      this._moveTo(target);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private _element(index: number): HTMLElement | null {
    return this.node.children.item(index) as HTMLElement | null;
  }

  private readonly _shown = new Map<string, { told: string; element: HTMLElement }>();
  private _rows: readonly Row[] = [];
  private _current = 0;
}

function makeRow(row: Row): HTMLElement {
  const element = makeElement('div', `${PREFIX}-row ${PREFIX}-${row.kind}`);
  const attributes: Record<string, string> = {
    role: 'treeitem',
    'aria-level': String(row.level),
    'aria-setsize': String(row.count),
    'aria-posinset': String(row.position),
    'aria-label': tellRow(row)
  };
  if (row.kind === 'rulebook' && row.expanded !== null) {
    attributes['aria-expanded'] = String(row.expanded);
  }
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.title = titleOf(row);
  element.append(...partsOf(row));
  return element;
}

function partsOf(row: Row): HTMLElement[] {
  switch (row.kind) {
    case 'rulebook':
      return [
        part('fold'),
        part('label', row.label),
        ...(row.folder ? [part('folder', row.folder)] : []),
        part('fill'),
        ...(row.problems > 0 ? [part('problems', String(row.problems))] : []),
        ...number(row.found)
      ];
    case 'rule':
      return [severityOf(row), labelOf(row), part('fill'), ...number(row.found)];
    case 'problem':
      return [part('line', String(row.line)), part('label', row.label)];
  }
}

function severityOf(row: IRuleRow): HTMLElement {
  const mark = part('severity');
  mark.dataset['severity'] = row.severity;
  return mark;
}

/** A rule that is switched off is dimmed, and one that reports nothing is written in italics. */
function labelOf(row: IRuleRow): HTMLElement {
  const label = part('label', row.label);
  label.classList.toggle('jp-mod-off', !row.enabled);
  label.classList.toggle('jp-mod-silent', !row.report);
  return label;
}

function titleOf(row: Row): string {
  switch (row.kind) {
    case 'rulebook':
      return row.path;
    case 'rule':
      return row.report ? row.label : `${row.label}: reports nothing, other rules build on it`;
    case 'problem':
      return `${row.label}\n${row.remedy}`;
  }
}

function number(found: number | null): HTMLElement[] {
  return found === null ? [] : [part('found', found.toLocaleString('en-US'))];
}

function part(name: string, text = ''): HTMLElement {
  return makeElement('span', `${PREFIX}-${name}`, text);
}
