"""Changes a rulebook's text where it was asked to, leaving everything else as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, assert_never

from touchrules.errors import ArgumentError, Problem
from touchrules.language.copying import copy_item
from touchrules.language.nodes import Plain
from touchrules.language.rewriting import rewrite_mapping, rewrite_value
from touchrules.language.spans import find_item, find_value, newline_of
from touchrules.language.splices import (
    add_item,
    add_key,
    compose,
    remove_item,
    replace_value,
    write_block,
)
from touchrules.language.words import allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameter:
    """Give a parameter another default, as it is written in YAML: `7d`, 3, `["a", "b"]`."""

    name: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRuleKey:
    """Set or replace a key of a rule, such as `severity` or `when`; the value as plain Python values."""

    rule: str
    key: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhrases:
    """Replace the phrases of a signal."""

    signal: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRule:
    """Add a rule behind the last one, given by its keys as in the file."""

    rule: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRule:
    """Have a rule say this, and no more; keys and parts of values that it has already stay as written."""

    rule: str
    keys: Mapping[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRule:
    """Write a rule once more, behind itself, under another id and with the comments in it."""

    rule: str
    as_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRule:
    """Take a rule out."""

    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHead:
    """Set or replace a key of the rulebook itself, such as `version`."""

    key: str
    value: object


Change = SetHead | SetParameter | SetRuleKey | SetPhrases | AddRule | SetRule | CopyRule | RemoveRule


def change_rulebook(text: str, changes: Sequence[Change]) -> str:
    """Return the text of a rulebook with changes made, one after the other.

    Comments, order, quotes and layout of what is not changed stay to the byte. The result is good YAML;
    whether it is a good rulebook is for `parse_rulebook` to say. Raises ArgumentError if the text is no
    YAML mapping, or if there is no such parameter, signal or rule.

    >>> change_rulebook("parameters:\\n  cap: {type: integer, default: 3}  # calls\\n",
    ...                 [SetParameter(name="cap", value=5)])
    'parameters:\\n  cap: {type: integer, default: 5}  # calls\\n'
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    for change in changes:
        text = _change(text, compose(text), change)
    compose(text)
    return mark + text


def _change(text: str, root: Any, change: Change) -> str:
    match change:
        case SetHead(key=key, value=value):
            return _set(text, root, key, value)
        case SetParameter(name=name, value=value):
            parameter = _find_named(root, "parameters", name)
            return _set(text, parameter, "default", value)
        case SetPhrases(signal=name, phrases=phrases):
            return _set(text, _find_named(root, "signals", name), "phrases", phrases)
        case SetRuleKey(rule=rule, key=key, value=value):
            return _set(text, _find_rule(root, rule)[1], key, value)
        case SetRule(rule=rule, keys=keys):
            if keys.get("id") != rule:
                _refuse_taken(root, keys.get("id"))
            return rewrite_mapping(text, _find_rule(root, rule)[1], keys)
        case CopyRule(rule=rule, as_id=name):
            _refuse_taken(root, name)
            return copy_item(text, *_find_rule(root, rule), "id", name)
        case RemoveRule(rule=rule):
            rules, item = _find_rule(root, rule)
            if len(rules.value) == 1:
                return replace_value(text, root, "rules", [])
            return remove_item(text, rules, item)
        case AddRule(rule=values):
            return _add_rule(text, root, values)
        case _:
            assert_never(change)


def _set(text: str, mapping: Any, key: str, value: object) -> str:
    if find_value(mapping, key) is None:
        return add_key(text, mapping, key, value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return rewrite_value(text, mapping, key, value)
    return replace_value(text, mapping, key, value)


def _add_rule(text: str, root: Any, values: Mapping[str, object]) -> str:
    _refuse_taken(root, values.get("id"))
    found = find_value(root, "rules")
    if found is not None and getattr(found[1], "value", None) and isinstance(found[1].value, list):
        return add_item(text, found[1], values)
    newline = newline_of(text)
    if found is None:
        begin = text if not text or text.endswith("\n") else text + newline
        return f"{begin}rules:{newline}  - {write_block(values, indent=4, newline=newline)}{newline}"
    start = text.index(":", found[0].end_mark.index) + 1
    end = max(start, found[1].end_mark.index) if found[1].id == "sequence" else start
    return f"{text[:start]}{newline}  - {write_block(values, indent=4, newline=newline)}{text[end:]}"


def _refuse_taken(root: Any, name: object) -> None:
    if not isinstance(name, str) or not name:
        _refuse("A new rule has no id.", "Give it one, for example no-voicemail.")
    if name in _ids(root):
        _refuse(f'There is a rule "{name}" already.', "Choose another id, or change that rule.")


def _find_named(root: Any, block: str, name: str) -> Any:
    """Return the mapping of one parameter or signal."""
    what = block.removesuffix("s")
    found = find_value(root, block)
    named = find_value(found[1], name) if found is not None else None
    if named is None:
        names = (
            [key.value for key, _ in found[1].value] if found is not None and found[1].id == "mapping" else []
        )
        remedy = allowed(name, names, label=block.capitalize()) if names else f"It has no {block} at all."
        _refuse(f'"{name}" is no {what} of this rulebook.', remedy)
    if named[1].id != "mapping":
        _refuse(
            f'The {what} "{name}" is no mapping.', "Mend the rulebook first: `touchrules check` tells how."
        )
    return named[1]


def _find_rule(root: Any, rule: str) -> tuple[Any, Any]:
    """Return the list of rules and the mapping of one of them."""
    found = find_value(root, "rules")
    item = find_item(found[1], "id", rule) if found is not None else None
    if found is None or item is None:
        names = _ids(root)
        remedy = allowed(rule, names, label="Rules") if names else "It has no rules at all."
        _refuse(f'"{rule}" is no rule of this rulebook.', remedy)
    return found[1], item


def _ids(root: Any) -> list[str]:
    found = find_value(root, "rules")
    items = found[1].value if found is not None and found[1].id == "sequence" else []
    named = [find_value(item, "id") for item in items]
    return [str(pair[1].value) for pair in named if pair is not None]


def _refuse(message: str, remedy: str) -> NoReturn:
    raise ArgumentError(Problem(message=message, remedy=remedy))
