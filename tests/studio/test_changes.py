"""What a save would change: in words, with its effect, and each change taken back for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.conftest import BOOK
from touchrules.errors import ArgumentError
from touchrules.language.describe_differences import say_difference
from touchrules.studio.changes import take_back
from touchrules.studio.effects import NO_EFFECT, measure, measure_alone, say_effect
from touchrules.studio.saving import Release
from touchrules.studio.scope import Period, Scope
from touchrules.studio.state import StudioState


def told(studio: StudioState) -> list[str]:
    return [say_difference(one) for one in studio.changes()]


def alone(studio: StudioState) -> list[str]:
    states = (studio.saved, studio.state)
    return [say_effect(measure_alone(studio, states, one)) for one in studio.changes()]


def together(studio: StudioState) -> str:
    return say_effect(measure(studio, studio.saved, studio.state))


def change_much(studio: StudioState, file: Path) -> None:
    text = BOOK.replace("severity: medium", "severity: high").replace("by: 2d", "by: 30d")
    studio.edit(str(file), text + "  - {id: notes, title: Note less, severity: low, when: {kind: note}}\n")
    studio.set("manners", "cap", 3)
    studio.set("manners", "openers", ())
    studio.switch("too-many-calls", on=False)


EVERYTHING = [
    "Calls to one contact: 2 calls → 3 calls",
    "openers: taken out “just checking in”",
    "Rule “Call no more than twice a week” is switched off.",
    "Severity of “Answer what they ask”: medium → high",
    "Rule “Answer what they ask” now reads: When there is a touch from them, then within 30 days we expect"
    " a touch by us with the same contact. If it does not come, that is a finding of medium severity.",
    "Rule “Note less” is new: When there is a note, that is a finding of low severity.",
]


def test_each_change_is_told_once(studio: StudioState, file: Path) -> None:
    change_much(studio, file)
    assert told(studio) == EVERYTHING


def test_each_change_is_told_with_what_it_does_alone(studio: StudioState, file: Path) -> None:
    change_much(studio, file)
    assert alone(studio) == [
        "finds 2 fewer (of 4), 2 of them in the last 30 days; concerns 2 contacts, 1 rep",
        "finds 1 fewer (of 1), 1 of them in the last 30 days; concerns 1 contact, 1 rep",
        "finds 4 fewer (of 4), 4 of them in the last 30 days; concerns 2 contacts, 2 reps",
        "no finding changes",
        "finds 1 fewer (of 1), 1 of them in the last 30 days; concerns 1 contact, 1 rep",
        "finds 1 more (of 0), 1 of them in the last 30 days; concerns 1 contact, 1 rep",
    ]


def test_all_changes_are_told_with_what_they_do_together(studio: StudioState, file: Path) -> None:
    change_much(studio, file)
    assert together(studio) == (
        "finds 1 more and 6 fewer (of 6), 7 of them in the last 30 days; concerns 4 contacts, 2 reps"
    )


def test_what_a_change_does_is_counted_within_what_is_looked_at(studio: StudioState) -> None:
    studio.set("manners", "cap", 3)
    studio.narrow(Scope(period=Period(until="2025-03-03")))
    assert together(studio).startswith("finds 2 fewer (of 2)")
    studio.narrow(Scope(period=Period(since="2025-03-04")))
    assert together(studio) == "no finding changes"


def test_measuring_changes_nothing(studio: StudioState, file: Path) -> None:
    change_much(studio, file)
    state = studio.state
    alone(studio)
    assert studio.state is state
    studio.undo()
    assert told(studio) == [one for one in EVERYTHING if "switched" not in one]


@pytest.mark.parametrize("place", range(len(EVERYTHING)))
def test_each_change_is_taken_back_alone_by_one_step(studio: StudioState, file: Path, place: int) -> None:
    change_much(studio, file)
    take_back(studio, studio.changes()[place])
    assert told(studio) == [one for number, one in enumerate(EVERYTHING) if number != place]
    studio.undo()
    assert told(studio) == EVERYTHING


def test_when_all_is_taken_back_nothing_is_to_be_saved(studio: StudioState, file: Path) -> None:
    change_much(studio, file)
    while studio.changes():
        take_back(studio, studio.changes()[0])
    assert studio.pending() == {}
    assert not studio.is_changed


@pytest.mark.parametrize("place", [0, 1])
def test_a_value_and_its_range_are_taken_back_each_alone(studio: StudioState, file: Path, place: int) -> None:
    assert "default: 2, min: 1, max: 9" in BOOK
    studio.edit(str(file), BOOK.replace("default: 2, min: 1, max: 9", "default: 3, min: 1, max: 20"))
    words = told(studio)
    assert len(words) == 2
    take_back(studio, studio.changes()[place])
    assert told(studio) == [words[1 - place]]


def test_a_change_on_which_another_stands_is_not_taken_back_before_it(
    studio: StudioState, file: Path
) -> None:
    text = BOOK.replace("signals:\n", "signals:\n  asks: {questions: true}\n")
    studio.edit(str(file), text + "  - {id: ask, title: Ask, severity: low, when: {asks: {at_least: 3}}}\n")
    part = next(one for one in studio.changes() if say_difference(one) == "Signal “asks” is new.")
    with pytest.raises(ArgumentError, match=r"others stand on it\. There is no field"):
        take_back(studio, part)
    assert len(studio.changes()) == 2


def test_what_no_rule_can_find_otherwise_is_not_measured(studio: StudioState, file: Path) -> None:
    studio.edit(str(file), BOOK.replace("severity: medium", "severity: high"))
    (one,) = studio.changes()
    assert measure_alone(studio, (studio.saved, studio.state), one) is NO_EFFECT


def test_a_save_writes_the_chosen_version_and_the_note_as_a_comment(studio: StudioState, file: Path) -> None:
    studio.set("manners", "cap", 3)
    (numbering,) = studio.numberings()
    assert list(numbering.choices().values()) == ["1.0.1", "1.1.0", "2.0.0", "1.0.0"]
    assert numbering.choice() == "1.0.1"
    studio.save(Release(versions={str(file): "1.1.0"}, note="Complaints in May"))
    wanted = BOOK.replace("default: 2,", "default: 3,")
    assert file.read_text() == wanted.replace("version: 1.0.0", "# Complaints in May\nversion: 1.1.0")


def test_a_new_rule_proposes_a_minor_version_and_a_rule_less_a_major_one(
    studio: StudioState, file: Path
) -> None:
    studio.edit(str(file), BOOK + "  - {id: n, title: N, severity: low, when: {kind: note}}\n")
    assert studio.numberings()[0].choice() == "1.1.0"
    studio.undo()
    studio.edit(str(file), BOOK[: BOOK.index("  - id: answer")])
    assert studio.numberings()[0].choice() == "2.0.0"


def test_a_version_that_was_written_by_hand_is_kept(studio: StudioState, file: Path) -> None:
    studio.edit(str(file), BOOK.replace("1.0.0", "1.4.0").replace("medium", "high"))
    assert studio.numberings()[0].choice() == "1.4.0"
    studio.save()
    assert "version: 1.4.0\n" in file.read_text()


def test_a_rulebook_without_a_version_stays_without_one(file: Path, studio: StudioState) -> None:
    text = BOOK.replace("version: 1.0.0\n", "")
    studio.edit(str(file), text)
    studio.save()
    studio.set("manners", "cap", 3)
    studio.save()
    assert file.read_text() == text.replace("default: 2,", "default: 3,")


def test_a_key_of_the_rulebook_and_a_signal_are_taken_back_apart(studio: StudioState, file: Path) -> None:
    text = BOOK.replace("parameters:\n", "holidays: [2026-12-25]\nparameters:\n")
    studio.edit(str(file), text.replace("{phrases: $openers}", "{phrases: $openers, first: 90}"))
    assert told(studio) == ["Holidays: none → [2026-12-25]", "Signal “idle”: first none → 90"]
    take_back(studio, studio.changes()[0])
    assert told(studio) == ["Signal “idle”: first none → 90"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default: 2,", "default: 5,"),
        ("default: 7d,", "default: 9d,"),
        ('["just checking in"]', '["just checking in", anyway]'),
        ("severity: high\n", "severity: high\n    enabled: false\n"),
        ("severity: low,", "severity: low, enabled: false,"),
    ],
)
def test_what_was_changed_in_the_text_is_taken_back_in_it(
    studio: StudioState, file: Path, old: str, new: str
) -> None:
    studio.edit(str(file), BOOK.replace(old, new))
    take_back(studio, studio.changes()[0])
    assert told(studio) == []
    assert not studio.is_changed
    assert studio.pending() == {}
    studio.undo()
    assert studio.text_of(studio.state.sources[0]) == BOOK.replace(old, new)


def test_a_value_that_was_set_over_another_default_is_taken_back_alone_by_one_step(
    studio: StudioState, file: Path
) -> None:
    studio.edit(str(file), BOOK.replace("default: 2,", "default: 5,"))
    studio.set("manners", "cap", 7)
    studio.set("manners", "openers", ())
    take_back(studio, studio.changes()[0])
    assert told(studio) == ["openers: taken out “just checking in”"]
    studio.undo()
    assert told(studio)[0] == "Calls to one contact: 2 calls → 7 calls"
