"""Checks names: each rulebook, rule, signal and field has one of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from touchrules.errors import Place, Problem
from touchrules.language.nodes import quoted
from touchrules.language.proof import Mentions
from touchrules.language.words import allowed
from touchrules.model.rules import DeclaredField, Rulebook
from touchrules.model.signals import MentionCount
from touchrules.model.touches import DERIVED_FIELDS, RESERVED_NAMES, TOUCH_FIELDS


def check_rulebook_names(_rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each rulebook that is called like an earlier one."""
    first: dict[str, Place] = {}
    for _rulebook, mention in mentions:
        if mention.kind == "rulebook" and first.setdefault(mention.name, mention.place) is not mention.place:
            message = f"Another rulebook is called {quoted(mention.name)} too: {first[mention.name]}."
            yield Problem(message=message, remedy="Rename one of them.", place=mention.place)


def check_rule_ids(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each rule that has the id of an earlier one, in any rulebook."""
    first: dict[str, Place | None] = {}
    for rule in (rule for rulebook in rulebooks for rule in rulebook.rules if rule.id):
        if rule.id in first:
            message = f"Another rule has the id {quoted(rule.id)} too: {first[rule.id]}."
            remedy = "Rename one of them: ids are unique over all rulebooks loaded together."
            yield Problem(message=message, remedy=remedy, place=rule.place, context=f"rule {rule.id}")
        else:
            first[rule.id] = rule.place


def check_sources(_rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each rule whose source its rulebook does not list."""
    for rulebook, mention in mentions:
        if mention.kind == "source" and mention.name not in rulebook.sources:
            message = f"{quoted(mention.name)} is no source of this rulebook."
            remedy = allowed(mention.name, rulebook.sources, label="Sources")
            if not rulebook.sources:
                remedy = f"Add it: `sources: {{{mention.name}: {{title: ...}}}}`."
            yield Problem(message=message, remedy=remedy, place=mention.place, context=mention.context)


def check_signal_names(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each signal that is called like a field."""
    declared = {name for rulebook in rulebooks for name in rulebook.fields}
    for rulebook in rulebooks:
        for name, signal in rulebook.signals.items():
            fault = _taken(name) or ("is a field that a rulebook declares" if name in declared else None)
            if fault:
                message = f"A signal cannot be called {quoted(name)}: that {fault}."
                yield Problem(
                    message=message, remedy="Rename it.", place=signal.place, context=f"signal {name}"
                )


def check_field_names(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each declared field that is called like a field of every stream."""
    for rulebook in rulebooks:
        for name, field in rulebook.fields.items():
            fault = _taken(name)
            if fault:
                message = f"A further field cannot be called {quoted(name)}: that {fault}."
                yield Problem(
                    message=message,
                    remedy="Take it out if that field is meant, or rename it.",
                    place=field.place,
                    context=f"field {name}",
                )


def _taken(name: str) -> str | None:
    if name in TOUCH_FIELDS or name in DERIVED_FIELDS:
        return "is a field of every stream"
    return "is a word of the filter language" if name in RESERVED_NAMES else None


def check_field_types(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each field that two rulebooks declare with different types."""
    first: dict[str, DeclaredField] = {}
    for field in (field for rulebook in rulebooks for field in rulebook.fields.values()):
        earlier = first.setdefault(field.name, field)
        if earlier.type != field.type:
            message = f"{quoted(field.name)} is {field.type} here, but {earlier.type} in {earlier.place}."
            yield Problem(
                message=message,
                remedy="Declare it with one type in all rulebooks.",
                place=field.place,
                context=f"field {field.name}",
            )


def check_signals_of_signals(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each signal that reads another signal."""
    for rulebook in rulebooks:
        for name, signal in rulebook.signals.items():
            mentions = signal.mentions if isinstance(signal, MentionCount) else ()
            for read in (signal.field, *mentions):
                if read in rulebook.signals:
                    message = f"The signal {quoted(name)} reads {quoted(read)}, which is a signal too."
                    remedy = "A signal reads a field of the touch, such as text or subject."
                    yield Problem(
                        message=message, remedy=remedy, place=signal.place, context=f"signal {name}"
                    )
