"""A button that does something when it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w


def make_button(label: str, icon: str, command: Callable[[], object], tooltip: str | None = None) -> Any:
    """Return a button. `icon`: its name in Font Awesome; empty: there is none."""
    button = w.Button(description=label, icon=icon, tooltip=tooltip)
    button.on_click(lambda _: command())
    return button
