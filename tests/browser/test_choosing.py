"""Drawn widgets to choose with, in a real page: choices, groups and examples."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from tests.browser.drawnpage import Show, eventually
from touchrules.studio.drawing import Choices, Examples, Groups

pytestmark = pytest.mark.xdist_group("browser")


def some_choices(**traits: Any) -> Choices:
    teams = {"title": "Team", "options": [{"label": "north", "members": ["ann", "cleo"]}]}
    reps = [{"value": name, "label": name, "count": 1200 + len(name)} for name in ("ann", "bob", "cleo")]
    sections = [teams, {"title": "Reps", "options": reps}]
    return Choices(label="Team", summary="all reps", sections=sections, **traits)


def some_groups() -> Groups:
    rows = [("ann", 30, 40, "12%"), ("bob", 25, 20, ""), ("(nothing)", 3, 3, "1%")]
    groups = [dict(zip(("name", "now", "saved", "share"), row, strict=True)) for row in rows]
    return Groups(title="Findings by rep", by="rep", note="12 more", groups=groups)


def some_examples() -> Examples:
    example = {"at": "2025-03-10 10:00", "contact": "c1", "rep": "ann", "message": "Called 5 times"}
    some = {"title": "Newly found", "total": 24, "examples": [{**example, "advice": "Wait a week."}]}
    return Examples(why="Trust.", sections=[some, {"title": "No longer found", "total": 0, "examples": []}])


def test_choices_open_are_searched_and_ticked_by_keyboard(show: Show) -> None:
    widget = some_choices()
    page = show(widget)
    button = page.get_by_role("button", name="Team: all reps")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("bo")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    eventually(page, lambda: widget.chosen == ["bob"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_ready_team_ticks_all_its_members(show: Show) -> None:
    widget = some_choices(chosen=["ann"])
    page = show(widget)
    page.get_by_role("button").first.click()
    team = page.get_by_role("checkbox", name="north")
    expect(team).not_to_be_checked()
    team.check()
    eventually(page, lambda: sorted(widget.chosen) == ["ann", "cleo"])
    expect(page.get_by_role("checkbox", name="cleo")).to_be_checked()
    page.get_by_role("button", name="Clear").click()
    eventually(page, lambda: widget.chosen == [])
    expect(team).not_to_be_checked()


def test_a_click_elsewhere_closes_the_choices(show: Show) -> None:
    page = show(some_choices())
    page.get_by_role("button").first.click()
    page.mouse.click(800, 400)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_group_is_chosen_by_its_button_and_let_go_by_it(show: Show) -> None:
    widget = some_groups()
    page = show(widget)
    cells = page.get_by_role("row", name="ann").get_by_role("cell")
    expect(cells).to_have_text(["", "30", "−10", "12%"])
    bob = page.get_by_role("button", name="bob")
    bob.focus()
    page.keyboard.press("Enter")
    eventually(page, lambda: widget.chosen == "bob")
    expect(bob).to_have_attribute("aria-pressed", "true")
    expect(bob).to_be_focused()
    page.keyboard.press("Enter")
    eventually(page, lambda: widget.chosen is None)


def test_examples_tell_why_and_open_their_contact(show: Show) -> None:
    widget = some_examples()
    heard: list[str] = []
    widget.on_choose(heard.append)
    page = show(widget)
    expect(page.get_by_role("heading")).to_have_text(["Newly found: 24 (the latest 1)"])
    expect(page.get_by_text("Wait a week.")).to_have_count(1)
    page.get_by_role("button").click()
    eventually(page, lambda: heard == ["c1"])


def test_a_contact_that_cannot_be_opened_is_told(show: Show) -> None:
    widget = some_examples()
    widget.on_choose(lambda _: 1 / 0)
    page = show(widget)
    page.get_by_role("button").click()
    page.wait_for_selector("[role=alert]:has-text('division by zero')")


@pytest.mark.parametrize("make", [some_choices, some_groups, some_examples])
def test_a_closed_widget_listens_to_nothing(show: Show, make: Any) -> None:
    page = show(make())
    page.evaluate("closeWidget()")
    assert page.evaluate("listening()") == 0
    expect(page.locator("#here > *")).to_have_count(0)
