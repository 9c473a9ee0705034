"""A control for each parameter, made from its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from touchrules.language.describe_differences import label_of
from touchrules.language.describe_values import say_value
from touchrules.language.nodes import Plain, resolve
from touchrules.language.parameters import Refusal, accept, write_value
from touchrules.model.durations import DAY, MINUTE
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.replay.messages import write_parameter
from touchrules.studio.drawing.control import Control

_MOST_STOPS: Final = 400
_QUARTER: Final = 15 * MINUTE
_TIMES: Final = frozenset({"duration", "time_of_day"})

Tell = Callable[[ParameterValue], None]
"""Told what a control was turned to."""


def make_control(parameter: Parameter, saved: Parameter, tell: Tell) -> Control:
    """Return the control of a parameter, which shows its value and tells what it is turned to.

    `saved` is the parameter with the value to go back to.
    """
    kind, stops = _kind_and_stops(parameter)
    control = Control(
        partial(_read, parameter),
        partial(_write, parameter),
        kind=kind,
        label=label_of(parameter),
        about=_about(parameter),
        unit=parameter.unit,
        stops=[[value, _label_of_stop(parameter, value)] for value in stops],
        value=parameter.value,
        saved=saved.value,
        saved_label=say_value(saved),
    )
    control.observe(lambda change: tell(_as_held(parameter, change["new"])), "value")
    return control


def _about(parameter: Parameter) -> str:
    bounds = (parameter.min, parameter.max)
    low, high = (None if bound is None else _label_of_stop(parameter, bound) for bound in bounds)
    allowed = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    told = [parameter.about.strip(), f"Allowed: {allowed}." if low or high else ""]
    return " ".join(part for part in told if part)


def _label_of_stop(parameter: Parameter, value: ParameterValue) -> str:
    return say_value(replace(parameter, value=value))


def _write(parameter: Parameter, value: ParameterValue) -> str:
    """Return a value as it is typed."""
    if parameter.type == "number":
        return write_parameter(replace(parameter, value=value))
    return write_value(parameter.type, value)


def _as_held(parameter: Parameter, value: Any) -> ParameterValue:
    """Return a value as a parameter of its type holds it: the browser knows one kind of numbers only."""
    if parameter.type == "number":
        return float(value)
    held: ParameterValue = int(value) if parameter.type in {"integer", *_TIMES} else value
    return held


def _read(parameter: Parameter, text: str) -> ParameterValue:
    """Return the value that somebody typed. Raises ValueError that says what is allowed."""
    plain: Plain = text if parameter.type in _TIMES else resolve(text)
    accepted = accept(parameter, plain)
    if isinstance(accepted, Refusal):
        raise ValueError(f"{accepted.message} {accepted.remedy}")
    return accepted


def _kind_and_stops(parameter: Parameter) -> tuple[str, list[Any]]:
    match parameter.type:
        case "boolean":
            return "truth", []
        case "choice":
            return "choice", list(parameter.options)
        case "time_of_day":
            low = int(parameter.min or 0)
            high = int(DAY if parameter.max is None else parameter.max)
            return "slider", _along(parameter, low, high, int(parameter.step or _QUARTER))
        case _ if parameter.min is None or parameter.max is None or parameter.min == parameter.max:
            return "text", []
        case _:
            low_, high_ = parameter.min, parameter.max
            usual = (high_ - low_) / 100
            whole = parameter.type != "number"
            step = parameter.step or (max(1, round(usual)) if whole else usual)
            return "slider", _along(parameter, low_, high_, step)


def _along(parameter: Parameter, low: float, high: float, step: float) -> list[Any]:
    """Return values from low to high, the present one among them, not more than a slider has room for."""
    count = int((high - low) / step + 1e-9)
    stride = max(1, -(-count // _MOST_STOPS))
    values = {round(low + place * step, 9) for place in range(0, count + 1, stride)}
    values |= {high, parameter.value} if isinstance(parameter.value, int | float) else {high}
    return sorted(values if parameter.type == "number" else {int(value) for value in values})
