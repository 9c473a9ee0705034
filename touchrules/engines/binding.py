"""Rulebooks tied to a stream: every name becomes a column, every test is known to fit its type."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from touchrules.language.walk import walk_filter
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
    Number,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    Text,
    Truth,
    UnlikeTrigger,
)
from touchrules.model.lookbacks import (
    AnyTest,
    Average,
    Count,
    Distinct,
    FactHolds,
    Gap,
    Key,
    Last,
    Never,
    NotTest,
    Seen,
    Share,
    Sum,
    Test,
    Window,
)
from touchrules.model.rules import Expectation, FieldOffset, Moment, Rulebook
from touchrules.model.signals import signal_type
from touchrules.model.touches import FieldType

NEVER = AnyOf()

ColumnTypes = Mapping[str, FieldType | None]
"""The type of each column of a stream; None where no touch has a value. Absent: no such column."""

_CONSTANT_TYPES: Mapping[type[Constant], FieldType] = {Text: "text", Number: "number", Truth: "boolean"}


def signal_column(rulebook: str, signal: str) -> str:
    """Return the name of the column that holds a signal; signals belong to their rulebook.

    >>> signal_column("voicemail", "pitch_talk")
    'voicemail/pitch_talk'
    """
    return f"{rulebook}/{signal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the field names of one rulebook mean on one stream."""

    rulebook: Rulebook
    types: ColumnTypes

    def column(self, field: str) -> str:
        """Return the column that a field name of this rulebook stands for."""
        return signal_column(self.rulebook.name, field) if field in self.rulebook.signals else field

    def type_of(self, field: str) -> FieldType | None:
        """Return the type of a field; None where it is missing on every touch."""
        signal = self.rulebook.signals.get(field)
        if signal is None:
            return self.types.get(field)
        return None if self.types.get(signal.field) is None else signal_type(signal)

    def key(self, key: Key) -> Key:
        """Return the columns of a key."""
        return tuple(self.column(field) for field in key)


def bind_filter(tree: Filter, names: Names) -> Filter:
    """Return the filter over columns; tests that no type can satisfy become `NEVER` or `EVERY_TOUCH`."""
    match tree:
        case AllOf(filters=filters):
            return AllOf(filters=tuple(bind_filter(one, names) for one in filters))
        case AnyOf(filters=filters):
            return AnyOf(filters=tuple(bind_filter(one, names) for one in filters))
        case Not(filter=inner):
            return Not(filter=bind_filter(inner, names))
        case Found():
            return tree
        case IsOneOf() | IsNoneOf():
            return _bind_equality(tree, names)
        case ComparesField(field=field, other=other) | SameAs(field=field, other=other):
            kind = names.type_of(field)
            if kind is None or kind != names.type_of(other):
                return NEVER
            return dataclasses.replace(tree, field=names.column(field), other=names.column(other))
        case (
            Compares()
            | Exists()
            | Contains()
            | Matches()
            | SameAsTrigger()
            | OtherThanTrigger()
            | SimilarToTrigger()
            | UnlikeTrigger()
        ):
            if names.type_of(tree.field) is None:
                return NEVER
            return dataclasses.replace(tree, field=names.column(tree.field))
        case _:
            assert_never(tree)


def _bind_equality(test: IsOneOf | IsNoneOf, names: Names) -> Filter:
    """Keep the literals of the column's own type: different types are never equal."""
    kind = names.type_of(test.field)
    values = tuple(value for value in test.values if _CONSTANT_TYPES[type(value)] == kind)
    if values:
        return dataclasses.replace(test, field=names.column(test.field), values=values)
    return NEVER if isinstance(test, IsOneOf) else AllOf()


def bind_test(test: Test, names: Names) -> Test:
    """Return a test of `where` over columns."""
    match test:
        case FactHolds():
            return test
        case AnyTest(tests=tests):
            return AnyTest(tests=tuple(bind_test(one, names) for one in tests))
        case NotTest(test=inner):
            return NotTest(test=bind_test(inner, names))
        case Distinct() | Sum() | Average():
            test = dataclasses.replace(test, field=names.column(test.field))
        case Share():
            test = dataclasses.replace(test, share=bind_filter(test.share, names))
        case Last():
            test = dataclasses.replace(test, has=bind_filter(test.has, names))
        case Count() | Seen() | Never() | Gap():
            pass
        case _:
            assert_never(test)
    return dataclasses.replace(
        test,
        per=names.key(test.per),
        of=bind_filter(test.of, names),
        window=_bind_window(test.window, names),
    )


def _bind_window(window: Window, names: Names) -> Window:
    if window.since_last is None:
        return window
    return dataclasses.replace(window, since_last=bind_filter(window.since_last, names))


def bind_expectation(expect: Expectation, names: Names) -> Expectation:
    """Return an expectation over columns; pairs of different types in `match` can never hold."""
    touch = bind_filter(expect.touch, names)
    if any(names.type_of(later) != names.type_of(trigger) for later, trigger in expect.match):
        touch = NEVER
    return dataclasses.replace(
        expect,
        touch=touch,
        by=_bind_moment(expect.by, names),
        after=_bind_moment(expect.after, names),
        match=tuple((names.column(later), names.column(trigger)) for later, trigger in expect.match),
        per=names.key(expect.per),
        cancel=None if expect.cancel is None else bind_filter(expect.cancel, names),
    )


def _bind_moment(moment: Moment, names: Names) -> Moment:
    if isinstance(moment, FieldOffset):
        return dataclasses.replace(moment, field=names.column(moment.field))
    return moment


def found_in(*trees: Filter) -> frozenset[str]:
    """Return the ids of the rules that filters name with `found`."""
    inner = (one for tree in trees for one in walk_filter(tree))
    return frozenset(rule for one in inner if isinstance(one, Found) for rule in one.rules)
