"""The columns of a stream as typed arrays, touches of one contact side by side."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, assert_never, overload

import numpy as np
import pyarrow as pa

from touchrules.engines.columnar import kernels, saved
from touchrules.engines.columnar.columns import (
    TRUTHS,
    Coded,
    ColumnData,
    Instants,
    Numbers,
    Places,
    Plain,
    Truths,
    code_type,
    combine,
    encode,
    encode_numbers,
    run_starts,
    spread,
    stable_order,
)
from touchrules.engines.columnar.orders import Order
from touchrules.engines.columns import Column, FieldColumn, FoldedColumn, SignalColumn, TextTestColumn
from touchrules.model.lookbacks import Key
from touchrules.model.signals import MentionCount, Signal
from touchrules.streams.likeness import fold_text
from touchrules.streams.mentions import Choices
from touchrules.streams.signals import read_choices
from touchrules.streams.stream import Stream
from touchrules.streams.texttests import text_test
from touchrules.streams.together import each_in_turn

Progress = Callable[[int, int], None]
"""Called now and then with the touches done and all of them; what it raises ends the work."""

FEW: Final = 32_000
"""Numbers and timestamps of more distinct values than this are `Plain`."""
_SAMPLE: Final = 4_096


class Reading(NamedTuple):
    """Fields that were read together for some signals, and how long that took."""

    fields: tuple[str, ...]
    signals: tuple[str, ...]
    seconds: float


class Folded(Sequence[str]):
    """Texts as `similar` compares them, each folded when it is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        texts = self._texts[place]
        return fold_text(texts) if isinstance(texts, str) else [fold_text(text) for text in texts]


class ColumnStore:
    """The columns of one stream in home order; each is made when it is first asked for, then kept.

    Home order: the rows sorted by contact (in the order in which contacts first appear), those of one
    contact in stream order. Two threads may ask at once.

    `rows`: how many touches. `stream_rows` (int32): home row -> row of the stream; `home_rows` (int32):
    the other way round, given at the start where home order is to be another. `at` (int64): microseconds
    since 1970 UTC by home row. `contact_starts` (int32): for each home row the first home row of its
    contact. `readings`: the texts that were read for signals.
    """

    def __init__(
        self, stream: Stream, plan_signals: Mapping[str, Signal], home_rows: Places | None = None
    ) -> None:
        self.rows = len(stream)
        self._stream = stream
        self._signals = plan_signals
        self._made: dict[Hashable, ColumnData] = {}
        self._locks: dict[Hashable, threading.RLock] = {}
        self._signal_lock = threading.RLock()
        self._zones: Coded | None = None
        self.readings: list[Reading] = []
        self.stream_rows: Places
        self.home_rows: Places
        self.at: Instants
        self.contact_starts: Places
        home = None if stream.prepared is None else saved.load_home(stream.prepared)
        if home is None:
            self._find_home(home_rows)
        else:
            vars(self).update(home)
        self._made[FieldColumn("at")] = Plain(self.at, None)

    def _find_home(self, home_rows: Places | None) -> None:
        codes, contacts = encode(self._stream.table.column("contact_id"))
        if home_rows is None:
            self.stream_rows = stable_order(codes, len(contacts))
            self.home_rows = _inverse(self.stream_rows)
        else:
            self.stream_rows, self.home_rows = _inverse(home_rows), home_rows
        self.at = self._stream.table.column("at").cast(pa.int64()).to_numpy()[self.stream_rows]
        codes = codes[self.stream_rows]
        self.contact_starts = run_starts(codes)
        self._made[FieldColumn("contact_id")] = Coded(codes, contacts)

    def saved_order(self, key: Key) -> Order | None:
        """Return the order of all touches by a key, if it was prepared."""
        return None if self._stream.prepared is None else saved.load_order(self._stream.prepared, key)

    def with_signals(self, plan_signals: Mapping[str, Signal]) -> ColumnStore:
        """Return the store for other signals of the same stream; what both know is worked out once."""
        other = copy.copy(self)
        other._signals = plan_signals
        return other

    def column(self, column: Column) -> ColumnData:
        """Return a column: a `TextTestColumn` is of true/false and missing nowhere.

        A field that the stream lacks is missing everywhere.
        """
        key = self.content(column)
        made = self._made.get(key)
        if made is None:
            if isinstance(column, SignalColumn):
                self.prepare((column,))
                return self._made[key]
            with self._locks.setdefault(key, threading.RLock()):
                made = self._made.get(key)
                if made is None:
                    made = self._made[key] = self._make(column)
        return made

    def content(self, column: Column) -> Hashable:
        """Return what a column holds: of a signal what it is, since its name may come to mean another."""
        match column:
            case SignalColumn(name=name):
                return self._signals[name]
            case FoldedColumn(source=SignalColumn(name=name)):
                return ("folded", self._signals[name])
            case TextTestColumn(test=test) if test.field in self._signals:
                return (replace(test, field=""), self._signals[test.field])
            case _:
                return column

    def named(self, name: str) -> FieldColumn | SignalColumn:
        """Return the column that a bound name stands for."""
        return SignalColumn(name) if name in self._signals else FieldColumn(name)

    def zones(self) -> Coded:
        """Return the IANA zone of each touch: its contact's, or the stream's; missing nowhere."""
        if self._zones is None:
            self._zones = _fill(self._text(FieldColumn("timezone")), self._stream.timezone)
        return self._zones

    def prepare(self, columns: Iterable[Column], progress: Progress | None = None) -> None:
        """Make the signals that some columns need; those of one field are read together."""
        asked = dict.fromkeys(name for column in columns for name in self._signals_of(column))
        with self._signal_lock:
            self._load_signals(asked)
            work = _signal_work(
                {name: self._signals[name] for name in asked if self._signals[name] not in self._made}
            )
            for number, signals in enumerate(work):
                started = time.perf_counter()
                read = self._read_signals(signals, _part_of(progress, number, len(work), self.rows))
                self._made.update((signals[name], made) for name, made in read.items())
                fields = _fields_of(next(iter(signals.values())))
                self.readings.append(Reading(fields, tuple(signals), time.perf_counter() - started))

    def _load_signals(self, names: Iterable[str]) -> None:
        """Take in the signals that were prepared."""
        prepared = self._stream.prepared
        if prepared is None:
            return
        for signal in {self._signals[name] for name in names}:
            made = None if signal in self._made else saved.load_signal(prepared, signal)
            if made is not None:
                self._made[signal] = made

    def _signals_of(self, column: Column) -> tuple[str, ...]:
        if isinstance(column, FoldedColumn):
            column = column.source
        elif isinstance(column, TextTestColumn):
            column = self.named(column.test.field)
        return (column.name,) if isinstance(column, SignalColumn) else ()

    def _make(self, column: FieldColumn | TextTestColumn | FoldedColumn) -> ColumnData:
        match column:
            case FieldColumn(name=name):
                return self._field(name)
            case TextTestColumn(test=test):
                texts = self._text(self.named(test.field))
                passed = np.array([*text_test(test, texts.values), False], np.int8)
                return Coded(passed[texts.codes], TRUTHS)
            case FoldedColumn(source=source):
                texts = self._text(source)
                return Coded(texts.codes, Folded(texts.values))
            case _:
                assert_never(column)

    def _field(self, name: str) -> ColumnData:
        prepared = None if self._stream.prepared is None else saved.load_field(self._stream.prepared, name)
        if prepared is not None:
            return prepared
        table = self._stream.table
        if name not in table.column_names or pa.types.is_null(table.column(name).type):
            return Coded(np.full(self.rows, -1, np.int8), ())
        column = table.column(name)
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_boolean(kind) or pa.types.is_floating(kind) or pa.types.is_timestamp(kind):
            return spread(_read_numbers(column.cast(kind)), self.stream_rows)
        codes, texts = encode(column)
        return Coded(codes[self.stream_rows], texts)

    def _text(self, column: FieldColumn | SignalColumn) -> Coded:
        made = self.column(column)
        if isinstance(made, Plain) or (len(made.values) and not isinstance(made.values[0], str)):
            raise TypeError(f"{column.name} is no text")
        return made

    def _read_signals(
        self, signals: Mapping[str, Signal], progress: Progress | None
    ) -> dict[str, ColumnData]:
        """Work out signals that all read the same fields: once for each distinct choice of their texts."""
        fields = _fields_of(next(iter(signals.values())))
        texts = {field: self._text(FieldColumn(field)) for field in fields}
        of = texts[fields[0]]
        if len(fields) == 1:
            codes, chosen = of.codes, {fields[0]: np.arange(len(of.values))}
        else:
            codes, firsts = combine([one.codes for one in texts.values()], of.codes >= 0)
            chosen = {field: one.codes[firsts] for field, one in texts.items()}
        choices = Choices(values={field: one.values for field, one in texts.items()}, codes=chosen)
        read = read_choices(signals, choices, progress)
        places = np.where(codes < 0, len(chosen[fields[0]]), codes).astype(np.intp, copy=False)
        made = each_in_turn(lambda name: spread(_code_signal(read[name]), places), list(signals), self.rows)
        return dict(zip(signals, made, strict=True))


def _inverse(order: Places) -> Places:
    """Return the order that puts back what an order has moved."""
    inverse = np.empty(len(order), np.int32)
    inverse[order] = np.arange(len(order), dtype=np.int32)
    return inverse


def _read_numbers(column: pa.ChunkedArray) -> ColumnData:
    """Read true/false, numbers and timestamps; -0.0 becomes 0.0, which equals it."""
    present = column.is_valid().to_numpy() if column.null_count else None
    if pa.types.is_boolean(column.type):
        truths = column.fill_null(False).to_numpy().astype(np.int8)
        return Coded(truths if present is None else np.where(present, truths, np.int8(-1)), TRUTHS)
    if pa.types.is_timestamp(column.type):
        times = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64()).fill_null(0)
        return _code_numbers(times.to_numpy(), present)
    return code_floats(column.cast(pa.float64()).to_numpy() + 0.0)


def code_floats(values: Numbers) -> ColumnData:
    """Return a column of numbers of which NaN is missing."""
    codes, distinct = kernels.code_whole(np.ascontiguousarray(values), FEW)
    if len(codes):
        return Coded(codes.astype(code_type(len(distinct)), copy=False), distinct.astype(np.float64).tolist())
    present = ~np.isnan(values)
    return _code_numbers(values, None if present.all() else present)


def _code_numbers(values: Numbers | Instants, present: Truths | None) -> ColumnData:
    """Return numbers by their distinct values if these are few."""
    plain = Plain(values, present)
    sample = values[:: max(1, len(values) // _SAMPLE)]
    if len(np.unique(sample)) > _SAMPLE // 2:
        return plain
    codes, distinct = encode_numbers(plain)
    return plain if len(distinct) > FEW else Coded(codes, distinct)


def code_texts(texts: pa.ChunkedArray | pa.Array) -> Coded:
    """Return a column of texts."""
    return Coded(*encode(texts))


def _code_signal(read: Numbers | Sequence[str | None]) -> ColumnData:
    return code_floats(read) if isinstance(read, np.ndarray) else code_texts(pa.array(read, pa.string()))


def _fill(column: Coded, value: str) -> Coded:
    """Return the column with a value where it is missing or the empty text."""
    values = list(column.values)
    if value not in values:
        values.append(value)
    filler = values.index(value)
    table = [code if text else filler for code, text in enumerate(column.values)]
    return Coded(np.array([*table, filler], code_type(len(values)))[column.codes], values)


def _fields_of(signal: Signal) -> tuple[str, ...]:
    """Return the fields that a signal reads, its own first."""
    others = sorted(signal.mentions) if isinstance(signal, MentionCount) else ()
    return tuple(dict.fromkeys((signal.field, *others)))


def _signal_work(signals: Mapping[str, Signal]) -> list[dict[str, Signal]]:
    """Return the signals, those that read the same fields together."""
    work: dict[tuple[str, ...], dict[str, Signal]] = {}
    for name, signal in signals.items():
        work.setdefault(_fields_of(signal), {})[name] = signal
    return list(work.values())


def _part_of(progress: Progress | None, number: int, parts: int, rows: int) -> Progress | None:
    """Return the progress of one part of the work, told as touches of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(int(rows * (number + (done / total if total else 1)) / parts), rows)
