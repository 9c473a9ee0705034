/** Which facts stand before a touch. */

import { accepts } from "./filters.mjs";

/** All facts that a host can decide itself, for all their keys. */
export class Facts {
  constructor(facts) {
    this.facts = Object.entries(facts).map(([name, fact]) => ({ name, fact, expires: new Map() }));
  }

  /** Return the names of the facts that were known before a touch. */
  standing(touch) {
    const stands = ({ fact, expires }) => touch.instant < (expires.get(touch[fact.key]) ?? -Infinity);
    return new Set(this.facts.filter(stands).map(({ name }) => name));
  }

  /** Take in a decided touch; `told` are the facts that rules assert at it. */
  learn(touch, found, told) {
    for (const { name, fact, expires } of this.facts) {
      const key = touch[fact.key] ?? null;
      if (key === null) continue;
      if (told.has(name) || (fact.from && accepts(fact.from, touch, found))) {
        expires.set(key, fact.lasts === null ? Infinity : touch.instant + fact.lasts);
      } else if (fact.until && accepts(fact.until, touch, found)) {
        expires.delete(key);
      }
    }
  }
}
