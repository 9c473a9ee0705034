"""One rule: what it is for, in plain English, with all that can be turned in it, or its form."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from touchrules.language.describe import describe_rule
from touchrules.model.wording import capitalized
from touchrules.studio.desk import Desk
from touchrules.studio.marks import Marks, word_of
from touchrules.studio.views.editor import RuleEditor
from touchrules.studio.views.parameters import ParametersPanel
from touchrules.studio.views.ruleactions import RuleActions
from touchrules.studio.views.texts import tag


class RulePanel(w.VBox):  # type: ignore[misc]
    """The chosen rule."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._head, self._reads, self._health = w.HTML(), w.HTML(), w.HTML()
        self._marks: Marks = {}
        self._controls = ParametersPanel(desk)
        self.actions = RuleActions(desk, self.edit, self.add)
        self.editor = RuleEditor(desk, self._close)
        self._is_editing = False
        self._rule = ""
        super().__init__([])
        self._arrange()
        self.add_class("jp-touchrules-chosen")

    def refresh(self) -> None:
        """Show the chosen rule as it stands."""
        studio = self._desk.state
        rule, book = studio.find(studio.rule)
        if rule.id != self._rule:
            self._rule = rule.id
            self.actions.ask_nothing()
            self._is_editing = self._is_editing and not self.editor.is_new
        source = book.sources.get(rule.source or "")
        cited = "" if source is None else tag("p", f"{source.title}, {source.author}", "source")
        severity = tag("span", rule.severity, f"severity {rule.severity}")
        self._head.value = f"<h3>{escape(rule.title)} {severity}</h3>{tag('p', rule.why)}{cited}"
        self._reads.value = tag("h4", "In plain English") + tag(
            "p", describe_rule(rule, book, studio.state.rulebooks)
        )
        self._show_health()
        if self._is_editing:
            self.editor.refresh()
        else:
            self._controls.refresh()
        self._arrange()

    def show_marks(self, marks: Marks) -> None:
        """Show what is wrong with the chosen rule on these touches."""
        self._marks = marks
        self._show_health()

    def _show_health(self) -> None:
        told = self._marks.get(self._rule, ())
        items = "".join(tag("li", f"{capitalized(word_of(one))}: {one.says}") for one in told)
        self._health.value = f"{tag('h4', 'Health')}<ul>{items}</ul>" if items else ""

    def edit(self) -> None:
        """Show the form of the chosen rule."""
        self._is_editing = True
        self.editor.draft = None
        self.actions.ask_nothing()
        self.refresh()

    def add(self) -> None:
        """Show the form of a new rule."""
        self._is_editing = True
        self.actions.ask_nothing()
        self.editor.begin_new()
        self._arrange()

    def _close(self) -> None:
        self._is_editing = False
        self.refresh()

    def _arrange(self) -> None:
        if not self._is_editing:
            parts = [self._head, self.actions, self._controls, self._reads, self._health]
        elif self.editor.is_new:
            parts = [self.editor]
        else:
            parts = [self._head, self.editor, self._reads]
        self.children = parts
