"""Which lines of a rulebook's text each of its parts takes: blocks, entries of blocks, and keys of these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from touchrules.language.spans import (
    alias_of,
    end_of_pair,
    find_item,
    find_value,
    line_start,
    lines_of_item,
    lines_of_pair,
    newline_of,
    plain_of,
)
from touchrules.language.splices import compose, write_flow

Path = tuple[str, ...]
"""A key of the rulebook; a block and the name of an entry in it; or these two and a key of that entry."""

_COMMENTS: Final = re.compile(r"(?:^[ \t]*#[^\n]*\n)+\Z", re.MULTILINE)


class Entries:
    """The parts beside which the last name of a path stands, by name, and where each begins and ends.

    `are_lines`: each takes whole lines; `are_in_brackets`: they stand in brackets. Neither: there are none.
    The first key of an item of a list begins behind the dash, which is the item's.
    """

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._values: dict[str, Any] = {}
        self.spans: dict[str, tuple[int, int]] = {}
        self.column = 0
        root = compose(text)
        block = _find(text, root, path[:-1])
        there = block is not None and block.id != "scalar" and bool(block.value)
        in_flow = there and bool(block.flow_style or root.flow_style)
        self.are_lines = there and not in_flow
        self.are_in_brackets = in_flow and block.id == "mapping"
        if self.are_lines:
            self._read_lines(block)
        elif self.are_in_brackets:
            for key, value in block.value:
                self.spans[key.value] = key.start_mark.index, end_of_pair(text, key, value)
                self._values[key.value] = value

    def _read_lines(self, block: Any) -> None:
        if block.id == "mapping":
            for key, value in block.value:
                start, end = lines_of_pair(self._text, key, value)
                own = key.start_mark.index
                self.spans[key.value] = start if self._text[start:own].isspace() or start == own else own, end
                self._values[key.value] = value
            self.column = block.value[0][0].start_mark.column
            return
        for item in block.value:
            name = find_value(item, "id")
            self.spans[name[1].value if name else ""] = lines_of_item(self._text, item)
        first = self._text[self.spans[next(iter(self.spans))][0] :]
        self.column = len(first) - len(first.lstrip(" "))

    @property
    def names(self) -> list[str]:
        """The names in the order of the text."""
        return list(self.spans)

    def would_be_empty_without(self, before: Entries) -> bool:
        """Say whether nothing would be left if what did not stand before went away."""
        return len(self.spans) == 1 and not set(self.spans) & set(before.spans)

    def piece(self, name: str) -> str:
        """Return a key with its value on one line; none if there is no such key."""
        if name not in self._values:
            return ""
        start, end = self.spans[name]
        if self.are_in_brackets and "\n" not in self._text[start:end]:
            return self._text[start:end]
        return f"{write_flow(name)}: {write_flow(plain_of(self._values[name]))}"

    def lines(self, name: str) -> str:
        """Return the lines of a part, its comment included; none if there is no such part."""
        if name not in self.spans:
            return ""
        if self.are_in_brackets:
            return self.piece(name) + newline_of(self._text)
        start, end = self.span(name)
        chunk = " " * (start - line_start(self._text, start)) + self._text[start:end]
        return chunk if chunk.endswith("\n") else chunk + newline_of(self._text)

    def span(self, name: str) -> tuple[int, int]:
        """Return where the lines of a part begin and end, with the comment directly above it."""
        start, end = self.spans[name]
        comment = _COMMENTS.search(self._text[:start])
        return (comment.start() if comment else start), end

    def place_for(self, name: str, order: Sequence[str]) -> int:
        """Return where a part belongs: behind the nearest one that stood before it."""
        earlier = order[: order.index(name)] if name in order else order
        known = next((one for one in reversed(earlier) if one in self.spans), None)
        if known is not None:
            return self.spans[known][1]
        start, end = self.spans[next(iter(self.spans))]
        return end if start != line_start(self._text, start) else self.span(next(iter(self.spans)))[0]


def _find(text: str, root: Any, path: Path) -> Any:
    """Return what stands under a path, or None; what stands elsewhere and is only named there is not."""
    node = root
    for name in path:
        if node.id == "sequence":
            node = find_item(node, "id", name)
        else:
            pair = find_value(node, name)
            node = None if pair is None or alias_of(text, *pair) else pair[1]
        if node is None:
            return None
    return node
