"""What may be done with rules: edit, add, copy, and retire by switching off, by a date, or for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.studio.desk import Desk
from touchrules.studio.editing import copy_rule, end_rule, remove_rule
from touchrules.studio.forms.drafts import free_id
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.fields import Field


class RuleActions(w.VBox):  # type: ignore[misc]
    """Buttons for the chosen rule; copying and retiring ask what they need right below."""

    def __init__(self, desk: Desk, edit: Callable[[], None], add: Callable[[], None]) -> None:
        self._desk = desk
        self._asked = Field()
        buttons = [
            make_button("Edit", "pencil", edit, "Change this rule by a form"),
            make_button("New rule", "plus", add, "Add a rule by a form"),
            make_button("Copy", "copy", self.ask_copy, "Write this rule once more"),
            make_button("Retire", "archive", self.ask_retire, "Switch off, end, or take out"),
        ]
        self._row = w.HBox(buttons)
        self._row.add_class("jp-touchrules-buttons")
        super().__init__([self._row])

    def ask_nothing(self) -> None:
        """Ask nothing any more."""
        self.children = [self._row]

    def _ask(self, *widgets: Any) -> None:
        cancel = make_button("Cancel", "", self.ask_nothing, "Leave all as it is")
        row = w.HBox([*widgets, cancel])
        row.add_class("jp-touchrules-buttons")
        self._asked = Field(row)
        self.children = [self._row, self._asked]

    def ask_copy(self) -> None:
        """Ask for the id of a copy."""
        studio = self._desk.state
        self.copy_id = w.Text(description="Id of the copy", value=free_id(studio, f"{studio.rule}-copy"))
        self._ask(self.copy_id, make_button("Copy", "copy", self.copy, "Copy the rule"))

    def copy(self) -> None:
        """Copy the chosen rule."""
        studio = self._desk.state
        self._do(partial(copy_rule, studio, studio.rule, self.copy_id.value.strip()))

    def ask_retire(self) -> None:
        """Ask how a rule is to be retired."""
        studio = self._desk.state
        rule, _ = studio.find(studio.rule)
        off = make_button("Switch off", "toggle-off", self.switch_off, "Keep it, but find nothing")
        off.disabled = not rule.enabled
        self.until = w.Text(description="End on", placeholder="2026-03-31", value=rule.effective.until or "")
        end = make_button("End", "calendar", self.end, "Look only at touches before that date")
        out = make_button("Take out", "trash", self.remove, "Remove it from the rulebook")
        self._ask(off, self.until, end, out)

    def switch_off(self) -> None:
        """Switch the chosen rule off."""
        studio = self._desk.state
        self._do(partial(studio.switch, studio.rule, on=False))

    def end(self) -> None:
        """Have the chosen rule look only at touches before a date."""
        studio = self._desk.state
        self._do(partial(end_rule, studio, studio.rule, self.until.value.strip()))

    def remove(self) -> None:
        """Take the chosen rule out."""
        studio = self._desk.state
        self._do(partial(remove_rule, studio, studio.rule))

    def _do(self, step: Callable[[], object]) -> None:
        """Do a step, or show beside what was asked why it cannot be done."""
        try:
            step()
        except TouchrulesError as error:
            self._asked.tell([f"{one.message} {one.remedy}" for one in error.problems])
            return
        self.ask_nothing()
        self._desk.changed()

    @property
    def told(self) -> str:
        """What is shown to be wrong."""
        return self._asked.told
