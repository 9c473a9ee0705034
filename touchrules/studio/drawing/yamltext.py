"""The text of a rulebook with numbers beside its lines, and marks where something is wrong."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class YamlText(Drawn):
    """``problems`` are ``[line, column, length, text]``, lines and columns from 1.

    ``part`` are the first and the last line of the chosen rule. ``jump`` is ``[line, turn]``: it is gone to
    whenever the turn is another one.
    """

    _esm = read_script("yamltext")
    _css = read_style("yamltext")

    label = traitlets.Unicode("").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    problems: Any = traitlets.List().tag(sync=True)
    part: Any = traitlets.List().tag(sync=True)
    jump: Any = traitlets.List().tag(sync=True)
