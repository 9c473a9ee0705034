"""Tuned values and switched rules as changes of a rulebook's text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from touchrules.language import nodes
from touchrules.language.settings import Settings
from touchrules.language.source import Source
from touchrules.language.writer import Change, SetParameter, SetRuleKey
from touchrules.model.rules import Rulebook


def name_of(source: Source) -> str:
    """Return the name of the rulebook in a source."""
    name = source.root.get("rulebook") if isinstance(source.root, nodes.Mapping) else None
    return name.text if isinstance(name, nodes.Scalar) else ""


def list_changes(
    rulebook: str, rulebooks: Iterable[Rulebook], settings: Settings, switched: Mapping[str, bool]
) -> list[Change]:
    """Return how the text of one rulebook changes, so that it says itself what is set and switched in it."""
    rules = {rule.id for book in rulebooks if book.name == rulebook for rule in book.rules}
    changes: list[Change] = [
        SetParameter(name=setting.rpartition(".")[2], value=value)
        for setting, value in settings.items()
        if setting.rpartition(".")[0] == rulebook
    ]
    changes += [
        SetRuleKey(rule=rule, key="enabled", value=on) for rule, on in switched.items() if rule in rules
    ]
    return changes
