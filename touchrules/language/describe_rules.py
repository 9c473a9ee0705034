"""A rule in a few sentences that can be read out in a sales meeting."""

from __future__ import annotations

from collections.abc import Iterator

from touchrules.language.describe_filters import say_thing, say_trigger
from touchrules.language.describe_lookbacks import say_standing, say_test
from touchrules.language.describe_moments import say_effective, say_expectation
from touchrules.language.phrasing import TOWARDS, say_duration, say_list, say_word
from touchrules.language.vocabulary import Vocabulary
from touchrules.model.lookbacks import AnyTest, FactHolds, NotTest, Test
from touchrules.model.rules import Effective, Fact, Rule


def say_rule(rule: Rule, words: Vocabulary) -> str:
    """Return when a rule looks, what it wants, and what follows."""
    sentences = [_say_finding(rule, words)]
    if rule.asserts:
        sentences.append(f"From then on {_say_counts_as(rule.asserts, words)}.")
    if rule.met_asserts:
        sentences.append(f"If what we expect comes, {_say_counts_as(rule.met_asserts, words)} from then on.")
    sentences += [_say_fact(words.facts[name], words) for name in _facts_of(rule) if name in words.facts]
    if rule.effective != Effective():
        sentences.append(say_effective(rule.effective))
    if not rule.enabled:
        sentences.append("This rule is switched off.")
    return " ".join(sentences)


def _say_finding(rule: Rule, words: Vocabulary) -> str:
    happens, conditions = say_trigger(rule.when, words)
    happens, people = _say_people(happens, rule, words)
    begin = _join([happens, *people, *conditions, *(say_test(test, words) for test in rule.where)])
    result = f"that is a finding of {rule.severity} severity"
    if not rule.report:
        result = "that is noted for other rules, and not reported"
    if rule.expect is None:
        return f"When {begin}, {result}."
    return f"When {begin}, {say_expectation(rule.expect, words)}. If it does not come, {result}."


def _join(clauses: list[str]) -> str:
    """Join what happens and what else must hold; a comma stands where a clause has one of its own.

    >>> _join(["a rep calls", "it is late"])
    'a rep calls and it is late'
    """
    *most, last = clauses
    if not most:
        return last
    if len(most) == 1 and "," not in most[0] + last and " and " not in last:
        return f"{most[0]} and {last}"
    return f"{', '.join(most)}, and {last}"


def _say_people(happens: str, rule: Rule, words: Vocabulary) -> tuple[str, list[str]]:
    """Return what happens to whom, and what else must be known of them: `the rep is not warned`."""
    told = {per: _say_facts(rule, words, per) for per in ("contact", "account", "rep")}
    if told["contact"] and happens in TOWARDS:
        happens = f"{happens} {TOWARDS[happens]}a contact who {told.pop('contact')}"
    return happens, [f"the {per} {facts}" for per, facts in told.items() if facts]


def _say_facts(rule: Rule, words: Vocabulary, per: str) -> str:
    """Say which facts of a contact, account or rep must hold: `is not known and was referred`."""
    asked = [*((name, "") for name in rule.given), *((name, "not ") for name in rule.unless)]
    said = [
        say_standing(name, words, negation)
        for name, negation in asked
        if (words.facts[name].per if name in words.facts else "contact") == per
    ]
    return say_list(said) if said else ""


def _say_counts_as(name: str, words: Vocabulary) -> str:
    fact = words.facts.get(name)
    return f'the {fact.per if fact else "contact"} counts as "{say_word(name)}"'


def _facts_of(rule: Rule) -> tuple[str, ...]:
    named = (name for test in rule.where for name in _named(test))
    return tuple(dict.fromkeys((*rule.given, *rule.unless, *named)))


def _named(test: Test) -> Iterator[str]:
    """Yield the facts that a test of `where` names."""
    match test:
        case FactHolds(fact=fact):
            yield fact
        case NotTest(test=inner):
            yield from _named(inner)
        case AnyTest(tests=tests):
            yield from (name for inner in tests for name in _named(inner))
        case _:
            return


def _say_fact(fact: Fact, words: Vocabulary) -> str:
    meaning = fact.about.strip().rstrip(".") or _say_assertion(fact, words)
    return f'"{say_word(fact.name).capitalize()}" means: {meaning[:1].lower()}{meaning[1:]}.'


def _say_assertion(fact: Fact, words: Vocabulary) -> str:
    if fact.asserted_by is None:
        return "a rule has found it"
    return f"there was {say_thing(fact.asserted_by, words=words)}"


def say_definition(fact: Fact, words: Vocabulary) -> str:
    """Return what begins a fact, how long it lasts and what ends it."""
    parts = [_say_assertion(fact, words), f"told of each {fact.per}"]
    if fact.lasts is not None:
        parts.append(f"it lasts {say_duration(fact.lasts)}")
    if fact.until is not None:
        parts.append(f"it ends with {say_thing(fact.until, words=words)}")
    about = f" {fact.about.strip().rstrip('.')}." if fact.about.strip() else ""
    told = "; ".join(parts)
    return f"**{say_word(fact.name)}**:{about} {told[:1].upper()}{told[1:]}."
