"""Regular expressions that take linear time on any text, whoever wrote them (RE2)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

# One expression may use so much memory (bytes): compiled, and while it reads. RE2 never needs more.
_MEMORY: Final = 64 * 1024 * 1024

# Characters that RE2 tells apart beside a position: none, a line end, a letter, anything else.
_NEIGHBOURS: Final = ("", "\n", "a", " ")

# Texts are joined by it to be read at once. It is no part of a word, as the ends of a text are none.
_SEPARATOR: Final = b"\0"

# What tells the end of a text from a separator, or reads half a character.
_ESCAPED: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_ANCHOR: Final = re.compile(r"[\^$]")
_SEES_ENDS: Final = re.compile(r"\\[AzZCQ]")


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


def compile_count_each(pattern: str) -> Callable[[Sequence[str]], list[int]]:
    """Return a function that counts as `compile_count` does, in each of many texts.

    Raises ValueError if it is no RE2 expression.

    >>> compile_count_each("[0-9]+")(["7 days, 24 hours", "soon"])
    [2, 0]
    """
    count = compile_count(pattern)
    if _ANCHOR.search(_ESCAPED.sub("", pattern)) or _SEES_ENDS.search(pattern) or matches_nothing(pattern):
        return lambda texts: [count(text) for text in texts]
    matches = _compile(pattern).finditer

    def count_each(texts: Sequence[str]) -> list[int]:
        written = [_encode(text) for text in texts]
        ends = list(accumulate(map(len, written), lambda end, length: end + 1 + length, initial=-1))
        counts = [0] * len(texts)
        again: set[int] = set()
        for match in matches(_SEPARATOR.join(written)):
            start, end = match.span()
            number = bisect_left(ends, start) - 1
            if end <= ends[number + 1]:
                counts[number] += 1
            else:  # it takes in a separator: without that the expression reads these texts otherwise
                again.update(range(number, bisect_left(ends, end - 1)))
        for number in again:
            counts[number] = count(texts[number])
        return counts

    return count_each


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
