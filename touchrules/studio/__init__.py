"""The studio: rulebooks tuned with sliders, in a notebook or in a tab of JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import display

_studios: dict[Path | None, Any] = {}


def open_studio(path: str | None = None) -> None:
    """Show the studio on a rulebook, or on none; a second call shows the same one."""
    key = Path(path).resolve() if path is not None else None
    if key not in _studios:
        _studios[key] = _make(path)
    display(_studios[key])  # type: ignore[no-untyped-call]


def rulebook_moved(old: str, new: str) -> None:
    """Hear that a rulebook has another name now."""
    studio = _studios.pop(Path(old).resolve(), None)
    if studio is not None:
        _studios[Path(new).resolve()] = studio
        studio.children[0].value = Path(new).name


def rulebook_changed(path: str) -> None:
    """Hear that a rulebook was written."""
    studio = _studios.get(Path(path).resolve())
    if studio is not None:
        studio.children[0].value = f"{Path(path).name}, written anew"


def _make(path: str | None) -> Any:
    title = widgets.Label("no rulebook" if path is None else path)
    slider = widgets.IntSlider(description="Threshold", min=0, max=100, value=20)
    told = widgets.Label("threshold 20")
    slider.observe(lambda change: setattr(told, "value", f"threshold {change['new']}"), "value")
    studio = widgets.VBox([title, slider, told])
    studio.add_class("touchrules-studio")
    return studio
