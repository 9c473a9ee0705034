"""Reads the parameters that a rulebook declares, and judges values for them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from touchrules.language.nodes import Mapping, Node, Plain, Scalar, clipped, plain_value, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.reader_values import (
    DURATION_HELP,
    Entries,
    as_duration,
    as_number,
    keyed,
    read_items,
    read_text,
    read_word,
)
from touchrules.model.durations import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    WEEK,
    read_time_of_day,
    write_time_of_day,
)
from touchrules.model.parameters import Parameter, ParameterType, ParameterValue

TYPES: Final[tuple[ParameterType, ...]] = get_args(ParameterType)
NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*"

_EVERY_KEY: Final = ("type", "default", "label", "unit", "about")
_BOUNDS: Final = ("min", "max", "step")
KEYS: Final[dict[ParameterType, tuple[str, ...]]] = {
    "integer": (*_EVERY_KEY, *_BOUNDS),
    "number": (*_EVERY_KEY, *_BOUNDS),
    "duration": (*_EVERY_KEY, *_BOUNDS),
    "time_of_day": (*_EVERY_KEY, *_BOUNDS),
    "choice": (*_EVERY_KEY, "options"),
    "boolean": _EVERY_KEY,
    "phrases": _EVERY_KEY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a value is not taken, and what would be."""

    message: str
    remedy: str


def _as_integer(value: Plain) -> int | None:
    number = _as_number(value)
    if number is None or not number.is_integer():
        return None
    return value if isinstance(value, int) else int(number)


def _as_number(value: Plain) -> float | None:
    return None if isinstance(value, list | dict) else as_number(value)


def _as_duration(value: Plain) -> int | None:
    return as_duration(value) if isinstance(value, str) else None


def _as_time_of_day(value: Plain) -> int | None:
    return read_time_of_day(value) if isinstance(value, str) else None


def _as_option(value: Plain) -> bool | int | float | str | None:
    if isinstance(value, bool | str):
        return value
    return None if _as_number(value) is None else cast(int | float, value)


def _as_boolean(value: Plain) -> bool | None:
    return value if isinstance(value, bool) else None


def _as_phrases(value: Plain) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple) or not all(isinstance(phrase, str) for phrase in value):
        return None
    return tuple(cast(list[str], value))


# How a value of each type is read, and how it is written.
_READ: Final[dict[ParameterType, tuple[Callable[[Plain], Any], str]]] = {
    "integer": (_as_integer, "Write a whole number such as 3."),
    "number": (_as_number, "Write a number such as 3 or 0.5."),
    "duration": (_as_duration, DURATION_HELP),
    "time_of_day": (_as_time_of_day, "Write it like `08:00`."),
    "choice": (_as_option, "Write a text, a number, true or false."),
    "boolean": (_as_boolean, "Write true or false."),
    "phrases": (_as_phrases, 'Write a list of texts: ["just checking in", "touching base"].'),
}


def accept(parameter: Parameter, value: Plain) -> ParameterValue | Refusal:
    """Return the value as the parameter holds it, or why it is refused.

    `value` is what YAML or Python gives: text for durations (`7d`) and times of day (`08:00`), a list of
    texts for phrases.
    """
    read, help_text = _READ[parameter.type]
    accepted = read(value)
    if accepted is None:
        found = quoted(value) if isinstance(value, str) else clipped(str(value))
        return Refusal(message=f"{found} is no {parameter.type} value.", remedy=help_text)
    if parameter.type == "choice":
        return _chosen(parameter, accepted)
    below = parameter.min is not None and accepted < parameter.min
    above = parameter.max is not None and accepted > parameter.max
    if below or above:
        message = f"{write_value(parameter.type, accepted)} is outside the allowed range."
        return Refusal(message=message, remedy=f"Allowed: {range_of(parameter)}.")
    return cast(ParameterValue, accepted)


def _chosen(parameter: Parameter, value: bool | int | float | str) -> ParameterValue | Refusal:
    for option in parameter.options:
        if _alike(option, value):
            return option
    options = ", ".join(write_value("choice", option) for option in parameter.options)
    return Refusal(
        message=f"{write_value('choice', value)} is none of the options.", remedy=f"Options: {options}."
    )


def _alike(one: bool | int | float | str, other: bool | int | float | str) -> bool:
    """Say whether two values are equal and of one type; 1 and 1.0 are, 1 and true are not."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def range_of(parameter: Parameter) -> str:
    """Return the allowed range in words: `1 to 20`, `at least 1d`."""
    low, high = (
        None if bound is None else write_value(parameter.type, bound)
        for bound in (parameter.min, parameter.max)
    )
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low} to {high}"


def write_value(kind: ParameterType, value: ParameterValue) -> str:
    """Write a value as it stands in a rulebook; phrases are joined with commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value)
    if kind == "duration" and isinstance(value, int):
        return shortest_duration(value)
    if kind == "time_of_day" and isinstance(value, int):
        return write_time_of_day(value)
    return str(value)


def shortest_duration(duration: int) -> str:
    """Write a duration in its one largest whole unit, so that it reads as people write it.

    >>> shortest_duration(14 * DAY), shortest_duration(90 * MINUTE)
    ('2w', '90m')
    """
    for unit, size in (("w", WEEK), ("d", DAY), ("h", HOUR), ("m", MINUTE)):
        if duration and duration % size == 0:
            return f"{duration // size}{unit}"
    return f"{duration // SECOND}s"


def read_parameters(node: Node | None, proof: Proof) -> dict[str, Parameter | None]:
    """Read the block `parameters`. A parameter that is wrong is told and stands as None."""
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        proof.complain(
            node.place, f"`parameters` is a mapping, but here is {show(node)}.", "Write `name: {...}`."
        )
        return {}
    return {key.text: _read_parameter(key, value, proof) for key, value in node.items}


def _read_parameter(key: Scalar, node: Node, sheet: Proof) -> Parameter | None:
    proof = sheet.about(f"parameter {clipped(key.text)}")
    told = len(proof.problems)
    if not re.fullmatch(NAME, key.text):
        message = f"{quoted(key.text)} cannot be the name of a parameter."
        proof.complain(key.place, message, "Use letters, digits and _, beginning with a letter or _.")
    kind_node = node.get("type") if isinstance(node, Mapping) else None
    kind = read_word(kind_node, "`type`", proof, words=TYPES) if kind_node else None
    if len(proof.problems) > told:
        return None
    known = KEYS[kind] if kind else (*_EVERY_KEY, *_BOUNDS, "options")
    entries = keyed(node, "A parameter", proof, known=known, required=("type", "default"))
    if kind is None or "default" not in entries:
        return None
    parameter = _bounded(_bare(key, kind, entries, proof), entries, proof)
    if len(proof.problems) > told:
        return None
    return _with_default(parameter, entries["default"][1], proof)


def _bare(key: Scalar, kind: ParameterType, entries: Entries, proof: Proof) -> Parameter:
    texts: dict[str, Any] = {
        name: read_text(entries[name][1], f"`{name}`", proof)
        for name in ("label", "unit", "about")
        if name in entries
    }
    parameter = Parameter(name=key.text, type=kind, default="", value="", place=key.place, **texts)
    if kind != "choice":
        return parameter
    if "options" not in entries:
        proof.complain(
            key.place, "A choice has no `options:`.", "Add the values to choose from: `options: [a, b]`."
        )
        return parameter
    return dataclasses.replace(parameter, options=_read_options(entries["options"][1], proof))


def _read_options(node: Node, proof: Proof) -> tuple[bool | int | float | str, ...]:
    options: list[bool | int | float | str] = []
    for item in read_items(node, "`options`", proof):
        option = _as_option(plain_value(item))
        if option is None:
            proof.complain(item.place, f"An option cannot be {show(item)}.", _READ["choice"][1])
        elif any(_alike(option, earlier) for earlier in options):
            proof.complain(item.place, f"The option {show(item)} stands here twice.", "Take one of them out.")
        else:
            options.append(option)
    if not options:
        proof.complain(
            node.place, "`options` has nothing to choose from.", "Write at least one option: `[a, b]`."
        )
    return tuple(options)


def _bounded(parameter: Parameter, entries: Entries, proof: Proof) -> Parameter:
    bounds = {
        name: _read_bound(parameter.type, entries[name][1], name, proof)
        for name in _BOUNDS
        if name in entries
    }
    bounded = dataclasses.replace(parameter, **bounds)
    if bounded.min is not None and bounded.max is not None and bounded.min > bounded.max:
        low, high = (write_value(bounded.type, bound) for bound in (bounded.min, bounded.max))
        place = entries["min"][1].place
        proof.complain(
            place, f"`min` ({low}) is greater than `max` ({high}).", "Swap them, or mend one of them."
        )
    return bounded


def _read_bound(kind: ParameterType, node: Node, name: str, proof: Proof) -> Any:
    read, help_text = _READ[kind]
    value = plain_value(node)
    bound = read(value)
    if bound is None and name == "step" and kind == "time_of_day":
        bound = _as_duration(value)
        help_text = "Write it like `00:30` or `30m`."
    if bound is None:
        proof.complain(node.place, f"`{name}` of this {kind} parameter cannot be {show(node)}.", help_text)
    elif name == "step" and bound <= 0:
        proof.complain(node.place, "`step` must be more than nought.", help_text)
    return bound


def _with_default(parameter: Parameter, node: Node, proof: Proof) -> Parameter | None:
    accepted = accept(parameter, plain_value(node))
    if isinstance(accepted, Refusal):
        proof.complain(
            node.place, f"The default of this parameter is refused: {accepted.message}", accepted.remedy
        )
        return None
    return dataclasses.replace(parameter, default=accepted, value=accepted)
