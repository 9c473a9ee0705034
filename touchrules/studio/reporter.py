"""Tells a tab's neighbours what becomes of the studio on a desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from touchrules.studio.desk import Desk
from touchrules.studio.reporting import Message, Reports
from touchrules.studio.standing import standing_of, write_standing
from touchrules.studio.state import StudioState

_PAUSE: Final = 0.4
"""Seconds that all must rest before it is told what the rules find."""


class Reporter:
    """Reports on a desk: how far work is, what stands, and what the rules find; `reports` go to the tab."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.reports = Reports(self._answer)
        desk.on_change(self._changed)

    def working(self, what: str, done: int, total: int | None) -> None:
        """Report how far a long piece of work is."""
        self.reports.tell("work", work={"what": what, "done": done, "total": total})

    def resting(self) -> None:
        """Report that no work goes on."""
        self.reports.tell("work", work=None)

    def _changed(self) -> None:
        studio = self._desk.state
        standing = write_standing(standing_of(studio, self._desk.asked.data))
        self.reports.tell("standing", standing=standing, unsaved=studio.is_changed)
        self._desk.later.do("reports", lambda: rule_reports(studio), self._found, _PAUSE)

    def _found(self, rules: list[dict[str, Any]]) -> None:
        self.reports.tell("findings", rules=rules)

    def _answer(self, question: Message) -> None:
        match question:
            case {"kind": "cancel"}:
                self._desk.words.cancel()
            case {"kind": "choose", "rule": str(rule)}:
                self._desk.show_rule(rule)
            case _:
                pass


def rule_reports(studio: StudioState) -> list[dict[str, Any]]:
    """Return what each rule that reports finds; files are named as seen from the present folder."""
    return [
        {
            "id": rule.id,
            "title": rule.title,
            "severity": rule.severity,
            "found": studio.count_found(rule.id),
            "enabled": rule.enabled,
            "rulebook": book.name,
            "file": _seen_from_here(studio.path_of(book)),
        }
        for book in studio.state.rulebooks
        for rule in book.rules
        if rule.report
    ]


def _seen_from_here(path: str) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()
