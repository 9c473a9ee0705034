"""The panel that exports what stands for where reps work: asked, written, verified, and told."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Callable
from functools import partial
from typing import Final

import ipywidgets as w

from touchrules.errors import Cancelled, TouchrulesError
from touchrules.model.wording import counted
from touchrules.studio.desk import Desk
from touchrules.studio.drawing import Copied
from touchrules.studio.exporting import Order, Outcome, carry_out
from touchrules.studio.exportpreview import Preview, look_ahead
from touchrules.studio.opening import name_touches
from touchrules.studio.signing import UNSIGNED, find_keys
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.exportform import ExportForm
from touchrules.studio.views.exporttexts import say_progress, say_report
from touchrules.studio.views.texts import tag

_OFTEN: Final = 0.2
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_]+")
"""What the name of a key cannot hold."""


class Ticket:
    """Stands for one export that can be stopped; `progress` raises Cancelled once it is."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.is_stopped = False
        self._tell, self._told = tell, 0.0

    def progress(self, what: str, done: int, total: int | None) -> None:
        """Tell how far the export is."""
        if self.is_stopped:
            raise Cancelled([])
        if time.monotonic() - self._told > _OFTEN:
            self._told = time.monotonic()
            self._tell(say_progress("Exporting and verifying", what, done, total))


class ExportPanel(w.VBox):  # type: ignore[misc]
    """Shown when somebody wants to export, until what came of it has been read. `closed`: it was given up."""

    def __init__(self, desk: Desk, closed: Callable[[], None]) -> None:
        self._desk, self._closed = desk, closed
        self._beside = desk.later.beside()  # tests and sample run for many seconds
        self._ticket: Ticket | None = None
        self._head, self._progress, self._told = w.HTML(), w.HTML(), w.HTML()
        self._form, self._copied = ExportForm(), Copied()
        self._export = make_button("Export and verify", "upload", self.export)
        self._cancel = make_button("Cancel", "times", self.close_or_stop)
        self._export.add_class("jp-touchrules-confirm-export")
        self._cancel.add_class("jp-touchrules-cancel-export")
        self._buttons = w.HBox([self._export, self._cancel])
        self._buttons.add_class("jp-touchrules-buttons")
        super().__init__([self._head, self._told, self._form, self._progress, self._copied, self._buttons])
        self.add_class("jp-touchrules-exporting")
        self.layout.display = "none"

    @property
    def is_shown(self) -> bool:
        """Whether it is shown."""
        return bool(self.layout.display != "none")

    @property
    def is_busy(self) -> bool:
        """Whether an export goes on."""
        return self._ticket is not None

    def ask(self) -> None:
        """Ask what is to be asked, the note first; an export that goes on stays."""
        self.layout.display = ""
        if self.is_busy:
            self._cancel.focus()
            return
        self._told.value = ""
        self._form.begin()
        self._show_form()
        self.refresh()
        self._form.note.focus()

    def _show_form(self) -> None:
        self._head.value = tag("h3", "Export these rulebooks to where reps work?")
        self._progress.value = ""
        self._cancel.description = "Cancel"
        self._copied.layout.display = "none"
        self._form.layout.display = self._export.layout.display = ""

    def refresh(self) -> None:
        """Show what would be exported as all stands now."""
        if not self.is_shown or self.is_busy or self._form.layout.display == "none":
            return
        self._export.disabled = True
        self._form.wait()
        asked = self._desk.asked
        looking = partial(_try_to_look, self._desk, name_touches(asked.data))
        self._desk.later.do("export", looking, partial(self._show_preview, self._desk.serial, asked.path))

    def _show_preview(self, serial: int, opened: str | None, found: Preview | TouchrulesError) -> None:
        if serial != self._desk.serial:
            return  # what stands now is being looked at already
        if isinstance(found, TouchrulesError):
            self._form.refuse(found)
            return
        self._form.show(found, opened)
        self._export.disabled = False

    def export(self) -> None:
        """Write what is shown, and verify it, beside all other work."""
        if self._export.disabled or self.is_busy or self._form.find_lack() is not None:
            return
        order = self._form.order()
        if order is None:
            return
        self._ticket = ticket = Ticket(partial(setattr, self._progress, "value"))
        self._told.value = ""
        self._head.value = tag("h3", f"Exporting {order.out.name}")
        self._progress.value = say_progress("Exporting and verifying", "", 0, None)
        self._form.layout.display = self._export.layout.display = "none"
        self._cancel.description = "Stop"
        self._cancel.focus()
        self._desk.words.say(f"Exporting {order.out.name} …")
        self._beside.do("export", partial(_carry_out, order, ticket), partial(self._tell, ticket))

    def _tell(self, ticket: Ticket, outcome: Outcome | Exception) -> None:
        if ticket is not self._ticket:
            return
        self._ticket = None
        self._progress.value = ""
        if isinstance(outcome, Outcome) and outcome.manifest is not None:
            self._tell_written(outcome)
            return
        self._show_form()
        if isinstance(outcome, Outcome) and outcome.untested:
            self._form.add_untested(outcome.untested)
        error = outcome.error if isinstance(outcome, Outcome) else outcome
        self._say_refusal(error)
        self.refresh()

    def _say_refusal(self, error: Exception | None) -> None:
        if isinstance(error, Cancelled):
            self._told.value = tag("p", "Stopped. Nothing was written.")
            self._desk.words.say("The export was stopped. Nothing was written.")
            return
        text = str(error) if isinstance(error, TouchrulesError) else f"{type(error).__name__}: {error}"
        words = tag("p", "Nothing was exported:") + tag("pre", text, "problems")
        self._told.value = f'<div role="alert">{words}</div>'
        self._desk.words.say("Nothing was exported.")

    def _tell_written(self, outcome: Outcome) -> None:
        """Show what the verification found, and how others go on with the file."""
        order, report = outcome.order, outcome.report
        self._head.value = tag("h3", _headline(outcome))
        self._desk.words.say(f"{_headline(outcome)}.")
        written = tag("p", f"It lies in {order.out}")
        if report is None:
            why = "The file is whole, but its verification was stopped: verify it before you hand it on."
            self._told.value = f'<div role="alert">{tag("p", why)}</div>{written}'
        else:
            self._told.value = written + say_report(report) + tag("h4", "For those who run it")
        self._copied.lines = lines_of(order)
        self._copied.layout.display = ""
        self._cancel.description = "Close"

    def close_or_stop(self) -> None:
        """Stop the export that goes on, or close the panel."""
        if self._ticket is not None:
            self._ticket.is_stopped = True
            self._cancel.description = "Stopping …"
            return
        self.give_up()
        self._closed()

    def give_up(self) -> None:
        """Close the panel, unless an export goes on."""
        if not self.is_busy:
            self.layout.display = "none"
            self._head.value = ""


def _try_to_look(desk: Desk, touches: str) -> Preview | TouchrulesError:
    try:
        return look_ahead(desk.state, touches)
    except Cancelled:
        raise
    except TouchrulesError as error:
        return error


def _carry_out(order: Order, ticket: Ticket) -> Outcome | Exception:
    """Return what came of an export, whatever that is: the panel waits for it."""
    try:
        return carry_out(order, ticket.progress)
    except Exception as error:
        return error


def _headline(outcome: Outcome) -> str:
    name, report = outcome.order.out.name, outcome.report
    if report is None:
        return f"{name} is written, but not verified"
    if report.passed:
        return f"{name} is written and verified: all {counted(len(report.checks), 'check')} passed"
    return f"{name} is written, but its verification refuses it"


def lines_of(order: Order) -> list[tuple[str, str]]:
    """Return what others need to verify and run a bundle: the public key first, if it is signed."""
    name = shlex.quote(order.out.name)
    if order.key == UNSIGNED:
        return [
            ("They verify it", f"touchrules verify {name} --allow-unsigned"),
            ("They run it", f"touchrules run {name} --allow-unsigned"),
        ]
    key = find_keys().find(order.key)
    public = key.key.text() if key else ""
    called = _NO_NAME.sub("-", order.by).strip("-")[:60] or "theirs"
    trusting = f"touchrules keys trust {shlex.quote(public)} --name {called}"
    return [
        ("Your public key, to hand on", public),
        ("They trust it, once", trusting),
        ("They verify the file", f"touchrules verify {name}"),
        ("They run it", f"touchrules run {name}"),
    ]
