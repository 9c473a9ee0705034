"""The touches: which file, what is in it, what is missing, and which rules that silences."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.model.wording import counted
from touchrules.replay.silence import LackingRule, find_lacking_rules
from touchrules.streams.instants import write_instant
from touchrules.streams.prepared import is_prepared
from touchrules.streams.profile import Counts, Profile, profile
from touchrules.studio.desk import Desk
from touchrules.studio.folders import MAPPING
from touchrules.studio.inspection import Inspection, inspect_file
from touchrules.studio.opening import Data
from touchrules.studio.state import StudioState
from touchrules.studio.views.filelist import FileList
from touchrules.studio.views.mapping import MappingPanel
from touchrules.studio.views.previews import show_lacking, show_rejects
from touchrules.studio.views.texts import table, tag

_MOST: Final = 12


class DataPanel(w.VBox):  # type: ignore[misc]
    """What touches are replayed; other files can be looked into, mapped and opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._head, self._problem, self._html = w.HTML(), w.HTML(), w.HTML()
        self.files = FileList(self._look, self._open)
        self.mapping = MappingPanel(desk)
        other = w.HTML(tag("h3", "Open other touches"))
        super().__init__([self._head, other, self.files, self._problem, self.mapping, self._html])
        self.add_class("jp-touchrules-data")

    def refresh(self) -> None:
        """Show what the touches hold, and which rules lack something in them."""
        studio = self._desk.state
        self.files.refresh()

        def work() -> tuple[Profile, tuple[LackingRule, ...]]:
            told = profile(studio.stream)
            return told, find_lacking_rules(studio.state.rulebooks, studio.stream.types)

        self._desk.later.do("profile", work, lambda found: self._show(studio, *found))

    def _show(self, studio: StudioState, told: Profile, lacking: tuple[LackingRule, ...]) -> None:
        counts = [
            table(title, (title, "Touches"), [(value, f"{count:,}") for value, count in some[:_MOST]])
            for title, some in _counts(told)
            if some
        ]
        missing = [(name, f"{share:.0%}") for name, share in told.missing if share > 0]
        absent = table("Fields that touches lack", ("Field", "Missing"), missing) if missing else ""
        inner = "".join(f"<div>{one}</div>" for one in [*counts, absent])
        rejects = show_rejects(studio.rejects, "Of its rows")
        self._head.value = _head(told) + rejects
        holds = tag("h3", "What the touches hold") if told.rows else ""
        lacks = show_lacking(lacking, studio)
        self._html.value = f'{holds}{lacks}<div class="jp-touchrules-columns">{inner}</div>'

    def _look(self, path: Path) -> None:
        """Look into a file: prepared touches and mappings of several files are opened as they are."""
        if is_prepared(path) or path.name.endswith(MAPPING):
            self._open(path)
            return
        self._problem.value = tag("p", f"Looking into {path.name} …", "hint")

        def work() -> Inspection | TouchrulesError:
            try:
                return inspect_file(path)
            except TouchrulesError as error:
                return error

        self._desk.later.do("look", work, self._looked)

    def _looked(self, found: Inspection | TouchrulesError) -> None:
        if isinstance(found, TouchrulesError):
            self._refuse(found)
            return
        self._problem.value = ""
        self.mapping.show(found)

    def _open(self, path: Path) -> None:
        self._problem.value = ""
        self._desk.open_data(Data(path=str(path)), self._refuse)

    def _refuse(self, error: TouchrulesError) -> None:
        hint = tag("p", "“Look into” shows its columns, and helps to say which of them is what.", "hint")
        self._problem.value = f'<div role="alert">{tag("pre", str(error), "problems")}{hint}</div>'


def _head(told: Profile) -> str:
    if told.first is None or told.last is None:
        return tag("h3", "There are no touches.") + tag("p", "Open a file of touches below.", "hint")
    first, last = (write_instant(one).partition("T")[0] for one in (told.first, told.last))
    span = f"from {first} to {last}"
    counts = (told.contacts, "contact"), (told.accounts, "account"), (told.reps, "rep")
    who = ", ".join(counted(*one) for one in counts)
    return tag("h3", f"{counted(told.rows, 'touch')} {span}") + tag("p", who)


def _counts(told: Profile) -> tuple[tuple[str, Counts], ...]:
    return ("Kind", told.kinds), ("Outcome", told.outcomes), ("Direction", told.directions)
