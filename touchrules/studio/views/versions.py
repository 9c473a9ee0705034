"""Earlier versions of a rulebook, as git keeps them, each beside what stands or beside another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import ipywidgets as w

from touchrules.model.wording import capitalized
from touchrules.studio.desk import Desk
from touchrules.studio.versions import (
    NOW,
    Comparison,
    Version,
    Versions,
    compare_versions,
    go_back,
    read_versions,
    text_that_stands,
)
from touchrules.studio.views.sidebyside import show_comparison
from touchrules.studio.views.texts import tag

_ROWS: Final = 8


class VersionsPanel(w.VBox):  # type: ignore[misc]
    """The versions of one rulebook; the chosen one is compared, and can be gone back to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._versions: Versions | None = None
        self._is_filling = False
        self._books = w.Dropdown(description="Rulebook", options=[])
        self._list = w.Select(options=[], rows=_ROWS, layout=w.Layout(width="calc(100% - 8px)"))
        self._list.tooltip = self._list.description = "Versions"
        self._beside = w.Dropdown(description="Beside", options=[("what stands now", NOW)])
        self._back = w.Button(description="Go back to this version", icon="history", disabled=True)
        self._why, self._note, self._compared = w.HTML(), w.HTML(), w.HTML()
        self._back.on_click(lambda _: self.go_back())
        self._books.observe(lambda _: self._when_chosen(self._read), "value")
        for one in (self._list, self._beside):
            one.observe(lambda _: self._when_chosen(self._begin_comparison), "value")
        self._chosen = w.VBox([self._list, self._note, w.HBox([self._beside, self._back])])
        super().__init__([self._books, self._why, self._chosen, self._compared])
        self.add_class("jp-touchrules-history")

    def refresh(self) -> None:
        """Offer the rulebooks, at first that of the chosen rule, and show what git has of it."""
        studio = self._desk.state
        options = [(book.title or book.name, book.file) for book in studio.state.rulebooks]
        if list(self._books.options) != options:
            files = {file for _, file in options}
            own = studio.find(studio.rule)[1].file
            self._fill(self._books, options, self._books.value if self._books.value in files else own)
        self._read()

    def _when_chosen(self, command: Callable[[], None]) -> None:
        """Do what follows from a choice that somebody made."""
        if not self._is_filling:
            command()

    def _fill(self, chooser: Any, options: list[tuple[str, str]], value: str | None) -> None:
        """Offer other options, of which one is chosen, and begin nothing."""
        self._is_filling = True
        try:
            chooser.options = options
            chooser.value = value
        finally:
            self._is_filling = False

    def _read(self) -> None:
        if self._books.value is not None:
            reading = partial(read_versions, self._desk.state, self._books.value)
            self._desk.later.do("versions of a file", reading, self._show)

    def _show(self, found: Versions) -> None:
        if found.file != self._books.value:
            return
        chosen = self._list.value
        if self._versions != found:
            self._versions = found
            labels = [(_label(one), one.id) for one in found.known]
            self._list.rows = max(3, min(_ROWS, len(labels)))
            self._fill(self._list, labels, chosen if chosen in {name for _, name in labels} else None)
            self._fill(self._beside, [("what stands now", NOW), *labels], NOW)
        self._why.value = tag("p", found.why, "hint") if found.why else ""
        self._chosen.layout.display = "" if found.known else "none"
        self._begin_comparison()

    def _version(self, name: str | None) -> Version | None:
        versions = self._versions.known if self._versions is not None else ()
        return next((one for one in versions if one.id == name), None)

    def _begin_comparison(self) -> None:
        """Have the chosen version be compared with what it is put beside."""
        old, beside = self._version(self._list.value), self._version(self._beside.value)
        self._back.disabled = old is None
        self._note.value = "" if old is None else _tell(old)
        if old is None:
            hint = "Choose a version to see it beside what stands now."
            self._compared.value = tag("p", hint, "hint") if self._chosen.layout.display != "none" else ""
            return
        desk, file = self._desk, self._books.value

        def compare() -> Comparison:
            new = text_that_stands(desk.state, file) if beside is None else beside.text
            return compare_versions(desk.state, file, old.text, new)

        name = "what stands now" if beside is None else _name(beside)
        self._compared.add_class("jp-touchrules-stale")
        desk.later.do("versions", compare, partial(self._show_comparison, _name(old), name))

    def _show_comparison(self, old: str, new: str, found: Comparison) -> None:
        self._compared.remove_class("jp-touchrules-stale")
        self._compared.value = show_comparison(old, new, found)

    def go_back(self) -> None:
        """Have the chosen version stand; nothing is written before it is saved."""
        version, file = self._version(self._list.value), self._books.value
        if version is None:
            return
        if self._desk.attempt(partial(go_back, self._desk.state, file, version)):
            self._desk.words.say(
                f"{capitalized(_name(version))} stands again. Save writes it; Undo takes that back."
            )


def _name(version: Version) -> str:
    return f"version {version.number}" if version.number else f"version of {version.at:%Y-%m-%d %H:%M}"


def _label(version: Version) -> str:
    subject = version.note.partition("\n")[0]
    when = f"{version.at:%Y-%m-%d %H:%M}"
    return "   ".join((version.number or "no number", when, version.author, subject, version.id[:7]))


def _tell(version: Version) -> str:
    head = f"{version.author}, {version.at:%Y-%m-%d %H:%M}, commit {version.id[:10]}"
    return tag("p", head, "hint") + tag("pre", version.note or "No note.", "note")
