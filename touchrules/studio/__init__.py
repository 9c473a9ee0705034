"""The studio: where managers replay, tune and save rulebooks without writing code."""

from __future__ import annotations

from typing import Any

__all__ = ["Studio", "open_studio", "rulebook_changed", "rulebook_moved"]


def open_studio(path: str | None = None, *, standing: str | None = None) -> None:
    """Show the studio on a rulebook, or on those of the workspace; the same one again after a reload.

    `standing`: what the tab was told last by a studio whose Python is gone; it stands again.
    """
    from touchrules.studio.app import show_studio  # noqa: PLC0415 - widgets are for who shows them

    show_studio(path, standing)


def rulebook_moved(old: str, new: str) -> None:
    """Have the studio of a rulebook go on with it under another name."""
    from touchrules.studio.app import move_studio  # noqa: PLC0415

    move_studio(old, new)


def rulebook_changed(path: str) -> None:
    """Have the studio of a rulebook look whether somebody else has written it."""
    from touchrules.studio.app import look_again  # noqa: PLC0415

    look_again(path)


def __getattr__(name: str) -> Any:
    """Return `Studio`, whose widgets are imported when it is first asked for."""
    if name != "Studio":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from touchrules.studio.app import Studio  # noqa: PLC0415

    return Studio
