"""Reads a mapping file, with the place of every mistake in it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Final, cast

from touchrules.errors import ArgumentError, DataError, Problem
from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, quoted, show
from touchrules.language.source import read_source
from touchrules.model.touches import DERIVED_FIELDS, RESERVED_NAMES
from touchrules.streams.mapping import Column, FieldMapping, FileMapping, Selected, TouchMapping
from touchrules.streams.mappingfields import read_field
from touchrules.streams.mappingnodes import MappingReading

_FILE_KEYS: Final = ("encoding", "delimiter", "keep", "where", "columns")


def read_mapping(path: Path | str) -> TouchMapping:
    """Read a mapping file. Raises DataError with all its mistakes, ArgumentError if there is no such file."""
    path = Path(path)
    if not path.is_file():
        raise ArgumentError(Problem(message=f"There is no mapping file {path}.", remedy="Give its path."))
    return read_mapping_text(path.read_bytes(), path)


def read_mapping_text(text: str | bytes, path: Path) -> TouchMapping:
    """Read what a mapping file holds, or would hold. Raises DataError with all its mistakes."""
    source = read_source(text, str(path))
    reading = MappingReading(source=source, problems=list(source.problems))
    mapping = None if source.root is None else _read_root(reading, source.root, path)
    if mapping is None or reading.problems:
        raise DataError(sorted(reading.problems, key=lambda each: (str(each.place is None), each.place)))
    return mapping


def _read_root(reading: MappingReading, root: Node, path: Path) -> TouchMapping:
    remedy = "A mapping file is a mapping with columns, files, timezone and the like."
    node = reading.mapping(root, ("timezone", "files", *_FILE_KEYS), remedy)
    if node is None:
        return TouchMapping(path=path)
    zone, entries = node.get("timezone"), node.get("files")
    shared = _read_file(reading, node, FileMapping())
    return TouchMapping(
        path=path,
        timezone=None if zone is None else reading.zone(zone),
        files=(shared,) if entries is None else _read_entries(reading, entries, shared),
    )


def _read_entries(reading: MappingReading, node: Node, shared: FileMapping) -> tuple[FileMapping, ...]:
    remedy = "`files` is a list of entries like {file: calls.csv, columns: {touch_id: id}}."
    if not isinstance(node, Sequence) or not node.items:
        reading.complain(node, f"Here stands {show(node)}.", remedy)
        return ()
    entries = []
    for item in node.items:
        entry = reading.mapping(item, ("file", *_FILE_KEYS), remedy)
        if entry is None:
            continue
        name = entry.get("file")
        if name is None:
            reading.complain(item, "This entry names no file.", remedy)
        pattern = None if name is None else reading.text(name, "`file` is the name of a file, or a glob.")
        entries.append(dataclasses.replace(_read_file(reading, entry, shared), pattern=pattern))
    return tuple(entries)


def _read_file(reading: MappingReading, node: Mapping, shared: FileMapping) -> FileMapping:
    """What one file is told, on top of what all are."""
    encoding, delimiter = node.get("encoding"), node.get("delimiter")
    keep, where, columns = node.get("keep"), node.get("where"), node.get("columns")
    own = () if columns is None else _read_columns(reading, columns)
    return FileMapping(
        columns=tuple((dict(shared.columns) | dict(own)).items()),
        keep=shared.keep if keep is None else _read_keep(reading, keep),
        where=shared.where if where is None else _read_where(reading, where),
        encoding=shared.encoding if encoding is None else _read_encoding(reading, encoding),
        delimiter=shared.delimiter if delimiter is None else _read_delimiter(reading, delimiter),
    )


def _read_encoding(reading: MappingReading, node: Node) -> str | None:
    remedy = "An encoding is a name like utf-8, cp1252 or utf-16."
    text = reading.text(node, remedy)
    try:
        "".encode(text or "utf-8")
    except (LookupError, ValueError):
        reading.complain(node, f"{quoted(text or '')} is no encoding.", remedy)
    return "utf-8-sig" if text and text.lower().replace("_", "-") in {"utf-8", "utf8"} else text


def _read_delimiter(reading: MappingReading, node: Node) -> str | None:
    text = reading.text(node, 'A delimiter is one character, like ";" or "\\t".')
    if text is not None and (len(text) != 1 or text in '"\r\n\0'):
        reading.complain(node, f"{quoted(text)} is no delimiter.", 'It is one character, like ";" or "\\t".')
    return text


def _read_keep(reading: MappingReading, node: Node) -> tuple[Column, ...] | None:
    if isinstance(node, Sequence):
        return tuple(column for item in node.items if (column := reading.column(item)))
    word = reading.word(node, ("all", "none"), "`keep` is a list of columns, or one of")
    return () if word == "none" else None


def _read_where(reading: MappingReading, node: Node) -> tuple[Selected, ...]:
    remedy = "`where` is like {stream: calls} or {is_deleted: [false, null]}; `data.id` reaches into records."
    mapping = reading.mapping(node, (), remedy)
    conditions = []
    for key, value in mapping.items if mapping else ():
        items = value.items if isinstance(value, Sequence) else (value,)
        if all(isinstance(item, Scalar) for item in items):
            scalars = cast(tuple[Scalar, ...], items)
            texts = tuple(None if item.value is None else item.text for item in scalars)
            conditions.append(
                Selected(column=Column(name=key.text, nested="." in key.text, place=key.place), values=texts)
            )
        else:
            reading.complain(value, f"Here stands {show(value)}.", remedy)
    return tuple(conditions)


def _read_columns(reading: MappingReading, node: Node) -> tuple[tuple[str, FieldMapping], ...]:
    mapping = reading.mapping(node, (), "`columns` says for each field where it comes from: {touch_id: id}.")
    fields = []
    for key, value in mapping.items if mapping else ():
        if key.text in RESERVED_NAMES or key.text in DERIVED_FIELDS or not key.text.strip():
            taken = ", ".join(sorted({*RESERVED_NAMES, *DERIVED_FIELDS}))
            reading.complain(
                key, f"{quoted(key.text)} cannot be a field.", f"No field may be called {taken}."
            )
        elif found := read_field(reading, value):
            fields.append((key.text, found))
    return tuple(fields)
