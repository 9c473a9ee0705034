import { describe, expect, it } from 'vitest';

import { ICheck } from '../src/answers';
import { IFile } from '../src/finding';
import { filesToAsk, Workspace } from '../src/workspace';

const file = (path: string, written = '1'): IFile => ({ path, written });

describe('which files are asked of', () => {
  const before = [file('a'), file('b'), file('own/c')];

  it.each([
    ['all at first', [], before, ['a', 'b', 'own/c']],
    ['none where nothing changed', before, before, []],
    ['one that was written anew', before, [file('a'), file('b', '2'), file('own/c')], ['b']],
    ['one that is new', before, [...before, file('own/d')], ['own/d']],
    ['a neighbour of one that is gone', before, [file('b'), file('own/c')], ['b']],
    ['none where the last of a folder is gone', before, [file('a'), file('b')], []]
  ])('%s', (_, known, found, expected) => {
    expect(filesToAsk(known, found, path => known.some(one => one.path === path))).toEqual(expected);
  });

  it('those that could not be checked before', () => {
    expect(filesToAsk(before, before, path => path !== 'b')).toEqual(['b']);
  });
});

/** A check in which each rulebook is named after its file, and `a` has a problem. */
function check(path: string): Promise<ICheck> {
  const place = { file: 'a', line: 1, column: 1, end_line: 1, end_column: 2 };
  const problem = { ...place, message: `seen from ${path}`, remedy: '', rule: null };
  const known = { facts: [], rules: [] };
  return Promise.resolve({ rulebook: path, title: path, rules: [], problems: [problem], known });
}

describe('a workspace', () => {
  it('gives each rulebook its own problems, the newest that were told', async () => {
    const workspace = new Workspace(() => Promise.resolve([file('a'), file('b'), file('own/c')]), check, () => undefined);
    await workspace.refresh();
    expect(workspace.books.map(book => book.problems.map(problem => problem.message))).toEqual([
      ['seen from b'],
      [],
      []
    ]);
  });

  it('shows its files where nobody can check them', async () => {
    const workspace = new Workspace(() => Promise.resolve([file('a')]), () => Promise.resolve(null), () => undefined);
    await workspace.refresh();
    expect(workspace.books).toEqual([{ path: 'a', check: null, problems: [] }]);
  });

  it('forgets what is gone', async () => {
    let files = [file('a'), file('b')];
    const workspace = new Workspace(() => Promise.resolve(files), check, () => undefined);
    await workspace.refresh();
    files = [file('b')];
    await workspace.refresh();
    expect(workspace.books.map(book => book.path)).toEqual(['b']);
  });

  it('asks once of each file, however often it is refreshed meanwhile', async () => {
    const asked: string[] = [];
    const workspace = new Workspace(
      () => Promise.resolve([file('a'), file('b')]),
      path => {
        asked.push(path);
        return check(path);
      },
      () => undefined
    );
    await Promise.all([workspace.refresh(), workspace.refresh()]);
    await workspace.refresh();
    expect(asked).toEqual(['a', 'b']);
  });
});
