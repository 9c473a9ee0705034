/** Finds out where in a rulebook the cursor stands, also while a line is only half written. */

import { Document, isMap, isPair, isScalar, isSeq, Pair, parseDocument, Scalar, visit } from 'yaml';

import type { Path } from './schemas';

/** A place in a text at which something may be written. */
export interface ICursor {
  /** A key of the mapping at `path`, or the value at `path`. */
  readonly role: 'key' | 'value';
  readonly path: Path;
  /** Where the word begins that is being written. */
  readonly from: number;
  /** What is written of it before the cursor. */
  readonly word: string;
  /** Whether more than the word is the value, as in `promised_at + $tolerance`. */
  readonly isPart: boolean;
  /** Whether a colon stands behind it already. */
  readonly hasColon: boolean;
  /** The whole rulebook as plain values, without the word. */
  readonly root: unknown;
}

/** A word of a text, and what it is there. */
export interface IToken {
  readonly role: 'key' | 'value';
  readonly path: Path;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly root: unknown;
}

/** Stands in a text for the word that is being written. No rulebook has it. */
const MARK = 'touchrulesCursor4711';

/** The places that the cursor at `offset` may mean: behind a dash it may begin a mapping or be a value. */
export function cursorsAt(text: string, offset: number): ICursor[] {
  const word = /(?:\$\{?)?[\w-]*$/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
  const from = offset - (word.startsWith('-') ? 0 : word.length);
  const rest = /^[\w-]*\}?/.exec(text.slice(offset))?.[0] ?? '';
  const end = offset + (word.includes('{') ? rest : rest.replace('}', '')).length;
  const hasColon = /^[ \t]*:(\s|$)/.test(text.slice(end));
  const before = text.slice(lineStart(text, from), from);
  const isParameter = word.startsWith('$');
  const write = (mark: string): Found | null =>
    find(text.slice(0, from) + mark + text.slice(end), isParameter);
  const plain = write(MARK);
  const starts = /^[ \t]*(-[ \t]+)*$/.test(before) && !hasColon && plain?.role !== 'key';
  const found = [plain, starts && !plain?.inFlow ? write(`${MARK}: `) : null];
  return found.flatMap(one =>
    one && (one.role === 'key' || one.path.length > 0)
      ? [{ ...one, from, word: text.slice(from, offset), hasColon }]
      : []
  );
}

/** The word that stands at `offset`. */
export function tokenAt(text: string, offset: number): IToken | null {
  const document = parse(text);
  let found: IToken | null = null;
  visit(document, {
    Scalar: (key, node, ancestors) => {
      const [from, to] = node.range ?? [0, 0];
      if (node.source === undefined || offset < from || offset > to) {
        return undefined;
      }
      found = { ...placeOf(key, ancestors), text: node.source, from, to, root: plainValues(document) };
      return visit.BREAK;
    }
  });
  return found;
}

interface IPlace {
  readonly role: 'key' | 'value';
  readonly path: Path;
  readonly inFlow: boolean;
}
type Found = IPlace & { readonly root: unknown; readonly isPart: boolean };

function parse(text: string): Document.Parsed {
  return parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
}

/** Where the mark stands; null inside of comments, and inside of texts but for a parameter. */
function find(text: string, isParameter: boolean): Found | null {
  const document = parse(text);
  let place: (IPlace & { isPart: boolean }) | null = null;
  visit(document, {
    Scalar: (key, node, ancestors) => {
      const isWhole = node.value === MARK && node.type === Scalar.PLAIN;
      const isPart = isParameter && !isWhole && String(node.value).includes(MARK);
      if (!isWhole && !isPart) {
        return undefined;
      }
      place = { ...placeOf(key, ancestors), isPart };
      return visit.BREAK;
    }
  });
  return place && { ...(place as IPlace & { isPart: boolean }), root: withoutMark(plainValues(document), place) };
}

function placeOf(key: number | 'key' | 'value' | null, ancestors: readonly unknown[]): IPlace {
  const path: (string | number)[] = [];
  ancestors.forEach((node, index) => {
    const next = ancestors[index + 1];
    if (isSeq(node) && next !== undefined) {
      path.push(node.items.indexOf(next));
    } else if (isPair(node) && next !== undefined) {
      path.push(nameOf(node));
    }
  });
  const last = ancestors[ancestors.length - 1];
  if (typeof key === 'number') {
    path.push(key);
  } else if (key === 'value' && isPair(last)) {
    path.push(nameOf(last));
  }
  const around = [...ancestors].reverse().find(node => isMap(node) || isSeq(node));
  const inFlow = (isMap(around) || isSeq(around)) && around.flow === true;
  return { role: key === 'key' ? 'key' : 'value', path, inFlow };
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function plainValues(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    return {};
  }
}

/** Take the mark out of a mapping, so that its keys are those that were written. */
function withoutMark(root: unknown, place: IPlace): unknown {
  let node: unknown = root;
  for (const step of place.role === 'key' ? place.path : place.path.slice(0, -1)) {
    node = typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined;
  }
  if (typeof node === 'object' && node !== null) {
    const last = place.path[place.path.length - 1];
    if (place.role === 'key') {
      Reflect.deleteProperty(node, MARK);
    } else if (last !== undefined) {
      Reflect.set(node, last, null);
    }
  }
  return root;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
