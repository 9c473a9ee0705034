/** The properties of messages, made of what `rulesets.json` says that they are made of. */

import { accepts, compares } from "./filters.mjs";

/**
 * Return the properties of a touch message or of a token. `seen`: the `touch`, the rules that `found` it so
 * far, the `answers` of look backs by their numbers, and whether a fact `holds`.
 */
export function makeProperties(properties, seen, absent) {
  const made = {};
  for (const [name, madeOf] of Object.entries(properties)) {
    const value = makeProperty(madeOf, seen, absent);
    if (value !== null) made[name] = value;
  }
  return made;
}

function makeProperty(madeOf, seen, absent) {
  const { touch, found, answers, holds } = seen;
  const answer = (number) => answers[number] ?? null;
  if ("text" in madeOf) return madeOf.words.includes(touch[madeOf.text]) ? touch[madeOf.text] : absent;
  if ("number" in madeOf) return touch[madeOf.number] ?? null;
  if ("present" in madeOf) return Number((touch[madeOf.present] ?? null) !== null);
  if ("accepts" in madeOf) return Number(accepts(madeOf.accepts, touch, found));
  if ("instant" in madeOf) return touch.instant;
  if ("fact" in madeOf) return Number(holds(madeOf.fact));
  if ("answered" in madeOf) return Number(answer(madeOf.answered) !== null);
  if ("passes" in madeOf) return passes(answer(madeOf.passes), madeOf.compare);
  if ("answer" in madeOf) return answer(madeOf.answer) === null ? null : Number(answer(madeOf.answer));
  if ("all_true" in madeOf) return Number(madeOf.all_true.every((test) => isTrue(test, answer, holds)));
  throw new Error(`unknown property: ${JSON.stringify(madeOf)}`);
}

function passes(answer, thresholds) {
  return answer === null ? null : Number(thresholds.every((one) => compares(Number(answer), one)));
}

function isTrue(test, answer, holds) {
  if ("fact" in test) return holds(test.fact);
  if ("any" in test) return test.any.some((one) => isTrue(one, answer, holds));
  if ("not" in test) return !isTrue(test.not, answer, holds);
  if ("is" in test) return answer(test.answer) === test.is;
  return passes(answer(test.answer), test.compare) === 1;
}

/** Write a message as JSON; durable_rules cannot read a number with an exponent. */
export function writeMessage(message) {
  const parts = Object.entries(message).map(([name, value]) => `${JSON.stringify(name)}:${writeValue(value)}`);
  return `{${parts.join(",")}}`;
}

function writeValue(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Number.isSafeInteger(value)) return String(BigInt(value));
  const text = writeNumber(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** Write the shortest digits that read back as the number, as JavaScript does, but all of their places. */
export function writeNumber(value) {
  const [, sign, whole, rest = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (exponent === undefined) return String(value);
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${whole}${rest}`;
  return `${sign}${whole}${rest.padEnd(shift, "0")}`;
}
