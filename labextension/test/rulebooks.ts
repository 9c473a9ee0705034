/** Rulebooks with a cursor in them, and what the schema of the language says there. */

import voicemail from '../../rulebooks/voicemail.rulebook.yaml?raw';
import { cursorsAt, ICursor } from '../src/editing/cursors';
import { explain, IExplanation } from '../src/editing/explanations';
import { Names, namesOf } from '../src/editing/names';
import { IProposal, propose } from '../src/editing/proposals';
import { ISchema } from '../src/editing/schemas';
import written from './rulebook.schema.json';

export const schema = written as unknown as ISchema;
export { voicemail };

const KNOWN = {
  facts: [{ name: 'known', about: 'We have met', file: 'rules/relationship.rulebook.yaml' }],
  rules: [{ id: 'they-answered', title: 'They answered', file: 'rules/relationship.rulebook.yaml' }]
};

/** A text without its cursor, which is written as a bar, and where that was. */
export function split(text: string): [string, number] {
  const offset = text.indexOf('|');
  return [text.slice(0, offset) + text.slice(offset + 1), offset];
}

/** The shipped rulebook of voicemail with a rule more, in which the cursor stands. */
export function inRule(lines: string): string {
  return `${voicemail}\n  - id: new-rule\n${lines.replace(/^/gm, '    ')}`;
}

/** Where a cursor stands. */
export function cursors(text: string): ICursor[] {
  return cursorsAt(...split(text.includes('|') ? text : `${text}|`));
}

function names(root: unknown): Names {
  return namesOf(root, schema, KNOWN);
}

/** What is proposed at the last bar of a text. */
export function proposals(text: string): IProposal[] {
  const offset = text.lastIndexOf('|');
  const whole = text.slice(0, offset) + text.slice(offset + 1);
  return cursorsAt(whole, offset).flatMap(cursor => propose(cursor, schema, names(cursor.root)));
}

/** The labels of what is proposed. */
export function labels(text: string): string[] {
  return proposals(text).map(({ label }) => label);
}

/** What is told of the word at the last bar of a text. */
export function told(text: string): IExplanation | null {
  const offset = text.lastIndexOf('|');
  return explain(text.slice(0, offset) + text.slice(offset + 1), offset, schema, names);
}
