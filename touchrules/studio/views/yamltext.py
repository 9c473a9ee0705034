"""The YAML of the chosen rule's rulebook, with its mistakes in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import ipywidgets as w

from touchrules.errors import Problem, TouchrulesError
from touchrules.language.source import read_source
from touchrules.language.spans import with_ends_of
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.yamltext import YamlText
from touchrules.studio.forms.checking import check_text, lines_of_rule
from touchrules.studio.merging import merge_texts
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.texts import tag

_PAUSE: Final = 0.3
"""Seconds that a text must rest before it is checked."""
_TAKEN_IN: Final = "What was changed elsewhere meanwhile was taken into your text."
_CLASH: Final = (
    "The same lines were changed elsewhere meanwhile. Keep mine puts your text in their place; "
    "Show what stands forgets your text."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A text that somebody writes, and the one that stood when it was begun."""

    base: str
    text: str


class YamlPanel(w.VBox):  # type: ignore[misc]
    """A rulebook's text, which can be changed and applied. What is typed is never overwritten."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._file, self._rule, self._turn = desk, "", "", 0
        self._written: dict[str, _Written] = {}
        self._head, self.note = w.HTML(), w.HTML()
        self.area = YamlText(label="YAML", text="")
        self.area.observe(lambda change: self._type(change["new"]), "text")
        self._showing = False
        self._apply = make_button("Apply", "check", self.apply, "Replay with this text")
        self._keep = make_button("Keep mine", "", self.keep, "Put your text in the place of what stands")
        self._drop = make_button("Show what stands", "undo", self.drop, "Forget what was typed here")
        buttons = w.HBox([self._apply, self._keep, self._drop])
        buttons.add_class("jp-touchrules-buttons")
        super().__init__([self._head, buttons, self.note, self.area])
        self.add_class("jp-touchrules-yaml")

    def refresh(self) -> None:
        """Show the text with all that is set written into it, and what was typed and not applied."""
        studio = self._desk.state
        rule, book = studio.find(studio.rule)
        source = studio.source_of(book)
        moved = (source.file, rule.id) != (self._file, self._rule)
        self._file, self._rule = source.file, rule.id
        self._head.value = tag("h3", Path(source.file).name)
        self.area.label = f"YAML of {Path(source.file).name}"
        self._show(self._stands())
        if moved and self.area.part:
            self._turn += 1
            self.area.jump = [self.area.part[0], self._turn]

    def _show(self, stands: str) -> None:
        """Show what stands, or what was typed on top of it."""
        written = self._written.get(self._file)
        clash = note = ""
        if written is not None and written.base != stands:
            merged = merge_texts(written.base, written.text, stands)
            clash, note = (_CLASH, "") if merged is None else ("", _TAKEN_IN)
            if merged is not None:
                written = self._written[self._file] = _Written(base=stands, text=merged)
        if written is not None and written.text == stands:
            written = self._written.pop(self._file) and None
            note = ""
        self._say(clash or note)
        self._enable(typed=written is not None, clash=bool(clash))
        text = stands if written is None else written.text
        self._showing = True
        self.area.text = text
        self._showing = False
        self.area.part = list(lines_of_rule(read_source(text, self._file), self._rule))
        if written is None:
            self.area.problems = []
        else:
            self._check(text)

    def _enable(self, *, typed: bool, clash: bool) -> None:
        self._apply.disabled = clash or not typed
        self._drop.disabled = not typed
        self._keep.layout.display = "" if clash else "none"

    def _say(self, text: str) -> None:
        self.note.value = f'<div role="status">{tag("p", text, "hint")}</div>' if text else ""

    def _stands(self) -> str:
        studio = self._desk.state
        text = studio.written(studio.source_at(self._file))
        return with_ends_of(text, "")  # a field of a page knows no other

    def _type(self, text: str) -> None:
        if self._showing or not self._file:
            return
        written = self._written.get(self._file)
        base = self._stands() if written is None else written.base
        if text == base:
            self._written.pop(self._file, None)
        else:
            self._written[self._file] = _Written(base=base, text=text)
        self._say("")
        clash = self._keep.layout.display == ""
        self._enable(typed=text != base, clash=clash and text != base)
        self._check(text)

    def _check(self, text: str) -> None:
        studio, file = self._desk.state, self._file
        self._desk.later.do("yaml", partial(check_text, studio, file, text), self._tell, _PAUSE)

    def _tell(self, problems: Sequence[Problem]) -> None:
        """Mark the lines with problems; those of other files are told without a line."""
        self.area.problems = [_mark(one, self._file) for one in problems]

    def apply(self) -> None:
        """Have the text stand, or show what is wrong with it."""
        file, text = self._file, self.area.text
        written = self._written.pop(file, None)
        try:
            self._desk.rewrite(file, text)
        except TouchrulesError as error:
            if written is not None:
                self._written[file] = written
            self._tell(error.problems)
            self._say("This text cannot stand yet: see the problems below it.")
        else:
            self._say("Applied. Save writes it.")

    def keep(self) -> None:
        """Keep what was typed, in the place of what was changed elsewhere."""
        self._written[self._file] = _Written(base=self._stands(), text=self.area.text)
        self._show(self._stands())

    def drop(self) -> None:
        """Forget what was typed."""
        self._written.pop(self._file, None)
        self._show(self._stands())


def _mark(problem: Problem, file: str) -> list[Any]:
    text = " ".join(f"{problem.message} {problem.remedy}".split())
    place = problem.place
    if place is None or place.file != file:
        where = ", ".join(part for part in (str(place or ""), problem.context) if part)
        return [0, 0, 0, f"{where}: {text}" if where else text]
    return [place.line, place.column, place.length, text]
