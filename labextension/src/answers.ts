/** Asks JupyterLab's server about rulebooks. */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { ISchema } from './editing/schemas';

/** A mistake in a rulebook, and what to do about it. Lines and columns count from 1, columns by characters. */
export interface IProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  readonly message: string;
  readonly remedy: string;
  readonly rule: string | null;
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

/** What all rulebooks of a folder may name. */
export interface IKnown {
  readonly facts: readonly { name: string; about: string; file: string }[];
  readonly rules: readonly { id: string; title: string; file: string }[];
}

/** What the server says of a rulebook; its problems are those of all rulebooks of the folder. */
export interface ICheck {
  readonly rulebook: string;
  readonly title: string;
  readonly rules: readonly IRule[];
  readonly problems: readonly IProblem[];
  readonly known: IKnown;
}

/** Checks the rulebook of a path; null where the server cannot. */
export type Check = (path: string) => Promise<ICheck | null>;

const ABSENT = 'this JupyterLab server does not know touchrules; install touchrules where the server runs.';

/** The answers of one server. The schema is asked for once, and nothing any more where touchrules is not there. */
export class Answers {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  /** Check the rulebook at `path`, or a text in its place. */
  async check(path: string, text?: string): Promise<ICheck> {
    return (await this._ask('check', { path, text })) as ICheck;
  }

  /** The JSON Schema of rulebooks. */
  async schema(): Promise<ISchema> {
    this._schema ??= this._ask('schema') as Promise<ISchema>;
    try {
      return await this._schema;
    } catch (reason) {
      this._schema = null;
      throw reason;
    }
  }

  private async _ask(name: string, sent?: object): Promise<unknown> {
    if (this._isAbsent) {
      throw new Error(ABSENT);
    }
    const url = URLExt.join(this._settings.baseUrl, 'touchrules', 'api', name);
    const init = sent ? { method: 'POST', body: JSON.stringify(sent) } : {};
    const response = await ServerConnection.makeRequest(url, init, this._settings);
    if (response.ok) {
      return response.json();
    }
    this._isAbsent = response.status === 404 && !isOurs(response);
    throw this._isAbsent ? new Error(ABSENT) : await ServerConnection.ResponseError.create(response);
  }

  private _schema: Promise<ISchema> | null = null;
  private _isAbsent = false;
}

const known = new WeakMap<ServerConnection.ISettings, Answers>();

/** The answers of the server of some settings: the same for all who ask. */
export function answersOf(settings: ServerConnection.ISettings): Answers {
  const answers = known.get(settings) ?? new Answers(settings);
  known.set(settings, answers);
  return answers;
}

/** Whether an answer is of touchrules: it answers in JSON where a file is gone, and the server itself in HTML. */
function isOurs(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false;
}
