"""How many touches a rule would find at other values of a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from touchrules.model.parameters import Parameter
from touchrules.studio.state import StudioState, setting_of

_POINTS: Final = 13
_NUMBERS: Final = frozenset({"integer", "number", "duration", "time_of_day"})


def values_along(parameter: Parameter) -> list[int | float]:
    """Return values across a parameter's range, the present one among them; none where it has no range."""
    if parameter.type not in _NUMBERS or parameter.min is None or parameter.max is None:
        return []
    step = parameter.step or (
        1 if parameter.type == "integer" else (parameter.max - parameter.min) / (_POINTS - 1)
    )
    steps = round((parameter.max - parameter.min) / step)
    chosen = np.unique(np.linspace(0, steps, min(_POINTS, steps + 1)).round().astype(int))
    values = {parameter.min + number * step for number in chosen.tolist()}
    if isinstance(parameter.value, int | float):
        beside = (parameter.value - step, parameter.value, parameter.value + step)
        values.update(one for one in beside if parameter.min <= one <= parameter.max)
    numbers = [one for one in values if isinstance(one, int | float)]
    return sorted(round(one, 9) if isinstance(one, float) else one for one in numbers)


def trace(studio: StudioState, rule: str, rulebook: str, parameter: Parameter) -> Iterator[tuple[float, int]]:
    """Yield values along a parameter's range, and how many touches of the scope the rule would find.

    Those beside the present value come first: somebody who turns on finds them worked out.
    """
    current: Any = parameter.value
    for value in sorted(values_along(parameter), key=lambda one: abs(one - current)):
        state = studio.tuning.variant(f"{rulebook}.{parameter.name}", setting_of(parameter, value))
        yield value, studio.count_found(rule, state)
