"""The first rows of a file of touches, read in a moment however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from touchrules.streams.cells import JSON_NESTED, Json, Part, Typed
from touchrules.streams.mapping import Column, FileMapping
from touchrules.streams.reader import read_file

SAMPLE: Final = 2_000
_DEEPEST: Final = 3


def read_sample(path: Path, how: FileMapping | None = None, rows: int = SAMPLE) -> Part:
    """Return the cells of the first rows of a file. `how`: what a mapping says of it. Raises as reading does.

    The paths into nested records are columns too, beside what they lead into.
    """
    how = how or FileMapping()
    part = read_file(path, how, most=rows)
    paths = [one for one in _json_paths(part) if one not in how.paths]
    return read_file(path, how, paths=paths, most=rows) if paths else part


def columns_of_part(part: Part) -> tuple[Column, ...]:
    """Return the columns that can be fields: those of the file, and those inside nested records."""
    nested = _json_paths(part)
    found = [
        Column(name=name)
        for name, cells in part.columns.items()
        if not _is_nested(cells) and name not in nested
    ]
    found += [Column(name=name, nested=True) for name in dict.fromkeys((*nested, *_struct_paths(part)))]
    return tuple(found)


def _is_nested(cells: Any) -> bool:
    if isinstance(cells, Json):
        return bool((cells.kinds == JSON_NESTED).any())
    return isinstance(cells, Typed) and pa.types.is_nested(cells.values.type)


def _json_paths(part: Part) -> list[str]:
    """Return the paths to plain values within the records of JSON."""
    found: dict[str, None] = {}
    for name, cells in part.columns.items():
        if isinstance(cells, Json) and _is_nested(cells):
            for text, kind in zip(cells.texts.to_pylist(), cells.kinds.tolist(), strict=True):
                if kind == JSON_NESTED and text:
                    found.update(dict.fromkeys(_leaves(name, json.loads(text), _DEEPEST)))
    return list(found)


def _leaves(path: str, value: Any, deep: int) -> Iterator[str]:
    if isinstance(value, list) and deep:
        if value:
            yield from _leaves(f"{path}.0", value[0], deep - 1)
    elif isinstance(value, dict) and deep:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner, deep - 1)
    elif not isinstance(value, list | dict):
        yield path


def _struct_paths(part: Part) -> Iterator[str]:
    for name, cells in part.columns.items():
        if isinstance(cells, Typed):
            yield from _fields_of(name, cells.values.type, _DEEPEST)


def _fields_of(path: str, kind: pa.DataType, deep: int) -> Iterator[str]:
    if not pa.types.is_struct(kind) or not deep:
        return
    for position in range(kind.num_fields):
        inner = kind.field(position)
        if pa.types.is_struct(inner.type):
            yield from _fields_of(f"{path}.{inner.name}", inner.type, deep - 1)
        else:
            yield f"{path}.{inner.name}"
