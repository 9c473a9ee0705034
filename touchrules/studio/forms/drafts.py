"""Drafts of rules: what somebody writes on a form before it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from touchrules.language import nodes
from touchrules.language.nodes import plain_value
from touchrules.language.source import Source
from touchrules.language.writer import AddRule, Change, SetRule, change_rulebook
from touchrules.studio.state import StudioState

Keys = Mapping[str, Any]

KEYS_IN_ORDER: Final = (
    "id",
    "title",
    "why",
    "source",
    "severity",
    "when",
    "given",
    "unless",
    "where",
    "expect",
    "say",
    "advise",
)
_KEPT: Final = frozenset({"id", "title", "severity", "when"})
_FRESH: Final[Keys] = {"severity": "medium", "when": {"kind": "call", "direction": "outbound"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rule as it is being written. `rule`: the one that it changes; "" for a new one.

    `base`: what that rule said when the draft began.
    """

    file: str
    rule: str
    base: Keys
    keys: Keys

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what stands."""
        return dict(self.keys) != dict(self.base)


def open_draft(studio: StudioState, rule: str) -> Draft:
    """Return a draft of a rule that says what stands."""
    _, book = studio.find(rule)
    source = studio.source_of(book)
    keys = keys_of(source, rule)
    return Draft(file=source.file, rule=rule, base=keys, keys=keys)


def new_draft(studio: StudioState) -> Draft:
    """Return the draft of a new rule in the rulebook of the chosen one."""
    _, book = studio.find(studio.rule)
    keys = {"id": free_id(studio, "new-rule"), "title": "", **_FRESH}
    return Draft(file=studio.source_of(book).file, rule="", base={}, keys=keys)


def free_id(studio: StudioState, wanted: str) -> str:
    """Return an id that no rule has, as near to the wanted one as can be."""
    taken = {rule.id for book in studio.state.rulebooks for rule in book.rules}
    tries = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in tries if one not in taken)


def keys_of(source: Source, rule: str) -> dict[str, Any]:
    """Return what a rule says, as plain values; empty if there is no such rule."""
    node = node_of(source, rule)
    keys = None if node is None else plain_value(node)
    return keys if isinstance(keys, dict) else {}


def node_of(source: Source, rule: str) -> nodes.Mapping | None:
    """Return where a rule stands in a text."""
    rules = source.root.get("rules") if isinstance(source.root, nodes.Mapping) else None
    for item in rules.items if isinstance(rules, nodes.Sequence) else ():
        name = item.get("id") if isinstance(item, nodes.Mapping) else None
        if isinstance(item, nodes.Mapping) and isinstance(name, nodes.Scalar) and name.text == rule:
            return item
    return None


def put(draft: Draft, key: str, value: object) -> Draft:
    """Return the draft with another value of a key; a key that need not be there goes with its value."""
    if value in ("", None, [], {}) and key not in _KEPT:
        return replace(draft, keys={name: inner for name, inner in draft.keys.items() if name != key})
    keys = {**draft.keys, key: value}
    if draft.rule:
        return replace(draft, keys=keys)
    order = [name for name in KEYS_IN_ORDER if name in keys]
    return replace(draft, keys={name: keys[name] for name in (*order, *(set(keys) - set(order)))})


def rebase(draft: Draft, now: Keys) -> Draft:
    """Return the draft on top of what stands now: what it does not change is as it stands."""
    mine = {key for key in {*draft.keys, *draft.base} if draft.keys.get(key) != draft.base.get(key)}
    keys = {key: value for key, value in now.items() if key not in mine or key in draft.keys}
    keys |= {key: draft.keys[key] for key in draft.keys if key in mine}
    return replace(draft, base=dict(now), keys=keys)


def text_of_draft(studio: StudioState, draft: Draft) -> str:
    """Return the text of the rulebook with the draft in it. Raises ArgumentError if its id is taken."""
    source = studio.source_at(draft.file)
    return change_rulebook(studio.text_of(source), [change_of(draft)])


def change_of(draft: Draft) -> Change:
    """Return the change of a rulebook that a draft asks for."""
    if draft.rule:
        return SetRule(rule=draft.rule, keys=draft.keys)
    return AddRule(rule=draft.keys)
