"""The tests of `where` as nodes: each looks only at the triggers that are still in question."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, assert_never

import numpy as np

from touchrules.engines.columnar import lookbacks
from touchrules.engines.columnar.builder import HOME, Builder
from touchrules.engines.columnar.exact import millionths_at, running_sums
from touchrules.engines.columnar.lookbacks import Sight
from touchrules.engines.columnar.masks import Bits, Mask, Rows
from touchrules.engines.columnar.orders import Lane, Order
from touchrules.engines.columnar.relations import Relation, build_relation
from touchrules.engines.columnar.spans import mask_of_counts, mask_of_spans, spans_of_counts, widened
from touchrules.language.describe_filters import say_things
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Count,
    Distinct,
    FactHolds,
    Gap,
    InSame,
    Last,
    LookBackTest,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
    Threshold,
)


class FactMasks(Protocol):
    """Where facts come from."""

    def holds(self, fact: str) -> int:
        """Return the node of the mask of the touches for which a fact holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Where:
    """Builds the tests of `where`."""

    builder: Builder
    facts: FactMasks

    def mask(self, test: Test, asked: int) -> int | None:
        """Return the node of a mask that says, of the touches of another mask, for which a test is true.

        None: only `bits` can tell.
        """
        match test:
            case FactHolds(fact=fact):
                return self.facts.holds(fact)
            case NotTest(test=inner):
                mask = self.mask(inner, asked)
                return None if mask is None else self.builder.negated(mask)
            case AnyTest(tests=tests):
                masks = [self.mask(one, asked) for one in tests]
                known = [one for one in masks if one is not None]
                return self.builder.any_of(known) if len(known) == len(masks) else None
            case Seen():
                return self._at_least(test, 1, asked)
            case Never(of=of, per=per, window=window):
                return self.mask(NotTest(test=Seen(of=of, per=per, window=window)), asked)
            case Count(compare=compare):
                masks = [self._passes(test, one, asked) for one in compare]
                known = [one for one in masks if one is not None]
                return self.builder.all_of(known) if len(known) == len(masks) else None
            case _:
                return None

    def needed(self, test: Test, asked: int) -> int | None:
        """Return the node of a mask outside which a test cannot be true; None: it may be anywhere."""
        match test:
            case Last() | Gap() | Average() | Seen():
                return self._at_least(_counting(test), 1, asked, widen=True)
            case Share(out_of=out_of):
                return self._at_least(_counting(test), max(out_of, 1), asked, widen=True)
            case Count(compare=compare) | Distinct(compare=compare):
                least = max((_least(one) for one in compare), default=0)
                return self._at_least(_counting(test), least, asked, widen=True) if least > 0 else None
            case _:
                return None

    def _passes(self, test: Count, threshold: Threshold, asked: int) -> int | None:
        """Return the mask of the touches whose count passes one threshold."""
        how, value = threshold.how, threshold.value
        if isinstance(test.window.span, InSame) or not math.isfinite(value):
            return None
        if how == "exactly" and value != math.floor(value):
            return self.builder.none()
        above = self._at_least(test, math.floor(value) + 1, asked)
        reached = self._at_least(test, math.ceil(value), asked)
        if above is None or reached is None or how == "more_than":
            return above
        if how == "at_least":
            return reached
        less = self.builder.negated(reached if how == "less_than" else above)
        return self.builder.all_of([reached, less]) if how == "exactly" else less

    def _at_least(self, test: Count | Seen, least: int, asked: int, *, widen: bool = False) -> int | None:
        """Return the mask of the touches that see at least so many; None: it is not to be told by spans."""
        window = widened(test.window) if widen else test.window
        if isinstance(window.span, InSame):
            return None
        if least <= 0:
            return self.builder.every()
        if window.newest is not None and window.newest < least:
            return self.builder.none()
        builder, graph, itself = self.builder, self.builder.graph, isinstance(test, Count)
        if test.per == HOME:
            order, masks = builder.order(HOME), self._masks(test)
            see = lambda *held: mask_of_counts(*held, window=window, least=least, itself=itself)  # noqa: E731
            return graph.add("seen", (window.span, least, itself), see, (order, *masks), f"{least} seen")
        order, lanes = self._lanes(test, asked)

        def run(held: Order, lane: Lane, since: Lane | None = None) -> Mask:
            spans = spans_of_counts(held, lane, window, least, itself=itself, since=since)
            return mask_of_spans(held, spans, builder.store.rows)

        label = self._say(f"spans that see {least}", test)
        return graph.add("spans", (window.span, least, itself), run, (order, *lanes), label)

    def bits(self, test: Test, triggers: int) -> int:
        """Return the node of whether a test is true, for each of some triggers (a node of rows)."""
        graph = self.builder.graph
        mask = self.mask(test, graph.add("mask", (), self.builder.mask_of, (triggers,)))
        if mask is not None:
            return graph.add("look up", (), Mask.at, (mask, triggers))
        match test:
            case NotTest(test=inner):
                return graph.add("is not so", (), np.logical_not, (self.bits(inner, triggers),))
            case AnyTest(tests=tests):
                bits = [self.bits(one, triggers) for one in tests]
                return graph.add("either", (), _either, bits)
            case Seen():
                return self._seen(test, triggers)
            case Never(of=of, per=per, window=window):
                seen = self._seen(Seen(of=of, per=per, window=window), triggers)
                return graph.add("is not so", (), np.logical_not, (seen,))
            case Last():
                return self._last(test, triggers)
            case FactHolds():
                msg = "a fact is always a mask"
                raise ValueError(msg)
            case _:
                numbers = self.numbers(test, triggers)
                compare = test.compare
                run = lambda held: lookbacks.passes(held, compare)  # noqa: E731
                return graph.add("compare", compare, run, (numbers,))

    def numbers(self, test: LookBackTest, triggers: int) -> int:
        """Return the node of the number that a look back comes to, for each of some triggers; NaN: none."""
        lane, sight = self._sight(test, triggers)
        graph = self.builder.graph
        match test:
            case Count():
                return graph.add("count", (), lookbacks.count, (sight,), self._say("count", test))
            case Gap():
                at = self.builder.store.at
                run = lambda seen, there, rows: lookbacks.gap(seen, there, rows, at)  # noqa: E731
                return graph.add("gap", (), run, (sight, lane, triggers), self._say("gap", test))
            case Distinct(field=field):
                column = self.builder.column(field)
                label = self._say(f"distinct {field}", test)
                return graph.add("distinct", (), lookbacks.distinct, (sight, lane, column), label)
            case Share(share=share, out_of=out_of):
                also = self.builder.mask(share)
                run_share = lambda seen, there, mask: lookbacks.share(seen, there, mask, out_of)  # noqa: E731
                label = self._say("share", test)
                return graph.add("share", out_of, run_share, (sight, lane, also), label)
            case Sum(field=field) | Average(field=field):
                sums = graph.add("sums", (), _sums, (lane, self.builder.column(field)))
                what, how = ("sum", _total) if isinstance(test, Sum) else ("average", _average)
                return graph.add(what, (), how, (sight, sums), self._say(f"{what} of {field}", test))
            case Seen() | Never() | Last():
                msg = f"{test!r} comes to no number"
                raise ValueError(msg)
            case _:
                assert_never(test)

    def _seen(self, test: Seen, triggers: int) -> int:
        _, sight = self._sight(test, triggers)
        return self.builder.graph.add("seen", (), lookbacks.any_seen, (sight,), self._say("seen", test))

    def _last(self, test: Last, triggers: int) -> int:
        lane, sight = self._sight(test, triggers)
        relation = build_relation(test.has, self.builder)

        def run(seen: Sight, there: Lane, rows: Rows, *values: Any) -> Bits:
            return _relate(relation, seen, there, rows, values)

        inputs = (sight, lane, triggers, *relation.inputs)
        return self.builder.graph.add("last", test.has, run, inputs, self._say("last", test))

    def _lanes(self, test: LookBackTest, asked: int) -> tuple[int, list[int]]:
        """Return the nodes of the order that a test looks back in, and of what it looks for there.

        That is what its filter accepts, and what `since_last` does.
        """
        builder, masks = self.builder, self._masks(test)
        order = builder.order(test.per, (asked, *masks))
        return order, [builder.lane(order, mask, builder.rows(mask)) for mask in masks]

    def _masks(self, test: LookBackTest) -> list[int]:
        """Return the nodes of the masks of what a test looks for, and of what `since_last` does."""
        since = test.window.since_last
        return [self.builder.mask(one) for one in (test.of, since) if one is not None]

    def _sight(self, test: LookBackTest, triggers: int) -> tuple[int, int]:
        """Return the nodes of the touches looked at, and of what each trigger sees of them."""
        graph = self.builder.graph
        order, lanes = self._lanes(test, graph.add("mask", (), self.builder.mask_of, (triggers,)))
        itself = isinstance(test, Count | Distinct | Sum | Average | Share)
        window, count = test.window, len(lanes)
        inputs = [order, triggers, *lanes]
        if isinstance(window.span, InSame):
            inputs.append(self._period_starts(window.span, triggers))

        def run(held: Order, some: Rows, *more: Any) -> Sight:
            since = more[1] if count == 2 else None
            starts = more[count] if len(more) > count else None
            return lookbacks.see(held, some, more[0], window, itself=itself, since=since, starts=starts)

        key = (window.span, window.newest, itself, count)
        return lanes[0], graph.add("see", key, run, inputs, self._say("look back", test))

    def _say(self, what: str, test: LookBackTest) -> Callable[[], str]:
        """Return what tells which touches a node looks back on."""
        return lambda: f"{what}: {say_things(test.of)}, by {', '.join(test.per)}"

    def _period_starts(self, span: InSame, triggers: int) -> int:
        store, period = self.builder.store, span.period
        run = lambda rows: lookbacks.find_period_starts(rows, store.at, store.zones(), period)  # noqa: E731
        return self.builder.graph.add("calendar", period, run, (triggers,))


def _counting(test: LookBackTest) -> Count | Seen:
    """Return what counts the touches that a test looks at, or has seen one of them."""
    if isinstance(test, Last | Gap | Seen):
        return Seen(of=test.of, per=test.per, window=test.window)
    return Count(of=test.of, per=test.per, window=test.window, compare=())


def _least(threshold: Threshold) -> int:
    """Return the least whole number that passes a threshold; 0 where any may."""
    if threshold.how in {"less_than", "at_most"} or not math.isfinite(threshold.value):
        return 0
    if threshold.how == "more_than":
        return math.floor(threshold.value) + 1
    return math.ceil(threshold.value)


def _either(*bits: Bits) -> Bits:
    some: Bits = np.logical_or.reduce(bits)
    return some


def _sums(lane: Lane, column: Any) -> tuple[Any, Any]:
    whole, present = millionths_at(column, lane.rows)
    return running_sums(whole), running_sums(present)


def _total(sight: Sight, sums: tuple[Any, Any]) -> lookbacks.Numbers:
    return lookbacks.total(sight, sums[0])


def _average(sight: Sight, sums: tuple[Any, Any]) -> lookbacks.Numbers:
    return lookbacks.average(sight, *sums)


def _relate(relation: Relation, sight: Sight, lane: Lane, triggers: Rows, values: Sequence[Any]) -> Bits:
    some, earlier = lookbacks.latest(sight, lane)
    if len(some) == len(triggers):
        return relation.holds(values, earlier, triggers)
    bits = np.zeros(len(triggers), np.bool_)
    bits[some] = relation.holds(values, earlier, triggers[some])
    return bits
