"""A comparison as a text to read, to send and to sign."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from touchrules.production.comparing.document import BookChanges, Change, Comparison, Found, RuleChanges
from touchrules.production.comparing.sentences import (
    NOTHING,
    RULES,
    SECTIONS,
    STATUS,
    TITLE,
    differing,
    label_of_change,
    say_bears_on,
    say_because,
    say_beside,
    say_found,
    say_in_short,
    say_measured,
    say_shown,
)
from touchrules.production.comparing.words import say_quoted
from touchrules.replay.examples import Example

_WIDTH: Final = 100
_STEP: Final = "  "
_TITLE: Final = 56
_NUMBER: Final = 11


def write_comparison_text(comparison: Comparison) -> str:
    """Return a comparison as plain text, at most 100 characters wide."""
    lines = [TITLE, "=" * len(TITLE), f"Before: {comparison.before}", f"After:  {comparison.after}", ""]
    if not comparison.rulebooks:
        lines += [NOTHING]
    else:
        lines += _wrapped(f"In short: {say_in_short(comparison)}")
    if comparison.measured is not None:
        lines += _wrapped(say_measured(comparison.measured))
    if comparison.beside:
        lines += _wrapped(say_beside(comparison))
    lines += _by_rule(comparison)
    for book in comparison.rulebooks:
        lines += _book(book)
    if comparison.differs:
        lines += ["", "", "Approved by: ______________________________    Date: ________________"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _by_rule(comparison: Comparison) -> Iterator[str]:
    """Yield a table of the rules that find something else."""
    rows = list(differing(comparison))
    if not rows:
        return
    numbers = ("before", "after", "new", "no longer")
    yield from ("", f"{'Findings by rule':<{_TITLE}}" + "".join(f"{word:>{_NUMBER}}" for word in numbers))
    for rule, found in rows:
        counts = (found.before, found.after, found.newly, found.no_longer)
        title = textwrap.shorten(rule.title, _TITLE - 2, placeholder="…")
        yield f"{_STEP}{title:<{_TITLE - 2}}" + "".join(f"{count:>{_NUMBER},}" for count in counts)


def _book(book: BookChanges) -> Iterator[str]:
    yield from ("", "", book.title, "-" * len(book.title))
    if STATUS[book.status]:
        yield from _wrapped(STATUS[book.status])
    for heading, kinds in SECTIONS:
        changes = [change for change in book.changes if change.kind in kinds]
        if changes:
            yield from ("", heading)
        for change in changes:
            yield from _item(change)
    for heading, status in RULES:
        rules = [rule for rule in book.rules if rule.status == status]
        if rules:
            yield from ("", heading)
        for rule in rules:
            yield from _rule(rule)


def _item(change: Change) -> Iterator[str]:
    """Yield a change of a whole rulebook, and the rules that build on it."""
    yield from _change(change, 1, "* ")
    if change.bears_on:
        yield from _wrapped(f"Rules that build on it: {say_bears_on(change)}", 2)


def _change(change: Change, depth: int, mark: str = "") -> Iterator[str]:
    """Yield a change: in one line where it is short."""
    what = f"{mark}{label_of_change(change)}"
    if change.kind == "phrases" or change.added or change.taken_out:
        yield from _wrapped(what, depth)
        yield from _listed(change, depth + 1)
        return
    before, after = change.before, change.after
    if before is None or after is None:
        word = "new" if before is None else "no longer there"
        said = after if before is None else before
        yield from _wrapped(
            f"{what}: {said or 'says something else'}" + (f" ({word})" if said else ""), depth
        )
        return
    line = f"{what}: {before} → {after}"
    if len(line) + depth * len(_STEP) <= _WIDTH:
        yield from _wrapped(line, depth)
        return
    yield from _wrapped(what, depth)
    yield from _wrapped(f"Before: {before}", depth + 1)
    yield from _wrapped(f"Now:    {after}", depth + 1)


def _listed(change: Change, depth: int) -> Iterator[str]:
    if change.added:
        yield from _wrapped(f"Added: {say_quoted(change.added)}", depth)
    if change.taken_out:
        yield from _wrapped(f"Taken out: {say_quoted(change.taken_out)}", depth)
    if not change.added and not change.taken_out:
        yield from _wrapped("The same ones in another order.", depth)


def _rule(rule: RuleChanges) -> Iterator[str]:
    off = "" if rule.enabled or rule.status == "retired" else ", switched off"
    yield ""
    yield from _wrapped(f"* {rule.title} (severity {rule.severity}{off})", 1)
    told = {change.kind for change in rule.changes}
    if rule.why and "why" not in told:
        yield from _wrapped(f"Why it matters: {rule.why}", 2)
    if rule.status in {"added", "retired"}:
        word = "What it looks for" if rule.status == "added" else "What it looked for"
        yield from _wrapped(f"{word}: {rule.does}", 2)
    yield from _wrapped(say_because(rule), 2)
    for change in rule.changes:
        yield from _change(change, 2)
    if rule.found is not None:
        yield from _found(rule.found)


def _found(found: Found) -> Iterator[str]:
    yield from _wrapped(f"Findings: {say_found(found)}", 2)
    groups = (
        ("Newly found", found.newly, found.examples_newly),
        ("No longer found", found.no_longer, found.examples_no_longer),
    )
    for label, total, examples in groups:
        if examples:
            yield from _wrapped(f"{say_shown(label, len(examples), total)}:", 3)
            yield from _examples(examples)


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    for one in examples:
        whom = ", ".join(part for part in (one.rep, one.contact) if part)
        yield from _wrapped(f"- {one.at}, {whom}: {one.message}", 4)


def _wrapped(text: str, depth: int = 0) -> list[str]:
    """Return a text on lines that begin so deep; those that follow the first one a little deeper."""
    indent = _STEP * depth
    hanging = indent + (_STEP if depth else "")
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
