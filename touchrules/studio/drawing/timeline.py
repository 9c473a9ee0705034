"""A contact's touches over time, with the facts and expectations that stood."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Timeline(Drawn):
    """Touches in lanes; times are milliseconds since 1970 on the clocks of ``zone``, by default UTC.

    ``lanes`` are ``{"name", "touches": [{"id", "at", "when", "label", "found"}]}``, where ``when`` (if given)
    tells the time on the contact's clocks and ``found`` are the titles of rules. ``spans`` are ``{"label",
    "since", "until", "kind"}``; ``until`` is None while it stands, ``kind`` is fact, met, broken, cancelled
    or open; one with a ``touch`` and a ``rule`` beside them can be chosen. ``marks`` are ``{"label", "at"}``.
    ``chosen`` is the id of a touch, or an empty text, and ``rule`` that of the rule that was chosen with it;
    ``lit`` are the ids of the touches that stand out.
    """

    _esm = read_script("timeline")
    _css = read_style("timeline")

    lanes: Any = traitlets.List().tag(sync=True)
    spans: Any = traitlets.List().tag(sync=True)
    marks: Any = traitlets.List().tag(sync=True)
    chosen: Any = traitlets.Any("").tag(sync=True)
    zone = traitlets.Unicode("UTC").tag(sync=True)
    rule = traitlets.Unicode("").tag(sync=True)
    lit: Any = traitlets.List().tag(sync=True)
