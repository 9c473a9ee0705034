"""`has`: what the last earlier touch is like beside its trigger, for many pairs of touches at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.columns import Coded, ColumnData, Plain, encode
from touchrules.engines.columnar.masks import Bits, Rows
from touchrules.engines.columns import FoldedColumn
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Filter,
    Not,
    OtherThanTrigger,
    SameAsTrigger,
    SimilarToTrigger,
    UnlikeTrigger,
)
from touchrules.streams.likeness import are_alike

Holds = Callable[[Sequence[Any], Rows, Rows], Bits]
"""From the values of a relation's inputs, the earlier touches and their triggers."""


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A `has` filter: the nodes that it reads, and how it judges pairs of touches given their values."""

    inputs: tuple[int, ...]
    holds: Holds


def build_relation(tree: Filter, builder: Builder) -> Relation:
    """Return a bound `has` filter for pairs of touches."""
    inputs: list[int] = []
    holds = _build(tree, builder, inputs)
    return Relation(inputs=tuple(inputs), holds=holds)


def _build(tree: Filter, builder: Builder, inputs: list[int]) -> Holds:
    match tree:
        case AllOf(filters=filters):
            every = [_build(one, builder, inputs) for one in filters]
            return lambda values, earlier, triggers: _every(every, values, earlier, triggers)
        case AnyOf(filters=filters):
            some = [_build(one, builder, inputs) for one in filters]
            return lambda values, earlier, triggers: _some(some, values, earlier, triggers)
        case Not(filter=inner):
            holds = _build(inner, builder, inputs)
            return lambda values, earlier, triggers: ~holds(values, earlier, triggers)
        case SameAsTrigger(field=field):
            return _related(builder.column(field), inputs, _same)
        case OtherThanTrigger(field=field):
            return _related(builder.column(field), inputs, _other)
        case SimilarToTrigger(field=field, at_least=least):
            column = builder.column(FoldedColumn(builder.store.named(field)))
            return _related(column, inputs, _alike(least, wanted=True))
        case UnlikeTrigger(field=field, less_than=most):
            column = builder.column(FoldedColumn(builder.store.named(field)))
            return _related(column, inputs, _alike(most, wanted=False))
        case _:
            place = len(inputs)
            inputs.append(builder.mask(tree))
            return lambda values, earlier, _: np.asarray(values[place].at(earlier), np.bool_)


def _related(node: int, inputs: list[int], judge: Callable[[ColumnData, Rows, Rows], Bits]) -> Holds:
    place = len(inputs)
    inputs.append(node)

    return lambda values, earlier, triggers: judge(values[place], earlier, triggers)


def _every(parts: Sequence[Holds], values: Sequence[Any], earlier: Rows, triggers: Rows) -> Bits:
    bits = np.ones(len(earlier), np.bool_)
    for number, holds in enumerate(parts):
        left = np.flatnonzero(bits) if number else slice(None)
        bits[left] = holds(values, earlier[left], triggers[left])
    return bits


def _some(parts: Sequence[Holds], values: Sequence[Any], earlier: Rows, triggers: Rows) -> Bits:
    bits = np.zeros(len(earlier), np.bool_)
    for holds in parts:
        left = np.flatnonzero(~bits)
        bits[left] = holds(values, earlier[left], triggers[left])
    return bits


def _compared(column: ColumnData, earlier: Rows, triggers: Rows) -> tuple[Bits, Bits]:
    """Return of which pairs of touches both have a value, and of which the same."""
    if isinstance(column, Coded):
        return kernels.same_codes(column.codes, earlier, triggers)
    there = np.ones(len(earlier), np.bool_)
    if column.present is not None:
        there = column.present[earlier] & column.present[triggers]
    return there, there & (column.values[earlier] == column.values[triggers])


def _same(column: ColumnData, earlier: Rows, triggers: Rows) -> Bits:
    return _compared(column, earlier, triggers)[1]


def _other(column: ColumnData, earlier: Rows, triggers: Rows) -> Bits:
    there, same = _compared(column, earlier, triggers)
    return there & ~same


def _alike(least: float, *, wanted: bool) -> Callable[[ColumnData, Rows, Rows], Bits]:
    """Return what tells which pairs of texts are at least so much alike, or (`wanted`: no) are less."""

    def judge(column: ColumnData, earlier: Rows, triggers: Rows) -> Bits:
        there, _ = _compared(column, earlier, triggers)
        bits = np.zeros(len(earlier), np.bool_)
        bits[there] = _are_alike(column, earlier[there], triggers[there], least) == wanted
        return bits

    return judge


def _are_alike(column: ColumnData, earlier: Rows, triggers: Rows, least: float) -> Bits:
    """Return which pairs of touches have texts that are at least so much alike.

    Each text is folded once, and each pair of texts compared once.
    """
    if isinstance(column, Plain):
        msg = "only texts are alike"
        raise TypeError(msg)
    pairs = column.codes[earlier].astype(np.int64) * len(column.values) + column.codes[triggers]
    places, distinct = encode(pa.array(pairs))
    both = np.concatenate(np.divmod(np.array(distinct, np.int64), max(len(column.values), 1)))
    codes, numbers = np.unique(both, return_inverse=True)
    folded = [column.values[code] for code in codes.tolist()]
    texts = [folded[number] for number in numbers.tolist()]
    return are_alike(texts[: len(distinct)], texts[len(distinct) :], least)[places]
