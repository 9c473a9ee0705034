"""Touches that a rule found, as a list whose lines open their contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Examples(Drawn):
    """Examples in ``sections``: ``{"title", "total", "examples"}``, each example with ``at``, ``contact``,
    ``rep``, ``message`` and ``advice``. ``why`` is the reason for the rule.
    """

    _esm = read_script("examples")
    _css = read_style("examples")

    why = traitlets.Unicode("").tag(sync=True)
    sections: Any = traitlets.List().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._chosen: list[Callable[[str], object]] = []

    def on_choose(self, callback: Callable[[str], object]) -> None:
        """Calls ``callback(contact)`` whenever somebody opens an example."""
        self._chosen.append(callback)

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        match message:
            case {"choose": str(contact)}:
                for callback in self._chosen:
                    callback(contact)
                return {"choose": contact}
        return super()._reply(message)
