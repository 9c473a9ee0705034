"""The folders and files of touches that lie where the studio runs, to choose one from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.studio.folders import Entry, list_folder
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.texts import tag

Picked = Callable[[Path], None]
"""Told the path that somebody picked."""


class FileList(w.VBox):  # type: ignore[misc]
    """A folder's files; `look` is told of one that is pointed at, `open_` of one to open as it is."""

    def __init__(self, look: Picked, open_: Picked) -> None:
        self._told_look, self._told_open = look, open_
        self._folder, self._entries = Path.cwd(), dict[str, Entry]()
        self._is_entering = False
        self.path = w.Text(
            description="File of touches",
            placeholder="CSV, JSON Lines, Parquet or prepared; choose it below, or give its path",
            style={"description_width": "8em"},
            layout=w.Layout(width="100%"),
        )
        self.list = w.Select(
            options=[],
            description="In this folder",
            rows=8,
            style={"description_width": "8em"},
            layout=w.Layout(width="100%"),
        )
        self.list.observe(lambda change: self._point(change["new"]), "value")
        self._up = make_button("Up", "level-up", self.go_up, "The folder above")
        self.look_button = make_button("Look into", "search", self.look_into, "Look into a folder or a file")
        self.open_button = make_button("Open", "folder-open", self._open_path, "Replay over these touches")
        self._where, self._problem = w.HTML(), w.HTML()
        buttons = w.HBox([self._up, self.look_button, self.open_button])
        super().__init__([self.path, self._where, self.list, buttons, self._problem])
        self.add_class("jp-touchrules-files")

    def refresh(self) -> None:
        """Show what lies in the folder now."""
        self._enter(self._folder)

    def look_into(self) -> None:
        """Enter the folder that is chosen, or have the file looked into."""
        path = self._chosen()
        if path is None:
            return
        if path.is_dir() and not self._is_prepared(path):
            self._enter(path)
        else:
            self._told_look(path)

    def go_up(self) -> None:
        """Enter the folder above."""
        self._enter(self._folder.parent)

    def _is_prepared(self, path: Path) -> bool:
        return any(one.path == path and one.sort == "prepared" for one in self._entries.values())

    def _open_path(self) -> None:
        path = self._chosen()
        if path is not None:
            self._told_open(path)

    def _chosen(self) -> Path | None:
        text = self.path.value.strip()
        self._problem.value = "" if text else tag("p", "Choose a file or a folder first.", "hint")
        return Path(text).expanduser() if text else None

    def _point(self, label: str | None) -> None:
        """Take what is pointed at; a file of touches is looked into at once."""
        entry = self._entries.get(label or "")
        if entry is not None and not self._is_entering:
            self.path.value = str(entry.path)
            if entry.sort == "touches":
                self._told_look(entry.path)

    def _enter(self, folder: Path) -> None:
        try:
            entries = list_folder(folder.resolve())
        except TouchrulesError as error:
            self._problem.value = tag("pre", str(error), "problems")
            return
        self._folder, self._problem.value = folder.resolve(), ""
        self._entries = {one.label: one for one in entries}
        chosen = next((one.label for one in entries if str(one.path) == self.path.value), None)
        self._is_entering = True
        if self.list.options != tuple(self._entries):
            self.list.options = list(self._entries)
        self.list.value = chosen
        self._is_entering = False
        told = str(self._folder) if entries else f"{self._folder}: no touches lie here."
        self._where.value = tag("p", told, "hint")
