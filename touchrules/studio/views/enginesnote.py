"""The line below a contact that says whether both engines agree, quietly if they do and loudly if not."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from typing import Final

import ipywidgets as w

from touchrules.errors import Cancelled
from touchrules.model.wording import counted
from touchrules.replay.why import MANY
from touchrules.studio.case import Agreement
from touchrules.studio.views.texts import tag

_OFTEN: Final = 0.2
_MOST: Final = 12


class Ticket:
    """Stands for a piece of work that can be stopped; `progress` raises Cancelled once it is."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.is_stopped = False
        self._tell, self._told = tell, time.monotonic()

    def progress(self, what: str, done: int, total: int) -> None:
        """Tell how far the work is."""
        if self.is_stopped:
            raise Cancelled([])
        if time.monotonic() - self._told > _OFTEN:
            self._told = time.monotonic()
            self._tell(f"Asking the durable engine. {what}: {done:,} of {total:,}")


class EnginesNote(w.HBox):  # type: ignore[misc]
    """`check_all` is told when somebody wants the rules compared that look at very many touches."""

    def __init__(self, check_all: Callable[[], object]) -> None:
        self._ticket: Ticket | None = None
        self._text = w.HTML()
        self._all = w.Button(description="Compare these too", icon="search", layout=_hidden())
        self._all.on_click(lambda _: check_all())
        self._halt = w.Button(description="Stop", icon="stop", layout=_hidden())
        self._halt.on_click(lambda _: self.stop())
        super().__init__([self._text, self._all, self._halt])
        self.add_class("jp-touchrules-engines")

    @property
    def is_busy(self) -> bool:
        """Whether the engines are being compared."""
        return self._ticket is not None and not self._ticket.is_stopped

    def begin(self) -> Ticket:
        """Return the ticket of new work; earlier work stops."""
        self.stop()
        self._ticket = Ticket(self._say)
        self._halt.layout.display = ""
        return self._ticket

    def stop(self) -> None:
        """Have the work stop that goes on."""
        if self._ticket is not None:
            self._ticket.is_stopped = True
        self._ticket = None
        self._halt.layout.display = "none"

    def _say(self, text: str) -> None:
        self._text.value = tag("p", text, "hint")

    def show(self, told: Agreement | None) -> None:
        """Show how far the engines were compared, and what differs."""
        if told is None:
            self._text.value, self._all.layout.display = "", "none"
            return
        self._all.layout.display = "" if told.unchecked and not self.is_busy else "none"
        self._text.value = _differing(told) if told.differences else _agreeing(told, is_busy=self.is_busy)


def _hidden() -> w.Layout:
    return w.Layout(display="none", width="auto", flex="0 0 auto")


def _agreeing(told: Agreement, *, is_busy: bool) -> str:
    if not told.rules:
        return tag("p", "Asking the durable engine …" if is_busy else "Not compared yet.", "hint")
    findings, rules = counted(told.findings, "finding"), counted(told.rules, "rule")
    text = f"Both engines agree ({findings}): {rules} compared"
    if told.unchecked:
        verbs = ("looks", "is") if len(told.unchecked) == 1 else ("look", "are")
        text += f"; {len(told.unchecked):,} that {verbs[0]} at more than {MANY:,} touches {verbs[1]} not"
    rest = "; comparing the others …" if is_busy else "" if told.is_done else "; stopped before the end"
    return f'<p role="status" class="agree">{escape(text + rest)}.</p>'.replace("….", "…")


def _differing(told: Agreement) -> str:
    items = "".join(
        f"<li>{escape(f'{one.name}, touch {one.touch_id}, {one.sort}')}: the columnar engine says "
        f"<b>{escape(one.columnar)}</b>, the durable engine says <b>{escape(one.durable)}</b></li>"
        for one in told.differences[:_MOST]
    )
    rows = counted(len(told.differences), "row")
    head = f"The engines do not agree on {rows}. Please report this."
    return f'<div role="alert" class="differ"><b>{escape(head)}</b><ul>{items}</ul></div>'
