/** What a studio's kernel tells of the studio, and what it is asked. */

import { JSONObject, JSONValue } from '@lumino/coreutils';

/** A long piece of work: what it is, how far it is, and how far it goes if that is known. */
export interface IWork {
  readonly what: string;
  readonly done: number;
  readonly total: number | null;
}

/** What one rule found when the touches were last replayed. */
export interface IRuleReport {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly found: number;
  readonly enabled: boolean;
  readonly rulebook: string;
  /** The rulebook's file, as seen from the kernel's folder. */
  readonly file: string;
}

/** All that is known of a studio; it begins with nothing. */
export interface IReports {
  /** What goes on just now. */
  readonly work: IWork | null;
  /** Whether the rules were replayed at least once. */
  readonly open: boolean;
  /** What the rules found; null before the first replay. */
  readonly rules: readonly IRuleReport[] | null;
  /** Whether something is set that the rulebooks do not hold. */
  readonly unsaved: boolean;
  /** What a fresh kernel needs to show the same studio again; only Python looks into it. */
  readonly standing: JSONObject | null;
}

export const NO_REPORTS: IReports = { work: null, open: false, rules: null, unsaved: false, standing: null };

/** What a tab asks of its studio. */
export type Question = { readonly kind: 'cancel' } | { readonly kind: 'choose'; readonly rule: string };

/** What is known once a message has come; messages of no known kind change nothing. */
export function take(known: IReports, message: JSONValue): IReports {
  if (!isObject(message)) {
    return known;
  }
  switch (message['kind']) {
    case 'work':
      return { ...known, work: message['work'] as unknown as IWork | null };
    case 'findings':
      return { ...known, open: true, rules: message['rules'] as unknown as IRuleReport[] };
    case 'standing':
      return {
        ...known,
        open: true,
        unsaved: message['unsaved'] === true,
        standing: message['standing'] as JSONObject
      };
    default:
      return known;
  }
}

/** How far a piece of work is, as a share of one; null where nobody knows. */
export function shareOf(work: IWork): number | null {
  return work.total ? Math.min(1, work.done / work.total) : null;
}

/** A piece of work in words. */
export function tellWork(work: IWork): string {
  const done = work.done.toLocaleString('en-US');
  return work.total === null
    ? `${work.what}: ${done}`
    : `${work.what}: ${done} of ${work.total.toLocaleString('en-US')}`;
}

/** Why a studio is not there just now. */
export function tellCrash(known: IReports): string {
  return known.work === null
    ? 'Python was ended, and starts again …'
    : `Python was ended in the middle of its work (${tellWork(known.work)}), and starts again …`;
}

function isObject(value: JSONValue): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
