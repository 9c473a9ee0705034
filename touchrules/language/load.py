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
    return RulebookTexts(sources).make(settings)


def parse_rulebooks(texts: Mapping[str, str], settings: Settings | None = None) -> tuple[Rulebook, ...]:
    """Load rulebooks from texts, by the file names that problems shall name. Raises like load_rulebooks."""
    return make_rulebooks([read_source(text, file) for file, text in texts.items()], settings)


def parse_rulebook(text: str, file: str = "rulebook", settings: Settings | None = None) -> Rulebook:
    """Load one rulebook from its text. Raises like load_rulebooks.

    >>> parse_rulebook("rulebook: voicemail\\nlanguage: 1\\n").name
    'voicemail'
    """
    return parse_rulebooks({file: text}, settings)[0]


def check_rulebooks(paths: Paths, settings: Settings | None = None) -> tuple[Problem, ...]:
    """Return all problems of rulebooks, of the paths and of the settings; none if all is well."""
    sources, missing = _read_paths(paths)
    return (*missing, *RulebookTexts(sources).check(settings or {}))


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
class Draft:
    """Rulebooks as far as they could be read, and all that was wrong with them and with the settings."""

    rulebooks: tuple[Rulebook, ...]
    problems: tuple[Problem, ...]
    settings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file with its parameters; None stands for a broken one. No `root`: it is no mapping in language 1."""

    source: Source
    root: nodes.Mapping | None
    name: str
    parameters: dict[str, Parameter | None]
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What came of one file. `settings`: those of its own parameters."""

    rulebook: Rulebook
    settings: Settings
    proof: Proof


class RulebookTexts:
    """Texts of rulebooks, to make rulebooks of them with one setting after the other.

    A rulebook whose parameters are set as the last time is not read again.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._opened = [_open(source) for source in sources]
        self._last: dict[int, _Read] = {}

    def make(self, settings: Settings | None = None) -> tuple[Rulebook, ...]:
        """Make the rulebooks. Raises like load_rulebooks."""
        draft = self.draft(settings)
        if draft.problems:
            raise RulebookError(draft.problems)
        if draft.settings:
            raise ArgumentError(draft.settings)
        return draft.rulebooks

    def check(self, settings: Settings) -> tuple[Problem, ...]:
        """Return all problems of the texts and of the settings."""
        draft = self.draft(settings)
        return (*draft.settings, *draft.problems)

    def draft(self, settings: Settings | None = None) -> Draft:
        """Return the rulebooks as far as they can be read, and what is wrong. Never raises."""
        settings, opened = settings or {}, self._opened
        read = [one for number in range(len(opened)) if (one := self._read(number, settings)) is not None]
        rulebooks = tuple(one.rulebook for one in read)
        mentions = [(one.rulebook, mention) for one in read for mention in one.proof.mentions]
        complete = len(read) == len(opened) and not any(one.source.problems for one in opened)
        said = check(rulebooks, mentions, ALL_CHECKS if complete else SURE_CHECKS)
        broken = {place for one in read for place in one.proof.broken}
        problems = [problem for one in opened for problem in one.source.problems]
        problems += [problem for one in opened if one.root is None for problem in one.proof.problems]
        problems += [problem for one in read for problem in one.proof.problems]
        problems += [problem for problem in said if problem.place not in broken]
        known = {one.name: one.parameters for one in opened if one.root is not None}
        return Draft(
            rulebooks=rulebooks,
            problems=with_excerpts(problems, {one.source.file: one.source.lines for one in opened}),
            settings=tuple(check_settings(settings, known)) if complete else (),
        )

    def _read(self, number: int, settings: Settings) -> _Read | None:
        book, last = self._opened[number], self._last.get(number)
        if book.root is None:
            return None
        own = {name: value for name, value in settings.items() if name.rpartition(".")[0] == book.name}
        if last is None or last.settings != own:
            last = self._last[number] = _read(book, book.root, own)
        return last


def _open(source: Source) -> _Opened:
    proof, root, parameters, name = Proof(), None, {}, None
    if source.root is not None and not isinstance(source.root, nodes.Mapping):
        remedy = "A rulebook begins with a line such as `rulebook: voicemail`."
        message = f"A rulebook is a mapping, but here is {show(source.root)}."
        proof.complain(source.root.place, message, remedy)
    elif source.root is not None:
        other = language_problem(source.root)
        if other is not None:
            proof.complain(other[0].place, *other[1:])
        else:
            root, name = source.root, source.root.get("rulebook")
            parameters = read_parameters(root.get("parameters"), proof)
    return _Opened(
        source=source,
        root=root,
        name=name.text if isinstance(name, Scalar) else "",
        parameters=parameters,
        proof=proof,
    )


def _read(book: _Opened, root: nodes.Mapping, settings: Settings) -> _Read:
    """Read a rulebook; the proof sheet goes on where that of its parameters ends."""
    begun = book.proof
    proof = Proof(problems=[*begun.problems], mentions=[*begun.mentions], broken={*begun.broken})
    parameters = apply_settings(book.name, book.parameters, settings)
    filled = fill_rulebook(root, parameters, proof)
    usable = {name: parameter for name, parameter in parameters.items() if parameter is not None}
    return _Read(
        rulebook=read_rulebook(filled, usable, book.source.file, proof), settings=settings, proof=proof
    )
