"""One touch as an engine takes it, worked out from its fields alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from touchrules.streams.signals import compile_signals, read_signals
from touchrules.streams.texttests import compile_text_test

Fields = Mapping[str, Any]
"""What is present of a touch, by name: values as in `Touch`."""

Take = Callable[[Fields, str, object], Touch]
"""From fields, the zone and what names the touch to a `Touch`."""


def compile_touch(plan: Plan, columns: Sequence[Column]) -> Take:
    """Return a function that makes a touch with these columns, the same as `prepare_columns` does for many.

    The fields must hold `at`, and the derived ones.
    """
    sources = {source for column in columns if (source := _source(column)) is not None}
    asked = {name: signal for name, signal in plan.signals.items() if name in sources}
    signals = compile_signals(asked)
    readers = [_compile_reader(column) for column in columns]

    def take(fields: Fields, zone: str, name: object) -> Touch:
        known = {**fields, **read_signals(signals, fields)} if asked else fields
        return [None, fields["at"], zone, name, *(read(known) for read in readers)]

    return take


def _source(column: Column) -> str | None:
    match column:
        case SignalColumn(name=name):
            return name
        case TextTestColumn(test=test):
            return test.field
        case FoldedColumn(source=source):
            return source.name
        case FieldColumn():
            return None
        case _:
            assert_never(column)


def _compile_reader(column: Column) -> Callable[[Fields], Any]:
    match column:
        case FieldColumn(name=name) | SignalColumn(name=name):
            return lambda fields: fields.get(name)
        case TextTestColumn(test=test):
            field, passes = test.field, compile_text_test(test)
            return lambda fields: field in fields and fields[field] is not None and passes(fields[field])
        case FoldedColumn(source=source):
            name = source.name
            return lambda fields: None if (text := fields.get(name)) is None else fold_text(text)
        case _:
            assert_never(column)
