/** Finds the rulebooks of a workspace. */

import { Contents } from '@jupyterlab/services';

import { isRulebook } from './paths';

/** Folders deeper than this are not searched. */
const DEEPEST = 3;

/** No more folders than this are searched: a home folder may hold very many. */
const MOST_FOLDERS = 200;

/** Folders of programs, in which nobody keeps rulebooks. */
const PASSED_OVER = /^(\..*|node_modules|__pycache__|site-packages)$/;

/** A rulebook, and when it was written last. */
export interface IFile {
  readonly path: string;
  readonly written: string;
}

/** All *.rulebook.yaml, those of the nearest folders first, then in order of the alphabet. */
export async function findRulebooks(contents: Pick<Contents.IManager, 'get'>): Promise<IFile[]> {
  const found: IFile[] = [];
  let folders = [''];
  let looked = 0;
  for (let depth = 0; depth <= DEEPEST && folders.length > 0; depth++) {
    const searched = folders.slice(0, Math.max(0, MOST_FOLDERS - looked));
    looked += searched.length;
    const listings = await Promise.all(searched.map(folder => listFolder(contents, folder)));
    const entries = listings.flat();
    const files = entries.filter(isListed).map(entry => ({ path: entry.path, written: entry.last_modified }));
    found.push(...files.sort((one, other) => (one.path < other.path ? -1 : 1)));
    folders = entries.filter(isSearched).map(entry => entry.path);
  }
  return found;
}

function isListed(entry: Contents.IModel): boolean {
  return entry.type !== 'directory' && isRulebook(entry.name);
}

function isSearched(entry: Contents.IModel): boolean {
  return entry.type === 'directory' && !PASSED_OVER.test(entry.name);
}

/** What lies in a folder; nothing where it cannot be read. */
async function listFolder(
  contents: Pick<Contents.IManager, 'get'>,
  folder: string
): Promise<Contents.IModel[]> {
  try {
    const listing = await contents.get(folder, { type: 'directory', content: true });
    return listing.content as Contents.IModel[];
  } catch {
    return [];
  }
}
