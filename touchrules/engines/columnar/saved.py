"""Columns, orders and signals of a stream in home order, kept in a folder of prepared touches.

An array that was saved is the very one that was made, so that what is decided with it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

import numpy as np

from touchrules import __version__
from touchrules.engines.columnar.columns import TRUTHS, Coded, ColumnData, Plain, Texts
from touchrules.engines.columnar.orders import Order
from touchrules.model.lookbacks import Key
from touchrules.model.signals import Signal
from touchrules.streams.prepared import Draft, Prepared

_HOME: Final = ("stream_rows", "home_rows", "at", "contact_starts")
_PARTS: Final = ("values", "present", "codes", "numbers")
_ORDER: Final = ("rows", "places", "starts", "ends", "at")


def signal_name(signal: Signal) -> str:
    """Return the name under which a signal is kept: the same for the same signal of the same version."""
    return sha256(f"{__version__} {signal!r}".encode()).hexdigest()[:24]


def save_home(draft: Draft, arrays: Mapping[str, Any]) -> None:
    """Keep the arrays that put touches in home order, by their names in `ColumnStore`."""
    for name in _HOME:
        draft.save_array(f"home-{name}", arrays[name])


def load_home(prepared: Prepared) -> dict[str, Any] | None:
    """Return the arrays that put touches in home order, or None if they are not kept."""
    arrays = {name: prepared.array(f"home-{name}") for name in _HOME}
    return None if any(array is None for array in arrays.values()) else arrays


def save_fields(draft: Draft, fields: Iterable[tuple[str, ColumnData]]) -> None:
    """Keep fields of the stream; their texts are those of its table."""
    for number, (name, column) in enumerate(fields):
        _save_column(draft, "fields", name, f"field-{number}", column, has_texts=False)


def load_field(prepared: Prepared, name: str) -> ColumnData | None:
    """Return a field, or None if it is not kept."""
    return _load_column(prepared, "fields", name)


def save_signal(draft: Draft, signal: Signal, column: ColumnData) -> None:
    """Keep a signal."""
    name = signal_name(signal)
    _save_column(draft, "signals", name, f"signal-{name}", column, has_texts=True)


def load_signal(prepared: Prepared, signal: Signal) -> ColumnData | None:
    """Return a signal, or None if it is not kept."""
    return _load_column(prepared, "signals", signal_name(signal))


def copy_signals(draft: Draft, prepared: Prepared) -> None:
    """Keep the signals of another folder that this one lacks."""
    for name, told in prepared.told["notes"].get("signals", {}).items():
        if name in draft.notes.get("signals", {}):
            continue
        for part in _PARTS:
            array = prepared.array(f"{told['file']}-{part}")
            if array is not None:
                draft.save_array(f"{told['file']}-{part}", array)
        draft.note("signals", name, told)


def save_order(draft: Draft, key: Key, order: Order) -> None:
    """Keep an order of all touches."""
    for name in _ORDER:
        draft.save_array(f"order-{key[0]}-{name}", getattr(order, name))
    draft.note("orders", " ".join(key), True)


def load_order(prepared: Prepared, key: Key) -> Order | None:
    """Return the order by a key, or None if it is not kept."""
    if not prepared.note("orders", " ".join(key)):
        return None
    arrays: dict[str, Any] = {name: prepared.array(f"order-{key[0]}-{name}") for name in _ORDER}
    return Order(**arrays)


def _save_column(
    draft: Draft, sort: str, name: str, file: str, column: ColumnData, *, has_texts: bool
) -> None:
    told: dict[str, Any] = {"file": file}
    if isinstance(column, Plain):
        draft.save_array(f"{file}-values", column.values)
        if column.present is not None:
            draft.save_array(f"{file}-present", column.present)
    else:
        draft.save_array(f"{file}-codes", column.codes)
        told["values"] = _sort_of(column.values)
        if told["values"] == "numbers":
            draft.save_array(f"{file}-numbers", np.array(column.values))
        elif told["values"] == "texts" and has_texts:
            told["texts"] = list(column.values)
    draft.note(sort, name, told)


def _sort_of(values: Sequence[Any]) -> str:
    if not len(values):
        return "none"
    if values is TRUTHS:
        return "truths"
    return "texts" if isinstance(values, Texts) or isinstance(values[0], str) else "numbers"


def _load_column(prepared: Prepared, sort: str, name: str) -> ColumnData | None:
    told = prepared.note(sort, name)
    if told is None:
        return None
    file = told["file"]
    values = prepared.array(f"{file}-values")
    if values is not None:
        return Plain(values, prepared.array(f"{file}-present"))
    codes = prepared.array(f"{file}-codes")
    if codes is None:
        return None
    match told["values"]:
        case "truths":
            return Coded(codes, TRUTHS)
        case "numbers":
            numbers = prepared.array(f"{file}-numbers")
            return None if numbers is None else Coded(codes, numbers.tolist())
        case "texts" if "texts" in told:
            return Coded(codes, told["texts"])
        case "texts":
            return Coded(codes, Texts(prepared.table.column(name).chunk(0).dictionary))
        case _:
            return Coded(codes, ())
