"""What a form offers to choose from: the words of the language, of the rulebooks, and of the touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow.compute as pc

from touchrules.language.describe_signals import say_field_or_signal
from touchrules.language.phrasing import FIELDS, KINDS, say_word
from touchrules.language.vocabulary import vocabulary_of
from touchrules.model.rules import Rulebook
from touchrules.model.signals import PhonePrefix
from touchrules.model.touches import TOUCH_FIELDS
from touchrules.studio.forms.touchwords import Options, say_filter, touch_options
from touchrules.studio.state import StudioState

OUTCOMES: Final = (
    "connected",
    "no_answer",
    "wrong_person",
    "not_interested",
    "no_project",
    "callback_agreed",
    "meeting_booked",
    "replied",
    "bounced",
    "in_meeting",
    "away",
    "assistant",
    "do_not_contact",
)
"""Outcomes that the language knows; other words are allowed."""

_MOST: Final = 60
_HAD: Final = ("topic", "subject", "campaign", "outcome", "rep_id", "objective", "reason", "to_number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Choices for the rules of one rulebook, each a value with what it is called."""

    book: Rulebook
    beside: Sequence[Rulebook]
    kinds: Options
    outcomes: Options
    signals: Options
    facts: Options
    sources: Options
    fields: Options
    had: Options
    placeholders: Options
    amounts: tuple[str, ...]

    def touches(self, *, plural: bool) -> Options:
        """Return touches to count or to look for."""
        return touch_options([kind for _, kind in self.kinds], plural=plural)

    def say(self, written: object, *, plural: bool) -> str:
        """Return what touches a filter of the rulebook means."""
        return say_filter(written, self.book, self.beside, plural=plural)


def offers_for(studio: StudioState, file: str) -> Offers:
    """Return what there is to choose from for the rules of a file."""
    books = studio.state.rulebooks
    book = next(one for one in books if studio.source_of(one).file == file)
    words = vocabulary_of(book, books)
    kinds = [*KINDS, *(one for one in _values(studio, "kind") if one not in KINDS)]
    outcomes = [*OUTCOMES, *(one for one in _values(studio, "outcome") if one not in OUTCOMES)]
    facts = {name: fact.about for one in books for name, fact in one.facts.items()}
    counts = [name for name, one in book.signals.items() if not isinstance(one, PhonePrefix)]
    fields = [*TOUCH_FIELDS, *(name for one in books for name in one.fields), *counts]
    return Offers(
        book=book,
        beside=books,
        kinds=[(KINDS[one][1] if one in KINDS else one, one) for one in kinds],
        outcomes=[(say_word(one), one) for one in outcomes],
        signals=[(say_word(name), name) for name in counts],
        facts=[
            (f"{say_word(name)}: {about}" if about else say_word(name), name) for name, about in facts.items()
        ],
        sources=[("none", ""), *((one.title or key, key) for key, one in book.sources.items())],
        fields=[(say_field_or_signal(name, words), name) for name in dict.fromkeys(fields)],
        had=[("anything", {}), *_had()],
        placeholders=_placeholders(book),
        amounts=tuple(f"${name}" for name, one in book.parameters.items() if one.type in _AMOUNTS),
    )


_AMOUNTS: Final = frozenset({"integer", "number", "duration"})


def _had() -> Iterable[tuple[str, Any]]:
    for field in _HAD:
        name = FIELDS[field].removeprefix("the ")
        yield f"the same {name}", {field: "same"}
        yield f"another {name}", {field: "other"}


def _placeholders(book: Rulebook) -> Options:
    fields = [(FIELDS[name], f"{{{name}}}") for name in TOUCH_FIELDS if name in FIELDS]
    values = [(one.label or say_word(name), f"{{param.{name}}}") for name, one in book.parameters.items()]
    return [("the number of the first condition", "{value}"), *fields, *values]


def _values(studio: StudioState, field: str) -> list[str]:
    """Return the values that touches have in a field, as far as they are few."""
    table = studio.stream.table
    if field not in table.column_names:
        return []
    values = pc.unique(table.column(field)).to_pylist()
    return sorted(one for one in values if isinstance(one, str))[:_MOST]
