"""The rules on the left: what each finds, which one is chosen, and which are switched off."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from touchrules.studio.desk import Desk
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.rows import rule_rows

_PAUSE = 0.4
"""Seconds that all must rest before the numbers of all rules are put together."""


class RulesPanel(w.VBox):  # type: ignore[misc]
    """The rules that report, by rulebook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.list = RuleList(items=[], chosen="")
        self.list.observe(lambda change: desk.choose(change["new"]), "chosen")
        self.list.on_toggle(lambda rule, on: desk.switch(rule, on=on))
        super().__init__([self.list])
        self.add_class("jp-touchrules-rules")

    def refresh(self) -> None:
        """Show the chosen rule at once, and what all rules find when it is known."""
        studio, impacts = self._desk.state, self._desk.impacts
        self.list.chosen = studio.rule
        self._desk.later.do("rows", lambda: rule_rows(studio, impacts), self._show, _PAUSE)

    def _show(self, rows: list[dict[str, Any]]) -> None:
        self.list.items = rows
