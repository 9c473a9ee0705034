"""What two states of rulebooks differ in, in the words of the business."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from touchrules.language.describe import describe_rule
from touchrules.model.rules import Rulebook
from touchrules.studio.wording import show_value

_SHOWN: Final = 5

Beside = tuple[Rulebook, Sequence[Rulebook]]
"""A rulebook, and all that are loaded with it."""


def tell_changes(
    before: Sequence[Rulebook], after: Sequence[Rulebook], edited: Collection[str] = ()
) -> list[str]:
    """Return a sentence for each parameter and each rule that is not as it was.

    `edited`: the rulebooks whose text is another; the rules of others differ by their parameters alone.
    """
    old = {book.name: book for book in before}
    new = {book.name: book for book in after}
    told = [f"Rulebook {name} is new." for name in new if name not in old]
    told += [f"Rulebook {name} is gone." for name in old if name not in new]
    for name, book in new.items():
        if name in old:
            told += _tell_parameters(old[name], book)
            told += _tell_rules(old[name], book)
            if name in edited:
                told += _tell_texts((old[name], before), (book, after))
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


def _tell_rules(old: Rulebook, new: Rulebook) -> Iterator[str]:
    """Tell of rules that came, went, were switched or weigh something else."""
    were = {rule.id: rule for rule in old.rules}
    left = {rule.id for rule in new.rules}
    yield from (f"Rule “{one.title}” is gone." for one in old.rules if one.id not in left)
    for rule in new.rules:
        was = were.get(rule.id)
        if was is None:
            yield f"Rule “{rule.title}” is new."
            continue
        if was.enabled != rule.enabled:
            yield f"Rule “{rule.title}” is switched {'on' if rule.enabled else 'off'}."
        if was.title != rule.title:
            yield f"Rule “{was.title}” is called “{rule.title}”."
        if was.severity != rule.severity:
            yield f"Rule “{rule.title}”: {was.severity} → {rule.severity}."
        if (was.say, was.advise) != (rule.say, rule.advise):
            yield f"Rule “{rule.title}” tells something else."


def _tell_texts(old: Beside, new: Beside) -> Iterator[str]:
    """Tell how rules read that read differently now."""
    were = {rule.id: describe_rule(rule, *old) for rule in old[0].rules}
    for rule in new[0].rules:
        reads = describe_rule(rule, *new)
        if were.get(rule.id, reads) != reads:
            yield f"Rule “{rule.title}” now reads: {reads}"
