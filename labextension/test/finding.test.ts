import { Contents } from '@jupyterlab/services';
import { expect, it } from 'vitest';

import { findRulebooks } from '../src/finding';

/** Contents of a server that has just these files. */
function makeContents(files: string[]): Pick<Contents.IManager, 'get'> {
  return {
    get: (folder: string) => {
      const prefix = folder ? `${folder}/` : '';
      const inside = files.filter(file => file.startsWith(prefix));
      const names = new Set(inside.map(file => file.slice(prefix.length).split('/')[0] ?? ''));
      const content = [...names].map(name => ({
        name,
        path: prefix + name,
        last_modified: '2026-03-01',
        type: files.includes(prefix + name) ? 'file' : 'directory'
      }));
      return Promise.resolve({ content } as Contents.IModel);
    }
  };
}

it('finds rulebooks in folders, the nearest first', async () => {
  const contents = makeContents(['own/a.rulebook.yaml', 'z.rulebook.yml', 'b.rulebook.yaml', 'b.tests.yaml']);
  const found = await findRulebooks(contents);
  expect(found.map(file => file.path)).toEqual(['b.rulebook.yaml', 'z.rulebook.yml', 'own/a.rulebook.yaml']);
});

it('passes over hidden folders and those of programs', async () => {
  const contents = makeContents(['.git/a.rulebook.yaml', 'node_modules/b.rulebook.yaml']);
  expect(await findRulebooks(contents)).toEqual([]);
});

it('finds nothing where a folder cannot be read', async () => {
  expect(await findRulebooks({ get: () => Promise.reject(new Error('no')) })).toEqual([]);
});
