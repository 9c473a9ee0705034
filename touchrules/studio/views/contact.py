"""One contact over time, with what was found and why."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from touchrules.language.describe import describe_rule
from touchrules.studio.contact import draw_contact
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.views.texts import tag

_HINT = "Choose a finding in the table, and its contact is drawn here."


class ContactPanel(w.VBox):  # type: ignore[misc]
    """The timeline of a contact; the touch that is chosen on it is explained below."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._name = desk, ""
        self._head, self._why = w.HTML(tag("p", _HINT, "hint")), w.HTML()
        self._line = Timeline(lanes=[], spans=[], marks=[], chosen="")
        self._line.observe(lambda _: self._explain(), "chosen")
        self._touches: dict[str, Any] = {}
        super().__init__([self._head, self._line, self._why])
        self.add_class("jp-touchrules-contact")
        desk.on_contact(self._open)

    def _open(self, contact: str) -> None:
        self._name = contact
        self.refresh()

    def refresh(self) -> None:
        """Show the contact that was opened last, as the rules that stand see it."""
        if not self._name:
            return
        lanes, spans = draw_contact(self._desk.state, self._desk.impacts.columns, self._name)
        self._touches = {touch["id"]: touch for lane in lanes for touch in lane["touches"]}
        self._head.value = tag("h3", f"{self._name}: {len(self._touches):,} touches")
        with self._line.hold_sync():
            self._line.lanes, self._line.spans, self._line.chosen = lanes, spans, ""
        self._why.value = ""

    def _explain(self) -> None:
        touch = self._touches.get(self._line.chosen)
        if touch is None:
            return
        studio = self._desk.state
        parts = [tag("h4", f"{touch['id']}: {touch['label']}")]
        for name in touch["found"]:
            rule, book = studio.find(name)
            parts += [tag("h5", rule.title), tag("p", describe_rule(rule, book, studio.state.rulebooks))]
        self._why.value = (
            "".join(parts) if touch["found"] else parts[0] + tag("p", "No rule found this touch.")
        )
