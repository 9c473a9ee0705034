/** What is known of one rulebook that is being written: its schema, its names and its problems. */

import { isRulebook } from '../paths';
import type { Answers, ICheck, IKnown } from '../answers';
import { cursorsAt } from './cursors';
import { explain, IExplanation } from './explanations';
import { Names, namesOf } from './names';
import { IProposal, propose } from './proposals';
import type { ISchema } from './schemas';

/** Proposals, and where the word begins in whose place they come. */
export interface IProposed {
  readonly from: number;
  readonly proposals: readonly IProposal[];
}

const NOTHING: IKnown = { facts: [], rules: [] };

export class Knowledge {
  constructor(private readonly _answers: Answers) {}

  /** Check a text; a sentence where the server cannot. A file that is no rulebook any more has no problems. */
  async check(path: string, text: string): Promise<Pick<ICheck, 'problems'> | string> {
    if (!isRulebook(path)) {
      return { problems: [] };
    }
    const checking = this._answers.check(path, text);
    this._first ??= checking;
    try {
      const checked = await checking;
      this._known = checked.known;
      this._last = null;
      return checked;
    } catch (reason) {
      const why = reason instanceof Error ? reason.message : String(reason);
      return `This rulebook is not checked: ${why}`;
    }
  }

  /** What may be written at `offset`. Asked twice for one place, it is worked out once. */
  propose(text: string, offset: number): Promise<IProposed> {
    if (this._last?.text !== text || this._last.offset !== offset) {
      this._last = { text, offset, proposed: this._propose(text, offset) };
    }
    return this._last.proposed;
  }

  /** Whether there is something to propose, and the word is not written out. */
  async hasMore(text: string, offset: number): Promise<boolean> {
    const { from, proposals } = await this.propose(text, offset);
    return proposals.length > 0 && proposals.every(({ label }) => label !== text.slice(from, offset));
  }

  /** What the word at `offset` means. */
  async explain(text: string, offset: number): Promise<IExplanation | null> {
    const schema = await this._schema();
    return schema && explain(text, offset, schema, root => this._names(root, schema));
  }

  private async _propose(text: string, offset: number): Promise<IProposed> {
    const [schema] = await Promise.all([this._schema(), this._first?.catch(() => null)]);
    const cursors = schema ? cursorsAt(text, offset) : [];
    const proposals = cursors.flatMap(cursor =>
      schema ? propose(cursor, schema, this._names(cursor.root, schema)) : []
    );
    return { from: cursors[0]?.from ?? offset, proposals };
  }

  private _names(root: unknown, schema: ISchema): Names {
    return namesOf(root, schema, this._known);
  }

  /** The schema; null where the server has none. */
  private async _schema(): Promise<ISchema | null> {
    try {
      return await this._answers.schema();
    } catch {
      return null;
    }
  }

  private _known = NOTHING;
  /** The first check, which tells the names of the other rulebooks. */
  private _first: Promise<ICheck> | null = null;
  private _last: { text: string; offset: number; proposed: Promise<IProposed> } | null = null;
}
