"""The beginning of every drawn widget: each question from the browser gets an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget


class Drawn(anywidget.AnyWidget):  # type: ignore[misc]
    """A widget whose browser side asks by custom messages; errors are answers too.

    A question carries ``asked``, a mark that its answer carries as well.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._hear)

    def answer(self, message: object) -> dict[str, Any]:
        """What is sent back for a message: the reply, or ``{"error": text}``."""
        if not isinstance(message, Mapping):
            return {"asked": None, "error": "A question is a mapping."}
        asked = message.get("asked")
        try:
            return {"asked": asked, **self._reply(message)}
        except Exception as mistake:
            return {"asked": asked, "error": str(mistake) or type(mistake).__name__}

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answers one question; a subclass says how."""
        asked = ", ".join(sorted(str(name) for name in message if name != "asked"))
        raise ValueError(f"{type(self).__name__} does not know the question: {asked or 'nothing'}.")

    def _hear(self, _widget: object, message: object, _buffers: object) -> None:
        self.send(self.answer(message))
