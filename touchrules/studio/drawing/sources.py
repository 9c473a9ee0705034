"""Reads the scripts and styles of the drawn widgets."""

from __future__ import annotations

from importlib.resources import files

STATIC = files(__package__) / "static"


def read_script(name: str) -> str:
    """The ES module of a widget: what all of them share, and then its own part."""
    return _together("js", "shared", name)


def read_style(name: str) -> str:
    """The style sheet of a widget: what all of them share, the colours to choose from, and its own part."""
    return _together("css", "shared", "palettes", name)


def _together(ending: str, *parts: str) -> str:
    return "\n".join((STATIC / f"{part}.{ending}").read_text("utf-8") for part in parts)
