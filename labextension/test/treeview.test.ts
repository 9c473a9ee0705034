// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

import { Found, Row, rowsOf } from '../src/tree';
import { TreeView } from '../src/treeview';
import { IBook } from '../src/workspace';

const rule = (id: string): Record<string, unknown> => ({ id, title: id, severity: 'low', enabled: true, report: true });
const BOOKS = [
  { path: 'a', check: { rulebook: 'a', title: '', problems: [], rules: [rule('one'), rule('two')] }, problems: [] },
  { path: 'b', check: { rulebook: 'b', title: '', problems: [], rules: [rule('three')] }, problems: [] }
] as unknown as IBook[];

const done: string[] = [];
const folded = new Set<string>();
let view: TreeView;

function show(found: Found = new Map()): void {
  view.show(rowsOf(BOOKS, found, { filter: '', folded }));
}

function press(...keys: string[]): void {
  for (const key of keys) {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
}

function focused(): string | null | undefined {
  return document.activeElement?.textContent;
}

beforeEach(() => {
  done.length = 0;
  folded.clear();
  view = new TreeView({
    open: (row: Row) => done.push(`open ${row.label}`),
    fold: (path, on) => {
      (on ? [path] : []).forEach(one => folded.add(one));
      (on ? [] : [path]).forEach(one => folded.delete(one));
      show();
    }
  });
  document.body.replaceChildren(view.node);
  show();
  view.focus();
});

it('is reached by one Tab', () => {
  press('ArrowDown', 'ArrowDown');
  expect([...view.node.children].map(row => row.getAttribute('tabindex'))).toEqual(['-1', '-1', '0', '-1', '-1']);
});

it('is walked by arrow keys, and Enter opens a row', () => {
  press('ArrowDown', 'Enter', 'End', 'Enter');
  expect(done).toEqual(['open one', 'open three']);
});

it('folds by the left arrow, and leaves the focus on the rulebook', () => {
  press('ArrowDown', 'ArrowLeft', 'ArrowLeft');
  expect([focused(), view.node.children.length]).toEqual(['a', 3]);
  press('ArrowRight');
  expect([focused(), view.node.children.length]).toEqual(['a', 5]);
});

it('folds by a click on the mark, and opens by a click beside it', () => {
  const book = view.node.children[3] as HTMLElement;
  (book.querySelector('.jp-touchrules-Tree-fold') as HTMLElement).click();
  (view.node.children[3] as HTMLElement).click();
  expect([done, [...folded]]).toEqual([['open b'], ['b']]);
});

it('keeps the focus where it was when rows come before it', () => {
  press('End');
  folded.add('a');
  show();
  expect(focused()).toBe('three');
});

it('leaves rows alone that say what they said before', () => {
  const before = [...view.node.children];
  const changes = new MutationObserver(() => undefined);
  changes.observe(view.node, { subtree: true, childList: true, characterData: true });
  show();
  expect(changes.takeRecords()).toEqual([]);
  show(new Map([['b', [{ id: 'three', title: '', severity: 'low', found: 7, enabled: true, rulebook: 'b', file: 'b' }]]]));
  const after = [...view.node.children];
  expect(after.map((row, index) => row === before[index])).toEqual([true, true, true, false, false]);
  expect(after.map(row => row.textContent)).toEqual(['a', 'one', 'two', 'b7', 'three7']);
});

it('does not scroll to a row that keeps the focus', () => {
  press('End');
  const focus = vi.spyOn(HTMLElement.prototype, 'focus');
  show(new Map([['b', [{ id: 'three', title: '', severity: 'low', found: 7, enabled: true, rulebook: 'b', file: 'b' }]]]));
  expect(focused()).toBe('three7');
  expect(focus.mock.calls).toEqual([[{ preventScroll: true }]]);
  focus.mockRestore();
});
