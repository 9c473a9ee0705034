"""The rules on the left: what each finds, which one is chosen, and which are switched off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from touchrules.studio.desk import Desk
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.marks import Judge, Marks, word_of
from touchrules.studio.rows import rule_rows

_PAUSE = 0.4
"""Seconds that all must rest before the numbers of all rules are put together."""
_LONG_PAUSE = 1.5


class RulesPanel(w.VBox):  # type: ignore[misc]
    """The rules that report, by rulebook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.marks: Marks = {}
        self._judge = Judge()
        self._told: list[Callable[[Marks], None]] = []
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
        self.list.items = [{**row, "marks": self._words(row["id"])} for row in rows]
        studio = self._desk.state
        self._desk.later.do("marks", lambda: self._judge.judge(studio), self._show_marks, _LONG_PAUSE)

    def on_marks(self, callback: Callable[[Marks], None]) -> None:
        """Call back with what is wrong with rules, as soon as it is known."""
        self._told.append(callback)

    def _show_marks(self, marks: Marks) -> None:
        self.marks = marks
        self.list.items = [{**row, "marks": self._words(row["id"])} for row in self.list.items]
        for callback in self._told:
            callback(marks)

    def _words(self, rule: str) -> list[str]:
        return [word_of(one) for one in self.marks.get(rule, ())]
