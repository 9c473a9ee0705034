"""Reads the scripts and styles of the drawn widgets."""

from __future__ import annotations

from importlib.resources import files

STATIC = files(__package__) / "static"


def read_script(name: str) -> str:
    """The ES module of a widget: what all of them share, and then its own part."""
    return _together(name, "js")


def read_style(name: str) -> str:
    """The style sheet of a widget: what all of them share, and then its own part."""
    return _together(name, "css")


def _together(name: str, ending: str) -> str:
    return "\n".join((STATIC / f"{part}.{ending}").read_text("utf-8") for part in ("shared", name))
