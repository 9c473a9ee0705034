"""What two states of rulebooks differ in, in the words of the business."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from touchrules.language.describe import describe_rule
from touchrules.language.parameters import write_value
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.replay.messages import write_parameter

_SHOWN: Final = 5


def tell_changes(before: Sequence[Rulebook], after: Sequence[Rulebook]) -> list[str]:
    """Return a sentence for each parameter and each rule that is not as it was."""
    old = {book.name: book for book in before}
    new = {book.name: book for book in after}
    told = [f"Rulebook {name} is new." for name in new if name not in old]
    told += [f"Rulebook {name} is gone." for name in old if name not in new]
    for name, book in new.items():
        if name in old:
            told += _tell_parameters(old[name], book)
            told += _tell_rules(old[name], book, before, after)
    return told


def _tell_parameters(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for name, parameter in new.parameters.items():
        was = old.parameters.get(name)
        if was is None or was.value == parameter.value:
            continue
        label = parameter.label or name.replace("_", " ")
        if isinstance(was.value, tuple) and isinstance(parameter.value, tuple):
            yield f"{label}: {_tell_phrases(was.value, parameter.value)}"
        else:
            yield f"{label}: {show_value(was)} → {show_value(parameter)}"


def _tell_phrases(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    parts = []
    for what, phrases in (
        ("added", [one for one in new if one not in old]),
        ("taken out", [one for one in old if one not in new]),
    ):
        if phrases:
            more = f" and {len(phrases) - _SHOWN} more" if len(phrases) > _SHOWN else ""
            parts.append(f"{what} {', '.join(f'“{one}”' for one in phrases[:_SHOWN])}{more}")
    return "; ".join(parts) or "the same phrases in another order"


def _tell_rules(
    old: Rulebook, new: Rulebook, before: Sequence[Rulebook], after: Sequence[Rulebook]
) -> Iterator[str]:
    were = {rule.id: rule for rule in old.rules}
    yield from (
        f"Rule “{one.title}” is gone." for one in old.rules if one.id not in {r.id for r in new.rules}
    )
    for rule in new.rules:
        was = were.get(rule.id)
        if was is None:
            yield f"Rule “{rule.title}” is new."
        elif was.enabled != rule.enabled:
            yield f"Rule “{rule.title}” is switched {'on' if rule.enabled else 'off'}."
        else:
            yield from _tell_rule(was, rule, describe_rule(was, old, before), describe_rule(rule, new, after))


def _tell_rule(was: Rule, rule: Rule, old: str, new: str) -> Iterator[str]:
    if was.title != rule.title:
        yield f"Rule “{was.title}” is called “{rule.title}”."
    if was.severity != rule.severity:
        yield f"Rule “{rule.title}”: {was.severity} → {rule.severity}."
    if (was.say, was.advise) != (rule.say, rule.advise):
        yield f"Rule “{rule.title}” tells something else."
    if old != new:
        yield f"Rule “{rule.title}” now reads: {new}"


def show_value(parameter: Parameter) -> str:
    """Return the value of a parameter with its unit."""
    if parameter.type in {"duration", "time_of_day"}:
        return write_value(parameter.type, parameter.value)
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{write_parameter(parameter)}{unit}"
