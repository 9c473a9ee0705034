/** Asks JupyterLab's server about rulebooks. */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { ISchema } from './schemas';

/** One thing that is wrong. Lines and columns count from 1, columns by characters. */
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

/** What all rulebooks of a folder may name. */
export interface IKnown {
  readonly facts: readonly { name: string; about: string; file: string }[];
  readonly rules: readonly { id: string; title: string; file: string }[];
}

/** What became of checking one rulebook beside the others of its folder. */
export interface IChecked {
  readonly problems: readonly IProblem[];
  readonly known: IKnown;
}

/** The answers of one server. The schema is asked for once. */
export class Answers {
  constructor(private readonly _settings: ServerConnection.ISettings) {}

  /** Check a text in the place of the file at `path`. */
  async check(path: string, text: string): Promise<IChecked> {
    return (await this._ask('check', { path, text })) as IChecked;
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
    const url = URLExt.join(this._settings.baseUrl, 'touchrules', 'api', name);
    const init = sent ? { method: 'POST', body: JSON.stringify(sent) } : {};
    const response = await ServerConnection.makeRequest(url, init, this._settings);
    if (!response.ok) {
      throw await ServerConnection.ResponseError.create(response);
    }
    return response.json();
  }

  private _schema: Promise<ISchema> | null = null;
}
