"""The bar on top: what is open, undo, redo, save, and what is going on."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

import ipywidgets as w

from touchrules.errors import Cancelled
from touchrules.model.wording import counted
from touchrules.studio.desk import Desk
from touchrules.studio.state import StudioState
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.texts import tag

_OFTEN: Final = 0.1
_PATIENCE: Final = 0.4
"""Seconds that the replay of a turned control goes on before it is shown: most are over sooner."""

Heard = Callable[[str, int, int | None], None]


class Header(w.VBox):  # type: ignore[misc]
    """Buttons for what may be done to all rulebooks, and a line that says what is going on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._title, self._status = w.HTML("<h2>Touch Rules Studio</h2>"), w.HTML()
        self._status.add_class("jp-touchrules-status")
        self._bar = w.FloatProgress(min=0, max=1, layout=w.Layout(display="none", width="12em"))
        self._cancel = w.Button(description="Cancel", layout=w.Layout(display="none", width="auto"))
        self._cancel.on_click(lambda _: self.cancel())
        self._is_cancelled, self._told, self._begun, self._said = False, 0.0, 0.0, ""
        self._working: list[Heard] = []
        self._resting: list[Callable[[], None]] = []
        self._buttons = {
            name: make_button(*told)
            for name, told in {
                "undo": ("Undo", "undo", desk.undo, "Take the last step back"),
                "redo": ("Redo", "repeat", desk.redo, "Take the step again"),
                "save": (
                    "Save",
                    "save",
                    desk.ask_to_save,
                    "Show what stands, and write it into the rulebooks",
                ),
                "reload": ("Reload", "refresh", desk.reload, "Read the rulebooks from disk again"),
                "export": (
                    "Export",
                    "upload",
                    desk.ask_to_export,
                    "Write what stands as one file for where reps work, and verify it",
                ),
            }.items()
        }
        row = w.HBox([self._title, *self._buttons.values(), self._bar, self._cancel])
        row.add_class("jp-touchrules-header")
        for name in ("save", "export"):
            self._buttons[name].add_class(f"jp-touchrules-{name}")
        self._left_out = w.HTML()
        mend = make_button("Look at them", "wrench", desk.reload, "Show what is wrong with them")
        self._left = w.HBox([self._left_out, mend], layout=w.Layout(display="none"))
        self._left.add_class("jp-touchrules-left-out")
        super().__init__([row, self._left, self._status])
        self._enable(disabled=True)

    def _enable(self, *, disabled: bool) -> None:
        for button in self._buttons.values():
            button.disabled = disabled

    def ready(self, studio: StudioState) -> None:
        """Say that all is there."""
        self._hide()
        self._enable(disabled=False)
        rules = sum(rule.report for book in studio.state.rulebooks for rule in book.rules)
        self.say(f"{counted(rules, 'rule')} over {counted(len(studio.stream), 'touch')}.")

    def focus_export(self) -> None:
        """Have the keyboard go on at the button that exports."""
        self._buttons["export"].focus()

    def refresh(self) -> None:
        """Show what may be done."""
        studio = self._desk.state
        star = " •" if studio.is_changed else ""
        self._title.value = f"<h2>Touch Rules Studio{escape(star)}</h2>"
        self._buttons["undo"].disabled = studio.undoable is None
        self._buttons["undo"].tooltip = f"Take back: {studio.undoable or 'nothing'}"
        self._buttons["redo"].disabled = studio.redoable is None
        self._buttons["redo"].tooltip = f"Do again: {studio.redoable or 'nothing'}"
        self._buttons["save"].disabled = not studio.is_changed
        names = ", ".join(Path(file).name for file in studio.left_out)
        self._left.layout.display = "" if names else "none"
        self._left_out.value = tag("p", f"Left out, since something is wrong there: {names}")

    def troubled(self) -> None:
        """Say that the files cannot be opened as they are; what is wrong is told below."""
        self._bar.layout.display = self._cancel.layout.display = "none"
        self._enable(disabled=True)
        self._buttons["reload"].disabled = False
        self._left.layout.display = "none"
        self.say("Something is wrong with the files.")

    def progress(self, what: str, done: int, total: int | None) -> None:
        """Show how far a long piece of work is; raises Cancelled where somebody stopped it."""
        self._stop_if_asked()
        now = time.monotonic()
        if now - self._told < _OFTEN:
            return
        self._told = now
        self._bar.layout.display = self._cancel.layout.display = ""
        self._bar.value = done / total if total else 0
        text = f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}"
        self._status.value = tag("p", text)  # no live region: it would be read out ten times a second
        for callback in self._working:
            callback(what, done, total)

    def patiently(self, what: str, done: int, total: int | None) -> None:
        """Show how far a piece of work is, once it goes on for long; raises Cancelled as `progress` does."""
        self._begun = self._begun or time.monotonic()
        if time.monotonic() - self._begun < _PATIENCE:
            self._stop_if_asked()
        else:
            self.progress(what, done, total)

    def _stop_if_asked(self) -> None:
        if self._is_cancelled:
            self._is_cancelled = False
            raise Cancelled([])

    def rest(self) -> None:
        """Show that a piece of work has ended; raises Cancelled where it did not hear that it was stopped."""
        self._begun = 0.0
        if self._bar.layout.display != "none":
            self._hide()
            self._status.value = self._said
        for callback in self._resting:
            callback()
        self._stop_if_asked()

    def on_work(self, working: Heard, resting: Callable[[], None]) -> None:
        """Call back with how far long work is, and when it has ended."""
        self._working.append(working)
        self._resting.append(resting)

    def _hide(self) -> None:
        self._bar.layout.display = self._cancel.layout.display = "none"

    def cancel(self) -> None:
        """Have the long piece of work that goes on stop."""
        self._is_cancelled = True

    def say(self, text: str) -> None:
        """Say what is going on."""
        self._said = self._status.value = f'<p role="status">{escape(text)}</p>'

    def stopped(self) -> None:
        """Say that somebody stopped a long piece of work."""
        self._hide()
        self._buttons["reload"].disabled = False
        if self._desk.is_open:
            self.say("Stopped. The numbers are older than what is set; the next change works them out.")
        else:
            self.say("Stopped. Reload begins again.")

    def complain(self, text: str) -> None:
        """Say what went wrong."""
        self._buttons["reload"].disabled = False
        self._hide()
        self._said = self._status.value = f'<div role="alert">{tag("pre", text)}</div>'
