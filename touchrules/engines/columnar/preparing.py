"""Prepares touches: makes what any plan needs of a stream, and keeps it in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy.typing as npt

from touchrules.engines.columnar import saved
from touchrules.engines.columnar.builder import WHOLE, Builder
from touchrules.engines.columnar.columns import ColumnData, Places
from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.columns import FieldColumn, SignalColumn
from touchrules.engines.plan import Plan
from touchrules.model.signals import Signal
from touchrules.streams.cells import Reject
from touchrules.streams.prepared import ready_table, write_prepared
from touchrules.streams.stream import Stream

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes. Raise to stop."""


def prepare_stream(
    plan: Plan,
    stream: Stream,
    folder: Path,
    *,
    rejects: Sequence[Reject] = (),
    unselected: int = 0,
    progress: Progress | None = None,
) -> None:
    """Keep a stream in a folder with its columns, its orders by account and rep, and a plan's signals.

    Signals that were prepared before are kept too. Raises ArgumentError if the folder cannot be written.
    """
    stream = ready_table(stream)
    with write_prepared(stream, folder, rejects=rejects, unselected=unselected) as draft:
        if not len(stream):
            return
        store = ColumnStore(stream, plan.signals)
        saved.save_home(draft, vars(store))
        saved.save_fields(draft, _fields(stream, store, progress))
        texts = None if progress is None else (lambda done, rows: progress("Reading texts", done, rows))
        store.prepare([SignalColumn(name) for name in plan.signals], texts)
        for name, signal in {signal: name for name, signal in plan.signals.items()}.items():
            saved.save_signal(draft, name, store.column(SignalColumn(signal)))
        if stream.prepared is not None:
            saved.copy_signals(draft, stream.prepared)
        graph = Graph()
        builder = Builder(graph, store, plan)
        for key in sorted(WHOLE):
            if stream.types.get(key[0]) is not None:
                node = builder.order(key)
                (order,) = Evaluator(graph, threads=1).evaluate([node])
                saved.save_order(draft, key, order)


def keep_columns(
    stream: Stream,
    folder: Path,
    *,
    home_rows: Places,
    fields: Sequence[str],
    signals: Mapping[Signal, ColumnData],
    arrays: Mapping[str, npt.NDArray[Any]],
) -> None:
    """Keep a stream in a folder with a home order, some of its fields, signals and further arrays."""
    stream = ready_table(stream)
    with write_prepared(stream, folder) as draft:
        store = ColumnStore(stream, {}, home_rows)
        saved.save_home(draft, vars(store))
        saved.save_fields(draft, ((name, store.column(FieldColumn(name))) for name in fields))
        for signal, column in signals.items():
            saved.save_signal(draft, signal, column)
        for name, array in arrays.items():
            draft.save_array(name, array)


def _fields(
    stream: Stream, store: ColumnStore, progress: Progress | None
) -> Iterator[tuple[str, ColumnData]]:
    """Yield the fields of a stream, but for those that tell all touches apart and those that none has."""
    names = [name for name, kind in stream.types.items() if kind and name not in {"touch_id", "at"}]
    for number, name in enumerate(names):
        yield name, store.column(FieldColumn(name))
        if progress is not None:
            progress("Preparing touches", (number + 1) * len(stream) // len(names), len(stream))
