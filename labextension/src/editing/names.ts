/** Collects the names that a rulebook may use, each with what it stands for. */

import { stringify } from 'yaml';

import type { IKnown } from '../answers';
import { expand, ISchema, Path, valueAt } from './schemas';

export type NameKind = 'parameter' | 'fact' | 'signal' | 'field' | 'rule' | 'source';

/** Names of each kind, with what they stand for in plain words, and the types of parameters. */
export type Names = Readonly<Record<NameKind | 'type', ReadonlyMap<string, string>>>;

/** A definition longer than this is cut: it stands in the file. */
const LONGEST = 300;

/** Keys of a rule whose values are names of facts. */
const FACTS = new Set(['given', 'unless', 'asserts', 'met_asserts', 'fact']);

/** Keys whose values are names of fields. */
const FIELDS = new Set(['field', 'same_as', 'mentions', 'phone_prefix', 'distinct', 'sum', 'average', 'per', 'match']);

/** The names of a rulebook, of those beside it, and of the touches themselves. */
export function namesOf(root: unknown, schema: ISchema, known: IKnown): Names {
  const parameters = valueAt(root, ['parameters']);
  const declared = tell(valueAt(root, ['fields']), field => aboutOf(field));
  return {
    parameter: tell(parameters, tellParameter),
    type: tell(parameters, declaration => plain(record(declaration)['type'])),
    fact: new Map([
      ...known.facts.map(({ name, about, file }) => [name, withFile(about, file)] as const),
      ...tell(valueAt(root, ['facts']), tellFact)
    ]),
    signal: tell(valueAt(root, ['signals']), write),
    field: new Map([...touchFields(schema), ...declared]),
    rule: new Map([...known.rules.map(rule => [rule.id, rule.title] as const), ...ownRules(root)]),
    source: tell(valueAt(root, ['sources']), source => {
      const { title, author } = record(source);
      return [title, author].filter(Boolean).map(String).join(', ');
    })
  };
}

/** What kind of name the value at `path` is; null where it is none. */
export function kindOfName(path: Path): NameKind | null {
  const words = path.filter(step => typeof step === 'string');
  const [block] = path;
  const key = words[words.length - 1] ?? '';
  if (key === 'found') {
    return 'rule';
  }
  if (block === 'rules' && FACTS.has(key)) {
    return 'fact';
  }
  if (block === 'rules' && key === 'source' && words.length === 2) {
    return 'source';
  }
  const isMatch = words[words.length - 2] === 'match';
  return block !== 'parameters' && (FIELDS.has(key) || isMatch) ? 'field' : null;
}

/** What a parameter is called, its value and its bounds. */
function tellParameter(declaration: unknown): string {
  const { label, unit, default: value, min, max, options } = record(declaration);
  const written = Array.isArray(value) ? cut(value.map(String).join(', ')) : plain(value);
  const bounds = min !== undefined && max !== undefined ? ` (${plain(min)} to ${plain(max)})` : '';
  const choice = Array.isArray(options) ? ` (one of ${options.map(String).join(', ')})` : '';
  const said = `${written}${unit ? ` ${plain(unit)}` : ''}${bounds}${choice}`;
  return label ? `${plain(label)}: ${said}` : said;
}

/** What a fact means, and which touches assert and end it. */
function tellFact(definition: unknown): string {
  const { about, ...rest } = record(definition);
  return [about ? plain(about) : '', write(rest)].filter(Boolean).join('\n');
}

/** The fields of touches, from the schema of filters. */
function touchFields(schema: ISchema): Map<string, string> {
  const filter = expand(schema, { $ref: '#/$defs/filter' }).find(option => option.schema.properties);
  const logic = ['any', 'not', 'found'];
  const fields = Object.entries(filter?.schema.properties ?? {}).filter(([name]) => !logic.includes(name));
  return new Map(fields.map(([name, field]) => [name, field.description ?? '']));
}

function ownRules(root: unknown): Map<string, string> {
  const rules = valueAt(root, ['rules']);
  const found = (Array.isArray(rules) ? rules : []).map(record);
  return new Map(
    found.flatMap(({ id, title }) => (typeof id === 'string' ? [[id, title ? plain(title) : '']] : []))
  );
}

function tell(block: unknown, describe: (definition: unknown) => string): Map<string, string> {
  return new Map(Object.entries(record(block)).map(([name, one]) => [name, describe(one)]));
}

function aboutOf(definition: unknown): string {
  const { about, type } = record(definition);
  return [about, type ? `(${plain(type)})` : ''].filter(Boolean).map(plain).join(' ');
}

function withFile(about: string, file: string): string {
  return `${about}\n${file.slice(file.lastIndexOf('/') + 1)}`.trim();
}

/** A definition as one line of a rulebook. */
function write(definition: unknown): string {
  if (definition === undefined) {
    return '';
  }
  const written = stringify(definition, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return written === '{}' || written === 'null' ? '' : cut(written);
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : write(value);
}

function record(value: unknown): Record<string, unknown> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}
