/** The rows of the tree of rulebooks: what each shows, which are folded away, and where keys lead. */

import { IProblem } from './answers';
import { counted } from './counting';
import { baseName, folderOf } from './paths';
import { IRuleReport } from './reports';
import { IBook } from './workspace';

interface IPlace {
  /** What tells a row from all others. */
  readonly key: string;
  readonly path: string;
  readonly level: 1 | 2;
  /** How many rows stand beside this one below the same row, and which of them it is, from 1. */
  readonly count: number;
  readonly position: number;
}

export interface IBookRow extends IPlace {
  readonly kind: 'rulebook';
  readonly label: string;
  readonly folder: string;
  readonly problems: number;
  /** What its rules found; null where nothing was replayed. */
  readonly found: number | null;
  /** Whether its rules are shown; null where it has nothing to show. */
  readonly expanded: boolean | null;
}

export interface IRuleRow extends IPlace {
  readonly kind: 'rule';
  readonly id: string;
  readonly label: string;
  readonly severity: string;
  readonly enabled: boolean;
  /** Whether it reports findings; a rule that does not is there for others. */
  readonly report: boolean;
  readonly line: number;
  readonly found: number | null;
}

export interface IProblemRow extends IPlace {
  readonly kind: 'problem';
  readonly label: string;
  readonly remedy: string;
  readonly line: number;
  readonly column: number;
}

export type Row = IBookRow | IRuleRow | IProblemRow;

/** What rules found in a studio, by the server's path of their rulebook. */
export type Found = ReadonlyMap<string, readonly IRuleReport[]>;

/** What of the tree is to be seen. */
export interface ISight {
  /** Words that must all stand in a row or in its rulebook. */
  readonly filter: string;
  /** The paths of rulebooks that are folded. */
  readonly folded: ReadonlySet<string>;
}

type Child = Omit<IRuleRow, keyof IPlace> | Omit<IProblemRow, keyof IPlace>;

/** The rows to show, from the top. What is looked for is shown even where it is folded away. */
export function rowsOf(books: readonly IBook[], found: Found, sight: ISight): Row[] {
  const words = sight.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = books
    .map(book => ({ book, label: labelOf(book), children: childrenOf(book, found.get(book.path)) }))
    .map(one => ({ ...one, kept: keep(one.children, `${one.label} ${one.book.path}`, words) }))
    .filter(one => words.length === 0 || one.kept.length > 0 || matches(`${one.label} ${one.book.path}`, words));
  return shown.flatMap(({ book, label, children, kept }, index) => {
    const expanded = kept.length === 0 ? null : words.length > 0 || !sight.folded.has(book.path);
    const place = { path: book.path, count: shown.length, position: index + 1 };
    const row: IBookRow = {
      kind: 'rulebook',
      ...place,
      key: book.path,
      level: 1,
      label,
      folder: folderOf(book.path),
      problems: book.problems.length,
      found: found.has(book.path) ? sumOf(children) : null,
      expanded
    };
    return [row, ...(expanded ? kept.map((child, at) => placed(child, book.path, kept.length, at)) : [])];
  });
}

/** Where a key leads from a row; the row itself where it leads nowhere. */
export function keyTarget(rows: readonly Row[], at: number, key: string): number {
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, rows.length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowLeft':
      return row?.level === 2 ? rows.findIndex(one => one.key === row.path) : at;
    case 'ArrowRight':
      return row?.kind === 'rulebook' && row.expanded ? at + 1 : at;
    default:
      return at;
  }
}

/** Whether a key folds (true) or unfolds (false) a row; null where it does neither. */
export function keyFolds(row: Row, key: string): boolean | null {
  if (row.kind !== 'rulebook' || row.expanded === null) {
    return null;
  }
  if (key === ' ') {
    return row.expanded;
  }
  if (key === 'ArrowLeft' && row.expanded) {
    return true;
  }
  return key === 'ArrowRight' && !row.expanded ? false : null;
}

/** What a screen reader says of a row. */
export function tellRow(row: Row): string {
  switch (row.kind) {
    case 'rulebook':
      return join(row.label, row.folder, tellCount(row.problems, 'problem'), tellFound(row.found));
    case 'rule':
      return join(
        row.label,
        `severity ${row.severity}`,
        tellFound(row.found),
        row.enabled ? '' : 'switched off',
        row.report ? '' : 'reports nothing'
      );
    case 'problem':
      return join(`Problem in line ${String(row.line)}`, row.label, row.remedy);
  }
}

function childrenOf(book: IBook, found: readonly IRuleReport[] | undefined): Child[] {
  const reported = new Map((found ?? []).map(rule => [rule.id, rule]));
  const written = book.check?.rules ?? (found ?? []).map(rule => ({ ...rule, line: 1, report: true }));
  const rules: Child[] = written.map(rule => ({
    kind: 'rule',
    id: rule.id,
    label: rule.title || rule.id,
    severity: rule.severity,
    enabled: reported.get(rule.id)?.enabled ?? rule.enabled,
    report: rule.report,
    line: rule.line,
    found: reported.get(rule.id)?.found ?? null
  }));
  return [...book.problems.map(problemOf), ...rules];
}

function problemOf(problem: IProblem): Child {
  const { message, remedy, line, column } = problem;
  return { kind: 'problem', label: message, remedy, line, column };
}

function placed(child: Child, path: string, count: number, at: number): Row {
  const name = child.kind === 'rule' ? child.id : `${String(child.line)}:${String(at)}`;
  return { ...child, key: `${path}\n${child.kind}\n${name}`, path, level: 2, count, position: at + 1 };
}

function keep(children: readonly Child[], book: string, words: readonly string[]): Child[] {
  return children.filter(child => matches(`${book} ${textOf(child)}`, words));
}

function textOf(child: Child): string {
  return child.kind === 'rule' ? `${child.label} ${child.id} ${child.severity}` : `${child.label} problem`;
}

function matches(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every(word => lower.includes(word));
}

function labelOf(book: IBook): string {
  return book.check?.title || baseName(book.path).replace(/\.rulebook\.ya?ml$/, '');
}

function sumOf(children: readonly Child[]): number {
  return children.reduce((sum, child) => sum + (child.kind === 'rule' ? (child.found ?? 0) : 0), 0);
}

function tellFound(found: number | null): string {
  return found === null ? '' : tellCount(found, 'finding') || 'no findings';
}

function tellCount(count: number, what: string): string {
  return count === 0 ? '' : counted(count, what);
}

function join(...parts: string[]): string {
  return parts.filter(Boolean).join(', ');
}
