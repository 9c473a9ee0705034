"""Marks of health: what is wrong with rules on the touches of the studio."""

from __future__ import annotations

from pathlib import Path

from touchrules.studio import Studio
from touchrules.studio.marks import Judge, Marks, word_of
from touchrules.studio.state import StudioState


def judge(studio: StudioState) -> Marks:
    return Judge().judge(studio)


def test_a_rule_that_finds_nothing_is_marked_until_it_is_tuned(studio: StudioState) -> None:
    studio.set("manners", "cap", 9)
    assert [word_of(one) for one in judge(studio)["too-many-calls"]] == ["finds nothing"]
    studio.set("manners", "cap", 2)
    assert "too-many-calls" not in judge(studio)


def test_an_excuse_beside_the_rulebooks_takes_a_mark_away(studio: StudioState, file: Path) -> None:
    studio.set("manners", "cap", 9)
    reason = "excuses:\n  - {rule: too-many-calls, mark: never-fires, reason: Nobody calls that often.}\n"
    (file.parent / "health.yaml").write_text(reason)
    assert "too-many-calls" not in judge(studio)


def test_the_list_of_rules_shows_marks(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 9
    row = next(one for one in app._rules.list.items if one["id"] == "too-many-calls")
    assert row["marks"] == ["finds nothing"]


def test_the_chosen_rule_tells_what_is_wrong_with_it(app: Studio) -> None:
    app._tune.rule._controls.children[0].value = 9
    assert "looked at 8 touches and found none" in app._tune.rule._health.value
