"""What of the past is looked at: every number is of the touches within, whatever was found before them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.studio.conftest import touches
from touchrules.errors import ArgumentError
from touchrules.replay.columns import Columns
from touchrules.streams.records import read_records
from touchrules.studio.breakdown import break_down, differ_in
from touchrules.studio.choices import make_offer, offer_segments, segment_of, tell_team, ticked_segment
from touchrules.studio.curve import trace
from touchrules.studio.groupings import Groupings
from touchrules.studio.impact import Count, Impacts
from touchrules.studio.rows import rule_rows
from touchrules.studio.scope import EVERYTHING, Period, Scope, name_period
from touchrules.studio.state import StudioState

MANY = "too-many-calls"
TUESDAY_ON = Scope(period=Period(since="2025-03-04"))
ANN = Scope(reps=("ann",))


def turn(studio: StudioState, value: int) -> None:
    studio.set("manners", "cap", value)


def test_a_finding_of_a_period_counts_what_was_before_it(studio: StudioState) -> None:
    studio.narrow(TUESDAY_ON)
    impact = Impacts(studio).measure(MANY)
    assert impact.found == Count(now=2, saved=2)  # calls 4 and 5 within seven days
    assert impact.looked == Count(now=2, saved=2)
    assert impact.contacts == Count(now=1, saved=1)
    assert impact.mondays == ("2025-03-03", "2025-03-10", "2025-03-17")


def test_a_team_leaves_the_touches_of_its_reps(studio: StudioState) -> None:
    studio.narrow(ANN)
    impact = Impacts(studio).measure(MANY)
    assert impact.people == Count(now=1, saved=1)
    assert {one.rep for one in impact.examples["both"]} == {"ann"}
    assert impact.looked.now == 5


def test_a_segment_needs_one_of_its_values_in_each_field(studio: StudioState) -> None:
    studio.narrow(Scope(segment=(("kind", ("email", "note")), ("direction", ("inbound",)))))
    chosen = studio.chosen
    assert chosen is not None
    assert studio.columns.texts("touch_id", np.flatnonzero(chosen)).to_pylist() == ["q"]


def test_the_list_the_curve_and_the_table_are_of_the_scope(studio: StudioState) -> None:
    studio.narrow(TUESDAY_ON)
    row = next(one for one in rule_rows(studio, Impacts(studio)) if one["id"] == MANY)
    assert (row["found"], row["saved_found"], row["looked"], sum(row["weeks"])) == (2, 2, 2, 2)
    cap = studio.parameters(MANY)[0]
    assert sorted(trace(studio, MANY, "manners", cap))[:5] == [(1, 2), (2, 2), (3, 2), (4, 1), (5, 0)]
    table = studio.tuning.findings(chosen=studio.chosen)
    assert table.column("touch_id").to_pylist() == ["a4", "a5"]


def test_everything_is_counted_where_nothing_is_chosen(studio: StudioState) -> None:
    impacts = Impacts(studio)
    assert studio.chosen is None
    every = np.ones(len(studio.stream), np.bool_)
    assert studio.tuning.count_looked(every) == dict(impacts.looked(studio.state))


def test_what_a_rule_looks_at_is_told_touch_by_touch(studio: StudioState) -> None:
    for rule, count in studio.tuning.outcome().looked.items():
        assert np.count_nonzero(studio.tuning.looked_at(rule)) == count


def test_a_scope_is_taken_back_and_taken_again_between_steps_of_tuning(studio: StudioState) -> None:
    turn(studio, 3)
    studio.narrow(Scope(period=Period(since="2025-01-01", until="2025-03-31")))
    turn(studio, 4)
    assert (studio.undo(), studio.undoable) == ("manners.cap = 4", "period set to Q1 2025")
    studio.undo()
    assert studio.scope == EVERYTHING
    assert studio.state.settings == {"manners.cap": 3}
    assert (studio.redo(), studio.redo(), studio.redoable) == (
        "period set to Q1 2025",
        "manners.cap = 4",
        None,
    )
    assert (studio.scope.period.since, studio.state.settings) == ("2025-01-01", {"manners.cap": 4})


def test_steps_of_tuning_that_nobody_asked_about_are_taken_back_one_by_one(studio: StudioState) -> None:
    turn(studio, 3)
    turn(studio, 4)
    studio.undo()
    assert studio.state.settings == {"manners.cap": 3}


def test_another_step_after_undo_drops_what_was_undone(studio: StudioState) -> None:
    turn(studio, 3)
    studio.undo()
    studio.narrow(ANN)
    assert studio.redoable is None
    studio.undo()
    assert studio.scope == EVERYTHING
    assert studio.undoable is None


def test_a_period_that_ends_before_it_begins_is_refused(studio: StudioState) -> None:
    with pytest.raises(ArgumentError, match="before it begins"):
        studio.narrow(Scope(period=Period(since="2025-03-04", until="2025-03-01")))
    assert studio.scope == EVERYTHING


def test_a_scope_that_nothing_is_in_counts_nothing(studio: StudioState) -> None:
    studio.narrow(Scope(period=Period(since="2030-01-01")))
    impacts = Impacts(studio)
    impact = impacts.measure(MANY)
    assert (impact.found.now, impact.looked.now, impact.mondays) == (0, 0, ())
    assert break_down(studio, impacts, MANY, "rep_id").groups == ()


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Period(), "all"),
        (Period(since="2025-07-01", until="2025-07-31"), "July 2025"),
        (Period(since="2024-10-01", until="2024-12-31"), "Q4 2024"),
        (Period(until="2025-07-31"), "until 2025-07-31"),
    ],
)
def test_periods_are_named(period: Period, name: str) -> None:
    assert name_period(period) == name


def test_findings_by_group_are_what_a_plain_recount_gives(studio: StudioState) -> None:
    turn(studio, 3)
    studio.narrow(Scope(period=Period(since="2025-03-02")))
    impacts = Impacts(studio)
    rows = [
        dict(zip(("touch", "rep", "day", "kind"), row, strict=True))
        for row in studio.stream.rows(("touch_id", "rep_id", "local_date", "kind"))
    ]
    found = {"now": {"a4", "a5"}, "saved": {"a3", "a4", "a5", "b3"}}
    told = {one.name: one for one in break_down(studio, impacts, MANY, "rep_id").groups}
    for rep in ("ann", "bob"):
        mine = [row for row in rows if row["rep"] == rep and row["day"] >= "2025-03-02"]
        now, saved = (sum(row["touch"] in found[side] for row in mine) for side in ("now", "saved"))
        looked = sum(row["kind"] == "call" for row in mine)
        assert told[rep].found == Count(now=now, saved=saved)
        assert told[rep].looked == Count(now=looked, saved=looked)


def test_hours_and_weekdays_stand_in_their_own_order(studio: StudioState) -> None:
    told = break_down(studio, Impacts(studio), MANY, "weekday")
    assert [one.name for one in told.groups] == ["mon", "tue", "wed"]
    assert [one.name for one in break_down(studio, Impacts(studio), MANY, "local_hour").groups] == ["10:00"]


def test_examples_of_a_group_are_of_that_group_alone(studio: StudioState) -> None:
    turn(studio, 3)
    impacts = Impacts(studio)
    found = differ_in(studio, impacts, MANY, "rep_id", "ann")
    examples = impacts.examples(MANY, found)
    assert [one.contact for one in examples["no longer"]] == ["c2", "c1"]
    assert {one.rep for some in examples.values() for one in some} == {"ann"}


@pytest.fixture
def teams(file: Path) -> StudioState:
    """Touches of reps in two teams, one of whom changed, with a number and a truth that have few values."""
    rows = [("ann", "north"), ("bob", "south"), ("cleo", "north"), ("cleo", "south"), ("dan", None)]
    return StudioState(
        [str(file)],
        read_records(
            [
                {
                    "touch_id": f"t{place}",
                    "contact_id": "c1",
                    "at": f"2025-0{place + 1}-15 10:00",
                    "kind": "call",
                    "rep_id": rep,
                    "team": team,
                    "step": place % 2,
                    "icp": place == 0,
                    "text": "Just checking in",
                }
                for place, (rep, team) in enumerate(rows)
            ]
        ),
    )


def test_a_field_that_names_teams_makes_ready_teams(teams: StudioState) -> None:
    offer = make_offer(teams)
    assert offer.team[0]["options"] == [
        {"label": "north", "members": ["ann", "cleo"]},
        {"label": "south", "members": ["bob", "cleo"]},
    ]
    assert tell_team(Scope(reps=("ann", "cleo")), teams.groupings) == "north"
    assert tell_team(Scope(reps=("ann", "bob")), teams.groupings) == "2 reps"


def test_segments_are_of_fields_with_few_values(teams: StudioState) -> None:
    offer = {one["title"]: [each["label"] for each in one["options"]] for one in make_offer(teams).segment}
    assert offer["Step"] == ["0", "1"]
    assert offer["Icp"] == ["no", "yes"]
    assert "Kind" not in offer  # all are calls
    assert not {"Text", "Touch id", "Contact id"} & offer.keys()


def test_ticked_choices_and_segments_are_each_other() -> None:
    scope = Scope(segment=(("kind", ("call", "sms")), ("icp", ("yes",))))
    assert segment_of(ticked_segment(scope)) == scope.segment


def test_a_touch_without_the_field_is_in_no_segment_and_told_as_nothing(teams: StudioState) -> None:
    told = break_down(teams, Impacts(teams), "idle-opener", "team")
    assert {one.name: one.found.now for one in told.groups} == {"north": 2, "south": 2, "(nothing)": 1}
    teams.narrow(Scope(segment=(("team", ("north", "south")),)))
    assert Impacts(teams).measure("idle-opener").found.now == 4


def test_the_periods_to_choose_are_those_of_the_data(teams: StudioState) -> None:
    assert [name for name, _ in make_offer(teams).periods] == [
        "All",
        "Last month (May 2025)",
        "Last quarter (Q2 2025)",
        "Q1 2025",
        "Q2 2025",
    ]


def test_no_touches_offer_nothing(file: Path) -> None:
    empty = StudioState([str(file)], touches().until(0))
    assert [name for name, _ in make_offer(empty).periods] == ["All"]
    assert break_down(empty, Impacts(empty), MANY, "kind").groups == ()


def test_a_heading_leaves_the_names_in_it_as_they_are_written() -> None:
    row = {"touch_id": "n", "contact_id": "c1", "at": "2025-03-01 10:00", "kind": "call", "CRM_stage": "won"}
    columns = Columns(read_records([row, {**row, "touch_id": "m", "CRM_stage": "lost"}]))
    offered = offer_segments(Groupings(columns))
    assert "CRM stage" in [one["title"] for one in offered]
