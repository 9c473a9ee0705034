"""Lines that are there to be copied, each with a button that does it."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Copied(Drawn):
    """``lines`` are ``[label, text]``: what a text is for, and the text that is copied."""

    _esm = read_script("copied")
    _css = read_style("copied")

    lines: Any = traitlets.List().tag(sync=True)
