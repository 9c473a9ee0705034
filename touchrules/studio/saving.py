"""Writes tuned values into the files of rulebooks, every comment kept, and nothing over what others wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from touchrules.errors import ArgumentError, Problem
from touchrules.language.notes import version_in, write_note
from touchrules.language.numbering import BUMPS, Bump, next_version
from touchrules.language.source import Source
from touchrules.language.tuned import list_changes, name_of
from touchrules.language.writer import SetHead, change_rulebook
from touchrules.replay.tuning import State
from touchrules.replay.writing import write_file, write_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a save writes beside what was set: the version of each file, and why it was changed.

    A file that is not among `versions` keeps its version. `note`: for a comment; empty: there is none.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The versions that a file may get. `now`: the saved one; `written`: the one in the text as it stands."""

    file: str
    now: str
    written: str
    proposed: Bump

    def choices(self) -> dict[str, str]:
        """Return what may be chosen, and the version that it gives."""
        next_ones = {bump: next_version(self.now, bump) for bump in BUMPS}
        named = {f"{bump}: {version}": version for bump, version in next_ones.items() if version}
        return {**named, f"as written: {self.written or 'none'}": self.written}

    def choice(self) -> str:
        """Return the version to propose: the one that somebody wrote by hand, else the next one."""
        proposed = next_version(self.now, self.proposed)
        return self.written if proposed is None or self.written != self.now else proposed


def write_values(state: State, text_of: Callable[[Source], str], saved: State) -> dict[str, str]:
    """Return the text of each file that differs from the saved one, with all that is set written into it."""
    before = {one.file: text_of(one) for one in saved.sources}
    texts: dict[str, str] = {}
    for source in state.sources:
        text = text_of(source)
        changes = list_changes(name_of(source), state.rulebooks, state.settings, state.switched)
        if changes or text != before.get(source.file):
            texts[source.file] = change_rulebook(text, changes)
    return texts


def write_release(texts: Mapping[str, str], release: Release) -> dict[str, str]:
    """Return texts of files with their new versions and the note."""
    written: dict[str, str] = {}
    for file, text in texts.items():
        version = release.versions.get(file, "")
        changes = [SetHead(key="version", value=version)] if version not in {"", version_in(text)} else []
        written[file] = write_note(change_rulebook(text, changes), release.note)
    return written


def write_settings(state: State, source: Source, text: str) -> str:
    """Return the text of a source with what is set and switched written into it, under the same version."""
    changes = list_changes(name_of(source), state.rulebooks, state.settings, state.switched)
    return change_rulebook(text, changes)


def save_texts(texts: Mapping[Path, tuple[str, str]]) -> None:
    """Write files, each whole: for each what it held when it was read, and its new text.

    Raises ArgumentError, and writes nothing, if one of them holds something else by now. What holds its new
    text already, since a save ended half-way, is as it should be.
    """
    for path, (known, text) in texts.items():
        if path.exists() and read_text(path) not in {known, text}:
            message = f"{path.name} was changed on disk since the studio read it."
            raise ArgumentError(Problem(message=message, remedy="Reload it; what you have set is lost then."))
    for path, (_, text) in texts.items():
        write_file(path, partial(write_text, text))


def is_unchanged(path: Path, known: str) -> bool:
    """Return whether a file holds a text that is known of it."""
    return path.exists() and read_text(path) == known


def read_text(path: Path) -> str:
    """Return what a file holds, ends of lines and byte order mark as they are."""
    return path.read_bytes().decode("utf-8")
