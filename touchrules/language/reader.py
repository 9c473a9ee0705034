"""Reads a whole rulebook from its text (language.md, section 10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal, cast

from touchrules.language.nodes import Mapping, Node, Scalar, clipped, plain_value, show
from touchrules.language.proof import Proof
from touchrules.language.reader_filters import read_filter
from touchrules.language.reader_rules import read_rules
from touchrules.language.reader_signals import read_signals
from touchrules.language.reader_values import (
    as_number,
    keyed,
    read_items,
    read_lasting,
    read_name,
    read_text,
    read_word,
    read_written,
)
from touchrules.language.times import read_date
from touchrules.model.durations import DAY, HOUR, read_time_of_day
from touchrules.model.parameters import Parameter
from touchrules.model.rules import DeclaredField, Fact, Rulebook, Source
from touchrules.model.touches import FieldType

LANGUAGE: Final = 1
TYPES: Final[tuple[FieldType, ...]] = ("text", "number", "boolean", "timestamp")
_PERS: Final[tuple[Literal["contact", "account", "rep"], ...]] = ("contact", "account", "rep")


def read_rulebook(node: Mapping, parameters: dict[str, Parameter], file: str, proof: Proof) -> Rulebook:
    """Return the rulebook whose parameters are already filled in; after problems it has what was readable."""
    entries = keyed(node, "A rulebook", proof, known=_READERS, required=("rulebook", "language"))
    values = {
        _NAMES.get(key, key): _READERS[key](value, proof)
        for key, (_key, value) in entries.items()
        if key not in ("parameters", "language")
    }
    bare: dict[str, Any] = {"name": ""}
    return Rulebook(**{**bare, **values, "file": file, "language": LANGUAGE, "parameters": parameters})


def language_problem(node: Mapping) -> tuple[Node, str, str] | None:
    """Return place, message and remedy if the rulebook is written in a language that is not this one."""
    value = node.get("language")
    if value is None or (isinstance(value, Scalar) and value.value == LANGUAGE and value.value is not True):
        return None
    number = as_number(value.value) if isinstance(value, Scalar) else None
    if isinstance(value, Scalar) and number is not None and number > LANGUAGE:
        message = (
            f"This rulebook is written in language {value.text}; this touchrules reads language {LANGUAGE}."
        )
        return value, message, "Use a newer touchrules, or a rulebook in language 1."
    return value, f"`language` is {LANGUAGE}, but here is {show(value)}.", f"Write `language: {LANGUAGE}`."


def _read_rulebook_name(node: Node, proof: Proof) -> str:
    name = read_name(node, "`rulebook`", proof)
    if name:
        proof.mention("rulebook", name, node.place)
    return name


def _read_sources(node: Node, proof: Proof) -> dict[str, Source]:
    return _read_named(node, "sources", "source", _read_source, proof)


def _read_source(_key: Scalar, node: Node, proof: Proof) -> Source:
    if not isinstance(node, Mapping):
        remedy = "Write `{title: ..., author: ..., publisher: ...}`."
        proof.complain(node.place, f"A source is a mapping, but here is {show(node)}.", remedy)
        return Source()
    texts = {key.text: read_written(value, f"`{key.text}`", proof) for key, value in node.items}
    known = {name: texts.pop(name) for name in ("title", "author", "publisher") if name in texts}
    return Source(**known, more=tuple(texts.items()))


def _read_fields(node: Node, proof: Proof) -> dict[str, DeclaredField]:
    return _read_named(node, "fields", "field", _read_field, proof)


def _read_field(key: Scalar, node: Node, proof: Proof) -> DeclaredField:
    entries = keyed(node, "A field", proof, known=("type", "about"), required=("type",))
    kind = read_word(entries["type"][1], "`type`", proof, words=TYPES) if "type" in entries else "text"
    about = read_text(entries["about"][1], "`about`", proof) if "about" in entries else ""
    return DeclaredField(name=key.text, type=kind, about=about, place=key.place)


def _read_facts(node: Node, proof: Proof) -> dict[str, Fact]:
    return _read_named(node, "facts", "fact", _read_fact, proof)


def _read_fact(key: Scalar, node: Node, proof: Proof) -> Fact:
    told = len(proof.problems)
    entries = keyed(node, "A fact", proof, known=("about", "from", "until", "for", "per"))
    readers: dict[str, tuple[str, Callable[[Node, Proof], Any]]] = {
        "about": ("about", lambda value, sheet: read_text(value, "`about`", sheet)),
        "from": ("asserted_by", lambda value, sheet: read_filter(value, "`from`", sheet)),
        "until": ("until", lambda value, sheet: read_filter(value, "`until`", sheet)),
        "for": ("lasts", lambda value, sheet: read_lasting(value, "`for`", sheet)),
        "per": ("per", lambda value, sheet: read_word(value, "`per`", sheet, words=_PERS)),
    }
    values = {readers[name][0]: readers[name][1](value, proof) for name, (_key, value) in entries.items()}
    if len(proof.problems) > told:
        proof.mention("faulty fact", key.text, key.place)
    return Fact(name=key.text, place=key.place, **values)


def _read_named(
    node: Node, block: str, what: str, read: Callable[[Scalar, Node, Proof], Any], proof: Proof
) -> dict[str, Any]:
    if not isinstance(node, Mapping):
        proof.complain(
            node.place, f"`{block}` is a mapping, but here is {show(node)}.", "Write `name: {...}`."
        )
        return {}
    for key, _value in node.items:
        if not key.text:
            proof.complain(key.place, f"A {what} here has an empty name.", "Give it a name.")
    return {
        key.text: read(key, value, proof.about(f"{what} {clipped(key.text)}")) for key, value in node.items
    }


def _read_holidays(node: Node, proof: Proof) -> frozenset[date]:
    days = (_read_holiday(item, proof) for item in read_items(node, "`holidays`", proof))
    return frozenset(day for day in days if day is not None)


def _read_holiday(node: Node, proof: Proof) -> date | None:
    day = read_date(node.value) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    if day is None:
        proof.complain(
            node.place, f"A holiday is a date, but here is {show(node)}.", "Write it like `2026-12-25`."
        )
    return day


def _read_business_hours(node: Node, proof: Proof) -> tuple[int, int]:
    items = read_items(node, "`business_hours`", proof)
    hours = tuple(_read_time_of_day(item, proof) for item in items)
    if len(hours) == 2 and None not in hours and cast(int, hours[0]) < cast(int, hours[1]):
        return cast(tuple[int, int], hours)
    if len(hours) != 2 or None not in hours:
        message = "`business_hours` are two times of day, the opening before the closing."
        proof.complain(node.place, message, 'Write `business_hours: ["09:00", "17:00"]`.')
    return Rulebook(name="", language=LANGUAGE).business_hours


def _read_time_of_day(node: Node, proof: Proof) -> int | None:
    if isinstance(node, Scalar):
        number = as_number(node.value)
        time = round(number * HOUR) if number is not None else None
        if isinstance(node.value, str):
            time = read_time_of_day(node.value)
        if time is not None and 0 <= time <= DAY:
            return time
    proof.complain(node.place, f"A time of day cannot be {show(node)}.", "Write it like `09:00`.")
    return None


def _read_claims(node: Node, proof: Proof) -> tuple[Any, ...]:
    return tuple(plain_value(item) for item in read_items(node, "`claims`", proof))


def _text_of(kind: str) -> Callable[[Node, Proof], str]:
    return lambda node, proof: read_text(node, f"`{kind}`", proof)


# Keys whose name in the model is another.
_NAMES: Final = {"rulebook": "name"}

# How each key of a rulebook is read; `language` and `parameters` are read before all others.
_READERS: Final[dict[str, Callable[[Node, Proof], Any]]] = {
    "rulebook": _read_rulebook_name,
    "language": lambda _node, _proof: LANGUAGE,
    "version": lambda node, proof: read_written(node, "`version`", proof),
    "title": _text_of("title"),
    "about": _text_of("about"),
    "sources": _read_sources,
    "applies_to": lambda node, proof: read_filter(node, "`applies_to`", proof),
    "holidays": _read_holidays,
    "business_hours": _read_business_hours,
    "fields": _read_fields,
    "parameters": lambda _node, _proof: {},
    "signals": read_signals,
    "facts": _read_facts,
    "rules": read_rules,
    "claims": _read_claims,
}
