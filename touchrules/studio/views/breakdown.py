"""What a rule finds by rep, team, kind or whatever is chosen, and examples that open their contacts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import ipywidgets as w

from touchrules.replay.examples import Example
from touchrules.replay.tuning import RuleChange
from touchrules.studio.breakdown import Breakdown, break_down, differ_in
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.examples import Examples
from touchrules.studio.drawing.groups import Groups
from touchrules.studio.groupings import title_of
from touchrules.studio.impact import Impact
from touchrules.studio.state import StudioState

_TITLES = {"newly": "Newly found", "no longer": "No longer found", "both": "Found now and as saved"}


class BreakdownPanel(w.VBox):  # type: ignore[misc]
    """The findings of the chosen rule by group; examples are of the group that is chosen, or of all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._impact: Impact | None = None
        self._shown: tuple[StudioState, str] | None = None
        self.by = w.Dropdown(options=[], description="Findings by", style={"description_width": "auto"})
        self.by.observe(lambda _: self._regroup(), "value")
        self.groups = Groups(groups=[])
        self.groups.observe(lambda _: self._show_examples(), "chosen")
        self.examples = Examples(sections=[])
        self.examples.on_choose(desk.open_contact)
        super().__init__([self.by, self.groups, self.examples])
        self.add_class("jp-touchrules-breakdown")

    def show(self, impact: Impact) -> None:
        """Show the findings of the chosen rule, whose impact was measured."""
        self._impact = impact
        studio = self._desk.state
        if self._shown != (studio, studio.rule):
            self._shown, self.groups.chosen = (studio, studio.rule), None
        options = [(title_of(name), name) for name in studio.groupings.names]
        if list(self.by.options) != options:
            kept = self.by.value
            self.by.options = options
            self.by.value = kept if kept in studio.groupings.names else options[0][1] if options else None
        self._count()
        self._show_examples()

    def _regroup(self) -> None:
        self.groups.chosen = None
        self._count()

    def _count(self) -> None:
        studio, impacts, by = self._desk.state, self._desk.impacts, self.by.value
        if self._impact is not None and by is not None:
            rule = studio.rule
            self._desk.later.do("groups", lambda: break_down(studio, impacts, rule, by), self._show_groups)

    def _show_groups(self, found: Breakdown) -> None:
        rows = [
            {
                "name": one.name,
                "now": one.found.now,
                "saved": one.found.saved,
                "share": "" if one.share is None else f"{one.share:.1%}",
            }
            for one in found.groups
        ]
        with self.groups.hold_sync():
            self.groups.title, self.groups.by = f"Findings by {title_of(found.by)}", title_of(found.by)
            self.groups.note = f"{found.more:,} more, each with fewer findings." if found.more else ""
            self.groups.groups = rows

    def _show_examples(self) -> None:
        """Show examples of all findings, or of the group that is chosen."""
        impact, group = self._impact, self.groups.chosen
        if impact is None:
            return
        if group is None:
            self._put_examples((impact.newly, impact.no_longer, impact.both), impact.examples, "")
            return
        studio, impacts, by = self._desk.state, self._desk.impacts, self.by.value

        def work() -> tuple[RuleChange, dict[str, tuple[Example, ...]]]:
            found = differ_in(studio, impacts, studio.rule, by, group)
            return found, impacts.examples(studio.rule, found)

        def show(told: tuple[RuleChange, dict[str, tuple[Example, ...]]]) -> None:
            found, examples = told
            counts = (len(found.newly), len(found.no_longer), len(found.both))
            self._put_examples(counts, examples, f" ({title_of(by)} {group})")

        self._desk.later.do("examples", work, show)

    def _put_examples(
        self, counts: tuple[int, int, int], examples: dict[str, tuple[Example, ...]], where: str
    ) -> None:
        sections: list[dict[str, Any]] = [
            {"title": f"{_TITLES[name]}{where}", "total": count, "examples": list(map(asdict, some))}
            for (name, some), count in zip(examples.items(), counts, strict=True)
        ]
        with self.examples.hold_sync():
            self.examples.why = self._desk.state.find(self._desk.state.rule)[0].why or ""
            self.examples.sections = sections
