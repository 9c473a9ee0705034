"""What is found by group, now and as saved, as a table with small bars."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Groups(Drawn):
    """A row for each of ``groups``: ``{"name", "now", "saved", "share"}``, where ``share`` is a text.

    ``by`` is what the groups are (rep, kind). ``chosen`` is the name of the group that is chosen, or None.
    """

    _esm = read_script("groups")
    _css = read_style("groups")

    title = traitlets.Unicode("").tag(sync=True)
    by = traitlets.Unicode("").tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    groups: Any = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode(None, allow_none=True).tag(sync=True)
