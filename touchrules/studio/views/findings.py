"""All findings as a table that can be sorted, searched, grouped and saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import ipywidgets as w
import pyarrow as pa
from pyarrow import csv

from touchrules.model.wording import counted
from touchrules.replay.writing import write_file
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.arranging import Numbers
from touchrules.studio.drawing.table import Table
from touchrules.studio.folders import free_place

_COLUMNS: Final = (
    {"name": "at", "title": "When (UTC)", "width": 150},
    {"name": "severity", "title": "Severity", "width": 92},
    {"name": "message", "title": "What was found", "width": 300},
    {"name": "rep_id", "title": "Rep", "width": 120},
    {"name": "contact_id", "title": "Contact", "width": 100},
    {"name": "account_id", "title": "Account", "width": 90},
    {"name": "rule", "title": "Rule", "width": 180},
    {"name": "advice", "title": "What to do", "width": 300},
)
_NAMES: Final = tuple(str(one["name"]) for one in _COLUMNS)
_FINDING: Final = ("contact_id", "touch_id", "rule")
_FILE: Final = "findings.csv"


class FindingsPanel(w.VBox):  # type: ignore[misc]
    """The findings; a row that somebody opens opens its contact."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: pa.Table | None = None
        self.table = Table(columns=_COLUMNS, empty="The findings are put together …")
        self.table.on_choose(self._open)
        self.table.on_save(self._save)
        super().__init__([self.table])
        self.add_class("jp-touchrules-findings")

    def refresh(self) -> None:
        """Have the findings put together, and show them."""
        studio = self._desk.state
        put = lambda: studio.tuning.findings(chosen=studio.chosen)  # noqa: E731
        self._desk.later.do("findings", put, self._show)

    def _show(self, found: pa.Table) -> None:
        self._found = found.select([*_NAMES, "touch_id"])
        self.table.empty = "These rules find nothing in these touches."
        self.table.set_table(self._found.select(list(_NAMES)))

    def _open(self, row: int) -> None:
        """Open the contact of a row, at the finding that it tells of."""
        if self._found is None:
            return
        contact, touch, rule = (str(self._found.column(name)[row]) for name in _FINDING)
        self._desk.open_contact(contact, (touch, rule))

    def _save(self) -> None:
        """Write what the table shows, in its order, beside the rulebooks and over no other file."""
        if self._found is not None:
            write = partial(_write, self._found, self.table.shown)
            self._desk.later.do("csv", write, self._tell_saved)

    def _tell_saved(self, written: tuple[Path, int]) -> None:
        place, count = written
        self._desk.words.say(f"Saved {counted(count, 'finding')} as {place.absolute()}.")


def _write(found: pa.Table, rows: Numbers) -> tuple[Path, int]:
    """Write some findings into a file of their own, whole or not at all; return it, and how many they are."""
    place = free_place(Path(_FILE))
    write_file(place, lambda path: csv.write_csv(found.take(pa.array(rows)), path))
    return place, len(rows)
