"""Finds the two versions that somebody asks to compare."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, Problem
from touchrules.language.load import ENDING, rulebook_files
from touchrules.production.bundle.keys import Trust
from touchrules.production.comparing.bundled import BUNDLE, is_bundle, open_bundled, read_bundled
from touchrules.production.comparing.version import Texts, Version, make_version
from touchrules.production.comparing.words import say_day
from touchrules.production.revisions import (
    NoRepository,
    Repository,
    Revision,
    files_at,
    find_repository,
    find_revision,
    paths_at,
)

FORMS: Final = (
    "Name a rulebook, a folder with rulebooks, a bundle, or what git keeps of them:\n"
    "`touchrules diff OLD NEW`, `touchrules diff HEAD~1:rulebooks rulebooks`,\n"
    "`touchrules diff HEAD~1 HEAD -- rulebooks`, `touchrules diff HEAD -- rulebooks`."
)


_NOBODY: Final = Trust()


def find_versions(arguments: Sequence[str], folder: Path, trust: Trust = _NOBODY) -> tuple[Version, Version]:
    """Return the version before and the one after, as they are asked for in a folder.

    `trust`: whose bundles are opened. Raises ArgumentError where there is no such thing, RulebookError where
    one does not load, BundleError where one is refused.
    """
    first, *rest = _split_range(arguments, folder)
    if len(rest) == 1 and _is_place(first, folder):
        return _open(first, folder, trust), _open(rest[0], folder, trust)
    if not rest:
        raise ArgumentError(Problem(message="There are no two versions to compare.", remedy=FORMS))
    if _is_place(first, folder):
        message = f"{first} is a place, and {len(rest)} more arguments follow."
        raise ArgumentError(Problem(message=message, remedy=FORMS))
    if len(rest) > 1 and not (folder / rest[0]).exists():
        second, *paths = rest
        return _at(first, paths, folder, trust), _at(second, paths, folder, trust)
    return _at(first, rest, folder, trust), _of_files(rest, folder, trust)


def _split_range(arguments: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the arguments with `A..B` as two."""
    if not arguments:
        raise ArgumentError(Problem(message="There are no two versions to compare.", remedy=FORMS))
    first, *rest = arguments
    before, dots, after = first.partition("..")
    if not dots or after.startswith((".", "/")) or ":" in first or (folder / first).exists():
        return tuple(arguments)
    return (before or "HEAD", after or "HEAD", *rest)


def _is_place(text: str, folder: Path) -> bool:
    """Say whether an argument says by itself where rulebooks are."""
    return ":" in text or text.endswith((ENDING, BUNDLE)) or (folder / text).exists()


def _open(text: str, folder: Path, trust: Trust) -> Version:
    if (folder / text).exists() or ":" not in text:
        return _of_files([text], folder, trust)
    revision, _, path = text.partition(":")
    repository = _repository(folder)
    if path.startswith(("./", "../")):
        path = _from_top(repository, folder / path)
    return _of_revision(repository, _revision(repository, revision), [path.strip("/")], trust)


def _of_files(paths: Sequence[str], folder: Path, trust: Trust) -> Version:
    """Load what lies in files and folders."""
    for path in paths:
        if not (folder / path).exists():
            message = f"There is no file, folder or bundle {path}."
            raise ArgumentError(Problem(message=message, remedy=FORMS))
    if len(paths) == 1 and is_bundle(folder / paths[0]):
        return open_bundled(paths[0], folder / paths[0], trust)
    files, missing = rulebook_files([_below(folder, path) for path in paths])
    if missing:
        raise ArgumentError(missing)
    return make_version(", ".join(paths), _texts(files), partial(_lying_beside, files))


def _below(folder: Path, path: str) -> str:
    """Return a path as it was given, if it is from the present folder."""
    return path if folder == Path.cwd() else os.fspath(folder / path)


def _texts(files: Iterable[str]) -> Texts:
    return {file: Path(file).read_bytes() for file in files}


def _lying_beside(files: Sequence[str]) -> Texts:
    """Return the other rulebooks of the folders that some files lie in."""
    folders = dict.fromkeys(Path(file).parent for file in files)
    near = (path.as_posix() for one in folders for path in sorted(one.glob(f"*{ENDING}")) if path.is_file())
    return _texts(path for path in near if path not in {Path(file).as_posix() for file in files})


def _at(name: str, paths: Sequence[str], folder: Path, trust: Trust) -> Version:
    """Load what git keeps of some paths, as they are named in a folder."""
    if "\0" in name or not name:
        raise ArgumentError(Problem(message="A version has no name.", remedy=FORMS))
    repository = _repository(_there(folder / paths[0]))
    from_top = [_from_top(repository, folder / path) for path in paths]
    return _of_revision(repository, _revision(repository, name), from_top, trust)


def _there(path: Path) -> Path:
    """Return the folder that a path is in, as far as there is one: its file may have been taken away."""
    return next(one for one in (path, *path.absolute().parents) if one.is_dir())


def _from_top(repository: Repository, path: Path) -> str:
    top, full = repository.root.resolve(), path.parent.resolve() / path.name
    full = full.resolve() if path.name in {"", ".", ".."} else full
    if not full.is_relative_to(top):
        message = f"{path} is not in the git repository {repository.root}."
        raise ArgumentError(Problem(message=message, remedy="Name a path that is in it."))
    told = full.relative_to(top).as_posix()
    return "" if told == "." else told


def _repository(folder: Path) -> Repository:
    found = find_repository(folder)
    if isinstance(found, NoRepository):
        raise ArgumentError(Problem(message=found.why, remedy=FORMS))
    return found


def _revision(repository: Repository, name: str) -> Revision:
    found = find_revision(repository, name)
    if found is None:
        message = f'There is no file "{name}", and git knows no revision of that name.'
        remedy = f"Revisions are commits, branches and tags; `git log` lists them.\n{FORMS}"
        raise ArgumentError(Problem(message=message, remedy=remedy))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What git keeps at one revision; texts are named as git names them."""

    repository: Repository
    revision: Revision

    def texts(self, paths: Sequence[str]) -> Texts:
        held: Mapping[str, bytes] = files_at(self.repository, self.revision, paths)
        return {f"{self.revision.name}:{path}": data for path, data in held.items()}

    def below(self, path: str) -> tuple[str, ...]:
        return paths_at(self.repository, self.revision, path)

    def beside(self, paths: Sequence[str]) -> Texts:
        folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
        near = (path for one in folders for path in self.below(one) if path.rpartition("/")[0] == one)
        return self.texts([path for path in near if path.endswith(ENDING) and path not in paths])


def _of_revision(repository: Repository, revision: Revision, paths: Sequence[str], trust: Trust) -> Version:
    kept = _Kept(repository=repository, revision=revision)
    own: dict[str, bytes] = {}
    found: list[str] = []
    for path in paths:
        below = kept.below(path)
        books = [one for one in below if one == path or one.endswith(ENDING)]
        texts = kept.texts(books)
        if not texts:
            what = "no rulebook" if below else "nothing"
            message = f"{revision.name} holds {what} at {path or 'its top'}."
            remedy = "Behind REVISION: the path is from the top of the repository; from here it is ./PATH."
            raise ArgumentError(Problem(message=message, remedy=remedy))
        found += books
        own.update(texts)
    if len(own) == 1 and found[0].endswith(BUNDLE):
        [(label, data)] = own.items()
        return read_bundled(label, data, trust)
    label = f"{', '.join(paths) or 'all'}, {revision.name} of {say_day(revision.day)} ({revision.short})"
    return make_version(label, own, partial(kept.beside, found))
