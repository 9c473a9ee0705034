"""Findings a week as bars, before an outline of what the saved rulebook finds."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class WeekBars(Drawn):
    """A bar for each of ``labels`` (weeks): ``now`` filled, ``saved`` (may be empty) as an outline behind."""

    _esm = read_script("weekbars")
    _css = read_style("weekbars")

    title = traitlets.Unicode("").tag(sync=True)
    labels: Any = traitlets.List().tag(sync=True)
    now: Any = traitlets.List().tag(sync=True)
    saved: Any = traitlets.List().tag(sync=True)
