/** Knows the paths of rulebooks, and names the sessions of studio tabs. */

/** The last part of a server path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a server path, with its last slash; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Whether a file is a rulebook, by its name. */
export function isRulebook(path: string): boolean {
  return /\.rulebook\.ya?ml$/.test(path);
}

/**
 * The session of a studio: in the folder of its rulebook, which becomes the kernel's folder. Without a
 * rulebook `id` tells one studio from another.
 */
export function sessionPath(path: string | null, id: string): string {
  return path === null
    ? `touchrules-studio-${id}`
    : `${folderOf(path)}.touchrules-studio-${baseName(path)}`;
}

/**
 * Session paths in use in this page. Only one kernel connection of a page handles the widgets of a
 * kernel, so a second tab on one file gets a session, and a kernel, of its own.
 */
export class Claims {
  /** Take `path`, or the first of `path-2`, `path-3` ... that is free. */
  take(path: string): string {
    let free = path;
    for (let number = 2; this._taken.has(free); number++) {
      free = `${path}-${number}`;
    }
    this._taken.add(free);
    return free;
  }

  /** Let others take `path`. */
  release(path: string): void {
    this._taken.delete(path);
  }

  private readonly _taken = new Set<string>();
}
