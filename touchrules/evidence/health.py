"""The health of rules on past touches: which find nothing, everything, or nothing of their own."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from touchrules.engines.durable.engine import Results
from touchrules.engines.plan import make_plan
from touchrules.evidence.excuses import Excuse
from touchrules.evidence.foundsets import compare_found, found_sets
from touchrules.evidence.ignorance import find_ignorance
from touchrules.evidence.marks import MARKS, Mark
from touchrules.evidence.readings import is_about_kinds_alone
from touchrules.evidence.turning import Turning, find_idle, find_turns, mark_idle
from touchrules.model.filters import AllOf
from touchrules.model.rules import Rule, Rulebook
from touchrules.replay.run import Progress, check_fit, run_durable
from touchrules.streams.stream import Stream

LEAST_LOOKED: Final = 20
"""A rule that looked at fewer touches than this is not said to find everything."""
SAMPLE: Final = 4_000
"""Parameters are turned on about so many touches first, and on all only where nothing changed there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMark:
    """A mark, and the reason why it does not count, if `health.yaml` states one."""

    mark: Mark
    excuse: Excuse | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What came out. `parameters`: how many were turned, None if none were to be.

    `sampled`: on how many touches they were turned first; `unneeded`: excuses of marks that nothing has.
    """

    touches: int
    rules: int
    disabled: tuple[str, ...]
    parameters: int | None
    sampled: int
    marks: tuple[JudgedMark, ...]
    unneeded: tuple[Excuse, ...]

    @property
    def failures(self) -> tuple[Mark, ...]:
        """The marks that nothing excuses."""
        return tuple(one.mark for one in self.marks if one.excuse is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Rulebooks, the touches on which they are judged, and whom to tell how far it is.

    `turn_parameters`: whether to look for parameters that change nothing, which takes many replays.
    """

    turning: Turning
    stream: Stream
    excuses: Sequence[Excuse] = ()
    turn_parameters: bool = True
    sample: int = SAMPLE
    progress: Progress | None = None
    notify: Callable[[str], None] = lambda _: None


def check_health(checkup: Checkup) -> Health:
    """Judge rules and parameters on a stream.

    Raises DataError where a rulebook does not fit the stream, EngineError where the engine cannot go on.
    """
    books, stream = checkup.turning.rulebooks, checkup.stream
    check_fit(books, stream)
    results = _replay(checkup, stream, "Replaying touches", books)
    found = found_sets(results)
    marks = [
        *_judge_counts(books, results),
        *find_ignorance(books, stream, make_plan(books, stream.types, stream.timezone), found),
        *compare_found(books, found),
    ]
    sample = take_sample(stream, checkup.sample)
    turned = None
    if checkup.turn_parameters:
        turned, idle = _turn(checkup, sample, results)
        marks += idle
    return _judged(checkup, marks, parameters=turned, sampled=len(sample))


def _replay(checkup: Checkup, stream: Stream, what: str, books: Sequence[Rulebook]) -> Results:
    tell = checkup.progress

    def progress(stage: str, done: int, total: int) -> None:
        if tell is not None and stage == "Replaying touches":
            tell(what, done, total)

    as_of = stream.column("at")[-1] if len(stream) else None
    plan = make_plan(books, stream.types, stream.timezone)
    return run_durable(plan, stream, as_of, progress=progress, notify=checkup.notify)


def _judge_counts(books: Sequence[Rulebook], results: Results) -> Iterator[Mark]:
    """Yield a mark for each rule that found nothing, or all that it looked at."""
    found = Counter(one.rule for one in results.findings)
    for book in books:
        for rule in book.rules:
            looked = results.looked.get(rule.id, 0)
            if not rule.enabled:
                continue
            if not found[rule.id]:
                says = f"It looked at {looked:,} touches and found none."
                yield Mark(rulebook=book.name, subject=rule.id, mark="never-fires", says=says)
            elif looked >= LEAST_LOOKED and found[rule.id] == looked and _has_a_choice(rule, book):
                says = f"It found all {looked:,} touches that it looked at."
                yield Mark(rulebook=book.name, subject=rule.id, mark="always-fires", says=says)


def _has_a_choice(rule: Rule, book: Rulebook) -> bool:
    """Say whether a rule could leave alone a touch that it looks at.

    It could by its facts, by looking back, by what it expects. Where its `when` alone decides, it looks
    only at what it finds; then it has had no choice just where `when` asks for nothing but kinds.
    """
    if rule.given or rule.unless or rule.where or rule.expect is not None:
        return True
    return is_about_kinds_alone(AllOf(filters=(book.applies_to, rule.when)))


def _turn(checkup: Checkup, sample: Stream, results: Results) -> tuple[int, list[Mark]]:
    """Return how many parameters were turned, and a mark for each that changes nothing."""
    turning, stream, tell = checkup.turning, checkup.stream, checkup.progress

    def told(what: str) -> Callable[[int, int], None] | None:
        return None if tell is None else (lambda done, total: tell(what, done, total))

    def idle_on(part: Stream, what: str, before: Results, names: Iterable[str]) -> tuple[str, ...]:
        def replay(books: Sequence[Rulebook]) -> Results:
            return _replay(checkup, part, f"{what}: replay", books)

        return find_idle(turning, {name: turns[name] for name in names}, before, replay, told(what))

    turns = find_turns(turning, told("Reading parameters"))
    names = tuple(turns)
    if len(sample) < len(stream):
        before = _replay(checkup, sample, "Replaying some touches", turning.rulebooks)
        names = idle_on(sample, "Turning parameters", before, names)
    idle = idle_on(stream, "Turning them on all touches", results, names)
    return len(turns), [mark_idle(name, turning, turns[name]) for name in idle]


def take_sample(stream: Stream, touches: int) -> Stream:
    """Return all touches of some accounts (of some contacts, where there is no account), about so many.

    Which ones depends on nothing but their names.
    """
    if len(stream) <= touches:
        return stream
    accounts, contacts = stream.column("account_id"), stream.column("contact_id")
    groups = [account or contact for account, contact in zip(accounts, contacts, strict=True)]
    sizes = Counter(groups)
    chosen: set[str] = set()
    size = 0
    for group in sorted(sizes, key=lambda one: (zlib.crc32(one.encode()), one)):
        if size >= touches:
            break
        chosen.add(group)
        size += sizes[group]
    rows = [row for row, group in enumerate(groups) if group in chosen]
    return Stream(table=stream.table.take(pa.array(rows, pa.int64())), timezone=stream.timezone)


def _judged(checkup: Checkup, marks: Sequence[Mark], *, parameters: int | None, sampled: int) -> Health:
    books = checkup.turning.rulebooks
    judged = [
        JudgedMark(mark=mark, excuse=next((one for one in checkup.excuses if one.is_for(mark)), None))
        for mark in marks
    ]
    used = [one.excuse for one in judged if one.excuse is not None]
    order: Mapping[str, int] = {mark: position for position, mark in enumerate(MARKS)}
    return Health(
        touches=len(checkup.stream),
        rules=sum(rule.enabled for book in books for rule in book.rules),
        disabled=tuple(rule.id for book in books for rule in book.rules if not rule.enabled),
        parameters=parameters,
        sampled=sampled,
        marks=tuple(sorted(judged, key=lambda one: (order[one.mark.mark], one.mark.subject, one.mark.of))),
        unneeded=tuple(
            one
            for one in checkup.excuses
            if one not in used and (parameters is not None or one.mark != "changes-nothing")
        ),
    )
