"""What a save would change, in the words of the business, with what it changes in the findings."""

from __future__ import annotations

import ipywidgets as w

from touchrules.studio.changes import tell_changes
from touchrules.studio.desk import Desk
from touchrules.studio.views.texts import table, tag


class ComparePanel(w.VBox):  # type: ignore[misc]
    """The rulebooks as they stand beside the saved ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._html = w.HTML()
        super().__init__([self._html])
        self.add_class("jp-touchrules-compare")

    def refresh(self) -> None:
        """Show every change, and the rules whose findings differ."""
        studio = self._desk.state
        told = tell_changes(studio.saved.rulebooks, studio.state.rulebooks, studio.edited())
        if not told:
            self._html.value = tag("p", "Nothing is changed since the last save.", "hint")
            return
        items = "".join(tag("li", one) for one in told)
        changes = studio.tuning.compare(studio.saved, studio.state)
        rows = [
            (
                studio.find(rule)[0].title,
                f"{len(one.newly):,}",
                f"{len(one.no_longer):,}",
                f"{len(one.both):,}",
            )
            for rule, one in changes.items()
            if (len(one.newly) or len(one.no_longer)) and studio.find(rule)[0].report
        ]
        heads = ("Rule", "Newly found", "No longer found", "Found both times")
        found = table("What that changes", heads, rows) if rows else tag("p", "No finding changes.", "hint")
        self._html.value = f"{tag('h4', 'Changes since the last save')}<ul>{items}</ul>{found}"
