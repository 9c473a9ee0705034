"""Sentences that say in short what a comparison holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from touchrules.language.phrasing import say_list
from touchrules.production.comparing.document import (
    BookChanges,
    BookStatus,
    Change,
    Comparison,
    Found,
    Kind,
    Measured,
    RuleChanges,
    RuleStatus,
)
from touchrules.production.comparing.words import say_counted, say_day, say_quoted

_SETTINGS: Final[tuple[Kind, ...]] = ("setting", "setting-added", "setting-retired", "setting-limits")
SECTIONS: Final[tuple[tuple[str, tuple[Kind, ...]], ...]] = (
    ("Settings", _SETTINGS),
    ("Phrases", ("phrases",)),
    ("What the rules build on", ("fact", "signal", "field")),
    ("The rulebook itself", ("rulebook", "source")),
)
"""The changes of a whole rulebook, by what they are of."""
RULES: Final[tuple[tuple[str, RuleStatus], ...]] = (
    ("New rules", "added"),
    ("Retired rules", "retired"),
    ("Changed rules", "changed"),
    ("Rules that find something else because of these changes", "same"),
)
STATUS: Final[dict[BookStatus, str]] = {
    "added": "This rulebook is new.",
    "retired": "This rulebook is retired.",
    "rewritten": "Only comments, layout or the order of things differ. What is found and told is the same.",
    "changed": "",
    "same": "Nothing in this rulebook changes, but what it finds does.",
}
TITLE: Final = "Changes to the rulebooks"
NOTHING: Final = "Nothing differs."


def say_in_short(comparison: Comparison) -> str:
    """Return in one sentence how much differs."""
    books = comparison.rulebooks
    changes = [change for book in books for change in book.changes]
    rules = [rule for book in books for rule in book.rules]
    parts = [
        f"{say_counted(count, *nouns)} {word}"
        for count, word, *nouns in (
            (_count(books, "added"), "added", "rulebook"),
            (_count(books, "retired"), "retired", "rulebook"),
            (_count_of(changes, _SETTINGS), "changed", "setting"),
            (_count_of(changes, ("phrases",)), "changed", "list of phrases", "lists of phrases"),
            (_count_of(changes, ("fact", "signal", "field")), "changed", "thing rules build on",
             "things rules build on"),
            (_count(rules, "added"), "added", "rule"),
            (_count(rules, "retired"), "retired", "rule"),
            (_count(rules, "changed"), "changed", "rule"),
        )
        if count
    ]  # fmt: skip
    if parts:
        return f"{say_list(parts)}."
    return "Nothing that is found or told differs." if not comparison.differs else "The details differ."


def _count(told: Sequence[BookChanges] | Sequence[RuleChanges], status: str) -> int:
    return sum(one.status == status for one in told)


def _count_of(changes: Sequence[Change], kinds: Sequence[Kind]) -> int:
    return sum(change.kind in kinds for change in changes)


def say_measured(measured: Measured) -> str:
    """Return on what both versions were replayed, and what they found."""
    if measured.first is None or measured.last is None:
        return "There were no touches to replay both versions on."
    touches = say_counted(measured.touches, "touch", "touches")
    contacts = say_counted(measured.contacts, "contact")
    days = f"{say_day(measured.first)} to {say_day(measured.last)}"
    return (
        f"Both versions were replayed on {touches} with {contacts}, {days}:"
        f" {measured.before:,} findings before, {measured.after:,} after;"
        f" {measured.newly:,} newly found, {measured.no_longer:,} no longer found."
    )


def say_found(found: Found) -> str:
    """Return what a rule found before and after."""
    if not found.differs:
        count = say_counted(found.before, "touch", "touches")
        return f"{count} before and after, the same ones." if found.before else "None before, none after."
    concerned = f"{say_counted(found.contacts, 'contact')} and {say_counted(found.reps, 'rep')}"
    parts = []
    if found.newly:
        parts.append(f"{found.newly:,} newly found")
    if found.no_longer:
        parts.append(f"{found.no_longer:,} no longer found")
    return f"{found.before:,} before, {found.after:,} after: {say_list(parts)}, with {concerned}."


def label_of_change(change: Change) -> str:
    """Return what a change is of, in few words."""
    return f"{change.what}: what it may be set to" if change.kind == "setting-limits" else change.what


def say_bears_on(change: Change) -> str:
    """Return which rules build on what changed; nothing if none does."""
    return say_quoted(one.title for one in change.bears_on)


def say_beside(comparison: Comparison) -> str:
    """Return which rulebooks differ too and were not asked about; nothing if none does."""
    if not comparison.beside:
        return ""
    these = say_quoted(comparison.beside)
    return f"Not compared here, but different too, and these rules may build on it: {these}."


def differing(comparison: Comparison) -> Iterator[tuple[RuleChanges, Found]]:
    """Yield the rules that find something else, with what they found before and after."""
    for book in comparison.rulebooks:
        for rule in book.rules:
            if rule.found is not None and rule.found.differs:
                yield rule, rule.found


def say_because(rule: RuleChanges) -> str:
    """Return what changed elsewhere that a rule builds on; nothing where that explains nothing."""
    if rule.found is None or not rule.found.differs:
        return ""
    if rule.because:
        return f"It builds on what changed: {say_quoted(rule.because)}."
    return "It builds on rules or facts that changed elsewhere." if rule.status == "same" else ""


def say_shown(label: str, shown: int, total: int) -> str:
    """Return the heading of some examples.

    >>> say_shown("Newly found", 10, 52), say_shown("Newly found", 2, 2)
    ('Newly found, the latest 10 of 52', 'Newly found')
    """
    return f"{label}, the latest {shown} of {total:,}" if shown < total else label
