"""Which parameters a rule depends on, by the words of its rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence
from touchrules.language.source import Source

_NAMED: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


def parameters_of_rule(source: Source, rule: str) -> frozenset[str]:
    """Return the parameters that a rule names, itself or by what it builds on."""
    return _walk(source, rule)[0]


def names_of_rule(source: Source, rule: str) -> frozenset[str]:
    """Return the rules, signals and facts of its rulebook that a rule builds on, itself among them."""
    return _walk(source, rule)[1]


def words_of(source: Source) -> frozenset[str]:
    """Return all keys and values that stand in a rulebook, as they are written."""
    return frozenset() if source.root is None else frozenset(_texts(source.root))


def _walk(source: Source, rule: str) -> tuple[frozenset[str], frozenset[str]]:
    if not isinstance(source.root, Mapping):
        return frozenset(), frozenset()
    parts = dict(_parts(source.root))
    found: set[str] = set()
    reached: set[str] = set()
    waiting = [rule]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in parts:
            continue
        reached.add(name)
        for text in _texts(parts[name]):
            found.update(one or other for one, other in _NAMED.findall(text))
            waiting.append(text)
    return frozenset(found), frozenset(reached)


def _parts(root: Mapping) -> Iterator[tuple[str, Node]]:
    """Yield the rules, signals and facts of a rulebook by their names."""
    rules = root.get("rules")
    if isinstance(rules, Sequence):
        for item in rules.items:
            if isinstance(item, Mapping) and isinstance(name := item.get("id"), Scalar):
                yield name.text, item
    for block in ("signals", "facts"):
        named = root.get(block)
        if isinstance(named, Mapping):
            for key, value in named.items:
                yield key.text, value


def _texts(node: Node) -> Iterator[str]:
    """Yield all keys and values below a node."""
    match node:
        case Scalar(text=text):
            yield text
        case Sequence(items=items):
            for item in items:
                yield from _texts(item)
        case Mapping(items=pairs):
            for key, value in pairs:
                yield key.text
                yield from _texts(value)
