"""Parameters: the values that a manager may turn (language.md, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from touchrules.errors import Place

ParameterType = Literal["integer", "number", "duration", "time_of_day", "choice", "boolean", "phrases"]
ParameterValue = bool | int | float | str | tuple[str, ...]
"""integer: int; number: float; duration: whole microseconds (int); time_of_day: microseconds since
midnight (int); choice: its option (text, number or boolean); boolean: bool; phrases: texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter, with the value that it has now. Bounds are inclusive, in the units of `value`."""

    name: str
    type: ParameterType
    default: ParameterValue
    value: ParameterValue
    min: int | float | None = None
    max: int | float | None = None
    step: int | float | None = None
    label: str = ""
    unit: str = ""
    about: str = ""
    options: tuple[bool | int | float | str, ...] = ()
    place: Place | None = None
