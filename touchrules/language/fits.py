"""Says which fields a rulebook reads, and whether its tests fit their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from touchrules.errors import Place, Problem
from touchrules.language.nodes import quoted
from touchrules.language.walk import filters_of_rulebook, walk_filter, walk_tests
from touchrules.language.words import allowed
from touchrules.model.filters import (
    Compares,
    ComparesField,
    Contains,
    Exists,
    FieldTest,
    Filter,
    IsNoneOf,
    IsOneOf,
    Matches,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    UnlikeTrigger,
)
from touchrules.model.lookbacks import Average, Distinct, LookBack, Sum, Test
from touchrules.model.rules import Expectation, FieldOffset, Rule, Rulebook
from touchrules.model.signals import MentionCount, PhonePrefix, Signal, signal_type
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS, FieldType

Need = Literal["anything", "a value", "number", "text", "timestamp"]
"""What a use of a field takes: `a value` is all but a timestamp, since no literal is ever a time."""

TypeOf = Callable[[Rulebook, str], FieldType | Literal["unknown"] | None]
"""The type of a field as one rulebook sees it: its signals come first. None: a field without any present
value, which fits every test. "unknown": no such field is known."""


_NEEDED: Final[dict[Need, str]] = {"number": "numbers", "text": "text", "timestamp": "a time"}
_HELD: Final[dict[FieldType, str]] = {
    "number": "numbers",
    "text": "text",
    "boolean": "true and false",
    "timestamp": "times",
}
_REMEDIES: Final[dict[Need, str]] = {
    "number": "Name a field with numbers, such as duration_s, or a signal that counts.",
    "text": "Name a field with text, such as text or subject.",
    "timestamp": "Name a field with times, such as at or promised_at.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldUse:
    """One place where a rulebook reads a field. `word` is the key or test that reads it."""

    name: str
    need: Need
    word: str
    place: Place | None
    context: str


def fields_read(rulebook: Rulebook) -> Iterator[FieldUse]:
    """Yield every field that a rulebook reads, disabled rules included, with what each place needs.

    Templates are not among them: what is unknown there prints as `?`.
    """
    for name, signal in rulebook.signals.items():
        yield from _of_signal(signal, f"signal {name}")
    for context, filter_ in filters_of_rulebook(rulebook):
        for inner in walk_filter(filter_):
            yield from _of_filter(inner, context)
    for rule in rulebook.rules:
        yield from _of_rule(rule)


def _of_rule(rule: Rule) -> Iterator[FieldUse]:
    """Yield the fields that a rule names outside its filters: keys, sums, `match`, `after` and `by`."""
    context = f"rule {rule.id}"
    for test in walk_tests(rule.where):
        yield from _of_test(test, context)
    if rule.expect is not None:
        yield from _of_expectation(rule.expect, context)


def _of_signal(signal: Signal, context: str) -> Iterator[FieldUse]:
    word = "phone_prefix" if isinstance(signal, PhonePrefix) else "field"
    yield FieldUse(name=signal.field, need="text", word=word, place=signal.place, context=context)
    if isinstance(signal, MentionCount):
        for name in signal.mentions:
            yield FieldUse(name=name, need="text", word="mentions", place=signal.place, context=context)


# What each test of a field needs, and the word by which messages call it.
NEEDS: Final[dict[type[FieldTest], tuple[Need, str]]] = {
    IsOneOf: ("a value", "a value"),
    IsNoneOf: ("a value", "a value"),
    Compares: ("number", "a compare"),
    ComparesField: ("number", "a compare"),
    Exists: ("anything", "exists"),
    Contains: ("text", "contains"),
    Matches: ("text", "matches"),
    SameAs: ("anything", "same_as"),
    SameAsTrigger: ("anything", "same"),
    OtherThanTrigger: ("anything", "other"),
    SimilarToTrigger: ("text", "similar"),
    UnlikeTrigger: ("text", "not_similar"),
}


def _of_filter(filter_: Filter, context: str) -> Iterator[FieldUse]:
    if not isinstance(filter_, FieldTest):
        return
    need, word = NEEDS[type(filter_)]
    names: tuple[str, ...] = (filter_.field,)
    if isinstance(filter_, Compares | ComparesField):
        word = filter_.how
    if isinstance(filter_, IsOneOf | IsNoneOf) and not filter_.values:
        need = "anything"
    if isinstance(filter_, ComparesField | SameAs):
        names = (filter_.field, filter_.other)
    for name in names:
        yield FieldUse(name=name, need=need, word=word, place=filter_.place, context=context)


def _of_test(test: Test, context: str) -> Iterator[FieldUse]:
    if not isinstance(test, LookBack):
        return
    for name in test.per:
        yield FieldUse(name=name, need="anything", word="per", place=test.place, context=context)
    if isinstance(test, Sum | Average):
        word = "sum" if isinstance(test, Sum) else "average"
        yield FieldUse(name=test.field, need="number", word=word, place=test.place, context=context)
    if isinstance(test, Distinct):
        yield FieldUse(name=test.field, need="anything", word="distinct", place=test.place, context=context)


def _of_expectation(expect: Expectation, context: str) -> Iterator[FieldUse]:
    for name in expect.per:
        yield FieldUse(name=name, need="anything", word="per", place=expect.place, context=context)
    for pair in expect.match:
        for name in pair:
            yield FieldUse(name=name, need="anything", word="match", place=expect.place, context=context)
    for word, moment in (("after", expect.after), ("by", expect.by)):
        if isinstance(moment, FieldOffset):
            place = moment.place or expect.place
            yield FieldUse(name=moment.field, need="timestamp", word=word, place=place, context=context)


def known_types(rulebooks: Sequence[Rulebook]) -> TypeOf:
    """Return the types that are known without a stream: what one rulebook declares, all may use."""
    return _typing({**declared_types(rulebooks), **TOUCH_FIELDS})


def stream_types(rulebooks: Sequence[Rulebook], columns: Mapping[str, FieldType | None]) -> TypeOf:
    """Return the types of a stream's fields as each rulebook sees them.

    `columns` are the stream's own; None stands for a column without any present value. Fields of the
    language and declared ones that the stream lacks are missing everywhere, so they fit every test.
    """
    missing = dict.fromkeys((*declared_types(rulebooks), *TOUCH_FIELDS))
    return _typing({**missing, **columns})


def declared_types(rulebooks: Iterable[Rulebook]) -> dict[str, FieldType]:
    """Return the types of all fields that the rulebooks declare."""
    return {field.name: field.type for rulebook in rulebooks for field in rulebook.fields.values()}


def _typing(types: Mapping[str, FieldType | None]) -> TypeOf:
    def type_of(rulebook: Rulebook, field: str) -> FieldType | Literal["unknown"] | None:
        if field in rulebook.signals:
            return signal_type(rulebook.signals[field])
        return DERIVED_FIELDS.get(field) or types.get(field, "unknown")

    return type_of


def check_fields(
    rulebooks: Sequence[Rulebook], type_of: TypeOf, columns: Iterable[str] = ()
) -> list[Problem]:
    """Return a problem for each field that is read and that nothing knows; `columns` are the stream's."""
    known = sorted({*TOUCH_FIELDS, *DERIVED_FIELDS, *declared_types(rulebooks), *columns})
    return [
        _problem(use, f"There is no field {quoted(use.name)}.", _unknown_remedy(use.name, rulebook, known))
        for rulebook in rulebooks
        for use in fields_read(rulebook)
        if type_of(rulebook, use.name) == "unknown"
    ]


def _unknown_remedy(name: str, rulebook: Rulebook, known: list[str]) -> str:
    remedy = allowed(name, [*known, *rulebook.signals], label="Fields")
    return f"{remedy}\nA field that only some files have is declared under `fields:`."


def check_types(rulebooks: Iterable[Rulebook], type_of: TypeOf) -> list[Problem]:
    """Return a problem for each test that does not fit the type of its field."""
    return [
        problem
        for rulebook in rulebooks
        for use in fields_read(rulebook)
        for problem in _misfit(use, type_of(rulebook, use.name))
    ]


def _misfit(use: FieldUse, found: FieldType | Literal["unknown"] | None) -> Iterator[Problem]:
    if found is None or found == "unknown" or use.need in ("anything", found):
        return
    if use.need == "a value":
        if found == "timestamp":
            message = f"{quoted(use.name)} holds a time, which no value in a rulebook can equal."
            remedy = "Use `exists`, or `same_as` with another time; a period goes in `effective`."
            yield _problem(use, message, remedy)
        return
    message = f"`{use.word}` needs {_NEEDED[use.need]}, but {quoted(use.name)} holds {_HELD[found]}."
    yield _problem(use, message, _REMEDIES[use.need])


def _problem(use: FieldUse, message: str, remedy: str) -> Problem:
    return Problem(message=message, remedy=remedy, place=use.place, context=use.context)
