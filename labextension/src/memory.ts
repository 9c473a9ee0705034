/** Keeps what stands in studios for as long as their tabs are open, also while no kernel runs. */

import { IStateDB } from '@jupyterlab/statedb';
import { JSONObject } from '@lumino/coreutils';

const NAMESPACE = 'touchrules-standing';

/** What stood in studios, by the paths of their sessions. */
export interface IMemory {
  /** What was kept; null where there is nothing. */
  recall(session: string): Promise<JSONObject | null>;
  keep(session: string, standing: JSONObject): void;
  forget(session: string): void;
}

/** A memory in the state of the workspace; without one each studio knows only itself. */
export function makeMemory(state: IStateDB | null): IMemory {
  const key = (session: string): string => `${NAMESPACE}:${session}`;
  return {
    recall: async session => {
      const kept: unknown = await state?.fetch(key(session)).catch(() => undefined);
      return isObject(kept) ? kept : null;
    },
    keep: (session, standing) => {
      state?.save(key(session), standing).catch(complain);
    },
    forget: session => {
      state?.remove(key(session)).catch(complain);
    }
  };
}

function complain(reason: unknown): void {
  console.warn('touchrules: what stands in a studio could not be kept.', reason);
}

function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
