"""The trigger of a rule as ready-made choices: kinds, direction, outcomes, and what the text says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from touchrules.language.nodes import Plain

_SAID: Final[Plain] = {"at_least": 1}
_NOT_SAID: Final[Plain] = {"less_than": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What `when` asks for. `rest`: the part of it that is no ready-made choice, as it is written."""

    kinds: tuple[str, ...] = ()
    direction: str = ""
    outcomes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    rest: Mapping[str, Plain]


def read_trigger(when: object, signals: Mapping[str, object]) -> Trigger:
    """Return the choices that a `when` makes.

    >>> read_trigger({"kind": ["call", "sms"], "idle": {"at_least": 1}, "step": 2}, {"idle": None})
    Trigger(kinds=('call', 'sms'), direction='', outcomes=(), says=('idle',), lacks=(), rest={'step': 2})
    """
    tests = dict(when) if isinstance(when, Mapping) else {}
    kinds, outcomes = _texts(tests.get("kind")), _texts(tests.get("outcome"))
    direction = tests.get("direction")
    says = tuple(name for name, test in tests.items() if name in signals and test == _SAID)
    lacks = tuple(name for name, test in tests.items() if name in signals and test == _NOT_SAID)
    shown = {*says, *lacks}
    shown |= {"kind"} if kinds else set()
    shown |= {"outcome"} if outcomes else set()
    shown |= {"direction"} if isinstance(direction, str) and not direction.startswith("$") else set()
    return Trigger(
        kinds=kinds,
        direction=str(direction) if "direction" in shown else "",
        outcomes=outcomes,
        says=says,
        lacks=lacks,
        rest={key: test for key, test in tests.items() if key not in shown},
    )


def write_trigger(trigger: Trigger, when: object) -> dict[str, Any]:
    """Return the `when` that makes these choices, in the order of the one before."""
    known = when if isinstance(when, Mapping) else {}
    wanted: dict[str, Plain] = {
        **_chosen("kind", trigger.kinds, known),
        **({"direction": trigger.direction} if trigger.direction else {}),
        **_chosen("outcome", trigger.outcomes, known),
        **dict.fromkeys(trigger.says, _SAID),
        **dict.fromkeys(trigger.lacks, _NOT_SAID),
        **trigger.rest,
    }
    order = [key for key in known if key in wanted]
    return {key: wanted[key] for key in (*order, *(key for key in wanted if key not in order))}


def _texts(test: object) -> tuple[str, ...]:
    """Return the values of a plain choice; none if it is written in another way."""
    values = test if isinstance(test, list) else [test]
    plain = [one for one in values if isinstance(one, str) and not one.startswith("$")]
    return tuple(plain) if len(plain) == len(values) else ()


def _chosen(field: str, values: tuple[str, ...], known: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return a choice as it is written already, if it is the same, or anew."""
    if not values:
        return {}
    if _texts(known.get(field)) == values:
        return {field: known[field]}
    return {field: values[0] if len(values) == 1 else list(values)}
