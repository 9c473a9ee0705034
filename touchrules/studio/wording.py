"""Values of parameters as a manager reads them."""

from __future__ import annotations

from touchrules.language.describe_values import say_time
from touchrules.model.parameters import Parameter
from touchrules.replay.messages import write_parameter

__all__ = ["show_time", "show_value"]

show_time = say_time


def show_value(parameter: Parameter) -> str:
    """Return the value of a parameter with its unit."""
    if parameter.type in {"duration", "time_of_day"}:
        return show_time(parameter.type, parameter.value)
    unit = f" {parameter.unit}" if parameter.unit else ""
    return f"{write_parameter(parameter)}{unit}"
