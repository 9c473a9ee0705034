"""Signals: values read out of a touch's text (language.md, section 8)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from touchrules.errors import Place
from touchrules.model.touches import FieldType


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalOf:
    """What all signals have: the field that is read. They are missing where it is."""

    field: str = "text"
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseCount(SignalOf):
    """`phrases: [...]`: how often one of the phrases stands there. `first`: only so many characters.

    `label` says what the phrases are, if they are a parameter with a label: `Words of a sales pitch`.
    """

    phrases: tuple[str, ...]
    first: int | None = None
    label: str = dataclasses.field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternCount(SignalOf):
    """`pattern: regex`: how often the RE2 expression matches, without overlap."""

    pattern: str
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionCount(SignalOf):
    """`mentions: [fields]`: how often the values of those fields of the same touch stand there."""

    mentions: tuple[str, ...]
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCount(SignalOf):
    """`questions: true`: runs of question marks."""

    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCount(SignalOf):
    """`words: true`: runs of letters, digits and apostrophes."""

    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhonePrefix(SignalOf):
    """`phone_prefix: field`: the first six digits of the national number, as text."""


Signal = PhraseCount | PatternCount | MentionCount | QuestionCount | WordCount | PhonePrefix


def signal_type(signal: Signal) -> FieldType:
    """Return the type of the field that a signal makes: all are counts but `phone_prefix`."""
    return "text" if isinstance(signal, PhonePrefix) else "number"
