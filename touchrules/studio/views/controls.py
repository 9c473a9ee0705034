"""A control for each parameter, made from its type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import ipywidgets as w

from touchrules.model.durations import MINUTE
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.wording import show_time

_MOST_STEPS: Final = 400
_QUARTER: Final = 15 * MINUTE
_WIDE: Final = w.Layout(width="100%")
_STYLE: Final = {"description_width": "46%"}

Tell = Callable[[ParameterValue], None]
"""Told what a control was turned to."""


def make_control(parameter: Parameter, tell: Tell) -> Any:
    """Return the control of a parameter, which shows its value and tells what it is turned to."""
    control, read = _make(parameter)
    control.description = parameter.label or parameter.name.replace("_", " ")
    control.style = _STYLE
    control.layout = _WIDE
    if parameter.about or parameter.unit:
        control.tooltip = parameter.about or parameter.unit
    control.add_class("jp-touchrules-control")

    def turned(change: Any) -> None:
        value = read(change["new"])
        if value is not None:
            tell(value)

    control.observe(turned, "value")
    return control


def _make(parameter: Parameter) -> tuple[Any, Callable[[Any], ParameterValue | None]]:
    value: Any = parameter.value
    bounded = parameter.min is not None and parameter.max is not None
    match parameter.type:
        case "boolean":
            return w.Checkbox(value=value, indent=False), bool
        case "choice":
            return w.Dropdown(options=list(parameter.options), value=value), lambda new: new
        case "phrases":
            area = w.Textarea(value="\n".join(value), rows=8, continuous_update=False)
            return area, lambda new: tuple(line.strip() for line in new.splitlines() if line.strip())
        case "duration" | "time_of_day":
            return _steps(parameter), lambda new: new
        case "integer" if bounded:
            step = int(parameter.step or 1)
            return w.IntSlider(value=value, min=parameter.min, max=parameter.max, step=step), int
        case "number" if bounded:
            spread = float(parameter.max or 0) - float(parameter.min or 0)
            fine = float(parameter.step or spread / 100)
            return w.FloatSlider(value=value, min=parameter.min, max=parameter.max, step=fine), float
        case "integer":
            return w.IntText(value=value), int
        case _:
            return w.FloatText(value=value), float


def _steps(parameter: Parameter) -> Any:
    """Return a slider over durations or times of day, a step apart, with the present value among them."""
    value, step = int(_number(parameter.value)), int(parameter.step or 0)
    lowest = int(parameter.min if parameter.min is not None else 0)
    highest = int(parameter.max if parameter.max is not None else max(value * 4, lowest + 1))
    step = step or (_QUARTER if parameter.type == "time_of_day" else max((highest - lowest) // 100, 1))
    step *= max(1, -(-(highest - lowest) // (step * _MOST_STEPS)))
    values = sorted({*range(lowest, highest + 1, step), highest, value})
    options = [(show_time(parameter.type, one), one) for one in values]
    return w.SelectionSlider(options=options, value=value)


def _number(value: ParameterValue) -> float:
    if isinstance(value, str | tuple):
        msg = f"{value!r} is no number"
        raise TypeError(msg)
    return float(value)
