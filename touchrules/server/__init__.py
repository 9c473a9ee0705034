"""What JupyterLab's server answers about rulebooks while they are written."""

from __future__ import annotations

from jupyter_server.serverapp import ServerApp

from touchrules.server.handlers import routes


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "touchrules.server"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Add the answers to a server that begins."""
    server.web_app.add_handlers(".*$", routes(server.base_url))  # type: ignore[no-untyped-call]
