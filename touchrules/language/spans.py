"""Tells where things stand in the text of a rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from touchrules.language.nodes import Plain, resolve

_ALIAS: Final = re.compile(r"\s*:\s*(\*[^\s,\[\]{}]+)")
_COMMENT: Final = re.compile(r"([ \t]*)#")
_BLANK: Final = re.compile(r"[ \t]*\r?\n")
_GAP: Final = re.compile(r"(?:[\s,]|#[^\n]*\n)*")


def find_value(mapping: Any, key: str) -> tuple[Any, Any] | None:
    """Return the nodes of a key and its value, or None if the node has no such key."""
    pairs = mapping.value if mapping.id == "mapping" else ()
    return next(((name, value) for name, value in pairs if name.value == key), None)


def find_item(sequence: Any, key: str, value: str) -> Any:
    """Return the mapping in a list whose key has this value, or None."""
    items = sequence.value if sequence.id == "sequence" else ()
    named = ((item, find_value(item, key)) for item in items)
    return next((item for item, pair in named if pair is not None and pair[1].value == value), None)


def plain_of(node: Any) -> Plain:
    """Return a node as plain Python values, by YAML 1.2's core schema."""
    if node.id == "scalar":
        return resolve(node.value) if node.style is None else str(node.value)
    if node.id == "sequence":
        return [plain_of(item) for item in node.value]
    return {key.value: plain_of(value) for key, value in node.value}


def alias_of(text: str, key: Any, value: Any) -> re.Match[str] | None:
    """Return where an alias stands as the value of a key, if one does."""
    alias = _ALIAS.match(text, key.end_mark.index)
    return alias if alias and value.start_mark.index < key.start_mark.index else None


def is_block(node: Any, kind: str) -> bool:
    """Return whether a node is of a kind, and written in lines rather than in brackets."""
    return bool(node.id == kind and not node.flow_style)


def is_whole(node: Any) -> bool:
    """Return whether all parts of a node stand within it, and nowhere else, unlike those of aliases."""
    start = node.start_mark.index
    return all(part.anchor is None and part.start_mark.index >= start for part in _parts(node))


def _parts(node: Any) -> Iterator[Any]:
    """Yield a node and all nodes in it."""
    yield node
    if node.id == "sequence":
        inner = node.value
    else:
        inner = [one for pair in node.value for one in pair] if node.id == "mapping" else ()
    for one in inner:
        yield from _parts(one)


def end_of(text: str, node: Any) -> int:
    """Return where the last character of a node stands; ruamel's own mark takes in comments that follow."""
    if node.id == "scalar":
        end = node.end_mark.index
        return len(text[:end].rstrip()) if node.style in ("|", ">") else end
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(text, last) if node.id == "sequence" else end_of_pair(text, *last)


def end_of_pair(text: str, key: Any, value: Any) -> int:
    """Return where the last character of a key with its value stands."""
    alias = alias_of(text, key, value)
    if alias:
        return alias.end()
    nothing = value.id == "scalar" and value.start_mark.index == value.end_mark.index
    return text.index(":", key.end_mark.index) + 1 if nothing else end_of(text, value)


def dash_of(text: str, item: Any) -> int:
    """Return where the dash before an item of a list stands."""
    return text.rindex("-", 0, item.start_mark.index)


def column_of(text: str, item: Any) -> int:
    """Return the column of the dash before an item of a list, from nought."""
    dash = dash_of(text, item)
    return dash - line_start(text, dash)


def line_start(text: str, index: int) -> int:
    """Return where the line begins that holds a position."""
    return text.rfind("\n", 0, index) + 1


def line_end(text: str, index: int) -> int:
    """Return where the next line begins, or the end of the text."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def end_of_item(text: str, item: Any) -> int:
    """Return where the line begins behind an item of a list, and behind comments that are set in under it."""
    column = column_of(text, item)
    end = line_end(text, end_of(text, item))
    while (comment := _COMMENT.match(text, end)) and len(comment[1]) > column:
        end = line_end(text, end)
    return end


def blank_at(text: str, index: int) -> int:
    """Return how many characters a blank line has that begins here; nought if none does."""
    blank = _BLANK.match(text, index)
    return len(blank[0]) if blank else 0


def blank_before(text: str, index: int) -> int:
    """Return how many characters a blank line has that ends here; nought if none does."""
    start = line_start(text, index - 1) if index else 0
    return index - start if index and blank_at(text, start) == index - start else 0


def gap_at(text: str, index: int) -> int:
    """Return how many characters, comments among them, part a value from what follows."""
    gap = _GAP.match(text, index)
    return len(gap[0]) if gap else 0


def newline_of(text: str) -> str:
    """Return what ends the lines of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def with_ends_of(text: str, other: str) -> str:
    """Return a text whose lines end as those of another text do.

    >>> with_ends_of("a\\nb\\r\\n", "c\\r\\n")
    'a\\r\\nb\\r\\n'
    """
    return text.replace("\r\n", "\n").replace("\n", newline_of(other))


def lines_of_pair(text: str, key: Any, value: Any) -> tuple[int, int]:
    """Return where the lines of a key with its value begin and end, in a mapping written as a block."""
    return line_start(text, key.start_mark.index), line_end(text, end_of_pair(text, key, value))


def lines_of_item(text: str, item: Any) -> tuple[int, int]:
    """Return where the lines of an item of a block list begin and end."""
    return line_start(text, dash_of(text, item)), line_end(text, end_of(text, item))
