"""Makes the nodes that all parts of a plan share: columns, masks of filters, orders and lanes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import shorten
from typing import Any, Final

import numpy as np

from touchrules.engines.columnar import filters
from touchrules.engines.columnar.columns import ColumnData, group_codes, sort_values
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.masks import Mask, Rows, mask_of_bits, mask_of_rows, no_touch
from touchrules.engines.columnar.orders import (
    Lane,
    Order,
    home_order,
    lane_of_mask,
    lane_of_rows,
    order_rows,
)
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.columns import Column, FieldColumn, FoldedColumn, SignalColumn, TextTestColumn
from touchrules.engines.plan import Plan
from touchrules.language.describe_filters import say_condition
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Contains,
    Exists,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    UnlikeTrigger,
)
from touchrules.model.lookbacks import Key

_WIDEST: Final = 200
"""Characters of a label of a node that is made of others."""
HOME: Final[Key] = ("contact_id",)
WHOLE: Final[frozenset[Key]] = frozenset({("account_id",), ("rep_id",)})
"""Keys by which so many look backs go that all touches are put in their order once."""


class Builder:
    """Adds what a plan needs to a graph over one stream.

    `found`: the nodes of the masks of rules, filled in stage by stage (see `rules`). `columns`: the nodes of
    those that have been asked for.
    """

    def __init__(self, graph: Graph, store: ColumnStore, plan: Plan) -> None:
        self.graph = graph
        self.store = store
        self.plan = plan
        self.found: dict[str, int] = {}
        self.columns: dict[Column, int] = {}

    def column(self, column: str | Column) -> int:
        """Return the node of a column, by its bound name or itself."""
        if isinstance(column, str):
            column = self.store.named(column)
        store, wanted = self.store, column
        run, label = (lambda: store.column(wanted)), (lambda: _say_column(wanted))
        node = self.graph.add("column", store.content(wanted), run, (), label)
        self.columns[wanted] = node
        return node

    def sorted(self, column: str | Column) -> int:
        """Return the node of a column for tests: by the masks of its values, if it has only a few."""
        return self.graph.add("by value", (), sort_values, (self.column(column),))

    def mask(self, tree: Filter) -> int:
        """Return the node of the mask of a bound filter."""
        match tree:
            case AllOf(filters=filters_):
                return self.all_of([self.mask(one) for one in filters_])
            case AnyOf(filters=filters_):
                return self.any_of([self.mask(one) for one in filters_])
            case Not(filter=inner):
                return self.negated(self.mask(inner))
            case Found(rules=rules):
                named = [self.found[rule] for rule in rules if rule in self.found]
                return self.any_of(named)
            case SameAsTrigger() | OtherThanTrigger() | SimilarToTrigger() | UnlikeTrigger():
                msg = f"{tree!r} needs a trigger beside the touch"
                raise ValueError(msg)
            case _:
                return self._tested(tree)

    def negated(self, mask: int) -> int:
        """Return the node of the mask of the touches to which another says no."""
        return self.graph.add("not", (), Mask.__invert__, (mask,), self._say(mask, before="not "))

    def all_of(self, masks: Sequence[int]) -> int:
        """Return the node of the mask of the touches to which all of some masks say yes."""
        return self._combined("all of", masks, self.every())

    def any_of(self, masks: Sequence[int]) -> int:
        """Return the node of the mask of the touches to which one of some masks says yes."""
        return self._combined("any of", masks, self.none())

    def _combined(self, how: str, masks: Sequence[int], empty: int) -> int:
        inputs = tuple(sorted(set(masks)))
        if not inputs:
            return empty
        if len(inputs) == 1:
            return inputs[0]
        join = _all_of if how == "all of" else _any_of
        label = self._say(*inputs, apart=", and " if how == "all of" else ", or ")
        return self.graph.add(how, (), join, inputs, label)

    def _say(self, *nodes: int, before: str = "", apart: str = "") -> Callable[[], str]:
        """Return what tells what a node that is made of others is called, in a few words."""

        def say() -> str:
            return shorten(before + apart.join(map(self.graph.label, nodes)), _WIDEST, placeholder=" ...")

        return say

    def _tested(
        self, test: IsOneOf | IsNoneOf | Compares | ComparesField | Exists | Contains | Matches | SameAs
    ) -> int:
        two = isinstance(test, ComparesField | SameAs)
        tested = TextTestColumn(test) if isinstance(test, Contains | Matches) else test.field
        inputs = [self.column(tested) if two else self.sorted(tested)]
        if isinstance(test, ComparesField | SameAs):
            inputs.append(self.column(test.other))
        run: Callable[..., Mask] = lambda *columns: filters.judge_column(test, *columns)  # noqa: E731
        return self.graph.add("test", test, run, inputs, lambda: say_condition(test))

    def none(self) -> int:
        """Return the node of the mask that says no to every touch."""
        rows = self.store.rows
        return self.graph.add("no touch", rows, lambda: no_touch(rows))

    def every(self) -> int:
        """Return the node of the mask that says yes to every touch."""
        rows = self.store.rows
        return self.graph.add("every touch", rows, lambda: ~no_touch(rows))

    def between(self, since: int | None, until: int | None) -> int:
        """Return the node of the mask of the touches with since <= at < until, in microseconds."""
        at = self.store.at

        def run() -> Mask:
            bits = np.ones(len(at), np.bool_)
            if since is not None:
                bits &= at >= since
            if until is not None:
                bits &= at < until
            return mask_of_bits(bits)

        return self.graph.add("effective", (since, until), run)

    def mask_of(self, rows: Rows) -> Mask:
        """Return the mask that says yes to some touches."""
        return mask_of_rows(rows, self.store.rows)

    def rows(self, mask: int) -> int:
        """Return the node of the touches that a mask says yes to."""
        return self.graph.add("rows", (), Mask.to_rows, (mask,), self._say(mask))

    def order(self, key: Key, masks: Sequence[int] = ()) -> int:
        """Return the node of the order by a key. Orders by rare keys hold only the touches of `masks`."""
        store = self.store
        label = f"order by {', '.join(key)}"
        if key == HOME:
            return self.graph.add(
                "order", HOME, lambda: home_order(store.contact_starts, store.at), (), label
            )
        columns = [self.column(name) for name in key]
        some = () if key in WHOLE else tuple(sorted(set(masks)))
        count = len(columns)

        def run(*inputs: Any) -> Order:
            prepared = store.saved_order(key) if key in WHOLE else None
            return prepared or self._order(key, inputs[:count], inputs[count:])

        return self.graph.add("order", key, run, (*columns, *some), label)

    def _order(self, key: Key, columns: Sequence[ColumnData], masks: Sequence[Mask]) -> Order:
        """Return the order by a key of the touches of some masks, or of all."""
        store = self.store
        wanted = _any_of(*masks) if len(masks) > 1 else masks[0] if masks else None
        if HOME[0] in key:  # home order has the touches of each contact by time
            rows = np.arange(store.rows, dtype=np.int32) if wanted is None else wanted.to_rows()
            columns = [column for name, column in zip(key, columns, strict=True) if name != HOME[0]]
        else:
            rows = store.home_rows if wanted is None else store.home_rows[wanted.at(store.home_rows)]
        keys = [group_codes(column) for column in columns]
        apart = store.contact_starts if HOME[0] in key else None
        return order_rows(rows, [codes for codes, _ in keys], [count for _, count in keys], store.at, apart)

    def lane(self, order: int, mask: int, rows: int) -> int:
        """Return the node of the touches of a mask in an order; `rows` are the same touches as rows."""

        def run(held: Order, wanted: Mask, chosen: Rows) -> Lane:
            if held.rows is not None and len(chosen) * 8 > len(held.rows):
                return lane_of_mask(held, wanted)
            return lane_of_rows(held, chosen)

        return self.graph.add("lane", (), run, (order, mask, rows), self._say(mask, order, apart=", in "))


def _all_of(first: Mask, *others: Mask) -> Mask:
    words = first.words & others[0].words
    for other in others[1:]:
        words &= other.words
    return Mask(words, first.rows)


def _any_of(first: Mask, *others: Mask) -> Mask:
    words = first.words | others[0].words
    for other in others[1:]:
        words |= other.words
    return Mask(words, first.rows)


def _say_column(column: Column) -> str:
    match column:
        case FieldColumn(name=name) | SignalColumn(name=name):
            return name
        case TextTestColumn(test=test):
            return say_condition(test)
        case FoldedColumn(source=source):
            return f"{source.name} as it is compared for likeness"
