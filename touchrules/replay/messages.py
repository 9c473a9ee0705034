"""What a finding says and advises: the templates of `say` and `advise`, filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

import pyarrow as pa

from touchrules.model.durations import DAY, MINUTE, SECOND, write_duration, write_time_of_day
from touchrules.model.lookbacks import Gap
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.streams.localtime import local_clock, text_of_day
from touchrules.streams.signals import compute_signals
from touchrules.streams.stream import Stream

UNKNOWN: Final = "?"
_NAME: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")


def write_number(number: float) -> str:
    """Write a number with at most two decimals, whole ones without a point.

    >>> write_number(3.0), write_number(0.5), write_number(-0.001)
    ('3', '0.5', '0')
    """
    if number.is_integer():
        return str(int(number))
    text = format(number, ".2f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write_local_time(at: int, zone: str) -> str:
    """Write an instant as `YYYY-MM-DD HH:MM` on the clocks of a zone.

    >>> write_local_time(0, "Asia/Kathmandu")
    '1970-01-01 05:30'
    """
    day, clock = divmod(local_clock(at, zone), DAY)
    return f"{text_of_day(day)} {write_time_of_day(clock // MINUTE * MINUTE)}"


def write_parameter(parameter: Parameter) -> str:
    """Write the value of a parameter as messages show it."""
    value = parameter.value
    match parameter.type:
        case "duration":
            return write_duration(int(value))  # type: ignore[arg-type]  # a duration is a number
        case "time_of_day":
            return write_time_of_day(int(value))  # type: ignore[arg-type]  # so is a time of day
        case "phrases":
            return ", ".join(value) if isinstance(value, tuple) else UNKNOWN
        case "integer" | "number" | "choice" | "boolean":
            return _write_plain(value)
        case _:
            assert_never(parameter.type)


def _write_plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return write_number(float(value))
    return UNKNOWN if value is None else str(value)


class Messages:
    """The messages of one rule's findings, worked out for all of them at once."""

    def __init__(self, rule: Rule, rulebook: Rulebook, stream: Stream, rows: Sequence[int]) -> None:
        self._rule = rule
        self._rulebook = rulebook
        part = Stream(table=stream.table.take(pa.array(rows, pa.int64())), timezone=stream.timezone)
        self._zones = part.zones()
        self._types = stream.types
        asked = {name for text in (rule.say, rule.advise) if text for name in _NAME.findall(text)}
        self._fields: Mapping[str, Sequence[Any]] = {
            **{name: part.column(name) for name in asked if name in stream.names},
            **compute_signals(
                {name: one for name, one in rulebook.signals.items() if name in asked},
                part.column,
                len(part),
            ),
        }

    def say(self, position: int, value: float | None) -> str:
        """Return the message of the finding at a position of the rows; without `say`, the title."""
        if self._rule.say is None:
            return self._rule.title
        return self._fill(self._rule.say, position, value)

    def advise(self, position: int, value: float | None) -> str | None:
        """Return the advice, or None where the rule has none."""
        return None if self._rule.advise is None else self._fill(self._rule.advise, position, value)

    def _fill(self, template: str, position: int, value: float | None) -> str:
        def one(name: re.Match[str]) -> str:
            return self._write(name[1], position, value)

        return _NAME.sub(one, template)

    def _write(self, name: str, position: int, value: float | None) -> str:
        if name == "value":
            return self._write_value(value)
        if name.startswith("param."):
            parameter = self._rulebook.parameters.get(name.removeprefix("param."))
            return UNKNOWN if parameter is None else write_parameter(parameter)
        if name not in self._fields:
            return UNKNOWN
        held = self._fields[name][position]
        if held is not None and self._types.get(name) == "timestamp":
            return write_local_time(held, self._zones[position])
        return _write_plain(held)

    def _write_value(self, value: float | None) -> str:
        if value is None:
            return UNKNOWN
        first = self._rule.where[0] if self._rule.where else None
        return write_duration(int(value * SECOND)) if isinstance(first, Gap) else write_number(value)
