"""A form for one rule: what it is called, what it looks at, what it asks, and what it says."""

from __future__ import annotations

from typing import Any, Final

import ipywidgets as w

from touchrules.model.rules import SEVERITIES
from touchrules.studio.drawing.several import Several
from touchrules.studio.forms.drafts import Keys
from touchrules.studio.forms.offers import Offers
from touchrules.studio.forms.touchwords import Options
from touchrules.studio.views.conditions import Conditions, Told
from touchrules.studio.views.fields import Field, Pick
from touchrules.studio.views.texts import tag
from touchrules.studio.views.triggerfield import TriggerField, make_choices

_SEVERITIES: Final[Options] = [(one, one) for one in SEVERITIES]
_TEXTS: Final = {
    "id": "Id",
    "title": "Title",
    "why": "Why",
    "say": "Message",
    "advise": "Advice",
}
_LONG: Final = frozenset({"why", "say", "advise"})


class RuleFields(w.VBox):  # type: ignore[misc]
    """The fields of a rule; `changed` is told the key of the rule and its new value."""

    def __init__(self, changed: Any) -> None:
        self._changed = changed
        self._fields: dict[str, Field] = {}
        self.texts: dict[str, Any] = {}
        self.trigger = TriggerField(lambda when: changed("when", when))
        self.conditions = Conditions(changed)
        self.facts: dict[str, Several] = {}
        super().__init__([])
        self.add_class("jp-touchrules-form")

    def show(self, keys: Keys, offers: Offers) -> None:
        """Show what a rule says."""
        self._fields = {key: self._text(key, keys.get(key), offers) for key in _TEXTS}
        self.severity = Pick("Severity", _SEVERITIES, keys.get("severity"))
        self.source = Pick("Source", offers.sources, keys.get("source", ""))
        self._fields["severity"] = self._watched("severity", self.severity)
        self._fields["source"] = self._watched("source", self.source)
        self._show_facts(keys, offers)
        self.trigger.show(keys.get("when"), offers)
        self._fields["when"] = self.trigger
        self.conditions.show(keys.get("where"), keys.get("expect"), offers)
        self._fields["where"] = Field()
        short = w.HBox([self._fields[key] for key in ("id", "severity", "source")])
        short.add_class("jp-touchrules-formrow")
        self.children = [
            self._fields["title"],
            self._fields["why"],
            short,
            _heading("Look at"),
            self.trigger,
            _heading("Only if"),
            self._fields["given"],
            self._fields["unless"],
            self.conditions,
            self._fields["where"],
            _heading("Tell"),
            self._fields["say"],
            self._fields["advise"],
        ]

    def _show_facts(self, keys: Keys, offers: Offers) -> None:
        for key, label in (("given", "Facts that must hold"), ("unless", "Not if one of these facts holds")):
            self.facts[key] = make_choices(label, offers.facts, keys.get(key), "none")
            self.facts[key].observe(lambda change, key=key: self._changed(key, list(change["new"])), "value")
            self._fields[key] = Field(self.facts[key])

    def tell(self, told: Told) -> None:
        """Show what is wrong, each beside its field."""
        for key, field in self._fields.items():
            field.tell(told.get(key, []))
        self.conditions.tell(told)

    def _text(self, key: str, value: object, offers: Offers) -> Field:
        make = w.Textarea if key in _LONG else w.Text
        text = make(value="" if value is None else str(value), description=_TEXTS[key])
        if key in _LONG:
            text.rows = 2
        text.observe(lambda change: self._changed(key, change["new"]), "value")
        self.texts[key] = text
        if key not in {"say", "advise"}:
            return Field(text)
        label = f"Put into the {_TEXTS[key].lower()}"
        offered: Options = [("choose …", ""), *offers.placeholders]
        insert = Pick(label, offered, "")
        insert.observe(lambda _: self._insert(key, insert), "value")
        return Field(text, insert)

    def _insert(self, key: str, insert: Pick) -> None:
        """Put a placeholder at the end of a text."""
        if insert.picked:
            text = self.texts[key]
            text.value = f"{text.value} {insert.picked}".strip()
            insert.pick("")

    def _watched(self, key: str, pick: Pick) -> Field:
        pick.observe(lambda _: self._changed(key, pick.picked), "value")
        return Field(pick)


def _heading(text: str) -> Any:
    return w.HTML(tag("h4", text))
