"""One rule: what it is for, in plain English, and a control for everything in it that can be turned."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as w

from touchrules.language.describe import describe_rule
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.desk import Desk
from touchrules.studio.views.controls import make_control
from touchrules.studio.views.texts import tag


class RulePanel(w.VBox):  # type: ignore[misc]
    """The chosen rule."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._head, self._controls, self._reads = w.HTML(), w.VBox(), w.HTML()
        self._shown: tuple[Any, ...] | None = None
        super().__init__([self._head, self._controls, self._reads])
        self.add_class("jp-touchrules-chosen")

    def refresh(self) -> None:
        """Show the chosen rule as it stands; controls that show the right values are left alone."""
        studio = self._desk.state
        rule, book = studio.find(studio.rule)
        parameters = studio.parameters(rule.id)
        source = book.sources.get(rule.source or "")
        cited = "" if source is None else tag("p", f"{source.title}, {source.author}", "source")
        severity = tag("span", rule.severity, f"severity {rule.severity}")
        self._head.value = f"<h3>{escape(rule.title)} {severity}</h3>{tag('p', rule.why)}{cited}"
        self._reads.value = tag("h4", "In plain English") + tag(
            "p", describe_rule(rule, book, studio.state.rulebooks)
        )
        shown = _values(rule.id, book.name, parameters)
        if shown != self._shown:
            self._shown = shown
            self._controls.children = self._make(book.name, parameters)

    def _turn(self, rulebook: str, parameter: Parameter, value: ParameterValue) -> None:
        """Set what a control was turned to. The control itself shows it, and is not made anew."""
        studio = self._desk.state
        known = studio.parameters(studio.rule)
        turned = [replace(one, value=value) if one.name == parameter.name else one for one in known]
        self._shown = _values(studio.rule, rulebook, turned)
        if not self._desk.turn(rulebook, parameter, value):
            self._shown = None
            self.refresh()

    def _make(self, rulebook: str, parameters: list[Parameter]) -> list[Any]:
        if not parameters:
            return [w.HTML(tag("p", "Nothing in this rule can be turned; its YAML can be edited.", "hint"))]
        return [
            make_control(one, lambda value, one=one: self._turn(rulebook, one, value))  # type: ignore[misc]
            for one in parameters
        ]


def _values(rule: str, rulebook: str, parameters: list[Parameter]) -> tuple[Any, ...]:
    return rule, rulebook, tuple((one.name, one.value) for one in parameters)
