"""Puts new YAML into the places of old YAML, touching no other character of the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from touchrules.errors import ArgumentError, Problem
from touchrules.language.nodes import resolve
from touchrules.language.spans import (
    alias_of,
    blank_at,
    blank_before,
    column_of,
    dash_of,
    end_of,
    end_of_item,
    end_of_pair,
    find_value,
    gap_at,
    is_block,
    line_end,
    line_start,
    newline_of,
)

_PLAIN: Final = re.compile(r"[\w$][\w $./%'-]*")
_NOT_PLAIN: Final = frozenset(
    {"y", "n", "yes", "no", "on", "off"}
)  # other programs take them for true and false
_WIDEST: Final = 120
"""A line of a list in brackets goes on in the next one from here."""


def compose(text: str) -> Any:
    """Return ruamel's node of the whole text, a mapping. Raises ArgumentError if it is none."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        message = f"This text cannot be changed, since it is no good YAML: {str(error).splitlines()[0]}."
        raise ArgumentError(
            Problem(message=message, remedy="Change it by hand; `touchrules check` tells where it fails.")
        ) from error
    if root is None or root.id != "mapping":
        raise ArgumentError(
            Problem(message="This text is no rulebook.", remedy="Give the text of a rulebook.")
        )
    return root


def replace_value(text: str, mapping: Any, key: str, value: object) -> str:
    """Return the text with another value of a key that is there."""
    pair = find_value(mapping, key)
    if pair is None:
        raise KeyError(key)
    name, old = pair
    alias = alias_of(text, name, old)
    if alias:
        return text[: alias.start(1)] + write_flow(value) + text[alias.end(1) :]
    start, end = old.start_mark.index, end_of(text, old)
    new = _like(text[start:end], value) if old.id == "scalar" else write_flow(value)
    if start == end or is_block(old, "mapping") or is_block(old, "sequence"):
        start = text.index(":", name.end_mark.index) + 1
        end = max(start, end_of(text, old)) if old.value else start
        new = f" {new}"
    return text[:start] + new + text[end:]


def replace_item(text: str, item: Any, value: object) -> str:
    """Return the text with another value in the place of an item of a list."""
    start, end = item.start_mark.index, end_of(text, item)
    new = _like(text[start:end], value) if item.id == "scalar" else write_flow(value)
    blank = " " if start == end and text[start - 1] == "-" else ""
    return f"{text[:start]}{blank}{new}{text[end:]}"


def add_key(text: str, mapping: Any, key: str, value: object) -> str:
    """Return the text with a new last key of a mapping."""
    if mapping.flow_style:
        end = mapping.end_mark.index - 1
        begin = text[:end].rstrip() if mapping.value else text[:end]
        comma = ", " if mapping.value and not begin.endswith(",") else ""
        return f"{begin}{comma}{write_flow(key)}: {write_flow(value)}{text[end:]}"
    column = mapping.value[0][0].start_mark.column
    line = f"{' ' * column}{write_flow(key)}: {write_flow(value)}"
    return _insert_lines(text, line_end(text, end_of(text, mapping)), line)


def remove_key(text: str, mapping: Any, number: int, kept: int) -> str:
    """Return the text without the key of that number; `kept` is the number of the first that stays."""
    name, value = mapping.value[number]
    start, end = name.start_mark.index, end_of_pair(text, name, value)
    if number < kept and (mapping.flow_style or number == 0):
        return text[:start] + text[end + gap_at(text, end) :]
    if mapping.flow_style:
        return text[: end_of_pair(text, *mapping.value[number - 1])] + text[end:]
    return _cut_lines(text, line_start(text, start), line_end(text, end))


def add_item(text: str, sequence: Any, value: object, after: Any = None) -> str:
    """Return the text with a new item in a list that is not empty, behind one of its items or the last."""
    after = sequence.value[-1] if after is None else after
    if sequence.flow_style:
        end = end_of(text, after)
        return f"{text[:end]}{_separated(text, after, write_flow(value))}{text[end:]}"
    return add_text_of_item(text, sequence, after, _write_item(text, after, value))


def add_first_item(text: str, sequence: Any, value: object) -> str:
    """Return the text with a new first item in a list that is not empty."""
    first = sequence.value[0]
    if sequence.flow_style:
        start = first.start_mark.index
        return f"{text[:start]}{write_flow(value)}, {text[start:]}"
    start = line_start(text, dash_of(text, first))
    return f"{text[:start]}{_write_item(text, first, value)}{newline_of(text)}{text[start:]}"


def add_text_of_item(text: str, sequence: Any, after: Any, item: str) -> str:
    """Return the text with the lines of a new item, a blank line before it if other items have one."""
    blank = newline_of(text) if _is_spaced(text, sequence) else ""
    return _insert_lines(text, end_of_item(text, after), f"{blank}{item}")


def remove_item(text: str, sequence: Any, item: Any) -> str:
    """Return the text without one item of a list that has others."""
    number = sequence.value.index(item)
    if sequence.flow_style:
        return remove_from_flow(text, sequence, number, number + 1)
    start = line_start(text, dash_of(text, item))
    end = line_end(text, end_of(text, item))
    if before := blank_before(text, start):
        start -= before
    elif item is not sequence.value[-1]:
        end += blank_at(text, end)
    return _cut_lines(text, start, end)


def remove_from_flow(text: str, sequence: Any, first: int, last: int) -> str:
    """Return the text without the items from `first` up to `last` of a list in brackets, which has others."""
    items = sequence.value
    start, end = items[first].start_mark.index, end_of(text, items[last - 1])
    if last < len(items):
        return text[:start] + text[items[last].start_mark.index :]
    before = end_of(text, items[first - 1])
    if "#" not in text[before:start]:
        return text[:before] + text[end:]
    return text[:start] + re.sub(r"\A\s*,", "", text[end:])


def _is_spaced(text: str, sequence: Any) -> bool:
    """Return whether blank lines stand between the items of a list."""
    for item, following in pairwise(sequence.value):
        between = text[line_end(text, end_of(text, item)) : line_start(text, dash_of(text, following))]
        if any(not line.strip() for line in between.splitlines()):
            return True
    return False


def _separated(text: str, after: Any, item: str) -> str:
    """Write an item behind another in brackets, on a line of its own where lines are full."""
    start = line_start(text, after.start_mark.index)
    width = line_end(text, after.start_mark.index) - start
    indent = re.compile(r"[ \t]*").match(text, start)
    alone = indent is not None and text[start : after.start_mark.index].count("[") == 0
    if alone and width + len(item) > _WIDEST and indent is not None:
        return f",{newline_of(text)}{indent[0]}{item}"
    return f", {item}"


def _write_item(text: str, beside: Any, value: object) -> str:
    """Write an item of a list in lines, set in like another one."""
    column = column_of(text, beside)
    if isinstance(value, Mapping) and value and beside.id == "mapping" and not beside.flow_style:
        return f"{' ' * column}- {write_block(value, indent=column + 2, newline=newline_of(text))}"
    return f"{' ' * column}- {write_flow(value)}"


def write_block(values: Mapping[str, object], *, indent: int, newline: str) -> str:
    """Write a mapping with one key on each line, all but the first indented."""
    lines = (f"{write_flow(key)}: {write_flow(value)}" for key, value in values.items())
    return f"{newline}{' ' * indent}".join(lines)


def write_flow(value: object) -> str:
    """Write plain Python values on one line of YAML.

    >>> write_flow({"kind": ["call", "note: x"], "icp": True, "step": 2})
    '{kind: [call, "note: x"], icp: true, step: 2}'
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value).replace("inf", ".inf").replace("nan", ".nan")
        case str():
            return _write_text(value)
        case Mapping():
            pairs = (f"{write_flow(key)}: {write_flow(inner)}" for key, inner in value.items())
            return "{" + ", ".join(pairs) + "}"
        case Sequence():
            return f"[{', '.join(write_flow(inner) for inner in value)}]"
        case _:
            raise TypeError(f"{type(value).__name__} has no form in a rulebook")


def _write_text(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text == text.strip() and isinstance(resolve(text), str)
    if plain and text.lower() not in _NOT_PLAIN:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _like(old: str, value: object) -> str:
    """Write a value in the kind of quotes that the old one has."""
    if isinstance(value, str) and old[:1] == '"':
        new = _write_text(value)
        return new if new.startswith('"') else f'"{new}"'
    if isinstance(value, str) and old[:1] == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return write_flow(value)


def _insert_lines(text: str, end: int, lines: str) -> str:
    """Put lines where a line begins, or behind the last one."""
    newline = newline_of(text)
    if text[:end].endswith("\n"):
        return f"{text[:end]}{lines}{newline}{text[end:]}"
    return f"{text[:end]}{newline}{lines}{text[end:]}"


def _cut_lines(text: str, start: int, end: int) -> str:
    """Take lines out; a text whose last line has no end keeps none."""
    if end == len(text) and not text.endswith("\n"):
        return re.sub(r"\r?\n\Z", "", text[:start])
    return text[:start] + text[end:]
