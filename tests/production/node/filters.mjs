/** Filters of `rulesets.json`: yes or no to one touch. */

const COMPARE = {
  more_than: (one, other) => one > other,
  at_least: (one, other) => one >= other,
  less_than: (one, other) => one < other,
  at_most: (one, other) => one <= other,
  exactly: (one, other) => one === other,
};

/** Return whether a number passes a compare such as `{at_least: 3}`. */
export function compares(value, threshold) {
  return Object.entries(threshold).every(([how, to]) => COMPARE[how](value, to));
}

/** Return whether a filter accepts a touch, which rules of earlier stages `found`. */
export function accepts(filter, touch, found) {
  if ("all" in filter) return filter.all.every((one) => accepts(one, touch, found));
  if ("any" in filter) return filter.any.some((one) => accepts(one, touch, found));
  if ("not" in filter) return !accepts(filter.not, touch, found);
  if ("found" in filter) return filter.found.some((rule) => found.has(rule));
  const { field, ...test } = filter;
  return passes(test, touch[field] ?? null, touch);
}

function passes(test, value, touch) {
  const [[how, to]] = Object.entries(test);
  if (how === "is_none_of") return !to.includes(value);
  if (value === null) return false;
  switch (how) {
    case "is_one_of":
      return to.includes(value);
    case "exists":
      return true;
    case "contains":
      return lower(value).includes(lower(to));
    case "same_as":
      return value === touch[to];
    default:
      return comparesWith(how, to, value, touch);
  }
}

function comparesWith(how, to, value, touch) {
  if (!(how in COMPARE)) throw new Error(`this host has no ${how}: work it out and put it on the touch`);
  const other = typeof to === "number" ? to : (touch[to.field] ?? null);
  return other !== null && COMPARE[how](value, other);
}

/** Return a text in Unicode's simple lower case; of all characters only U+0130 has a longer full one. */
function lower(text) {
  return Array.from(text, (one) => (one === "\u0130" ? "i" : one.toLowerCase())).join("");
}
