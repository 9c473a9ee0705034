"""The columns that an engine reads, worked out for a whole stream at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, assert_never

from touchrules.engines.columns import (
    Column,
    FieldColumn,
    FoldedColumn,
    SignalColumn,
    TextTestColumn,
    Touch,
)
from touchrules.engines.plan import Plan
from touchrules.streams.likeness import fold_text
from touchrules.streams.signals import compute_signals
from touchrules.streams.stream import Stream
from touchrules.streams.texttests import text_test

Progress = Callable[[int, int], None]
"""Called now and then with what is done and all there is; what it raises ends the work."""

Values = Sequence[Any]


def prepare_columns(
    plan: Plan, columns: Sequence[Column], stream: Stream, progress: Progress | None = None
) -> list[Values]:
    """Return the values of each column for all touches of a stream, in their order."""
    asked = {column.name for column in columns if isinstance(column, SignalColumn)}
    asked |= {name for name in map(_source, columns) if name is not None}
    signals = {name: signal for name, signal in plan.signals.items() if name in asked}
    read = compute_signals(signals, stream.column, len(stream), progress) if signals else {}

    def named(name: str) -> Values:
        return read[name] if name in read else stream.column(name)

    return [_prepare(column, named) for column in columns]


def _source(column: Column) -> str | None:
    match column:
        case TextTestColumn(test=test):
            return test.field
        case FoldedColumn(source=source):
            return source.name
        case _:
            return None


def _prepare(column: Column, named: Callable[[str], Values]) -> Values:
    match column:
        case FieldColumn(name=name) | SignalColumn(name=name):
            return named(name)
        case TextTestColumn(test=test):
            return text_test(test, named(test.field))
        case FoldedColumn(source=source):
            values = named(source.name)
            folded = {text: fold_text(text) for text in set(values) if text is not None}
            return [None if text is None else folded[text] for text in values]
        case _:
            assert_never(column)


def touches_of(stream: Stream, columns: Sequence[Values], start: int, stop: int) -> list[Touch]:
    """Return some touches of a stream as an engine takes them; their `ID` is their row."""
    part = stream.table.slice(start, stop - start)
    cut = Stream(table=part, timezone=stream.timezone)
    first = [[None] * len(cut), cut.column("at"), cut.zones(), range(start, stop)]
    rest = [column[start:stop] for column in columns]
    return [list(row) for row in zip(*first, *rest, strict=True)]
