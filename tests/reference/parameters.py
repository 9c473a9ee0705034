"""The values that a manager may turn, put where the rulebook names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WHOLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})")
UNFILLED = ("id", "title", "why", "source", "say", "advise", "about", "tags", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter with the value that counts in this replay, as it was written."""

    type: str
    value: Any


def read_parameters(content: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Parameter]:
    """The parameters of a rulebook; a setting `rulebook.name` goes before the default."""
    return {
        name: Parameter(
            type=written["type"],
            value=settings.get(f"{content['rulebook']}.{name}", written["default"]),
        )
        for name, written in content.get("parameters", {}).items()
    }


def hours(text: str) -> float:
    """`08:20` as hours."""
    hour, minute = text.split(":")
    return (int(hour) * 60 + int(minute)) / 60


def parameter_value(parameter: Parameter) -> Any:
    """What stands in the place of `$name`: times of day are hours, phrases a list."""
    return hours(parameter.value) if parameter.type == "time_of_day" else parameter.value


def fill_text(text: str, parameters: Mapping[str, Parameter]) -> Any:
    """The value of a whole `$name` or `${name}`, else the text itself."""
    found = WHOLE.fullmatch(text)
    return parameter_value(parameters[found[1] or found[2]]) if found else text


def fill_list(items: list[Any], parameters: Mapping[str, Parameter]) -> list[Any]:
    """A list with its parameters filled in, phrases spliced."""
    filled = []
    for item in items:
        value = fill(item, parameters)
        if isinstance(item, str) and isinstance(value, list):
            filled.extend(value)
        else:
            filled.append(value)
    return filled


def fill_deadline(text: str, parameters: Mapping[str, Parameter]) -> str:
    """`after` and `by`, where a parameter may be a part of the text."""
    return WHOLE.sub(lambda found: str(parameters[found[1] or found[2]].value), text)


def fill(written: Any, parameters: Mapping[str, Parameter]) -> Any:
    """Any part of a rulebook with its parameters filled in."""
    if isinstance(written, str):
        return fill_text(written, parameters)
    if isinstance(written, list):
        return fill_list(written, parameters)
    if isinstance(written, dict):
        return {key: fill(value, parameters) for key, value in written.items()}
    return written


def fill_entry(entry: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """A rule or a fact with its parameters filled in; titles, texts and templates stay."""
    filled = {key: value if key in UNFILLED else fill(value, parameters) for key, value in entry.items()}
    if "expect" in entry:
        deadlines = {key: entry["expect"][key] for key in ("after", "by") if key in entry["expect"]}
        filled["expect"] = fill({**entry["expect"], **dict.fromkeys(deadlines, "")}, parameters) | {
            key: fill_deadline(text, parameters) for key, text in deadlines.items()
        }
    return filled


def fill_rulebook(content: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """A rulebook with its parameters filled in."""
    return dict(content) | {
        "applies_to": fill(content.get("applies_to", {}), parameters),
        "signals": fill(content.get("signals", {}), parameters),
        "facts": {name: fill_entry(fact, parameters) for name, fact in content.get("facts", {}).items()},
        "rules": [fill_entry(rule, parameters) for rule in content.get("rules", [])],
    }
