"""Files of touches in the studio: chosen, looked into, mapped, tried, opened and told of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.studio.conftest import touches
from touchrules.errors import ArgumentError, DataError, TouchrulesError
from touchrules.streams.mappingfile import read_mapping
from touchrules.studio import Studio
from touchrules.studio.folders import bare_name, find_mapping, list_folder
from touchrules.studio.inspection import inspect_file, mapping_of, save_mapping, try_fields
from touchrules.studio.later import AtOnce
from touchrules.studio.opening import Data

HEAD = "Id,WhoId,OwnerId,CompletedDateTime,CallType,Region\n"
REGIONS = ("north", "south")
ROWS = "".join(
    f"t{day},c1,{('bob', 'ann')[day % 2]},03/{day:02}/2025 10:00,Outbound,{REGIONS[day > 3]}\n"
    for day in range(1, 7)
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Six calls to one contact, one a day, as another system writes them."""
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + ROWS)
    return path


@pytest.fixture
def app(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A studio in the folder of the export."""
    monkeypatch.chdir(tmp_path)
    pq.write_table(touches().table.drop_columns(["local_hour", "weekday", "local_date"]), "touches.parquet")
    app = Studio(str(file), "touches.parquet", later=AtOnce())
    app._show("Data")
    return app


def found(app: Studio) -> str:
    """What the first card says."""
    app._show("Tune")
    return app._tune.impact.cards.value.split('class="number">')[1].split("<")[0]


def test_a_folder_is_listed_with_what_can_be_opened_in_it(tmp_path: Path) -> None:
    for name in ("b.csv.gz", "A.jsonl", "notes.txt", ".hidden.csv", "a.map.yaml"):
        (tmp_path / name).touch()
    (tmp_path / "more").mkdir()
    assert [one.label for one in list_folder(tmp_path)] == ["more/", "A.jsonl", "a.map.yaml", "b.csv.gz"]
    with pytest.raises(ArgumentError, match="cannot be looked into"):
        list_folder(tmp_path / "none")


def test_a_mapping_lies_beside_its_file_under_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "calls.map.yaml").touch()
    assert find_mapping(tmp_path / "calls.csv.gz") == tmp_path / "calls.map.yaml"
    assert find_mapping(tmp_path / "mails.csv") is None
    assert bare_name(tmp_path / "calls.2025.parquet") == "calls.2025"


def test_what_is_missing_is_told_with_the_rules_that_it_silences(export: Path, app: Studio) -> None:
    looked = inspect_file(export)
    fields = {name: one for name, one in looked.fields.items() if name != "kind"}
    trial = try_fields(looked, mapping_of(looked, fields, None), app.desk.state.state.rulebooks)
    assert trial.missing == ("kind",)
    assert {one.rule for one in trial.lacking if one.silent} == {"too-many-calls", "idle-opener"}


def test_a_mapping_is_saved_beside_the_file_and_read_from_there(export: Path) -> None:
    looked = inspect_file(export)
    save_mapping(mapping_of(looked, looked.fields, "Europe/Berlin"))
    again = inspect_file(export)
    assert again.written is not None
    assert again.written.timezone == "Europe/Berlin"
    assert again.fields == looked.fields


def test_what_a_mapping_says_beside_its_columns_stays(export: Path) -> None:
    place = export.with_name("calls.map.yaml")
    place.write_text("where: {Region: north}\nkeep: none\ncolumns: {touch_id: Id, contact_id: WhoId}\n")
    looked = inspect_file(export)
    save_mapping(mapping_of(looked, {**looked.fields, **_suggested(looked, "at", "kind")}, None))
    how = read_mapping(place).files[0]
    assert how.keep == ()
    assert [one.column.name for one in how.where] == ["Region"]
    trial = try_fields(inspect_file(export), read_mapping(place))
    assert trial.reading is not None
    assert (len(trial.reading.stream), trial.reading.unselected) == (3, 3)


def _suggested(looked: object, *fields: str) -> dict[str, object]:
    return {field: looked.suggested[field].mapping for field in fields}  # type: ignore[attr-defined]


def test_a_mapping_of_several_files_is_not_changed_here(export: Path) -> None:
    export.with_name("calls.map.yaml").write_text("files: [{file: calls.csv}]\n")
    with pytest.raises(ArgumentError, match="names several files"):
        inspect_file(export)


def test_a_file_is_looked_into_mapped_and_opened(app: Studio, export: Path) -> None:
    panel = app._data
    panel.files.refresh()
    panel.files.look_into()
    assert "Choose a file or a folder first" in panel.files._problem.value
    panel.files.list.value = "calls.csv"
    assert "Columns of calls.csv" in panel.mapping._head.value
    assert panel.mapping.fields["contact_id"].value == "WhoId"
    assert "2025-03-01 10:00" in panel.mapping._result.value
    assert panel.mapping.fields["kind"].label == "always call"
    panel.mapping._open()
    assert len(app.desk.state.stream) == 6
    assert found(app) == "4"
    assert "6 of 6 touches" in app._scope._count.value


def test_folders_are_walked_by_buttons(app: Studio, tmp_path: Path) -> None:
    (tmp_path / "march").mkdir()
    (tmp_path / "march" / "mails.csv").touch()
    files = app._data.files
    files.refresh()
    files.list.value = "march/"
    files.look_into()
    assert files.list.options == ("mails.csv",)
    files.go_up()
    assert "march/" in files.list.options
    files.path.value = str(tmp_path / "nowhere")
    files.open_button.click()
    assert "There is no file" in app._data._problem.value


def test_a_field_without_a_column_is_told_and_nothing_can_be_opened(app: Studio, export: Path) -> None:
    panel = app._data.mapping
    app._data._look(export)
    panel.fields["kind"].value = ""
    assert "Nothing says yet what kind is" in panel._result.value
    assert panel.open_button.disabled
    panel.fields["kind"].value = str({"constant": "email"})
    assert not panel.open_button.disabled


def test_rows_that_cannot_be_touches_are_told_in_place_or_set_aside(app: Studio, export: Path) -> None:
    export.write_text(HEAD + ROWS + "t7,,ann,03/07/2025 10:00,Outbound,north\n")
    panel = app._data.mapping
    app._data._look(export)
    assert "contact_id is missing" in panel._result.value
    panel._open()
    assert "1 row cannot be taken" in panel._result.value
    assert len(app.desk.state.stream) == len(touches())
    panel.skip.value = True
    panel._open()
    assert len(app.desk.state.stream) == 6
    app._show("Data")
    assert "Of its rows 1 cannot be touches" in app._data._head.value


def test_a_column_that_cannot_be_the_field_is_told_by_the_reader(app: Studio, export: Path) -> None:
    panel = app._data.mapping
    app._data._look(export)
    panel.fields["at"].value = "Region"
    assert "at &quot;north&quot;" in panel._result.value


def test_a_file_that_cannot_be_read_is_told_in_place(app: Studio, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    app._data._look(tmp_path / "empty.csv")
    assert "is empty" in app._data._problem.value
    app._data._open(tmp_path / "gone.csv")
    assert "There is no file" in app._data._problem.value
    assert len(app.desk.state.stream) == len(touches())


def test_a_saved_mapping_is_taken_when_its_file_is_opened(app: Studio, export: Path) -> None:
    app._data._look(export)
    app._data.mapping._save()
    assert export.with_name("calls.map.yaml").exists()
    app._data._open(export)
    assert len(app.desk.state.stream) == 6


def test_the_line_of_choices_narrows_every_number_and_can_be_taken_back(app: Studio) -> None:
    app._scope.team.chosen = ["ann"]
    assert app.desk.state.scope.reps == ("ann",)
    assert found(app) == "3"
    assert "6 of 10 touches" in app._scope._count.value
    assert app._scope.team.summary == "ann"
    app._show("Findings")
    assert set(app._findings.table._table.column("rep_id").to_pylist()) == {"ann"}
    app.desk.undo()
    assert app._scope.team.chosen == []
    assert found(app) == "4"
    assert "Taken back: team set to ann." in app._header._status.value


def test_a_period_is_chosen_by_its_name_or_by_its_days(app: Studio) -> None:
    bar = app._scope
    bar.period.value = "Chosen days"
    assert bar.since.layout.display == ""
    bar.since.value = dt.date(2025, 3, 4)
    assert "3 of 10 touches" in bar._count.value
    bar.until.value = dt.date(2025, 3, 1)
    assert "before it begins" in app._header._status.value
    assert bar.until.value is None
    bar._clear_all()
    assert "10 of 10 touches" in bar._count.value
    assert bar.period.value == "All"


def test_a_scope_outlives_reading_the_rulebooks_again_but_no_other_touches(app: Studio, export: Path) -> None:
    app._scope.team.chosen = ["ann"]
    app.desk.reload()
    assert app.desk.state.scope.reps == ("ann",)
    app._data._look(export)
    app._data.mapping._open()
    assert app.desk.state.scope.reps == ()


def test_a_group_that_is_chosen_shows_its_examples_and_one_opens_its_contact(app: Studio) -> None:
    app._show("Tune")
    panel = app._tune.impact.breakdown
    assert [name for _, name in panel.by.options][:3] == ["rep_id", "kind", "direction"]
    assert {one["name"]: one["now"] for one in panel.groups.groups} == {"ann": 3, "bob": 1}
    assert panel.groups.groups[0]["share"] == "60.0%"
    panel.groups.chosen = "bob"
    [told] = [one for one in panel.examples.sections if one["total"]]
    assert told["title"] == "Found now and as saved (rep bob)"
    panel.by.value = "weekday"
    assert panel.groups.chosen is None
    panel.examples.answer({"choose": told["examples"][0]["contact"]})
    assert app._contact._name == "c1"


def test_touches_that_cannot_be_read_raise_as_reading_does(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text("a,a\n1,2\n")
    with pytest.raises(DataError, match="same name"):
        inspect_file(tmp_path / "twice.csv")


def test_other_touches_are_opened_with_a_rulebook_that_was_renamed_meanwhile(
    app: Studio, file: Path, tmp_path: Path
) -> None:
    new = file.with_name("renamed.rulebook.yaml")
    file.rename(new)
    app.desk.moved(file, new)
    pq.write_table(pq.read_table("touches.parquet").slice(0, 4), "fewer.parquet")
    app.desk.open_data(Data(path=str(tmp_path / "fewer.parquet")), fail_with)
    assert len(app.state.stream) == 4
    assert app.state.files == (str(new),)


def fail_with(error: TouchrulesError) -> None:
    raise error
