"""Reads what a mapping file says of one field."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Final, cast

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, quoted, show
from touchrules.streams.mapping import (
    DEFAULTS,
    NAMED_FORMATS,
    UNITS,
    Column,
    Default,
    FieldMapping,
    FirstPresent,
    Joined,
    Literally,
    Origin,
    Piece,
)
from touchrules.streams.mappingnodes import MappingReading

_ORIGINS: Final = ("column", "path", "constant", "join", "coalesce")
_FIELD_KEYS: Final = (*_ORIGINS, "separator", "lower", "values", "default", "format", "timezone", "unit")


def read_field(reading: MappingReading, node: Node) -> FieldMapping | None:
    """Where a field comes from: the name of a column, or a mapping that says more; None after a mistake."""
    if not isinstance(node, Mapping):
        column = reading.column(node)
        return None if column is None else FieldMapping(origin=column)
    reading.mapping(node, _FIELD_KEYS, "")
    origin = _read_origin(reading, node)
    zone, default, unit = node.get("timezone"), node.get("default"), node.get("unit")
    if (form := node.get("format")) is not None and unit is not None:
        reading.complain(
            unit, "`unit` and `format` do not go together.", "One is for numbers, one for times."
        )
    if default is not None and node.get("values") is None:
        reading.complain(default, "`default` stands here without `values`.", "Give both, or neither.")
    word = None if default is None else reading.word(default, DEFAULTS, "`default` is one of")
    return (
        None
        if origin is None
        else FieldMapping(
            origin=origin,
            lower=_read_lower(reading, node.get("lower")),
            values=_read_values(reading, node.get("values")),
            default=cast(Default, word or "keep"),
            format=_read_format(reading, form) or (None if zone is None else "iso"),
            timezone=None if zone is None else reading.zone(zone),
            unit=None if unit is None else reading.word(unit, UNITS, "Units"),
        )
    )


def _read_origin(reading: MappingReading, node: Mapping) -> Origin | None:
    named = [key for key, _ in node.items if key.text in _ORIGINS]
    if len(named) != 1:
        remedy = f"Say once where the field comes from: {', '.join(_ORIGINS)}."
        reading.complain(node, f"This field says {len(named)} times where it comes from.", remedy)
        return None
    kind, value = named[0].text, cast(Node, node.get(named[0].text))
    separator = node.get("separator")
    if separator is not None and kind != "join":
        reading.complain(separator, "`separator` goes with `join` only.", "Take it out.")
    if kind in {"column", "path"}:
        column = reading.column(value)
        return dataclasses.replace(column, nested=kind == "path") if column else None
    if kind == "constant":
        text = reading.text(value, "A constant is one value.")
        return None if text is None else Literally(text=text)
    pieces = _read_pieces(reading, value)
    if kind == "coalesce":
        return FirstPresent(pieces=pieces) if pieces else None
    between = "" if separator is None else reading.text(separator, "A separator is a text.") or ""
    return Joined(pieces=pieces, separator=between) if pieces else None


def _read_pieces(reading: MappingReading, node: Node) -> tuple[Piece, ...] | None:
    remedy = "Give a list of columns, {path: data.id} and {text: something}."
    if not isinstance(node, Sequence) or not node.items:
        reading.complain(node, f"Here stands {show(node)}.", remedy)
        return None
    pieces: list[Piece] = []
    for item in node.items:
        literal = item.get("text") if isinstance(item, Mapping) and len(item.items) == 1 else None
        path = item.get("path") if isinstance(item, Mapping) and len(item.items) == 1 else None
        if isinstance(literal, Scalar):
            pieces.append(Literally(text=literal.text))
        elif isinstance(path, Scalar):
            pieces.append(Column(name=path.text, nested=True, place=path.place))
        elif isinstance(item, Scalar) and (column := reading.column(item)):
            pieces.append(column)
        else:
            reading.complain(item, f"Here stands {show(item)}.", remedy)
    return tuple(pieces)


def _read_lower(reading: MappingReading, node: Node | None) -> bool:
    return node is not None and reading.word(node, ("true", "false"), "`lower` is one of") == "true"


def _read_values(reading: MappingReading, node: Node | None) -> tuple[tuple[str, str | None], ...]:
    if node is None:
        return ()
    mapping = reading.mapping(node, (), "`values` maps texts: {Left voicemail: no_answer, n/a: null}.")
    pairs: list[tuple[str, str | None]] = []
    for key, value in mapping.items if mapping else ():
        if isinstance(value, Scalar):
            pairs.append((key.text, None if value.value is None else value.text))
        else:
            reading.complain(value, f"Here stands {show(value)}.", "A value becomes one text, or null.")
    return tuple(pairs)


def _read_format(reading: MappingReading, node: Node | None) -> str | None:
    text = None if node is None else reading.text(node, "A format is a text.")
    if node is None or text is None or text in NAMED_FORMATS:
        return text
    remedy = f"Use {', '.join(NAMED_FORMATS)}, or a pattern of Python's strptime, like %d.%m.%Y %H:%M."
    try:
        usable = "%" in text and bool(datetime(2000, 1, 1).strftime(text)) and _parses(text)
    except ValueError:
        usable = False
    if not usable:
        reading.complain(node, f"{quoted(text)} is no time format.", remedy)
    return text


def _parses(pattern: str) -> bool:
    """Whether strptime knows all of a pattern: it must read what strftime wrote with it."""
    written = datetime(2000, 1, 1).astimezone().strftime(pattern)
    try:
        datetime.strptime(written, pattern)
    except ValueError as error:
        return "does not match format" in str(error)
    return True
