"""One contact over time: what was found, what each finding rests on, and whether both engines say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import ipywidgets as w

from touchrules.errors import Cancelled
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.wording import counted
from touchrules.replay.messages import write_local_time
from touchrules.replay.why import MANY
from touchrules.studio.case import Case, Cases, RuleTold, rested_on
from touchrules.studio.contact import Drawn, draw_contact, suggest_contacts, who_is, zone_of
from touchrules.studio.desk import Desk
from touchrules.studio.drawing.timeline import Timeline
from touchrules.studio.views.contactbar import ContactBar
from touchrules.studio.views.enginesnote import EnginesNote, Ticket
from touchrules.studio.views.texts import tag
from touchrules.studio.views.whytexts import Setting, tell_finding, tell_marks, tell_silent

_HINT: Final = "Choose a finding in the table, or type the id of a contact, and they are drawn here."
_REST: Final = 0.3
"""Seconds that somebody must have stopped typing for."""

Opened = tuple[Case, list[Drawn], list[Drawn]]


class ContactPanel(w.VBox):  # type: ignore[misc]
    """The timeline of a contact; the touch and the finding that are chosen on it are explained below.

    `verdict`: the place beside a finding for what a manager makes of it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._name = desk, ""
        self._cases = Cases()
        self._case: Case | None = None
        self._beside = desk.later.beside()
        self._chosen, self._takes_focus = ("", ""), False
        self._wanted: tuple[str, str] | None = None
        self._bar = ContactBar(self._suggest, desk.open_contact, self._pick)
        self._head = w.HTML(tag("p", _HINT, "hint"))
        self._line = Timeline(lanes=[], spans=[], marks=[], chosen="")
        self._line.observe(lambda _: self._choose(self._line.chosen, self._line.rule), ["chosen", "rule"])
        self._engines = EnginesNote(self._check_all)
        self._why, self._others = w.HTML(), w.HTML()
        self.verdict = w.HBox([])
        told = w.VBox([self._why, self.verdict])
        why = w.HBox([told, self._others])
        for box, name in ((why, "why"), (told, "told"), (self._others, "others")):
            box.add_class(f"jp-touchrules-{name}")
        super().__init__([self._bar, self._head, self._line, self._engines, why])
        self.add_class("jp-touchrules-contact")
        desk.on_change(self._changed)

    def _suggest(self, text: str, tell: Callable[[tuple[str, ...]], None]) -> None:
        if self._desk.is_open:
            columns = self._desk.impacts.columns
            self._desk.later.do("contacts", lambda: suggest_contacts(columns, text), tell, _REST)

    def open_contact(self, contact: str) -> None:
        """Show a contact, at the finding that was asked for if one was."""
        self._name, asked = contact, self._desk.finding or ("", "")
        self._takes_focus = bool(asked[0])
        if not self._is_current():
            self._wanted = asked
        elif asked[0]:
            self._choose(*asked)
        self.refresh()

    def _is_current(self) -> bool:
        """Return whether the case that is shown is that of the contact, as the rules that stand see it."""
        case = self._case
        return case is not None and case.contact == self._name and case.state is self._desk.state.state

    def _changed(self) -> None:
        if not self._is_current():
            self._engines.stop()

    def refresh(self) -> None:
        """Show the contact that was opened last, as the rules that stand see it."""
        if not self._name or self._is_current():
            return
        self._engines.stop()
        studio, cases, name = self._desk.state, self._cases, self._name

        def open_case() -> Opened:
            case = cases.open(studio, name)
            return case, *draw_contact(studio, case)

        self._desk.later.do("contact", open_case, self._show)

    def _show(self, opened: Opened) -> None:
        """Show a case at the finding that was asked for, else at the first."""
        case, lanes, spans = opened
        if case.contact != self._name:  # somebody went back to another one meanwhile
            return
        self._case = case
        touches, found = len(case.own), len(case.findings)
        named = f"{case.contact}: {counted(touches, 'touch')}, {counted(found, 'finding')}"
        named = named if touches else f"No touch concerns {case.contact}."
        self._head.value = tag("h3", named) + tag("p", who_is(case), "touch")
        touch, rule = self._chosen if self._wanted is None else self._wanted
        self._wanted = None
        known = {one["id"] for lane in lanes for one in lane["touches"]}
        if touch not in known:
            touch, rule = (case.findings[0].touch_id, case.findings[0].rule) if case.findings else ("", "")
        if (touch, rule) not in {(one.touch_id, one.rule) for one in case.findings}:
            rule = ""  # found no longer: what else there is about the touch is told
        self._chosen = ("", "")
        with self._line.hold_sync():
            self._line.lanes, self._line.spans, self._line.lit = lanes, spans, []
            self._line.zone = zone_of(case)
        self._choose(touch, rule)
        if not touch:
            self._render()
        if self._takes_focus:
            self._takes_focus = False
            self._bar.take_focus()

    def _pick(self, place: int) -> None:
        """Go to one of the findings."""
        if self._case is not None:
            one = self._case.findings[place]
            self._choose(one.touch_id, one.rule)

    def _choose(self, touch: str, rule: str) -> None:
        """Look at a touch, and at the finding of a rule there; no rule: the first that found it."""
        case = self._case
        if case is None or not touch:
            return
        there = [one.rule for one in case.findings if one.touch_id == touch]
        rule = rule if rule or not there else there[0]
        if (touch, rule) == self._chosen:
            return
        self._chosen = (touch, rule)
        self._line.chosen, self._line.rule = touch, rule
        self._render()
        if not (self._engines.is_busy and case.is_explained(case.row_of(touch), rule)):
            self._go_on(self._engines.begin())

    def _go_on(self, ticket: Ticket) -> None:
        """Find out step by step, beside all other work, what is chosen rests on."""
        case = self._case
        if case is None or ticket.is_stopped:
            return
        row, rule = case.row_of(self._chosen[0]), self._chosen[1]

        def work() -> bool:
            try:
                step = case.next_step(row, rule)
                if step is not None:
                    step(ticket.progress)
                    case.rules(row)  # told here, so that showing it takes no time
            except Cancelled:
                return False
            return step is not None

        self._beside.do("why", work, partial(self._worked, ticket, case))

    def _worked(self, ticket: Ticket, case: Case, more: bool) -> None:
        if case is not self._case or ticket.is_stopped:
            return
        if not more:
            self._engines.stop()
        self._render()
        if more:
            self._go_on(ticket)

    def _check_all(self) -> None:
        """Have the rules compared too that look at very many touches."""
        case = self._case
        if case is None:
            return
        ticket = self._engines.begin()
        self._render()

        def work() -> bool:
            try:
                case.check_all(ticket.progress)
            except Cancelled:
                return False
            return True

        self._beside.do("why", work, partial(self._worked, ticket, case))

    def _render(self) -> None:
        """Show what is known by now of what is chosen."""
        case, (touch, rule) = self._case, self._chosen
        if case is None:
            return
        zone = zone_of(case, case.row_of(touch) if touch else None)
        places = {(one.touch_id, one.rule): place for place, one in enumerate(case.findings)}
        titles = [
            f"{write_local_time(one.at, zone)}  {self._find(case, one.rule)[0].title}"
            for one in case.findings
        ]
        self._bar.show(case.contact, titles, places.get((touch, rule)))
        self._engines.show(case.agreement())
        if not touch:
            self._why.value = tag("p", "No rule finds anything about this contact.", "hint")
            self._others.value = ""
            return
        self._render_touch(case, Setting(columns=case.whys.columns, zone=zone))

    def _render_touch(self, case: Case, setting: Setting) -> None:
        touch, rule = self._chosen
        row = case.row_of(touch)
        told = case.rules(row)
        chosen = next((one for one in told if one.seen.rule == rule), None)
        cells = setting.cells(row)
        head = tag("p", f"{cells['at']} ({setting.zone}): {cells['what']}, {cells['rep_id']}", "touch")
        if chosen is not None:
            home, since = self._find(case, rule), partial(self._since, case, row)
            self._why.value = head + tell_finding(chosen, home, setting, since, self._note(chosen))
        else:
            waits = "Asking the engines why …" if rule else "No rule found this touch."
            self._why.value = head + tag("p", waits, "hint")
        own = frozenset(case.own.tolist())
        lit = [] if chosen is None else [one for one in rested_on(chosen.seen).tolist() if one in own]
        self._line.lit = case.names_of(lit)
        kept_out = {name for name in (one.seen.rule for one in told) if not self._find(case, name)[0].report}
        silent = [one for one in told if not one.seen.found]
        silent.sort(key=lambda one: (one.seen.rule in kept_out, one.seen.title))
        marks = [one for one in told if one.seen.found and one.seen.rule in kept_out]
        self._others.value = tell_marks(marks) + (tell_silent(silent) if silent else "")

    def _find(self, case: Case, rule: str) -> tuple[Rule, Rulebook]:
        """Return a rule of a case, which may stand no longer, and its rulebook."""
        return self._desk.state.find(rule, case.state)

    def _since(self, case: Case, row: int, fact: str) -> str:
        since = case.stood_since(fact, row)
        return "" if since is None else f" since {write_local_time(since, zone_of(case, row))}"

    def _note(self, told: RuleTold) -> str:
        """Return who says so, in words."""
        needs = self._case.needs.get(told.seen.rule, 0) if self._case is not None else 0
        match told.voice:
            case "both":
                return "Both engines say so, with the same numbers."
            case "durable":
                return "The durable engine says so."
            case "neither":
                return "The engines differ here. Please report this."
        if needs > MANY:
            return (
                f"Not checked by the durable engine: this rule looks at the whole desk ({needs:,} touches)."
            )
        return "The columnar engine says so; the durable one is being asked."
