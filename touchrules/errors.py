"""Every error that touchrules tells, with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands in a text file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, told in full sentences.

    `place` is None only where there is no text to point at (a command line, a table). `context` names
    what it concerns ("rule voicemail-to-a-stranger"). `excerpt` is the source line, for the caret.
    `remedy` says what is allowed and what to do.
    """

    message: str
    remedy: str = ""
    place: Place | None = None
    context: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (str(self.place or ""), self.context) if part)
        lines = [where] if where else []
        lines.append(f"  {self.message}")
        if self.place and self.excerpt:
            width = max(1, min(self.place.length, len(self.excerpt) - self.place.column + 1))
            lines.append(f"      {self.excerpt}")
            lines.append(f"      {' ' * (self.place.column - 1)}{'^' * width}")
        lines.extend(f"  {line}" for line in self.remedy.splitlines())
        return "\n".join(lines)


class TouchrulesError(Exception):
    """The family of errors that a user can mend. `exit_code` is what the command line ends with."""

    exit_code = 1

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(message=problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n\n".join(str(problem) for problem in self.problems)


class ArgumentError(TouchrulesError):
    """A wrong argument: an unknown parameter, a value that is refused, a file that is not there."""

    exit_code = 2


class RulebookError(TouchrulesError):
    """A rulebook, or a file of tests, that cannot be used. Holds all problems of all files."""

    exit_code = 3


class DataError(TouchrulesError):
    """Touches that cannot be read, or that a rulebook cannot be run on."""

    exit_code = 4


class FailedTests(TouchrulesError):
    """A rulebook's own tests did not all pass."""

    exit_code = 5


class UnhealthyRules(TouchrulesError):
    """Rules have marks of ill health that nothing excuses."""

    exit_code = 5


class EngineError(TouchrulesError):
    """An engine that cannot go on: its worker died twice on one touch, or a limit of it is passed."""

    exit_code = 6


class BundleError(TouchrulesError):
    """A bundle that is not loaded: changed, unsigned, signed by a stranger, too new, or not whole."""

    exit_code = 7


class EnginesDiffer(TouchrulesError):
    """Engines that decided the same touches differently: a defect of touchrules."""

    exit_code = 1


class MissingExtra(ArgumentError):
    """An optional package that is not installed. Names the extra that brings it."""


class Cancelled(TouchrulesError):
    """The user asked to stop; nothing was written."""

    exit_code = 130
