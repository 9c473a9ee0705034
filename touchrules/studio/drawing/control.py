"""A control for one parameter, with a way back to its saved value and what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style

Read = Callable[[str], Any]
"""Reads what somebody typed; raises an error that says what is allowed."""
Write = Callable[[Any], str]
"""Writes a value as it is typed."""

_KINDS: Final = ("slider", "text", "choice", "truth")


class Control(Drawn):
    """``kind``: slider, text, choice or truth. ``stops`` are the values of a slider or a choice, with labels.

    ``value`` is the present value, ``saved`` the one to go back to, ``saved_label`` how that is called.
    """

    _esm = read_script("control")
    _css = read_style("control")

    kind = traitlets.Enum(_KINDS, "text").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    about = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    stops: Any = traitlets.List().tag(sync=True)
    value: Any = traitlets.Any().tag(sync=True)
    written = traitlets.Unicode("").tag(sync=True)
    saved: Any = traitlets.Any().tag(sync=True)
    saved_label = traitlets.Unicode("").tag(sync=True)

    def __init__(self, read: Read, write: Write, **traits: Any) -> None:
        self._read, self._write = read, write
        super().__init__(written=write(traits["value"]), **traits)
        self.observe(lambda change: self._rewrite(change["new"]), "value")

    def _rewrite(self, value: Any) -> None:
        self.written = self._write(value)

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        if "typed" not in message:
            return super()._reply(message)
        self.value = self._read(str(message["typed"]))
        return {"written": self.written}
