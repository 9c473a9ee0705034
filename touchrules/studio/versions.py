"""Earlier versions of rulebooks, as git keeps them, beside those that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, Literal

from touchrules.errors import ArgumentError, Problem, TouchrulesError
from touchrules.language.diff import diff_rulebooks
from touchrules.language.differences import Difference
from touchrules.language.notes import version_in
from touchrules.language.source import read_source
from touchrules.language.spans import with_ends_of
from touchrules.language.writer import SetHead, change_rulebook
from touchrules.production.revisions import NoRepository, Repository, commits_of, find_repository, texts_of
from touchrules.replay.tuning import State
from touchrules.studio.effects import Effect, measure
from touchrules.studio.state import StudioState, edition_of

LineKind = Literal["same", "changed", "gone", "new"]

NOW: Final = ""
"""The id of what stands in the studio, which no commit has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A rulebook's text at one time. `id`: of its commit; `number`: the version that stands in it."""

    id: str
    at: datetime
    author: str
    note: str
    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The versions of one rulebook's file, the latest first; `why`: why there are none."""

    file: str
    known: tuple[Version, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an old text beside that of a new one, with their numbers; None: there is none."""

    kind: LineKind
    old: tuple[int, str] | None
    new: tuple[int, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFound:
    """How many touches a rule found in an old version, and in the one beside it."""

    title: str
    old: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of a rulebook: what differs, in the text and in the findings.

    `problems`: why one of them does not load any more; then nothing is said of differences and findings.
    """

    lines: tuple[Line, ...]
    differences: tuple[Difference, ...] = ()
    effect: Effect | None = None
    found: tuple[RuleFound, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_versions(studio: StudioState, file: str) -> Versions:
    """Return the versions that git has of a rulebook's file."""
    path = studio.place_of(file).absolute()
    repository = find_repository(path.parent)
    if isinstance(repository, NoRepository):
        return Versions(file=file, known=(), why=repository.why)
    try:
        versions = _read(repository, path)
    except ArgumentError as error:
        return Versions(file=file, known=(), why=error.problems[0].message)
    why = "" if versions else f"git has no version of {path.name} yet. The first commit of it will be one."
    return Versions(file=file, known=versions, why=why)


def _read(repository: Repository, path: Path) -> tuple[Version, ...]:
    commits = commits_of(repository, path)
    return tuple(
        Version(
            id=one.id,
            at=datetime.fromisoformat(one.at),
            author=one.author,
            note=one.note,
            number=version_in(text),
            text=text,
        )
        for one, data in zip(commits, texts_of(repository, commits), strict=True)
        if data is not None
        for text in (data.decode("utf-8", "replace"),)
    )


def text_that_stands(studio: StudioState, file: str) -> str:
    """Return a file's text with all that is set written into it."""
    source = studio.source_at(file)
    return studio.written(source)


def compare_versions(studio: StudioState, file: str, old: str, new: str) -> Comparison:
    """Return what two texts of a rulebook's file differ in; other rulebooks are as they stand."""
    lines = lay_side_by_side(old, new)
    try:
        before, after = (_state_with(studio, file, text) for text in (old, new))
    except TouchrulesError as error:
        return Comparison(lines=lines, problems=error.problems)
    return Comparison(
        lines=lines,
        differences=diff_rulebooks(edition_of(before), edition_of(after)),
        effect=measure(studio, before, after),
        found=_found(studio, file, before, after),
    )


def _state_with(studio: StudioState, file: str, text: str) -> State:
    """Return what would stand with another text of a file, all that is set in other rulebooks kept."""
    now = studio.state
    sources = [read_source(text, file) if one.file == file else one for one in now.sources]
    own = [book for book in now.rulebooks if book.file == file]
    names, rules = {book.name for book in own}, {rule.id for book in own for rule in book.rules}
    settings = {key: one for key, one in now.settings.items() if key.rpartition(".")[0] not in names}
    switched = {rule: on for rule, on in now.switched.items() if rule not in rules}
    return studio.tuning.imagine(sources, settings, switched)


def _found(studio: StudioState, file: str, before: State, after: State) -> tuple[RuleFound, ...]:
    """Return how many touches each rule of a file that reports found in both states."""
    titles = {
        rule.id: rule.title
        for state in (before, after)
        for book in state.rulebooks
        if book.file == file
        for rule in book.rules
        if rule.report
    }
    return tuple(
        RuleFound(title=title, old=studio.count_found(rule, before), new=studio.count_found(rule, after))
        for rule, title in titles.items()
    )


def go_back(studio: StudioState, file: str, version: Version) -> None:
    """Have an earlier text of a file stand, with the number that the file has now; one step, not written.

    Raises RulebookError and the like if it does not load any more.
    """
    saved = studio.saved_text_at(file)
    text = with_ends_of(version.text, saved)
    number = version_in(saved)
    if number and version_in(text) not in {"", number}:
        text = change_rulebook(text, [SetHead(key="version", value=number)])
    what = version.number or version.id[:8]
    studio.rewrite(file, text, step=f"{studio.place_of(file).name} as of version {what}")


def lay_side_by_side(old: str, new: str) -> tuple[Line, ...]:
    """Return the lines of two texts beside one another."""
    one, other = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for tag, first, last, begin, end in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        for step in range(max(last - first, end - begin)):
            left = _numbered(one, first + step, last)
            right = _numbered(other, begin + step, end)
            kind: LineKind = "gone" if right is None else "new" if left is None else "changed"
            lines.append(Line(kind="same" if tag == "equal" else kind, old=left, new=right))
    return tuple(lines)


def _numbered(lines: Sequence[str], place: int, end: int) -> tuple[int, str] | None:
    return (place + 1, lines[place]) if place < end else None
