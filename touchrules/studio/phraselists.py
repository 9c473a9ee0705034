"""Which phrase lists a rule has: where each is written, and in what text it is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from touchrules.language import nodes
from touchrules.language.nodes import Node, Scalar
from touchrules.language.source import Source
from touchrules.language.uses import names_of_rule
from touchrules.model.signals import PhraseCount
from touchrules.studio.state import StudioState

_NO_FIELDS: Final = frozenset({"any", "found", "phrases", "enabled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """How a list is used: `whole` where a field must equal a phrase, else where the text says it.

    `first`: only so many characters of the field are read.
    """

    field: str
    first: int | None = None
    whole: bool = False


def reads_of_parameter(source: Source, parameter: str) -> Reads | None:
    """Return where the phrases of a parameter are looked for; None if they are used in another way."""
    if not isinstance(source.root, nodes.Mapping):
        return None
    signals = source.root.get("signals")
    for _, signal in signals.items if isinstance(signals, nodes.Mapping) else ():
        if isinstance(signal, nodes.Mapping) and _names(signal.get("phrases"), parameter):
            field, first = signal.get("field"), signal.get("first")
            return Reads(
                field=field.text if isinstance(field, Scalar) else "text",
                first=first.value if isinstance(first, Scalar) and isinstance(first.value, int) else None,
            )
    field_name = next(_fields_equal_to(source.root, parameter), None)
    return None if field_name is None else Reads(field=field_name, whole=True)


def _names(node: Node | None, parameter: str) -> bool:
    """Return whether a value is a parameter, or a list with it."""
    match node:
        case Scalar(text=text):
            return text in {f"${parameter}", f"${{{parameter}}}"}
        case nodes.Sequence(items=items):
            return any(_names(item, parameter) for item in items)
        case _:
            return False


def _fields_equal_to(node: Node, parameter: str) -> Iterator[str]:
    """Yield the fields that a filter compares with the values of a parameter."""
    match node:
        case nodes.Mapping(items=pairs):
            for key, value in pairs:
                inner = value.get("not") if isinstance(value, nodes.Mapping) else None
                if _names(inner, parameter) or (_names(value, parameter) and key.text not in _NO_FIELDS):
                    yield key.text
                else:
                    yield from _fields_equal_to(value, parameter)
        case nodes.Sequence(items=items):
            for item in items:
                yield from _fields_equal_to(item, parameter)
        case Scalar():
            return


def written_lists(studio: StudioState, rule: str) -> dict[str, PhraseCount]:
    """Return the signals that a rule depends on whose phrases are written in them, with no parameter."""
    _, book = studio.find(rule)
    source = studio.source_of(book)
    named = names_of_rule(source, rule)
    signals = source.root.get("signals") if isinstance(source.root, nodes.Mapping) else None
    lists: dict[str, PhraseCount] = {}
    for key, signal in signals.items if isinstance(signals, nodes.Mapping) else ():
        written = signal.get("phrases") if isinstance(signal, nodes.Mapping) else None
        read = book.signals.get(key.text)
        if key.text not in named or not isinstance(read, PhraseCount):
            continue
        if isinstance(written, nodes.Sequence) and not any("$" in item.text for item in _scalars(written)):
            lists[key.text] = read
    return lists


def _scalars(node: nodes.Sequence) -> Iterator[Scalar]:
    yield from (item for item in node.items if isinstance(item, Scalar))
