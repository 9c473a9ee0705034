"""Reads single values: a text, a number, a duration, one of several words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, Value, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.words import allowed, nearest
from touchrules.model.durations import SECOND, WEEK, read_duration

LONGEST: Final = 521_775 * WEEK  # ten thousand years
GREATEST_COUNT: Final = 1_000_000_000
DURATION_HELP: Final = "Write it like `90s`, `15m`, `2h`, `7d`, `2w` or `1h30m`."

Entries = dict[str, tuple[Scalar, Node]]
T = TypeVar("T")


def keyed(
    node: Node,
    what: str,
    proof: Proof,
    *,
    known: Iterable[str],
    required: Iterable[str] = (),
) -> Entries:
    """Return the known keys of a mapping with their key scalars and values; tell unknown and missing ones."""
    if not isinstance(node, Mapping):
        names = ", ".join(known)
        proof.complain(node.place, f"{what} is a mapping, but here is {show(node)}.", f"Keys: {names}.")
        return {}
    entries: Entries = {}
    names_known = list(known)
    for key, value in node.items:
        if key.text in names_known:
            entries[key.text] = (key, value)
        else:
            remedy = allowed(key.text, names_known, label="Keys")
            proof.complain(key.place, f"{quoted(key.text)} is no key of {_lower(what)}.", remedy)
    misspelt = {nearest(key.text, names_known) for key, _value in node.items if key.text not in names_known}
    missing = [name for name in required if name not in entries and name not in misspelt]
    if missing:
        lines = " and ".join(f"`{name}:`" for name in missing)
        remedy = " ".join(f"Add `{name}: ...`." for name in missing)
        proof.complain(node.place, f"{what} has no {lines}.", remedy)
    return entries


def _lower(what: str) -> str:
    return what[:1].lower() + what[1:]


def read_text(node: Node, what: str, proof: Proof) -> str:
    """Return the text, or "" after a problem."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node.value
    remedy = "Write a text; one that begins with [ or { goes in quotes."
    if isinstance(node, Scalar):
        remedy = f'Put it in quotes if it is meant as text: "{node.text}".'
    if isinstance(node, Scalar) and node.value is None:
        remedy = "Write a text, or take the line out."
    proof.complain(node.place, f"{what} is a text, but here is {show(node)}.", remedy)
    return ""


def read_name(node: Node, what: str, proof: Proof) -> str:
    """Return a text of at least one character, or "" after a problem."""
    if isinstance(node, Scalar) and node.value == "":
        proof.complain(node.place, f"{what} is a name, but here is an empty text.", "Write a name.")
        return ""
    return read_text(node, what, proof)


def read_written(node: Node, what: str, proof: Proof) -> str:
    """Return a text, or a number or date as it is written (`version: 1.0`), or "" after a problem."""
    if isinstance(node, Scalar) and node.value is not None:
        return node.text
    return read_text(node, what, proof)


def read_truth(node: Node, what: str, proof: Proof, *, otherwise: bool) -> bool:
    """Return `true` or `false`, or `otherwise` after a problem."""
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    proof.complain(
        node.place,
        f"{what} is true or false, but here is {show(node)}.",
        "Write true or false; yes and no are texts.",
    )
    return otherwise


def read_count(node: Node, what: str, proof: Proof) -> int:
    """Return an integer of at least 1, or 1 after a problem."""
    number = as_number(node.value) if isinstance(node, Scalar) else None
    if number is not None and number.is_integer() and 1 <= number <= GREATEST_COUNT:
        return int(number)
    message = f"{what} is a whole number of at least 1, but here is {show(node)}."
    proof.complain(node.place, message, f"Write a whole number from 1 to {GREATEST_COUNT:,}.")
    return 1


def as_number(value: Value) -> float | None:
    """Return a finite 64-bit float, or None if the value is no number or not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def is_infinite(value: Value) -> bool:
    """Say whether a value is a number beyond all 64-bit floats, or none of them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and as_number(value) is None


def as_duration(text: str) -> int | None:
    """Return microseconds, or None if the text is no duration of at most ten thousand years."""
    duration = read_duration(text) if len(text) <= 100 else None
    return duration if duration is not None and duration <= LONGEST else None


def read_lasting(node: Node, what: str, proof: Proof) -> int:
    """Return a duration in microseconds, or one second after a problem."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        duration = as_duration(node.value)
        if duration is not None:
            return duration
        if len(node.value) <= 100 and read_duration(node.value) is not None:
            message = f"{what} is longer than ten thousand years."
            proof.complain(node.place, message, f"Write at most {LONGEST // WEEK}w.")
            return SECOND
    proof.complain(node.place, f"{what} is a duration, but here is {show(node)}.", DURATION_HELP)
    return SECOND


def read_amount(node: Node, what: str, proof: Proof) -> float:
    """Return a number, or a duration as its seconds; 0 after a problem."""
    if isinstance(node, Scalar):
        number = as_number(node.value)
        if number is not None:
            return number
        duration = as_duration(node.value) if isinstance(node.value, str) else None
        if duration is not None:
            return duration / SECOND
    if isinstance(node, Scalar) and is_infinite(node.value):
        proof.complain(
            node.place, f"{what} is no finite number.", "Write a number that a 64-bit float can hold."
        )
        return 0.0
    message = f"{what} compares with a number or a duration, but here is {show(node)}."
    proof.complain(node.place, message, "Write a number such as 3 or 0.5, or a duration such as 90s or 7d.")
    return 0.0


def read_items(node: Node, what: str, proof: Proof) -> tuple[Node, ...]:
    """Return the items of a list, or none after a problem."""
    if isinstance(node, Sequence):
        return node.items
    remedy = "Write it in brackets: [a, b]."
    if isinstance(node, Mapping):
        remedy = "Put `- ` before each item, or brackets around all of them: [{...}, {...}]."
    if isinstance(node, Scalar) and node.value is None:
        remedy = "Write a list, or take the line out."
    proof.complain(node.place, f"{what} is a list, but here is {show(node)}.", remedy)
    return ()


def read_texts(node: Node, what: str, proof: Proof) -> tuple[str, ...]:
    """Return the texts of a list; what is no text is told and left out."""
    return _each(read_items(node, what, proof), f"An item of {what}", proof, read_text)


def read_names(node: Node, what: str, proof: Proof) -> tuple[tuple[str, Node], ...]:
    """Return one name, or those of a list, with their nodes; what is no name is told and left out."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    named = ((read_name(item, what, proof), item) for item in nodes)
    return tuple((name, item) for name, item in named if name)


def _each(
    nodes: Iterable[Node], what: str, proof: Proof, read: Callable[[Node, str, Proof], str]
) -> tuple[str, ...]:
    values = []
    for node in nodes:
        told = len(proof.problems)
        value = read(node, what, proof)
        if len(proof.problems) == told:
            values.append(value)
    return tuple(values)


def read_word(node: Node, what: str, proof: Proof, *, words: tuple[T, ...]) -> T:
    """Return one of the allowed words, or the first of them after a problem."""
    if isinstance(node, Scalar):
        for word in words:
            if node.value == word and isinstance(node.value, str):
                return word
    text = node.text if isinstance(node, Scalar) else ""
    remedy = allowed(text, [str(word) for word in words], label="Allowed")
    proof.complain(node.place, f"{what} cannot be {show(node)}.", remedy)
    return words[0]
