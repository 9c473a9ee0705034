"""Asks the program git what it knows of rulebooks, and has it keep what was saved."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, Problem

_PATIENCE: Final = 30.0
_PATIENCE_FOR_HOOKS: Final = 300.0
"""Seconds; a commit may run checks of its own."""

_SETTINGS: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_EDITOR": "true",
    "LANGUAGE": "en",
}
_LEADING_ELSEWHERE: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""Variables that a program started by git inherits, and that name another repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A folder whose versions git keeps. `root`: its top; `folder`: where the rulebooks are in it."""

    root: Path
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRepository:
    """A folder whose versions nobody keeps, and why, with what to do."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit that changed a file. `at`: ISO 8601 with its zone; `path`: the file's, from the top, then."""

    id: str
    author: str
    at: str
    note: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit that somebody named. `short`: its short id; `day`: when it was made, ISO 8601."""

    id: str
    short: str
    day: str
    name: str


def find_repository(folder: Path) -> Repository | NoRepository:
    """Return the repository that a folder is in, or why there is none."""
    if shutil.which("git") is None:
        return NoRepository(why="The program git is not installed here, so no versions are kept.")
    done = _run(folder, ["rev-parse", "--show-toplevel"])
    if done.code == 0:
        return Repository(root=Path(os.fsdecode(done.out.removesuffix(b"\n"))), folder=folder)
    if b"not a git repository" in done.err:
        why = f"{folder} is in no git repository, so no versions are kept. `git init` there begins to."
        return NoRepository(why=why)
    return NoRepository(why=f"git cannot be asked about {folder}: {_words(done.err)}")


def commits_of(repository: Repository, file: Path, most: int = 300) -> tuple[Commit, ...]:
    """Return the commits that changed a file, the latest first, also under the names it had before.

    Raises ArgumentError where git cannot tell.
    """
    form = "--format=%x01%H%x00%an%x00%aI%x00%B%x00"
    options = ["--follow", "--name-status", "-z", "--no-show-signature", "--no-relative", "--no-color"]
    if _run(repository.folder, ["rev-parse", "--verify", "--quiet", "HEAD"]).code:
        return ()
    log = ["log", f"--max-count={most}", form, *options, "--", str(file)]
    told = _ask(repository.folder, log).decode("utf-8", "replace")
    commits = (_read_commit(part) for part in told.split("\x01")[1:])
    return tuple(commit for commit in commits if commit is not None)


def _read_commit(part: str) -> Commit | None:
    """Return a commit of the log; None where it took the file away or tells no path."""
    name, author, at, note, *rest = part.split("\x00")
    status, *paths = [one.strip("\n") for one in rest if one.strip("\n")] or [""]
    if not paths or status.startswith("D"):
        return None
    return Commit(id=name, author=author, at=at, note=note.strip(), path=paths[-1])


def texts_of(repository: Repository, commits: Sequence[Commit]) -> tuple[bytes | None, ...]:
    """Return what a file held in each of some commits; None where that cannot be told."""
    return _contents(repository, [f"{one.id}:{one.path}" for one in commits])


def _contents(repository: Repository, names: Sequence[str]) -> tuple[bytes | None, ...]:
    """Return what git holds under names of the form `REVISION:PATH`; None where that cannot be told."""
    asked = "".join(f"{name}\n" for name in names if "\n" not in name)
    told = _ask(repository.root, ["cat-file", "--batch"], asked.encode("utf-8", "surrogateescape"))
    texts: list[bytes | None] = []
    for name in names:
        head, _, rest = told.partition(b"\n")
        size = head.rpartition(b" ")[2]
        if "\n" in name or not size.isdigit():
            texts.append(None)
            told = told if "\n" in name else rest
            continue
        texts.append(rest[: int(size)])
        told = rest[int(size) + 1 :]
    return tuple(texts)


def find_revision(repository: Repository, name: str) -> Revision | None:
    """Return what a branch, a tag, or any other name that git knows stands for; None if it knows no such."""
    if not name or "\0" in name:
        return None
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
    found = _run(repository.folder, asked)
    if found.code:
        return None
    commit = found.out.decode().strip()
    form = ["log", "-1", "--format=%h%x00%cs", "--no-show-signature", "--no-color", commit]
    short, _, day = _ask(repository.folder, form).decode().strip().partition("\0")
    return Revision(id=commit, short=short, day=day, name=name)


def paths_at(repository: Repository, revision: Revision, path: str) -> tuple[str, ...]:
    """Return the files of a revision at or below a path, in order; all paths are from the top."""
    listing = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", revision.id, "--", path or "."]
    told = _ask(repository.root, listing)
    return tuple(os.fsdecode(name) for name in told.split(b"\0") if name)


def files_at(repository: Repository, revision: Revision, paths: Sequence[str]) -> dict[str, bytes]:
    """Return what some files held in a revision, by their paths from the top, if it has them."""
    held = _contents(repository, [f"{revision.id}:{path}" for path in paths])
    return {path: data for path, data in zip(paths, held, strict=True) if data is not None}


def commit_files(repository: Repository, files: Sequence[Path], message: str) -> str:
    """Commit some files as they are now, and nothing else that is staged; return the commit's short name.

    The author is the one of git's settings, and its hooks are run. Raises ArgumentError, in the words of
    git or of the hook, where they refuse.
    """
    folder, paths = repository.folder, [str(file) for file in files]
    new = [path for path in paths if _run(folder, ["ls-files", "--error-unmatch", "--", path]).code]
    if new:
        _ask(folder, ["add", "--intent-to-add", "--", *new])
    commit = ["commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-", "--", *paths]
    try:
        _ask(folder, commit, message.encode(), _PATIENCE_FOR_HOOKS)
    except ArgumentError:
        if new:
            _run(folder, ["rm", "--cached", "--quiet", "--ignore-unmatch", "--", *new])
        raise
    return _ask(folder, ["rev-parse", "--short", "HEAD"]).decode().strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    code: int
    out: bytes
    err: bytes


def _ask(folder: Path, arguments: Sequence[str], told: bytes = b"", patience: float = _PATIENCE) -> bytes:
    done = _run(folder, arguments, told, patience)
    if done.code:
        message = f"git {arguments[0]} failed: {_words(done.err or done.out)}"
        raise ArgumentError(Problem(message=message, remedy="Mend that in the repository, and try again."))
    return done.out


def _run(folder: Path, arguments: Sequence[str], told: bytes = b"", patience: float = _PATIENCE) -> _Done:
    """Run git without ever asking anybody; what does not end in time is ended, with all that it started."""
    environment = {key: one for key, one in os.environ.items() if key not in _LEADING_ELSEWHERE}
    command = ["git", "--no-pager", "-C", str(folder), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - no shell; paths stand behind `--`
        command,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env={**environment, **_SETTINGS},
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(told, patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return _Done(code=-1, out=b"", err=f"it took more than {patience:.0f} seconds.".encode())
    return _Done(code=process.returncode, out=out, err=err)


def _words(said: bytes) -> str:
    """Return what git said, on few lines, without its marks."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    words = "\n".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in lines[:12])
    return words or "it does not say why."
