"""The list of rules, with what each found and a switch to turn it on or off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style

Toggled = Callable[[str, bool], object]


class RuleList(Drawn):
    """Rules by rulebook, searched and filtered in the browser.

    Each of ``items`` is a mapping with ``id``, ``title``, ``rulebook``, ``severity``, ``enabled``,
    ``looked``, ``found``, ``saved_found`` (or None), ``weeks`` (findings a week) and ``marks`` (short words
    beside the title). ``chosen`` is the id of the chosen rule, ``severities`` those shown (all, if empty).
    """

    _esm = read_script("rulelist")
    _css = read_style("rulelist")

    items: Any = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    severities: Any = traitlets.List().tag(sync=True)

    def __init__(self, items: list[dict[str, Any]] | None = None, **traits: Any) -> None:
        super().__init__(items=items or [], **traits)
        self._toggled: list[Toggled] = []

    def on_toggle(self, callback: Toggled) -> None:
        """Calls ``callback(rule_id, on)`` whenever somebody turns a rule on or off.

        Where it raises, or gives back False, the rule stays as it was.
        """
        self._toggled.append(callback)

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        if "toggle" not in message:
            return super()._reply(message)
        rule_id, on = message["toggle"], bool(message.get("on"))
        before = self.items
        if all(item["id"] != rule_id for item in before):
            raise ValueError(f'There is no rule "{rule_id}" in this list.')
        self.items = [{**item, "enabled": on} if item["id"] == rule_id else item for item in before]
        try:
            is_done = [callback(rule_id, on) for callback in self._toggled]
        except Exception:
            self.items = before
            raise
        if False not in is_done:
            return {"toggle": rule_id, "on": on}
        self.items = before
        return {"toggle": rule_id, "on": not on}
