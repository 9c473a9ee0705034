"""One contact over time, with what was found and why."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from touchrules.language.describe import describe_rule
from touchrules.replay.columns import Columns
from touchrules.studio.contact import draw_contact
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.state import StudioState
from touchrules.studio.views.texts import tag

_HINT = "Choose a finding in the table, and its contact is drawn here."


class ContactPanel(w.VBox):  # type: ignore[misc]
    """The timeline of a contact; the touch that is chosen on it is explained below."""

    def __init__(self) -> None:
        self._head, self._why = w.HTML(tag("p", _HINT, "hint")), w.HTML()
        self._line = Timeline(lanes=[], spans=[], marks=[], chosen="")
        self._line.observe(lambda _: self._explain(), "chosen")
        self._studio: StudioState | None = None
        self._touches: dict[str, Any] = {}
        super().__init__([self._head, self._line, self._why])
        self.add_class("jp-touchrules-contact")

    def show(self, studio: StudioState, columns: Columns, contact: str) -> None:
        """Show a contact as the rules that stand see it."""
        lanes, spans = draw_contact(studio, columns, contact)
        self._studio = studio
        self._touches = {touch["id"]: touch for lane in lanes for touch in lane["touches"]}
        self._head.value = tag("h3", f"{contact}: {len(self._touches):,} touches")
        with self._line.hold_sync():
            self._line.lanes, self._line.spans, self._line.chosen = lanes, spans, ""
        self._why.value = ""

    def _explain(self) -> None:
        touch, studio = self._touches.get(self._line.chosen), self._studio
        if touch is None or studio is None:
            return
        parts = [tag("h4", f"{touch['id']}: {touch['label']}")]
        for name in touch["found"]:
            rule, book = studio.find(name)
            parts += [tag("h5", rule.title), tag("p", describe_rule(rule, book, studio.state.rulebooks))]
        self._why.value = (
            "".join(parts) if touch["found"] else parts[0] + tag("p", "No rule found this touch.")
        )
