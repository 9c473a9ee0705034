"""What would be exported as all stands in the studio: rulebooks, changes, and rules without a test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.language.describe_differences import say_difference
from touchrules.language.testfiles import find_test_files, parse_tests
from touchrules.model.rules import Rulebook
from touchrules.production.bundle.carried import find_untested
from touchrules.production.bundle.exporting import ENDING, figures_of
from touchrules.production.bundle.manifest import ReplayFigures, UntestedRule
from touchrules.production.bundle.tuned import (
    Tuned,
    list_changed,
    list_switched,
    make_editions,
    read_text,
    stem_of,
)
from touchrules.replay.summary import summarise
from touchrules.studio.state import StudioState

_ODD: Final = re.compile(r"[^A-Za-z0-9._+-]+")

Change = tuple[str, str]
"""The name of a rulebook, and one change of it in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One rulebook of an export. `edited`: its text differs from its file, beside what is set in it."""

    book: Rulebook
    tests: int
    edited: bool

    @property
    def title(self) -> str:
        """What it is called."""
        return self.book.title or self.book.name

    @property
    def in_force(self) -> int:
        """How many of its rules are in force."""
        return sum(rule.enabled for rule in self.book.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would be exported as all stands. `against_files`: what differs from the files on disk.

    `against_defaults`: what is set and switched beside what the texts of the rulebooks say. `left_out`: files
    that are not open in the studio. `figures`: what a replay finds in the touches that are open.
    """

    tuned: Tuned
    rulebooks: tuple[Exported, ...]
    against_files: tuple[Change, ...]
    against_defaults: tuple[Change, ...]
    untested: tuple[UntestedRule, ...]
    left_out: tuple[str, ...]
    figures: ReplayFigures
    timezone: str

    def title_of(self, rulebook: str) -> str:
        """Return what a rulebook is called."""
        return next((one.title for one in self.rulebooks if one.book.name == rulebook), rulebook)

    def rule_title(self, rule: str) -> str:
        """Return what a rule is called."""
        return next((one.title for each in self.rulebooks for one in each.book.rules if one.id == rule), rule)


def look_ahead(studio: StudioState, touches: str) -> Preview:
    """Return what would be exported as all stands. `touches`: what the touches are called.

    Raises RulebookError and ArgumentError where it cannot be exported.
    """
    tuned = tuned_of(studio)
    editions = make_editions(tuned)
    tests = [
        test
        for file, text in tuned.tests.items()
        for test in parse_tests(text, file, editions.before.rulebooks)
    ]
    counts = [test.rulebook for test in tests]
    edits = studio.edits()
    edited = {book.name for book in studio.state.rulebooks if studio.path_of(book) in edits}
    switched = [
        (one.rulebook, f"Rule “{one.title}” is switched {'on' if one.on else 'off'}.")
        for one in list_switched(tuned, editions)
    ]
    return Preview(
        tuned=tuned,
        rulebooks=tuple(
            Exported(book=book, tests=counts.count(book.name), edited=book.name in edited)
            for book in editions.rulebooks
        ),
        against_files=tuple((one.rulebook, say_difference(one)) for one in studio.changes()),
        against_defaults=(*((one.rulebook, one.told) for one in list_changed(editions)), *switched),
        untested=find_untested(editions.rulebooks, tests),
        left_out=tuple(Path(file).name for file in studio.left_out),
        figures=_figures(studio, touches),
        timezone=studio.stream.timezone,
    )


def tuned_of(studio: StudioState) -> Tuned:
    """Return what stands as an export takes it: texts as they were edited, and what is set beside them."""
    state = studio.state
    places = {str(studio.place_of(one.file)): studio.text_of(one) for one in state.sources}
    return Tuned(
        texts=places,
        tests={file: read_text(file) for file in find_test_files([*places])},
        settings=state.settings,
        switched=state.switched,
    )


def _figures(studio: StudioState, touches: str) -> ReplayFigures:
    tuning = studio.tuning
    summary = summarise(
        studio.state.rulebooks,
        tuning.outcome(),
        studio.columns,
        as_of=tuning.session.as_of,
        engine="columnar",
    )
    return figures_of(summary, [touches])


def propose_name(preview: Preview, opened: str | None) -> str:
    """Return what the file may be called: the name and the version of a rulebook.

    Of several it is the one of the file that was opened, else one that is changed, else the first.
    """
    files = list(preview.tuned.texts)
    changed = {rulebook for rulebook, _ in (*preview.against_files, *preview.against_defaults)}
    books = [one.book for one in preview.rulebooks]
    named = [
        book
        for book, file in zip(books, files, strict=True)
        if opened is not None and Path(file).name == Path(opened).name
    ]
    first = next(iter([*named, *(book for book in books if book.name in changed), *books]))
    version = _ODD.sub("-", first.version).strip("-.")
    more = f"and-{len(books) - 1}-more" if len(books) > 1 else ""
    return "-".join(part for part in (stem_of(first.name), version, more) if part) + ENDING
