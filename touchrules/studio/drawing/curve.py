"""Findings against the range of a parameter, to pick a value from."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Curve(Drawn):
    """``points`` are ``[x, findings, label]``; ``current`` and ``saved`` are values of x, or None.

    ``picked`` is the x last clicked. It is None again as soon as ``current`` is another value, so that the
    same x can be picked twice.
    """

    _esm = read_script("curve")
    _css = read_style("curve")

    title = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    points: Any = traitlets.List().tag(sync=True)
    current = traitlets.Float(None, allow_none=True).tag(sync=True)
    saved = traitlets.Float(None, allow_none=True).tag(sync=True)
    picked = traitlets.Float(None, allow_none=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.observe(lambda _: self._forget(), "current")

    def _forget(self) -> None:
        if self.picked != self.current:
            self.picked = None
