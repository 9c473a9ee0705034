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
from touchrules.studio.views.fields import Field


class RuleActions(w.VBox):  # type: ignore[misc]
    """Buttons for the chosen rule; copying and retiring ask what they need right below."""

    def __init__(self, desk: Desk, edit: Callable[[], None], add: Callable[[], None]) -> None:
        self._desk = desk
        self._asked = Field()
        buttons = [
            self._button("Edit", "pencil", "Change this rule by a form", edit),
            self._button("New rule", "plus", "Add a rule by a form", add),
            self._button("Copy", "copy", "Write this rule once more", self.ask_copy),
            self._button("Retire", "archive", "Switch off, end, or take out", self.ask_retire),
        ]
        self._row = w.HBox(buttons)
        self._row.add_class("jp-touchrules-buttons")
        super().__init__([self._row])

    def ask_nothing(self) -> None:
        """Ask nothing any more."""
        self.children = [self._row]

    def _button(self, label: str, icon: str, tooltip: str, command: Callable[[], None]) -> Any:
        button = w.Button(description=label, icon=icon, tooltip=tooltip)
        button.on_click(lambda _: command())
        return button

    def _ask(self, *widgets: Any) -> None:
        cancel = self._button("Cancel", "", "Leave all as it is", self.ask_nothing)
        row = w.HBox([*widgets, cancel])
        row.add_class("jp-touchrules-buttons")
        self._asked = Field(row)
        self.children = [self._row, self._asked]

    def ask_copy(self) -> None:
        """Ask for the id of a copy."""
        studio = self._desk.state
        self.copy_id = w.Text(description="Id of the copy", value=free_id(studio, f"{studio.rule}-copy"))
        self._ask(self.copy_id, self._button("Copy", "copy", "Copy the rule", self.copy))

    def copy(self) -> None:
        """Copy the chosen rule."""
        studio = self._desk.state
        self._do(partial(copy_rule, studio, studio.rule, self.copy_id.value.strip()))

    def ask_retire(self) -> None:
        """Ask how a rule is to be retired."""
        studio = self._desk.state
        rule, _ = studio.find(studio.rule)
        off = self._button("Switch off", "toggle-off", "Keep it, but find nothing", self.switch_off)
        off.disabled = not rule.enabled
        self.until = w.Text(description="End on", placeholder="2026-03-31", value=rule.effective.until or "")
        end = self._button("End", "calendar", "Look only at touches before that date", self.end)
        out = self._button("Take out", "trash", "Remove it from the rulebook", self.remove)
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
