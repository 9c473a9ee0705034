"""What two editions of rulebooks differ in: parameters, phrases, rules, and what rules are made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from touchrules.language import nodes
from touchrules.language.describe import describe_rule, say_applies_to
from touchrules.language.differences import (
    Block,
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
    TextKey,
)
from touchrules.language.filling import parameter_in
from touchrules.language.nodes import Node, Plain, plain_value
from touchrules.language.source import Source
from touchrules.language.vocabulary import vocabulary_of
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.signals import PhraseCount

BLOCKS: Final[tuple[Block, ...]] = ("fields", "parameters", "signals", "facts", "sources")
TEXT_KEYS: Final[tuple[TextKey, ...]] = ("title", "why", "say", "advise")
FRAME: Final = ("rulebook", "title", "about", "version", "applies_to", "holidays", "business_hours", "claims")
"""The keys of a rulebook itself that are told one by one."""
_TOLD_APART: Final = frozenset({"id", "severity", "enabled", *TEXT_KEYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Rulebooks as they are at one time: what they mean, and how they are written."""

    rulebooks: tuple[Rulebook, ...]
    sources: tuple[Source, ...]


def diff_rulebooks(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """Return what differs, rulebook by rulebook, each difference once.

    Rules that read otherwise only because a parameter has another value are not told beside it.
    """
    pairs = list(_pairs(before, after))
    old = {was.name for was, _ in pairs}
    new = {now.name for _, now in pairs}
    added = [book for book in after.rulebooks if book.name not in new]
    gone = [book for book in before.rulebooks if book.name not in old]
    return (
        *(RulebookAdded(rulebook=one.name, title=one.title or one.name) for one in added),
        *(
            one
            for was, now in pairs
            if was is not now  # a rulebook that nobody touched is not made again
            for one in _diff_pair(_Written(before, was), _Written(after, now))
        ),
        *(RulebookGone(rulebook=one.name, title=one.title or one.name) for one in gone),
    )


def _pairs(before: Edition, after: Edition) -> Iterator[tuple[Rulebook, Rulebook]]:
    """Yield the rulebooks of both editions that belong together: of one name, else of one file."""
    old = {book.name: book for book in before.rulebooks}
    new = {book.name for book in after.rulebooks}
    by_file = {book.file: book for book in before.rulebooks if book.name not in new}
    for book in after.rulebooks:
        was = old.get(book.name) or by_file.get(book.file)
        if was is not None:
            yield was, book


class _Written:
    """A rulebook with its text and with those beside it."""

    def __init__(self, edition: Edition, book: Rulebook) -> None:
        self.book = book
        self.beside = edition.rulebooks
        source = next(one for one in edition.sources if one.file == book.file)
        self.lines = source.lines
        self.root = source.root if isinstance(source.root, nodes.Mapping) else None
        self.rules = {rule.id: rule for rule in book.rules}

    def reads(self, rule: Rule) -> str:
        return describe_rule(rule, self.book, self.beside)

    def applies_to(self) -> str:
        return say_applies_to(self.book, vocabulary_of(self.book, self.beside))

    def key(self, key: str) -> Plain | None:
        node = None if self.root is None else self.root.get(key)
        return None if node is None else plain_value(node)

    def block(self, block: Block) -> Mapping[str, Plain]:
        return _entries(None if self.root is None else self.root.get(block))

    def rule(self, rule: str) -> Mapping[str, Plain]:
        found = None if self.root is None else find_rule(self.root, rule)
        return _entries(found)

    def turned_by(self, rule: Rule, key: Literal["severity", "enabled"]) -> str | None:
        """Return the parameter that a key of a rule has its value from; None if it has it from elsewhere."""
        written = self.rule(rule.id).get(key)
        name = parameter_in(written) if isinstance(written, str) else None
        parameter = None if name is None else self.book.parameters.get(name)
        return name if parameter is not None and parameter.value == getattr(rule, key) else None


def find_rule(root: nodes.Mapping, rule: str) -> nodes.Mapping | None:
    """Return what is written of a rule, or None if there is no such rule."""
    rules = root.get("rules")
    items = rules.items if isinstance(rules, nodes.Sequence) else ()
    return next((one for one in items if isinstance(one, nodes.Mapping) and _id_of(one) == rule), None)


def _id_of(rule: nodes.Mapping) -> str | None:
    name = rule.get("id")
    return name.text if isinstance(name, nodes.Scalar) else None


def _entries(node: Node | None) -> Mapping[str, Plain]:
    pairs = node.items if isinstance(node, nodes.Mapping) else ()
    return {key.text: plain_value(value) for key, value in pairs}


def _diff_pair(was: _Written, now: _Written) -> list[Difference]:
    told: list[Difference] = [*_diff_frame(was, now), *_diff_parameters(was, now), *_diff_rules(was, now)]
    told += _diff_blocks(was, now)
    if not told and was.lines != now.lines:
        told.append(LayoutChanged(rulebook=now.book.name))
    return told


def _diff_frame(was: _Written, now: _Written) -> Iterator[Difference]:
    for key in FRAME:
        old, new = was.key(key), now.key(key)
        if old != new:
            reads = now.applies_to() if key == "applies_to" and now.applies_to() != was.applies_to() else ""
            yield FrameChanged(rulebook=now.book.name, key=key, was=old, now=new, reads=reads)


def _diff_parameters(was: _Written, now: _Written) -> Iterator[Difference]:
    name = now.book.name
    for key, parameter in now.book.parameters.items():
        old = was.book.parameters.get(key)
        if old is None or old.value == parameter.value or _is_another_kind(old, parameter):
            continue
        if isinstance(old.value, tuple) and isinstance(parameter.value, tuple):
            label = parameter.label or key.replace("_", " ")
            yield PhrasesChanged(
                rulebook=name, block="parameters", name=key, label=label, was=old.value, now=parameter.value
            )
        else:
            yield ParameterChanged(rulebook=name, was=old, now=parameter)


def _is_another_kind(old: Parameter, new: Parameter) -> bool:
    """Say whether two values do not compare, as both are written and of different types."""
    return old.type != new.type and old.value == old.default and new.value == new.default


def _diff_rules(was: _Written, now: _Written) -> Iterator[Difference]:
    name = now.book.name
    renamed = dict(_renamed(was, now))
    for rule in now.book.rules:
        old = was.rules.get(rule.id)
        if old is not None:
            yield from _diff_rule(was, now, old, rule)
        elif rule.id in renamed:
            yield RuleRenamed(rulebook=name, rule=rule, was=renamed[rule.id])
            yield from _diff_rule(was, now, was.rules[renamed[rule.id]], rule)
        else:
            yield RuleAdded(rulebook=name, rule=rule, reads=now.reads(rule))
    for old in was.book.rules:
        if old.id not in now.rules and old.id not in renamed.values():
            yield RuleGone(rulebook=name, rule=old)


def _renamed(was: _Written, now: _Written) -> Iterator[tuple[str, str]]:
    """Yield the new and the old id of each rule that is written as before but for its id."""
    gone = [rule for rule in was.book.rules if rule.id not in now.rules]
    for rule in now.book.rules:
        if rule.id in was.rules:
            continue
        written = {**now.rule(rule.id), "id": None}
        old = next((one for one in gone if {**was.rule(one.id), "id": None} == written), None)
        if old is not None:
            gone.remove(old)
            yield rule.id, old.id


def _diff_rule(was: _Written, now: _Written, old: Rule, new: Rule) -> Iterator[Difference]:
    name = now.book.name
    if old.enabled != new.enabled and not _is_turned(was, now, old, new, "enabled"):
        yield RuleSwitched(rulebook=name, rule=new)
    if old.severity != new.severity and not _is_turned(was, now, old, new, "severity"):
        yield SeverityChanged(rulebook=name, rule=new, was=old.severity)
    for key in TEXT_KEYS:
        text, other = getattr(old, key), getattr(new, key)
        if text != other:
            yield TextChanged(rulebook=name, rule=new, key=key, was=text, now=other)
    keys = tuple(_other_keys(was.rule(old.id), now.rule(new.id)))
    if keys and _bare(old) != _bare(new):
        alike = dataclasses.replace(new, severity=old.severity, enabled=old.enabled)  # these are told apart
        yield RuleChanged(rulebook=name, rule=new, keys=keys, was=was.reads(old), reads=now.reads(alike))


def _is_turned(
    was: _Written, now: _Written, old: Rule, new: Rule, key: Literal["severity", "enabled"]
) -> bool:
    """Say whether a key of a rule differs by the value of a parameter alone, which is told itself."""
    name = now.turned_by(new, key)
    return name is not None and name == was.turned_by(old, key)


def _other_keys(old: Mapping[str, Plain], new: Mapping[str, Plain]) -> Iterator[str]:
    for key in {**old, **new}:
        if key not in _TOLD_APART and old.get(key) != new.get(key):
            yield key


def _bare(rule: Rule) -> Rule:
    """Return a rule without what is told apart."""
    return dataclasses.replace(rule, severity="low", enabled=True, title="", why="", say=None, advise=None)


def _diff_blocks(was: _Written, now: _Written) -> Iterator[Difference]:
    name = now.book.name
    for block in BLOCKS:
        old, new = was.block(block), now.block(block)
        for key in {**old, **new}:
            one, other = old.get(key), new.get(key)
            if block == "parameters":
                one, other = _without_value(one, other)
            if one == other:
                continue
            phrases = _phrases(was.book, now.book, key) if block == "signals" else None
            yield phrases or PartChanged(rulebook=name, block=block, name=key, was=one, now=other)


def _without_value(old: Plain | None, new: Plain | None) -> tuple[Plain | None, Plain | None]:
    """Return what is written of a parameter but for its default, which is told as its value."""
    if not isinstance(old, dict) or not isinstance(new, dict) or old.get("type") != new.get("type"):
        return old, new
    return _without_default(old), _without_default(new)


def _without_default(written: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in written.items() if key != "default"}


def _phrases(was: Rulebook, now: Rulebook, name: str) -> PhrasesChanged | None:
    """Return the difference of two signals if it is in their phrases alone."""
    old, new = was.signals.get(name), now.signals.get(name)
    if not isinstance(old, PhraseCount) or not isinstance(new, PhraseCount):
        return None
    if old.phrases == new.phrases or dataclasses.replace(old, phrases=new.phrases) != new:
        return None
    label = new.label or name.replace("_", " ")
    return PhrasesChanged(
        rulebook=now.name, block="signals", name=name, label=label, was=old.phrases, now=new.phrases
    )
