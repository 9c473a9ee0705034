/** The rulebooks of a workspace with their rules and problems, asked again only where a file has changed. */

import { Check, ICheck, IProblem } from './answers';
import { IFile } from './finding';
import { folderOf } from './paths';

/** A rulebook of the workspace; `check` is null where nobody could check it. */
export interface IBook {
  readonly path: string;
  readonly check: ICheck | null;
  readonly problems: readonly IProblem[];
}

export class Workspace {
  /** `find` gives the files; `changed` is called whenever more is known. */
  constructor(
    private readonly _find: () => Promise<IFile[]>,
    private readonly _check: Check,
    private readonly _changed: () => void
  ) {}

  /** The rulebooks, as far as they are known. */
  get books(): readonly IBook[] {
    return this._files.map(({ path }) => ({
      path,
      check: this._checks.get(path) ?? null,
      problems: this._problems.get(path) ?? []
    }));
  }

  /** Whether the files were looked for. */
  get isKnown(): boolean {
    return this._isKnown;
  }

  /** Look at the files, and ask of those that are not as they were. */
  async refresh(): Promise<void> {
    const serial = ++this._serial;
    const files = await this._find();
    if (serial !== this._serial) {
      return;
    }
    filesToAsk(this._files, files, path => this._checks.has(path)).forEach(path => this._waiting.add(path));
    this._files = files;
    this._isKnown = true;
    this._forgetOthers();
    this._changed();
    await this._ask();
  }

  /** Ask of one file after the other; those that come meanwhile wait in the same row. */
  private async _ask(): Promise<void> {
    if (this._isAsking) {
      return;
    }
    this._isAsking = true;
    for (const path of this._waiting) {
      this._waiting.delete(path);
      const check = await this._check(path);
      if (check !== null && this._files.some(file => file.path === path)) {
        this._learn(path, check);
        this._changed();
      }
    }
    this._isAsking = false;
  }

  /** Keep a check; its problems are the newest of all rulebooks of the folder. */
  private _learn(path: string, check: ICheck): void {
    this._checks.set(path, check);
    for (const file of this._files.filter(one => folderOf(one.path) === folderOf(path))) {
      this._problems.set(
        file.path,
        check.problems.filter(problem => problem.file === file.path)
      );
    }
  }

  private _forgetOthers(): void {
    const present = new Set(this._files.map(file => file.path));
    for (const known of [this._checks, this._problems, this._waiting]) {
      [...known.keys()].filter(path => !present.has(path)).forEach(path => known.delete(path));
    }
  }

  private readonly _checks = new Map<string, ICheck>();
  private readonly _problems = new Map<string, IProblem[]>();
  private readonly _waiting = new Set<string>();
  private _files: IFile[] = [];
  private _isAsking = false;
  private _isKnown = false;
  private _serial = 0;
}

/**
 * The paths to ask of: files that are new, written anew or not known; and where a file is gone one of those
 * that lay beside it, since they may have named something of it.
 */
export function filesToAsk(
  before: readonly IFile[],
  after: readonly IFile[],
  isKnown: (path: string) => boolean
): string[] {
  const written = new Map(before.map(file => [file.path, file.written]));
  const asked = after.filter(file => written.get(file.path) !== file.written || !isKnown(file.path));
  const present = new Set(after.map(file => file.path));
  const answered = new Set(asked.map(file => folderOf(file.path)));
  for (const { path } of before.filter(file => !present.has(file.path))) {
    const neighbour = after.find(file => folderOf(file.path) === folderOf(path));
    if (neighbour && !answered.has(folderOf(path))) {
      asked.push(neighbour);
      answered.add(folderOf(path));
    }
  }
  return asked.map(file => file.path);
}
