"""Rules, facts, expectations and the rulebook that holds them (language.md, sections 3, 5, 6 and 10)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from touchrules.errors import Place
from touchrules.model.durations import HOUR
from touchrules.model.filters import EVERY_TOUCH, Filter
from touchrules.model.lookbacks import PER_CONTACT, Key, Test
from touchrules.model.parameters import Parameter
from touchrules.model.signals import Signal
from touchrules.model.touches import FieldType

Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOffset:
    """A timestamp field of the trigger plus so many microseconds; `2d` is `at` plus two days."""

    field: str = "at"
    offset: int = 0
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessDays:
    """`3bd`: the end of the third business day after the trigger's local date."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessTime:
    """`4bh`: when so many microseconds of business hours have passed since the trigger."""

    duration: int


Moment = FieldOffset | BusinessDays | BusinessTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must follow a touch by a deadline. `match`: (field of the later touch, field of the trigger)."""

    touch: Filter
    by: Moment
    after: Moment = FieldOffset()
    match: tuple[tuple[str, str], ...] = ()
    per: Key = PER_CONTACT
    cancel: Filter | None = None
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """Triggers with since <= at < until only; both as written, read in the stream's time zone."""

    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of good manners: a function from a touch and what came before to at most one finding."""

    id: str
    title: str
    severity: Severity
    when: Filter
    why: str = ""
    source: str = ""
    given: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    where: tuple[Test, ...] = ()
    say: str | None = None
    advise: str | None = None
    asserts: str | None = None
    expect: Expectation | None = None
    met_asserts: str | None = None
    report: bool = True
    enabled: bool = True
    effective: Effective = Effective()
    tags: tuple[str, ...] = ()
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something remembered about a contact, an account or a rep. `lasts`: microseconds (`for`)."""

    name: str
    about: str = ""
    asserted_by: Filter | None = None
    until: Filter | None = None
    lasts: int | None = None
    per: Literal["contact", "account", "rep"] = "contact"
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from: an article, a statute. Other keys of it stand in `more`."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredField:
    """A further field that a rulebook reads."""

    name: str
    type: FieldType
    about: str = ""
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One rulebook with its parameters filled in.

    `business_hours` are microseconds since local midnight. `file` is the path as it was given.
    """

    name: str
    language: int
    file: str = ""
    version: str = ""
    title: str = ""
    about: str = ""
    sources: Mapping[str, Source] = dataclasses.field(default_factory=dict)
    applies_to: Filter = EVERY_TOUCH
    holidays: frozenset[date] = frozenset()
    business_hours: tuple[int, int] = (9 * HOUR, 17 * HOUR)
    fields: Mapping[str, DeclaredField] = dataclasses.field(default_factory=dict)
    parameters: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)
    signals: Mapping[str, Signal] = dataclasses.field(default_factory=dict)
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    claims: tuple[Any, ...] = ()
