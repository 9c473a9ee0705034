/** Works out what may be written where the cursor stands. */

import type { ICursor } from './cursors';
import { kindOfName, NameKind, Names } from './names';
import { describe, IOption, ISchema, optionsAt, valueAt } from './schemas';

/** Something that may be written. */
export interface IProposal {
  readonly label: string;
  /** What is written for it. */
  readonly insert: string;
  readonly kind: NameKind | 'key' | 'word';
  /** What it means; empty where nothing is known. */
  readonly about: string;
}

/** The types of parameters that may stand in the place of a definition, or of listed words. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  constant: ['choice', 'integer', 'number', 'boolean', 'time_of_day'],
  texts: ['phrases'],
  amount: ['integer', 'number', 'duration', 'time_of_day'],
  duration: ['duration'],
  count: ['integer'],
  truth: ['boolean'],
  listed: ['choice']
};

/** The keys whose values may be reckoned with parameters. */
const MOMENTS = new Set(['by', 'after']);

/** The definitions of filters, whose keys are fields. */
const FILTERS = new Set(['filter', 'hasFilter']);

/** What may be written at a cursor: what begins with its word first, then what is needed or usual there. */
export function propose(cursor: ICursor, schema: ISchema, names: Names): IProposal[] {
  const options = optionsAt(schema, cursor.path, cursor.root);
  const all =
    cursor.role === 'key'
      ? proposeKeys(cursor, schema, options, names)
      : proposeValues(cursor, options, names);
  const labels = all.map(({ label }) => label.toLowerCase());
  const once = all.filter(({ label }, index) => labels.indexOf(label.toLowerCase()) === index);
  const word = cursor.word.toLowerCase();
  const begun = once.filter(({ label }) => label.toLowerCase().startsWith(word));
  const within = once.filter(({ label }) => label.toLowerCase().indexOf(word) > 0);
  return [...begun, ...within];
}

function proposeKeys(
  cursor: ICursor,
  schema: ISchema,
  options: readonly IOption[],
  names: Names
): IProposal[] {
  const node = valueAt(cursor.root, cursor.path);
  const taken = new Set(typeof node === 'object' && node !== null ? Object.keys(node) : []);
  const described = options.flatMap(({ schema: { properties, required } }) => {
    const entries = Object.entries(properties ?? {});
    const rank = ([key, child]: [string, ISchema]): number =>
      required?.includes(key) ? 0 : child.examples ? 1 : 2;
    return entries.sort((one, other) => rank(one) - rank(other));
  });
  const keys = described.map(([key, child]) => ({ key, about: describe(schema, child), kind: 'key' as const }));
  const isFilter = options.some(option => FILTERS.has(option.name));
  const isMatch = cursor.path[cursor.path.length - 1] === 'match';
  const fields = isFilter || isMatch ? listNames(names, 'field') : [];
  const signals = isFilter ? listNames(names, 'signal') : [];
  return [...keys, ...fields, ...signals]
    .filter(({ key }) => !taken.has(key))
    .map(({ key, about, kind }) => ({
      label: key,
      insert: cursor.hasColon ? key : `${key}: `,
      kind,
      about
    }));
}

function proposeValues(cursor: ICursor, options: readonly IOption[], names: Names): IProposal[] {
  const kind = kindOfName(cursor.path);
  const words = options.flatMap(({ schema }) => wordsOf(schema));
  const proposals: IProposal[] = words.map(word => ({ label: word, insert: word, kind: 'word', about: '' }));
  if (kind) {
    proposals.push(
      ...listNames(names, kind).map(({ key, about }) => ({ label: key, insert: key, kind, about }))
    );
  }
  const isMoment = MOMENTS.has(String(cursor.path[cursor.path.length - 1]));
  const types = isMoment ? ['duration', 'integer'] : typesIn(options);
  if (cursor.path[0] !== 'parameters') {
    proposals.push(...proposeParameters(cursor, types, names));
  }
  return cursor.isPart && !isMoment ? [] : proposals;
}

/** The types of parameters that suit what may stand somewhere. */
function typesIn(options: readonly IOption[]): string[] {
  const listed = options.some(option => option.schema.enum) ? ['listed'] : [];
  return [...options.map(option => option.name), ...listed].flatMap(name => TYPES[name] ?? []);
}

function proposeParameters(cursor: ICursor, types: readonly string[], names: Names): IProposal[] {
  const [open, close] = cursor.word.startsWith('${') ? ['${', '}'] : ['$', ''];
  const suitable = listNames(names, 'parameter').filter(({ key }) => types.includes(names.type.get(key) ?? ''));
  return suitable.map(({ key, about }) => {
    const written = `${open}${key}${close}`;
    return { label: written, insert: written, kind: 'parameter', about };
  });
}

/** The words that a schema lists, whether it allows others or not. */
function wordsOf(schema: ISchema): string[] {
  const { const: only, enum: listed, examples, type } = schema;
  const truths = type === 'boolean' ? [true, false] : [];
  const words = [...(listed ?? []), ...(only === undefined ? [] : [only]), ...(examples ?? []), ...truths];
  return words.map(word => String(word));
}

function listNames(names: Names, kind: NameKind): { key: string; about: string; kind: NameKind }[] {
  return [...names[kind]].map(([key, about]) => ({ key, about, kind }));
}
