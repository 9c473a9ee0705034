"""Checks `found`: it names rules that can be found, and no rule waits for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from touchrules.errors import Place, Problem
from touchrules.language.nodes import quoted
from touchrules.language.proof import Mentions
from touchrules.language.walk import names_for_stages
from touchrules.language.words import allowed
from touchrules.model.rules import Rulebook

Names = Mapping[str, Sequence[tuple[str, Place | None]]]
"""The rules that each rule names in applies_to, `when` and `where`, with their places."""


def check_found_is_known(rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each `found` that names no rule."""
    known = [rule.id for rulebook in rulebooks for rule in rulebook.rules if rule.id]
    for _rulebook, mention in mentions:
        if mention.kind == "rule" and mention.name not in known:
            yield Problem(
                message=f"{quoted(mention.name)} is no rule of these rulebooks.",
                remedy=allowed(mention.name, known, label="Rules"),
                place=mention.place,
                context=mention.context,
            )


def check_found_expects_nothing(rulebooks: Sequence[Rulebook], mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each `found` that names a rule with `expect`, which finds at its deadline."""
    rules = {rule.id: rule for rulebook in rulebooks for rule in rulebook.rules}
    for _rulebook, mention in mentions:
        rule = rules.get(mention.name) if mention.kind == "rule" else None
        if rule is not None and rule.expect is not None:
            facts = [name for name in (rule.asserts, rule.met_asserts) if name]
            remedy = (
                f"Ask for its fact: `given: {facts[0]}`."
                if facts
                else "Let it assert a fact, and ask for that."
            )
            yield Problem(
                message=f"`found` cannot name {quoted(rule.id)}: a rule with `expect` finds at a deadline.",
                remedy=remedy,
                place=mention.place,
                context=mention.context,
            )


def check_loops(rulebooks: Sequence[Rulebook], _mentions: Mentions) -> Iterator[Problem]:
    """Yield a problem for each loop of rules that name one another."""
    names = _names(rulebooks)
    told: set[frozenset[str]] = set()
    for loop in _loops(names):
        if frozenset(loop) in told:
            continue
        told.add(frozenset(loop))
        following = loop[1] if len(loop) > 1 else loop[0]
        place = next(place for name, place in names[loop[0]] if name == following)
        yield Problem(
            message=f"These rules wait for one another: {' -> '.join((*loop, loop[0]))}.",
            remedy="Take one `found` out. A cool-down is written with a fact:\n"
            "`asserts: told`, `unless: told`, and `facts: {told: {for: 7d}}`.",
            place=place,
            context=f"rule {loop[0]}",
        )


def _names(rulebooks: Sequence[Rulebook]) -> Names:
    ids = {rule.id for rulebook in rulebooks for rule in rulebook.rules if rule.expect is None}
    return {
        rule.id: [
            (name, found.place)
            for found in names_for_stages(rulebook, rule)
            for name in found.rules
            if name in ids
        ]
        for rulebook in rulebooks
        for rule in rulebook.rules
        if rule.expect is None
    }


def _loops(names: Names) -> Iterator[tuple[str, ...]]:
    """Walk the rules depth first; a name that stands on the path already closes a loop."""
    done: set[str] = set()
    for start in names:
        path, left = [start], [iter(names[start])]
        while path and start not in done:
            name, _place = next(left[-1], (None, None))
            if name is None:
                done.add(path.pop())
                left.pop()
            elif name in path:
                yield tuple(path[path.index(name) :])
            elif name not in done:
                path.append(name)
                left.append(iter(names[name]))
