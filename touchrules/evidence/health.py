"""The health of rules on past touches: which find nothing, everything, or nothing of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from touchrules.engines.columnar.session import Session
from touchrules.engines.outcome import Outcome
from touchrules.engines.plan import make_plan
from touchrules.evidence.excuses import Excuse
from touchrules.evidence.foundsets import compare_found
from touchrules.evidence.ignorance import find_ignorance
from touchrules.evidence.marks import MARKS, Mark
from touchrules.evidence.readings import is_about_kinds_alone
from touchrules.evidence.turning import Turning, turn_parameters
from touchrules.model.filters import AllOf
from touchrules.model.rules import Rule, Rulebook
from touchrules.replay.run import Progress, check_fit
from touchrules.streams.stream import Stream

LEAST_LOOKED: Final = 20
"""A rule that looked at fewer touches than this is not said to find everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMark:
    """A mark, and the reason why it does not count, if `health.yaml` states one."""

    mark: Mark
    excuse: Excuse | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What came out. `parameters`: how many were turned, None if none were to be.

    `unneeded`: excuses of marks that nothing has.
    """

    touches: int
    rules: int
    disabled: tuple[str, ...]
    parameters: int | None
    marks: tuple[JudgedMark, ...]
    unneeded: tuple[Excuse, ...]

    @property
    def failures(self) -> tuple[Mark, ...]:
        """The marks that nothing excuses."""
        return tuple(one.mark for one in self.marks if one.excuse is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Rulebooks, the touches on which they are judged, and whom to tell how far it is.

    `turn_parameters`: whether to look for parameters that change nothing, which decides all touches anew
    for each.
    """

    turning: Turning
    stream: Stream
    excuses: Sequence[Excuse] = ()
    turn_parameters: bool = True
    progress: Progress | None = None


def check_health(checkup: Checkup) -> Health:
    """Judge rules and parameters on a stream. Raises DataError where a rulebook does not fit the stream."""
    books, stream = checkup.turning.rulebooks, checkup.stream
    check_fit(books, stream)
    session = Session(stream)
    plan = make_plan(books, stream.types, stream.timezone)
    outcome = session.decide(plan, checkup.progress)
    marks = [*judge_findings(books, outcome), *find_ignorance(books, session, plan)]
    turned = None
    if checkup.turn_parameters:
        progress = None if checkup.progress is None else partial(checkup.progress, "Turning parameters")
        turned, idle = turn_parameters(checkup.turning, session, outcome, progress)
        marks += idle
    return _judged(checkup, marks, parameters=turned)


def judge_findings(books: Sequence[Rulebook], outcome: Outcome) -> list[Mark]:
    """Return what is wrong with rules by what they find: nothing, everything, or nothing of their own."""
    return [*_judge_counts(books, outcome), *compare_found(books, outcome)]


def _judge_counts(books: Sequence[Rulebook], outcome: Outcome) -> Iterator[Mark]:
    """Yield a mark for each rule that found nothing, or all that it looked at."""
    for book in books:
        for rule in book.rules:
            found, looked = outcome.found(rule.id), outcome.looked.get(rule.id, 0)
            if not rule.enabled:
                continue
            if not found:
                says = f"It looked at {looked:,} touches and found none."
                yield Mark(rulebook=book.name, subject=rule.id, mark="never-fires", says=says)
            elif looked >= LEAST_LOOKED and found == looked and _has_a_choice(rule, book):
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


def _judged(checkup: Checkup, marks: Sequence[Mark], *, parameters: int | None) -> Health:
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
        marks=tuple(sorted(judged, key=lambda one: (order[one.mark.mark], one.mark.subject, one.mark.of))),
        unneeded=tuple(
            one
            for one in checkup.excuses
            if one not in used and (parameters is not None or one.mark != "changes-nothing")
        ),
    )
