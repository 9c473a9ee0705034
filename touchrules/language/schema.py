"""What an editor must know to check and complete rulebooks while they are written."""

from __future__ import annotations

import dataclasses
from typing import Any, Final, get_args, get_type_hints

from touchrules.language.schema_filters import (
    Schema,
    filter_definitions,
    first_line,
    list_or_one,
    mapping,
    or_parameter,
    refer,
)
from touchrules.model.parameters import Parameter, ParameterType
from touchrules.model.rules import (
    SEVERITIES,
    DeclaredField,
    Effective,
    Expectation,
    Fact,
    Rule,
    Rulebook,
    Source,
)
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.model.touches import FieldType

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_LANGUAGE: Final = 1
_NAME: Final = "^[A-Za-z_][A-Za-z0-9_]*$"

# Names of the model that are written otherwise in a rulebook.
_WRITTEN: Final = {
    Rulebook: {"name": "rulebook"},
    Fact: {"asserted_by": "from", "lasts": "for"},
    Effective: {"since": "from"},
}
# Names of the model that are not written in a rulebook, or not as a key of that mapping.
_UNWRITTEN: Final = {"place", "file", "more"}

_TEXT: Final[Schema] = {"type": "string"}
_WRITTEN_TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
_TIME: Final[Schema] = or_parameter({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}"})
_TIME_OF_DAY: Final[Schema] = or_parameter({"type": ["string", "number"]})


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of `NAME.rulebook.yaml`.

    Whole values may be `$name`. What only the whole rulebook can tell, such as unknown facts, is left
    to `touchrules check`.
    """
    definitions = {
        **filter_definitions(),
        "rule": _keys_of(Rule, _RULE, required=("id", "title", "severity", "when")),
        "expectation": _keys_of(Expectation, _EXPECTATION, required=("touch", "by")),
        "fact": _keys_of(Fact, _FACT),
        "source": {**_keys_of(Source, _SOURCE), "additionalProperties": _WRITTEN_TEXT},
        "declaredField": _keys_of(DeclaredField, _DECLARED, required=("type",), without=("name",)),
        "signal": {"anyOf": [_signal(kind) for kind in get_args(Signal)]},
        "parameterDeclaration": {"anyOf": [_parameter(kind) for kind in get_args(ParameterType)]},
    }
    top = _keys_of(Rulebook, _RULEBOOK, required=("rulebook", "language"))
    return {"$schema": _DIALECT, "title": "touchrules rulebook", **top, "$defs": definitions}


def schema_of_tests() -> Schema:
    """Return the JSON Schema (draft 2020-12) of `NAME.tests.yaml`."""
    scalar = {"type": ["string", "number", "boolean", "null"]}
    case = mapping(
        {
            "name": {**_WRITTEN_TEXT, "description": "What is tried, as a short sentence."},
            "touches": {"type": "array", "items": {"type": "object", "additionalProperties": scalar}},
            "finds": {
                "type": "array",
                "items": {"type": "integer", "minimum": 1},
                "description": "Positions, from 1, of the touches that the rule finds, and no others.",
            },
            "with": {"type": "object", "description": "Parameters of this rulebook for this test."},
            "as_of": {**_TEXT, "description": "The time up to which the replay goes."},
        },
        ("touches", "finds"),
    )
    tests = {"type": "object", "additionalProperties": {"type": "array", "items": case}}
    top = mapping({"rulebook": _TEXT, "tests": tests}, ("rulebook", "tests"))
    return {"$schema": _DIALECT, "title": "tests of a touchrules rulebook", **top}


def written_keys(source: type, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the keys under which the fields of a class of the model are written.

    >>> written_keys(Fact)
    ('name', 'about', 'from', 'until', 'for', 'per')
    """
    names = [field.name for field in dataclasses.fields(source)]
    renamed = _WRITTEN.get(source, {})
    return tuple(renamed.get(name, name) for name in names if name not in _UNWRITTEN and name not in without)


def _keys_of(
    source: type, schemas: Schema, required: tuple[str, ...] = (), without: tuple[str, ...] = ()
) -> Schema:
    """Return the schema of a mapping that is written for a class; every field of it must have its schema."""
    skipped = (*without, "name") if source is Fact else without
    properties = {key: schemas[key] for key in written_keys(source, skipped)}
    return mapping(properties, required, first_line(source))


def _named(definition: str, description: str, names: str = "") -> Schema:
    schema: Schema = {
        "type": "object",
        "additionalProperties": refer(definition),
        "description": description,
    }
    return {**schema, "propertyNames": {"pattern": names}} if names else schema


def _choices(source: type, field: str) -> list[str]:
    """Return the words that a field of the model may have."""
    return list(get_args(get_type_hints(source)[field]))


def _moment(what: str) -> Schema:
    how = "a duration (2d), business days (1bd) or hours (4bh), or a time (promised_at + 15m)"
    return {"type": ["string", "number"], "description": f"{what}: {how}."}


def _signal(kind: type[Signal]) -> Schema:
    name, value = _SIGNALS[kind]
    properties: Schema = {name: value}
    if kind is not PhonePrefix:
        properties["field"] = {**_TEXT, "description": "The field that is read; text if left out."}
        properties["first"] = refer("count", "Read only so many characters.")
    return mapping(properties, (name,), first_line(kind))


def _parameter(kind: str) -> Schema:
    value = _VALUES[kind]
    properties: Schema = {
        "type": {"const": kind, "description": "What its values are."},
        "default": {**value, "description": "The value where nobody sets another."},
        "label": {**_TEXT, "description": "What it is called on the screen."},
        "unit": {**_TEXT, "description": "What is counted, such as calls."},
        "about": {**_TEXT, "description": "What turning it means."},
    }
    required = ["type", "default"]
    if kind in ("integer", "number", "duration", "time_of_day"):
        step = {"type": ["string", "number"]} if kind == "time_of_day" else value
        properties |= {
            "min": {**value, "description": "The least value."},
            "max": {**value, "description": "The greatest value."},
            "step": {**step, "description": "How far the slider moves at once."},
        }
    if kind == "choice":
        properties["options"] = {
            "type": "array",
            "items": value,
            "minItems": 1,
            "description": "The values to choose from.",
        }
        required.append("options")
    return mapping(properties, tuple(required), first_line(Parameter))


_SIGNALS: Final[dict[type, tuple[str, Schema]]] = {
    PhraseCount: ("phrases", refer("texts", "How often one of these phrases stands in the text.")),
    PatternCount: ("pattern", {**_TEXT, "description": "How often this RE2 expression is found in it."}),
    MentionCount: (
        "mentions",
        {
            "type": "array",
            "items": _TEXT,
            "description": "How often the text names the values of these fields.",
        },
    ),
    QuestionCount: ("questions", {"const": True, "description": "How many questions are asked."}),
    WordCount: ("words", {"const": True, "description": "How many words there are."}),
    PhonePrefix: (
        "phone_prefix",
        {**_TEXT, "description": "The first six digits of the telephone number in this field."},
    ),
}

_VALUES: Final[dict[str, Schema]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "duration": {"type": ["string", "number"]},
    "time_of_day": {"type": ["string", "number"]},
    "choice": _WRITTEN_TEXT,
    "boolean": {"type": "boolean"},
    "phrases": {"type": "array", "items": _TEXT},
}

_EFFECTIVE: Final[Schema] = {
    "from": {**_TIME, "description": "The first moment."},
    "until": {**_TIME, "description": "The first moment after it."},
}

_RULE: Final[Schema] = {
    "id": {"type": "string", "pattern": "^[a-z0-9-]+$", "description": "Unique over all rulebooks."},
    "title": {**_TEXT, "description": "The rule as one short command."},
    "severity": {**or_parameter({"enum": list(SEVERITIES)}), "description": "How much it matters."},
    "when": refer("filter", "Which touches this rule looks at."),
    "why": {**_TEXT, "description": "One or two sentences for the manager."},
    "source": {**_TEXT, "description": "A key of the rulebook's sources."},
    "given": {**list_or_one(_TEXT), "description": "Facts that must hold."},
    "unless": {**list_or_one(_TEXT), "description": "Facts that must not hold."},
    "where": {
        **or_parameter({"type": "array", "items": refer("test")}),
        "description": "What must be true of the earlier touches, each test of it.",
    },
    "say": {**_TEXT, "description": "The message, with {field}, {param.name} and {value}."},
    "advise": {**_TEXT, "description": "What to do instead, with the same."},
    "asserts": {**_TEXT, "description": "The fact that a touch found by this rule asserts."},
    "expect": refer("expectation", "What must follow."),
    "met_asserts": {**_TEXT, "description": "The fact that what was expected asserts when it comes."},
    "report": refer("truth", "False keeps it out of the findings."),
    "enabled": refer("truth", "False switches it off."),
    "effective": {
        **_keys_of(Effective, _EFFECTIVE),
        "description": "From when and until when the rule looks at touches.",
    },
    "tags": refer("texts", "Words by which rules are found again."),
}

_EXPECTATION: Final[Schema] = {
    "touch": refer("filter", "The touch that must come."),
    "by": _moment("The deadline"),
    "after": _moment("From when it counts"),
    "match": {
        "type": "object",
        "additionalProperties": _TEXT,
        "description": "A field of the later touch equals a field of this one.",
    },
    "per": refer("key", "Whose later touches are looked at."),
    "cancel": refer("filter", "A touch after which nothing is expected any more."),
}

_FACT: Final[Schema] = {
    "about": {**_TEXT, "description": "What it means, for people."},
    "from": refer("filter", "Touches that assert it."),
    "until": refer("filter", "Touches that end it."),
    "for": refer("duration", "How long it lasts."),
    "per": {**or_parameter({"enum": _choices(Fact, "per")}), "description": "Whom it is remembered about."},
}

_SOURCE: Final[Schema] = dict.fromkeys(("title", "author", "publisher"), _WRITTEN_TEXT)

_DECLARED: Final[Schema] = {
    "type": {"enum": list(get_args(FieldType)), "description": "What its values are."},
    "about": {**_TEXT, "description": "What it holds, for people."},
}

_RULEBOOK: Final[dict[str, Any]] = {
    "rulebook": {**_TEXT, "description": "The unique name of this rulebook."},
    "language": {"const": _LANGUAGE, "description": "The version of the language."},
    "version": {**_WRITTEN_TEXT, "description": "The version of this rulebook."},
    "title": {**_TEXT, "description": "What it is called."},
    "about": {**_TEXT, "description": "What it is about, for people."},
    "sources": _named("source", "Where the rules come from."),
    "applies_to": refer("filter", "Added to the `when` of each rule."),
    "holidays": {"type": "array", "items": _TIME, "description": "Days that are no business days."},
    "business_hours": {
        "type": "array",
        "items": _TIME_OF_DAY,
        "minItems": 2,
        "maxItems": 2,
        "description": "Opening and closing, on the contact's clock.",
    },
    "fields": _named("declaredField", "Further fields that the rules read."),
    "parameters": _named("parameterDeclaration", "Values that a manager may turn.", _NAME),
    "signals": _named("signal", "Values read out of texts."),
    "facts": _named("fact", "What is remembered."),
    "rules": {"type": "array", "items": refer("rule"), "description": "The rules, each with an id."},
    "claims": {"type": "array", "description": "What an article claims; no engine reads them."},
}
