"""What a manager does in the studio, without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.errors import ArgumentError, RulebookError
from touchrules.studio.case import Cases
from touchrules.studio.contact import draw_contact
from touchrules.studio.curve import trace, values_along
from touchrules.studio.impact import Count, Impacts
from touchrules.studio.rows import rule_rows
from touchrules.studio.saving import save_texts
from touchrules.studio.state import StudioState


def turn(studio: StudioState, name: str, value: object) -> None:
    parameter = next(one for one in studio.parameters(studio.rule) if one.name == name)
    studio.set("manners", parameter.name, value)


def test_a_rule_has_the_parameters_that_it_names_itself_or_by_its_signals(studio: StudioState) -> None:
    assert [one.name for one in studio.parameters("too-many-calls")] == ["cap", "window"]
    assert [one.name for one in studio.parameters("idle-opener")] == ["openers"]
    assert studio.parameters("answer") == []


def test_the_impact_of_a_turned_parameter_tells_what_is_found_no_longer(
    studio: StudioState,
) -> None:
    impacts = Impacts(studio)
    turn(studio, "cap", 3)
    impact = impacts.measure("too-many-calls")
    assert impact.found == Count(now=2, saved=4)
    assert (impact.newly, impact.no_longer, impact.both) == (0, 2, 2)
    assert impact.contacts == Count(now=1, saved=2)
    assert [one.message for one in impact.examples["both"]] == [
        "ann called c1 5 times",
        "bob called c1 4 times",
    ]
    assert impacts.weeks[0] == "2025-02-24"
    assert [one.tolist() for one in impact.weeks] == [[0, 2, 0, 0], [0, 4, 0, 0]]


def test_undo_and_redo_go_back_and_forth(studio: StudioState) -> None:
    turn(studio, "cap", 3)
    assert studio.undo() == "manners.cap = 3"
    assert not studio.is_changed
    studio.redo()
    assert studio.is_changed


def test_turning_a_parameter_back_leaves_nothing_to_save(studio: StudioState) -> None:
    turn(studio, "cap", 3)
    turn(studio, "cap", 2)
    assert not studio.is_changed
    assert studio.pending() == {}


def test_saving_writes_what_was_set_and_keeps_every_comment(studio: StudioState, file: Path) -> None:
    turn(studio, "cap", 3)
    studio.switch("answer", on=False)
    assert studio.save() == (str(file),)
    wanted = BOOK.replace("default: 2,", "default: 3,").replace("version: 1.0.0", "version: 1.0.1")
    assert file.read_text().startswith(wanted[: wanted.index("  - id: answer")])
    assert "enabled: false" in file.read_text()
    assert not studio.is_changed
    assert studio.find("too-many-calls")[1].parameters["cap"].value == 3


def test_saving_can_be_taken_back_and_saved_again(studio: StudioState, file: Path) -> None:
    turn(studio, "cap", 3)
    studio.save()
    studio.undo()
    studio.undo()
    assert studio.is_changed
    studio.save()
    assert "default: 2," in file.read_text()


def test_a_file_that_was_changed_on_disk_is_not_overwritten(studio: StudioState, file: Path) -> None:
    turn(studio, "cap", 3)
    file.write_text(BOOK + "# by somebody else\n")
    with pytest.raises(ArgumentError, match="changed on disk"):
        studio.save()
    assert file.read_text().endswith("# by somebody else\n")
    assert studio.is_changed


def test_a_text_with_a_mistake_changes_nothing(studio: StudioState, file: Path) -> None:
    with pytest.raises(RulebookError, match="knwon"):
        studio.edit(str(file), BOOK.replace("when: {kind: call}", "when: {kind: call}\n    unless: knwon"))
    assert not studio.is_changed


def test_an_edited_text_stands_and_is_saved_as_it_was_written(studio: StudioState, file: Path) -> None:
    studio.edit(str(file), BOOK.replace("severity: low", "severity: medium"))
    studio.save()
    assert "severity: medium, when: {idle" in file.read_text()


def test_a_curve_tells_what_other_values_would_find_and_changes_nothing(studio: StudioState) -> None:
    cap = studio.parameters("too-many-calls")[0]
    assert values_along(cap) == list(range(1, 10))
    assert sorted(trace(studio, "too-many-calls", "manners", cap))[:5] == [
        (1, 6),
        (2, 4),
        (3, 2),
        (4, 1),
        (5, 0),
    ]
    assert not studio.is_changed


def test_a_contact_is_drawn_with_its_findings_and_what_was_expected(studio: StudioState) -> None:
    cases = Cases()
    lanes, _ = draw_contact(studio, cases.open(studio, "c1"))
    assert [(lane["name"], [len(touch["found"]) for touch in lane["touches"]]) for lane in lanes] == [
        ("call", [1, 0, 1, 1, 1])
    ]
    _, spans = draw_contact(studio, cases.open(studio, "c3"))
    assert [(one["label"], one["kind"], one["touch"], one["rule"]) for one in spans] == [
        ("Answer what they ask", "broken", "q", "answer")
    ]


def test_the_list_tells_each_rule_that_reports(studio: StudioState) -> None:
    turn(studio, "cap", 3)
    rows = {row["id"]: row for row in rule_rows(studio, Impacts(studio))}
    assert (rows["too-many-calls"]["found"], rows["too-many-calls"]["saved_found"]) == (2, 4)
    assert rows["answer"]["found"] == 1


def test_a_rule_that_is_switched_off_and_on_again_leaves_nothing_to_save(studio: StudioState) -> None:
    studio.switch("answer", on=False)
    studio.switch("answer", on=True)
    assert not studio.is_changed


def test_ends_of_lines_and_a_byte_order_mark_are_saved_as_they_were(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").encode())
    studio = StudioState([str(file)], touches())
    turn(studio, "cap", 3)
    studio.save()
    wanted = BOOK.replace("default: 2,", "default: 3,").replace("1.0.0", "1.0.1").replace("\n", "\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()


def test_rulebooks_without_a_rule_that_reports_are_refused(file: Path) -> None:
    file.write_text("rulebook: quiet\nlanguage: 1\n")
    with pytest.raises(ArgumentError, match="No rule of these rulebooks reports"):
        StudioState([str(file)], touches())


def test_a_text_that_would_not_load_again_is_not_written(studio: StudioState, file: Path) -> None:
    name = studio.state.sources[0].file
    with pytest.raises(RulebookError):
        studio.write({name: BOOK.replace("severity: high", "severity: dire")})
    assert file.read_text() == BOOK


def test_a_save_whose_second_file_failed_can_be_repeated(tmp_path: Path) -> None:
    first, folder = tmp_path / "a.rulebook.yaml", tmp_path / "more"
    second = folder / "b.rulebook.yaml"
    first.write_text("old")
    folder.write_text("no folder")
    texts = {first: ("old", "new"), second: ("old", "newer")}
    with pytest.raises(ArgumentError, match="cannot be written"):
        save_texts(texts)
    assert first.read_text() == "new"
    folder.unlink()
    save_texts(texts)
    assert (first.read_text(), second.read_text()) == ("new", "newer")


def test_a_repeated_save_writes_nothing_over_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    first = tmp_path / "a.rulebook.yaml"
    first.write_text("somebody else's")
    with pytest.raises(ArgumentError, match="changed on disk"):
        save_texts({first: ("old", "new")})
    assert first.read_text() == "somebody else's"
