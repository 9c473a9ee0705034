"""Differences of rulebooks in the words of the business."""

from __future__ import annotations

from typing import Final, assert_never

from touchrules.language.describe_values import say_time, say_value
from touchrules.language.differences import (
    Difference,
    FrameChanged,
    LayoutChanged,
    OfRule,
    ParameterChanged,
    PartChanged,
    PhrasesChanged,
    RuleAdded,
    RulebookAdded,
    RulebookGone,
    RuleChanged,
    RuleGone,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
    keys_changed,
)
from touchrules.language.nodes import Plain, clipped
from touchrules.language.phrasing import say_list, say_word
from touchrules.language.reader_values import as_duration
from touchrules.language.splices import write_flow
from touchrules.model.parameters import Parameter

_SHOWN: Final = 5
_LONGEST: Final = 300
_BLOCKS: Final = {
    "parameters": "parameter",
    "signals": "signal",
    "facts": "fact",
    "fields": "field",
    "sources": "source",
}
_FRAME: Final = {
    "rulebook": "Name of the rulebook",
    "title": "Title of the rulebook",
    "about": "What the rulebook is about",
    "version": "Version",
    "applies_to": "Touches that all rules look at",
    "holidays": "Holidays",
    "business_hours": "Business hours",
    "claims": "Claims",
}
_KEYS: Final = {
    "type": "kind of value",
    "default": "value",
    "min": "lowest value",
    "max": "highest value",
    "step": "in steps of",
    "label": "name",
    "options": "choices",
    "for": "holds for",
}
"""What keys of parts are called; others are called as they are written."""
_LENGTHS: Final = frozenset({"default", "min", "max", "step", "for"})
_TEXTS: Final = {"why": "its reason", "say": "what it tells", "advise": "its advice"}


def say_difference(one: Difference) -> str:
    """Return one difference as a sentence."""
    match one:
        case RulebookAdded():
            return f"Rulebook “{one.title}” is new."
        case RulebookGone():
            return f"Rulebook “{one.title}” is gone."
        case ParameterChanged():
            return f"{label_of(one.now)}: {_say_value(one.was)} → {_say_value(one.now)}"
        case PhrasesChanged():
            return f"{one.label}: {_say_phrases(one.was, one.now)}"
        case PartChanged():
            return _say_part(one)
        case FrameChanged():
            return _say_frame(one)
        case LayoutChanged():
            return "Only comments, layout or the order of things differ."
        case _:
            return _say_of_rule(one)


def _say_of_rule(one: OfRule) -> str:
    match one:
        case RuleAdded():
            return f"Rule “{one.rule.title}” is new: {one.reads}"
        case RuleGone():
            return f"Rule “{one.rule.title}” is gone."
        case RuleRenamed():
            return f"Rule “{one.rule.title}” has another id: {one.was} → {one.rule.id}"
        case RuleSwitched():
            return f"Rule “{one.rule.title}” is switched {'on' if one.rule.enabled else 'off'}."
        case SeverityChanged():
            return f"Severity of “{one.rule.title}”: {one.was} → {one.rule.severity}"
        case TextChanged():
            return _say_text(one)
        case RuleChanged():
            return _say_rule(one)
        case _:
            assert_never(one)


def label_of(parameter: Parameter) -> str:
    """Return what a parameter is called."""
    return parameter.label or say_word(parameter.name)


def _say_value(parameter: Parameter) -> str:
    """Return the value of a parameter; what can only be true or false is on or off."""
    if isinstance(parameter.value, bool):
        return "on" if parameter.value else "off"
    return say_value(parameter)


def _say_frame(one: FrameChanged) -> str:
    if one.reads:
        return one.reads
    label = _FRAME.get(one.key, one.key)
    if one.key == "claims":
        return f"{label}: other words"
    if one.key == "business_hours":
        return f"{label}: {_say_hours(one.was)} → {_say_hours(one.now)}"
    return f"{label}: {_say_plain(one.was)} → {_say_plain(one.now)}"


def _say_hours(hours: Plain | None) -> str:
    if hours is None:
        return "as usual"
    return " to ".join(map(str, hours)) if isinstance(hours, list) else _say_plain(hours)


def _say_phrases(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    parts = []
    for what, phrases in (
        ("added", [one for one in new if one not in old]),
        ("taken out", [one for one in old if one not in new]),
    ):
        if phrases:
            more = f" and {len(phrases) - _SHOWN:,} more" if len(phrases) > _SHOWN else ""
            parts.append(f"{what} {', '.join(f'“{one}”' for one in phrases[:_SHOWN])}{more}")
    return "; ".join(parts) or "the same phrases in another order"


def _say_text(one: TextChanged) -> str:
    if one.key == "title":
        return f"Rule “{one.was}” is called “{one.now}”."
    of = f"Rule “{one.rule.title}”, {_TEXTS[one.key]}"
    if one.now is None or not one.now:
        return f"{of}: nothing any more."
    now = clipped(one.now, longest=_LONGEST)
    return f"{of}: “{clipped(one.was, longest=_LONGEST)}” → “{now}”" if one.was else f"{of}: “{now}”"


def _say_rule(one: RuleChanged) -> str:
    if one.was != one.reads:
        return f"Rule “{one.rule.title}” now reads: {one.reads}"
    return f"Rule “{one.rule.title}” reads as before, but for its {say_list(map(say_word, one.keys))}."


def _say_part(one: PartChanged) -> str:
    of = f"{_BLOCKS[one.block].capitalize()} “{_name_of(one)}”"
    if one.was is None:
        return f"{of} is new."
    if one.now is None:
        return f"{of} is gone."
    if isinstance(one.was, dict) and isinstance(one.now, dict):
        was, now = one.was, one.now
        return f"{of}: {'; '.join(_say_key(key, was.get(key), now.get(key)) for key in keys_changed(one))}"
    return f"{of}: {_say_plain(one.was)} → {_say_plain(one.now)}"


def _name_of(one: PartChanged) -> str:
    """Return what a part is called; of a parameter the label that it has, or had before."""
    written = one.now if one.was is None else one.was
    label = written.get("label") if one.block == "parameters" and isinstance(written, dict) else None
    return label if isinstance(label, str) and label else say_word(one.name)


def _say_key(key: str, was: Plain | None, now: Plain | None) -> str:
    return f"{_KEYS.get(key, say_word(key))} {_say_held(key, was)} → {_say_held(key, now)}"


def _say_held(key: str, value: Plain | None) -> str:
    """Return what stands under a key of a part; lengths of time in words."""
    length = as_duration(value) if key in _LENGTHS and isinstance(value, str) else None
    if length is not None:
        return say_time("duration", length)
    return "ever" if key == "for" and value is None else _say_plain(value)


def _say_plain(value: Plain | None) -> str:
    if value is None:
        return "none"
    text = value if isinstance(value, str) else write_flow(value)
    return clipped(text, longest=_LONGEST)
