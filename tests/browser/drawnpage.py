"""A page with one drawn widget, before the real Python widget."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from touchrules.studio.drawing.drawn import Drawn

SHOTS = os.environ.get("TOUCHRULES_SCREENSHOTS")
PAGE = Path(__file__).with_name("drawing.html")
PATIENCE = 60_000
"""Milliseconds: shared machines are slow at times."""
Show = Callable[..., Any]


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
    end = time.monotonic() + PATIENCE / 1_000
    while not holds():
        assert time.monotonic() < end, "It never came to hold."
        page.wait_for_timeout(20)


@pytest.fixture
def show(browser: Any, request: pytest.FixtureRequest) -> Iterator[Show]:
    """Shows a widget in a page; the page must be without errors at the end."""
    errors: list[str] = []
    servers = []
    pages = []

    def shown(widget: Drawn, width: int = 900, height: int = 460) -> Any:
        handler = type("Bound", (Handler,), {"widget": widget})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_selector("body[data-ready]")
        return page

    yield shown
    for page in pages:
        for theme in ("light", "dark") if SHOTS else ():
            page.evaluate("theme => { document.body.className = theme }", theme)
            page.screenshot(path=f"{SHOTS}/{request.node.name}-{theme}.png")
        page.close()
    for server in servers:
        server.shutdown()
        server.server_close()
    assert not errors
