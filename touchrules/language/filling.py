"""Puts the values of parameters where a rulebook says `$name`."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as MappingABC
from decimal import Decimal
from functools import partial
from typing import Final

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, quoted
from touchrules.language.parameters import NAME, write_value
from touchrules.language.proof import Proof
from touchrules.language.words import allowed
from touchrules.model.durations import HOUR, write_duration
from touchrules.model.parameters import Parameter

Parameters = MappingABC[str, Parameter | None]
Fill = Callable[[Node, Parameters, Proof], Node]

_WHOLE: Final = re.compile(rf"\$(?:({NAME})|\{{({NAME})\}})")

# Titles, texts and templates, where `$` is a dollar: of the rulebook, a rule, a fact or field.
_TEXTS: Final = frozenset(
    {"rulebook", "language", "version", "title", "about", "sources", "parameters", "claims"}
)
_RULE_TEXTS: Final = frozenset({"id", "title", "why", "source", "say", "advise"})
_NOTES: Final = frozenset({"about"})


def parameter_in(text: str) -> str | None:
    """Return the parameter that a whole value stands for, or None if it stands for itself.

    >>> parameter_in("$cap"), parameter_in("${cap}"), parameter_in("high")
    ('cap', 'cap', None)
    """
    match = _WHOLE.fullmatch(text)
    return (match[1] or match[2]) if match else None


def fill_rulebook(node: Mapping, parameters: Parameters, proof: Proof) -> Mapping:
    """Return the rulebook's mapping with each `$name` replaced; what is put in keeps the place of `$name`."""
    parts: dict[str, Fill] = {
        **dict.fromkeys(_TEXTS, _keep),
        "rules": _fill_rules,
        "facts": partial(_fill_named, "fact"),
        "fields": partial(_fill_named, "field"),
    }
    items = tuple((key, parts.get(key.text, fill)(value, parameters, proof)) for key, value in node.items)
    return Mapping(place=node.place, items=items)


def _fill_rules(node: Node, parameters: Parameters, proof: Proof) -> Node:
    if not isinstance(node, Sequence):
        return fill(node, parameters, proof)
    rules = tuple(_fill_rule(rule, parameters, proof) for rule in node.items)
    return Sequence(place=node.place, items=rules)


def _fill_rule(node: Node, parameters: Parameters, proof: Proof) -> Node:
    name = node.get("id") if isinstance(node, Mapping) else None
    sheet = proof.about(f"rule {name.text}") if isinstance(name, Scalar) else proof
    return _fill_keys(node, parameters, sheet, texts=_RULE_TEXTS)


def _fill_named(what: str, node: Node, parameters: Parameters, proof: Proof) -> Node:
    if not isinstance(node, Mapping):
        return fill(node, parameters, proof)
    items = tuple(
        (key, _fill_keys(value, parameters, proof.about(f"{what} {key.text}"), texts=_NOTES))
        for key, value in node.items
    )
    return Mapping(place=node.place, items=items)


def _fill_keys(node: Node, parameters: Parameters, proof: Proof, *, texts: frozenset[str]) -> Node:
    if not isinstance(node, Mapping):
        return fill(node, parameters, proof)
    parts: dict[str, Fill] = {"expect": _fill_expect, **dict.fromkeys(texts, _keep)}
    items = tuple((key, parts.get(key.text, fill)(value, parameters, proof)) for key, value in node.items)
    return Mapping(place=node.place, items=items)


def _keep(node: Node, _parameters: Parameters, _proof: Proof) -> Node:
    return node


def _fill_expect(node: Node, parameters: Parameters, proof: Proof) -> Node:
    if not isinstance(node, Mapping):
        return fill(node, parameters, proof)
    items = tuple(
        (key, (_fill_moment if key.text in ("after", "by") else fill)(value, parameters, proof))
        for key, value in node.items
    )
    return Mapping(place=node.place, items=items)


def fill(node: Node, parameters: Parameters, proof: Proof) -> Node:
    """Return a node with each whole value `$name` or `${name}` replaced; a list takes in phrases."""
    match node:
        case Mapping():
            items = tuple((key, fill(value, parameters, proof)) for key, value in node.items)
            return Mapping(place=node.place, items=items)
        case Sequence():
            return _fill_sequence(node, parameters, proof)
        case Scalar():
            return _fill_scalar(node, parameters, proof)


def _fill_sequence(node: Sequence, parameters: Parameters, proof: Proof) -> Sequence:
    filled: list[Node] = []
    labels: list[str] = []
    for item in node.items:
        value = fill(item, parameters, proof)
        if isinstance(item, Scalar) and isinstance(value, Sequence):
            filled.extend(value.items)
            labels.append(value.label)
        else:
            filled.append(value)
            labels.append("")
    label = " or ".join(labels) if all(labels) else ""
    return Sequence(place=node.place, items=tuple(filled), label=label)


def _fill_scalar(node: Scalar, parameters: Parameters, proof: Proof) -> Node:
    name = parameter_in(node.value) if isinstance(node.value, str) else None
    if name is None:
        return node
    parameter = _find(name, node, parameters, proof)
    if parameter is None:
        proof.broken.add(node.place)
        return node
    return _as_node(parameter, node)


def _find(name: str, node: Scalar, parameters: Parameters, proof: Proof) -> Parameter | None:
    if name not in parameters:
        remedy = allowed(name, parameters, label="Parameters")
        if not parameters:
            remedy = "This rulebook declares no parameters; declare it under `parameters:`."
        proof.complain(node.place, f"{quoted('$' + name)} names no parameter of this rulebook.", remedy)
    return parameters.get(name)


def _as_node(parameter: Parameter, node: Scalar) -> Node:
    value = parameter.value
    if isinstance(value, tuple):
        items = tuple(Scalar(place=node.place, text=phrase, value=phrase) for phrase in value)
        return Sequence(place=node.place, items=items, label=parameter.label)
    if parameter.type == "time_of_day" and isinstance(value, int):
        value = value / HOUR
    if parameter.type == "duration" and isinstance(value, int):
        value = write_duration(value)
    return Scalar(place=node.place, text=write_value("number", value), value=value)


def _fill_moment(node: Node, parameters: Parameters, proof: Proof) -> Node:
    """Fill in `after` and `by`, where parameters stand inside the text: `promised_at + $tolerance`."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        return fill(node, parameters, proof)

    def put(match: re.Match[str]) -> str:
        parameter = _find(match[1] or match[2], node, parameters, proof)
        written = None if parameter is None else _inside_text(parameter)
        if written is not None:
            return written
        if parameter is not None:
            message = (
                f"{quoted('$' + parameter.name)} is a {parameter.type} parameter, which makes no deadline."
            )
            proof.complain(node.place, message, "Here stand durations, whole numbers, numbers and choices.")
        proof.broken.add(node.place)
        return match[0]

    text = _WHOLE.sub(put, node.value)
    return Scalar(place=node.place, text=text, value=text)


def _inside_text(parameter: Parameter) -> str | None:
    value = parameter.value
    if isinstance(value, bool | tuple) or parameter.type == "time_of_day":
        return None
    if parameter.type == "duration" and isinstance(value, int):
        return write_duration(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value)
