"""Rulebooks as they would be with one of several differences alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from touchrules.language.diff import BLOCKS, Edition, find_rule
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    ParameterChanged,
    PartChanged,
    PhrasesChanged,
    RuleAdded,
    RulebookAdded,
    RulebookGone,
    RuleChanged,
    RuleGone,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
    keys_changed,
)
from touchrules.language.nodes import Mapping as Block
from touchrules.language.nodes import Node, Scalar
from touchrules.language.nodes import Sequence as Items
from touchrules.language.source import Source
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Graft:
    """Texts of rulebooks, and parameters (`rulebook.parameter`) whose values hold beside them."""

    sources: tuple[Source, ...]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def graft(before: Edition, after: Edition, one: Difference) -> Graft:
    """Return the earlier rulebooks with one difference; what is defined newly comes along.

    The texts are built of values, not written: whether they load is for `make_rulebooks` to say.
    """
    match one:
        case RulebookAdded():
            new = _source_of(after, one.rulebook)
            return Graft(sources=(*before.sources, new))
        case RulebookGone():
            gone = _source_of(before, one.rulebook)
            return Graft(sources=tuple(source for source in before.sources if source is not gone))
        case ParameterChanged():
            return Graft(
                sources=before.sources,
                parameters={f"{_old_name(before, after, one)}.{one.now.name}": one.now},
            )
        case PhrasesChanged(block="parameters"):
            book = next(book for book in after.rulebooks if book.name == one.rulebook)
            name = f"{_old_name(before, after, one)}.{one.name}"
            return Graft(sources=before.sources, parameters={name: book.parameters[one.name]})
        case LayoutChanged():
            return Graft(sources=before.sources)
        case _:
            return _graft_root(before, after, one)


def _old_name(before: Edition, after: Edition, one: Difference) -> str:
    """Return what the rulebook of a difference was called."""
    if any(book.name == one.rulebook for book in before.rulebooks):
        return one.rulebook
    file = _source_of(after, one.rulebook).file
    return next(book.name for book in before.rulebooks if book.file == file)


def _source_of(edition: Edition, rulebook: str) -> Source:
    file = next(book.file for book in edition.rulebooks if book.name == rulebook)
    return next(source for source in edition.sources if source.file == file)


def _graft_root(before: Edition, after: Edition, one: Difference) -> Graft:
    old = _source_of(before, _old_name(before, after, one))
    new = _source_of(after, one.rulebook)
    if not isinstance(old.root, Block) or not isinstance(new.root, Block):
        return Graft(sources=before.sources)
    root, brought = _with_new_parts(old.root, new.root)
    grafted = dataclasses.replace(old, root=_graft_part(root, new.root, one))
    book = next(book for book in after.rulebooks if book.name == one.rulebook)
    name = _old_name(before, after, one)
    return Graft(
        sources=tuple(grafted if source is old else source for source in before.sources),
        parameters={f"{name}.{key}": book.parameters[key] for key in brought if key in book.parameters},
    )


def _with_new_parts(old: Block, new: Block) -> tuple[Block, list[str]]:
    """Return the old text with all that is defined newly, and the names of new parameters."""
    brought: list[str] = []
    for block in BLOCKS:
        theirs, ours = new.get(block), old.get(block)
        if not isinstance(theirs, Block) or not (ours is None or isinstance(ours, Block)):
            continue
        known = {key.text for key, _ in ours.items} if ours is not None else set()
        added = tuple(pair for pair in theirs.items if pair[0].text not in known)
        if added:
            held = theirs if ours is None else dataclasses.replace(ours, items=(*ours.items, *added))
            old = _put(old, new, block, held)
            brought += [key.text for key, _ in added] if block == "parameters" else []
    return old, brought


def _graft_part(root: Block, new: Block, one: Difference) -> Block:
    match one:
        case FrameChanged():
            return _put(root, new, one.key, new.get(one.key))
        case PartChanged() | PhrasesChanged():
            theirs, ours = new.get(one.block), root.get(one.block)
            if isinstance(ours, Block):
                node = theirs.get(one.name) if isinstance(theirs, Block) else None
                source = theirs if isinstance(theirs, Block) else ours
                node = _with_keys(ours.get(one.name), node, one)
                return _put(root, new, one.block, _put(ours, source, one.name, node))
            return _put(root, new, one.block, theirs)
        case RuleAdded() | RuleGone() | RuleRenamed():
            return _graft_rules(root, new, one)
        case RuleChanged():
            return _graft_keys(root, new, one.rule, one.keys)
        case SeverityChanged():
            return _graft_keys(root, new, one.rule, ("severity",))
        case TextChanged():
            return _graft_keys(root, new, one.rule, (one.key,))
        case RuleSwitched():
            return _switch(root, one.rule)
        case ParameterChanged() | RulebookAdded() | RulebookGone() | LayoutChanged():
            return root
        case _:
            assert_never(one)


def _with_keys(old: Node | None, new: Node | None, one: PartChanged | PhrasesChanged) -> Node | None:
    """Return a part with the keys that a difference tells; a default is told for itself."""
    keys = keys_changed(one) if isinstance(one, PartChanged) else ()
    if not keys or not isinstance(old, Block) or not isinstance(new, Block):
        return new
    for key in keys:
        old = _put(old, new, key, new.get(key))
    return old


def _graft_rules(root: Block, new: Block, one: RuleAdded | RuleGone | RuleRenamed) -> Block:
    rules = root.get("rules")
    if not isinstance(rules, Items):
        return _put(root, new, "rules", new.get("rules"))
    gone = one.rule.id if isinstance(one, RuleGone) else one.was if isinstance(one, RuleRenamed) else None
    dropped = None if gone is None else find_rule(root, gone)
    added = None if isinstance(one, RuleGone) else find_rule(new, one.rule.id)
    kept = [item for item in rules.items if item is not dropped]
    items = (*kept, *((added,) if added is not None else ()))
    return _put(root, new, "rules", dataclasses.replace(rules, items=items))


def _graft_keys(root: Block, new: Block, rule: Rule, keys: Sequence[str]) -> Block:
    old, other = find_rule(root, rule.id), find_rule(new, rule.id)
    if old is None or other is None:
        return root
    changed = old
    for key in keys:
        changed = _put(changed, other, key, other.get(key))
    return _with_rule(root, old, changed)


def _switch(root: Block, rule: Rule) -> Block:
    old = find_rule(root, rule.id)
    if old is None:
        return root
    key = Scalar(place=old.place, text="enabled", value="enabled")
    node = Scalar(place=old.place, text=str(rule.enabled).lower(), value=rule.enabled)
    items = tuple(pair for pair in old.items if pair[0].text != "enabled")
    return _with_rule(root, old, dataclasses.replace(old, items=(*items, (key, node))))


def _with_rule(root: Block, old: Block, changed: Block) -> Block:
    rules = root.get("rules")
    if not isinstance(rules, Items):
        return root
    items = tuple(changed if item is old else item for item in rules.items)
    return _put(root, root, "rules", dataclasses.replace(rules, items=items))


def _put(block: Block, source: Block, key: str, node: Node | None) -> Block:
    """Return a mapping with a node under a key, named as in `source`; None: without that key."""
    items = tuple(
        (name, node if name.text == key else value)
        for name, value in block.items
        if name.text != key or node is not None
    )
    kept = tuple((name, value) for name, value in items if value is not None)
    if node is None or any(name.text == key for name, _ in kept):
        return dataclasses.replace(block, items=kept)
    name = next(name for name, _ in source.items if name.text == key)
    return dataclasses.replace(block, items=(*kept, (name, node)))
