"""One contact's case: their findings in order, and step by step why each was made and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from touchrules.model.touches import KEYS
from touchrules.replay.columns import Rows
from touchrules.replay.compare import Difference
from touchrules.replay.neighbourhood import Part, rows_of_contacts
from touchrules.replay.run import Progress
from touchrules.replay.seen import RuleSeen, TouchSeen
from touchrules.replay.tuning import State
from touchrules.replay.why import MANY, Checked, Whys
from touchrules.studio.state import StudioState

Voice = Literal["both", "durable", "columnar", "neither"]
"""Who says so: both engines, one of them so far, or each something else."""

Step = Callable[[Progress | None], None]
"""A piece of work that makes more of a case known. It stops where `progress` raises."""

_NOTHING: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFinding:
    """One finding about a contact. `at`: microseconds, of a broken expectation its deadline."""

    at: int
    touch_id: str
    rule: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """How a rule saw a touch, and who says so. `other`: what the columnar engine says, where it differs."""

    seen: RuleSeen
    voice: Voice
    other: RuleSeen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far the engines were compared. `findings`: of this contact; `rules`: whose findings were compared.

    `unchecked`: rules that look at too many touches. `is_done`: nothing is left to compare but these.
    """

    findings: int
    rules: int
    unchecked: tuple[str, ...]
    differences: tuple[Difference, ...]
    is_done: bool


class Cases:
    """Opens cases; what is known of a state is made once."""

    def __init__(self) -> None:
        self._held: tuple[State, Whys] | None = None

    def open(self, studio: StudioState, contact: str) -> Case:
        """Return the case of a contact as the rules that stand see it."""
        state = studio.state
        if self._held is None or self._held[0] is not state:
            decision = studio.tuning.decision(state)
            self._held = (state, Whys(decision, state.rulebooks, studio.tuning.standing(decision.plan)))
        return Case(contact, *self._held)


@dataclass(slots=True)
class _Batches:
    """The parts that are compared at once, a little later, and only if somebody asks for it."""

    few: list[Part] = field(default_factory=list)
    more: list[Part] = field(default_factory=list)
    many: list[Part] = field(default_factory=list)


class Case:
    """A contact with all that is known of why. Its steps are done one at a time, in any thread.

    `state`: the rules that it tells of, whatever stands by now. `needs`: at how many touches the durable
    engine must look for a rule, where somebody asked.
    """

    def __init__(self, contact: str, state: State, whys: Whys) -> None:
        self.contact = contact
        self.state = state
        self.whys = whys
        self.own = rows_of_contacts(whys.columns, [contact])
        self._rows: dict[str, int] = dict(
            zip(self.names_of(self.own.tolist()), self.own.tolist(), strict=True)
        )
        self.findings = self._find()
        self.needs: dict[str, int] = {}
        self._told: dict[int, TouchSeen] = {}
        self._checked: list[Checked] = []
        self._seen: dict[tuple[int, int], dict[str, RuleSeen]] = {}
        self._done: set[Part] = set()
        self._batches: _Batches | None = None

    def _find(self) -> tuple[ContactFinding, ...]:
        outcome = self.whys.decision.outcome
        names = self.whys.columns.stream.table.column("touch_id")
        found = []
        for planned in self.whys.decision.plan.rules:
            rule = planned.rule
            findings = outcome.findings.get(rule.id) if rule.report else None
            for place in () if findings is None else np.flatnonzero(np.isin(findings.rows, self.own)):
                row = int(findings.rows[place])  # type: ignore[union-attr]  # there is a place in it
                at = int(findings.at[place])  # type: ignore[union-attr]  # as above
                found.append(ContactFinding(at=at, touch_id=str(names[row]), rule=rule.id, row=row))
        return tuple(sorted(found, key=lambda one: (one.at, one.touch_id, one.rule)))

    def next_step(self, row: int, rule: str) -> Step | None:
        """Return what is to be done next to explain a touch, and first a rule at it; None: nothing."""
        if rule and self._is_near(rule):
            return lambda progress: self._check([self.whys.part_of(rule)], progress)
        if row not in self._told:
            return lambda _: self._tell(row)
        if self._batches is None:
            return lambda _: self._arrange()
        for parts in (self._batches.few, self._batches.more):
            left = [part for part in parts if part not in self._done]
            if left:
                return lambda progress, some=left: self._check(some, progress)  # type: ignore[misc]
        return None

    def check_all(self, progress: Progress | None) -> None:
        """Have the rules compared too that look at too many touches to do so unasked."""
        if self._batches is None:
            self._arrange()
        batches = self._batches or _Batches()
        self._check([part for part in batches.many if part not in self._done], progress)

    def _is_near(self, rule: str) -> bool:
        """Return whether a rule is still to be compared, and needs few enough touches for that."""
        planned = {one.rule.id for one in self.whys.decision.plan.rules}
        part = self.whys.part_of(rule) if rule in planned else None
        if part is None or part in self._done:
            return False
        if rule not in self.needs:
            needed = self.whys.near.find([part], self.own)
            self.needs[rule] = 0 if needed is None else len(needed)
        return self.needs[rule] <= MANY + len(self.own)

    def _check(self, parts: list[Part], progress: Progress | None) -> None:
        if parts:
            self._checked.append(self.whys.check(parts, self.own, progress))
            self._done.update(parts)

    def _tell(self, row: int) -> None:
        self._told[row] = self.whys.tell(row)

    def _arrange(self) -> None:
        few, more, many = self.whys.batches(self.own)
        self._batches = _Batches(few, more, many)

    def is_explained(self, row: int, rule: str) -> bool:
        """Return whether it is known why a rule found a touch, as far as that is worked out unasked."""
        return row in self._told and (not rule or rule in self._rules_checked() or rule in self.needs)

    def is_told(self, row: int) -> bool:
        """Return whether all rules that looked at a touch are known."""
        return row in self._told

    def row_of(self, touch_id: str) -> int:
        """Return the row of one of the contact's touches."""
        return self._rows[touch_id]

    def names_of(self, rows: Sequence[int]) -> list[str]:
        """Return the ids of some touches."""
        names = self.whys.columns.stream.table.column("touch_id")
        return [str(names[row]) for row in rows]

    def _rules_checked(self) -> set[str]:
        return {part.name for part in self._done if part.sort != "fact"}

    def rules(self, row: int) -> tuple[RuleTold, ...]:
        """Return the rules that looked at a touch, as far as that is known: those that found it first."""
        told = self._told.get(row)
        columnar = {one.rule: one for one in told.rules} if told else {}
        durable = {name: seen for place in range(len(self._checked)) for name, seen in self._see(place, row)}
        missed = {rule for one in self._checked for rule in one.rules} & (columnar.keys() - durable.keys())
        rules = [
            _join(columnar.get(name), durable.get(name), is_told=told is not None, is_missed=name in missed)
            for name in dict.fromkeys([*columnar, *durable])
        ]
        return tuple(sorted(rules, key=lambda one: (not one.seen.found, one.seen.rule)))

    def _see(self, place: int, row: int) -> Iterable[tuple[str, RuleSeen]]:
        """Return how rules that were compared saw a touch; what was told once is kept."""
        if (place, row) not in self._seen:
            self._seen[place, row] = self._checked[place].tell(row)
        return self._seen[place, row].items()

    def agreement(self) -> Agreement:
        """Return how far the engines were compared, and what they do not agree on."""
        checked = self._rules_checked()
        batches = self._batches
        unchecked = [] if batches is None else [one for one in batches.many if one not in self._done]
        return Agreement(
            findings=sum(one.rule in checked for one in self.findings),
            rules=len(checked),
            unchecked=tuple(one.name for one in unchecked if one.sort != "fact"),
            differences=tuple(one for checked in self._checked for one in checked.compared.differences),
            is_done=batches is not None and self._done.issuperset([*batches.few, *batches.more]),
        )

    def stood_since(self, fact: str, row: int) -> int | None:
        """Return since when a fact stood that stands for a touch, in microseconds; None: nobody can tell."""
        decision = self.whys.decision
        periods = decision.outcome.periods.get(fact)
        if periods is None:
            return None
        codes, _ = self.whys.columns.coded(KEYS[decision.plan.facts[fact].fact.per])
        at = self.whys.columns.at[row]
        mine = (codes[periods.rows] == codes[row]) & (periods.since <= at)
        since = periods.since[mine]
        return int(since.max()) if len(since) else None


def _join(columnar: RuleSeen | None, durable: RuleSeen | None, *, is_told: bool, is_missed: bool) -> RuleTold:
    """Return how a rule saw a touch by one engine or both."""
    seen = durable or columnar
    if seen is None:
        msg = "neither engine told of this rule"
        raise ValueError(msg)
    if is_missed or (durable is not None and is_told and durable != columnar):
        return RuleTold(seen=seen, voice="neither", other=columnar)
    if durable is None:
        return RuleTold(seen=seen, voice="columnar")
    return RuleTold(seen=seen, voice="both" if is_told else "durable")


def rested_on(seen: RuleSeen) -> Rows:
    """Return the rows of all touches that a rule's look back and expectation rest on."""
    rows = {row for rest in seen.rests() for row in rest.rows}
    if seen.ending is not None and seen.ending.touch is not None:
        rows.add(seen.ending.touch)
    return np.array(sorted(rows), np.int64) if rows else _NOTHING
