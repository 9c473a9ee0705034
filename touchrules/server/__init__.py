"""What JupyterLab's server does for rulebooks: tells what is wrong in them, and makes touches ready."""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_server.serverapp import ServerApp

from touchrules.language.load import ENDING
from touchrules.server.handlers import routes
from touchrules.studio.beside import run_beside

_MAKE_READY = "from touchrules.studio.opening import make_ready; make_ready()"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "touchrules.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the answers to a server that begins, and have its touches be ready when somebody clicks."""
    server.web_app.add_handlers(".*$", routes(server.base_url))  # type: ignore[no-untyped-call]
    folder = Path(os.environ.get("TOUCHRULES_RULEBOOKS") or server.root_dir)
    if any(folder.glob(f"*{ENDING}")):
        run_beside(["-c", _MAKE_READY], folder)
