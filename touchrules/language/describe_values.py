"""Values of parameters as a manager reads them."""

from __future__ import annotations

from typing import Final

from touchrules.language.describe import write_parameter_value
from touchrules.language.parameters import write_value
from touchrules.model.durations import DAY, HOUR, MINUTE
from touchrules.model.parameters import Parameter, ParameterType, ParameterValue

_UNITS: Final = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"))


def say_value(parameter: Parameter) -> str:
    """Return the value of a parameter with its unit."""
    if parameter.type in {"duration", "time_of_day"}:
        return say_time(parameter.type, parameter.value)
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{write_parameter_value(parameter, parameter.value)}{unit}"


def say_time(kind: ParameterType, value: ParameterValue) -> str:
    """Return a duration in one unit if that says it, or a time of day.

    >>> say_time("duration", 14 * DAY), say_time("duration", HOUR), say_time("duration", 90 * MINUTE)
    ('14 days', '1 hour', '90 minutes')
    """
    if kind == "duration" and isinstance(value, int) and value > 0:
        for length, name in _UNITS:
            if value % length == 0:
                count = value // length
                return f"{count:,} {name}{'' if count == 1 else 's'}"
    return write_value(kind, value)
