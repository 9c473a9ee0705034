/** What a host without look backs and deadlines can decide: the rules, and the facts that they make. */

/**
 * Return the rules and facts that need no look back and no deadline, not even by way of the rules and facts
 * that they depend on.
 */
export function findDecidable({ rules, facts }) {
  const lost = new Set(rules.filter((rule) => rule.answers.length || rule.expect).map((rule) => rule.id));
  const unknown = new Set(rules.map((rule) => rule.met_asserts).filter(Boolean));
  let before;
  do {
    before = lost.size + unknown.size;
    for (const rule of rules) {
      if (rule.found.some((one) => lost.has(one)) || rule.facts.some((one) => unknown.has(one))) lost.add(rule.id);
      if (rule.asserts && lost.has(rule.id)) unknown.add(rule.asserts);
    }
    for (const [name, { from, until }] of Object.entries(facts)) {
      if ([...foundIn(from), ...foundIn(until)].some((one) => lost.has(one))) unknown.add(name);
    }
  } while (lost.size + unknown.size > before);
  return {
    rules: new Set(rules.map((rule) => rule.id).filter((id) => !lost.has(id))),
    facts: Object.fromEntries(Object.entries(facts).filter(([name]) => !unknown.has(name))),
  };
}

function foundIn(filter) {
  if (!filter) return [];
  return [...(filter.found ?? []), ...(filter.all ?? filter.any ?? [filter.not]).flatMap(foundIn)];
}
