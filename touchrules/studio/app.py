"""The studio: rules on the left, the chosen one and what it does on the right, everything undoable."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import ipywidgets as w
from IPython.display import display

from touchrules.studio.desk import Desk
from touchrules.studio.later import AtOnce, InTheLoop, Later
from touchrules.studio.reporter import Reporter
from touchrules.studio.reporting import Reports, listen
from touchrules.studio.state import StudioState
from touchrules.studio.views.changelist import ChangeList
from touchrules.studio.views.compare import ComparePanel
from touchrules.studio.views.contact import ContactPanel
from touchrules.studio.views.data import DataPanel
from touchrules.studio.views.exporting import ExportPanel
from touchrules.studio.views.findings import FindingsPanel
from touchrules.studio.views.header import Header
from touchrules.studio.views.problems import ProblemsPanel
from touchrules.studio.views.rules import RulesPanel
from touchrules.studio.views.saving import SavePanel
from touchrules.studio.views.scopebar import ScopeBar
from touchrules.studio.views.tune import TunePanel
from touchrules.studio.views.versions import VersionsPanel
from touchrules.studio.views.yamltext import YamlPanel

_VIEWS: Final = Path(__file__).parent / "views"
_STYLE: Final = "".join(
    (_VIEWS / f"{name}.css").read_text(encoding="utf-8") for name in ("studio", "form", "export")
)


class Studio(w.VBox):  # type: ignore[misc]
    """The studio on the rulebooks of a folder (or beside one file) and a file of touches.

    `path`: a rulebook; None: the workspace's. `touches`: a file of touches; None: those of the environment,
    or a year of a made-up company. `later`: how work is done that must not block the screen. `standing`: what
    stood in a studio whose Python is gone, as it told it; it stands again.
    """

    def __init__(
        self,
        path: str | None = None,
        touches: str | None = None,
        *,
        later: Later | None = None,
        standing: str | None = None,
    ) -> None:
        self.desk = desk = Desk(later or self._find_later())
        self._header = desk.words = Header(desk)
        self._reporter = Reporter(desk)
        self._header.on_work(self._reporter.working, self._reporter.resting)
        self._scope = ScopeBar(desk)
        self._rules, self._tune = RulesPanel(desk), TunePanel(desk)
        self._changes = ChangeList(desk)
        self._saving = SavePanel(desk, self._changes)
        self._exporting = ExportPanel(desk, self._header.focus_export)
        self._views: dict[str, Callable[[], Any]] = {
            "Tune": lambda: self._tune,
            "Findings": lambda: self._findings,
            "Contact": lambda: self._contact,
            "YAML": lambda: self._yaml,
            "Compare": lambda: self._comparison,
            "History": lambda: self._versions,
            "Data": lambda: self._data,
        }
        self._shown: dict[str, int] = {}
        self._places = [w.VBox() for _ in self._views]
        self._tabs = w.Tab(children=self._places, titles=tuple(self._views))
        self._trouble_place = w.VBox()
        self._tabs.observe(lambda _: self._refresh_tab(), "selected_index")
        self._body = w.HBox([self._rules, self._tabs])
        self._body.add_class("jp-touchrules-body")
        style = w.HTML(f"<style>{_STYLE}</style>")
        asked = (self._saving, self._exporting)
        super().__init__([style, self._header, self._trouble_place, *asked, self._scope, self._body])
        self.add_class("touchrules-studio")
        self._rules.on_marks(self._tune.rule.show_marks)
        desk.on_change(self._refresh)
        desk.on_contact(self._show_contact)
        desk.on_rule(lambda: self._show("Tune"))
        desk.on_saving(self._ask_to_save)
        desk.on_exporting(self._ask_to_export)
        desk.on_trouble(self._refresh_trouble)
        self._refresh_tab()
        if standing is None:
            desk.open(path, touches)
        else:
            desk.open_again(path, standing)

    # Views that wait for somebody to look at them are made then: each is dozens of widgets.

    @cached_property
    def _findings(self) -> FindingsPanel:
        return FindingsPanel(self.desk)

    @cached_property
    def _contact(self) -> ContactPanel:
        return ContactPanel(self.desk)

    @cached_property
    def _yaml(self) -> YamlPanel:
        return YamlPanel(self.desk)

    @cached_property
    def _comparison(self) -> ComparePanel:
        return ComparePanel(self.desk, self._changes)

    @cached_property
    def _versions(self) -> VersionsPanel:
        return VersionsPanel(self.desk)

    @cached_property
    def _data(self) -> DataPanel:
        return DataPanel(self.desk)

    @cached_property
    def _problems(self) -> ProblemsPanel:
        panel = ProblemsPanel(self.desk)
        self._trouble_place.children = [panel]
        return panel

    @property
    def reports(self) -> Reports:
        """What is told to the tab."""
        return self._reporter.reports

    @property
    def state(self) -> StudioState | None:
        """The state that stands; None while the studio opens."""
        return self.desk.state if self.desk.is_open else None

    def _find_later(self) -> Later:
        """Return what does work beside the kernel's loop, or at once where there is none."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return AtOnce()
        return InTheLoop(self._fail, self._rest)

    def _fail(self, error: BaseException) -> None:
        self.desk.fail(error)

    def _rest(self) -> None:
        self.desk.words.rest()

    def _show(self, name: str) -> None:
        self._tabs.selected_index = list(self._views).index(name)

    def _ask_to_save(self) -> None:
        self._exporting.give_up()
        self._saving.ask()

    def _ask_to_export(self) -> None:
        self._saving.give_up()
        self._exporting.ask()

    def _show_contact(self, contact: str) -> None:
        self._contact.open_contact(contact)
        self._show("Contact")

    def _refresh(self) -> None:
        self._header.refresh()
        self._scope.refresh()
        self._rules.refresh()
        self._saving.refresh()
        self._exporting.refresh()
        self._refresh_tab()

    def _refresh_trouble(self) -> None:
        """Show what is wrong with the files in the place of the rules, while something is."""
        is_troubled = self.desk.trouble is not None
        if is_troubled or self._trouble_place.children:
            self._problems.refresh()
        for part in (self._scope, self._body):
            part.layout.display = "none" if is_troubled else ""
        if is_troubled:
            self._saving.give_up()
            self._exporting.give_up()
            self._header.troubled()
        elif self.desk.is_open:
            self._header.ready(self.desk.state)
            self._header.refresh()

    def _refresh_tab(self) -> None:
        """Bring the tab that is looked at up to date; the others wait."""
        index = self._tabs.selected_index
        if index is None:
            return
        name = list(self._views)[index]
        view = self._views[name]()
        if not self._places[index].children:
            self._places[index].children = [view]
        if self.desk.is_open and self._shown.get(name) != self.desk.serial:
            self._shown[name] = self.desk.serial
            view.refresh()


_OPEN: Final[dict[str | None, Studio]] = {}


def show_studio(path: str | None, standing: str | None = None) -> None:
    """Show the studio on a rulebook or the workspace: the one that is open there, if one is.

    `standing`: what stood in the one that was open there when Python ended, as it was told to the tab.
    """
    listen(lambda name: _OPEN[name].reports if name in _OPEN else None)
    if path not in _OPEN:
        _OPEN[path] = Studio(path, standing=standing)
    display(_OPEN[path])


def move_studio(old: str, new: str) -> None:
    """Have the studio that is open on a rulebook go on with it under another name."""
    studio = _OPEN.pop(old, None)
    if studio is not None:
        _OPEN[Path(new).name] = studio
        studio.desk.moved(Path(old).absolute(), Path(new).absolute())


def look_again(path: str) -> None:
    """Have the studio that is open on a rulebook tell if somebody else has written it."""
    studio = _OPEN.get(path)
    if studio is not None:
        studio.desk.look_again()
