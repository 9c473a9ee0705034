"""Writes a mapping file, as `read_mapping` reads it."""

from __future__ import annotations

from typing import Any, assert_never

from touchrules.language.splices import write_flow
from touchrules.streams.mapping import (
    Column,
    FieldMapping,
    FileMapping,
    FirstPresent,
    Joined,
    Literally,
    Origin,
    Piece,
    TouchMapping,
)


def write_mapping(mapping: TouchMapping) -> str:
    """Return the text of a mapping file: reading it gives the same mapping."""
    lines = [] if mapping.timezone is None else [f"timezone: {write_flow(mapping.timezone)}"]
    if mapping.files[0].pattern is None:
        return "\n".join([*lines, *_file(mapping.files[0])] or ["keep: all"]) + "\n"
    lines.append("files:")
    for one in mapping.files:
        first, *others = [f"file: {write_flow(one.pattern)}", *_file(one)]
        lines += [f"  - {first}", *(f"    {line}" for line in others)]
    return "\n".join(lines) + "\n"


def _file(one: FileMapping) -> list[str]:
    encoding = "utf-8" if one.encoding == "utf-8-sig" else one.encoding
    plain = (("encoding", encoding), ("delimiter", one.delimiter))
    lines = [f"{name}: {write_flow(value)}" for name, value in plain if value is not None]
    if one.keep is not None:
        kept = [column.name for column in one.keep]
        lines.append(f"keep: {write_flow(kept) if kept else 'none'}")
    if one.where:
        wanted = {condition.column.name: list(condition.values) for condition in one.where}
        lines.append(f"where: {write_flow(wanted)}")
    if one.columns:
        lines.append("columns:")
        lines += [f"  {write_flow(name)}: {write_flow(plain_field(field))}" for name, field in one.columns]
    return lines


def plain_field(field: FieldMapping) -> Any:
    """Return what a mapping file says of one field: the name of a column, or a mapping that says more."""
    more: dict[str, Any] = {"lower": True} if field.lower else {}
    if field.values:
        more["values"] = dict(field.values)
        if field.default != "keep":
            more["default"] = field.default
    named = (("format", field.format), ("timezone", field.timezone), ("unit", field.unit))
    more |= {name: value for name, value in named if value is not None}
    if isinstance(field.origin, Column) and not field.origin.nested and not more:
        return field.origin.name
    return {**_origin(field.origin), **more}


def _origin(origin: Origin) -> dict[str, Any]:
    match origin:
        case Column(name=name, nested=nested):
            return {"path" if nested else "column": name}
        case Literally(text=text):
            return {"constant": text}
        case FirstPresent(pieces=pieces):
            return {"coalesce": [_piece(one) for one in pieces]}
        case Joined(pieces=pieces, separator=separator):
            joined = {"join": [_piece(one) for one in pieces]}
            return {**joined, "separator": separator} if separator else joined
        case _:
            assert_never(origin)


def _piece(piece: Piece) -> Any:
    return {"text": piece.text} if isinstance(piece, Literally) else _column(piece)


def _column(column: Column) -> Any:
    return {"path": column.name} if column.nested else column.name
