"""Every way in which two editions of a rulebook can differ, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from touchrules.language.nodes import Plain
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Severity

Block = Literal["parameters", "signals", "facts", "fields", "sources"]
TextKey = Literal["title", "why", "say", "advise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookAdded:
    """A rulebook that was not there."""

    rulebook: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookGone:
    """A rulebook that is there no longer."""

    rulebook: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterChanged:
    """A parameter that has another value."""

    rulebook: str
    was: Parameter
    now: Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class PhrasesChanged:
    """A list of phrases, of a parameter or written in a signal, that has others."""

    rulebook: str
    block: Literal["parameters", "signals"]
    name: str
    label: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAdded:
    """A rule that was not there. `reads`: the rule in plain English."""

    rulebook: str
    rule: Rule
    reads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGone:
    """A rule that is there no longer."""

    rulebook: str
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRenamed:
    """A rule that has another id, and is written as before otherwise."""

    rulebook: str
    rule: Rule
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSwitched:
    """A rule that was switched on or off; `rule.enabled` says which."""

    rulebook: str
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityChanged:
    """A rule that weighs something else."""

    rulebook: str
    rule: Rule
    was: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChanged:
    """A rule with another title, reason, message or advice; None: it has none."""

    rulebook: str
    rule: Rule
    key: TextKey
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanged:
    """A rule that finds by other keys; `was` and `reads` are the rule in plain English."""

    rulebook: str
    rule: Rule
    keys: tuple[str, ...]
    was: str
    reads: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChanged:
    """What rules are made of, in another form: a part of a block such as `signals`; None: it is not there."""

    rulebook: str
    block: Block
    name: str
    was: Plain | None
    now: Plain | None


def keys_changed(one: PartChanged) -> tuple[str, ...]:
    """Return the keys under which a part says something else; none if it came or went, or has no keys."""
    was, now = one.was, one.now
    if not isinstance(was, dict) or not isinstance(now, dict):
        return ()
    return tuple(key for key in {**was, **now} if was.get(key) != now.get(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameChanged:
    """A key of the rulebook itself that says something else; None: it is not there.

    `reads`: what it says now in plain English, if that is not just what stands there.
    """

    rulebook: str
    key: str
    was: Plain | None
    now: Plain | None
    reads: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutChanged:
    """A rulebook that is written otherwise, and means the same."""

    rulebook: str


OfRule = RuleAdded | RuleGone | RuleRenamed | RuleSwitched | SeverityChanged | TextChanged | RuleChanged
"""What concerns one rule."""

Difference = (
    RulebookAdded
    | RulebookGone
    | FrameChanged
    | ParameterChanged
    | PhrasesChanged
    | PartChanged
    | OfRule
    | LayoutChanged
)
