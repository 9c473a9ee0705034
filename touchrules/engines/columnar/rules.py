"""From a plan to nodes: what each rule accepts, how its expectations end, and when facts stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from touchrules.engines.binding import found_in
from touchrules.engines.columnar import expectations, facts
from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.expectations import Settled
from touchrules.engines.columnar.facts import Assertions, Timeline
from touchrules.engines.columnar.lookbacks import Numbers
from touchrules.engines.columnar.loops import add_loop
from touchrules.engines.columnar.masks import Bits, Rows
from touchrules.engines.columnar.orders import Order
from touchrules.engines.columnar.parts import Part, Reads, arrange, find_reads, is_loop
from touchrules.engines.columnar.spans import mask_of_spans, spans_of_fact
from touchrules.engines.columnar.where import Where
from touchrules.engines.plan import PlannedFact, PlannedRule
from touchrules.language.walk import walk_filter, walk_tests
from touchrules.model.filters import Filter
from touchrules.model.lookbacks import Average, Count, Distinct, FactHolds, Gap, Share, Sum, Test
from touchrules.model.rules import Expectation, FieldOffset, Moment, Rule

_WITH_NUMBERS = Count | Distinct | Sum | Average | Share | Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNodes:
    """The nodes of one rule: touches that it looks at, touches that it accepts, and the numbers behind them.

    `settled`: how its expectations end, for a rule with `expect`.
    """

    looked: int
    accepted: int
    values: int | None
    settled: int | None


class PlanNodes:
    """Adds all that a plan finds to a graph. `rules` and `facts` (timelines) are its nodes.

    `as_of`: microseconds; expectations due later are open.
    """

    def __init__(self, builder: Builder, as_of: int) -> None:
        self.builder = builder
        self.rules: dict[str, RuleNodes] = {}
        self.facts: dict[str, int] = {}
        self.as_of = as_of
        self._where = Where(builder, self)
        self._planned = {planned.rule.id: planned for planned in builder.plan.rules}
        self._triggers: dict[str, tuple[int, int, int | None]] = {}
        self._settled: dict[str, int] = {}
        reads = find_reads(builder.plan)
        for parts in arrange(reads):
            if is_loop(parts, reads):
                self._add_loop(parts, reads)
            else:
                self._add(parts[0])
        for rule, (looked, accepted, values) in self._triggers.items():
            self.rules[rule] = RuleNodes(
                looked=looked, accepted=accepted, values=values, settled=self._settled.get(rule)
            )

    def holds(self, fact: str) -> int:
        """Return the node of the mask of the touches for which a fact holds."""
        rows = self.builder.store.rows
        run = lambda order, line: mask_of_spans(order, spans_of_fact(order, line), rows)  # noqa: E731
        inputs = (self.fact_order(fact), self.facts[fact])
        return self.builder.graph.add("holds", (), run, inputs, f"holds {fact}")

    def fact_order(self, fact: str) -> int:
        """Return the node of the order in which a fact's timeline runs."""
        return self.builder.order((self.builder.plan.facts[fact].key,))

    def _add(self, part: Part) -> None:
        match part.sort:
            case "rule":
                self._add_rule(self._planned[part.name])
            case "expect":
                planned = self._planned[part.name]
                if planned.expect is not None:
                    self._settled[part.name] = self._settle(planned, planned.expect)
            case "fact":
                self.facts[part.name] = self._timeline(part.name, self._assertions(part.name))

    def _add_rule(self, planned: PlannedRule, kept_out_by: str | None = None) -> None:
        """Add what a rule accepts. `kept_out_by`: the fact that it asserts and is kept out by."""
        graph, rule = self.builder.graph, planned.rule
        looked = self.builder.mask(planned.when)
        if planned.since is not None or planned.until is not None:
            effective = self.builder.between(planned.since, planned.until)
            looked = self.builder.all_of([looked, effective])
        asked = self._with_facts(looked, rule)
        left: list[Test] = []
        for test in planned.where:
            mask = self._where.mask(test, asked)
            if mask is None:
                left.append(test)
                mask = self._where.needed(test, asked)
            asked = asked if mask is None else self.builder.all_of([asked, mask])
        triggers = self.builder.rows(asked)
        first: tuple[int, int] | None = None
        for test in left:
            if test is planned.where[0] and isinstance(test, _WITH_NUMBERS):
                first = (self._where.numbers(test, triggers), triggers)
            triggers = self._keep(triggers, self._where.bits(test, triggers))
        if kept_out_by is not None:
            triggers = self._cool_down(kept_out_by, triggers)
        values = None
        if first is not None:
            values = graph.add("values", (), _values_of, (*first, triggers), f"values of {rule.id}")
        elif planned.where and isinstance(planned.where[0], _WITH_NUMBERS):
            values = self._where.numbers(planned.where[0], triggers)
        self.builder.found[rule.id] = graph.add(
            "mask", (), self.builder.mask_of, (triggers,), f"found by {rule.id}"
        )
        self._triggers[rule.id] = (looked, triggers, values)

    def _with_facts(self, looked: int, rule: Rule) -> int:
        asked = [looked, *(self.holds(fact) for fact in rule.given)]
        for fact in rule.unless:
            holds = self.holds(fact)
            asked.append(self.builder.negated(holds))
        return self.builder.all_of(asked)

    def _keep(self, rows: int, bits: int) -> int:
        return self.builder.graph.add("keep", (), _kept, (rows, bits))

    def _cool_down(self, fact: str, candidates: int) -> int:
        """Return the node of the candidates that a fact does not keep out which each of them asserts."""
        at = self.builder.store.at
        run = lambda order, rows, line: facts.cool_down(order, rows, line, at)  # noqa: E731
        inputs = (self.fact_order(fact), candidates, self.facts[fact])
        return self.builder.graph.add("cool down", (), run, inputs, f"cool down by {fact}")

    def _settle(self, planned: PlannedRule, expect: Expectation) -> int:
        builder, graph = self.builder, self.builder.graph
        triggers = self._triggers[planned.rule.id][1]
        at, as_of = builder.store.at, self.as_of
        moments = [self._moment(moment, planned, triggers) for moment in (expect.after, expect.by)]
        opened = graph.add(
            "open",
            (),
            lambda *of: expectations.open_expectations(of[0], at, of[1], of[2]),
            (triggers, *moments),
        )
        waiting = graph.add("waiting", (), lambda held: builder.mask_of(held.triggers), (opened,))
        filters = [expect.touch] if expect.cancel is None else [expect.touch, expect.cancel]
        masks = [builder.mask(one) for one in filters]
        rows = [builder.rows(mask) for mask in masks]
        order = builder.order(expect.per, (waiting, *masks))
        lanes = [builder.lane(order, mask, some) for mask, some in zip(masks, rows, strict=True)]
        columns = [builder.column(name) for pair in expect.match for name in pair]
        count = len(lanes)

        def run(held: Any, ordered: Order, *more: Any) -> Settled:
            cancels = more[1] if count == 2 else None
            pairs = list(zip(more[count::2], more[count + 1 :: 2], strict=True))
            return expectations.settle(held, ordered, more[0], cancels, pairs, as_of)

        label = f"expectations of {planned.rule.id}"
        return graph.add("settle", (as_of, count), run, (opened, order, *lanes, *columns), label)

    def _moment(self, moment: Moment, planned: PlannedRule, triggers: int) -> int:
        store, book = self.builder.store, planned.rulebook
        inputs = [triggers]
        if isinstance(moment, FieldOffset) and moment.field != "at":
            inputs.append(self.builder.column(moment.field))

        def run(rows: Rows, field: Any = None) -> Any:
            return expectations.find_moments(moment, book, rows, store.at, store.zones(), field)

        calendar = (tuple(sorted(book.holidays)), book.business_hours)
        label = f"moment for {planned.rule.id}"
        return self.builder.graph.add("moment", (moment, calendar), run, inputs, label)

    def _assertions(self, name: str, but: str | None = None) -> int:
        """Return the node of all that asserts a fact. `but`: a rule that is left out."""
        builder, graph, planned = self.builder, self.builder.graph, self.builder.plan.facts[name]
        order = self.fact_order(name)
        parts = []
        if planned.asserted_by is not None:
            rows = builder.rows(builder.mask(planned.asserted_by))
            parts.append(graph.add("asserted", (), facts.assert_at_touches, (order, rows)))
        for one in builder.plan.rules:
            rule = one.rule
            if one.expect is None and rule.asserts == name and rule.id != but:
                rows = self._triggers[rule.id][1]
                parts.append(graph.add("asserted", (), facts.assert_at_touches, (order, rows)))
            if one.expect is not None and rule.asserts == name:
                broken = graph.add("broken touches", (), Settled.broken, (self._settled[rule.id],))
                due = graph.add("due", (), Settled.due, (self._settled[rule.id], broken))
                parts.append(graph.add("asserted", "due", facts.assert_at_deadlines, (order, broken, due)))
            if one.expect is not None and rule.met_asserts == name:
                met = graph.add("met touches", (), Settled.met, (self._settled[rule.id],))
                parts.append(graph.add("asserted", (), facts.assert_at_touches, (order, met)))
        stream_rows = builder.store.stream_rows
        run = lambda *held: facts.join_assertions(held, stream_rows)  # noqa: E731
        return graph.add("assertions", (), run, parts, f"assertions of {name}")

    def _timeline(self, name: str, assertions: int) -> int:
        planned = self.builder.plan.facts[name]
        inputs = [assertions]
        if planned.until is not None:
            mask = self.builder.mask(planned.until)
            order = self.fact_order(name)
            inputs.append(self.builder.graph.add("retracted", (), facts.retract_at_touches, (order, mask)))
        lasts = planned.fact.lasts

        def run(asserted: Assertions, retracted: Any = facts.NO_ASSERTIONS.moments) -> Timeline:
            return Timeline(asserted, retracted, lasts)

        return self.builder.graph.add("timeline", lasts, run, inputs, f"timeline of {name}")

    def _add_loop(self, parts: Sequence[Part], reads: Reads) -> None:
        """Add parts that build on each other: their facts are guessed, and mended until all fits."""
        cooling = self._cooling(parts)
        if cooling is not None:
            self._add_cooling(*cooling)
            return
        inside = set(parts)
        names = [part.name for part in parts if part.sort == "fact"]
        content = self._content(parts, inside, reads)
        guesses = {name: self.builder.graph.guess((content, name), f"guess of {name}") for name in names}
        for name in names:
            self.facts[name] = guesses[name]
        for part in sorted_inside(parts, reads):
            if part.sort != "fact":
                self._add(part)
        assertions = {name: self._assertions(name) for name in names}
        timelines = {name: self._timeline(name, assertions[name]) for name in names}
        self._put_in_place(parts, guesses, timelines, content)

    def _cooling(self, parts: Sequence[Part]) -> tuple[PlannedRule, str] | None:
        """Return a rule and the fact that it asserts and is kept out by, if that is all of a loop."""
        rules = [part.name for part in parts if part.sort == "rule"]
        names = [part.name for part in parts if part.sort == "fact"]
        if len(parts) != 2 or len(rules) != 1 or len(names) != 1:
            return None
        planned, fact = self._planned[rules[0]], names[0]
        named = self.builder.plan.facts[fact]
        by = [one for one in (named.asserted_by, named.until) if one is not None]
        asked = [test.fact for test in walk_tests(planned.where) if isinstance(test, FactHolds)]
        only = fact in planned.rule.unless and fact not in (*planned.rule.given, *asked)
        alone = only and planned.rule.asserts == fact and rules[0] not in found_in(*by)
        return (planned, fact) if alone and planned.expect is None else None

    def _add_cooling(self, planned: PlannedRule, fact: str) -> None:
        """Add a rule that falls silent for a while when it has found something, touch after touch."""
        self.facts[fact] = self._timeline(fact, self._assertions(fact, but=planned.rule.id))
        unless = tuple(one for one in planned.rule.unless if one != fact)
        self._add_rule(replace(planned, rule=replace(planned.rule, unless=unless)), kept_out_by=fact)
        self.facts[fact] = self._timeline(fact, self._assertions(fact))

    def _put_in_place(
        self,
        parts: Sequence[Part],
        guesses: Mapping[str, int],
        timelines: Mapping[str, int],
        content: tuple[Any, ...],
    ) -> None:
        """Replace the nodes that depend on guesses by those that come out of the mended loop."""
        rules = [part.name for part in parts if part.sort == "rule"]
        expects = [part.name for part in parts if part.sort == "expect"]
        wanted: list[int] = [timelines[name] for name in guesses]
        for name in rules:
            looked, accepted, values = self._triggers[name]
            wanted += [self.builder.found[name], looked, accepted, *([] if values is None else [values])]
        wanted += [self._settled[name] for name in expects]
        mended = add_loop(self.builder.graph, guesses, timelines, wanted, content)
        for name in guesses:
            self.facts[name] = mended[timelines[name]]
        for name in rules:
            looked, accepted, values = self._triggers[name]
            self.builder.found[name] = mended[self.builder.found[name]]
            self._triggers[name] = (
                mended[looked],
                mended[accepted],
                None if values is None else mended[values],
            )
        for name in expects:
            self._settled[name] = mended[self._settled[name]]

    def _content(self, parts: Sequence[Part], inside: set[Part], reads: Reads) -> tuple[Any, ...]:
        """Return what tells a loop from others: its parts as they are written, and what they read outside."""
        told: list[Any] = [self.as_of]
        for part in parts:
            if part.sort == "fact":
                fact: PlannedFact = self.builder.plan.facts[part.name]
                told.append((fact, self._signals_of(fact.asserted_by), self._signals_of(fact.until)))
            else:
                told.append(self._written(self._planned[part.name]))
            told += [self._outside(one) for one in reads[part] if one not in inside]
        return tuple(told)

    def _written(self, planned: PlannedRule) -> tuple[Any, ...]:
        book = planned.rulebook
        signals = tuple((name, book.signals[name]) for name in sorted(book.signals))
        calendar = (tuple(sorted(book.holidays)), book.business_hours)
        return (
            planned.rule,
            planned.when,
            planned.where,
            planned.expect,
            planned.since,
            planned.until,
            signals,
            calendar,
        )

    def _signals_of(self, tree: Filter | None) -> tuple[Any, ...]:
        if tree is None:
            return ()
        signals = self.builder.plan.signals
        return tuple((name, signals[name]) for name in sorted(fields_of(tree)) if name in signals)

    def _outside(self, part: Part) -> int:
        match part.sort:
            case "fact":
                return self.facts[part.name]
            case "expect":
                return self._settled[part.name]
            case _:
                return self.builder.found[part.name]


def fields_of(tree: Filter) -> set[str]:
    """Return the columns that a filter reads."""
    return {one.field for one in walk_filter(tree) if hasattr(one, "field")}


def sorted_inside(parts: Sequence[Part], reads: Reads) -> list[Part]:
    """Return the parts of a loop but for its facts, each after those that it reads."""
    inside = {part for part in parts if part.sort != "fact"}
    without = {part: [one for one in reads[part] if one in inside] for part in parts if part in inside}
    return [part for group in arrange(without) for part in group]


def _kept(rows: Rows, bits: Bits) -> Rows:
    return rows[bits]


def _values_of(numbers: Numbers, among: Rows, rows: Rows) -> Numbers:
    """Return the numbers of some of the touches for which they were worked out."""
    return numbers[np.searchsorted(among, rows)]
