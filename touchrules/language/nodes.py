"""What a rulebook's text is made of: values, lists and mappings, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from touchrules.errors import Place

Value = None | bool | int | float | str
Plain = Value | list["Plain"] | dict[str, "Plain"]

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS: Final = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_OCTAL: Final = re.compile(r"0o([0-7]+)")
_HEXADECIMAL: Final = re.compile(r"0x([0-9a-fA-F]+)")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE: Final = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NOT_A_NUMBER: Final = frozenset({".nan", ".NaN", ".NAN"})
_LONGEST_EXACT: Final = 400  # digits; longer ones are beyond any 64-bit float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value. `text` is what was written, `value` what YAML's core schema makes of it."""

    place: Place
    text: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list. `label` is what its texts are called, if they came from a parameter that has a label."""

    place: Place
    items: tuple[Node, ...]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping. Its keys are texts, each there once, in the order of the file."""

    place: Place
    items: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        """Return what stands under a key, or None."""
        return next((node for scalar, node in self.items if scalar.text == key), None)


Node = Scalar | Sequence | Mapping


def resolve(text: str) -> Value:
    """Return what an unquoted text means in YAML 1.2's core schema; what it does not know is text.

    >>> resolve("3"), resolve("0x1F"), resolve("1e3"), resolve("no"), resolve("17:30"), resolve("~")
    (3, 31, 1000.0, 'no', '17:30', None)
    """
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    return _number(text)


def _number(text: str) -> int | float | str:
    if _DECIMAL.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_EXACT else float(text)
    if match := _OCTAL.fullmatch(text):
        return int(match[1], 8)
    if match := _HEXADECIMAL.fullmatch(text):
        return int(match[1], 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if match := _INFINITE.fullmatch(text):
        return float(match[1] + "inf")
    return float("nan") if text in _NOT_A_NUMBER else text


def plain_value(node: Node) -> Plain:
    """Return a node as plain Python values."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain_value(item) for item in node.items]
        case Mapping():
            return {key.text: plain_value(item) for key, item in node.items}


def show(node: Node) -> str:
    """Say in a few words what stands there, for a message: `the number 5`, `a list`.

    >>> show(Scalar(place=Place(file="a", line=1, column=1), text="no", value="no"))
    'the text "no"'
    """
    match node:
        case Sequence():
            return "a list" if node.items else "an empty list"
        case Mapping():
            return "a mapping" if node.items else "an empty mapping"
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=bool()):
            return node.text
        case Scalar(value=str()):
            return f"the text {quoted(node.text)}"
        case Scalar():
            return f"the number {clipped(node.text)}"


def clipped(text: str, *, longest: int = 60) -> str:
    """Return the text on one line, cut where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 3] + "..."


def quoted(text: str) -> str:
    """Return the text in quotes, on one line, cut where it is too long for a message."""
    return f'"{clipped(text)}"'
