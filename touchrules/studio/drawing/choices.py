"""A button that opens a list of choices, several of which can be ticked."""

from __future__ import annotations

from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style


class Choices(Drawn):
    """Choices in ``sections``, searched in the browser; ``chosen`` are the values that are ticked.

    Each section is ``{"title", "options"}``, each option ``{"value", "label", "count"}``, or with ``members``
    (values that are ticked together) in the place of ``value``. ``summary`` tells what is chosen.
    """

    _esm = read_script("choices")
    _css = read_style("choices")

    label = traitlets.Unicode("").tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    sections: Any = traitlets.List().tag(sync=True)
    chosen: Any = traitlets.List().tag(sync=True)
