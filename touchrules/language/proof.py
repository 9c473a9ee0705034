"""The proof sheet: every problem that reading a rulebook brings up, with its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from touchrules.errors import Place, Problem
from touchrules.model.rules import Rulebook

_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LONGEST_EXCERPT: Final = 160


MentionKind = Literal["rulebook", "rule", "fact", "asserted fact", "faulty fact", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name that a rulebook uses and that another place, perhaps another file, must define."""

    kind: MentionKind
    name: str
    place: Place
    context: str


Mentions = Sequence[tuple[Rulebook, Mention]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Collects problems while one text is read; `context` and `in_has` say where the reader is.

    `broken` are places of parameters whose declaration is already told: nothing more is said there.
    """

    problems: list[Problem] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    broken: set[Place] = field(default_factory=set)
    context: str = ""
    in_has: bool = False

    def complain(self, place: Place, message: str, remedy: str = "") -> None:
        """Note one problem."""
        if place not in self.broken:
            self.problems.append(Problem(message=message, remedy=remedy, place=place, context=self.context))

    def mention(self, kind: MentionKind, name: str, place: Place) -> None:
        """Note the use of a name, to be checked when all rulebooks are read."""
        if place not in self.broken:
            self.mentions.append(Mention(kind=kind, name=name, place=place, context=self.context))

    def about(self, context: str) -> Proof:
        """Return the same sheet, for what follows about e.g. `rule two-voicemails`."""
        return dataclasses.replace(self, context=context)

    def inside_has(self) -> Proof:
        """Return the same sheet, for the filter of a `has`."""
        return dataclasses.replace(self, in_has=True)


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines as YAML counts them."""
    return tuple(_LINE_BREAK.split(text))


def with_excerpts(
    problems: Iterable[Problem], lines: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Problem, ...]:
    """Return the problems, each once, in the order of their places, with their source lines.

    `lines` are the lines of each file; a file that is not among them is read, if it can be.
    """
    known = dict(lines or {})
    told = [_with_excerpt(problem, known) for problem in dict.fromkeys(problems)]
    return tuple(sorted(told, key=_order))


def _order(problem: Problem) -> tuple[bool, str, int, int, str]:
    place = problem.place
    if place is None:
        return (False, "", 0, 0, problem.message)
    return (True, place.file, place.line, place.column, problem.message)


def _with_excerpt(problem: Problem, known: dict[str, tuple[str, ...]]) -> Problem:
    place = problem.place
    if place is None or problem.excerpt:
        return problem
    if place.file not in known:
        known[place.file] = _lines_of(place.file)
    lines = known[place.file]
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if not line.strip() or place.column > min(len(line) + 1, _LONGEST_EXCERPT):
        return problem
    excerpt = "".join(character if character.isprintable() else " " for character in line)
    return dataclasses.replace(problem, excerpt=excerpt[:_LONGEST_EXCERPT].rstrip())


def _lines_of(file: str) -> tuple[str, ...]:
    try:
        return split_lines(Path(file).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return ()
