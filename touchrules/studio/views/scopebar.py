"""What of the past is looked at: period, team and segment, in a line that is always in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import ipywidgets as w
import numpy as np

from touchrules.model.wording import counted
from touchrules.studio.choices import Offer, make_offer, segment_of, tell_team, ticked_segment
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.choices import Choices
from touchrules.studio.scope import EVERYTHING, Period, Scope, tell_segment
from touchrules.studio.state import StudioState
from touchrules.studio.views.texts import tag

_DATES: Final = "Chosen days"
_STYLE: Final = {"description_width": "auto"}


class ScopeBar(w.HBox):  # type: ignore[misc]
    """Choices of a period, a team and a segment; every number of the studio is of the touches within."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._is_showing = desk, False
        self._offered: tuple[StudioState, Offer] | None = None
        self.period = w.Dropdown(options=["All"], description="Period", style=_STYLE)
        self.since = w.DatePicker(description="from", style=_STYLE)
        self.until = w.DatePicker(description="to", style=_STYLE)
        self.team = Choices(label="Team", summary="all reps")
        self.segment = Choices(label="Segment", summary="all touches")
        self._clear = w.Button(description="Clear", icon="times", tooltip="Look at all touches again")
        self._clear.on_click(lambda _: self._clear_all())
        self._count = w.HTML()
        self.period.observe(lambda change: self._choose_period(change["new"]), "value")
        for picker in (self.since, self.until):
            picker.observe(lambda _: self._choose_days(), "value")
        self.team.observe(lambda change: self._narrow(reps=tuple(sorted(change["new"]))), "chosen")
        self.segment.observe(lambda change: self._narrow(segment=segment_of(change["new"])), "chosen")
        parts = [self.period, self.since, self.until, self.team, self.segment, self._clear, self._count]
        super().__init__(parts)
        self.add_class("jp-touchrules-scope")
        self.layout.display = "none"

    def refresh(self) -> None:
        """Show what is chosen, and how many touches that leaves."""
        studio = self._desk.state
        known = None if self._offered is None or self._offered[0] is not studio else self._offered[1]

        def work() -> tuple[Offer, int]:
            chosen = studio.chosen
            left = len(studio.stream) if chosen is None else int(np.count_nonzero(chosen))
            return known or make_offer(studio), left

        self._desk.later.do("scope", work, lambda found: self._show(studio, *found))

    def _show(self, studio: StudioState, offer: Offer, left: int) -> None:
        scope = studio.scope
        with self._showing():
            if self._offered is None or self._offered[0] is not studio:
                self._offered = (studio, offer)
                self.period.options = [*(name for name, _ in offer.periods), _DATES]
                self.team.sections, self.segment.sections = offer.team, offer.segment
            self._show_period(scope.period, offer)
            self.team.chosen, self.team.summary = list(scope.reps), tell_team(scope, studio.groupings)
            self.segment.chosen, self.segment.summary = ticked_segment(scope), tell_segment(scope)
        self._clear.disabled = scope == EVERYTHING
        told = f"{left:,} of {counted(len(studio.stream), 'touch')}"
        self._count.value = f'<div role="status">{tag("span", told, "jp-touchrules-count")}</div>'
        self.layout.display = ""

    def _show_period(self, period: Period, offer: Offer) -> None:
        """Show a period by its name, the one that was chosen where it has several, or else by its days."""
        named = dict(offer.periods)
        if named.get(self.period.value) != period:
            names = [name for name, one in offer.periods if one == period]
            is_known = bool(names) and not (self.period.value == _DATES and period == Period())
            self.period.value = names[0] if is_known else _DATES
        days = self.period.value == _DATES
        self.since.layout.display = self.until.layout.display = "" if days else "none"
        self.since.value, self.until.value = _day(period.since), _day(period.until)

    @contextmanager
    def _showing(self) -> Iterator[None]:
        """What is set meanwhile is shown, and not chosen by anybody."""
        self._is_showing = True
        try:
            yield
        finally:
            self._is_showing = False

    def _clear_all(self) -> None:
        with self._showing():
            self.period.value = self.period.options[0]
        self._desk.narrow(EVERYTHING)

    def _choose_period(self, name: str) -> None:
        if self._is_showing or self._offered is None:
            return
        if name == _DATES:
            self.since.layout.display = self.until.layout.display = ""
        else:
            self._narrow(period=dict(self._offered[1].periods)[name])

    def _choose_days(self) -> None:
        since, until = (one.value.isoformat() if one.value else "" for one in (self.since, self.until))
        self._narrow(period=Period(since=since, until=until))

    def _narrow(self, **parts: Any) -> None:
        if self._is_showing or not self._desk.is_open:
            return
        scope: Scope = replace(self._desk.state.scope, **parts)
        if scope != self._desk.state.scope and not self._desk.narrow(scope):
            self.refresh()


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
