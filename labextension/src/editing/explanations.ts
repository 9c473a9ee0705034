/** Tells what a word of a rulebook means. */

import { IToken, tokenAt } from './cursors';
import { kindOfName, NameKind, Names } from './names';
import { describe, expand, IOption, ISchema, optionsAt } from './schemas';

/** What is shown beside a word. */
export interface IExplanation {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  /** What it is, such as a fact. */
  readonly kind: string;
  readonly lines: readonly string[];
}

/** The blocks in which names are defined. */
const BLOCKS: Readonly<Record<string, NameKind>> = {
  parameters: 'parameter',
  facts: 'fact',
  signals: 'signal',
  fields: 'field',
  sources: 'source'
};

/** What the word at `offset` means; null where nothing is known of it. */
export function explain(
  text: string,
  offset: number,
  schema: ISchema,
  namesIn: (root: unknown) => Names
): IExplanation | null {
  const token = tokenAt(text, offset);
  if (!token) {
    return null;
  }
  const names = namesIn(token.root);
  return token.role === 'key' ? explainKey(token, schema, names) : explainValue(token, text, offset, names);
}

function explainKey(token: IToken, schema: ISchema, names: Names): IExplanation | null {
  const block = BLOCKS[String(token.path[0])];
  if (token.path.length === 1 && block) {
    return explainName(token, block, names);
  }
  const options = optionsAt(schema, token.path, token.root);
  const lines = [...new Set(options.flatMap(option => describeKey(token.text, option, schema)))];
  if (lines.length > 0) {
    return { ...token, title: token.text, kind: '', lines };
  }
  const isFilter = options.some(option => option.name === 'filter' || option.name === 'hasFilter');
  const kind = names.signal.has(token.text) ? 'signal' : 'field';
  return isFilter ? explainName(token, kind, names) : null;
}

/** What a schema says of a key, and which words may stand there. */
function describeKey(key: string, { schema: { properties, required } }: IOption, root: ISchema): string[] {
  const child = properties?.[key];
  if (!child) {
    return [];
  }
  const parts = expand(root, child).map(option => option.schema);
  const words = parts.flatMap(part => part.enum ?? []).map(String);
  const usual = parts.flatMap(part => part.examples ?? []).map(String);
  return [
    describe(root, child),
    words.length > 0 ? `One of ${words.join(', ')}.` : '',
    usual.length > 0 ? `Such as ${usual.join(', ')}.` : '',
    required?.includes(key) ? 'It must stand here.' : ''
  ].filter(Boolean);
}

function explainValue(token: IToken, text: string, offset: number, names: Names): IExplanation | null {
  const written = text.slice(token.from, token.to);
  for (const match of written.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    const from = token.from + match.index;
    const to = from + match[0].length;
    if (offset >= from && offset <= to) {
      return explainName({ from, to, text: match[1] ?? match[2] ?? '' }, 'parameter', names);
    }
  }
  const kind = kindOfName(token.path);
  return kind ? explainName(token, kind, names) : null;
}

function explainName(
  { from, to, text }: Pick<IToken, 'from' | 'to' | 'text'>,
  kind: NameKind,
  names: Names
): IExplanation | null {
  const about = names[kind].get(text);
  return about === undefined ? null : { from, to, title: text, kind, lines: about.split('\n').filter(Boolean) };
}
