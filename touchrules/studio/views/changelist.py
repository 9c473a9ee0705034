"""The changes since the last save, each with what it does to the findings, to be taken back one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from typing import Any, Final

import ipywidgets as w

from touchrules.language.describe_differences import say_difference
from touchrules.language.differences import Difference
from touchrules.model.wording import capitalized
from touchrules.replay.tuning import State
from touchrules.studio.changes import take_back
from touchrules.studio.desk import Desk
from touchrules.studio.effects import Effect, measure, measure_alone, say_effect
from touchrules.studio.scope import Scope
from touchrules.studio.views.texts import tag

_PAUSE: Final = 0.2
"""Seconds that all must rest before effects are measured."""

Shown = tuple[Difference, Any]
"""A difference, and where it is shown what it does."""
Measured = tuple[Any, Effect | None]
"""Where it is shown what a difference does, and what that is; None: nobody can tell."""


class ChangeList(w.VBox):  # type: ignore[misc]
    """Every change in words, by rulebook. What each does alone is found out one after the other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: list[tuple[Difference, Effect | None]] = []
        self._known_for: tuple[State, Scope] | None = None
        self._total = w.HTML()
        super().__init__([self._total])
        self.add_class("jp-touchrules-changes")

    def refresh(self) -> None:
        """Show every change at once, and what it does when that is known."""
        studio = self._desk.state
        if self._known_for != (studio.saved, studio.scope):
            self._known_for, self._known = (studio.saved, studio.scope), []
        shows = partial(self._show, self._desk.serial)
        self._desk.later.do("changes", lambda: studio.changes(), shows)  # noqa: PLW0108 - as it stands then

    def _show(self, serial: int, changes: tuple[Difference, ...]) -> None:
        studio = self._desk.state
        effects = [w.HTML(tag("p", "measuring …", "hint")) for _ in changes]
        titles = {book.name: book.title or book.name for book in studio.state.rulebooks}
        shown: list[Any] = [self._total]
        for one, effect in zip(changes, effects, strict=True):
            heading = tag("h4", titles.get(one.rulebook, one.rulebook))
            if not any(isinstance(each, w.HTML) and each.value == heading for each in shown):
                shown.append(w.HTML(heading))
            shown.append(self._make_row(serial, one, effect))
        self.children = shown
        self._total.value = tag(
            "p", "Measuring …" if changes else "Nothing is changed since the last save.", "hint"
        )
        if changes:
            begin = partial(self._begin, list(zip(changes, effects, strict=True)))
            self._desk.later.do("effects", begin, partial(self._show_total, len(changes) > 1), _PAUSE)

    def _make_row(self, serial: int, one: Difference, effect: Any) -> Any:
        words = w.HTML(tag("p", say_difference(one), "words"))
        button = w.Button(
            description="Take back", icon="undo", tooltip=f"Take back: {say_difference(one)[:120]}"
        )
        button.on_click(lambda _: self._take_back(serial, one))
        text = w.VBox([words, effect])
        row = w.HBox([text, button])
        row.add_class("jp-touchrules-change")
        return row

    def _take_back(self, serial: int, one: Difference) -> None:
        """Take a change back, unless the list is older than what stands: then it is being made anew."""
        if serial == self._desk.serial:
            self._desk.attempt(partial(take_back, self._desk.state, one))

    def _begin(self, shown: Sequence[Shown]) -> tuple[Effect, Iterator[Measured]]:
        """Return what all changes do together, and those that are still to be measured."""
        studio = self._desk.state
        states = (studio.saved, studio.state)
        return measure(studio, *states), self._measure_each(states, shown)

    def _measure_each(self, states: tuple[State, State], shown: Sequence[Shown]) -> Iterator[Measured]:
        known = self._known  # of this scope: another scope begins another list
        for one, html in shown:
            found = [effect for each, effect in known if each == one]
            if not found:
                found = [measure_alone(self._desk.state, states, one)]
                known.append((one, found[0]))
            yield html, found[0]

    def _show_total(self, several: bool, begun: tuple[Effect, Iterator[Measured]]) -> None:
        total, rest = begun
        self._total.value = (
            f"{tag('p', f'All together: {say_effect(total)}.')}{bar(total)}" if several else ""
        )
        self._go_on(rest)

    def _go_on(self, rest: Iterator[Measured]) -> None:
        """Measure one after the other, so that whatever is asked meanwhile comes between them."""
        self._desk.later.do("effects", lambda: next(rest, None), lambda one: self._show_effect(one, rest))

    def _show_effect(self, one: Measured | None, rest: Iterator[Measured]) -> None:
        if one is not None:
            html, effect = one
            html.value = tag("p", f"{capitalized(say_effect(effect))}.", "effect") + bar(effect)
            self._go_on(rest)


def bar(effect: Effect | None, names: tuple[str, str] = ("as saved", "now")) -> str:
    """Return two bars, what was found before above what is found after; none where nothing changes."""
    if effect is None or not (effect.newly or effect.no_longer):
        return ""
    counts = (effect.found.saved, effect.found.now)
    said = [f"{count:,} {name}" for count, name in zip(counts, names, strict=True)]
    most = max(*counts, 1)
    bars = "".join(
        f'<div class="{kind}"><i style="width: {100 * count / most:.1f}%"></i>{escape(text)}</div>'
        for kind, count, text in zip(("before", "after"), counts, said, strict=True)
    )
    label = escape(f"Found: {', '.join(said)}")
    return f'<div class="jp-touchrules-before" role="img" aria-label="{label}">{bars}</div>'
