"""Reads one touch as it comes: a JSON object, read as a line of a file of touches is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from touchrules.errors import DataError, Problem
from touchrules.model.touches import (
    DERIVED_FIELDS,
    REQUIRED_FIELDS,
    RESERVED_NAMES,
    TOUCH_FIELDS,
    FieldType,
)
from touchrules.streams.columntypes import read_number, read_truth, why_unreadable
from touchrules.streams.instants import find_zone, read_instant
from touchrules.streams.jsonlines import WrittenNumber, json_cell, read_record
from touchrules.streams.localtime import local_fields

Value = str | float | bool | int
"""A text, a number, true or false, or an instant in microseconds since 1970 UTC."""

PLANNED: Final = "(planned)"
"""The `touch_id` of a planned touch that has none yet."""
_REMEDY: Final = f"Mend it and send it again. Every touch needs {', '.join(REQUIRED_FIELDS)}."


class BadTouch(DataError):
    """A touch that cannot be taken. `touch_id` is None where that cannot be read either."""

    def __init__(self, reasons: list[str], touch_id: str | None) -> None:
        self.touch_id = touch_id
        message = f"This touch cannot be taken: {'; '.join(reasons)}."
        super().__init__(Problem(message=message, remedy=_REMEDY))


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTouch:
    """One touch. `fields`: what is present of it, the derived fields too; `zone`: the contact's."""

    id: str
    at: int
    zone: str
    fields: Mapping[str, Value]

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in the stream."""
        return self.at, self.id


class TouchReader:
    """Reads touches: the fields of the language, those that rulebooks declare, and no others.

    `types`: the declared ones. `signals`: names that no field may have. `timezone`: of touches that name
    none.
    """

    def __init__(self, types: Mapping[str, FieldType], signals: frozenset[str], timezone: str) -> None:
        self._types = {**TOUCH_FIELDS, **types}
        self._refused = signals | RESERVED_NAMES
        self._timezone = timezone

    def read_mapping(self, touch: Mapping[str, object]) -> LiveTouch:
        """Read a mapping of plain values, with times as texts or datetimes; raises BadTouch."""
        return self.read(_record_of(touch))

    def read_planned(self, touch: Mapping[str, object]) -> LiveTouch:
        """Read such a mapping of a touch that is planned, which needs no touch_id."""
        return self.read_plan(_record_of(touch))

    def read_plan(self, record: Mapping[str, Any]) -> LiveTouch:
        """Read a touch that is planned, which needs no touch_id."""
        return self.read({**record, "touch_id": record.get("touch_id") or PLANNED})

    def read(self, record: Mapping[str, Any]) -> LiveTouch:
        """Read a record whose numbers are as they were written."""
        values: dict[str, Value] = {}
        faults = [
            f'has a field "{name}", which is a word of the rules' for name in self._refused & record.keys()
        ]
        for name, value in record.items():
            if name in self._types and name not in DERIVED_FIELDS:
                faults += self._take(name, json_cell(value), values)
        faults += _missing(values, faults)
        zone = values.get("timezone", self._timezone)
        if find_zone(str(zone)) is None:
            faults.append(f'timezone "{zone}" is no IANA time zone')
        if faults:
            known = json_cell(record.get("touch_id"))
            raise BadTouch(faults, known or None)
        at, zone = int(values["at"]), str(zone)
        values.update(zip(DERIVED_FIELDS, local_fields(at, zone), strict=True))
        return LiveTouch(id=str(values["touch_id"]), at=at, zone=zone, fields=values)

    def _take(self, name: str, text: str, values: dict[str, Value]) -> Iterator[str]:
        """Take the value of a field, unless it is missing; yield what is wrong with it."""
        if not text:
            return
        wanted = self._types[name]
        value = self._parse(text, wanted)
        if value is None:
            yield why_unreadable(name, text, wanted)
        elif not (isinstance(value, float) and math.isnan(value)):
            values[name] = value

    def _parse(self, text: str, wanted: FieldType) -> Value | None:
        match wanted:
            case "text":
                return str(text) if isinstance(text, WrittenNumber) else text
            case "number":
                return read_number(text)
            case "boolean":
                return read_truth(text)
            case "timestamp":
                return read_instant(text, self._timezone)


def _missing(values: Mapping[str, Value], faults: list[str]) -> Iterator[str]:
    """Yield which required fields are missing, but for those that could not be read."""
    for name in REQUIRED_FIELDS:
        if name not in values and not any(fault.startswith(f"{name} ") for fault in faults):
            yield f"{name} is missing"


def _record_of(touch: Mapping[str, object]) -> dict[str, Any]:
    """Return plain values as a line of JSON Lines gives them."""
    try:
        record = read_record(json.dumps(dict(touch), default=_write_time))
    except (TypeError, ValueError) as error:
        raise BadTouch([f"cannot be written as JSON ({error})"], None) from error
    if isinstance(record, str):
        raise BadTouch([record], None)
    return record


def _write_time(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    msg = f"{type(value).__name__} is no value of a field"
    raise TypeError(msg)
