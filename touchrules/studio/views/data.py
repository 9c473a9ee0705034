"""The touches: which file, what is in it, what is missing, and which rules that silences."""

from __future__ import annotations

import ipywidgets as w

from touchrules.replay.silence import find_lacking_rules
from touchrules.streams.instants import write_instant
from touchrules.streams.profile import Counts, Profile, profile
from touchrules.studio.desk import Desk
from touchrules.studio.state import StudioState
from touchrules.studio.views.texts import table, tag

_MOST = 12


class DataPanel(w.VBox):  # type: ignore[misc]
    """What touches are replayed; others can be opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._path = w.Text(
            description="File of touches",
            placeholder="CSV, JSON Lines, Parquet or prepared",
            style=_WIDE_LABEL,
        )
        self._path.layout.width = "100%"
        self._open = w.Button(description="Open", icon="folder-open")
        self._open.on_click(lambda _: self._open_path())
        self._html = w.HTML()
        super().__init__([w.HBox([self._path, self._open]), self._html])
        self.add_class("jp-touchrules-data")

    def _open_path(self) -> None:
        path = self._path.value.strip()
        if path:
            self._desk.open_data(path)

    def refresh(self) -> None:
        """Show what the touches hold, and which rules lack something in them."""
        studio = self._desk.state
        told = profile(studio.stream)
        counts = [
            table(title, (title, "Touches"), [(value, f"{count:,}") for value, count in some[:_MOST]])
            for title, some in _counts(told)
            if some
        ]
        missing = [(name, f"{share:.0%}") for name, share in told.missing if share > 0]
        absent = table("Fields that touches lack", ("Field", "Missing"), missing)
        inner = "".join(f"<div>{one}</div>" for one in [*counts, absent])
        self._html.value = f'{_head(told)}<div class="jp-touchrules-columns">{inner}</div>{_lacking(studio)}'


_WIDE_LABEL = {"description_width": "8em"}


def _head(told: Profile) -> str:
    if told.first is None or told.last is None:
        return tag("h3", "There are no touches.")
    span = f"from {write_instant(told.first)} to {write_instant(told.last)}"
    who = f"{told.contacts:,} contacts, {told.accounts:,} accounts, {told.reps:,} reps"
    return tag("h3", f"{told.rows:,} touches {span}") + tag("p", who)


def _counts(told: Profile) -> tuple[tuple[str, Counts], ...]:
    return ("Kind", told.kinds), ("Outcome", told.outcomes), ("Direction", told.directions)


def _lacking(studio: StudioState) -> str:
    lacking = find_lacking_rules(studio.state.rulebooks, studio.stream.types)
    rows = [(one.rule, ", ".join(one.absent)) for one in lacking]
    if not rows:
        return tag("p", "No rule lacks a field here.", "hint")
    return table("Rules that lack fields here, and so find nothing or less", ("Rule", "Fields"), rows)
