import { describe, expect, it } from 'vitest';

import { baseName, Claims, folderOf, sessionPath } from '../src/paths';

describe('a path', () => {
  it.each([
    ['a.rulebook.yaml', '', 'a.rulebook.yaml'],
    ['own rules/b.rulebook.yaml', 'own rules/', 'b.rulebook.yaml']
  ])('has a folder and a name: %s', (path, folder, name) => {
    expect([folderOf(path), baseName(path)]).toEqual([folder, name]);
  });
});

describe('a session', () => {
  it('lies in the folder of its rulebook', () => {
    expect(sessionPath('own/b.rulebook.yaml', 'x')).toBe('own/.touchrules-studio-b.rulebook.yaml');
  });

  it('has an id where there is no rulebook', () => {
    expect(sessionPath(null, 'x')).toBe('touchrules-studio-x');
  });

  it('is not shared by two tabs of one page', () => {
    const claims = new Claims();
    expect([claims.take('s'), claims.take('s'), claims.take('s')]).toEqual(['s', 's-2', 's-3']);
  });

  it('is free again when its tab is closed', () => {
    const claims = new Claims();
    claims.take('s');
    claims.release('s');
    expect(claims.take('s')).toBe('s');
  });
});
