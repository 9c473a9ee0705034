"""What there is to read when two versions of rulebooks are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from touchrules.model.rules import Severity
from touchrules.replay.examples import Example

Kind = Literal[
    "setting",
    "setting-added",
    "setting-retired",
    "setting-limits",
    "phrases",
    "signal",
    "fact",
    "field",
    "source",
    "rulebook",
    "layout",
    "name",
    "switched",
    "severity",
    "title",
    "why",
    "message",
    "advice",
    "conditions",
]
"""What a change is of; these words are the ones of the JSON."""
BookStatus = Literal["added", "retired", "changed", "rewritten", "same"]
RuleStatus = Literal["added", "retired", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A rule by its id and title."""

    rule: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs, in words. `what`: what it is of, such as the label of a parameter.

    `before`, `after`: how it was and is; None: there is nothing, or it cannot be told so. `added`,
    `taken_out`: phrases or days of a list. `bears_on`: the rules that build on it.
    """

    kind: Kind
    what: str
    before: str | None = None
    after: str | None = None
    added: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()
    bears_on: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a rule found before and after. Counts are of touches.

    `contacts`, `reps`: how many are concerned by what is found newly or no longer. The examples are the
    latest of these.
    """

    before: int
    after: int
    newly: int
    no_longer: int
    contacts: int
    reps: int
    examples_newly: tuple[Example, ...] = ()
    examples_no_longer: tuple[Example, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything is found newly or no longer."""
        return bool(self.newly or self.no_longer)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanges:
    """What differs about one rule.

    `does`: the rule in plain English, as it is after (one that was retired: as it was). `because`: what
    changed elsewhere that it builds on.
    """

    rule: str
    title: str
    status: RuleStatus
    severity: Severity
    enabled: bool
    why: str
    does: str
    changes: tuple[Change, ...] = ()
    because: tuple[str, ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookChanges:
    """What differs in one rulebook: of the whole, and rule by rule."""

    rulebook: str
    title: str
    status: BookStatus
    changes: tuple[Change, ...]
    rules: tuple[RuleChanges, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The touches on which both versions were replayed. `first`, `last`: days, ISO 8601; None without any.

    `before` and the rest: findings of all rules that report, together.
    """

    files: tuple[str, ...]
    touches: int
    contacts: int
    first: str | None
    last: str | None
    before: int
    after: int
    newly: int
    no_longer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of rulebooks, compared. `before`, `after`: which ones, in words.

    `beside`: rulebooks that differ too, on which these build, and that were not asked about.
    """

    before: str
    after: str
    rulebooks: tuple[BookChanges, ...]
    measured: Measured | None = None
    beside: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything differs but comments, layout and the order of things."""
        found = self.measured is not None and bool(self.measured.newly or self.measured.no_longer)
        return found or any(book.status not in {"same", "rewritten"} for book in self.rulebooks)
