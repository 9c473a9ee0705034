"""The YAML of the chosen rule's rulebook, with its mistakes in place."""

from __future__ import annotations

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.studio.desk import Desk
from touchrules.studio.views.texts import tag


class YamlPanel(w.VBox):  # type: ignore[misc]
    """A rulebook's text, which can be changed and applied."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._file = desk, ""
        self._head, self._problems = w.HTML(), w.HTML()
        self._area = w.Textarea(rows=30, layout=w.Layout(width="100%"), continuous_update=False)
        self._area.add_class("jp-touchrules-yaml")
        self._apply = w.Button(description="Apply", icon="check", tooltip="Replay with this text")
        self._apply.on_click(lambda _: self.apply())
        super().__init__([self._head, self._area, self._apply, self._problems])

    def refresh(self) -> None:
        """Show the text with all that is set written into it: the same rule as on the form."""
        studio = self._desk.state
        _, book = studio.find(studio.rule)
        source = studio.source_of(book)
        self._file = source.file
        self._head.value = tag("h4", source.file)
        self._area.value = studio.pending().get(source.file, studio.text_of(source))
        self._problems.value = ""

    def apply(self) -> None:
        """Have the text stand, or show what is wrong with it."""
        try:
            self._desk.edit(self._file, self._area.value)
        except TouchrulesError as error:
            self._problems.value = tag("pre", str(error), "problems")
        else:
            self._problems.value = tag("p", "Applied.", "hint")
