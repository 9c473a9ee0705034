"""Reads regular expressions: they must be RE2, and those that count must match something."""

from __future__ import annotations

from typing import Final

from touchrules.expressions import find_fault, matches_nothing
from touchrules.language.nodes import Node, Scalar, clipped
from touchrules.language.proof import Proof
from touchrules.language.reader_values import read_text

LONGEST: Final = 10_000
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
    fault = _fault_of(pattern)
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


def _fault_of(pattern: str) -> str | None:
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    return find_fault(pattern)
