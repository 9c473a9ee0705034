"""Parts by another key: the touches of all parts dealt out anew, with the columns that are read there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.engines.binding import ColumnTypes
from touchrules.engines.columnar.columns import Coded, ColumnData
from touchrules.engines.columnar.preparing import keep_columns
from touchrules.engines.columnar.store import ColumnStore, code_floats, code_texts
from touchrules.engines.columns import SignalColumn
from touchrules.engines.partitions.partition import NUMBERS, Partition
from touchrules.engines.partitions.passes import EVERYONE
from touchrules.engines.plan import Plan
from touchrules.model.signals import signal_type
from touchrules.streams.dealing import Buckets, Dealer, buckets_of, read_dealt
from touchrules.streams.ordering import stream_order
from touchrules.streams.reader import ordered_stream
from touchrules.streams.stream import ARROW_TYPES, Stream
from touchrules.streams.texts import encode_texts

_ALWAYS: Final = ("touch_id", "at", "contact_id", "timezone")
_NUMBER: Final = "touch number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """Touches of all parts to be dealt out anew by a key.

    `types`: of the fields. `columns`: the fields and signals (by their bound names) that passes of the key
    read.
    """

    plan: Plan
    types: ColumnTypes
    parts: Sequence[Partition]
    key: str
    columns: Collection[str]

    @property
    def wanted(self) -> list[str]:
        """The columns, and the key."""
        return list(dict.fromkeys((*self.columns, *(() if self.key == EVERYONE else (self.key,)))))


def regroup(asked: Regrouping, folder: Path, count: int) -> list[Partition]:
    """Return the touches in so many parts, which are written into a folder."""
    drafts = [folder / f"{number}.arrows" for number in range(1 if asked.key == EVERYONE else count)]
    zone = _deal_out(asked, drafts)
    regrouped = []
    for number, draft in enumerate(drafts):
        if draft.exists():
            table, there = read_dealt(draft), folder / f"part-{number}"
            _keep_part(asked, table, zone, there)
            regrouped.append(Partition(folder=there, rows=len(table), first=None))
    return regrouped


def _deal_out(asked: Regrouping, drafts: Sequence[Path]) -> str:
    """Write all touches to drafts by their key; return the zone of those that name none."""
    zone = "UTC"
    with Dealer(drafts.__getitem__) as dealer:
        for part in asked.parts:
            stream, numbers = part.open()
            zone = stream.timezone
            table = _columns_of(asked, stream).append_column(_NUMBER, pa.array(numbers))
            dealer.deal(table, _buckets(table, asked.key, len(drafts)))
    return zone


def _columns_of(asked: Regrouping, stream: Stream) -> pa.Table:
    """Return columns of all touches in home order, texts without a dictionary."""
    signals = asked.plan.signals
    store, table = ColumnStore(stream, signals), stream.table
    rows = pa.array(store.stream_rows)
    columns: dict[str, Any] = {}
    for name in dict.fromkeys((*_ALWAYS, *asked.wanted)):
        if name in signals:
            arrow = ARROW_TYPES[signal_type(signals[name])]
            columns[name] = _as_arrow(store.column(SignalColumn(name)), arrow)
        elif name in table.column_names:
            kind = asked.types.get(name)
            columns[name] = table.column(name).take(rows).cast(ARROW_TYPES[kind] if kind else pa.null())
    return pa.table(columns)


def _as_arrow(column: ColumnData, kind: pa.DataType) -> pa.Array:
    """Return a signal as an Arrow array."""
    if isinstance(column, Coded):
        codes = pa.array(column.codes.astype(np.int32), mask=column.codes < 0)
        return pa.array(list(column.values), kind).take(codes)
    return pa.array(column.values, mask=~column.is_present())


def _buckets(table: pa.Table, key: str, count: int) -> Buckets:
    """Return where each touch goes: those of one key to one part, those that lack it anywhere."""
    anywhere = np.arange(len(table)) % count
    if key not in table.column_names:
        return anywhere
    column = table.column(key)
    if pa.types.is_floating(column.type):
        column = pc.add(column, 0.0)  # -0.0 is 0.0
    return np.where(column.is_valid().to_numpy(), buckets_of(column.cast(pa.string()), count), anywhere)


def _keep_part(asked: Regrouping, table: pa.Table, zone: str, folder: Path) -> None:
    """Write a part whose touches come in the order of their numbers, which is its home order."""
    plan, wanted = asked.plan, asked.wanted
    signals = {name: table.column(name) for name in wanted if name in plan.signals}
    numbers = table.column(_NUMBER).to_numpy()
    fields = pa.table(
        {
            name: encode_texts(column) if pa.types.is_string(column.type) and name != "touch_id" else column
            for name, column in zip(table.column_names, table.columns, strict=True)
            if name != _NUMBER and name not in signals
        }
    )
    order = stream_order(table.column("at").cast(pa.int64()).to_numpy(), table.column("touch_id"))
    stream = ordered_stream(fields, zone)
    home_rows = np.arange(len(table)) if order is None else order
    keep_columns(
        stream,
        folder,
        home_rows=home_rows.astype(np.int32),
        fields=[name for name in fields.column_names if name not in {"touch_id", "at"}],
        signals={plan.signals[name]: _as_column(column) for name, column in signals.items()},
        arrays={NUMBERS: numbers.astype(np.int32)},
    )


def _as_column(column: pa.ChunkedArray) -> ColumnData:
    if pa.types.is_string(column.type):
        return code_texts(column)
    return code_floats(pc.cast(column, pa.float64()).to_numpy())
