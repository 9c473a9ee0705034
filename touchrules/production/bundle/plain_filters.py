"""Filters as plain values, for a host in another language."""

from __future__ import annotations

from typing import Any, assert_never

from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Constant,
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


def write_filter(tree: Filter) -> dict[str, Any]:
    """Return a filter as plain values: `all`, `any`, `not`, `found`, or one test of a `field`.

    >>> write_filter(Not(filter=Exists(field="promised_at")))
    {'not': {'field': 'promised_at', 'exists': True}}
    """
    match tree:
        case AllOf(filters=filters):
            return {"all": [write_filter(one) for one in filters]}
        case AnyOf(filters=filters):
            return {"any": [write_filter(one) for one in filters]}
        case Not(filter=inner):
            return {"not": write_filter(inner)}
        case Found(rules=rules):
            return {"found": list(rules)}
        case _:
            return {"field": tree.field, **_write_test(tree)}


def _write_test(
    test: IsOneOf
    | IsNoneOf
    | Compares
    | ComparesField
    | Exists
    | Contains
    | Matches
    | SameAs
    | SameAsTrigger
    | OtherThanTrigger
    | SimilarToTrigger
    | UnlikeTrigger,
) -> dict[str, Any]:
    match test:
        case IsOneOf(values=values):
            return {"is_one_of": _write_constants(values)}
        case IsNoneOf(values=values):
            return {"is_none_of": _write_constants(values)}
        case Compares(how=how, to=to):
            return {how: to}
        case ComparesField(how=how, other=other):
            return {how: {"field": other}}
        case Exists():
            return {"exists": True}
        case Contains(text=text):
            return {"contains": text}
        case Matches(pattern=pattern):
            return {"matches": pattern}
        case SameAs(other=other):
            return {"same_as": other}
        case _:
            return _write_trigger_test(test)


def _write_trigger_test(
    test: SameAsTrigger | OtherThanTrigger | SimilarToTrigger | UnlikeTrigger,
) -> dict[str, Any]:
    match test:
        case SameAsTrigger():
            return {"trigger": "same"}
        case OtherThanTrigger():
            return {"trigger": "other"}
        case SimilarToTrigger(at_least=least):
            return {"trigger": "similar", "at_least": least}
        case UnlikeTrigger(less_than=most):
            return {"trigger": "similar", "less_than": most}
        case _:
            assert_never(test)


def _write_constants(values: tuple[Constant, ...]) -> list[str | float | bool]:
    return [one.value for one in values]
