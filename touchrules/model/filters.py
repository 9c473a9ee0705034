"""Filters: yes or no to one touch (language.md, section 2)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from touchrules.errors import Place

Comparison = Literal["more_than", "at_least", "less_than", "at_most", "exactly"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal, a 64-bit float."""

    value: float


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool


Constant = Text | Number | Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTest:
    """What all tests of a field have: its name, and the place in the rulebook (never compared)."""

    field: str
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IsOneOf(FieldTest):
    """`field: value` and `field: [v1, v2]`: present and equal to one of them."""

    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IsNoneOf(FieldTest):
    """`field: {not: value-or-list}`: missing, or equal to none of them."""

    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compares(FieldTest):
    """`field: {more_than: n}` and its kin, with a number (durations are their seconds)."""

    how: Comparison
    to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparesField(FieldTest):
    """`field: {more_than: {field: other}}`: with another number of the same touch."""

    how: Comparison
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exists(FieldTest):
    """`field: {exists: true}`; `{exists: false}` is `Not(filter=Exists(...))`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contains(FieldTest):
    """`field: {contains: "text"}`: holds the text, case ignored."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches(FieldTest):
    """`field: {matches: "regex"}`: the RE2 expression is found somewhere in it."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs(FieldTest):
    """`field: {same_as: other}`: both present and equal."""

    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAsTrigger(FieldTest):
    """`field: same`, in `has` only: both present and equal on the earlier touch and the trigger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherThanTrigger(FieldTest):
    """`field: other`, in `has` only: both present and different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarToTrigger(FieldTest):
    """`field: {similar: x}`, in `has` only: both present and the ratio of the texts is at least x."""

    at_least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlikeTrigger(FieldTest):
    """`field: {not_similar: x}`, in `has` only: both present and the ratio is less than x."""

    less_than: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """A mapping of several tests: all say yes. With none, yes to every touch."""

    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """`any: [filter, ...]`: one of them says yes. With none, never."""

    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """`not: filter`: the filter says no."""

    filter: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`found: rule-id` or a list: this very touch was found by one of those rules."""

    rules: tuple[str, ...]
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


Filter = (
    IsOneOf
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
    | UnlikeTrigger
    | AllOf
    | AnyOf
    | Not
    | Found
)

EVERY_TOUCH = AllOf()
