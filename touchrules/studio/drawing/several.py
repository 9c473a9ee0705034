"""Several of many: what is chosen stands there, and more can be added from a list."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Several(Drawn):
    """``options`` are ``[value, label]``, ``value`` the chosen ones; ``none`` says what no choice means."""

    _esm = read_script("several")
    _css = read_style("several")

    label = traitlets.Unicode("").tag(sync=True)
    none = traitlets.Unicode("any").tag(sync=True)
    options: Any = traitlets.List().tag(sync=True)
    value: Any = traitlets.List().tag(sync=True)
