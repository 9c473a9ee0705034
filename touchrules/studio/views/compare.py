"""What a save would change, in the words of the business, with what it changes in the findings."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from touchrules.studio.desk import Desk
from touchrules.studio.views.changelist import ChangeList
from touchrules.studio.views.texts import table, tag

_PAUSE = 0.2


class ComparePanel(w.VBox):  # type: ignore[misc]
    """The rulebooks as they stand beside the saved ones; `changes` may be shown elsewhere too."""

    def __init__(self, desk: Desk, changes: ChangeList) -> None:
        self._desk, self._changes = desk, changes
        self._rules = w.HTML()
        super().__init__([w.HTML(tag("h3", "Changes since the last save")), changes, self._rules])
        self.add_class("jp-touchrules-compare")

    def refresh(self) -> None:
        """Show every change, and the rules whose findings differ."""
        self._changes.refresh()
        self._rules.value = ""
        if self._desk.state.is_changed:
            self._desk.later.do("rules changed", self._find_rules, self._show, _PAUSE)

    def _find_rules(self) -> list[tuple[str, ...]]:
        """Return what each rule that reports finds newly, no longer, and both times."""
        studio = self._desk.state
        within = self._desk.impacts.within
        changes = {
            rule: (within(one.newly), within(one.no_longer), within(one.both))
            for rule, one in studio.tuning.compare(studio.saved, studio.state).items()
        }
        titles = {
            rule.id: rule.title
            for state in (studio.saved, studio.state)
            for book in state.rulebooks
            for rule in book.rules
            if rule.report
        }
        return [
            (titles[rule], *(f"{len(one):,}" for one in told))
            for rule, told in changes.items()
            if rule in titles and (len(told[0]) or len(told[1]))
        ]

    def _show(self, rows: list[Any]) -> None:
        heads = ("Rule", "Newly found", "No longer found", "Found both times")
        self._rules.value = table("By rule", heads, rows) if rows else ""
