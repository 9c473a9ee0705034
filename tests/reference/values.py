"""What a value of a touch is, and when two of them are equal."""

import re
from fractions import Fraction
from math import isnan
from typing import Any

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
MICROSECONDS = 1_000_000
DURATION = re.compile(r"(?:[0-9]+[smhdw])+")


def is_missing(value: Any) -> bool:
    """Null, not-a-number and the empty text are missing."""
    return value is None or value == "" or (isinstance(value, float) and isnan(value))


def are_equal(left: Any, right: Any) -> bool:
    """Whether two present values are of one type and equal; texts, floats, true/false, int timestamps."""
    return left is not None and right is not None and type(left) is type(right) and left == right


def as_literal(written: Any) -> Any:
    """The value that a scalar of a rulebook stands for: whole numbers are 64-bit floats like all numbers."""
    if isinstance(written, int) and not isinstance(written, bool):
        return float(written)
    return written


def lower_character(character: str) -> str:
    """The simple lower case mapping of one character."""
    if character == "\u0130":
        return "i"
    return character.lower()


def lower_text(text: str) -> str:
    """Each character by its simple lower case mapping, nothing else."""
    return "".join(lower_character(character) for character in text)


def duration_seconds(text: str) -> int:
    """The seconds of `1h30m`."""
    assert DURATION.fullmatch(text), f"{text!r} is not a duration"
    return sum(int(number) * SECONDS[unit] for number, unit in re.findall(r"([0-9]+)([smhdw])", text))


def duration_microseconds(text: str) -> int:
    """The microseconds of `1h30m`."""
    return duration_seconds(text) * MICROSECONDS


def as_number(written: Any) -> float:
    """What a value is compared with: a number, or the seconds of a duration."""
    if isinstance(written, str):
        return float(duration_seconds(written))
    return float(written)


def compares(operator: str, left: float, right: float) -> bool:
    """One compare of two 64-bit floats."""
    return {
        "more_than": left > right,
        "at_least": left >= right,
        "less_than": left < right,
        "at_most": left <= right,
        "exactly": left == right,
    }[operator]


def rounded(value: float) -> Fraction:
    """The exact value of the float, rounded half to even to a multiple of 0.000001."""
    return Fraction(round(Fraction(value) * 1_000_000), 1_000_000)
