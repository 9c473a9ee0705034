"""A page with one drawn widget, before the real Python widget."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from touchrules.studio.drawing.drawn import Drawn

PAGE = Path(__file__).with_name("drawing.html")


def state_of(widget: Drawn) -> dict[str, Any]:
    """The synced traits of a widget, without those of every ipywidget."""
    return {name: value for name, value in widget.get_state().items() if name[0] != "_" and name != "layout"}


class Handler(BaseHTTPRequestHandler):
    """Serves the page of one widget, and passes what it says on to Python."""

    widget: Drawn

    def do_GET(self) -> None:
        texts = {
            "/": (PAGE.read_text, "text/html"),
            "/state": (lambda: json.dumps(state_of(self.widget)), "application/json"),
            "/widget.js": (lambda: str(self.widget._esm), "text/javascript"),
            "/favicon.ico": (str, "text/plain"),
        }
        text, kind = texts[self.path]
        self.reply(
            text().replace("</style>", f"{self.widget._css}</style>") if self.path == "/" else text(), kind
        )

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/set":
            for name, value in body.items():
                setattr(self.widget, name, value)
            self.reply(json.dumps(state_of(self.widget)), "application/json")
            return
        answer = self.widget.answer(body)
        self.reply(json.dumps({"answer": answer, "changed": state_of(self.widget)}), "application/json")

    def reply(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def eventually(page: Any, holds: Callable[[], bool]) -> None:
    """Waits until Python has heard what the page said."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError("It never came to hold.")
