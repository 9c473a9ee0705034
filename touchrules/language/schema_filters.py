"""What an editor must know of filters and looks at earlier touches, taken from the model."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final, get_args

from touchrules.model.filters import Comparison
from touchrules.model.lookbacks import Gap, Last, LookBackTest, Period, Share
from touchrules.model.touches import (
    ABOUT_FIELDS,
    DERIVED_FIELDS,
    KEYS,
    KNOWN_WORDS,
    TOUCH_FIELDS,
    FieldType,
)

Schema = dict[str, Any]

_COMPARISONS: Final = {
    "more_than": "More than this number or duration.",
    "at_least": "This number or duration, or more.",
    "less_than": "Less than this number or duration.",
    "at_most": "This number or duration, or less.",
    "exactly": "Exactly this number or duration.",
}
PARAMETER: Final[Schema] = {"type": "string", "pattern": r"^\$([A-Za-z_]\w*|\{[A-Za-z_]\w*\})$"}


def refer(name: str, description: str = "") -> Schema:
    """Return a reference to a definition, with a text to show on hovering."""
    schema: Schema = {"$ref": f"#/$defs/{name}"}
    return {**schema, "description": description} if description else schema


def or_parameter(schema: Schema) -> Schema:
    """Return a schema that also takes `$name` where the whole value stands."""
    return {"anyOf": [schema, refer("parameter")]}


def list_or_one(schema: Schema) -> Schema:
    """Return a schema that takes one value or a list of such values."""
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


def mapping(properties: Schema, required: tuple[str, ...] = (), description: str = "") -> Schema:
    """Return a schema of a mapping with these keys and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return {**schema, "description": description} if description else schema


def first_line(source: type) -> str:
    """Return what a class of the model says of itself, without the marks of code."""
    words = (source.__doc__ or "").strip().splitlines()[0]
    return re.sub(r"`([^`]*)`", r"\1", words)


def filter_definitions() -> Schema:
    """Return the definitions that filters and looks back are made of."""
    return {
        "parameter": {**PARAMETER, "description": "A parameter of this rulebook."},
        "duration": or_parameter({"type": "string", "pattern": "^([0-9]+[smhdw])+$"}),
        "amount": {"anyOf": [{"type": "number"}, refer("duration")]},
        "count": or_parameter({"type": "integer", "minimum": 1}),
        "truth": or_parameter({"type": "boolean"}),
        "constant": {"type": ["string", "number", "boolean"]},
        "texts": or_parameter({"type": "array", "items": {"type": ["string", "number", "boolean"]}}),
        "key": {
            "description": "Whose touches are looked at.",
            "anyOf": [
                {"enum": list(KEYS)},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                refer("parameter"),
            ],
        },
        "filter": _filter("filter", "fieldTest"),
        "hasFilter": _filter("hasFilter", "hasTest"),
        "fieldTest": _field_test({}),
        "hasTest": _field_test(_SIMILAR),
        "test": {"anyOf": [*_tests(), *_logic()]},
    }


_RATIO: Final = or_parameter({"type": "number", "minimum": 0, "maximum": 1})
_SIMILAR: Final[Schema] = {
    "similar": {**_RATIO, "description": "Both texts are at least so much alike (0 to 1)."},
    "not_similar": {**_RATIO, "description": "The texts are less alike than this (0 to 1)."},
}


def _filter(itself: str, test: str) -> Schema:
    known = {name: _field(name, kind, test) for name, kind in (TOUCH_FIELDS | DERIVED_FIELDS).items()}
    return {
        "type": "object",
        "description": "Yes or no to one touch: all lines must hold.",
        "properties": {
            "any": {
                "type": "array",
                "items": refer(itself),
                "description": "One of these filters says yes.",
            },
            "not": refer(itself, "The filter says no."),
            "found": {
                **list_or_one({"type": "string"}),
                "description": "This very touch was found by one of these rules.",
            },
            **known,
        },
        "additionalProperties": refer(test),
    }


def _field(name: str, kind: FieldType, test: str) -> Schema:
    about = ABOUT_FIELDS[name]
    schema = refer(test, f"{about[0].upper()}{about[1:]} ({kind}).")
    return {**schema, "examples": list(KNOWN_WORDS[name])} if name in KNOWN_WORDS else schema


def _field_test(more: Schema) -> Schema:
    field = {"type": "string", "description": "Another field of the same touch."}
    other = mapping({"field": field}, ("field",))
    compares = {
        how: {"anyOf": [refer("amount"), other], "description": _COMPARISONS[how]}
        for how in get_args(Comparison)
        if how != "exactly"
    }
    tests = mapping(
        {
            "not": {
                "anyOf": [refer("constant"), refer("texts")],
                "description": "Missing, or none of these.",
            },
            **compares,
            "exists": {**refer("truth"), "description": "Present (true) or missing (false)."},
            "contains": {"type": "string", "description": "Holds this text, case ignored."},
            "matches": {"type": "string", "description": "This RE2 expression is found somewhere in it."},
            "same_as": {"type": "string", "description": "Equals this other field of the same touch."},
            **more,
        }
    )
    return {"anyOf": [refer("constant"), refer("texts"), {**tests, "minProperties": 1}]}


def _tests() -> list[Schema]:
    """Return a schema for each kind of look back, worked out from the fields of its class."""
    return [_look_back(kind) for kind in get_args(LookBackTest)]


def _look_back(kind: type[LookBackTest]) -> Schema:
    name = kind.__name__.lower()
    fields = {field.name for field in dataclasses.fields(kind)}
    properties: Schema = {
        name: {"type": "string", "description": first_line(kind)}
        if "field" in fields
        else refer("filter", first_line(kind)),
        "per": refer("key", "Whose touches are looked at."),
        "within": refer("duration", "Touches of so long before this one."),
        "between": {
            **or_parameter({"type": "array", "items": refer("duration"), "minItems": 2, "maxItems": 2}),
            "description": "Touches of at least the first and less than the second before this one.",
        },
        "in_same": {
            **or_parameter({"enum": list(get_args(Period))}),
            "description": "Touches since this day, week, month or quarter began, where the contact is.",
        },
        "since_last": refer("filter", "Touches after the last one that this filter accepts."),
    }
    required = [name]
    if "field" in fields or kind is Share:
        properties["of"] = refer("filter", "Of these touches.")
        required.append("of")
    if "compare" in fields:
        properties |= {how: refer("amount", text) for how, text in _COMPARISONS.items()}
    if "compare" in fields and kind is not Gap:
        properties["newest"] = refer("count", "Only so many of the latest.")
    if kind is Share:
        properties["out_of"] = refer("count", "False if there are fewer.")
    if kind is Last:
        properties["has"] = refer("hasFilter", "What the last one must have.")
    schema = mapping(properties, tuple(required), first_line(kind))
    if "compare" in fields:
        schema["anyOf"] = [{"required": [how]} for how in _COMPARISONS]
    return schema


def _logic() -> list[Schema]:
    fact, one, none = "The fact holds.", "One of the tests is true.", "The test is false."
    return [
        mapping({"fact": {"type": "string", "description": fact}}, ("fact",), fact),
        mapping({"any": {"type": "array", "items": refer("test"), "description": one}}, ("any",), one),
        mapping({"not": refer("test", none)}, ("not",), none),
    ]
