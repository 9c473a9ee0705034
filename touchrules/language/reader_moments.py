"""Reads `after` and `by`: when something must follow a touch (language.md, section 6)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from touchrules.errors import Place
from touchrules.language.nodes import Node, Scalar, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.reader_values import as_duration
from touchrules.model.durations import HOUR
from touchrules.model.rules import BusinessDays, BusinessTime, FieldOffset, Moment

MOST_DAYS: Final = 100_000
MOST_HOURS: Final = 1_000_000
LONGEST: Final = 300  # characters

_DAYS: Final = re.compile(r"([0-9]{1,20})bd")
_HOURS: Final = re.compile(r"([0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})bh")
_OFFSET: Final = re.compile(r"(.*?)\s*(?:([+-])\s*((?:[0-9]+[smhdw])+))?", re.DOTALL)
_BUSINESS_OFFSET: Final = re.compile(r".*[+-]\s*[0-9.]+b[dh]", re.DOTALL)
_NO_FIELD: Final = re.compile(
    r"[-+.]*[0-9][0-9.]*\s*[A-Za-z]*|[-+].*|.*[-+]|.*\s[-+]\s.*|.*[-+]\s*[0-9.]+\s*[a-z]*", re.DOTALL
)
_HELP: Final = (
    "Write a duration (2d), business days (5bd), business hours (4bh),\n"
    "or a field that holds a time, alone or plus or minus a duration (promised_at + 15m)."
)


def read_moment(node: Node, what: str, proof: Proof) -> Moment:
    """Return the moment; the trigger's own time after a problem."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        proof.complain(node.place, f"{what} says when, but here is {show(node)}.", _HELP)
        return FieldOffset(place=node.place)
    text = node.value.strip()
    duration = as_duration(text)
    if duration is not None:
        return FieldOffset(offset=duration, place=node.place)
    if match := _DAYS.fullmatch(text):
        return _business_days(int(match[1]), node.place, what, proof)
    if match := _HOURS.fullmatch(text):
        return _business_time(Fraction(match[1].removesuffix(".")), node.place, what, proof)
    return _read_field_offset(text, node.place, what, proof)


def _business_days(days: int, place: Place, what: str, proof: Proof) -> Moment:
    if not 1 <= days <= MOST_DAYS:
        message = f"{what} counts {days} business days."
        proof.complain(
            place, message, f"Write 1bd for the end of the next business day; at most {MOST_DAYS}bd."
        )
    return BusinessDays(days=min(max(days, 1), MOST_DAYS))


def _business_time(hours: Fraction, place: Place, what: str, proof: Proof) -> Moment:
    if hours > MOST_HOURS:
        proof.complain(place, f"{what} counts too many business hours.", f"Write at most {MOST_HOURS}bh.")
        return BusinessTime(duration=HOUR)
    return BusinessTime(duration=round(hours * HOUR))


def _read_field_offset(text: str, place: Place, what: str, proof: Proof) -> Moment:
    if len(text) <= LONGEST and _BUSINESS_OFFSET.fullmatch(text):
        message = f"{what} adds business days or hours to a field, which has no meaning."
        proof.complain(place, message, "Add a duration (promised_at + 1d), or count from the trigger (1bd).")
        return FieldOffset(place=place)
    match = _OFFSET.fullmatch(text) if len(text) <= LONGEST else None
    field, sign, written = match.groups() if match else ("", None, None)
    offset = as_duration(written) if written else 0
    if not field or offset is None or _NO_FIELD.fullmatch(field):
        proof.complain(place, f"{what} cannot be {quoted(text)}.", _HELP)
        return FieldOffset(place=place)
    return FieldOffset(field=field, offset=-offset if sign == "-" else offset, place=place)
