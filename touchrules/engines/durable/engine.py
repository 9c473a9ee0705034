"""Decides touch after touch: durable_rules judges, and around it stand history, facts and the clock."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from touchrules.engines.columns import AT, FOUND, ID, Column, Layout, Touch
from touchrules.engines.durable.clock import Clock, Settled
from touchrules.engines.durable.facts import Period, compile_facts
from touchrules.engines.durable.rulesets import compile_rulesets
from touchrules.engines.durable.tokenconditions import StageView
from touchrules.engines.durable.trackers import Tracker, compile_tracker
from touchrules.engines.kinds import KIND, Kinds, kinds_of
from touchrules.engines.plan import Plan, PlannedRule, lookbacks_in, stage_of, tracked
from touchrules.engines.predicates import Predicate, compile_filter
from touchrules.engines.verdicts import Answer
from touchrules.model.filters import AnyOf
from touchrules.model.lookbacks import LookBackTest

if TYPE_CHECKING:
    from touchrules.engines.durable.host import Network

Decided = frozenset[str]
"""The rules that found a touch, those that open expectations among them."""


class Found(NamedTuple):
    """One finding. `at` in microseconds; for a broken expectation its deadline."""

    rule: str
    touch: Any
    at: int
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one rule looked at one touch. `answers`: for each look back in the order of `lookbacks_in`."""

    rule: str
    answers: tuple[Answer, ...]
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Why a touch was decided as it was: the facts that stood before it, and the rules that looked."""

    touch: Any
    facts: tuple[str, ...]
    looks: tuple[Look, ...]


@dataclass(slots=True)
class Results:
    """What has come out since the last time that it was taken.

    `settled`: expectations that ended; `opened`: those that were opened. `periods`: those of facts that
    ended; `begun`: those that began.
    """

    findings: list[Found] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    opened: list[Settled] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    begun: list[Period] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)
    """How many touches each rule looked at: those that its `when` accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    """A look back: its tracker, the slot of its answer and the rules that ask for it.

    `changes`: the kinds of touch that it must take in. `always`: rules of later stages may ask.
    """

    tracker: Tracker
    slot: int
    users: frozenset[str]
    changes: Kinds
    always: bool = False


class Engine:
    """Decides the touches of one plan in stream order.

    `columns` tells which columns follow the first ones of each `Touch` (see `columns`). With no network
    it can only take in touches that are decided already.
    """

    def __init__(self, plan: Plan) -> None:
        self.layout = Layout(frozenset(plan.signals))
        self._plan = plan
        self._rules = plan.rules
        lookbacks = lookbacks_in([test for planned in plan.rules for test in planned.where])
        self._slots = {test: slot for slot, test in enumerate(lookbacks)}
        self.forget()
        self.rulesets, self.homes = compile_rulesets(plan, self.layout, self._slots)
        self._network: Network | None = None

    def forget(self) -> None:
        """Go back to before the first touch; durable_rules keeps its rulesets."""
        plan = self._plan
        stages = {planned.rule.id: planned.stage for planned in plan.rules}
        self._stages = [_Stage(plan, stage, self.layout) for stage in range(1, plan.stages + 1)]
        for test, slot in self._slots.items():
            users = frozenset(one.rule.id for one in plan.rules if test in lookbacks_in(one.where))
            tracker = compile_tracker(test, self.layout)
            watched = _Watched(tracker=tracker, slot=slot, users=users, changes=_kinds_taken_in(test))
            self._stages[stage_of(test, stages) - 1].watch(watched)
        self._facts = compile_facts(plan.facts, self.layout)
        self._clock = Clock(plan.rules, self.layout)
        self._results = Results()

    def rehearsal(self) -> Engine:
        """Return an engine that goes on from here and leaves this one as it is; it asks the same network."""
        other = copy.copy(self)
        other._stages = [stage.rehearsal() for stage in self._stages]
        other._facts = {name: memory.rehearsal() for name, memory in self._facts.items()}
        other._clock = self._clock.rehearsal()
        other._results = Results()
        return other

    def dump(self) -> Any:
        """Return all that is remembered of the touches so far, for `load` of an engine of the same plan."""
        trackers = [stage.dump() for stage in self._stages]
        return trackers, {name: memory.dump() for name, memory in self._facts.items()}, self._clock.dump()

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        trackers, facts, clock = dumped
        for stage, remembered in zip(self._stages, trackers, strict=True):
            stage.load(remembered)
        for name, memory in self._facts.items():
            memory.load(facts[name])
        self._clock.load(clock)

    @property
    def shape(self) -> str:
        """Tells of what is remembered where: engines of one shape can load what the other dumps."""
        rules = [(planned.rule.id, planned.expect) for planned in self._rules]
        return repr((self.layout.columns, list(self._slots), rules, self._plan.facts))

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that a touch has, after the first ones."""
        return self.layout.columns

    @property
    def lookbacks(self) -> Sequence[LookBackTest]:
        """The look backs that the rules ask; `answers` stand in this order."""
        return tuple(self._slots)

    def start(self) -> None:
        """Load durable_rules with the rulesets."""
        from touchrules.engines.durable.host import Network  # noqa: PLC0415 - loads the C library

        self._network = Network(self.rulesets)

    def record(self, touch: Touch, decided: Decided | None = None, *, observed: bool = False) -> Decided:
        """Decide a touch, the next in stream order, and take it in; return the rules that found it.

        `decided`: what was decided before about this very touch; durable_rules is not asked again.
        `observed`: the results tell why.
        """
        self._break_before(touch[AT])
        self._expire(touch[AT])
        found: set[str] = set()
        touch[FOUND] = found
        answers: list[Answer] = [None] * len(self._slots)
        view = StageView(touch, answers, lambda fact: self._facts[fact].holds(touch))
        opened: set[int] = set()
        looked: list[PlannedRule] = []
        for stage in self._stages:
            looking = stage.look(touch, answers)
            if not looking:
                continue
            looked += looking
            if decided is None:
                found |= self._decide(stage.number, looking, view, opened)
            else:
                found |= decided.intersection(planned.rule.id for planned in looking)
        for position in opened:
            self._network.close(position)  # type: ignore[union-attr]  # it was opened
        self._results.looked.update(planned.rule.id for planned in looked)
        if observed:
            self._results.observations.append(self._observe(view, looked))
        self._take_in(touch, answers)
        return frozenset(found)

    def advance(self, instant: int) -> None:
        """Let the clock go on to an instant that no touch to come is earlier than; what is due then waits."""
        self._break_before(instant)
        self._expire(instant - 1)

    def finish(self, as_of: int) -> Results:
        """Return what is left, as it stands at an instant that no touch is later than."""
        self._break_before(as_of + 1)
        results = self.take()
        results.settled.extend(self._clock.still_open())
        for memory in self._facts.values():
            results.periods.extend(memory.standing(as_of))
        return results

    def take(self) -> Results:
        """Return what has come out since the last call."""
        results, self._results = self._results, Results()
        results.settled, self._clock.settled = self._clock.settled, []
        results.opened, self._clock.opened = self._clock.opened, []
        for memory in self._facts.values():
            if memory.ended or memory.begun:
                results.periods += memory.ended
                results.begun += memory.begun
                memory.ended, memory.begun = [], []
        return results

    def _decide(
        self, stage: int, looking: Sequence[PlannedRule], view: StageView, opened: set[int]
    ) -> set[str]:
        found: set[str] = set()
        homes = {self.homes[one.rule.id] for one in looking if one.rule.id in self.homes}
        if self._network is None:
            msg = "the engine is not started"
            raise RuntimeError(msg)
        for position in sorted(homes):
            if position not in opened:
                self._network.open(position, view.touch, view.holds)
                opened.add(position)
            found |= self._network.decide(position, stage, view)
        return found

    def _take_in(self, touch: Touch, answers: list[Answer]) -> None:
        """Remember a decided touch: findings, expectations met and opened, facts."""
        found = touch[FOUND]
        told = {planned.rule.met_asserts for planned in self._clock.settle(touch)}
        for planned in self._rules if found else ():
            rule = planned.rule
            if rule.id not in found:
                continue
            value = self._value(planned, answers)
            if planned.expect is not None:
                self._clock.open(rule.id, touch, value)
                continue
            told.add(rule.asserts)
            self._results.findings.append(Found(rule.id, touch[ID], touch[AT], value))
        names = {fact for fact in told if fact is not None}
        for memory in self._facts.values():
            memory.learn(touch, names)

    def _break_before(self, instant: int) -> None:
        for broken in self._clock.break_before(instant):
            rule = broken.rule.rule
            self._results.findings.append(Found(rule.id, broken.trigger[ID], broken.by, broken.value))
            if rule.asserts is not None:
                self._facts[rule.asserts].learn_later(broken.trigger, broken.by)

    def _expire(self, instant: int) -> None:
        for memory in self._facts.values():
            memory.expire(instant)

    def _value(self, planned: PlannedRule, answers: list[Answer]) -> float | None:
        """Return the number behind the first test of `where`."""
        first = planned.where[0] if planned.where else None
        if not isinstance(first, LookBackTest):
            return None
        answer = answers[self._slots[tracked(first)]]
        return None if answer is None or isinstance(answer, bool) else answer

    def _observe(self, view: StageView, looked: Sequence[PlannedRule]) -> Observation:
        looks = [
            Look(
                rule=planned.rule.id,
                answers=tuple(view.answers[self._slots[test]] for test in lookbacks_in(planned.where)),
                found=planned.rule.id in view.touch[FOUND],
            )
            for planned in looked
        ]
        facts = tuple(fact for fact in self._facts if view.holds(fact))
        return Observation(touch=view.touch[ID], facts=facts, looks=tuple(looks))


class _Stage:
    """The rules of one stage and the look backs that are answered at it.

    Rules and look backs that can do nothing with a kind of touch are not even asked about it.
    """

    def __init__(self, plan: Plan, number: int, layout: Layout) -> None:
        self.number = number
        self._kind = layout.position(KIND)
        self._watched: list[_Watched] = []
        self._rules = [
            (planned, kinds_of(planned.when), _compile_when(planned, layout))
            for planned in plan.rules
            if planned.stage == number
        ]
        self._later = frozenset(planned.rule.id for planned in plan.rules if planned.stage > number)
        self._of_kind: dict[str, tuple[list[tuple[PlannedRule, Predicate]], list[_Watched]]] = {}
        self._rehearsed: tuple[_Stage, dict[int, Tracker]] | None = None

    def watch(self, watched: _Watched) -> None:
        """Add a look back."""
        self._watched.append(watched)

    def rehearsal(self) -> _Stage:
        """Return a stage that goes on from here and leaves this one as it is; trackers as they are asked."""
        other = copy.copy(self)
        other._of_kind = {}
        other._rehearsed = (self, {})
        return other

    def dump(self) -> Any:
        """Return what its look backs remember, for `load`."""
        return [one.tracker.dump() for one in self._watched]

    def load(self, dumped: Any) -> None:
        """Remember what was dumped."""
        for one, remembered in zip(self._watched, dumped, strict=True):
            one.tracker.load(remembered)

    def look(self, touch: Touch, answers: list[Answer]) -> list[PlannedRule]:
        """Return the rules that look at a touch; work out the answers that they and later ones ask for."""
        kind = touch[self._kind]
        rules, watched = self._of(kind)
        looking = [planned for planned, accepts in rules if accepts(touch)]
        ids = {planned.rule.id for planned in looking}
        for one in watched:
            answers[one.slot] = one.tracker.look(touch, asked=one.always or not ids.isdisjoint(one.users))
        return looking

    def _of(self, kind: str) -> tuple[list[tuple[PlannedRule, Predicate]], list[_Watched]]:
        """Return who has to do with a kind of touch; kinds that nobody names are all alike."""
        if kind not in self._named:
            kind = ""
        return self._of_kind.get(kind) or self._choose(kind)

    @cached_property
    def _named(self) -> frozenset[str]:
        of_rules = [kinds for _, kinds, _ in self._rules if kinds is not None]
        of_tests = [one.changes for one in self._watched if one.changes is not None]
        return frozenset[str]().union(*of_rules, *of_tests)

    def _rehearse(self, one: _Watched, rehearsed: dict[int, Tracker]) -> _Watched:
        if one.slot not in rehearsed:
            rehearsed[one.slot] = one.tracker.rehearsal()
        return dataclasses.replace(one, tracker=rehearsed[one.slot])

    def _choose(self, kind: str) -> tuple[list[tuple[PlannedRule, Predicate]], list[_Watched]]:
        if self._rehearsed is not None:
            original, rehearsed = self._rehearsed
            rules, watched = original._of(kind)
            chosen = self._of_kind[kind] = (rules, [self._rehearse(one, rehearsed) for one in watched])
            return chosen
        rules = [(rule, accepts) for rule, kinds, accepts in self._rules if kinds is None or kind in kinds]
        able = {rule.rule.id for rule, _ in rules} | self._later
        watched = [
            dataclasses.replace(one, always=not self._later.isdisjoint(one.users))
            for one in self._watched
            if one.changes is None or kind in one.changes or not able.isdisjoint(one.users)
        ]
        chosen = self._of_kind[kind] = (rules, watched)
        return chosen


def _kinds_taken_in(test: LookBackTest) -> Kinds:
    """Return the kinds of touch that change what a look back remembers."""
    since = test.window.since_last
    return kinds_of(test.of if since is None else AnyOf(filters=(test.of, since)))


def _compile_when(planned: PlannedRule, layout: Layout) -> Predicate:
    accepts = compile_filter(planned.when, layout)
    since, until = planned.since, planned.until
    if since is None and until is None:
        return accepts

    def within(touch: Touch) -> bool:
        early = since is not None and touch[AT] < since
        late = until is not None and touch[AT] >= until
        return not early and not late and accepts(touch)

    return within
