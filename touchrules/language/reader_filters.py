"""Reads filters: yes or no to one touch (language.md, section 2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.reader_expressions import read_expression
from touchrules.language.reader_values import (
    as_number,
    is_infinite,
    keyed,
    read_amount,
    read_items,
    read_name,
    read_names,
    read_text,
    read_truth,
)
from touchrules.language.words import allowed
from touchrules.model.filters import (
    EVERY_TOUCH,
    AllOf,
    AnyOf,
    Compares,
    ComparesField,
    Comparison,
    Constant,
    Contains,
    Exists,
    Filter,
    Found,
    IsNoneOf,
    IsOneOf,
    Matches,
    Not,
    Number,
    OtherThanTrigger,
    SameAs,
    SameAsTrigger,
    SimilarToTrigger,
    Text,
    Truth,
    UnlikeTrigger,
)

FieldReader = Callable[[Scalar, Scalar, Node, Proof], Filter]
LineReader = Callable[[Scalar, Node, Proof], tuple[Filter, ...]]


def read_filter(node: Node, what: str, proof: Proof) -> Filter:
    """Return the filter; several lines make an AllOf, none makes EVERY_TOUCH, also after a problem."""
    if not isinstance(node, Mapping):
        remedy = "Write `{kind: call}`, or `{}` for every touch."
        if isinstance(node, Sequence):
            remedy = "To accept what one of several filters accepts, write `any: [...]`."
        proof.complain(node.place, f"{what} is a filter, but here is {show(node)}.", remedy)
        return EVERY_TOUCH
    lines = tuple(line for key, value in node.items for line in _read_line(key, value, proof))
    return lines[0] if len(lines) == 1 else AllOf(filters=lines)


def _read_line(key: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    return _LINES.get(key.text, _read_field)(key, node, proof)


def _read_any(_key: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    filters = tuple(read_filter(item, "An item of `any`", proof) for item in read_items(node, "`any`", proof))
    return (AnyOf(filters=filters),)


def _read_not(_key: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    return (Not(filter=read_filter(node, "`not`", proof)),)


def _read_found(_key: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    named = read_names(node, "`found`", proof)
    for name, place in ((name, item.place) for name, item in named):
        proof.mention("rule", name, place)
    return (Found(rules=tuple(name for name, _item in named), place=node.place),)


def _read_field(key: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    if not key.text:
        proof.complain(key.place, "A field here has an empty name.", "Write the name of a field.")
    match node:
        case Scalar():
            return (_read_value(key, node, proof),)
        case Sequence():
            return (IsOneOf(field=key.text, place=key.place, values=_read_constants(node, proof)),)
        case Mapping(items=()):
            message = f"The tests of {quoted(key.text)} are an empty mapping."
            proof.complain(node.place, message, "Write a test, for example `{exists: true}`.")
            return ()
        case Mapping():
            return tuple(test for name, value in node.items for test in _read_test(key, name, value, proof))


def _read_value(key: Scalar, node: Scalar, proof: Proof) -> Filter:
    if node.value in ("same", "other") and isinstance(node.value, str):
        if proof.in_has:
            kind = SameAsTrigger if node.value == "same" else OtherThanTrigger
            return kind(field=key.text, place=key.place)
        message = f'"{node.value}" compares with the trigger, which only the `has` of `last` can do.'
        proof.complain(node.place, message, f"Write `[{node.value}]` if the text is meant.")
    return IsOneOf(field=key.text, place=key.place, values=_read_constant(node, proof))


def _read_constants(node: Sequence, proof: Proof) -> tuple[Constant, ...]:
    return tuple(constant for item in node.items for constant in _read_constant(item, proof))


def _read_constant(node: Node, proof: Proof) -> tuple[Constant, ...]:
    match node:
        case Scalar(value=None):
            remedy = "Write `{exists: false}` for a missing field, or a value (null in quotes is a text)."
            proof.complain(node.place, "No field is ever equal to nothing.", remedy)
        case Scalar(value=bool() as truth):
            return (Truth(truth),)
        case Scalar(value=str() as text):
            return (Text(text),)
        case Scalar(value=value) if is_infinite(value):
            remedy = "Write a number that a 64-bit float can hold."
            proof.complain(node.place, f"{node.text} is no finite number.", remedy)
        case Scalar(value=value):
            number = as_number(value)
            return () if number is None else (Number(number),)
        case _:
            proof.complain(
                node.place, f"Here stands {show(node)} instead of a value.", "Write texts or numbers."
            )
    return ()


def _read_test(key: Scalar, name: Scalar, node: Node, proof: Proof) -> tuple[Filter, ...]:
    reader = TESTS.get(name.text)
    if reader is not None:
        return (reader(key, name, node, proof),)
    remedy = allowed(name.text, TESTS, label="Tests")
    if name.text == "exactly":
        value = node.text if isinstance(node, Scalar) else "3"
        remedy = f"Write the value itself: `{key.text}: {value}`."
    proof.complain(name.place, f"{quoted(name.text)} is no test of a field.", remedy)
    return ()


def _read_none_of(key: Scalar, _name: Scalar, node: Node, proof: Proof) -> Filter:
    values: tuple[Constant, ...] = ()
    match node:
        case Mapping():
            message = "`not` behind a field takes a value or a list, but here is a mapping."
            proof.complain(node.place, message, f"Write `not: {{{key.text}: ...}}` around the whole test.")
        case Sequence():
            values = _read_constants(node, proof)
        case Scalar():
            values = _read_constant(node, proof)
    return IsNoneOf(field=key.text, place=key.place, values=values)


def _read_comparison(key: Scalar, name: Scalar, node: Node, proof: Proof) -> Filter:
    how = cast(Comparison, name.text)
    if not isinstance(node, Mapping):
        amount = read_amount(node, f"`{how}`", proof)
        return Compares(field=key.text, place=key.place, how=how, to=amount)
    entries = keyed(node, f"What `{how}` compares with", proof, known=("field",), required=("field",))
    other = read_name(entries["field"][1], "`field`", proof) if "field" in entries else ""
    return ComparesField(field=key.text, place=key.place, how=how, other=other)


def _read_exists(key: Scalar, _name: Scalar, node: Node, proof: Proof) -> Filter:
    exists = Exists(field=key.text, place=key.place)
    return exists if read_truth(node, "`exists`", proof, otherwise=True) else Not(filter=exists)


def _read_contains(key: Scalar, _name: Scalar, node: Node, proof: Proof) -> Filter:
    return Contains(field=key.text, place=key.place, text=read_text(node, "`contains`", proof))


def _read_matches(key: Scalar, _name: Scalar, node: Node, proof: Proof) -> Filter:
    return Matches(field=key.text, place=key.place, pattern=read_expression(node, "`matches`", proof))


def _read_same_as(key: Scalar, _name: Scalar, node: Node, proof: Proof) -> Filter:
    return SameAs(field=key.text, place=key.place, other=read_name(node, "`same_as`", proof))


def _read_similar(key: Scalar, name: Scalar, node: Node, proof: Proof) -> Filter:
    return SimilarToTrigger(field=key.text, place=key.place, at_least=_read_ratio(name, node, proof))


def _read_unlike(key: Scalar, name: Scalar, node: Node, proof: Proof) -> Filter:
    return UnlikeTrigger(field=key.text, place=key.place, less_than=_read_ratio(name, node, proof))


def _read_ratio(name: Scalar, node: Node, proof: Proof) -> float:
    if not proof.in_has:
        message = f"`{name.text}` compares with the trigger, which only the `has` of `last` can do."
        proof.complain(
            name.place, message, "In `where`, write `last: {...}` with `has: {text: {similar: 0.9}}`."
        )
        return 0.0
    ratio = as_number(node.value) if isinstance(node, Scalar) else None
    if ratio is not None and 0 <= ratio <= 1:
        return ratio
    message = f"`{name.text}` is a number from 0 to 1, but here is {show(node)}."
    proof.complain(node.place, message, "Write 0.9 for texts that are nine tenths alike.")
    return 0.0


_LINES: Final[dict[str, LineReader]] = {"any": _read_any, "not": _read_not, "found": _read_found}

TESTS: Final[dict[str, FieldReader]] = {
    "not": _read_none_of,
    "more_than": _read_comparison,
    "at_least": _read_comparison,
    "less_than": _read_comparison,
    "at_most": _read_comparison,
    "exists": _read_exists,
    "contains": _read_contains,
    "matches": _read_matches,
    "same_as": _read_same_as,
    "similar": _read_similar,
    "not_similar": _read_unlike,
}
