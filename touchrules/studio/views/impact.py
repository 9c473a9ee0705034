"""What a rule finds now beside what it found as saved: numbers, weeks, reps, a curve and examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as w

from touchrules.model.parameters import Parameter
from touchrules.studio.drawing.curve import Curve
from touchrules.studio.drawing.weekbars import WeekBars
from touchrules.studio.impact import Impact
from touchrules.studio.state import StudioState
from touchrules.studio.views.texts import card, change_of, examples_of, table
from touchrules.studio.wording import show_value


class ImpactPanel(w.VBox):  # type: ignore[misc]
    """The impact of the chosen rule; `picked` is told of a value that is picked on the curve."""

    def __init__(self, picked: Callable[[float], None]) -> None:
        self._cards, self._reps, self._examples = w.HTML(), w.HTML(), w.HTML()
        self._weeks = WeekBars(title="Findings a week", labels=[], now=[], saved=[])
        self.curve = Curve(title="", unit="", points=[], current=None, saved=None)
        self.curve.observe(lambda change: picked(change["new"]), "picked")
        self._outcomes = w.HTML(
            '<p class="hint">What came of these touches (answers, meetings, deals) will stand here.</p>'
        )
        super().__init__([self._cards, self._weeks, self.curve, self._reps, self._examples, self._outcomes])
        self.add_class("jp-touchrules-impact")

    def show(self, impact: Impact, weeks: Sequence[str]) -> None:
        """Show the numbers of a rule. `weeks`: the Mondays on which weeks begin."""
        cards = (
            card("Found", impact.found),
            card("Looked at", impact.looked),
            card("Contacts", impact.contacts),
            card("Reps", impact.people),
        )
        self._cards.value = f'<div class="jp-touchrules-cards" aria-live="polite">{"".join(cards)}</div>'
        with self._weeks.hold_sync():
            self._weeks.labels = list(weeks)
            self._weeks.now, self._weeks.saved = (one.tolist() for one in impact.weeks)
        rows = [(rep, f"{one.now:,}", change_of(one)) for rep, one in impact.reps]
        self._reps.value = (
            table("Reps with the most findings", ("Rep", "Now", "Change"), rows) if rows else ""
        )
        groups = (
            ("Newly found", impact.newly, impact.examples["newly"]),
            ("No longer found", impact.no_longer, impact.examples["no longer"]),
            ("Found now and as saved", impact.both, impact.examples["both"]),
        )
        self._examples.value = "".join(examples_of(*group) for group in groups if group[1])

    def hide_curve(self) -> None:
        """Dim the curve while it does not tell of what stands."""
        self.curve.add_class("jp-touchrules-stale")

    def show_curve(
        self, studio: StudioState, turned: tuple[str, Parameter] | None, points: Sequence[tuple[float, int]]
    ) -> None:
        """Show how many touches would be found at other values of the parameter turned last."""
        self.curve.remove_class("jp-touchrules-stale")
        self.curve.layout.display = "" if points else "none"
        if turned is None or not points:
            return
        rulebook, parameter = turned
        values: list[Any] = [
            next(book for book in state.rulebooks if book.name == rulebook).parameters[parameter.name].value
            for state in (studio.state, studio.saved)
        ]
        shown = [[x, y, f"{show_value(replace(parameter, value=x))}: {y:,} found"] for x, y in points]
        with self.curve.hold_sync():
            self.curve.title = parameter.label or parameter.name.replace("_", " ")
            self.curve.unit, self.curve.points = parameter.unit, shown
            self.curve.current, self.curve.saved = values
