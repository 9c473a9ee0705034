"""Which kinds of touch a filter can accept at all, so that the others need not be asked."""

from __future__ import annotations

from typing import Final

from touchrules.model.filters import AllOf, AnyOf, Filter, IsOneOf, Text

KIND: Final = "kind"

Kinds = frozenset[str] | None
"""Kinds of touch; None stands for all of them."""


def kinds_of(tree: Filter) -> Kinds:
    """Return the kinds of the touches that a filter can accept; touches of other kinds it never does.

    >>> sorted(kinds_of(IsOneOf(field="kind", values=(Text("call"), Text("email")))))
    ['call', 'email']
    """
    match tree:
        case IsOneOf(field="kind", values=values):
            return frozenset(value.value for value in values if isinstance(value, Text))
        case AllOf(filters=filters):
            return _common([kinds_of(one) for one in filters])
        case AnyOf(filters=filters):
            kinds = [kinds_of(one) for one in filters]
            known = [one for one in kinds if one is not None]
            return frozenset[str]().union(*known) if len(known) == len(kinds) else None
        case _:
            return None


def _common(kinds: list[Kinds]) -> Kinds:
    common: Kinds = None
    for one in kinds:
        if one is not None:
            common = one if common is None else common & one
    return common
