"""What is told of one touch: what was found, which facts changed, what is expected now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from touchrules.errors import Problem
from touchrules.streams.instants import read_instant, write_instant

Instant = int
"""Microseconds since 1970 UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A row of the findings of a replay (language.md, section 12)."""

    finding_id: str
    rulebook: str
    rule: str
    severity: str
    at: Instant
    touch_id: str
    contact_id: str
    account_id: str | None
    rep_id: str | None
    value: float | None
    message: str
    advice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact that began, or one that ended, which is then a row of the facts of a replay."""

    change: Literal["began", "ended"]
    fact: str
    per: str
    key: str
    since: Instant
    until: Instant | None
    touch_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationChange:
    """An expectation that was opened, or one that ended; a row of the expectations of a replay."""

    rulebook: str
    rule: str
    touch_id: str
    contact_id: str
    account_id: str | None
    rep_id: str | None
    opened_at: Instant
    after: Instant
    by: Instant
    status: str
    settled_at: Instant | None
    settled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came out of one step."""

    findings: tuple[Finding, ...] = ()
    facts: tuple[FactChange, ...] = ()
    expectations: tuple[ExpectationChange, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, with times as texts in UTC."""
        return {name: [_plain(one) for one in getattr(self, name)] for name in _KINDS}


_KINDS: Final = {"findings": Finding, "facts": FactChange, "expectations": ExpectationChange}
_TIMES: Final = frozenset({"at", "since", "until", "opened_at", "after", "by", "settled_at"})


def read_told(plain: Mapping[str, Any]) -> Told:
    """Return what `as_json` made plain."""
    return Told(
        **{name: tuple(kind(**_with_instants(one)) for one in plain[name]) for name, kind in _KINDS.items()}
    )


def _plain(one: Finding | FactChange | ExpectationChange) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in one.__slots__}
    return {
        name: write_instant(value) if name in _TIMES and value is not None else value
        for name, value in values.items()
    }


def _with_instants(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: read_instant(value, "UTC") if name in _TIMES and value is not None else value
        for name, value in values.items()
    }


def told_of_due(steps: Sequence[Told]) -> Told:
    """Return what is broken and what is open after some steps, of all that was told of them."""
    last = {(one.rule, one.touch_id): one for told in steps for one in told.expectations}
    kept = [one for one in last.values() if one.status in {"broken", "open"}]
    broken = {(one.rule, one.touch_id) for one in kept if one.status == "broken"}
    found = [one for told in steps for one in told.findings if (one.rule, one.touch_id) in broken]
    return Told(findings=tuple(found), expectations=tuple(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told of one touch, or of the clock: then `touch_id` is None, and `clock` the instant.

    `number`: its step in the log, None if nothing was recorded. `again`: it was recorded before, and this
    is what was told then. `refused`: why nothing was recorded.
    """

    touch_id: str | None
    clock: Instant | None = None
    number: int | None = None
    told: Told = Told()
    again: bool = False
    refused: Problem | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        return self.told.findings

    @property
    def facts(self) -> tuple[FactChange, ...]:
        """The facts that began and those that ended."""
        return self.told.facts

    @property
    def expectations(self) -> tuple[ExpectationChange, ...]:
        """The expectations that were opened, met, cancelled and broken."""
        return self.told.expectations

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values, as `touchrules run` writes them."""
        head: dict[str, Any] = {"touch_id": self.touch_id}
        if self.clock is not None:
            head = {"clock": write_instant(self.clock)}
        if self.refused is not None:
            return {**head, "refused": self.refused.message, "remedy": self.refused.remedy}
        if self.number is not None:
            head["number"] = self.number
        if self.again:
            head["again"] = True
        return {**head, **self.told.as_json()}
