/** durable_rules for Node.js, used in the one way that holds: a fresh working memory for each touch. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { writeMessage } from "./messages.mjs";

const SID = "touch";
const HANDLED = 0;
const OBSERVED = 2;
const MAX_SALTS = 16;

/** The rulesets of a bundle in durable_rules, and the working memory of one touch at a time. */
export class Network {
  /**
   * The addon of the package is called itself: the package's own host starts timers that poke every
   * ruleset five times a second, and would write numbers with exponents, which durable_rules cannot read.
   */
  constructor(durable, rulesets) {
    const load = createRequire(join(durable, "package.json"));
    this.core = load("./build/Release/rulesjs.node");
    this.messages = 0;
    this.loaded = rulesets.map((ruleset) => ({ ruleset, handle: this.load(ruleset) }));
  }

  load({ name, definition }) {
    const rules = Object.entries(definition).map(([rule, { all }]) => [rule, { all }]);
    return this.core.createRuleset(name, JSON.stringify(Object.fromEntries(rules)));
  }

  /** Put a touch into fresh memory, and beside it the facts that stand. */
  open(position, touch, holds) {
    const { ruleset } = this.loaded[position];
    this.assert(position, { is: "touch", ...touch }, new Set());
    for (const [fact, word] of Object.entries(ruleset.facts)) {
      if (holds(fact)) this.assert(position, { is: "fact", fact: word }, new Set());
    }
  }

  /** Put in the token of a stage; return the rules that found the touch. */
  decide(position, stage, token) {
    const found = new Set();
    this.assert(position, { is: "stage", stage, ...token }, found);
    return found;
  }

  /** Forget the touch. The touch went in first and fired a rule, which makes this safe. */
  close(position) {
    this.core.deleteState(this.loaded[position].handle, SID);
  }

  /** Messages are told apart by a 32-bit hash: one that seems to be there already goes in with other salt. */
  assert(position, message, found) {
    const { handle } = this.loaded[position];
    this.messages += 1;
    for (let salt = 0; salt < MAX_SALTS; salt += 1) {
      const text = writeMessage({ sid: SID, id: `${this.messages}-${salt}`, ...message });
      const [outcome, state] = this.core.assertFact(handle, text);
      if (outcome === HANDLED) this.act(position, state, found);
      if (outcome !== OBSERVED) return;
    }
    throw new Error(`durable_rules takes a message for one that it has: ${JSON.stringify(message)}`);
  }

  /** Run the actions that are due; an action may put in a found mark, which makes more due. */
  act(position, state, found) {
    const { handle, ruleset } = this.loaded[position];
    const started = this.core.startActionForState(handle, state);
    if (!started) return;
    const context = started[0];
    let due = started[1];
    while (due) {
      const [rule] = Object.keys(JSON.parse(due));
      if (ruleset.definition[rule].run.startsWith("found:")) this.find(position, rule, ruleset, found);
      this.core.updateState(handle, context);
      due = this.core.completeAndStartAction(handle, state);
    }
  }

  find(position, rule, ruleset, found) {
    found.add(rule);
    if (!ruleset.joined.includes(rule)) return;
    this.messages += 1;
    const mark = { sid: SID, id: `${this.messages}`, is: "found", rule };
    this.core.assertFact(this.loaded[position].handle, writeMessage(mark));
  }
}
