"""A rulebook in plain English, made from what the engines run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from touchrules.language.describe_filters import say_condition
from touchrules.language.describe_rules import say_definition, say_rule
from touchrules.language.describe_signals import say_phrases, say_signal
from touchrules.language.phrasing import (
    FIELDS,
    REACHING_OUT,
    REACHING_OUT_MEANS,
    say_list,
    say_number,
    say_word,
)
from touchrules.language.vocabulary import Vocabulary, vocabulary_of
from touchrules.model.durations import write_duration, write_time_of_day
from touchrules.model.filters import EVERY_TOUCH
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.rules import DeclaredField, Rule, Rulebook, Source

_SHORT: Final = 60  # characters of phrases that a cell of a table takes
_REACHING: Final = re.compile(rf"\b(?:{'|'.join(REACHING_OUT)})\b")
_PLACEHOLDER: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")
_PLACEHOLDERS: Final = {
    "contact_name": "the contact",
    "contact_id": "the contact",
    "company_name": "the company",
    "account_id": "the account",
    "value": "the number",
}


def describe_rule(rule: Rule, rulebook: Rulebook, beside: Iterable[Rulebook] = ()) -> str:
    """Return one rule as a few sentences: when it looks, what it wants, what follows.

    `beside` are the rulebooks loaded with it, whose facts and rules it may name; those that nobody defines
    are told by their names alone.
    """
    words = vocabulary_of(rulebook, beside)
    description = say_rule(rule, words)
    if rulebook.applies_to == EVERY_TOUCH:
        return description
    return f"{description} It looks only at touches where {say_condition(rulebook.applies_to, words)}."


def describe_rulebook(rulebook: Rulebook, beside: Iterable[Rulebook] = ()) -> str:
    """Return a whole rulebook as markdown: what it is about, its rules, and what they are made of.

    `beside` are the rulebooks loaded with it, whose facts and rules it may name.
    """
    words = vocabulary_of(rulebook, beside)
    signals = [f"- **{say_word(n)}**: {say_signal(n, s, words)}." for n, s in rulebook.signals.items()]
    blocks = [
        f"# {rulebook.title or rulebook.name}",
        f"Rulebook `{rulebook.name}`" + (f", version {rulebook.version}." if rulebook.version else "."),
        rulebook.about.strip(),
        _say_frame(rulebook, words),
        *_section(
            "Rules", [block for rule in rulebook.rules for block in _rule_blocks(rule, rulebook, words)]
        ),
        *_section("What can be turned", _parameter_table(rulebook), joined="\n"),
        *_section(
            "Facts", [f"- {say_definition(one, words)}" for one in rulebook.facts.values()], joined="\n"
        ),
        *_section("What is read out of texts", signals, joined="\n"),
        *_section("Phrases", _phrase_lists(rulebook)),
        *_section("Fields", [_say_declared(field) for field in rulebook.fields.values()], joined="\n"),
        *_section("Sources", [f"- {say_source(one)}" for one in rulebook.sources.values()], joined="\n"),
    ]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    frame = _say_frame(rulebook, words)
    return text.replace(frame, f"{frame} {REACHING_OUT_MEANS}", 1) if _REACHING.search(text) else text


def _section(title: str, blocks: list[str], joined: str = "\n\n") -> Iterator[str]:
    if blocks:
        yield f"## {title}"
        yield joined.join(block for block in blocks if block)


def say_applies_to(rulebook: Rulebook, words: Vocabulary) -> str:
    """Return which touches all rules of a rulebook look at."""
    if rulebook.applies_to == EVERY_TOUCH:
        return "All rules look at every touch."
    return f"All rules look only at touches where {say_condition(rulebook.applies_to, words)}."


def _say_frame(rulebook: Rulebook, words: Vocabulary) -> str:
    lines = []
    if rulebook.applies_to != EVERY_TOUCH:
        lines.append(say_applies_to(rulebook, words))
    opening, closing = map(write_time_of_day, rulebook.business_hours)
    lines.append(f"Business hours are {opening} to {closing}, Monday to Friday.")
    if rulebook.holidays:
        lines.append(f"Holidays: {say_list(day.isoformat() for day in sorted(rulebook.holidays))}.")
    return " ".join(lines)


def _rule_blocks(rule: Rule, rulebook: Rulebook, words: Vocabulary) -> Iterator[str]:
    yield f"### {rule.title}"
    tags = f", tags: {', '.join(rule.tags)}" if rule.tags else ""
    yield f"`{rule.id}`, severity {rule.severity}{tags}"
    yield say_rule(rule, words)
    yield f"*Why:* {rule.why.strip()}" if rule.why else ""
    if rule.source:
        source = rulebook.sources.get(rule.source)
        yield f"*Source:* {say_source(source) if source else rule.source}"
    yield f"*It says:* {say_template(rule.say, rulebook)}" if rule.say and rule.report else ""
    yield f"*Advice:* {say_template(rule.advise, rulebook)}" if rule.advise and rule.report else ""


def say_template(template: str, rulebook: Rulebook) -> str:
    """Return a template with what will stand in it: `[the rep] called [the contact]`.

    Parameters stand there with the values that they have now.
    """

    def put(match: re.Match[str]) -> str:
        name = match[1]
        parameter = rulebook.parameters.get(name.removeprefix("param."))
        if name.startswith("param.") and parameter is not None:
            return write_parameter_value(parameter, parameter.value)
        said = _PLACEHOLDERS.get(name) or FIELDS.get(name)
        if said is None and (name in rulebook.fields or name in rulebook.signals):
            said = f"the {say_word(name)}"
        return match[0] if said is None else f"[{said}]"

    return _PLACEHOLDER.sub(put, template.strip())


def _say_declared(field: DeclaredField) -> str:
    return f"- `{field.name}` ({field.type})" + (f": {field.about}" if field.about else "")


def say_source(source: Source) -> str:
    """Return where a rule comes from: title, author and what else is known."""
    told = [source.title, source.author, source.publisher, *(f"{key}: {value}" for key, value in source.more)]
    return ", ".join(part for part in told if part)


def _parameter_table(rulebook: Rulebook) -> list[str]:
    if not rulebook.parameters:
        return []
    rows = [_parameter_row(parameter) for parameter in rulebook.parameters.values()]
    return ["| what | now | allowed | name |", "| --- | --- | --- | --- |", *rows]


def _parameter_row(parameter: Parameter) -> str:
    value = write_parameter_value(parameter, parameter.value)
    if isinstance(parameter.value, tuple) and len(value) > _SHORT:
        value = f"{len(parameter.value)} phrases, see below"
    cells = (
        parameter.label or parameter.about or say_word(parameter.name),
        f"{value} {parameter.unit}".rstrip(),
        _say_allowed(parameter),
        f"`{parameter.name}`",
    )
    return table_row(cells)


def table_row(cells: Iterable[str]) -> str:
    r"""Return a row of a markdown table.

    >>> table_row(["a | b", "c"])
    '| a \\| b | c |'
    """
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def _phrase_lists(rulebook: Rulebook) -> list[str]:
    """Return the long phrase lists, which no table can hold."""
    return [
        f"**{parameter.label or say_word(parameter.name)}** (`{name}`): {say_phrases(parameter.value)}."
        for name, parameter in rulebook.parameters.items()
        if isinstance(parameter.value, tuple) and len(", ".join(parameter.value)) > _SHORT
    ]


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
