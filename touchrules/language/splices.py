"""Puts new YAML into the places of old YAML, touching no other character of the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from touchrules.errors import ArgumentError, Problem
from touchrules.language.nodes import resolve

_PLAIN: Final = re.compile(r"[\w$][\w $./%'-]*")
_ALIAS: Final = re.compile(r"\s*:\s*(\*[^\s,\[\]{}]+)")
_NOT_PLAIN: Final = frozenset(
    {"y", "n", "yes", "no", "on", "off"}
)  # other programs take them for true and false


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


def find_value(mapping: Any, key: str) -> tuple[Any, Any] | None:
    """Return the nodes of a key and its value, or None if the node has no such key."""
    pairs = mapping.value if mapping.id == "mapping" else ()
    return next(((name, value) for name, value in pairs if name.value == key), None)


def find_item(sequence: Any, key: str, value: str) -> Any:
    """Return the mapping in a list whose key has this value, or None."""
    items = sequence.value if sequence.id == "sequence" else ()
    named = ((item, find_value(item, key)) for item in items)
    return next((item for item, pair in named if pair is not None and pair[1].value == value), None)


def replace_value(text: str, mapping: Any, key: str, value: object) -> str:
    """Return the text with another value of a key that is there."""
    pair = find_value(mapping, key)
    if pair is None:
        raise KeyError(key)
    name, old = pair
    alias = _ALIAS.match(text, name.end_mark.index)
    if alias and old.start_mark.index < name.start_mark.index:
        return text[: alias.start(1)] + write_flow(value) + text[alias.end(1) :]
    if _is_list(value) and value and _is_block(old, "sequence") and all(i.id == "scalar" for i in old.value):
        return _replace_items(text, old, value)
    start, end = old.start_mark.index, _end(text, old)
    new = _like(text[start:end], value) if old.id == "scalar" else write_flow(value)
    if start == end or _is_block(old, "mapping") or _is_block(old, "sequence"):
        start = text.index(":", name.end_mark.index) + 1
        end = max(start, _end(text, old)) if old.value else start
        new = f" {new}"
    return text[:start] + new + text[end:]


def add_key(text: str, mapping: Any, key: str, value: object) -> str:
    """Return the text with a new last key of a mapping."""
    if mapping.flow_style:
        end = mapping.end_mark.index - 1
        begin = text[:end].rstrip() if mapping.value else text[:end]
        comma = ", " if mapping.value and not begin.endswith(",") else ""
        return f"{begin}{comma}{write_flow(key)}: {write_flow(value)}{text[end:]}"
    column = mapping.value[0][0].start_mark.column
    return _insert_line(text, _end(text, mapping), f"{' ' * column}{write_flow(key)}: {write_flow(value)}")


def add_item(text: str, sequence: Any, value: Mapping[str, object]) -> str:
    """Return the text with a new last mapping in a list that is not empty."""
    if sequence.flow_style:
        end = sequence.end_mark.index - 1
        return f"{text[:end].rstrip().removesuffix(',')}, {write_flow(value)}{text[end:]}"
    dash = _dash(text, sequence.value[-1])
    column = dash - _line_start(text, dash)
    block = write_block(value, indent=column + 2, newline=_newline(text))
    return _insert_line(text, _end(text, sequence), f"{' ' * column}- {block}")


def remove_item(text: str, sequence: Any, item: Any) -> str:
    """Return the text without one item of a list that has others."""
    if sequence.flow_style:
        return _remove_from_flow(text, sequence, item)
    start = _line_start(text, _dash(text, item))
    end = _line_end(text, _end(text, item))
    blank = re.compile(r"[ \t]*\r?\n").match(text, end)
    return text[:start] + text[blank.end() if blank else end :]


def lines_of_pair(text: str, key: Any, value: Any) -> tuple[int, int]:
    """Return where the lines of a key with its value begin and end, in a mapping written as a block."""
    return _line_start(text, key.start_mark.index), _line_end(text, _end_of_pair(text, key, value))


def lines_of_item(text: str, item: Any) -> tuple[int, int]:
    """Return where the lines of an item of a block list begin and end."""
    return _line_start(text, _dash(text, item)), _line_end(text, _end(text, item))


def newline_of(text: str) -> str:
    """Return the ends of lines of a text."""
    return _newline(text)


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


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_block(node: Any, kind: str) -> bool:
    return bool(node.id == kind and not node.flow_style)


def _replace_items(text: str, sequence: Any, value: Any) -> str:
    """Change only those lines of a block list of texts whose items differ."""
    old = [item.value for item in sequence.value]
    new = list(value)
    dash = _dash(text, sequence.value[0])
    column = dash - _line_start(text, dash)
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    for _, first, last, begin, stop in reversed([step for step in steps if step[0] != "equal"]):
        lines = "".join(f"{' ' * column}- {write_flow(item)}{_newline(text)}" for item in new[begin:stop])
        if first == len(old):
            text = _insert_line(text, _end(text, sequence.value[-1]), lines.rstrip("\r\n"))
            continue
        start = _line_start(text, _dash(text, sequence.value[first]))
        end = _line_end(text, _end(text, sequence.value[last - 1])) if last > first else start
        text = text[:start] + lines + text[end:]
    return text


def _remove_from_flow(text: str, sequence: Any, item: Any) -> str:
    at = sequence.value.index(item)
    if at:
        return text[: _end(text, sequence.value[at - 1])] + text[_end(text, item) :]
    return text[: item.start_mark.index] + text[sequence.value[1].start_mark.index :]


def _insert_line(text: str, after: int, line: str) -> str:
    """Put a line behind the one that holds this position."""
    end = _line_end(text, after)
    newline = _newline(text)
    if text[:end].endswith("\n"):
        return f"{text[:end]}{line}{newline}{text[end:]}"
    return f"{text[:end]}{newline}{line}{text[end:]}"


def _end(text: str, node: Any) -> int:
    """Return where the last character of a node stands; ruamel's own mark takes in comments that follow."""
    if node.id == "scalar":
        end = node.end_mark.index
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    if node.id == "sequence":
        return _end(text, last)
    return _end_of_pair(text, *last)


def _end_of_pair(text: str, key: Any, value: Any) -> int:
    alias = _ALIAS.match(text, key.end_mark.index)
    if alias and value.start_mark.index < key.start_mark.index:
        return alias.end()
    nothing = value.id == "scalar" and value.start_mark.index == value.end_mark.index
    return text.index(":", key.end_mark.index) + 1 if nothing else _end(text, value)


def _dash(text: str, item: Any) -> int:
    return text.rindex("-", 0, item.start_mark.index)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Return where the next line begins, or the end of the text."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
