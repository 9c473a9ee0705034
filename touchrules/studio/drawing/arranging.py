"""Puts the rows of a table in order: filtered by a query, sorted by a column, gathered in groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Numbers = np.ndarray[Any, np.dtype[np.int64]]
NO_NUMBERS: Numbers = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Row numbers of a table in the order shown; the groups, if any, one after the other.

    ``heads`` are the places of the groups' headings among all shown lines, ``firsts`` where each group begins
    in ``order``, ``total`` the number of lines shown, headings among them.
    """

    order: Numbers
    names: tuple[object, ...] = ()
    counts: Numbers
    firsts: Numbers
    heads: Numbers
    folded: frozenset[int] = frozenset()
    total: int

    @property
    def grouped(self) -> bool:
        """Whether the rows are gathered in groups."""
        return bool(self.names)


def arrange(
    table: pa.Table, *, query: str = "", sort: str = "", descending: bool = False, group_by: str = ""
) -> Arrangement:
    """The rows that hold ``query`` in a text column, sorted stably, the largest group first."""
    order = matching_rows(table, query)
    if sort:
        direction = "descending" if descending else "ascending"
        column = plain(table.column(sort)).take(pa.array(order))
        order = order[pc.sort_indices(column, sort_keys=[("", direction)]).to_numpy()]
    if not group_by or not len(order):
        none = NO_NUMBERS
        return Arrangement(order=order, counts=none, firsts=none, heads=none, total=len(order))
    values = pa.chunked_array(plain(table.column(group_by)).take(pa.array(order))).combine_chunks()
    coded = values.dictionary_encode(null_encoding="encode")
    codes = coded.indices.to_numpy()
    counts = np.bincount(codes, minlength=len(coded.dictionary)).astype(np.int64)
    ranking = np.argsort(-counts, kind="stable")
    rank = np.empty_like(ranking)
    rank[ranking] = np.arange(len(ranking))
    names = coded.dictionary.take(pa.array(ranking)).to_pylist()
    order = order[np.argsort(rank[codes], kind="stable")]
    return _placed(order, tuple(names), counts[ranking], frozenset())


def fold(arrangement: Arrangement, groups: Collection[int]) -> Arrangement:
    """The same with only the headings of some groups shown."""
    return _placed(arrangement.order, arrangement.names, arrangement.counts, frozenset(groups))


def matching_rows(table: pa.Table, query: str) -> Numbers:
    """The numbers of the rows with ``query`` in any text column, whatever its case."""
    everything = np.arange(table.num_rows, dtype=np.int64)
    if not query:
        return everything
    held = np.zeros(table.num_rows, dtype=bool)
    for name in text_columns(table):
        found = pc.match_substring(plain(table.column(name)), query, ignore_case=True)
        held |= pc.fill_null(found, False).to_numpy()
    return everything[held]


def text_columns(table: pa.Table) -> list[str]:
    """The names of the columns of texts."""
    return [field.name for field in table.schema if is_text(field.type)]


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds texts, plain or by dictionary."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column without a dictionary, or as it is."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def lines_between(arrangement: Arrangement, start: int, stop: int) -> tuple[Numbers, Numbers]:
    """What stands on the lines from ``start`` up to ``stop``: row numbers (-1 for a heading), and groups."""
    places = np.arange(max(0, start), min(stop, arrangement.total), dtype=np.int64)
    if not arrangement.grouped:
        return arrangement.order[places], np.full(len(places), -1, dtype=np.int64)
    groups = np.searchsorted(arrangement.heads, places, side="right") - 1
    within = places - arrangement.heads[groups] - 1
    at = np.maximum(arrangement.firsts[groups] + within, 0)
    return np.where(within < 0, -1, arrangement.order[at]), groups


def _placed(
    order: Numbers, names: tuple[object, ...], counts: Numbers, folded: frozenset[int]
) -> Arrangement:
    shown = counts.copy()
    shown[list(folded)] = 0
    ends = np.cumsum(shown + 1)
    return Arrangement(
        order=order,
        names=names,
        counts=counts,
        firsts=np.cumsum(counts) - counts,
        heads=ends - shown - 1,
        folded=folded,
        total=int(ends[-1]) if len(ends) else 0,
    )
