"""Regular expressions that take linear time on any text, whoever wrote them (RE2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

# One expression may use so much memory (bytes): compiled, and while it reads. RE2 never needs more.
_MEMORY: Final = 64 * 1024 * 1024

# Characters that RE2 tells apart beside a position: none, a line end, a letter, anything else.
_NEIGHBOURS: Final = ("", "\n", "a", " ")


def find_fault(pattern: str) -> str | None:
    """Return what RE2 has against an expression, in its own words, or None if it can be used.

    >>> find_fault("(") is None
    False
    """
    try:
        _compile(pattern)
    except ValueError as error:
        return str(error)
    return None


def matches_nothing(pattern: str) -> bool:
    """Return whether a valid expression can match the empty text somewhere, as `a*`, `^` and `\\b` can.

    Raises ValueError if it is no RE2 expression.

    >>> matches_nothing("a*"), matches_nothing("a+")
    (True, False)
    """
    expression = _compile(pattern)
    return any(
        expression.fullmatch(before + after, len(before), len(before)) is not None
        for before in _NEIGHBOURS
        for after in _NEIGHBOURS
    )


def compile_search(pattern: str) -> Callable[[str], bool]:
    """Return a function that says whether the expression is found somewhere in a text.

    Raises ValueError if it is no RE2 expression.

    >>> compile_search("(?i)price")("Prices vary")
    True
    """
    search = _compile(pattern).search
    return lambda text: search(_encode(text)) is not None


def compile_count(pattern: str) -> Callable[[str], int]:
    """Return a function that counts the matches in a text from the left, none overlapping another.

    Raises ValueError if it is no RE2 expression.

    >>> compile_count("[0-9]+")("7 days, 24 hours")
    2
    """
    matches = _compile(pattern).finditer
    return lambda text: sum(1 for _ in matches(_encode(text)))


def quote(text: str) -> str:
    """Return the expression that matches exactly this text."""
    return str(_re2().escape(text))


def _encode(text: str) -> bytes:
    """Give RE2 bytes, which spares it the positions of characters; half a surrogate pair is junk to it."""
    return text.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> Any:
    re2 = _re2()
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason) from None
    except UnicodeEncodeError:
        raise ValueError("half a surrogate pair is no character") from None


def _re2() -> Any:
    """Import on first use: rulebooks without expressions start faster."""
    import re2  # noqa: PLC0415

    return re2
