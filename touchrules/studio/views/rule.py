"""One rule: what it is for, in plain English, and a control for everything in it that can be turned."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from touchrules.language.describe import describe_rule
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.state import StudioState
from touchrules.studio.views.controls import make_control
from touchrules.studio.views.texts import tag

Turned = Callable[[str, Parameter, ParameterValue], None]
"""Told the rulebook, the parameter and what it was turned to."""


class RulePanel(w.VBox):  # type: ignore[misc]
    """The chosen rule; `turned` is told of every control that moves."""

    def __init__(self, turned: Turned) -> None:
        self._turned = turned
        self._head, self._controls, self._reads = w.HTML(), w.VBox(), w.HTML()
        self._shown: tuple[Any, ...] | None = None
        super().__init__([self._head, self._controls, self._reads])
        self.add_class("jp-touchrules-chosen")

    def show(self, studio: StudioState) -> None:
        """Show the chosen rule as it stands; controls that show the right values are left alone."""
        rule, book = studio.find(studio.rule)
        parameters = studio.parameters(rule.id)
        source = book.sources.get(rule.source or "")
        cited = "" if source is None else tag("p", f"{source.title}, {source.author}", "source")
        severity = tag("span", rule.severity, f"severity {rule.severity}")
        self._head.value = f"<h3>{escape(rule.title)} {severity}</h3>{tag('p', rule.why)}{cited}"
        self._reads.value = tag("h4", "In plain English") + tag(
            "p", describe_rule(rule, book, studio.state.rulebooks)
        )
        shown = (rule.id, book.name, tuple((one.name, one.value) for one in parameters))
        if shown != self._shown:
            self._shown = shown
            self._controls.children = self._make(book.name, parameters)

    def note(self, rulebook: str, rule: str, parameters: list[Parameter]) -> None:
        """Take values as shown, since a control itself was turned to them."""
        self._shown = (rule, rulebook, tuple((one.name, one.value) for one in parameters))

    def _make(self, rulebook: str, parameters: list[Parameter]) -> list[Any]:
        if not parameters:
            return [w.HTML(tag("p", "Nothing in this rule can be turned; its YAML can be edited.", "hint"))]
        return [
            make_control(one, lambda value, one=one: self._turned(rulebook, one, value))  # type: ignore[misc]
            for one in parameters
        ]
