"""Parameters that change nothing, however they are turned."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from touchrules.engines.columnar.session import Session
from touchrules.engines.outcome import Instants, Outcome, Rows, RuleExpectations, RuleFindings
from touchrules.engines.plan import make_plan
from touchrules.errors import ArgumentError, RulebookError
from touchrules.evidence.marks import Mark
from touchrules.language.load import RulebookTexts
from touchrules.language.parameters import write_value
from touchrules.language.settings import Settings
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.model.rules import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """What is needed to turn parameters: the texts of the rulebooks, how they are set, and what they are."""

    texts: RulebookTexts
    settings: Settings
    rulebooks: Sequence[Rulebook]


def turn_parameters(
    turning: Turning,
    session: Session,
    before: Outcome,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int, list[Mark]]:
    """Return how many parameters were turned, and a mark for each that changes nothing.

    Each is set to its `max` and `min`, to each other option or the other truth, phrases to none at all,
    until some rule, reported or not, finds something else than `before`. A parameter with no value beside
    its own with which the rulebooks can be loaded is not turned. `progress` is told how many parameters are
    judged, and of how many.
    """
    parameters = [(book, parameter) for book in turning.rulebooks for parameter in book.parameters.values()]
    turned, marks = 0, []
    for done, (book, parameter) in enumerate(parameters):
        told = None if progress is None else partial(progress, done, len(parameters))
        tried: list[Any] = []
        is_read = changed = False
        for value, books in _turn(turning, f"{book.name}.{parameter.name}", parameter):
            tried.append(value)
            if _without_parameters(books) != _without_parameters(turning.rulebooks):
                is_read = True
                changed = not _is_same(before, _decide(session, books, told))
            if changed:
                break
        turned += bool(tried)
        if tried and not changed:
            marks.append(_mark(book, parameter, tried, is_read=is_read))
        if progress is not None:
            progress(done + 1, len(parameters))
    return turned, marks


def _decide(session: Session, books: Sequence[Rulebook], tell: Callable[[], None] | None) -> Outcome:
    """Decide all touches; `tell` is called now and then and may raise to stop."""
    stream = session.stream
    progress = None if tell is None else (lambda *_: tell())
    return session.decide(make_plan(books, stream.types, stream.timezone), progress)


def _turn(turning: Turning, name: str, parameter: Parameter) -> Iterator[tuple[Any, tuple[Rulebook, ...]]]:
    """Yield each other value of a parameter, and the rulebooks with it, where they can be loaded."""
    for value in _other_values(parameter):
        try:
            books = turning.texts.make({**turning.settings, name: value})
        except (RulebookError, ArgumentError):
            continue
        yield value, books


def _other_values(parameter: Parameter) -> Iterator[Any]:
    """Yield the values at the ends of a parameter's range as a setting writes them, without its own."""
    match parameter.type:
        case "boolean":
            yield not parameter.value
        case "choice":
            yield from (option for option in parameter.options if option != parameter.value)
        case "phrases":
            yield from [()] if parameter.value else []
        case "integer" | "number":
            yield from (end for end in _ends(parameter))
        case "duration" | "time_of_day":
            yield from (write_value(parameter.type, end) for end in _ends(parameter))


def _ends(parameter: Parameter) -> Iterator[ParameterValue]:
    for end in (parameter.max, parameter.min):
        if end is not None and end != parameter.value:
            yield end


def _without_parameters(rulebooks: Sequence[Rulebook]) -> list[Rulebook]:
    return [dataclasses.replace(book, parameters={}) for book in rulebooks]


def _is_same(one: Outcome, other: Outcome) -> bool:
    """Say whether two outcomes found the same at the same instants, and expectations ended the same way."""
    return all(
        _are_equal(_found(one.findings.get(rule)), _found(other.findings.get(rule)))
        for rule in one.findings.keys() | other.findings.keys()
    ) and all(
        _are_equal(_ended(one.expectations.get(rule)), _ended(other.expectations.get(rule)))
        for rule in one.expectations.keys() | other.expectations.keys()
    )


_NONE = np.zeros(0, np.int64)
_Told = tuple[Rows, Instants]
"""Touches, no row twice, and a number told of each."""


def _found(findings: RuleFindings | None) -> _Told:
    return (_NONE, _NONE) if findings is None else (findings.rows, findings.at)


def _ended(expectations: RuleExpectations | None) -> _Told:
    if expectations is None:
        return _NONE, _NONE
    return expectations.rows, expectations.status.astype(np.int64)


def _are_equal(one: _Told, other: _Told) -> bool:
    if all(map(np.array_equal, one, other)):
        return True
    if len(one[0]) != len(other[0]):
        return False
    first, second = np.argsort(one[0]), np.argsort(other[0])
    return all(np.array_equal(of[first], to[second]) for of, to in zip(one, other, strict=True))


def _mark(book: Rulebook, parameter: Parameter, tried: Sequence[Any], *, is_read: bool) -> Mark:
    """Return the mark of a parameter that changes nothing."""
    if not is_read:
        says = "Nothing in its rulebook reads it."
    elif isinstance(parameter.value, tuple):
        says = f"Without its {len(parameter.value)} phrases the rules find the same."
    else:
        others, now = " and ".join(map(str, tried)), write_value(parameter.type, parameter.value)
        says = f"With {others} instead of {now} the rules find the same."
    name = f"{book.name}.{parameter.name}"
    return Mark(rulebook=book.name, subject=name, mark="changes-nothing", says=says)
