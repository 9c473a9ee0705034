"""Filters as conditions on the touch message."""

from __future__ import annotations

from typing import Final

from touchrules.engines.columns import Layout
from touchrules.engines.durable.conditions import (
    Condition,
    Every,
    Leaf,
    Some,
    is_too_large,
    negate,
    simplify,
)
from touchrules.engines.durable.properties import (
    Accepts,
    IsPresent,
    KnownText,
    NumberField,
    Properties,
    TouchProperty,
)
from touchrules.engines.durable.wire import (
    ABSENT,
    is_plain_name,
    is_plain_number,
    is_plain_text,
    plain_number,
)
from touchrules.model.filters import (
    AllOf,
    AnyOf,
    Compares,
    Comparison,
    Filter,
    IsNoneOf,
    IsOneOf,
    Not,
    Number,
    Text,
)

OPERATORS: Final[dict[Comparison, str]] = {
    "more_than": ">",
    "at_least": ">=",
    "less_than": "<",
    "at_most": "<=",
    "exactly": "==",
}


class TouchConditions:
    """Makes conditions on touches, and the properties that they read."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.properties: Properties[TouchProperty] = Properties()

    def compile(self, tree: Filter) -> Condition:
        """Return the condition of a filter without `found`.

        A filter that would take more expressions than durable_rules holds becomes one flag.
        """
        condition = simplify(self._condition(tree))
        if is_too_large(condition):
            return self._flag(tree)
        return condition

    def _condition(self, tree: Filter) -> Condition:
        match tree:
            case AllOf(filters=filters):
                return Every(tuple(self._condition(one) for one in filters))
            case AnyOf(filters=filters):
                return Some(tuple(self._condition(one) for one in filters))
            case Not(filter=(IsOneOf() | Compares()) as test) if _reads_number(test):
                return Some((self._is_missing(test.field), negate(self._condition(test))))
            case Not(filter=AllOf(filters=filters)):
                return Some(tuple(self._condition(Not(filter=one)) for one in filters))
            case Not(filter=AnyOf(filters=filters)):
                return Every(tuple(self._condition(Not(filter=one)) for one in filters))
            case Not(filter=Not(filter=inner)):
                return self._condition(inner)
            case Not(filter=IsNoneOf(field=field, values=values)):
                return self._condition(IsOneOf(field=field, values=values))
            case Not(filter=inner):
                return negate(self._condition(inner))
            case IsOneOf() | IsNoneOf():
                return self._equality(tree)
            case Compares(field=field, how=how, to=to) if is_plain_number(to):
                return Leaf(self._number(field), OPERATORS[how], plain_number(to))
            case _:
                return self._flag(tree)

    def _equality(self, test: IsOneOf | IsNoneOf) -> Condition:
        if isinstance(test, IsNoneOf):
            same = IsOneOf(field=test.field, values=test.values)
            return self._condition(Not(filter=same))
        leaves = []
        for value in test.values:
            match value:
                case Text(value=text) if is_plain_text(text) and text != ABSENT:
                    leaves.append(Leaf(self._text(test.field, text), "==", text))
                case Number(value=number) if is_plain_number(number):
                    leaves.append(Leaf(self._number(test.field), "==", plain_number(number)))
                case _:
                    return self._flag(test)
        return Some(tuple(leaves))

    def _is_missing(self, field: str) -> Condition:
        return Leaf(self.properties.add(self._name(field, "has"), IsPresent(field=field)), "==", 0)

    def _text(self, field: str, text: str) -> str:
        """Return the property of a text field, which from now on tells this text from others."""
        known = KnownText(field=field, words=frozenset({text}))
        return self.properties.add(self._name(field, "touch"), known)

    def _number(self, field: str) -> str:
        return self.properties.add(self._name(field, "touch"), NumberField(field=field))

    def _flag(self, tree: Filter) -> Condition:
        """Return a condition on a yes or no that is worked out before the touch goes in."""
        name = f"flag_{self._layout.number(tree)}"
        return Leaf(self.properties.add(name, Accepts(filter=tree)), "==", 1)

    def _name(self, field: str, prefix: str) -> str:
        plain = field if is_plain_name(field) else str(self._layout.position(field))
        return f"{prefix}_{plain}"


def _reads_number(test: IsOneOf | Compares) -> bool:
    """Return whether a test makes leaves of a number, which are false where it is missing."""
    if isinstance(test, Compares):
        return is_plain_number(test.to)
    return all(isinstance(value, Number) and is_plain_number(value.value) for value in test.values)
