"""The studio: where managers replay, tune and save rulebooks without writing code."""

from __future__ import annotations

from typing import Any

__all__ = ["Studio", "open_studio"]


def open_studio(path: str | None = None) -> None:
    """Show the studio on a rulebook, or on those of the workspace; the same one again after a reload."""
    from touchrules.studio.app import show_studio  # noqa: PLC0415 - widgets are for who shows them

    show_studio(path)


def __getattr__(name: str) -> Any:
    """Return `Studio`, whose widgets are imported when it is first asked for."""
    if name != "Studio":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from touchrules.studio.app import Studio  # noqa: PLC0415

    return Studio
