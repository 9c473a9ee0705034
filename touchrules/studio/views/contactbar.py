"""The bar above a contact: a box to search contacts in, and the way from finding to finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import ipywidgets as w

from touchrules.studio.views.buttons import make_button

_SLIM: Final = w.Layout(width="auto")

Suggest = Callable[[str, Callable[[tuple[str, ...]], None]], None]
"""Is told what somebody typed, and calls back with contacts that fit."""


class ContactBar(w.HBox):  # type: ignore[misc]
    """`open_contact` is told a contact, `pick` the position of a finding among those that are listed."""

    def __init__(
        self, suggest: Suggest, open_contact: Callable[[str], object], pick: Callable[[int], object]
    ) -> None:
        self._open, self._pick, self._shown = open_contact, pick, ""
        self.search = w.Combobox(
            description="Contact", placeholder="id of a contact", ensure_option=False, continuous_update=True
        )
        self.search.observe(lambda change: self._typed(change["new"], suggest), "value")
        self.previous = make_button("Previous finding", "chevron-left", partial(self._go, -1))
        self.following = make_button("Next finding", "chevron-right", partial(self._go, 1))
        self.previous.layout = self.following.layout = _SLIM
        self.findings = w.Dropdown(description="Finding", options=[], layout=w.Layout(flex="1 1 260px"))
        self.findings.observe(lambda change: self._picked(change["new"]), "value")
        super().__init__([self.search, self.previous, self.findings, self.following])
        self.add_class("jp-touchrules-contactbar")
        self.show("", [], None)

    def show(self, contact: str, findings: Sequence[str], current: int | None) -> None:
        """Show a contact, what was found about them, and which finding is looked at."""
        if contact != self._shown:  # else somebody may be typing
            self._shown = contact
            self.search.value = contact
        options = [(label, place) for place, label in enumerate(findings)]
        if tuple(self.findings.options) != tuple(options):
            self.findings.value = None
            self.findings.options = options
        self.findings.value = current
        self.findings.disabled = not options
        last = len(options) - 1
        self.previous.disabled = last < 0 or current == 0
        self.following.disabled = last < 0 or current == last

    def take_focus(self) -> None:
        """Have the keyboard go on here, at a button that leads to another finding."""
        usable = [one for one in (self.following, self.previous) if not one.disabled]
        if usable:
            usable[0].focus()

    def _picked(self, place: int | None) -> None:
        if place is not None:
            self._pick(place)

    def _go(self, by: int) -> None:
        """Go to the finding before or after the one that is looked at."""
        now, last = self.findings.value, len(self.findings.options) - 1
        start = (0 if by > 0 else last) if now is None else now + by
        if 0 <= start <= last:
            self._pick(start)

    def _typed(self, text: str, suggest: Suggest) -> None:
        if text and text != self._shown:
            suggest(text, self._suggested)

    def _suggested(self, contacts: tuple[str, ...]) -> None:
        """Offer contacts; the one whose id was typed to the end is opened."""
        self.search.options = contacts
        typed = self.search.value.strip()
        if typed in contacts and typed != self._shown:
            self._open(typed)
