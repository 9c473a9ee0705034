"""Decides what type a column has, and reads its cells as values of that type."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, assert_never

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.model.touches import FieldType
from touchrules.streams.arrowcells import arrow_type_of, read_typed
from touchrules.streams.cells import (
    JSON_NUMBER,
    JSON_TRUTH,
    MISSING,
    NO_ROWS,
    Cells,
    Json,
    Read,
    Typed,
    Written,
    chunked,
    quoted,
)
from touchrules.streams.columntimes import read_usual_times
from touchrules.streams.instants import TIME_WITH_CLOCK, read_instant, why_no_instant
from touchrules.streams.stream import ARROW_TYPES

_DECIMAL: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PATTERNS: Final[dict[FieldType, str]] = {
    "boolean": r"[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]",
    "number": _DECIMAL.pattern,
    "timestamp": TIME_WITH_CLOCK,
}


def type_of_cells(cells: Cells, timezone: str) -> FieldType | None:
    """The type that a further column of one file has by its own cells; None if none is present."""
    match cells:
        case Written():
            return _type_of_texts(cells.texts, timezone)
        case Json():
            return _type_of_json(cells)
        case Typed(encoded=True):
            return "text" if cells.values.null_count < len(cells.values) else None
        case Typed():
            return arrow_type_of(cells.values)
        case _:
            assert_never(cells)


def common_type(types: Iterable[FieldType | None]) -> FieldType | None:
    """The type of a column that stands in several files: the one that all have, else text.

    >>> common_type(["number", None, "number"]), common_type(["number", "text"]), common_type([None])
    ('number', 'text', None)
    """
    present = {each for each in types if each}
    if len(present) > 1:
        return "text"
    return present.pop() if present else None


def read_cells(cells: Cells, wanted: FieldType, timezone: str) -> Read:
    """The cells as values of that type; NaN and empty texts are missing.

    `timezone` is the IANA zone of times that name none.
    """
    match cells:
        case Written() | Json():
            return _read_texts(cells.texts, wanted, timezone)
        case Typed(encoded=True) if wanted == "text":
            return Read(values=cells.values, bad=NO_ROWS)
        case Typed():
            read = read_typed(cells.values, wanted, timezone)
            return _read_texts(read.texts, wanted, timezone) if isinstance(read, Written) else read
        case _:
            assert_never(cells)


def why_unreadable(name: str, text: str, wanted: FieldType) -> str:
    """Why a cell is no value of that type, as a sentence without a full stop."""
    match wanted:
        case "number":
            return f"{name} {quoted(text)} is no number"
        case "boolean":
            return f"{name} {quoted(text)} is neither true nor false"
        case "timestamp":
            return f"{name} {quoted(text)} {why_no_instant(text)}"
        case "text":
            return f"{name} cannot be held as text"
        case _:
            assert_never(wanted)


def read_number(text: str) -> float | None:
    """A decimal number as the nearest 64-bit float, NaN for `nan`; None if it is neither or too large.

    >>> read_number("1e3"), read_number(".5"), read_number("1e999")
    (1000.0, None, None)
    """
    if not _DECIMAL.fullmatch(text):
        return math.nan if text.lower() == "nan" else None
    value = float(text)
    return value if math.isfinite(value) else None


def read_truth(text: str) -> bool | None:
    """True or false, case ignored; None if it is neither.

    >>> read_truth("TRUE"), read_truth("yes")
    (True, None)
    """
    return {"true": True, "false": False}.get(text.lower()) if text.isascii() else None


def _readers(timezone: str) -> dict[FieldType, Callable[[str], Any]]:
    return {
        "number": read_number,
        "boolean": read_truth,
        "timestamp": lambda text: read_instant(text, timezone),
    }


def _read_texts(texts: pa.ChunkedArray, wanted: FieldType, timezone: str) -> Read:
    if wanted == "text":
        return Read(values=texts, bad=NO_ROWS)
    read, arrow = _readers(timezone)[wanted], ARROW_TYPES[wanted]
    values, bad, start = [], [], 0
    for chunk in texts.chunks:
        encoded = chunk.dictionary_encode()
        distinct = read_usual_times(encoded.dictionary, timezone) if wanted == "timestamp" else None
        if distinct is None:
            distinct = pa.array([read(text) for text in encoded.dictionary.to_pylist()], arrow)
        parsed = distinct.take(encoded.indices)
        unread = np.flatnonzero(pc.and_(parsed.is_null(), chunk.is_valid()).to_numpy(zero_copy_only=False))
        bad.append(unread + start)
        values.append(_without_nan(parsed) if wanted == "number" else parsed)
        start += len(chunk)
    return Read(values=chunked(values, arrow), bad=np.concatenate([NO_ROWS, *bad]))


def _without_nan(numbers: pa.Array) -> pa.Array:
    return pc.if_else(pc.is_nan(numbers), pa.scalar(None, numbers.type), numbers)


def _type_of_json(cells: Json) -> FieldType | None:
    kinds = {int(kind) for kind in np.unique(cells.kinds)} - {MISSING}
    if not kinds:
        return None
    if kinds == {JSON_NUMBER}:
        return "number"
    return "boolean" if kinds == {JSON_TRUTH} else "text"


def _type_of_texts(texts: pa.ChunkedArray, timezone: str) -> FieldType | None:
    """The first present cell says which type may be; all others must agree."""
    first = next((text for chunk in texts.chunks for text in _first_present(chunk)), None)
    if first is None:
        return None
    for wanted, pattern in _PATTERNS.items():
        if re.fullmatch(pattern, first):
            return wanted if _all_match(texts, wanted, pattern, timezone) else "text"
    return "text"


def _first_present(chunk: pa.Array) -> list[str]:
    present = chunk.drop_null()
    return [present[0].as_py()] if len(present) else []


def _all_match(texts: pa.ChunkedArray, wanted: FieldType, pattern: str, timezone: str) -> bool:
    if not pc.all(pc.match_substring_regex(texts, rf"\A(?:{pattern})\z")).as_py():
        return False
    return wanted == "boolean" or len(_read_texts(texts, wanted, timezone).bad) == 0
