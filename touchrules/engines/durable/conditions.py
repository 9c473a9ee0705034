"""Conditions on one message, as durable_rules takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, assert_never

Constant = str | int | float


@dataclass(frozen=True, slots=True)
class Leaf:
    """One property compared with a constant: `operator` is `==`, `!=`, `<`, `<=`, `>` or `>=`."""

    property: str
    operator: str
    constant: Constant


@dataclass(frozen=True, slots=True)
class Every:
    """All conditions hold; with none, always."""

    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """One of the conditions holds; with none, never."""

    conditions: tuple[Condition, ...] = ()


Condition = Leaf | Every | Some

ALWAYS: Final = Every()
NEVER: Final = Some()

_NEGATED: Final = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_OPERATORS: Final = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}


# durable_rules 2.0.28 holds 32 expressions in a condition and follows 64 branches of a message.
_MAX_LEAVES: Final = 24
_MAX_ALTERNATIVES: Final = 12


def negate(condition: Condition) -> Condition:
    """Return the opposite; durable_rules has no `not`, so it is pushed down to the leaves.

    A leaf of a property that can be missing is false both ways: whoever makes it says so beside it.
    """
    match condition:
        case Leaf(property=name, operator=operator, constant=constant):
            return Leaf(name, _NEGATED[operator], constant)
        case Every(conditions=conditions):
            return Some(tuple(negate(one) for one in conditions))
        case Some(conditions=conditions):
            return Every(tuple(negate(one) for one in conditions))
        case _:
            assert_never(condition)


def simplify(condition: Condition) -> Condition:
    """Return the same condition without nesting of a kind, and without what is always or never true."""
    match condition:
        case Leaf():
            return condition
        case Every(conditions=conditions):
            every = _merge(Every, conditions)
            if NEVER in every:
                return NEVER
            return every[0] if len(every) == 1 else Every(every)
        case Some(conditions=conditions):
            some = _merge(Some, conditions)
            if ALWAYS in some:
                return ALWAYS
            return some[0] if len(some) == 1 else Some(some)
        case _:
            assert_never(condition)


def _merge(kind: type[Every | Some], conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    merged: dict[Condition, None] = {}
    for condition in conditions:
        simple = simplify(condition)
        parts = simple.conditions if isinstance(simple, kind) else (simple,)
        merged.update(dict.fromkeys(parts))
    return tuple(merged)


def count_leaves(condition: Condition) -> int:
    """Return how many expressions durable_rules makes of a condition."""
    if isinstance(condition, Leaf):
        return 1
    return sum(count_leaves(one) for one in condition.conditions)


def count_alternatives(condition: Condition) -> int:
    """Return how many branches of a condition one message can satisfy at the same time."""
    match condition:
        case Leaf():
            return 1
        case Every(conditions=conditions):
            return 1 + sum(count_alternatives(one) - 1 for one in conditions)
        case Some(conditions=conditions):
            if _exclude_each_other(conditions):
                return 1
            return sum(count_alternatives(one) for one in conditions)
        case _:
            assert_never(condition)


def _exclude_each_other(conditions: tuple[Condition, ...]) -> bool:
    """Return whether conditions are values of one property, of which a message has only one."""
    properties = {one.property for one in conditions if isinstance(one, Leaf) and one.operator == "=="}
    return len(properties) == 1 and all(isinstance(one, Leaf) and one.operator == "==" for one in conditions)


def is_too_large(condition: Condition) -> bool:
    """Return whether a condition makes more expressions than durable_rules should be given in one rule."""
    return count_leaves(condition) > _MAX_LEAVES or count_alternatives(condition) > _MAX_ALTERNATIVES


def write_condition(condition: Condition) -> dict[str, Any]:
    """Return a simplified condition in durable_rules' own JSON shape."""
    match condition:
        case Leaf(property=name, operator="==", constant=constant):
            return {name: constant}
        case Leaf(property=name, operator=operator, constant=constant):
            return {_OPERATORS[operator]: {name: constant}}
        case Every(conditions=conditions):
            return {"$and": [write_condition(one) for one in conditions]}
        case Some(conditions=conditions):
            return {"$or": [write_condition(one) for one in conditions]}
        case _:
            assert_never(condition)
