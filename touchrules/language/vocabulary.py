"""What the names in a rulebook stand for, so that they can be told by their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from touchrules.language.phrasing import FIELDS, say_word
from touchrules.model.rules import DeclaredField, Fact, Rule, Rulebook
from touchrules.model.signals import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The signals of one rulebook, and the fields, facts and rules of all that are loaded with it."""

    signals: Mapping[str, Signal] = field(default_factory=dict)
    fields: Mapping[str, DeclaredField] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)


NO_WORDS = Vocabulary()
"""Nothing is known: names are told as they are written."""


def vocabulary_of(rulebook: Rulebook, beside: Iterable[Rulebook] = ()) -> Vocabulary:
    """Return what the names in a rulebook stand for; `beside` are the rulebooks loaded with it."""
    others = [book for book in beside if book.name != rulebook.name]
    fields: dict[str, DeclaredField] = {}
    facts: dict[str, Fact] = {}
    rules: dict[str, Rule] = {}
    for book in (*others, rulebook):
        fields.update(book.fields)
        facts.update(book.facts)
        rules.update({rule.id: rule for rule in book.rules})
    return Vocabulary(signals=rulebook.signals, fields=fields, facts=facts, rules=rules)


def say_plain_field(name: str, words: Vocabulary = NO_WORDS) -> str:
    """Name a field that is no signal: by its plain name, a declared one by the words of its name.

    >>> say_plain_field("outcome"), say_plain_field("rep_city")
    ('the outcome', '`rep_city`')
    """
    if name in FIELDS:
        return FIELDS[name]
    return f"the {say_word(name)}" if name in words.fields else f"`{name}`"
