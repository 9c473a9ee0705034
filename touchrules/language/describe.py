"""A rulebook in plain English, made from what the engines run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from touchrules.language.describe_filters import say_condition, say_thing, say_trigger
from touchrules.language.describe_lookbacks import say_test
from touchrules.language.phrasing import (
    say_count,
    say_duration,
    say_field,
    say_list,
    say_number,
    say_scope,
    say_word,
)
from touchrules.model.durations import HOUR, write_duration, write_time_of_day
from touchrules.model.filters import EVERY_TOUCH
from touchrules.model.lookbacks import AnyTest, FactHolds, NotTest, Test
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.rules import (
    BusinessDays,
    BusinessTime,
    DeclaredField,
    Effective,
    Expectation,
    Fact,
    FieldOffset,
    Moment,
    Rule,
    Rulebook,
    Source,
)
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)

_WHO = {"contact": "a contact who", "account": "an account that", "rep": "a rep who"}


def describe_rule(rule: Rule, rulebook: Rulebook) -> str:
    """Return one rule as a few sentences: when it looks, what it wants, what follows.

    Facts that the rulebook does not define itself are told by their names alone.
    """
    description = _say_rule(rule, rulebook)
    if rulebook.applies_to == EVERY_TOUCH:
        return description
    return f"{description} It looks only at touches where {say_condition(rulebook.applies_to)}."


def describe_rulebook(rulebook: Rulebook) -> str:
    """Return a whole rulebook as markdown: what it is about, its parameters, facts, signals and rules."""
    blocks = [
        f"# {rulebook.title or rulebook.name}",
        f"Rulebook `{rulebook.name}`" + (f", version {rulebook.version}." if rulebook.version else "."),
        rulebook.about.strip(),
        _say_frame(rulebook),
        *_section("Sources", [f"- **{key}**: {_say_source(one)}" for key, one in rulebook.sources.items()]),
        *_section("Parameters", _parameter_table(rulebook)),
        *_section("Fields", [_say_declared(field) for field in rulebook.fields.values()]),
        *_section("Signals", [f"- `{n}`: {_say_signal(s)}" for n, s in rulebook.signals.items()]),
        *_section("Facts", [f"- {_say_definition(fact)}" for fact in rulebook.facts.values()]),
    ]
    if rulebook.rules:
        blocks.append("## Rules")
        blocks += [block for rule in rulebook.rules for block in _rule_blocks(rule, rulebook)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _say_rule(rule: Rule, rulebook: Rulebook) -> str:
    sentences = [_say_finding(rule, rulebook)]
    if rule.asserts:
        sentences.append(f'From then on the fact "{say_word(rule.asserts)}" holds.')
    if rule.met_asserts:
        sentences.append(
            f'If what we expect comes, the fact "{say_word(rule.met_asserts)}" holds from then on.'
        )
    sentences += [_say_fact(rulebook.facts[name]) for name in _facts_of(rule) if name in rulebook.facts]
    if rule.effective != Effective():
        sentences.append(_say_effective(rule.effective))
    if not rule.enabled:
        sentences.append("This rule is switched off.")
    return " ".join(sentences)


def _say_finding(rule: Rule, rulebook: Rulebook) -> str:
    clause = f"When {say_trigger(rule.when)}"
    if who := _say_who(rule, rulebook):
        clause += f" for {who}"
    *most, last = [clause, *map(say_test, rule.where)]
    begin = f"{', '.join(most)}, and {last}" if most else last
    result = f"that is a finding of {rule.severity} severity"
    if not rule.report:
        result += ", kept for other rules but not reported"
    if rule.expect is None:
        return f"{begin}, {result}."
    return f"{begin}, {_say_expectation(rule.expect)}. If it does not come, {result}."


def _say_who(rule: Rule, rulebook: Rulebook) -> str:
    """Say which facts must hold: `a contact who is not known`."""
    said: dict[str, list[str]] = {}
    for name, negation in [*((name, "") for name in rule.given), *((name, "not ") for name in rule.unless)]:
        fact = rulebook.facts.get(name)
        words = f"is {negation}{say_word(name)}"
        if fact and fact.lasts is not None:
            words = f"was {negation}{say_word(name)} in the last {say_duration(fact.lasts)}"
        said.setdefault(fact.per if fact else "contact", []).append(words)
    return say_list(f"{_WHO[per]} {say_list(facts)}" for per, facts in said.items())


def _facts_of(rule: Rule) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys((*rule.given, *rule.unless, *(name for t in rule.where for name in _named(t))))
    )


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


def _say_fact(fact: Fact) -> str:
    meaning = fact.about.strip().rstrip(".") or _say_assertion(fact)
    return f'"{say_word(fact.name).capitalize()}" means: {meaning}.'


def _say_assertion(fact: Fact) -> str:
    return (
        f"there was {say_thing(fact.asserted_by)}" if fact.asserted_by is not None else "a rule has found it"
    )


def _say_definition(fact: Fact) -> str:
    parts = [_say_assertion(fact), f"told of each {fact.per}"]
    if fact.lasts is not None:
        parts.append(f"it lasts {say_duration(fact.lasts)}")
    if fact.until is not None:
        parts.append(f"it ends with {say_thing(fact.until)}")
    about = f" {fact.about.strip().rstrip('.')}." if fact.about.strip() else ""
    return f"**{say_word(fact.name)}**:{about} {'; '.join(parts).capitalize()}."


def _say_expectation(expect: Expectation) -> str:
    clause = (
        f"{_say_period(expect.after, expect.by)} we expect {say_thing(expect.touch)} {say_scope(expect.per)}"
    )
    if expect.match:
        pairs = (
            f"{say_field(later)} is what {say_field(now)} is in this touch" for later, now in expect.match
        )
        clause += f", provided that {say_list(pairs)}"
    if expect.cancel is not None:
        clause += f", unless {say_thing(expect.cancel)} comes first"
    return clause


def _say_period(after: Moment, by: Moment) -> str:
    match after, by:
        case FieldOffset(field=field, offset=before), FieldOffset(field=other, offset=later) if (
            field == other != "at" and -before == later > 0
        ):
            return f"then within {say_duration(later)} of {say_field(field)}"
        case _:
            pass
    if after == FieldOffset():
        return f"then by {_say_moment(by)}"
    return f"then from {_say_moment(after)} until {_say_moment(by)}"


def _say_moment(moment: Moment) -> str:
    match moment:
        case FieldOffset(field="at", offset=0):
            return "the same instant"
        case FieldOffset(field="at", offset=offset) if offset > 0:
            return f"{say_duration(offset)} later"
        case FieldOffset(field=field, offset=0):
            return say_field(field)
        case FieldOffset(field=field, offset=offset):
            side = "after" if offset > 0 else "before"
            return f"{say_duration(offset)} {side} {say_field(field)}"
        case BusinessDays(days=1):
            return "the end of the next business day"
        case BusinessDays(days=days):
            return f"the end of {say_count(days, 'business day')}"
        case BusinessTime(duration=duration):
            return f"the end of {say_count(duration / HOUR, 'business hour')}"
        case _:
            assert_never(moment)


def _say_effective(effective: Effective) -> str:
    parts = [f"from {effective.since}"] if effective.since else []
    parts += [f"until {effective.until}"] if effective.until else []
    return f"It is in force {' '.join(parts)}."


def _say_frame(rulebook: Rulebook) -> str:
    lines = []
    if rulebook.applies_to != EVERY_TOUCH:
        lines.append(f"All rules look only at touches where {say_condition(rulebook.applies_to)}.")
    opening, closing = map(write_time_of_day, rulebook.business_hours)
    lines.append(f"Business hours are {opening} to {closing}, Monday to Friday.")
    if rulebook.holidays:
        lines.append(f"Holidays: {say_list(day.isoformat() for day in sorted(rulebook.holidays))}.")
    return " ".join(lines)


def _say_declared(field: DeclaredField) -> str:
    return f"- `{field.name}` ({field.type})" + (f": {field.about}" if field.about else "")


def _say_source(source: Source) -> str:
    told = [source.title, source.author, source.publisher, *(f"{key}: {value}" for key, value in source.more)]
    return ", ".join(part for part in told if part)


def _say_signal(signal: Signal) -> str:
    """Return what a signal counts or reads."""
    where = f"in {say_field(signal.field)}"
    if not isinstance(signal, PhonePrefix) and signal.first is not None:
        where = f"in the first {say_count(signal.first, 'character')} of {say_field(signal.field)}"
    match signal:
        case PhraseCount(phrases=phrases):
            return f"how often {where} one of these stands: {_say_phrases(phrases)}"
        case PatternCount(pattern=pattern):
            return f"how often {where} the expression `{pattern}` matches"
        case MentionCount(mentions=mentions):
            return f"how often {where} {say_list(map(say_field, mentions), 'or')} is mentioned"
        case QuestionCount():
            return f"how many questions stand {where}"
        case WordCount():
            return f"how many words stand {where}"
        case PhonePrefix(field=field):
            return f"the first six digits of {say_field(field)}"
        case _:
            assert_never(signal)


def _say_phrases(phrases: tuple[str, ...]) -> str:
    return ", ".join(f'"{phrase}"' for phrase in phrases) or "nothing"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}"
        yield "\n".join(lines)


def _parameter_table(rulebook: Rulebook) -> list[str]:
    if not rulebook.parameters:
        return []
    rows = [_parameter_row(parameter) for parameter in rulebook.parameters.values()]
    return ["| parameter | what | value | allowed | unit |", "| --- | --- | --- | --- | --- |", *rows]


def _parameter_row(parameter: Parameter) -> str:
    cells = [
        f"`{parameter.name}`",
        parameter.label or parameter.about,
        write_parameter_value(parameter, parameter.value),
        _say_allowed(parameter),
        parameter.unit,
    ]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def _say_allowed(parameter: Parameter) -> str:
    if parameter.options:
        return say_list((write_parameter_value(parameter, option) for option in parameter.options), "or")
    parts = [f"from {write_parameter_value(parameter, parameter.min)}"] if parameter.min is not None else []
    parts += [f"to {write_parameter_value(parameter, parameter.max)}"] if parameter.max is not None else []
    return " ".join(parts)


def write_parameter_value(parameter: Parameter, value: ParameterValue) -> str:
    """Print a value of a parameter as a person writes it: `7d`, `08:00`, `3`, `a, b`."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(value)
        case int() if parameter.type == "duration":
            return write_duration(value)
        case int() if parameter.type == "time_of_day":
            return write_time_of_day(value)
        case int() | float():
            return say_number(value)
        case str():
            return value
        case _:
            assert_never(value)


def _rule_blocks(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    yield f"### {rule.title}"
    tags = f", tags: {', '.join(rule.tags)}" if rule.tags else ""
    yield f"`{rule.id}`, severity {rule.severity}{tags}"
    yield _say_rule(rule, rulebook)
    yield f"*Why:* {rule.why.strip()}" if rule.why else ""
    if rule.source:
        source = rulebook.sources.get(rule.source)
        yield f"*Source:* {_say_source(source) if source else rule.source}"
    yield f"*It says:* {rule.say.strip()}" if rule.say else ""
    yield f"*Advice:* {rule.advise.strip()}" if rule.advise else ""
