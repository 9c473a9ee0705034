"""Says in plain words what is wrong where a text is no YAML."""

from __future__ import annotations

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from touchrules.errors import Place, Problem

# What YAML's parser says -> which of its two marks to point at, what is wrong, what to do.
_PLAIN_WORDS: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        r"found character '\\t'",
        "problem",
        "A tab stands where blanks must stand.",
        "Indent with blanks, two for each level.",
    ),
    (
        r"found character '(.)' that cannot start",
        "problem",
        'A value cannot begin with "{0}".',
        "Put the whole value in quotes.",
    ),
    (
        r"mapping values are not allowed here",
        "problem",
        'A ":" stands here where no key can stand.',
        'Put a text that holds ": " in quotes, and check the indentation of this line and the one before.',
    ),
    (
        r"quoted scalar: found unexpected end of stream",
        "context",
        "A quote is opened here and never closed.",
        "Close it, or take it out.",
    ),
    (
        r"found unknown escape character '(.)'",
        "problem",
        'In double quotes "\\{0}" means nothing.',
        "Write two backslashes, or use single quotes.",
    ),
    (
        r"a flow sequence: expected ',' or '\]'",
        "context",
        "The list that is opened here with [ is not closed, or a comma is missing.",
        "Close it with ], and put texts with brackets or commas in quotes.",
    ),
    (
        r"a flow mapping: expected ',' or '\}'",
        "context",
        "The mapping that is opened here with { is not closed, or a comma is missing.",
        "Close it with }, and put texts with braces or commas in quotes.",
    ),
    (
        r"could not find expected ':'",
        "context",
        'This line has no ":" after its key.',
        "Write `key: value`; a text of several lines goes in quotes or after `|`.",
    ),
    (
        r"expected <block end>, but found '<scalar>'",
        "problem",
        "Something follows here after a value that is already complete.",
        "Put the whole value in one pair of quotes.",
    ),
    (
        r"expected <block end>, but found",
        "problem",
        "The indentation of this line fits no line above it.",
        "Let it begin in the same column as its neighbours; use blanks only.",
    ),
    (
        r"expected the node content, but found '(.+)'",
        "problem",
        "A value is missing here.",
        "Write the value, and check for a bracket or comma too many.",
    ),
)


def explain(error: YAMLError, file: str, text: str) -> Problem:
    """Return the problem behind an error of the YAML parser, at the place that should be mended."""
    if isinstance(error, ReaderError):
        return _bad_character(error, file, text)
    if not isinstance(error, MarkedYAMLError):
        return Problem(message="This is no YAML.", place=Place(file=file, line=1, column=1))
    said = f"{error.context or ''}: {error.problem or ''}"
    for pattern, mark, message, remedy in _PLAIN_WORDS:
        if match := re.search(pattern, said, re.DOTALL):
            place = _place(error, mark, file)
            return Problem(
                message=message.replace("{0}", "".join(match.groups()[:1])), remedy=remedy, place=place
            )
    message = f"This is no YAML: {(error.problem or 'it cannot be read').strip()}."
    remedy = "Check quotes, brackets and indentation in this line and the one before."
    return Problem(message=message, remedy=remedy, place=_place(error, "problem", file))


def _place(error: MarkedYAMLError, which: str, file: str) -> Place:
    marks = (error.context_mark, error.problem_mark)
    first, second = marks if which == "context" else marks[::-1]
    mark = first or second
    if mark is None:
        return Place(file=file, line=1, column=1)
    return Place(file=file, line=mark.line + 1, column=mark.column + 1)


def _bad_character(error: ReaderError, file: str, text: str) -> Problem:
    before = text[: error.position]
    line_start = before.rfind("\n") + 1
    place = Place(file=file, line=before.count("\n") + 1, column=len(before) - line_start + 1)
    code = ord(text[error.position]) if error.position < len(text) else 0
    return Problem(
        message=f"A character stands here that no text may hold (U+{code:04X}).",
        remedy="Take it out; if the file is no text at all, give the right file.",
        place=place,
    )
