"""Parameters that change nothing, however they are turned."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from touchrules.engines.durable.engine import Results
from touchrules.errors import ArgumentError, RulebookError
from touchrules.evidence.influence import Part, Reads, all_read_by, changed_parts, find_reads, turn_round
from touchrules.evidence.marks import Mark
from touchrules.language.load import make_rulebooks
from touchrules.language.parameters import write_value
from touchrules.language.settings import Settings
from touchrules.language.source import Source
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.rules import Rulebook

Replay = Callable[[Sequence[Rulebook]], Results]
"""Replays rulebooks over the touches that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One parameter (`rulebook.parameter`) set to one other value, and the parts that this can change."""

    name: str
    value: Any
    reaches: frozenset[Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """What is needed to turn parameters: the texts of the rulebooks, how they are set, and what they are."""

    sources: Sequence[Source]
    settings: Settings
    rulebooks: Sequence[Rulebook]


def find_turns(turning: Turning, progress: Callable[[int, int], None] | None = None) -> dict[str, list[Turn]]:
    """Return for each parameter the turns to make, the greatest change first.

    Its `max` and `min`; each other option, the other truth; for phrases none at all. A parameter of which
    no turn makes rulebooks that can be loaded is left out; one that no rule reads has no turns.
    """
    readers = turn_round(find_reads(turning.rulebooks))
    parameters = [(book, parameter) for book in turning.rulebooks for parameter in book.parameters.values()]
    turns: dict[str, list[Turn]] = {}
    for done, (book, parameter) in enumerate(parameters, 1):
        name = f"{book.name}.{parameter.name}"
        made = [_make_turn(turning, readers, name, value) for value in _other_values(parameter)]
        possible = [turn for turn in made if turn is not None]
        if possible:
            turns[name] = [turn for turn in possible if any(part[0] == "rule" for part in turn.reaches)]
        if progress is not None:
            progress(done, len(parameters))
    return turns


def _other_values(parameter: Parameter) -> Iterator[Any]:
    """Yield the values at the ends of a parameter's range as a setting writes them, without its own."""
    match parameter.type:
        case "boolean":
            yield not parameter.value
        case "choice":
            yield from (option for option in parameter.options if option != parameter.value)
        case "phrases":
            yield from [()] if parameter.value else []
        case "integer" | "number":
            yield from (end for end in _ends(parameter))
        case "duration" | "time_of_day":
            yield from (write_value(parameter.type, end) for end in _ends(parameter))


def _ends(parameter: Parameter) -> Iterator[ParameterValue]:
    for end in (parameter.max, parameter.min):
        if end is not None and end != parameter.value:
            yield end


def _make_turn(turning: Turning, readers: Reads, name: str, value: Any) -> Turn | None:
    try:
        turned = make_rulebooks(turning.sources, {**turning.settings, name: value})
    except (RulebookError, ArgumentError):
        return None
    changed = changed_parts(turning.rulebooks, turned)
    return Turn(name=name, value=value, reaches=all_read_by(changed, readers))


def find_idle(
    turning: Turning,
    turns: Mapping[str, Sequence[Turn]],
    results: Results,
    replay: Replay,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[str, ...]:
    """Return the parameters of which no turn changes what any rule finds, reported or not.

    `results` are those of no turn at all, on the touches that `replay` looks at. Turns that cannot meet,
    because no part reads both, are replayed together. `progress` is told how many parameters are judged,
    and of how many.
    """
    reads = find_reads(turning.rulebooks)
    before = _outcome(results)
    idle = [name for name, them in turns.items() if not them]
    waiting = {name: list(them) for name, them in turns.items() if them}
    while waiting:
        if progress is not None:
            progress(len(turns) - len(waiting), len(turns))
        together = _pick([them[0] for them in waiting.values()])
        after = _turned(turning, reads, together, replay)
        for turn in together:
            waiting[turn.name].pop(0)
            changed = any(before.get(part) != after.get(part) for part in turn.reaches)
            if changed or not waiting[turn.name]:
                idle += [] if changed else [turn.name]
                del waiting[turn.name]
    return tuple(sorted(idle))


def _pick(turns: Sequence[Turn]) -> list[Turn]:
    """Return turns of which no two reach the same part, first come first served."""
    picked: list[Turn] = []
    taken: set[Part] = set()
    for turn in turns:
        if taken.isdisjoint(turn.reaches):
            picked.append(turn)
            taken |= turn.reaches
    return picked


Outcome = Mapping[Part, frozenset[Any]]
"""What each rule found, and how its expectations ended."""


def _turned(turning: Turning, reads: Reads, turns: Sequence[Turn], replay: Replay) -> Outcome:
    """Return what comes out when all of these turns are made; only what they reach is worked out."""
    needed = all_read_by((part for turn in turns for part in turn.reaches), reads)
    settings = {**turning.settings, **{turn.name: turn.value for turn in turns}}
    return _outcome(replay(_only(make_rulebooks(turning.sources, settings), needed)))


def _only(rulebooks: Sequence[Rulebook], parts: frozenset[Part]) -> list[Rulebook]:
    """Return the rulebooks with those rules only, in the same order; facts and signals stay."""
    return [
        dataclasses.replace(book, rules=tuple(rule for rule in book.rules if ("rule", rule.id) in parts))
        for book in rulebooks
    ]


def _outcome(results: Results) -> Outcome:
    told: dict[Part, set[Any]] = {}
    for one in results.findings:
        told.setdefault(("rule", one.rule), set()).add((one.touch, one.at))
    for ended in results.settled:
        told.setdefault(("rule", ended.rule), set()).add((ended.trigger, ended.status))
    return {part: frozenset(them) for part, them in told.items()}


def mark_idle(name: str, turning: Turning, turns: Sequence[Turn]) -> Mark:
    """Return the mark of a parameter that changes nothing."""
    rulebook, _dot, parameter = name.rpartition(".")
    book = next(one for one in turning.rulebooks if one.name == rulebook)
    declared = book.parameters[parameter]
    now = write_value(declared.type, declared.value)
    if not turns:
        says = "No rule reads it, nor anything that a rule reads."
    elif isinstance(declared.value, tuple):
        says = f"Without its {len(declared.value)} phrases the rules find the same."
    else:
        others = " and ".join(str(turn.value) for turn in turns)
        says = f"With {others} instead of {now} the rules find the same."
    return Mark(rulebook=rulebook, subject=name, mark="changes-nothing", says=says)
