"""The studio: rules on the left, the chosen one and what it does on the right, everything undoable."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import ipywidgets as w
from IPython.display import display

from touchrules.errors import Cancelled, TouchrulesError
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.curve import trace, values_along
from touchrules.studio.drawing.rulelist import RuleList
from touchrules.studio.impact import Impacts
from touchrules.studio.later import AtOnce, InTheLoop, Later
from touchrules.studio.opening import open_state, read_data
from touchrules.studio.rows import rule_rows
from touchrules.studio.state import StudioState
from touchrules.studio.views.compare import ComparePanel
from touchrules.studio.views.contact import ContactPanel
from touchrules.studio.views.data import DataPanel
from touchrules.studio.views.findings import FindingsPanel
from touchrules.studio.views.header import Header
from touchrules.studio.views.impact import ImpactPanel
from touchrules.studio.views.rule import RulePanel
from touchrules.studio.views.yamltext import YamlPanel

_STYLE: Final = (Path(__file__).parent / "views" / "studio.css").read_text(encoding="utf-8")
_TABS: Final = ("Tune", "Findings", "Contact", "YAML", "Compare", "Data")
_PAUSE: Final = 0.04
"""Seconds that a control must rest before what it means is worked out."""
_LONG_PAUSE: Final = 0.4

Curving = tuple[Iterator[tuple[float, int]], list[tuple[float, int]]]
"""Points of a curve that are still to be found, and those that are known."""


class Studio(w.VBox):  # type: ignore[misc]
    """The studio on the rulebooks of a folder (or beside one file) and a file of touches.

    `path`: a rulebook; None: the workspace's. `touches`: a file of touches; None: those of the environment,
    or a year of a made-up company. `later`: how work is done that must not block the screen.
    """

    def __init__(
        self, path: str | None = None, touches: str | None = None, *, later: Later | None = None
    ) -> None:
        self.state: StudioState | None = None
        self._parameter: tuple[str, Parameter] | None = None
        self._later = later or self._find_later()
        self._make_views()
        super().__init__([w.HTML(f"<style>{_STYLE}</style>"), self._header, self._body])
        self.add_class("touchrules-studio")
        self._asked = (path, touches)
        self._open()

    def _open(self) -> None:
        self._header.say("Opening the rulebooks and their touches …")
        opening = partial(open_state, *self._asked, self._header.progress)
        self._later.do("open", opening, self._opened)

    def _find_later(self) -> Later:
        """Return what does work beside the kernel's loop, or at once where there is none."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return AtOnce()
        return InTheLoop(self._fail)

    def _make_views(self) -> None:
        self._header = Header(undo=self._undo, redo=self._redo, save=self._save, reload=self._reload)
        self._rules = RuleList(items=[], chosen="")
        self._rules.observe(lambda change: self._choose(change["new"]), "chosen")
        self._rules.on_toggle(self._toggle)
        self._rule = RulePanel(self._turn)
        self._impact = ImpactPanel(self._pick)
        self._findings = FindingsPanel(self._open_contact)
        self._contact, self._yaml, self._comparison = ContactPanel(), YamlPanel(self._edit), ComparePanel()
        self._data = DataPanel(self._open_data)
        tune = w.HBox([self._rule, self._impact])
        tune.add_class("jp-touchrules-tune")
        views = [tune, self._findings, self._contact, self._yaml, self._comparison, self._data]
        self._tabs = w.Tab(children=views, titles=_TABS)
        self._tabs.observe(lambda _: self._show_tab(), "selected_index")
        self._body = w.HBox([self._rules, self._tabs])
        self._body.add_class("jp-touchrules-body")

    @property
    def _studio(self) -> StudioState:
        if self.state is None:
            msg = "the studio is still opening"
            raise RuntimeError(msg)
        return self.state

    def _opened(self, state: StudioState) -> None:
        self.state, self._impacts = state, Impacts(state)
        self._header.ready(state)
        self._rules.chosen = state.rule
        self._changed()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._header.stopped()
            return
        text = str(error) if isinstance(error, TouchrulesError) else f"{type(error).__name__}: {error}"
        self._header.complain(text)

    def _choose(self, rule: str) -> None:
        if self.state is not None and rule and rule != self.state.rule:
            self.state.choose(rule)
            self._parameter = None
            self._changed()

    def _turn(self, rulebook: str, parameter: Parameter, value: ParameterValue) -> None:
        studio = self._studio
        self._parameter = (rulebook, parameter)

        def turn() -> None:
            studio.set(rulebook, parameter.name, value)
            self._rule.note(rulebook, studio.rule, studio.parameters(studio.rule))
            self._changed()

        self._try(turn)

    def _pick(self, value: Any) -> None:
        if self._parameter is None or value is None:
            return
        rulebook, parameter = self._parameter
        whole = parameter.type != "number"
        self._try(lambda: self._studio.set(rulebook, parameter.name, int(value) if whole else float(value)))
        self._changed()

    def _toggle(self, rule: str, on: bool) -> None:
        self._try(lambda: self._studio.switch(rule, on=on))
        self._changed()

    def _edit(self, file: str, text: str) -> None:
        self._studio.edit(file, text)
        self._changed()

    def _undo(self) -> None:
        self._header.say(f"Taken back: {self._studio.undo() or 'nothing'}.")
        self._changed()

    def _redo(self) -> None:
        self._header.say(f"Done again: {self._studio.redo() or 'nothing'}.")
        self._changed()

    def _save(self) -> None:
        def save() -> None:
            files = self._studio.save()
            names = ", ".join(Path(one).name for one in files)
            self._header.say(f"Saved {names}." if files else "There is nothing to save.")
            self._changed()

        self._try(save)

    def _reload(self) -> None:
        if self.state is None:
            self._open()
            return
        files = self._studio.files
        stream = self._studio.stream
        self._try(lambda: self._opened(StudioState(files, stream)))

    def _try(self, step: Any) -> None:
        try:
            step()
        except TouchrulesError as error:
            self._fail(error)

    def look_again(self) -> None:
        """Tell if a rulebook was changed on disk; where nothing was set here, read it anew."""
        if self.state is None or self.state.is_as_saved():
            return
        if self.state.is_changed:
            self._header.complain("A rulebook was changed on disk. Reload reads it; what is set here goes.")
        else:
            self._reload()

    def _changed(self) -> None:
        """Show what stands, and have what it finds worked out; older answers are dropped."""
        studio = self._studio
        self._header.show(studio)
        self._rule.show(studio)
        rule, impacts = studio.rule, self._impacts
        self._later.do("impact", lambda: impacts.measure(rule), self._show_impact, _PAUSE)
        self._later.do("rows", lambda: rule_rows(studio, impacts), self._show_rows, _LONG_PAUSE)
        self._impact.hide_curve()
        self._later.do("curve", self._begin_curve, self._go_on_with_curve, _LONG_PAUSE)
        self._show_tab()

    def _show_impact(self, impact: Any) -> None:
        self._impact.show(impact, self._impacts.weeks)

    def _show_rows(self, rows: list[dict[str, Any]]) -> None:
        self._rules.items = rows

    def _begin_curve(self) -> Curving:
        """Return what is still to be found out for the curve of the parameter that was turned last."""
        studio = self._studio
        _, book = studio.find(studio.rule)
        ranged = [one for one in studio.parameters(studio.rule) if values_along(one)]
        if self._parameter is None and ranged:
            self._parameter = (book.name, ranged[0])
        if self._parameter is None:
            return iter(()), []
        rulebook, parameter = self._parameter
        current = book.parameters.get(parameter.name, parameter)
        return trace(studio, studio.rule, rulebook, current), []

    def _go_on_with_curve(self, curving: Curving) -> None:
        """Find a point after the other, so that whatever is asked meanwhile comes between them."""
        points, known = curving

        def find() -> Curving | None:
            point = next(points, None)
            return None if point is None else (points, [*known, point])

        self._later.do("curve", find, lambda more: self._curve_found(more, known))

    def _curve_found(self, more: Curving | None, known: list[tuple[float, int]]) -> None:
        if more is None:
            self._impact.show_curve(self._studio, self._parameter, known)
        else:
            self._go_on_with_curve(more)

    def _show_tab(self) -> None:
        """Bring the tab that is looked at up to date; the others wait."""
        if self.state is None:
            return
        match self._tabs.selected_index:
            case 1:
                studio = self.state
                self._later.do("findings", lambda: studio.tuning.findings(), self._findings.show)  # noqa: PLW0108
            case 3:
                self._yaml.show(self.state)
            case 4:
                self._comparison.show(self.state)
            case 5:
                self._data.show(self.state)
            case _:
                pass

    def _open_data(self, touches: str) -> None:
        files = self._studio.files
        self._header.say(f"Reading {touches} …")
        reading = partial(read_data, touches, files, self._header.progress)
        self._later.do("open", lambda: StudioState(files, reading()), self._opened)

    def _open_contact(self, contact: str) -> None:
        self._contact.show(self._studio, self._impacts.columns, contact)
        self._tabs.selected_index = _TABS.index("Contact")


_OPEN: Final[dict[str | None, Studio]] = {}


def show_studio(path: str | None) -> None:
    """Show the studio on a rulebook or the workspace: the one that is open there, if one is."""
    if path not in _OPEN:
        _OPEN[path] = Studio(path)
    display(_OPEN[path])


def move_studio(old: str, new: str) -> None:
    """Have the studio that is open on a rulebook go on with it under another name."""
    studio = _OPEN.pop(old, None)
    if studio is not None:
        _OPEN[Path(new).name] = studio
        if studio.state is not None:
            studio.state.move(Path(old).absolute(), Path(new).absolute())


def look_again(path: str) -> None:
    """Have the studio that is open on a rulebook tell if somebody else has written it."""
    studio = _OPEN.get(path)
    if studio is not None:
        studio.look_again()
