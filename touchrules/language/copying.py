"""Copies an item of a list in a rulebook's text, as it is written."""

from __future__ import annotations

from typing import Any

from touchrules.language.nodes import Plain
from touchrules.language.spans import (
    dash_of,
    end_of,
    find_value,
    is_whole,
    line_end,
    line_start,
    plain_of,
)
from touchrules.language.splices import add_item, add_text_of_item, write_flow


def copy_item(text: str, sequence: Any, item: Any, key: str, name: str) -> str:
    """Return the text with an item once more, behind itself, with another name under that key.

    It is written as the item is, comments in it included; one with aliases or anchors is written anew.
    """
    if not is_whole(item):
        values: Plain = plain_of(item)
        return add_item(text, sequence, {**values, key: name} if isinstance(values, dict) else values, item)
    pair = find_value(item, key)
    if pair is None:
        raise KeyError(key)
    start, end = pair[1].start_mark.index, end_of(text, pair[1])
    if sequence.flow_style:
        first, last = item.start_mark.index, end_of(text, item)
        copied = text[first:start] + write_flow(name) + text[end:last]
        return f"{text[:last]}, {copied}{text[last:]}"
    first, last = line_start(text, dash_of(text, item)), line_end(text, end_of(text, item))
    copied = text[first:start] + write_flow(name) + text[end:last]
    return add_text_of_item(text, sequence, item, copied.rstrip("\r\n"))
