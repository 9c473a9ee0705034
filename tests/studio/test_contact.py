"""The view of one contact: its findings, what each rests on, and whether both engines say so."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, WhenTold, write_touches
from touchrules.replay import why
from touchrules.replay.why import Whys
from touchrules.streams.records import read_records
from touchrules.studio import Studio
from touchrules.studio.case import Case, Cases, RuleTold
from touchrules.studio.contact import draw_contact, suggest_contacts, zone_of
from touchrules.studio.state import StudioState
from touchrules.studio.views.contact import ContactPanel
from touchrules.studio.views.enginesnote import EnginesNote


@pytest.fixture
def panel(app: Studio) -> ContactPanel:
    app.desk.open_contact("c1", ("a4", "too-many-calls"))
    return app._contact


def explain(case: Case, touch: str, rule: str) -> None:
    """Do all steps."""
    while (step := case.next_step(case.row_of(touch), rule)) is not None:
        step(None)


def click(panel: ContactPanel, touch: str) -> None:
    """What the drawing sets when somebody clicks on a touch."""
    with panel._line.hold_trait_notifications():
        panel._line.chosen, panel._line.rule = touch, ""


def rule_at(case: Case, touch: str, rule: str) -> RuleTold:
    """How a rule saw a touch."""
    return next(one for one in case.rules(case.row_of(touch)) if one.seen.rule == rule)


def test_a_row_of_the_findings_opens_its_contact_at_that_finding(app: Studio) -> None:
    app._tabs.selected_index = 1
    app._findings.table.answer({"choose": 2})
    finding = app._findings._found.slice(2, 1).to_pylist()[0]
    assert app._contact._chosen == (finding["touch_id"], finding["rule"])
    assert app._contact._line.chosen == finding["touch_id"]
    assert app._tabs.selected_index == 2


def test_numbers_stand_beside_thresholds_and_what_was_counted_is_lit(panel: ContactPanel) -> None:
    told = panel._why.value
    assert "<td>calls with the same contact in the last 7 days</td><td>4</td><td>more than 2</td>" in told
    assert "It rests on 4 touches" in told
    assert panel._line.lit == ["a1", "a2", "a3", "a4"]
    assert "Both engines say so" in told


def test_both_engines_agree_quietly(panel: ContactPanel) -> None:
    assert "Both engines agree (4 findings)" in panel._engines._text.value


def test_rules_that_looked_and_stayed_silent_say_what_failed(panel: ContactPanel) -> None:
    click(panel, "a2")
    assert panel._line.lit == []
    assert "No rule found this touch" in panel._why.value
    assert "calls with the same contact in the last 7 days: 2, not more than 2" in panel._others.value
    assert "<td>both</td>" in panel._others.value


def test_a_broken_expectation_tells_when_the_time_ran_out(app: Studio) -> None:
    app.desk.open_contact("c3")
    assert app._contact._chosen == ("q", "answer")
    assert "to 2025-03-03 10:00: broken. Nothing came in time" in app._contact._why.value


def test_buttons_lead_from_finding_to_finding(panel: ContactPanel) -> None:
    bar = panel._bar
    assert bar.findings.options[0][0] == "2025-03-01 10:00  Say why you call"
    assert bar.findings.value == 2
    bar.following.click()
    assert panel._chosen == ("a5", "too-many-calls")
    assert (bar.following.disabled, bar.previous.disabled) == (True, False)
    bar.previous.click()
    assert panel._chosen == ("a4", "too-many-calls")
    bar.findings.value = 0
    assert panel._chosen == ("a1", "idle-opener")


def test_a_contact_is_searched_and_opened_once_its_id_is_typed(panel: ContactPanel) -> None:
    panel._bar.search.value = "c"
    assert panel._bar.search.options == ("c1", "c2", "c3", "c9")
    assert panel._name == "c1"
    panel._bar.search.value = "c9"
    assert panel._name == "c9"
    assert "No rule finds anything" in panel._why.value


def test_contacts_that_begin_with_a_text_are_offered_first(studio: StudioState) -> None:
    assert suggest_contacts(Cases().open(studio, "c1").whys.columns, "C") == ("c1", "c2", "c3", "c9")
    assert suggest_contacts(Cases().open(studio, "c1").whys.columns, "9") == ("c9",)


def test_a_turned_control_is_seen_where_the_contact_is_looked_at_again(
    app: Studio, panel: ContactPanel
) -> None:
    app._tabs.selected_index = 0
    app._tune.rule._controls.children[0].value = 3
    app._tabs.selected_index = 2
    assert panel._chosen == ("a4", "too-many-calls")
    assert "<td>4</td><td>more than 3</td>" in panel._why.value


def test_a_difference_between_the_engines_is_loud(studio: StudioState) -> None:
    case = Cases().open(studio, "c1")
    decision = case.whys.decision
    found = decision.outcome.findings["too-many-calls"]
    fewer = dataclasses.replace(found, rows=found.rows[:1], at=found.at[:1], values=found.values[:1])
    findings = {**decision.outcome.findings, "too-many-calls": fewer}
    outcome = dataclasses.replace(decision.outcome, findings=findings)
    whys = Whys(dataclasses.replace(decision, outcome=outcome), studio.state.rulebooks, {})
    wrong = Case("c1", studio.state, whys)
    explain(wrong, "a4", "too-many-calls")
    assert [(one.name, one.touch_id) for one in wrong.agreement().differences] == [
        ("too-many-calls", "a4"),
        ("too-many-calls", "a5"),
    ]
    assert rule_at(wrong, "a4", "too-many-calls").voice == "neither"
    note = EnginesNote(lambda: None)
    note.show(wrong.agreement())
    assert 'role="alert"' in note._text.value
    assert "The engines do not agree on 2 rows" in note._text.value


def test_a_rule_that_looks_at_too_many_touches_waits_until_it_is_asked_for(
    studio: StudioState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchrules.studio.case.MANY", -1)
    monkeypatch.setattr(why, "MANY", -1)
    case = Cases().open(studio, "c1")
    explain(case, "a4", "too-many-calls")
    assert "too-many-calls" in case.agreement().unchecked
    told = rule_at(case, "a4", "too-many-calls")
    assert (told.voice, told.seen.tests[0].looked[0].was) == ("columnar", "4")
    case.check_all(None)
    assert case.agreement().unchecked == ()


def test_a_contact_is_drawn_on_their_own_clocks(file: Path) -> None:
    row = {"touch_id": "n", "contact_id": "c1", "at": "2025-03-01 23:30", "kind": "call"}
    studio = StudioState([str(file)], read_records([{**row, "timezone": "America/New_York"}]))
    case = Cases().open(studio, "c1")
    lanes, _ = draw_contact(studio, case)
    touch = lanes[0]["touches"][0]
    assert zone_of(case) == "America/New_York"
    assert touch["when"] == "2025-03-01 18:30 America/New_York"
    assert touch["at"] == 1_740_853_800_000  # 18:30 on that day


def test_what_somebody_types_stays_while_the_engines_are_compared(panel: ContactPanel) -> None:
    panel._bar.search.value = "c"
    panel._render()
    assert panel._bar.search.value == "c"


def without(rule: str) -> str:
    """The rulebook without a rule that stands before others."""
    begin = BOOK.index(f"  - id: {rule}")
    return BOOK[:begin] + BOOK[BOOK.index("  - {id: idle") :]


def test_a_contact_that_is_open_can_be_clicked_on_after_the_rule_of_its_finding_is_gone(
    file: Path, tmp_path: Path
) -> None:
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    app.desk.open_contact("c1", ("a4", "too-many-calls"))
    later.go_on()
    panel = app._contact
    app.desk.rewrite(app.state.state.sources[0].file, without("too-many-calls"))
    panel._bar.following.click()
    assert panel._chosen == ("a5", "too-many-calls")
    assert [label for label, _ in panel._bar.findings.options][1].endswith("Call no more than twice a week")
    later.go_on()
    assert [label for label, _ in panel._bar.findings.options] == ["2025-03-01 10:00  Say why you call"]
    assert panel._chosen == ("a5", "")


def test_a_contact_that_somebody_left_before_it_was_open_is_not_shown(file: Path, tmp_path: Path) -> None:
    later = WhenTold()
    app = Studio(str(file), str(write_touches(tmp_path)), later=later)
    later.go_on()
    app.desk.open_contact("c1")
    later.go_on()
    app.desk.open_contact("c2", ("b3", "too-many-calls"))
    app._contact._check_all()
    app.desk.open_contact("c1", ("a5", "too-many-calls"))
    later.go_on()
    assert app._contact._case.contact == "c1"
    assert app._contact._chosen == ("a5", "too-many-calls")
