"""Rulebooks as they were at one time, loaded with those that they build on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from touchrules.errors import RulebookError
from touchrules.language.diff import Edition
from touchrules.language.load import RulebookTexts
from touchrules.language.source import Source, read_source
from touchrules.language.uses import words_of
from touchrules.model.rules import Rulebook

Texts = Mapping[str, bytes]
"""What files hold, by the names that errors shall tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Rulebooks as they were at one time. `label`: which ones, in words.

    `named`: those that are compared; the others were loaded only since these build on them.
    """

    label: str
    edition: Edition
    named: frozenset[str]

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks that are compared."""
        return tuple(book for book in self.edition.rulebooks if book.name in self.named)


def make_version(label: str, own: Texts, beside: Callable[[], Texts] = dict) -> Version:
    """Load the rulebooks of one version.

    `beside`: the texts of rulebooks that lie with them, asked for only if they do not stand alone.
    Raises RulebookError.
    """
    sources = _read(own)
    try:
        edition = _load(sources)
    except RulebookError:
        together = _load_with(sources, _read(beside()))
        if together is None:
            raise
        edition = together
    files = {source.file for source in sources}
    named = frozenset(book.name for book in edition.rulebooks if book.file in files)
    return Version(label=label, edition=edition, named=named)


def _read(texts: Texts) -> tuple[Source, ...]:
    return tuple(read_source(data, file) for file, data in texts.items())


def _load(sources: tuple[Source, ...]) -> Edition:
    return Edition(rulebooks=RulebookTexts(sources).make(), sources=sources)


def _load_with(own: tuple[Source, ...], beside: tuple[Source, ...]) -> Edition | None:
    """Return the rulebooks with those beside them that they build on; None if they do not load so either."""
    taken = {book.name for book in RulebookTexts(own).draft().rulebooks}
    others = [source for source in beside if not taken & {book.name for book in _books(source)}]
    try:
        edition = _load((*own, *others))
    except RulebookError:
        return None
    return _load(_linked(edition, {source.file for source in own}))


def _books(source: Source) -> tuple[Rulebook, ...]:
    return RulebookTexts([source]).draft().rulebooks


def _linked(edition: Edition, own: Iterable[str]) -> tuple[Source, ...]:
    """Return the texts of some files, and of those that they build on or that tell their facts."""
    by_file = {source.file: source for source in edition.sources}
    gives = {book.file: _names_given(book) for book in edition.rulebooks}
    needed = set(own)
    words = {word for file in needed for word in words_of(by_file[file])}
    while more := [file for file in by_file if file not in needed and gives[file] & words]:
        needed.update(more)
        words.update(word for file in more for word in words_of(by_file[file]))
    return tuple(source for source in edition.sources if source.file in needed)


def _names_given(book: Rulebook) -> set[str]:
    """Return the facts and rules that a rulebook defines, and the facts that its rules tell."""
    told = {name for rule in book.rules for name in (rule.asserts, rule.met_asserts) if name}
    return {*book.facts, *told, *(rule.id for rule in book.rules)}
