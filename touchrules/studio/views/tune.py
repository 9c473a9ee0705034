"""The chosen rule with its controls, beside what it finds."""

from __future__ import annotations

import ipywidgets as w

from touchrules.studio.desk import Desk
from touchrules.studio.views.impact import ImpactPanel
from touchrules.studio.views.rule import RulePanel


class TunePanel(w.VBox):  # type: ignore[misc]
    """One rule and its impact; the numbers stay in sight while a control is turned."""

    def __init__(self, desk: Desk) -> None:
        self.rule, self.impact = RulePanel(desk), ImpactPanel(desk)
        beside = w.HBox([self.rule, self.impact])
        beside.add_class("jp-touchrules-beside")
        super().__init__([self.impact.cards, beside])
        self.add_class("jp-touchrules-tune")

    def refresh(self) -> None:
        """Show the chosen rule as it stands, and have its impact measured."""
        self.rule.refresh()
        self.impact.refresh()
