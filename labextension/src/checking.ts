/** Asks JupyterLab's server for the rules and the problems of rulebooks. */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** A mistake in a rulebook, and what to do about it. */
export interface IProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** A rule as it is written. */
export interface IRule {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly line: number;
  readonly enabled: boolean;
  readonly report: boolean;
}

/** What the server says of a rulebook; its problems are those of all rulebooks of the folder. */
export interface ICheck {
  readonly rulebook: string;
  readonly title: string;
  readonly rules: readonly IRule[];
  readonly problems: readonly IProblem[];
}

/** Checks the rulebook of a path; null where the server cannot. */
export type Check = (path: string) => Promise<ICheck | null>;

/** Whether an answer is of touchrules: it answers in JSON where a file is gone, and the server itself in HTML. */
export function isOurs(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false;
}

/** A check by the server. Where it has no touchrules it is asked only once. */
export function makeCheck(settings: ServerConnection.ISettings): Check {
  const address = URLExt.join(settings.baseUrl, 'touchrules/api/check');
  let isAbsent = false;
  return async path => {
    if (isAbsent) {
      return null;
    }
    const request = { method: 'POST', body: JSON.stringify({ path }) };
    try {
      const response = await ServerConnection.makeRequest(address, request, settings);
      isAbsent = response.status === 404 && !isOurs(response);
      return response.ok ? ((await response.json()) as ICheck) : null;
    } catch {
      return null; // The server is away: the list shows what it knows.
    }
  };
}
