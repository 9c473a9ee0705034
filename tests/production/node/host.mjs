/**
 * Runs a bundle's rulesets in durable_rules for Node.js: `node host.mjs DURABLE RULESETS TOUCHES [--supplied]`.
 *
 * DURABLE is the folder of the installed package `durable`, RULESETS the bundle's `rulesets.json`, TOUCHES a file
 * of JSON Lines in stream order with signals and local times as fields. With `--supplied` each touch carries the
 * `answers` of its look backs and the `facts` that stand before it; without, the host keeps the facts itself and
 * decides the rules that need no look back and no deadline. Prints what it decides, then a line for each find.
 */

import { readFileSync } from "node:fs";
import { findDecidable } from "./decidable.mjs";
import { Facts } from "./facts.mjs";
import { makeProperties } from "./messages.mjs";
import { Network } from "./network.mjs";

/** Decides touches one after the other. */
class Host {
  constructor(durable, plan, decidable) {
    this.plan = plan;
    this.decidable = decidable;
    this.facts = new Facts(decidable.facts);
    this.rules = new Map(plan.rules.map((rule) => [rule.id, rule]));
    this.network = new Network(durable, plan.rulesets);
    const stages = plan.rulesets.flatMap((ruleset) => ruleset.stages.map(({ stage }) => stage));
    this.stages = [...new Set(stages)].sort((one, other) => one - other);
  }

  /** Return the rules that find a touch, and take it in. */
  decide(line) {
    const { answers = {}, facts, ...fields } = line;
    const touch = { ...fields, instant: readInstant(fields.at) };
    const standing = facts === undefined ? this.facts.standing(touch) : new Set(facts);
    const seen = { touch, answers, found: new Set(), holds: (fact) => standing.has(fact) };
    this.judge(seen);
    const told = [...seen.found].map((id) => this.rules.get(id)).filter((rule) => !rule.expect);
    this.facts.learn(touch, seen.found, new Set(told.map((rule) => rule.asserts)));
    return [...seen.found].map((id) => this.rules.get(id));
  }

  /** Ask every ruleset, stage by stage: a later stage may depend on what any ruleset found at an earlier one. */
  judge(seen) {
    const { rulesets, absent } = this.plan;
    rulesets.forEach(({ touch }, position) =>
      this.network.open(position, makeProperties(touch, seen, absent), seen.holds),
    );
    for (const stage of this.stages) {
      const found = rulesets.flatMap(({ stages }, position) => {
        const token = stages.find((one) => one.stage === stage)?.token;
        if (!token) return [];
        return [...this.network.decide(position, stage, makeProperties(token, seen, absent))];
      });
      found.filter((id) => this.decidable.rules.has(id)).forEach((id) => seen.found.add(id));
    }
    rulesets.forEach((_, position) => this.network.close(position));
  }
}

/** Read `2025-03-03T10:00:00.123456Z` as microseconds since 1970; they fit a double until the year 2255. */
function readInstant(text) {
  const [, whole, fraction = ""] = /^(.{19})(?:\.(\d+))?Z$/.exec(text);
  return Date.parse(`${whole}Z`) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

function main([durable, rulesets, touches, supplied]) {
  const plan = JSON.parse(readFileSync(rulesets, "utf8"));
  const everything = { rules: new Set(plan.rules.map((rule) => rule.id)), facts: {} };
  const decidable = supplied === "--supplied" ? everything : findDecidable(plan);
  const host = new Host(durable, plan, decidable);
  const lines = [JSON.stringify({ decides: [...decidable.rules] })];
  for (const line of readFileSync(touches, "utf8").split("\n").filter(Boolean)) {
    const touch = JSON.parse(line);
    for (const { id, report, expect } of host.decide(touch)) {
      lines.push(JSON.stringify({ touch_id: touch.touch_id, rule: id, report, opens: expect !== null }));
    }
  }
  process.stdout.write(`${lines.join("\n")}\n`);
}

main(process.argv.slice(2));
