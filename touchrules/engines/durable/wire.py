"""The words and numbers that a message carries into durable_rules, and how they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from touchrules.engines.durable.conditions import Constant

TOUCH_RULE: Final = "every_touch"
"""The rule that every touch fires, which makes it safe to delete its memory; no rule can be called so."""
ABSENT: Final = "-"
"""Stands for a text that is missing or that no rule names. (Missing numbers are left out.)"""

_PLAIN_TEXT: Final = re.compile(r"[A-Za-z0-9 _.,:+@/]{1,200}")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")
_MAX_INTEGER: Final = 2**53


def is_plain_text(text: str) -> bool:
    """Return whether a text can be a constant: nothing in it that JSON escapes or that is long."""
    return _PLAIN_TEXT.fullmatch(text) is not None


def write_word(text: str) -> str:
    """Return a name as a constant that nothing in it can break.

    >>> write_word("known"), write_word("déjà vu")
    ('known', '64c3a96ac3a0207675')
    """
    return text if is_plain_text(text) else text.encode().hex()


def is_plain_name(name: str) -> bool:
    """Return whether a field's own name can be the name of a property."""
    return _PLAIN_NAME.fullmatch(name) is not None


def is_plain_number(number: float) -> bool:
    """Return whether a number can be a constant: json writes it without an exponent."""
    return abs(number) <= _MAX_INTEGER and "e" not in repr(number)


def plain_number(number: float) -> int | float:
    """Return a number as durable_rules reads it best: whole ones as integers."""
    return int(number) if number.is_integer() and abs(number) <= _MAX_INTEGER else number


def write_value(value: Constant) -> str:
    """Write a value as JSON; numbers never with an exponent, which durable_rules cannot read.

    Texts must be plain (see `is_plain_text`): nothing in them is escaped.

    >>> write_value(0.00001), write_value("call"), write_value(3)
    ('0.00001', '"call"', '3')
    """
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text if "." in text else f"{text}.0"
