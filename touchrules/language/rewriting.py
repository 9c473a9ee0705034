"""Has a value in a rulebook's text say something else, and leaves the pieces that say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from touchrules.language.spans import alias_of, find_value, is_whole, plain_of
from touchrules.language.splices import (
    add_first_item,
    add_item,
    add_key,
    remove_from_flow,
    remove_item,
    remove_key,
    replace_item,
    replace_value,
)

# All of these change the last of what differs first, so that the places of what stands before it stay right.


def rewrite_mapping(text: str, node: Any, wanted: Mapping[str, object]) -> str:
    """Return the text with a mapping that says what is wanted, and no more; what is added stands at its end.

    One of its keys at least must stay.
    """
    names = [key.value for key, _ in node.value]
    for key in reversed([key for key in wanted if key not in names]):
        text = add_key(text, node, key, wanted[key])
    kept = next(number for number, name in enumerate(names) if name in wanted)
    for number, (key, value) in reversed([*enumerate(node.value)]):
        if key.value not in wanted:
            text = remove_key(text, node, number, kept)
        elif _mark(plain_of(value)) != _mark(wanted[key.value]):
            text = rewrite_value(text, node, key.value, wanted[key.value])
    return text


def rewrite_value(text: str, mapping: Any, key: str, wanted: object) -> str:
    """Return the text with another value of a key that is there."""
    pair = find_value(mapping, key)
    if pair is None:
        raise KeyError(key)
    name, old = pair
    if alias_of(text, name, old) or not _can_stay(old, wanted):
        return replace_value(text, mapping, key, wanted)
    return _rewrite(text, old, wanted)


def _rewrite(text: str, node: Any, wanted: Any) -> str:
    if node.id == "mapping":
        return rewrite_mapping(text, node, wanted)
    return _rewrite_list(text, node, wanted)


def _can_stay(node: Any, wanted: object) -> bool:
    """Return whether a value can be changed in parts; none of them may be an alias or have an anchor."""
    if not is_whole(node) or not node.value or not wanted:
        return False
    if node.id == "mapping":
        return isinstance(wanted, Mapping) and any(key.value in wanted for key, _ in node.value)
    return node.id == "sequence" and isinstance(wanted, Sequence) and not isinstance(wanted, str)


def _rewrite_list(text: str, node: Any, wanted: Sequence[object]) -> str:
    """Change only those items of a list that differ."""
    old = [_mark(plain_of(item)) for item in node.value]
    steps = SequenceMatcher(a=old, b=[_mark(one) for one in wanted], autojunk=False).get_opcodes()
    for kind, first, last, begin, stop in reversed(steps):
        if kind == "equal":
            continue
        paired = min(last - first, stop - begin)
        text = _add_items(text, node, first + paired, wanted[begin + paired : stop])
        text = _remove_items(text, node, first + paired, last)
        for item, value in reversed([*zip(node.value[first:], wanted[begin : begin + paired], strict=False)]):
            text = _rewrite_item(text, item, value)
    return text


def _rewrite_item(text: str, item: Any, wanted: object) -> str:
    return _rewrite(text, item, wanted) if _can_stay(item, wanted) else replace_item(text, item, wanted)


def _add_items(text: str, sequence: Any, number: int, values: Sequence[object]) -> str:
    """Put items behind so many of a list."""
    for value in reversed(values):
        if number:
            text = add_item(text, sequence, value, sequence.value[number - 1])
        else:
            text = add_first_item(text, sequence, value)
    return text


def _remove_items(text: str, sequence: Any, first: int, last: int) -> str:
    if first == last:
        return text
    if sequence.flow_style:
        return remove_from_flow(text, sequence, first, last)
    for item in reversed(sequence.value[first:last]):
        text = remove_item(text, sequence, item)
    return text


def _mark(value: object) -> str:
    """Return what tells values apart: 1 and 1.0 are one, 1, true and "1" are three."""
    return json.dumps(_normal(value), sort_keys=True)


def _normal(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _normal(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
