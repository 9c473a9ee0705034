"""Why the studio cannot open, and which rulebooks would open all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from touchrules.errors import ArgumentError, Problem, TouchrulesError
from touchrules.language.load import RulebookTexts, read_sources
from touchrules.language.source import read_source
from touchrules.language.spans import with_ends_of
from touchrules.replay.writing import write_file, write_text
from touchrules.studio.saving import is_unchanged, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong. `files`: the rulebooks that were to be opened; `openable`: those that load together.

    `about`: whether other touches could help, or only other rulebooks.
    """

    problems: tuple[Problem, ...]
    about: Literal["rulebooks", "touches"]
    files: tuple[str, ...] = ()
    openable: tuple[str, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """The rulebooks that would be left out."""
        return tuple(file for file in self.files if file not in self.openable)


def tell_trouble(
    error: TouchrulesError, files: Sequence[str], about: Literal["rulebooks", "touches"]
) -> Trouble:
    """Return what is wrong, and what could be opened without it."""
    broken = {problem.place.file for problem in error.problems if problem.place}
    kept = [file for file in files if file not in broken]
    openable = find_openable(kept) if len(kept) < len(files) else ()
    return Trouble(problems=error.problems, about=about, files=tuple(files), openable=openable)


def find_openable(files: Sequence[str]) -> tuple[str, ...]:
    """Return those of some rulebooks that load together: without the broken, and what builds on them."""
    kept = list(read_sources(files)) if files else []
    while kept:
        problems = RulebookTexts(kept).check({})
        if not problems:
            break
        broken = {problem.place.file for problem in problems if problem.place}
        kept = [source for source in kept if broken and source.file not in broken]
    return tuple(source.file for source in kept)


def by_file(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Return problems by the file that they stand in; "": they stand in none."""
    told: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        file = problem.place.file if problem.place else ""
        told[file] = (*told.get(file, ()), problem)
    return told


def text_to_mend(file: str) -> str | None:
    """Return the text of a file that may be mended; None: it cannot be read as text."""
    try:
        return read_text(Path(file))
    except (OSError, UnicodeDecodeError):
        return None


def mend(files: Sequence[str], file: str, known: str, text: str) -> tuple[Problem, ...]:
    """Write a mended text, if no problem stands in that file any more, else return those that do.

    `known`: what the file held when it was read. Raises ArgumentError, and writes nothing, if it holds
    something else by now, or cannot be written.
    """
    others = read_sources([one for one in files if one != file]) if len(files) > 1 else ()
    problems = RulebookTexts([*others, read_source(text, file)]).check({})
    own = tuple(problem for problem in problems if problem.place and problem.place.file == file)
    if own:
        return own
    if not is_unchanged(Path(file), known):
        message = f"{Path(file).name} was changed on disk meanwhile."
        raise ArgumentError(Problem(message=message, remedy="Look again, and mend what is there now."))
    write_file(Path(file), partial(write_text, with_ends_of(text, known)))
    return ()
