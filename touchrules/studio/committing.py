"""Keeps saved rulebooks in git, each commit with the reason for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from touchrules.language.describe_differences import say_difference
from touchrules.language.differences import Difference
from touchrules.language.nodes import clipped
from touchrules.production.revisions import NoRepository, Repository, commit_files, find_repository

_SUBJECT: Final = 72


def repositories_of(files: Iterable[Path]) -> dict[Path, Repository] | NoRepository:
    """Return the repository of each file, or why one of them is in none."""
    found: dict[Path, Repository] = {}
    for file in files:
        repository = find_repository(file.absolute().parent)
        if isinstance(repository, NoRepository):
            return repository
        found[file] = repository
    return found


def commit_saved(repositories: Mapping[Path, Repository], message: str) -> tuple[str, ...]:
    """Commit saved files, one commit for each repository; return the short names of the commits.

    Raises ArgumentError where git refuses.
    """
    by_root: dict[Path, list[Path]] = {}
    for file, repository in repositories.items():
        by_root.setdefault(repository.root, []).append(file)
    return tuple(commit_files(repositories[files[0]], files, message) for files in by_root.values())


def write_message(note: str, differences: Sequence[Difference]) -> str:
    """Return the message of a commit: the note, or else the first change, and then all changes."""
    said = [clipped(say_difference(one), longest=300) for one in differences]
    lines = note.strip().splitlines() or [clipped(said[0], longest=_SUBJECT) if said else "Saved"]
    subject, *more = [line.rstrip() for line in lines]
    body = "\n".join(more).strip()
    changes = "\n".join(f"- {one}" for one in said)
    return "\n\n".join(part for part in (subject, body, changes) if part) + "\n"
