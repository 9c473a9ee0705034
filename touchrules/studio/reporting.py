"""What an open studio tells of itself outside its tab, and what it is asked from there.

A tab opens the line (a comm) once its studio is there, so a studio in a notebook's cell tells nobody, and
nobody is told of a line that he does not know. All pages on one kernel open the same line: what is said on
it reaches all of them, whichever of them was loaded again meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from comm import get_comm_manager

TARGET: Final = "touchrules.studio"

Message = dict[str, Any]


class Line(Protocol):
    """What a message goes over to a tab, and comes over from it."""

    def send(self, data: Message) -> None:
        """Send a message."""

    def on_msg(self, callback: Callable[[Mapping[str, Any]], None]) -> None:
        """Call back with each message that comes."""


class Reports:
    """The last report of each kind, told to whoever listens and to whoever comes later.

    `ask`: hears what a tab asks for.
    """

    def __init__(self, ask: Callable[[Message], None]) -> None:
        self._ask = ask
        self._told: dict[str, Message] = {}
        self._lines: list[Line] = []
        self._turn = threading.Lock()  # work tells of itself on a thread of its own

    def tell(self, kind: str, **what: Any) -> None:
        """Tell something, unless just that was told last."""
        message = {"kind": kind, **what}
        with self._turn:
            if self._told.get(kind) == message:
                return
            self._told[kind] = message
            if self._lines:
                self._lines[-1].send(message)  # in turn: what is told later must not arrive first

    def join(self, line: Line) -> None:
        """Tell a tab all that stands, and go on telling it.

        Earlier lines are kept: to let go of one would close it for all pages.
        """
        line.on_msg(lambda message: self._ask(message["content"]["data"]))
        with self._turn:
            self._lines.append(line)
            for message in self._told.values():
                line.send(message)


def listen(find: Callable[[str | None], Reports | None]) -> None:
    """Have tabs open lines. `find` gives the reports of the studio that a tab shows."""

    def join(line: Line, message: Mapping[str, Any]) -> None:
        reports = find(message["content"]["data"].get("path"))
        if reports is not None:
            reports.join(line)

    get_comm_manager().register_target(TARGET, join)
