"""What findings say and advise: the templates of `say` and `advise`, filled in for many at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, assert_never

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchrules.engines.outcome import RuleFindings
from touchrules.model.durations import DAY, HOUR, MINUTE, SECOND, write_duration, write_time_of_day
from touchrules.model.lookbacks import Gap
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.signals import signal_type
from touchrules.replay.columns import LONG_TEXT, Columns, Rows
from touchrules.streams.derived import derived_fields
from touchrules.streams.localtime import local_clock, text_of_day
from touchrules.streams.signals import compute_signals
from touchrules.streams.stream import ARROW_TYPES

UNKNOWN: Final = "?"
BLANK: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")
"""A name in a template."""
_NOTHING: Final = pa.scalar("", LONG_TEXT)
_BLANK: Final = pa.scalar(" ", LONG_TEXT)
_CLOCKS: Final = tuple(write_time_of_day(minute * MINUTE) for minute in range(DAY // MINUTE))


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
            return write_plain(value)
        case _:
            assert_never(parameter.type)


def write_plain(value: object) -> str:
    """Write a number, a truth or a text.

    >>> write_plain(True), write_plain(2.0), write_plain(None)
    ('true', '2', '?')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return write_number(float(value))
    return UNKNOWN if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The findings of one rule."""

    rule: Rule
    rulebook: Rulebook
    findings: RuleFindings


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the findings of one rule say and advise: one text for all, or an array with one for each.

    The array is of `LONG_TEXT`, in the order of the rule's findings. `advise` is None where a rule has none.
    """

    say: str | pa.Array
    advise: str | pa.Array | None


def write_messages(found: Sequence[Reported], columns: Columns) -> Iterator[Told]:
    """Yield the messages and the advice of each rule's findings; without `say` the message is the title."""
    fields = _Fields(found, columns)
    for position, one in enumerate(found):
        blanks = _Blanks(one, columns, fields, position)
        say, advise = one.rule.say, one.rule.advise
        yield Told(
            say=one.rule.title if say is None else _fill(say, blanks.written),
            advise=None if advise is None else _fill(advise, blanks.written),
        )


def _fill(template: str, blank: Callable[[str], str | pa.Array]) -> str | pa.Array:
    """Return a template with what stands for each name."""
    parts: list[str | pa.Array] = [""]
    for place, piece in enumerate(BLANK.split(template)):
        part = blank(piece) if place % 2 else piece
        if isinstance(part, str) and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    if len(parts) == 1:
        return parts[0]
    texts = [pa.scalar(part, LONG_TEXT) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*texts, _NOTHING)


class _Blanks:
    """What stands for the names in the templates of one rule."""

    def __init__(self, found: Reported, columns: Columns, fields: _Fields, position: int) -> None:
        self._found = found
        self._columns = columns
        self._fields = fields
        self._position = position

    def written(self, name: str) -> str | pa.Array:
        """Return the text for all findings, or one for each."""
        if name == "value":
            return self._values
        if name.startswith("param."):
            parameter = self._found.rulebook.parameters.get(name.removeprefix("param."))
            return UNKNOWN if parameter is None else write_parameter(parameter)
        if name in self._signals:
            return self._signals[name]
        return self._fields.written(name, self._position)

    @cached_property
    def _values(self) -> str | pa.Array:
        values = self._found.findings.values
        if values is None:
            return UNKNOWN
        tests = self._found.rule.where
        is_gap = bool(tests) and isinstance(tests[0], Gap)
        numbers = pa.array(values, mask=np.isnan(values))
        return _write_distinct(numbers, write_seconds if is_gap else write_number)

    @cached_property
    def _signals(self) -> Mapping[str, pa.Array]:
        asked = names_in(self._found.rule)
        signals = {name: one for name, one in self._found.rulebook.signals.items() if name in asked}
        rows = self._found.findings.rows

        def column(name: str) -> list[str | None]:
            values: list[str | None] = self._columns.texts(name, rows).to_pylist()
            return values

        values = compute_signals(signals, column, len(rows)) if signals else {}
        return {
            name: _write_distinct(pa.array(them, ARROW_TYPES[signal_type(signals[name])]), write_plain)
            for name, them in values.items()
        }


class _Fields:
    """The fields that templates name, each written at once for all rules that name it."""

    def __init__(self, found: Sequence[Reported], columns: Columns) -> None:
        self._columns = columns
        self._rows = [one.findings.rows for one in found]
        self._askers: dict[str, list[int]] = {}
        schema = columns.stream.table.schema
        present = {field.name for field in schema if not pa.types.is_null(field.type)}
        for position, one in enumerate(found):
            for name in names_in(one.rule) & present:
                self._askers.setdefault(name, []).append(position)
        self._written: dict[str, dict[int, pa.Array]] = {}

    def written(self, name: str, position: int) -> str | pa.Array:
        """Return a field as it is written for the findings of the rule at that position."""
        if name not in self._askers:
            return UNKNOWN
        if name not in self._written:
            self._written[name] = self._write(name)
        return self._written[name][position]

    def _write(self, name: str) -> dict[int, pa.Array]:
        askers = self._askers[name]
        texts = _write_field(self._columns, name, np.concatenate([self._rows[one] for one in askers]))
        parts: dict[int, pa.Array] = {}
        start = 0
        for one in askers:
            parts[one] = texts.slice(start, len(self._rows[one]))
            start += len(self._rows[one])
        return parts


def names_in(rule: Rule) -> set[str]:
    """Return the names in the templates of a rule."""
    return {name for text in (rule.say, rule.advise) if text for name in BLANK.findall(text)}


def _write_field(columns: Columns, name: str, rows: Rows) -> pa.Array:
    """Return a field as it is written at each of some rows."""
    values = columns.take(name, rows)
    if pa.types.is_large_string(values.type):
        return values.fill_null(UNKNOWN)
    if pa.types.is_timestamp(values.type):
        return _write_local_times(values, columns, rows)
    return _write_distinct(values, write_plain)


def _write_distinct(values: pa.Array, write: Callable[[Any], str]) -> pa.Array:
    """Return values as they are written, each distinct one written once."""
    coded = values.dictionary_encode()
    written = pa.array([write(value) for value in coded.dictionary.to_pylist()], LONG_TEXT)
    return written.take(coded.indices).fill_null(UNKNOWN)


def write_seconds(seconds: float) -> str:
    """Write a number of seconds as a duration, in whole seconds.

    >>> write_seconds(90.5)
    '1m30s'
    """
    return write_duration(int(seconds * SECOND))


def _write_local_times(times: pa.Array, columns: Columns, rows: Rows) -> pa.Array:
    """Return instants as `write_local_time` writes them, each in the zone of its touch."""
    at = times.cast(pa.int64()).fill_null(0).to_numpy()
    zones = columns.texts("timezone", rows)
    named = pa.chunked_array([pc.if_else(pc.equal(zones, ""), None, zones)])
    local = derived_fields(at, named, columns.stream.timezone)
    clocks = np.rint(local["local_hour"].to_numpy() * HOUR).astype(np.int64)
    minutes = pa.array(_CLOCKS, LONG_TEXT).take(pa.array(clocks // MINUTE))
    texts = pc.binary_join_element_wise(local["local_date"].cast(LONG_TEXT), minutes, _BLANK)
    return pc.if_else(times.is_valid(), texts, UNKNOWN)
