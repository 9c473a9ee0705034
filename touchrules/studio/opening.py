"""What the studio opens: rulebooks and touches, by what was asked for or by what lies there."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, DataError, Problem, RulebookError
from touchrules.language.fits import declared_types
from touchrules.language.load import ENDING, load_rulebooks, rulebook_files
from touchrules.model.rules import Rulebook
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.streams.duplicates import BadRows
from touchrules.streams.mapping import TouchMapping
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.reader import Reading, read_touches
from touchrules.studio.curve import values_along
from touchrules.studio.folders import MAPPING, find_mapping
from touchrules.studio.kept import keep, open_kept
from touchrules.studio.scope import EVERYTHING, Scope
from touchrules.studio.state import StudioState
from touchrules.studio.trouble import Trouble, tell_trouble

TOUCHES: Final = "TOUCHRULES_TOUCHES"
RULEBOOKS: Final = "TOUCHRULES_RULEBOOKS"
TIMEZONE: Final = "TOUCHRULES_TIMEZONE"

Progress = Callable[[str, int, int | None], None]
"""Called now and then with what is being done, how far it is, and how far it goes if that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Touches that somebody asked for. `path`: None for those of the environment, else the made-up company's.

    `mapping`: None for the one that lies beside the file, if one does.
    """

    path: str | None = None
    mapping: TouchMapping | None = None
    bad_rows: BadRows = "stop"


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


def read_data(
    data: Data,
    files: tuple[str, ...],
    progress: Progress | None = None,
    rulebooks: Sequence[Rulebook] | None = None,
) -> Reading:
    """Return the touches to replay. Raises as `read_touches` does.

    The path of a mapping that names files stands for these. Files that need no mapping are kept ready.
    `rulebooks`: those of the files, where they are read already.
    """
    chosen, timezone = _touches_of(data.path)
    mapping = data.mapping or _read_mapping_of(chosen)
    if progress is not None:
        progress("Reading touches", 0, None)
    declared = declared_types(load_rulebooks(files) if rulebooks is None else rulebooks)
    is_plain = mapping is None and data.bad_rows == "stop"
    kept = open_kept(chosen, timezone, declared) if is_plain else None
    if kept is not None:
        return Reading(stream=kept)
    reading = read_touches(
        [] if chosen.endswith(MAPPING) else chosen,
        mapping=mapping,
        timezone=(mapping and mapping.timezone) or timezone,
        declared=declared,
        bad_rows=data.bad_rows,
        progress=None if progress is None else (lambda rows, total: progress("Reading touches", rows, total)),
    )
    if is_plain:
        keep(chosen, files, timezone, declared)
    return reading


def make_ready() -> None:
    """Have the workspace's touches be kept ready, before somebody opens a studio on them."""
    files = find_rulebooks(None)
    chosen, timezone = _touches_of(None)
    if find_mapping(Path(chosen)) is None:
        keep(chosen, files, timezone, declared_types(load_rulebooks(files)))


def name_touches(data: Data) -> str:
    """Return what the touches of some data are called: the last part of their path."""
    return Path(_touches_of(data.path)[0]).name


def _touches_of(touches: str | None) -> tuple[str, str | None]:
    return touches or os.environ.get(TOUCHES) or str(SHIPPED), os.environ.get(TIMEZONE) or None


def _read_mapping_of(chosen: str) -> TouchMapping | None:
    """Return what a mapping says of touches: one that was chosen itself, or the one beside a file."""
    place = Path(chosen) if chosen.endswith(MAPPING) else find_mapping(Path(chosen))
    return None if place is None else read_mapping(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the studio was asked to open. `leave_out`: rulebooks that are not to be opened.

    `path`: a rulebook; None: the workspace's. `scope`: what of the touches is looked at first.
    """

    path: str | None = None
    data: Data = field(default_factory=Data)
    leave_out: tuple[str, ...] = ()
    scope: Scope = EVERYTHING


def open_or_tell(
    asked: Asked, before: StudioState | None = None, progress: Progress | None = None
) -> StudioState | Trouble:
    """Return the studio's state, decided once, or why there can be none.

    `before`: a state whose touches, and what of them is looked at, stay.
    """
    files: tuple[str, ...] = ()
    try:
        files = find_rulebooks(asked.path)
        kept = _without(files, asked.leave_out)
        books = load_rulebooks(kept)
    except (RulebookError, ArgumentError) as error:
        return tell_trouble(error, files, "rulebooks")
    try:
        reading = read_data(asked.data, kept, progress, books) if before is None else _read_again(before)
    except (DataError, ArgumentError) as error:
        return tell_trouble(error, kept, "touches")
    scope = asked.scope if before is None else before.scope
    try:
        return _open_state(asked, kept, reading, scope, progress)
    except (RulebookError, ArgumentError) as error:
        return tell_trouble(error, files, "rulebooks")
    except DataError as error:
        return tell_trouble(error, files, "touches")


def _without(files: tuple[str, ...], leave_out: Collection[str]) -> tuple[str, ...]:
    return tuple(file for file in files if file not in leave_out)


def _read_again(before: StudioState) -> Reading:
    return Reading(stream=before.stream, rejects=before.rejects)


def read_state(data: Data, before: StudioState, progress: Progress | None = None) -> StudioState:
    """Return the state of a studio's rulebooks on other touches. Raises as reading and deciding do."""
    asked = Asked(data=data, leave_out=before.left_out)
    reading = read_data(data, before.files, progress)
    return _open_state(asked, before.files, reading, EVERYTHING, progress)


def _open_state(
    asked: Asked, files: tuple[str, ...], reading: Reading, scope: Scope, progress: Progress | None
) -> StudioState:
    studio = StudioState(files, reading.stream, scope, rejects=reading.rejects, left_out=asked.leave_out)
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
