"""Why rules found the touches of one contact or left them alone: said by both engines, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.engines.columns import AT, FOUND, Layout
from touchrules.engines.durable.engine import Observation
from touchrules.engines.durable.outcome import outcome_of
from touchrules.engines.outcome import Outcome
from touchrules.engines.plan import Plan, PlannedRule, lookbacks_in
from touchrules.engines.predicates import Predicate, compile_filter
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.engines.split import narrow_plan
from touchrules.model.lookbacks import LookBackTest
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns, Rows
from touchrules.replay.compare import Compared, compare_outcomes
from touchrules.replay.explain import looking_of
from touchrules.replay.neighbourhood import Neighbourhoods, Part
from touchrules.replay.resting import Past, Rest
from touchrules.replay.run import Decision, Progress, run_durable
from touchrules.replay.seen import RuleSeen, TouchSeen
from touchrules.replay.telling import Looking, Telling
from touchrules.streams.stream import Stream

FEW: Final = 400
"""Parts that need so few touches, beside the contact's own, are decided anew together at once."""
MANY: Final = 3_000
"""Parts that need more touches than that are decided anew only if somebody asks for it."""

_NOWHERE: Final = np.zeros(0, np.int64)


class Whys:
    """What the columnar engine decided, told touch by touch; and its check by the durable engine.

    That engine keeps no numbers behind what it decided: they are counted anew, touch by touch (see `Past`).

    `standing`: for each fact of the plan the touches that it holds for.
    """

    def __init__(
        self,
        decision: Decision,
        rulebooks: Sequence[Rulebook],
        standing: Mapping[str, npt.NDArray[np.bool_]],
    ) -> None:
        self.decision = decision
        self.columns = Columns(decision.stream)
        self.near = Neighbourhoods(decision.plan, decision.stream)
        self._rulebooks = rulebooks
        self._standing = standing
        plan, stream, outcome = decision.plan, decision.stream, decision.outcome
        self._past = Past(plan, stream, self.near, outcome.rows)
        self._telling = Telling(plan, rulebooks, self.columns, outcome, self._past.rest)
        self._lookers = _Lookers(plan, stream)

    def tell(self, row: int) -> TouchSeen:
        """Return what rules made of a touch as the columnar engine decided it, with the numbers behind it."""
        outcome = self.decision.outcome
        facts = [fact for fact, holds in self._standing.items() if holds[row]]
        found = {rule for rule in outcome.findings if (outcome.findings[rule].rows == row).any()}
        looks = (
            Looking(rule=one.rule.id, accepted=one.rule.id in found, answers=self._answers(one, row))
            for one in self._lookers.looking(row, found)
        )
        return self._telling.touch(row, facts, looks)

    def _answers(self, planned: PlannedRule, row: int) -> dict[LookBackTest, float | bool | None]:
        return {test: self._past.rest(test, row).answer for test in lookbacks_in(planned.where)}

    def part_of(self, rule: str) -> Part:
        """Return a rule as a part of what is decided."""
        planned = next(one for one in self.decision.plan.rules if one.rule.id == rule)
        return Part("rule" if planned.expect is None else "expect", rule)

    def batches(self, own: Rows) -> tuple[list[Part], list[Part], list[Part]]:
        """Return the parts that need few touches to be decided anew at some touches, more, and too many."""
        few: list[Part] = []
        more: list[Part] = []
        many: list[Part] = []
        for part in self.near.parts:
            needs = self.near.find([part], own, MANY + len(own))
            if needs is None:
                many.append(part)
            else:
                (few if len(needs) <= FEW + len(own) else more).append(part)
        return few, more, many

    def check(self, parts: Sequence[Part], own: Rows, progress: Progress | None = None) -> Checked:
        """Decide some parts at some touches anew with the durable engine, and compare."""
        needs = self.near.find(parts, own)
        rows = _NOWHERE if needs is None else needs
        decision = self.decision
        rules = [part.name for part in parts if part.sort != "fact"]
        plan = narrow_plan(decision.plan, rules, [part.name for part in parts if part.sort == "fact"])
        part = Stream(table=decision.stream.table.take(pa.array(rows)), timezone=decision.stream.timezone)
        places = frozenset(np.searchsorted(rows, own).tolist())
        results = run_durable(plan, part, decision.as_of, observed=places, workers=1, progress=progress)
        outcome = outcome_of(results, plan)
        compared = Compared.joined(
            compare_outcomes(one, self._concerned(one, own), decision.outcome, outcome, rows, self.columns)
            for one in parts
        )
        told = _Durable(plan, self._rulebooks, part, outcome, results.observations, rows)
        return Checked(rules=frozenset(rules), replayed=len(rows), compared=compared, told=told)

    def _concerned(self, part: Part, own: Rows) -> Rows:
        """Return the touches about which a part is compared; a period belongs to the touch that began it."""
        if part.sort != "fact":
            return own
        return self.near.share((self.decision.plan.facts[part.name].key,), own)


class _Lookers:
    """Which rules look at a touch: those whose `when` accepts it."""

    def __init__(self, plan: Plan, stream: Stream) -> None:
        self._plan = plan
        self._stream = stream
        self._layout = Layout(frozenset(plan.signals))
        self._rules: list[tuple[PlannedRule, Predicate]] = [
            (planned, compile_filter(planned.when, self._layout)) for planned in plan.rules
        ]

    def looking(self, row: int, found: set[str]) -> Iterator[PlannedRule]:
        """Yield the rules that look at a touch. `found`: those that found it."""
        one = Stream(table=self._stream.table.slice(row, 1), timezone=self._stream.timezone)
        (touch,) = touches_of(one, prepare_columns(self._plan, self._layout.columns, one), 0, 1)
        touch[FOUND] = found
        for planned, accepts in self._rules:
            early = planned.since is not None and touch[AT] < planned.since
            late = planned.until is not None and touch[AT] >= planned.until
            if not early and not late and accepts(touch):
                yield planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the durable engine made of some rules at some touches, and what differs from the columnar one.

    `replayed`: how many touches it looked at for that.
    """

    rules: frozenset[str]
    replayed: int
    compared: Compared
    told: _Durable

    def tell(self, row: int) -> dict[str, RuleSeen]:
        """Return how each of these rules that looked at a touch saw it."""
        return {one.rule: one for one in self.told.rules(row, self.rules)}


class _Durable:
    """What the durable engine decided about a part of a stream. `rows`: of its touches in the whole."""

    def __init__(
        self,
        plan: Plan,
        rulebooks: Sequence[Rulebook],
        part: Stream,
        outcome: Outcome,
        observations: Iterable[Observation],
        rows: Rows,
    ) -> None:
        past = Past(plan, part, Neighbourhoods(plan, part), outcome.rows)
        self._planned = {planned.rule.id: planned for planned in plan.rules}
        self._telling = Telling(plan, rulebooks, Columns(part), outcome, past.rest)
        self._seen = {one.touch: one for one in observations}
        self._rows = rows

    def rules(self, row: int, asked: frozenset[str]) -> Iterator[RuleSeen]:
        """Yield how some rules saw a touch of the whole stream."""
        place = int(np.searchsorted(self._rows, row))
        seen = self._seen.get(place)
        if seen is None or place >= len(self._rows) or self._rows[place] != row:
            return
        looks = [looking_of(one, self._planned[one.rule]) for one in seen.looks if one.rule in asked]
        for one in self._telling.touch(place, seen.facts, looks).rules:
            yield _renumbered(one, self._rows)


def _renumbered(seen: RuleSeen, rows: Rows) -> RuleSeen:
    """Return a rule as it saw a touch, with the rows of the whole stream."""

    def number(rest: Rest | None) -> Rest | None:
        if rest is None:
            return None
        return replace(rest, rows=_take(rows, rest.rows), among=_take(rows, rest.among))

    tests = (
        replace(test, looked=tuple(replace(one, rest=number(one.rest)) for one in test.looked))
        for test in seen.tests
    )
    ending = seen.ending
    if ending is not None and ending.touch is not None:
        ending = replace(ending, touch=int(rows[ending.touch]))
    return replace(seen, tests=tuple(tests), ending=ending)


def _take(rows: Rows, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(rows[place]) for place in places)
