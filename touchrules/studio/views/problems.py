"""What is wrong with the files that the studio was to open, and all that can be done about it there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import ipywidgets as w

from touchrules.errors import Problem, TouchrulesError
from touchrules.model.wording import counted
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.studio.desk import Desk
from touchrules.studio.trouble import Trouble, by_file, mend, text_to_mend
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.texts import tag

_WIDE = w.Layout(width="calc(100% - 8px)")
_LABELS = {"description_width": "10em"}


class ProblemsPanel(w.VBox):  # type: ignore[misc]
    """Shown instead of the rules while there is trouble."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known = ""
        self._head, self._problems = w.HTML(), w.HTML()
        self._again = make_button("Look again", "refresh", desk.reload)
        self._others = make_button("Open the others without it", "folder-open", desk.open_others)
        self._back = make_button("Go on with what is open", "arrow-left", desk.leave_trouble)
        self._buttons = w.HBox([self._again, self._others, self._back])
        self._left_out = w.HTML()
        self._touches = w.Text(description="Other touches", style=_LABELS, layout=_WIDE)
        self._touches.placeholder = "CSV, JSON Lines, Parquet or prepared"
        self._data = w.HBox(
            [
                self._touches,
                make_button("Open these", "folder-open", self._open_touches),
                make_button("Open the demo year", "calendar", lambda: desk.open_on(str(SHIPPED))),
            ]
        )
        self._file = w.Dropdown(description="Mend here", options=[], style=_LABELS, layout=_WIDE)
        self._file.observe(lambda _: self._read(), "value")
        self._text = w.Textarea(rows=22, layout=_WIDE, description="Text of the file", style=_LABELS)
        self._text.add_class("jp-touchrules-mending")
        self._check = make_button("Check & save", "check", self.mend)
        self._told = w.HTML()
        self._mending = w.VBox([self._file, self._text, self._check, self._told])
        super().__init__(
            [self._head, self._buttons, self._left_out, self._data, self._problems, self._mending]
        )
        self.add_class("jp-touchrules-problems")
        self.layout.display = "none"

    def refresh(self) -> None:
        """Show what is wrong, or hide when nothing is."""
        trouble = self._desk.trouble
        self.layout.display = "none" if trouble is None else ""
        if trouble is None:
            return
        self._head.value = f'<div role="alert">{tag("h3", _headline(trouble))}</div>'
        told = by_file(trouble.problems)
        self._problems.value = "".join(_tell_file(file, problems) for file, problems in told.items())
        self._show_ways(trouble)
        files = [file for file in (*told, *trouble.files) if file and text_to_mend(file) is not None]
        self._mending.layout.display = "" if files and trouble.about == "rulebooks" else "none"
        self._file.options = [(Path(file).name, file) for file in dict.fromkeys(files)]
        self._file.value = files[0] if files else None
        self._told.value = ""
        self._read()

    def _show_ways(self, trouble: Trouble) -> None:
        """Offer what can be done without mending a file."""
        openable = bool(trouble.openable) and bool(trouble.left_out)
        self._others.layout.display = "" if openable else "none"
        self._others.description = f"Open the other {len(trouble.openable)} without it"
        if len(trouble.left_out) > 1:
            self._others.description = f"Open the other {len(trouble.openable)} without these"
        names = ", ".join(Path(file).name for file in trouble.left_out)
        self._left_out.value = tag("p", f"Left out would be: {names}.", "hint") if openable else ""
        self._back.layout.display = "" if self._desk.is_open else "none"
        self._data.layout.display = "" if trouble.about == "touches" else "none"

    def _read(self) -> None:
        """Put the text of the chosen file where it can be mended."""
        file = self._file.value
        text = None if file is None else text_to_mend(file)
        self._known = text or ""
        self._text.value = self._known

    def _open_touches(self) -> None:
        if self._touches.value.strip():
            self._desk.open_on(self._touches.value.strip())

    def mend(self) -> None:
        """Write the text if nothing is wrong in it any more, and look again."""
        trouble = self._desk.trouble
        if trouble is None or self._file.value is None:
            return
        asked = (trouble.files, self._file.value, self._known, self._text.value)
        self._desk.later.do("mend", partial(_try_to_mend, *asked), self._mended)

    def _mended(self, problems: tuple[Problem, ...]) -> None:
        if problems:
            told = "".join(tag("pre", str(problem), "problems") for problem in problems)
            self._told.value = f'<div role="alert">{tag("p", "Not saved:")}{told}</div>'
            return
        self._desk.reload()


def _try_to_mend(files: tuple[str, ...], file: str, known: str, text: str) -> tuple[Problem, ...]:
    try:
        return mend(files, file, known, text)
    except TouchrulesError as error:
        return error.problems


def _headline(trouble: Trouble) -> str:
    problems = _count(trouble.problems)
    if trouble.about == "touches":
        return f"The touches cannot be replayed: {problems}"
    return f"The rulebooks cannot be opened: {problems}"


def _count(problems: tuple[Problem, ...]) -> str:
    return counted(len(problems), "problem")


def _tell_file(file: str, problems: tuple[Problem, ...]) -> str:
    """Return the problems of one file, each with its line, the text of the line, and what to do."""
    head = tag("h4", f"{Path(file).name}: {_count(problems)}") if file else ""
    folder = tag("p", str(Path(file).parent), "hint") if file else ""
    return f"<section>{head}{folder}{''.join(_tell(one) for one in problems)}</section>"


def _tell(one: Problem) -> str:
    line = f"Line {one.place.line}" if one.place else ""
    where = tag("span", ", ".join(part for part in (line, one.context) if part), "where")
    return f"<article>{where}{tag('p', one.message)}{_excerpt(one)}{tag('p', one.remedy, 'remedy')}</article>"


def _excerpt(one: Problem) -> str:
    if one.place is None or not one.excerpt:
        return ""
    width = max(1, min(one.place.length, len(one.excerpt) - one.place.column + 1))
    return tag("pre", f"{one.excerpt}\n{' ' * (one.place.column - 1)}{'^' * width}")
