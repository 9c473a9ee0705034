"""Checks regular expressions: they must be RE2, and those that count must match something."""

from __future__ import annotations

from typing import Any, Final

import re2

from touchrules.language.nodes import Node, Scalar, clipped
from touchrules.language.proof import Proof
from touchrules.language.reader_values import read_text

LONGEST: Final = 10_000
# What can stand before and after an empty match: nothing, a letter, a blank, a line break.
_BESIDE: Final = ("a", " ", "\n")
# What RE2 says -> what to do.
_REMEDIES: Final = {
    "missing )": "Close the round bracket, or write \\( for the character itself.",
    "unexpected )": "Open the round bracket, or write \\) for the character itself.",
    "missing ]": "Close the square bracket, or write \\[ for the character itself.",
    "repetition size": "Repeat at most 1,000 times in all.",
    "repetition operator": "Something must stand before * + ? and {; write \\* for the character itself.",
    "perl operator": "RE2 has no look-ahead and no look-behind.",
    "escape sequence": "RE2 does not know this backslash; it has no back-references.",
    "too large": "Repeat less, or split it.",
    "longer than": "Split it.",
}
_OTHERWISE: Final = "See github.com/google/re2/wiki/Syntax for what may stand here."


def read_expression(node: Node, what: str, proof: Proof) -> str:
    """Return an RE2 expression, or "" after a problem."""
    pattern = read_text(node, what, proof)
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return ""
    fault = fault_of(pattern)
    if fault is None:
        return pattern
    remedy = next((remedy for said, remedy in _REMEDIES.items() if said in fault), _OTHERWISE)
    proof.complain(node.place, f"{what} is no RE2 expression: {clipped(fault)}.", remedy)
    return ""


def read_counted_expression(node: Node, what: str, proof: Proof) -> str:
    """Return an RE2 expression that cannot match the empty text, or "" after a problem."""
    pattern = read_expression(node, what, proof)
    readable = isinstance(node, Scalar) and node.value == pattern
    if readable and matches_nothing(pattern):
        message = f"{what} can match the empty text, so its matches cannot be counted."
        proof.complain(
            node.place, message, "Let it match at least one character, for example with `+` instead of `*`."
        )
    return pattern


def fault_of(pattern: str) -> str | None:
    """Return what RE2 says against a pattern, or None if it is good."""
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    try:
        _compile(pattern)
    except re2.error as error:
        said = error.args[0] if error.args else "it cannot be read"
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return None


def matches_nothing(pattern: str) -> bool:
    """Say whether a valid pattern can match the empty text somewhere.

    It is tried alone and between all kinds of neighbours, so that `\\b` and `(?m)^` are found too.

    >>> matches_nothing("a*"), matches_nothing("a+"), matches_nothing("\\\\b")
    (True, False, True)
    """
    for before in ("", *_BESIDE):
        for after in ("", *_BESIDE):
            between = _between(pattern, left=bool(before), right=bool(after))
            if between is not None and between.fullmatch(before + after):
                return True
    return False


def _between(pattern: str, *, left: bool, right: bool) -> Any:
    """Return the pattern as one that must match between two characters, or None if it grows too large.

    An unclosed \\Q is closed before the right neighbour.
    """
    start, end = "(?s:.)" * left, "(?s:.)" * right
    for closing in (")", "\\E)"):
        whole = f"{start}(?:{pattern}{closing}{end}"
        try:
            return _compile(whole)
        except re2.error:
            continue
    return None


def _compile(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
