"""Loads rulebooks: reads the files, sets parameters, and checks them together."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import ArgumentError, Problem, RulebookError
from touchrules.language import nodes
from touchrules.language.checks import ALL_CHECKS, SURE_CHECKS, check
from touchrules.language.filling import fill_rulebook
from touchrules.language.nodes import Scalar, show
from touchrules.language.parameters import read_parameters
from touchrules.language.proof import Proof, with_excerpts
from touchrules.language.reader import language_problem, read_rulebook
from touchrules.language.settings import Settings, apply_settings, check_settings
from touchrules.language.source import Source, read_source
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rulebook

ENDING: Final = ".rulebook.yaml"
Paths = Sequence[Path | str]


def load_rulebooks(paths: Paths, settings: Settings | None = None) -> tuple[Rulebook, ...]:
    """Load rulebooks from files and folders (searched to any depth for `*.rulebook.yaml`), in order.

    `settings` are values for parameters: `{"voicemail.cap": 3, "voicemail.window": "7d"}`.
    Raises RulebookError with all problems of all files, ArgumentError for a path or a setting that is wrong.
    """
    return make_rulebooks(read_sources(paths), settings)


def read_sources(paths: Paths) -> tuple[Source, ...]:
    """Read the texts of rulebooks, to make rulebooks of them with one setting after the other.

    Raises ArgumentError for a path that is wrong.
    """
    sources, missing = _read_paths(paths)
    if missing:
        raise ArgumentError(missing)
    return tuple(sources)


def make_rulebooks(sources: Sequence[Source], settings: Settings | None = None) -> tuple[Rulebook, ...]:
    """Make rulebooks of their texts. Raises like load_rulebooks."""
    return _rulebooks(sources, settings or {})


def parse_rulebooks(texts: Mapping[str, str], settings: Settings | None = None) -> tuple[Rulebook, ...]:
    """Load rulebooks from texts, by the file names that problems shall name. Raises like load_rulebooks."""
    return _rulebooks([read_source(text, file) for file, text in texts.items()], settings or {})


def parse_rulebook(text: str, file: str = "rulebook", settings: Settings | None = None) -> Rulebook:
    """Load one rulebook from its text. Raises like load_rulebooks.

    >>> parse_rulebook("rulebook: voicemail\\nlanguage: 1\\n").name
    'voicemail'
    """
    return parse_rulebooks({file: text}, settings)[0]


def check_rulebooks(paths: Paths, settings: Settings | None = None) -> tuple[Problem, ...]:
    """Return all problems of rulebooks, of the paths and of the settings; none if all is well."""
    sources, missing = _read_paths(paths)
    draft = _draft(sources, settings or {})
    return (*missing, *draft.settings, *draft.problems)


def rulebook_files(paths: Paths) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the files that paths stand for, each once, and a problem for each path that has none."""
    files: dict[str, str] = {}
    missing = []
    for path in (os.fspath(path) for path in paths):
        found = _files_of(path)
        if not found:
            missing.append(_nothing_there(path))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return tuple(files.values()), tuple(missing)


def _files_of(path: str) -> list[str]:
    if not Path(path).is_dir():
        return [path] if Path(path).exists() else []
    found = (Path(folder) / name for folder, _folders, names in os.walk(path) for name in names)
    return sorted(file.as_posix() for file in found if file.name.endswith(ENDING))


def _nothing_there(path: str) -> Problem:
    if Path(path).is_dir():
        message = f"The folder {path} holds no rulebook."
        return Problem(message=message, remedy=f"Rulebooks are files called NAME{ENDING}.")
    return Problem(message=f"There is no file {path}.", remedy="Name a rulebook, or a folder with rulebooks.")


def _read_paths(paths: Paths) -> tuple[list[Source], tuple[Problem, ...]]:
    files, missing = rulebook_files(paths)
    sources, unreadable = [], []
    for file in files:
        try:
            sources.append(read_source(Path(file).read_bytes(), file))
        except OSError as error:
            message = f"The file {file} cannot be read: {error.strerror or error}."
            unreadable.append(Problem(message=message, remedy="Check its permissions."))
    return sources, (*missing, *unreadable)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """Rulebooks as far as they could be read, and all that was wrong."""

    rulebooks: tuple[Rulebook, ...]
    problems: tuple[Problem, ...]
    settings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file that is a mapping in language 1, with its parameters; None stands for a broken one."""

    source: Source
    root: nodes.Mapping
    name: str
    parameters: dict[str, Parameter | None]
    proof: Proof


def _rulebooks(sources: Sequence[Source], settings: Settings) -> tuple[Rulebook, ...]:
    draft = _draft(sources, settings)
    if draft.problems:
        raise RulebookError(draft.problems)
    if draft.settings:
        raise ArgumentError(draft.settings)
    return draft.rulebooks


def _draft(sources: Sequence[Source], settings: Settings) -> _Draft:
    problems: list[Problem] = [problem for source in sources for problem in source.problems]
    opened = [_open(source, Proof(problems=problems)) for source in sources]
    books = [book for book in opened if book is not None]
    rulebooks = tuple(_read(book, settings) for book in books)
    mentions = [
        (rulebook, mention)
        for rulebook, book in zip(rulebooks, books, strict=True)
        for mention in book.proof.mentions
    ]
    complete = len(books) == len(opened) and not any(source.problems for source in sources)
    said = check(rulebooks, mentions, ALL_CHECKS if complete else SURE_CHECKS)
    broken = {place for book in books for place in book.proof.broken}
    problems.extend(problem for problem in said if problem.place not in broken)
    told = with_excerpts(problems, {source.file: source.lines for source in sources})
    known = {book.name: book.parameters for book in books}
    return _Draft(
        rulebooks=rulebooks,
        problems=told,
        settings=tuple(check_settings(settings, known)) if complete else (),
    )


def _open(source: Source, proof: Proof) -> _Opened | None:
    root = source.root
    if root is None:
        return None
    if not isinstance(root, nodes.Mapping):
        remedy = "A rulebook begins with a line such as `rulebook: voicemail`."
        proof.complain(root.place, f"A rulebook is a mapping, but here is {show(root)}.", remedy)
        return None
    other = language_problem(root)
    if other is not None:
        proof.complain(other[0].place, *other[1:])
        return None
    name = root.get("rulebook")
    return _Opened(
        source=source,
        root=root,
        name=name.text if isinstance(name, Scalar) else "",
        parameters=read_parameters(root.get("parameters"), proof),
        proof=proof,
    )


def _read(book: _Opened, settings: Settings) -> Rulebook:
    parameters = apply_settings(book.name, book.parameters, settings)
    root = fill_rulebook(book.root, parameters, book.proof)
    usable = {name: parameter for name, parameter in parameters.items() if parameter is not None}
    return read_rulebook(root, usable, book.source.file, book.proof)
