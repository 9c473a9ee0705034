"""Fields of a form, each with what is wrong with it right below."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from touchrules.studio.forms.touchwords import Options


class Field(w.VBox):  # type: ignore[misc]
    """A widget with the problems that concern it."""

    def __init__(self, *inner: Any) -> None:
        self._problems = w.HTML(layout=w.Layout(display="none"))
        super().__init__([*inner, self._problems])
        self.add_class("jp-touchrules-formfield")

    def tell(self, problems: Sequence[str]) -> None:
        """Show what is wrong; nothing where all is well."""
        items = "".join(f"<li>{escape(one)}</li>" for one in problems)
        self._problems.layout.display = "" if items else "none"
        self._problems.value = (
            f'<div role="alert"><ul class="jp-touchrules-wrong">{items}</ul></div>' if items else ""
        )

    @property
    def told(self) -> str:
        """What is shown to be wrong."""
        return str(self._problems.value)


class Pick(w.Dropdown):  # type: ignore[misc]
    """One of some values of any kind; a present value that is not offered is offered too."""

    def __init__(self, label: str, options: Options, value: Any, called: str = "") -> None:
        self._values = [one for _, one in options]
        names = [name for name, _ in options]
        if value not in self._values:
            self._values.append(value)
            names.append(called or str(value))
        places = [(name, place) for place, name in enumerate(names)]
        super().__init__(description=label, options=places, value=self._values.index(value))

    @property
    def picked(self) -> Any:
        """The value that is picked."""
        return self._values[self.value]

    def pick(self, value: Any) -> None:
        """Pick a value."""
        self.value = self._values.index(value)


def within_text(widget: Any) -> Any:
    """Have a widget stand within a sentence: its label is for screen readers only."""
    widget.add_class("jp-touchrules-blank")
    widget.layout = w.Layout(width="auto", max_width="100%")
    return widget
