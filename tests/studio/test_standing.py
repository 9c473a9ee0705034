"""What stands in a studio outlives it, and is never written over what others wrote meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.errors import ArgumentError
from touchrules.streams.mapping import Column, FieldMapping
from touchrules.studio.again import Again, asked_before, open_again
from touchrules.studio.desk import Desk
from touchrules.studio.folders import find_mapping
from touchrules.studio.inspection import inspect_file, mapping_of
from touchrules.studio.later import AtOnce
from touchrules.studio.opening import Asked, Data
from touchrules.studio.scope import Period, Scope
from touchrules.studio.standing import read_standing, standing_of, take_up, write_standing
from touchrules.studio.state import StudioState
from touchrules.studio.views.header import Header


def again(file: Path, studio: StudioState) -> StudioState:
    """A fresh studio in which stands what another one told, through the text that a tab keeps."""
    told = json.dumps(write_standing(standing_of(studio)))
    fresh = StudioState([str(file)], touches())
    take_up(fresh, read_standing(told))
    return fresh


def test_settings_switched_rules_and_the_chosen_rule_stand_again(file: Path, studio: StudioState) -> None:
    book = studio.state.rulebooks[0]
    studio.set("manners", "cap", 3)
    studio.set("manners", "window", 14 * 86_400_000_000)
    studio.set("manners", "openers", ("so then", "anyway"))
    studio.switch("answer", on=False)
    studio.choose("idle-opener")
    fresh = again(file, studio)
    assert fresh.rule == "idle-opener"
    assert fresh.state.rulebooks == studio.state.rulebooks != (book,)


def test_an_edited_text_stands_again_with_what_was_set_in_it(file: Path, studio: StudioState) -> None:
    studio.edit(str(file), BOOK.replace("Call no more than twice", "Call seldom"))
    studio.set("manners", "cap", 5)
    fresh = again(file, studio)
    assert fresh.find("too-many-calls")[0].title == "Call seldom a week"
    assert fresh.pending() == studio.pending()


def test_all_that_stands_again_is_taken_back_by_one_step(file: Path, studio: StudioState) -> None:
    studio.set("manners", "cap", 3)
    studio.switch("answer", on=False)
    fresh = again(file, studio)
    fresh.undo()
    assert not fresh.is_changed


def test_where_nothing_is_set_nothing_can_be_taken_back(file: Path, studio: StudioState) -> None:
    assert again(file, studio).tuning.undoable is None


def test_a_text_is_not_put_over_what_somebody_else_wrote(file: Path, studio: StudioState) -> None:
    studio.edit(str(file), BOOK.replace("severity: high", "severity: low"))
    file.write_text(BOOK + "# somebody else\n")
    with pytest.raises(ArgumentError, match="was changed since its text was edited"):
        again(file, studio)


def test_a_setting_stands_again_over_a_file_that_somebody_else_wrote(file: Path, studio: StudioState) -> None:
    studio.set("manners", "cap", 3)
    file.write_text(BOOK.replace("severity: high", "severity: low"))
    fresh = again(file, studio)
    assert fresh.state.rulebooks[0].parameters["cap"].value == 3
    assert fresh.find("too-many-calls")[0].severity == "low"


def test_what_a_renamed_file_had_stands_again_under_its_new_name(file: Path, studio: StudioState) -> None:
    new = file.with_name("renamed.rulebook.yaml")
    studio.edit(str(file), BOOK.replace("severity: high", "severity: low"))
    file.rename(new)
    studio.move(file, new)
    assert again(new, studio).find("too-many-calls")[0].severity == "low"


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"texts": {}, "colour": 1}', '{"texts": {"a": 1}}'])
def test_what_is_no_standing_is_refused_in_words(told: str) -> None:
    with pytest.raises(ArgumentError, match="What was set cannot be read"):
        read_standing(told)


def test_the_scope_and_the_touches_are_told_too(studio: StudioState) -> None:
    scope = Scope(period=Period(since="2025-03-02"), reps=("ann",), segment=(("kind", ("call", "email")),))
    studio.narrow(scope)
    data = Data(path="march.csv", bad_rows="skip")
    standing = standing_of(studio, data)
    assert read_standing(json.dumps(write_standing(standing))) == standing
    assert (standing.scope, standing.touches, standing.bad_rows) == (scope, "march.csv", "skip")


def test_a_mapping_that_was_used_and_not_saved_is_used_again(file: Path, studio: StudioState) -> None:
    export = file.with_name("calls.csv")
    export.write_text("Id,Who,When,What\n1,c1,2025-03-01 10:00,call\n")
    columns = {"touch_id": "Id", "contact_id": "Who", "at": "When", "kind": "What"}
    fields = {field: FieldMapping(origin=Column(name=name)) for field, name in columns.items()}
    mapping = mapping_of(inspect_file(export), fields, "Europe/Berlin")
    told = json.dumps(write_standing(standing_of(studio, Data(path=str(export), mapping=mapping))))
    opened = open_again(asked_before(str(file), told), told)
    assert isinstance(opened, Again)
    table = opened.studio.stream.table
    assert table.column("touch_id").to_pylist() == ["1"]
    assert table.column("local_hour").to_pylist() == [10]
    assert find_mapping(export) is None


def test_a_mapping_that_is_none_opens_what_was_asked_for_without_it(file: Path, studio: StudioState) -> None:
    standing = {**write_standing(standing_of(studio)), "touches": "calls.csv", "mapping": "columns: 1"}
    with pytest.raises(ArgumentError, match="What was set cannot be read"):
        read_standing(json.dumps(standing))
    assert asked_before(str(file), json.dumps(standing)) == Asked(path=str(file))


def test_where_the_touches_are_gone_what_was_set_waits_for_others(file: Path, studio: StudioState) -> None:
    table = touches().table.drop_columns(["local_hour", "weekday", "local_date"])
    pq.write_table(table, file.with_name("touches.parquet"))
    studio.set("manners", "cap", 3)
    told = json.dumps(write_standing(standing_of(studio, Data(path="gone.csv"))))
    desk = Desk(AtOnce())
    desk.words = Header(desk)
    desk.open_again(str(file), told)
    assert desk.trouble is not None
    desk.open_on(str(file.with_name("touches.parquet")))
    assert desk.state.state.rulebooks[0].parameters["cap"].value == 3


def test_what_cannot_be_read_opens_a_fresh_studio_that_says_so(file: Path) -> None:
    table = touches().table.drop_columns(["local_hour", "weekday", "local_date"])
    pq.write_table(table, file.with_name("touches.parquet"))
    data = Data(path=str(file.with_name("touches.parquet")))
    again = open_again(Asked(path=str(file), data=data), "no JSON")
    assert isinstance(again, Again)
    assert "could not be brought back" in again.told
    assert not again.studio.is_changed
