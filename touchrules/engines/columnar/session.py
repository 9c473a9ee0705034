"""A stream that is held ready, so that a change to the rules costs only what depends on the change."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Collection, Iterable
from typing import Any, Final

import numpy as np

from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.columns import Truths
from touchrules.engines.columnar.engine import Progress, evaluate_plan, prepare_plan, threads_for
from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.masks import Mask, mask_of_bits
from touchrules.engines.columnar.orders import Lane
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.outcome import Outcome
from touchrules.engines.plan import Plan
from touchrules.model.filters import Filter
from touchrules.streams.stream import Stream

MEMORY: Final = 2 << 30
"""Bytes that a session keeps of what it has worked out, unless it is told otherwise."""


class Session:
    """Decides plan after plan over one stream, and keeps what the next one may need again.

    `as_of`: microseconds, by default the last touch's `at`; later touches are left out. `memory`: how many
    bytes of results are kept beside the stream; those that have not been asked for the longest go first.
    One plan is decided at a time: threads wait for each other.
    """

    def __init__(self, stream: Stream, as_of: int | None = None, memory: int = MEMORY) -> None:
        self.stream = stream if as_of is None else stream.until(as_of)
        self.as_of = as_of
        self._memory = memory
        self._turn = threading.Lock()
        self._graph = Graph()
        self._evaluator = Evaluator(self._graph, threads=threads_for(len(self.stream)), keep=True)
        self._used: dict[int, int] = {}
        self._sizes: dict[int, int] = {}
        self._round = 0
        if len(self.stream):
            self._store = ColumnStore(self.stream, {})
            self.as_of = int(self._store.at.max()) if as_of is None else as_of

    def decide(self, plan: Plan, progress: Progress | None = None) -> Outcome:
        """Return all that a plan finds. What `progress` raises ends the work; what is done is kept."""
        if not len(self.stream) or self.as_of is None:
            return Outcome()
        with self._turn:
            store = self._store.with_signals(plan.signals)
            nodes = PlanNodes(Builder(self._graph, store, plan), self.as_of)
            prepare_plan(nodes, progress)
            outcome = evaluate_plan(nodes, self._evaluator, progress)
            self._forget()
        return outcome

    def accepted(self, plan: Plan, filters: Collection[Filter]) -> dict[Filter, Truths]:
        """Return for each filter over the columns of a plan which touches it accepts, in stream order.

        No filter may test a touch against a trigger.
        """
        if not len(self.stream) or self.as_of is None:
            return {one: np.zeros(0, np.bool_) for one in filters}
        with self._turn:
            store = self._store.with_signals(plan.signals)
            builder = PlanNodes(Builder(self._graph, store, plan), self.as_of).builder
            nodes = [builder.mask(one) for one in filters]
            store.prepare(builder.columns)
            masks = self._evaluator.evaluate(nodes)
            told = {one: mask.at(store.home_rows) for one, mask in zip(filters, masks, strict=True)}
            self._forget()
        return told

    def standing(self, plan: Plan) -> dict[str, Truths]:
        """Return for each fact of a plan for which touches it holds, in stream order."""
        if not len(self.stream) or self.as_of is None:
            return {fact: np.zeros(0, np.bool_) for fact in plan.facts}
        with self._turn:
            store = self._store.with_signals(plan.signals)
            nodes = PlanNodes(Builder(self._graph, store, plan), self.as_of)
            prepare_plan(nodes)
            masks = self._evaluator.evaluate([nodes.holds(fact) for fact in plan.facts])
            told = {fact: mask.at(store.home_rows) for fact, mask in zip(plan.facts, masks, strict=True)}
            self._forget()
        return told

    def looked_at(self, plan: Plan, rule: str) -> Truths:
        """Return for each touch, in stream order, whether a rule of a plan looks at it."""
        if not len(self.stream):
            return np.zeros(0, np.bool_)
        with self._turn:
            looked = self._looked(plan, [rule]).get(rule)
            return np.zeros(len(self.stream), bool) if looked is None else looked.at(self._store.home_rows)

    def count_looked(self, plan: Plan, chosen: Truths) -> dict[str, int]:
        """Return how many of the chosen touches each rule of a plan looks at. `chosen`: in stream order."""
        if not len(self.stream):
            return {}
        with self._turn:
            among = mask_of_bits(chosen[self._store.stream_rows])
            looked = self._looked(plan, [planned.rule.id for planned in plan.rules])
            return {rule: len(mask & among) for rule, mask in looked.items()}

    def _looked(self, plan: Plan, rules: Iterable[str]) -> dict[str, Mask]:
        """Return the touches that some rules look at, in home order; rules that are not planned have none."""
        store = self._store.with_signals(plan.signals)
        nodes = PlanNodes(Builder(self._graph, store, plan), self.as_of or 0)
        prepare_plan(nodes)
        planned = [rule for rule in rules if rule in nodes.rules]
        masks = self._evaluator.evaluate([nodes.rules[rule].looked for rule in planned])
        self._forget()
        return dict(zip(planned, masks, strict=True))

    def _forget(self) -> None:
        """Let results go that were not asked for lately, as long as there are too many of them."""
        self._round += 1
        for number in self._evaluator.asked:
            self._used[number] = self._round
        held, sizes = self._evaluator.values, self._sizes
        for number in held.keys() - sizes.keys():
            sizes[number] = size_of(held[number])
        total = sum(sizes.values())
        if total <= self._memory:
            return
        for number in sorted(sizes, key=lambda one: self._used.get(one, 0)):
            if total <= self._memory or self._used.get(number, 0) == self._round:
                break
            total -= sizes.pop(number)
            del held[number]


def size_of(value: Any) -> int:
    """Return roughly how many bytes a result takes."""
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, dict):
        return sum(map(size_of, value.values()))
    if isinstance(value, tuple):
        return sum(map(size_of, value))
    if isinstance(value, Lane):
        return size_of(value.places) + size_of(value.rows)
    if dataclasses.is_dataclass(value):
        return sum(size_of(getattr(value, field.name)) for field in dataclasses.fields(value))
    return 64
