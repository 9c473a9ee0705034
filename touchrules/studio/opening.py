"""What the studio opens: rulebooks and touches, by what was asked for or by what lies there."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, DataError, Problem, RulebookError
from touchrules.language.fits import declared_types
from touchrules.language.load import ENDING, load_rulebooks, rulebook_files
from touchrules.model.rules import Rulebook
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream
from touchrules.studio.curve import values_along
from touchrules.studio.kept import keep, open_kept
from touchrules.studio.state import StudioState
from touchrules.studio.trouble import Trouble, tell_trouble

TOUCHES: Final = "TOUCHRULES_TOUCHES"
RULEBOOKS: Final = "TOUCHRULES_RULEBOOKS"
TIMEZONE: Final = "TOUCHRULES_TIMEZONE"

Progress = Callable[[str, int, int | None], None]
"""Called now and then with what is being done, how far it is, and how far it goes if that is known."""


def find_rulebooks(path: str | None, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the files of rulebooks to open: those beside a file, or those of the workspace.

    A file is opened with the others of its folder, whose facts it may name. Raises ArgumentError where there
    are none.
    """
    place = str(Path(path).absolute().parent) if path else environment.get(RULEBOOKS) or str(Path.cwd())
    beside = [str(one) for one in sorted(Path(place).glob(f"*{ENDING}"))] if path else [place]
    files, missing = rulebook_files(beside)
    if missing or not files:
        remedy = "Start `touchrules lab`, which brings the shipped rulebooks, or put some here."
        raise ArgumentError(Problem(message=f"There is no rulebook in {place}.", remedy=remedy))
    return files


def read_data(touches: str | None, files: tuple[str, ...], progress: Progress | None = None) -> Stream:
    """Return the touches to replay: those asked for, else the year of a made-up company."""
    chosen, timezone = _touches_of(touches)
    tell = None if progress is None else (lambda rows, total: progress("Reading touches", rows, total))
    declared = declared_types(load_rulebooks(files))
    kept = open_kept(chosen, timezone, declared)
    if kept is not None:
        return kept
    stream = read_touches(chosen, timezone=timezone, declared=declared, progress=tell).stream
    keep(chosen, files, timezone, declared)
    return stream


def make_ready() -> None:
    """Have the workspace's touches be kept ready, before somebody opens a studio on them."""
    files = find_rulebooks(None)
    chosen, timezone = _touches_of(None)
    keep(chosen, files, timezone, declared_types(load_rulebooks(files)))


def _touches_of(touches: str | None) -> tuple[str, str | None]:
    return touches or os.environ.get(TOUCHES) or str(SHIPPED), os.environ.get(TIMEZONE) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the studio was asked to open. `leave_out`: rulebooks that are not to be opened.

    `path`: a rulebook; None: the workspace's. `touches`: None: those of the environment, or the demo year.
    """

    path: str | None = None
    touches: str | None = None
    leave_out: tuple[str, ...] = ()


def open_or_tell(
    asked: Asked, stream: Stream | None = None, progress: Progress | None = None
) -> StudioState | Trouble:
    """Return the studio's state, decided once, or why there can be none. `stream`: touches that are read."""
    files: tuple[str, ...] = ()
    try:
        files = find_rulebooks(asked.path)
        kept = _without(files, asked.leave_out)
        load_rulebooks(kept)
    except (RulebookError, ArgumentError) as error:
        return tell_trouble(error, files, "rulebooks", asked.touches)
    try:
        read = stream or read_data(asked.touches, kept, progress)
    except (DataError, ArgumentError) as error:
        return tell_trouble(error, kept, "touches", asked.touches)
    try:
        return _open_state(asked, kept, read, progress)
    except (RulebookError, ArgumentError) as error:
        return tell_trouble(error, files, "rulebooks", asked.touches)
    except DataError as error:
        return tell_trouble(error, files, "touches", asked.touches)


def _without(files: tuple[str, ...], leave_out: Collection[str]) -> tuple[str, ...]:
    return tuple(file for file in files if file not in leave_out)


def _open_state(
    asked: Asked, files: tuple[str, ...], stream: Stream, progress: Progress | None
) -> StudioState:
    studio = StudioState(files, stream, asked.leave_out)
    studio.tuning.outcome(progress=progress)
    studio.rule = _first_rule(studio, studio.state.rulebooks)
    if asked.path:
        books = {Path(studio.source_of(book).file).name: book for book in studio.state.rulebooks}
        book = books.get(Path(asked.path).name)
        studio.rule = studio.rule if book is None else _first_rule(studio, [book])
    return studio


def _first_rule(studio: StudioState, books: Sequence[Rulebook]) -> str:
    """Return the rule to begin with: of those with a slider the one that finds the most."""
    outcome = studio.tuning.outcome()
    rules = [rule.id for book in books for rule in book.rules if rule.report and rule.enabled]
    turned = [rule for rule in rules if any(map(values_along, studio.parameters(rule)))]
    return max(turned or rules, key=outcome.found, default=studio.rule)
