"""What a rule finds now beside what it found as saved: numbers, weeks, reps, a curve and examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import ipywidgets as w

from touchrules.language.describe_differences import label_of
from touchrules.language.describe_values import say_value
from touchrules.model.parameters import Parameter
from touchrules.studio.curve import trace, values_along
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.weekbars import WeekBars
from touchrules.studio.impact import Impact
from touchrules.studio.views.breakdown import BreakdownPanel
from touchrules.studio.views.texts import card

_PAUSE: Final = 0.04
"""Seconds that a control must rest before what it means is worked out."""
_LONG_PAUSE: Final = 0.4

_Curving = tuple[Iterator[tuple[float, int]], list[tuple[float, int]]]
"""Points of a curve that are still to be found, and those that are known."""
_Along = tuple[str, Parameter]
"""A parameter, and its rulebook."""


class ImpactPanel(w.VBox):  # type: ignore[misc]
    """The impact of the chosen rule; a point that is picked on the curve sets the parameter.

    `cards`: its numbers, which stand apart, in sight of the controls.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._along: _Along | None = None
        self.cards = w.HTML()
        self._weeks = WeekBars(title="Findings a week", labels=[], now=[], saved=[])
        self.curve = Curve(title="", unit="", points=[], current=None, saved=None)
        self.curve.observe(lambda change: self._pick(change["new"]), "picked")
        self._outcomes = w.HTML(
            '<p class="hint">What came of these touches (answers, meetings, deals) will stand here.</p>'
        )
        self.breakdown = BreakdownPanel(desk)
        super().__init__([self._weeks, self.curve, self.breakdown, self._outcomes])
        self.add_class("jp-touchrules-impact")

    def refresh(self) -> None:
        """Have the impact of the chosen rule measured, then its curve; older answers are dropped."""
        rule, impacts, later = self._desk.state.rule, self._desk.impacts, self._desk.later
        later.do("impact", lambda: impacts.measure(rule), self._show, _PAUSE)
        self.curve.add_class("jp-touchrules-stale")
        self._along = self._choose_parameter()
        later.do("curve", self._begin_curve, self._go_on_with_curve, _LONG_PAUSE)

    def _pick(self, value: Any) -> None:
        if self._along is None or value is None:
            return
        rulebook, parameter = self._along
        self._desk.turn(rulebook, parameter, float(value) if parameter.type == "number" else int(value))

    def _show(self, impact: Impact) -> None:
        cards = (
            card("Found", impact.found),
            card("Looked at", impact.looked),
            card("Contacts", impact.contacts),
            card("Reps", impact.people),
        )
        self.cards.value = f'<div class="jp-touchrules-cards" aria-live="polite">{"".join(cards)}</div>'
        with self._weeks.hold_sync():
            self._weeks.labels = list(impact.mondays)
            self._weeks.now, self._weeks.saved = (one.tolist() for one in impact.weeks)
        self.breakdown.show(impact)

    def _choose_parameter(self) -> _Along | None:
        """Return the parameter along which the curve goes: the rule's one turned last, or its first."""
        studio = self._desk.state
        parameters = studio.parameters(studio.rule)
        turned = [one for one in parameters if (studio.rule, one.name) == self._desk.turned]
        chosen = turned or [one for one in parameters if values_along(one)]
        return (studio.find(studio.rule)[1].name, chosen[0]) if chosen else None

    def _begin_curve(self) -> _Curving:
        """Return what is still to be found out for the curve."""
        studio, along = self._desk.state, self._along
        return (iter(()) if along is None else trace(studio, studio.rule, *along)), []

    def _go_on_with_curve(self, curving: _Curving) -> None:
        """Find a point after the other, so that whatever is asked meanwhile comes between them."""
        points, known = curving

        def find() -> _Curving | None:
            point = next(points, None)
            return None if point is None else (points, [*known, point])

        self._desk.later.do("curve", find, lambda more: self._curve_found(more, known))

    def _curve_found(self, more: _Curving | None, known: list[tuple[float, int]]) -> None:
        if more is None:
            self._show_curve(known)
        else:
            self._go_on_with_curve(more)

    def _show_curve(self, known: Sequence[tuple[float, int]]) -> None:
        """Show how many touches would be found at other values of the parameter turned last."""
        points = sorted(known)
        along, studio = self._along, self._desk.state
        self.curve.remove_class("jp-touchrules-stale")
        self.curve.layout.display = "" if points else "none"
        if along is None or not points:
            return
        rulebook, parameter = along
        saved = {book.name: book.parameters for book in studio.saved.rulebooks}.get(rulebook, {})
        pair = (parameter, saved.get(parameter.name))
        values: list[Any] = [None if one is None else one.value for one in pair]
        shown = [[x, y, say_value(replace(parameter, value=x))] for x, y in points]
        with self.curve.hold_sync():
            self.curve.title = label_of(parameter)
            self.curve.unit, self.curve.points = parameter.unit, shown
            self.curve.current, self.curve.saved = values
