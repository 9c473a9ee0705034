import { describe, expect, it } from 'vitest';

import { ICheck } from '../src/answers';
import { IRuleReport } from '../src/reports';
import { ISight, keyFolds, keyTarget, Row, rowsOf, tellRow } from '../src/tree';
import { IBook } from '../src/workspace';

const ALL: ISight = { filter: '', folded: new Set() };
const NOTHING = new Map<string, IRuleReport[]>();

function rule(id: string, title: string, more: object = {}): ICheck['rules'][number] {
  return { id, title, severity: 'low', line: 7, enabled: true, report: true, ...more };
}

function report(id: string, found: number, enabled = true): IRuleReport {
  return { id, title: id, severity: 'high', found, enabled, rulebook: 'own', file: 'own.rulebook.yaml' };
}

const NO_NAMES = { facts: [], rules: [] };
const PLACE = { file: 'own/b.rulebook.yaml', line: 3, column: 5, end_line: 3, end_column: 6 };
const PROBLEM = { ...PLACE, message: 'Bad by', remedy: 'Say 2d', rule: null };
const BOOKS: IBook[] = [
  {
    path: 'a.rulebook.yaml',
    check: {
      rulebook: 'a',
      title: 'Calls',
      rules: [rule('calls', 'Call seldom'), rule('quiet', 'For others', { report: false })],
      problems: [],
      known: NO_NAMES
    },
    problems: []
  },
  {
    path: 'own/b.rulebook.yaml',
    check: { rulebook: 'b', title: '', rules: [rule('mails', 'Mail seldom')], problems: [PROBLEM], known: NO_NAMES },
    problems: [PROBLEM]
  }
];

const labels = (rows: Row[]): string[] => rows.map(row => row.label);

describe('the rows of the tree', () => {
  it('are rulebooks, and below each its problems and its rules', () => {
    const rows = rowsOf(BOOKS, NOTHING, ALL);
    expect(labels(rows)).toEqual(['Calls', 'Call seldom', 'For others', 'b', 'Bad by', 'Mail seldom']);
    expect(rows.map(row => [row.level, row.position, row.count])).toEqual([
      [1, 1, 2],
      [2, 1, 2],
      [2, 2, 2],
      [1, 2, 2],
      [2, 1, 2],
      [2, 2, 2]
    ]);
  });

  it('leave out what is folded', () => {
    const rows = rowsOf(BOOKS, NOTHING, { ...ALL, folded: new Set(['a.rulebook.yaml']) });
    expect(labels(rows)).toEqual(['Calls', 'b', 'Bad by', 'Mail seldom']);
  });

  it.each([
    ['mail', ['b', 'Mail seldom']],
    ['seldom calls', ['Calls', 'Call seldom']],
    ['problem', ['b', 'Bad by']],
    ['own/', ['b', 'Bad by', 'Mail seldom']],
    ['nobody says this', []]
  ])('are those that say what is looked for, folded or not: %s', (filter, expected) => {
    const folded = new Set(BOOKS.map(book => book.path));
    expect(labels(rowsOf(BOOKS, NOTHING, { filter, folded }))).toEqual(expected);
  });

  it('tell what was found, and what a studio has switched off', () => {
    const found = new Map([['a.rulebook.yaml', [report('calls', 12, false)]]]);
    expect(rowsOf(BOOKS, found, ALL).slice(0, 3).map(tellRow)).toEqual([
      'Calls, 12 findings',
      'Call seldom, severity low, 12 findings, switched off',
      'For others, severity low, reports nothing'
    ]);
  });

  it('tell nothing of findings before a replay', () => {
    expect(rowsOf(BOOKS, NOTHING, ALL).map(tellRow).join()).not.toContain('finding');
  });

  it('show the rules of an open studio where nobody can check rulebooks', () => {
    const book: IBook = { path: 'a.rulebook.yaml', check: null, problems: [] };
    const rows = rowsOf([book], new Map([[book.path, [report('calls', 1)]]]), ALL);
    expect(rows.map(tellRow)).toEqual(['a, 1 finding', 'calls, severity high, 1 finding']);
  });

  it('are only rulebooks where nothing else is known', () => {
    const [row] = rowsOf([{ path: 'a.rulebook.yaml', check: null, problems: [] }], NOTHING, ALL);
    expect(row).toMatchObject({ kind: 'rulebook', label: 'a', expanded: null, found: null });
  });

  it('tell a problem with its line and its remedy', () => {
    expect(tellRow(rowsOf(BOOKS, NOTHING, ALL)[4])).toBe('Problem in line 3, Bad by, Say 2d');
  });
});

describe('the keys of the tree', () => {
  const rows = rowsOf(BOOKS, NOTHING, ALL);

  it.each([
    [0, 'ArrowDown', 1],
    [5, 'ArrowDown', 5],
    [0, 'ArrowUp', 0],
    [5, 'ArrowLeft', 3],
    [3, 'ArrowRight', 4],
    [1, 'ArrowRight', 1],
    [4, 'Home', 0],
    [1, 'End', 5]
  ])('lead from row %i by %s to row %i', (from, key, to) => {
    expect(keyTarget(rows, from, key)).toBe(to);
  });

  it('fold and unfold a rulebook', () => {
    const open = rows[0];
    const [folded] = rowsOf(BOOKS, NOTHING, { ...ALL, folded: new Set(['a.rulebook.yaml']) }) as [Row];
    expect(['ArrowLeft', 'ArrowRight', ' '].map(key => keyFolds(open, key))).toEqual([true, null, true]);
    expect(['ArrowLeft', 'ArrowRight', ' '].map(key => keyFolds(folded, key))).toEqual([null, false, false]);
    expect(keyFolds(rows[1], ' ')).toBeNull();
  });
});
