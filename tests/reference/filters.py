"""Filters: yes or no to one touch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import re2
from rapidfuzz import fuzz, utils

from tests.reference.touches import Book, Touch, read_field
from tests.reference.values import are_equal, as_literal, as_number, compares, lower_text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """What a filter may look at: its rulebook, who found what and, inside `has`, the trigger."""

    book: Book
    is_found: Callable[[str, Touch], bool]
    trigger: Touch | None = None


def accepts(view: View, tests: Mapping[str, Any], touch: Touch) -> bool:
    """Whether all lines of the filter hold for the touch."""
    return all(line_holds(view, name, test, touch) for name, test in tests.items())


def line_holds(view: View, name: str, test: Any, touch: Touch) -> bool:
    """Whether one line of a filter holds for the touch."""
    if name == "any":
        return any(accepts(view, part, touch) for part in test)
    if name == "not":
        return not accepts(view, test, touch)
    if name == "found":
        rules = test if isinstance(test, list) else [test]
        return any(view.is_found(rule, touch) for rule in rules)
    if isinstance(test, dict):
        return all(operator_holds(view, name, operator, operand, touch) for operator, operand in test.items())
    value = read_field(view.book, touch, name)
    if view.trigger is not None and test in ("same", "other"):
        theirs = read_field(view.book, view.trigger, name)
        both = value is not None and theirs is not None
        return both and are_equal(value, theirs) == (test == "same")
    return is_one_of(value, test)


def is_one_of(value: Any, written: Any) -> bool:
    """Whether a present value equals the literal, or one of the listed."""
    literals = written if isinstance(written, list) else [written]
    return any(are_equal(value, as_literal(literal)) for literal in literals)


def operator_holds(view: View, name: str, operator: str, operand: Any, touch: Touch) -> bool:
    """One test of a field."""
    value = read_field(view.book, touch, name)
    if operator == "not":
        return not is_one_of(value, operand)
    if operator == "exists":
        return (value is not None) is bool(operand)
    if value is None:
        return False
    if operator == "contains":
        return lower_text(operand) in lower_text(value)
    if operator == "matches":
        return re2.search(operand, value) is not None
    if operator == "same_as":
        return are_equal(value, read_field(view.book, touch, operand))
    if operator in ("similar", "not_similar"):
        assert view.trigger is not None, "similar stands inside has only"
        theirs = read_field(view.book, view.trigger, name)
        return theirs is not None and is_similar(value, theirs, operand) == (operator == "similar")
    if isinstance(operand, dict):
        other = read_field(view.book, touch, operand["field"])
        return other is not None and compares(operator, value, other)
    return compares(operator, value, as_number(operand))


def is_similar(left: str, right: str, at_least: float) -> bool:
    """Whether the two texts are as similar as that, by rapidfuzz."""
    ratio = fuzz.ratio(utils.default_process(left), utils.default_process(right))
    return ratio / 100 >= at_least
