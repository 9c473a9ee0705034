"""Checks facts: each is declared, asserted by something, and defined alike wherever it is defined."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from touchrules.errors import Problem
from touchrules.language.nodes import quoted
from touchrules.language.proof import Mentions
from touchrules.language.words import allowed
from touchrules.model.rules import Fact, Rulebook


def check_facts_are_declared(rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each use of a fact that no rulebook declares."""
    known = sorted({name for rulebook in rulebooks for name in rulebook.facts})
    for _rulebook, mention in mentions:
        if mention.kind in ("fact", "asserted fact") and mention.name not in known:
            remedy = allowed(mention.name, known, label="Facts")
            if not known:
                remedy = "No fact is declared; declare it under `facts:`."
            message = f"{quoted(mention.name)} is not a fact that these rulebooks define."
            yield Problem(message=message, remedy=remedy, place=mention.place, context=mention.context)


def check_facts_are_asserted(rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each fact that can never hold, since nothing asserts it."""
    asserted = {mention.name for _rulebook, mention in mentions if mention.kind == "asserted fact"}
    told = _faulty(mentions)
    for rulebook in rulebooks:
        for fact in rulebook.facts.values():
            if fact.asserted_by is None and fact.name not in asserted and fact.name not in told:
                told.add(fact.name)
                message = f"Nothing asserts the fact {quoted(fact.name)}, so it can never hold."
                remedy = f"Give it a `from:`, or a rule `asserts: {fact.name}`."
                yield Problem(message=message, remedy=remedy, place=fact.place, context=f"fact {fact.name}")


def check_facts_agree(rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each fact that is defined in another way than where it was defined first."""
    first: dict[str, Fact] = {}
    told = _faulty(mentions)
    for rulebook in rulebooks:
        for fact in rulebook.facts.values():
            earlier = first.setdefault(fact.name, fact)
            parts = _differing(earlier, fact)
            if parts and fact.name not in told:
                message = f"The fact {quoted(fact.name)} is defined in another way in {earlier.place}."
                remedy = (
                    f"These parts differ: {', '.join(parts)}. Write them alike, or rename one of the facts."
                )
                yield Problem(message=message, remedy=remedy, place=fact.place, context=f"fact {fact.name}")


def _faulty(mentions: Mentions) -> set[str]:
    """Return the facts that could not be read whole: what is wrong with them is told already."""
    return {mention.name for _rulebook, mention in mentions if mention.kind == "faulty fact"}


def _differing(one: Fact, other: Fact) -> list[str]:
    parts = {"asserted_by": "from", "until": "until", "lasts": "for", "per": "per"}
    names = (field.name for field in dataclasses.fields(Fact) if field.name in parts)
    return [parts[name] for name in names if getattr(one, name) != getattr(other, name)]
