"""Filters as functions of a touch."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, assert_never

from touchrules.engines.columns import FOUND, FoldedColumn, Layout, TextTestColumn, Touch
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Comparison,
    Contains,
    Exists,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    UnlikeTrigger,
)
from touchrules.streams.likeness import likeness

if TYPE_CHECKING:
    from touchrules.model.lookbacks import Threshold

Predicate = Callable[[Touch], bool]
Relation = Callable[[Touch, Touch], bool]
"""Says yes or no to an earlier touch beside the trigger, in this order."""

COMPARE: Final[dict[Comparison, Callable[[Any, Any], bool]]] = {
    "more_than": operator.gt,
    "at_least": operator.ge,
    "less_than": operator.lt,
    "at_most": operator.le,
    "exactly": operator.eq,
}

_TRIGGER_TESTS = (SameAsTrigger, OtherThanTrigger, SimilarToTrigger, UnlikeTrigger)


def compares(value: float, thresholds: tuple[Threshold, ...]) -> bool:
    """Return whether a number passes every threshold."""
    return all(COMPARE[one.how](value, one.value) for one in thresholds)


def compile_filter(tree: Filter, layout: Layout) -> Predicate:
    """Return a bound filter as a function of one touch.

    The filter's types must fit (see `binding`); tests against the trigger raise ValueError.
    """
    match tree:
        case AllOf(filters=filters):
            return _all_of(tuple(compile_filter(one, layout) for one in filters))
        case AnyOf(filters=filters):
            return _any_of(tuple(compile_filter(one, layout) for one in filters))
        case Not(filter=inner):
            accepts = compile_filter(inner, layout)
            return lambda touch: not accepts(touch)
        case Found(rules=rules):
            ids = frozenset(rules)
            return lambda touch: not ids.isdisjoint(touch[FOUND])
        case Contains() | Matches():
            passed = layout.position(TextTestColumn(tree))
            return lambda touch: touch[passed] is True
        case SameAsTrigger() | OtherThanTrigger() | SimilarToTrigger() | UnlikeTrigger():
            msg = f"{tree!r} needs a trigger beside the touch"
            raise ValueError(msg)
        case _:
            return _compile_field_test(tree, layout)


def _compile_field_test(
    tree: IsOneOf | IsNoneOf | Compares | ComparesField | Exists | SameAs, layout: Layout
) -> Predicate:
    position = layout.position(tree.field)
    match tree:
        case IsOneOf(values=(only,)):
            value = only.value
            return lambda touch: bool(touch[position] == value)
        case IsOneOf(values=values):
            allowed = frozenset(one.value for one in values)
            return lambda touch: touch[position] in allowed
        case IsNoneOf(values=values):
            refused = frozenset(one.value for one in values)
            return lambda touch: touch[position] not in refused
        case Compares(how=how, to=to):
            compare = COMPARE[how]
            return lambda touch: touch[position] is not None and compare(touch[position], to)
        case ComparesField(how=how, other=other):
            return _both(position, layout.position(other), COMPARE[how])
        case Exists():
            return lambda touch: touch[position] is not None
        case SameAs(other=other):
            return _both(position, layout.position(other), operator.eq)
        case _:
            assert_never(tree)


def _all_of(accepts: tuple[Predicate, ...]) -> Predicate:
    match accepts:
        case ():
            return lambda _: True
        case (only,):
            return only
        case _:
            half = len(accepts) // 2
            first, rest = _all_of(accepts[:half]), _all_of(accepts[half:])
            return lambda touch: first(touch) and rest(touch)


def _any_of(accepts: tuple[Predicate, ...]) -> Predicate:
    match accepts:
        case ():
            return lambda _: False
        case (only,):
            return only
        case _:
            half = len(accepts) // 2
            first, rest = _any_of(accepts[:half]), _any_of(accepts[half:])
            return lambda touch: first(touch) or rest(touch)


def _both(left: int, right: int, compare: Callable[[Any, Any], bool]) -> Predicate:
    def test(touch: Touch) -> bool:
        one, other = touch[left], touch[right]
        return one is not None and other is not None and compare(one, other)

    return test


def compile_relation(tree: Filter, layout: Layout) -> Relation:
    """Return a bound `has` filter as a function of the earlier touch and the trigger."""
    match tree:
        case AllOf(filters=filters):
            every = tuple(compile_relation(one, layout) for one in filters)
            return lambda earlier, trigger: all(holds(earlier, trigger) for holds in every)
        case AnyOf(filters=filters):
            some = tuple(compile_relation(one, layout) for one in filters)
            return lambda earlier, trigger: any(holds(earlier, trigger) for holds in some)
        case Not(filter=inner):
            holds = compile_relation(inner, layout)
            return lambda earlier, trigger: not holds(earlier, trigger)
        case SameAsTrigger(field=field):
            return _related(layout.position(field), operator.eq)
        case OtherThanTrigger(field=field):
            return _related(layout.position(field), operator.ne)
        case SimilarToTrigger(field=field, at_least=least):
            folded = layout.position(FoldedColumn(layout.named(field)))
            return _related(folded, lambda one, other: likeness(one, other) >= least)
        case UnlikeTrigger(field=field, less_than=most):
            folded = layout.position(FoldedColumn(layout.named(field)))
            return _related(folded, lambda one, other: likeness(one, other) < most)
        case _:
            accepts = compile_filter(tree, layout)
            return lambda earlier, _: accepts(earlier)


def _related(position: int, compare: Callable[[Any, Any], bool]) -> Relation:
    def test(earlier: Touch, trigger: Touch) -> bool:
        one, other = earlier[position], trigger[position]
        return one is not None and other is not None and compare(one, other)

    return test
