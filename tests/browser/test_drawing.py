"""Each drawn widget in a real page, before the real Python widget."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from tests.browser.drawnpage import Show, eventually
from touchrules.studio.drawing import Curve, RuleList, Table, WeekBars

pytestmark = pytest.mark.xdist_group("browser")


def rule(name: str, rulebook: str = "Voicemail", **others: Any) -> dict[str, Any]:
    weeks = [(week * 7 + len(name)) % 9 for week in range(26)]
    plain = {
        "id": name,
        "title": f"Leave no {name}",
        "rulebook": rulebook,
        "severity": "high",
        "enabled": True,
    }
    return {**plain, "looked": 900, "found": 28, "saved_found": 16, "weeks": weeks, "marks": [], **others}


def some_rules() -> RuleList:
    return RuleList(
        items=[
            rule("voicemail-to-a-stranger", severity="critical", marks=["tuned"]),
            rule("second-voicemail", found=13, saved_found=16, severity="medium"),
            rule("long-voicemail", found=5, saved_found=5, severity="low", enabled=False),
            rule("call-without-a-name", "Opening a call", severity="high", found=1228, saved_found=900),
            rule("how-are-you", "Opening a call", severity="info", found=0, saved_found=None, weeks=[0] * 26),
        ],
        chosen="second-voicemail",
    )


def test_rules_are_listed_by_rulebook_with_their_change(show: Show) -> None:
    page = show(some_rules())
    expect(page.locator("[role=option]")).to_have_count(5)
    expect(page.locator("[role=group][aria-labelledby]")).to_have_count(2)
    expect(page.locator("[role=option]", has_text="+12")).to_have_count(1)
    expect(page.locator("[role=option]", has_text="−3")).to_have_count(1)


def test_arrow_keys_move_the_choice_and_space_toggles(show: Show) -> None:
    widget = some_rules()
    heard: list[tuple[str, bool]] = []
    widget.on_toggle(lambda rule_id, on: heard.append((rule_id, on)))
    page = show(widget)
    page.locator("[role=listbox]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    page.wait_for_selector("[data-rule=long-voicemail][aria-checked=true][aria-selected=true]")
    page.wait_for_function("model.get('items')[2].enabled")
    eventually(page, lambda: (heard, widget.chosen) == ([("long-voicemail", True)], "long-voicemail"))


def test_a_switch_that_python_refuses_goes_back_and_tells_why(show: Show) -> None:
    widget = some_rules()
    widget.on_toggle(lambda *_: 1 / 0)
    page = show(widget)
    page.locator("[data-switch=second-voicemail]").click()
    page.wait_for_selector("[role=alert]:has-text('division by zero')")
    expect(page.locator("[data-rule=second-voicemail]")).to_have_attribute("aria-checked", "true")


def test_a_switch_goes_back_where_python_says_elsewhere_why(show: Show) -> None:
    widget = some_rules()
    widget.on_toggle(lambda *_: False)
    page = show(widget)
    with page.expect_event("console", lambda told: told.text == "answered"):
        page.evaluate("model.on('msg:custom', () => console.log('answered'))")
        page.locator("[data-switch=second-voicemail]").click()
    page.wait_for_selector("[data-rule=second-voicemail][aria-checked=true]")


def test_one_of_something_is_told_as_one(show: Show) -> None:
    page = show(RuleList(items=[rule("how-are-you", found=1)]))
    assert page.get_by_text("1 rule, 1 found", exact=True).is_visible()


def test_slash_searches_and_nothing_found_is_told(show: Show) -> None:
    page = show(some_rules())
    page.locator("[role=listbox]").focus()
    page.keyboard.press("/")
    page.keyboard.type("stranger")
    expect(page.locator("[role=option]")).to_have_count(1)
    page.keyboard.type(" of mine")
    expect(page.locator("[role=status]").first).to_contain_text("No rule matches")


def test_rulebooks_fold_and_severities_filter(show: Show) -> None:
    page = show(some_rules())
    page.locator("[data-fold=Voicemail]").click()
    expect(page.locator("[role=option]")).to_have_count(2)
    page.locator("[data-chip=info]").click()
    expect(page.locator("[role=option]")).to_have_count(1)


def test_arrow_keys_fold_the_rulebook_of_the_chosen_rule(show: Show) -> None:
    page = show(some_rules())
    page.locator("[data-rule=second-voicemail]").click()
    page.locator("[role=listbox]").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[role=option]")).to_have_count(2)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=option]")).to_have_count(5)


def test_a_closed_widget_listens_to_nothing(show: Show) -> None:
    page = show(some_rules())
    page.evaluate("closeWidget()")
    assert page.evaluate("listening()") == 0
    expect(page.locator("#here > *")).to_have_count(0)


def a_million_rows(**traits: Any) -> Table:
    number = np.arange(1_000_000)
    reps = pa.DictionaryArray.from_arrays(pa.array(number % 7), pa.array([f"rep {n}" for n in range(7)]))
    texts = pa.array([f"touch {n}" for n in range(1_000_000)])
    table = pa.table({"number": number, "rep": reps, "touch": texts, "share": number / 7})
    return Table([{"name": "number", "title": "Number"}, "rep", "touch", "share"], table, **traits)


def waiting_lines(page: Any) -> Any:
    """The lines in sight that are still waited for."""
    return page.locator(".jp-touchrules-line:not([hidden])[aria-busy]")


def test_a_million_rows_are_walked_to_their_end(show: Show) -> None:
    page = show(a_million_rows())
    page.wait_for_selector("text=touch 3")
    expect(page.locator("[role=grid]")).to_have_attribute("aria-rowcount", "1000001")
    assert page.locator("[role=row]").count() < 80
    page.locator("[role=grid]").focus()
    page.keyboard.press("End")
    page.wait_for_selector("[aria-selected=true] >> text=touch 999999")
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowUp")
    chosen = "document.querySelector('[role=row][aria-selected=true]')?.ariaRowIndex"
    page.wait_for_function(f"Number({chosen} ?? Infinity) < 1000000")


def test_the_wheel_moves_a_long_table_line_by_line(show: Show) -> None:
    page = show(a_million_rows())
    page.wait_for_selector("text=touch 3")
    page.mouse.move(300, 200)
    page.mouse.wheel(0, 2800)
    page.wait_for_selector("text=touch 105")
    expect(page.get_by_text("touch 100", exact=True)).to_be_visible()


def test_after_a_jump_lines_are_told_to_be_on_their_way_until_they_are_there(show: Show) -> None:
    widget, open_ = a_million_rows(), threading.Event()
    page = show(widget)
    page.wait_for_selector("text=touch 3")
    make = widget._page
    widget._page = lambda *place: make(*place) if open_.wait(60) else []
    page.locator("[role=grid]").evaluate("grid => { grid.scrollTop = grid.scrollHeight / 2 }")
    expect(waiting_lines(page)).not_to_have_count(0)
    open_.set()
    expect(waiting_lines(page)).to_have_count(0)
    expect(page.locator("[role=row][data-index]:visible").nth(2)).to_contain_text(re.compile(r"touch \d{6}"))


def test_a_heading_sorts_and_the_table_is_at_its_top(show: Show) -> None:
    widget = a_million_rows()
    page = show(widget)
    page.wait_for_selector("text=touch 3")
    page.locator("[data-sort=number]").click()
    page.locator("[data-sort=number]").click()
    page.wait_for_selector("[aria-sort=descending]")
    page.wait_for_selector("text=touch 999999")
    eventually(page, lambda: widget.sort == {"column": "number", "descending": True})


def test_rows_are_filtered_grouped_and_folded(show: Show) -> None:
    page = show(a_million_rows())
    page.locator("input[type=search]").fill("touch 99999")
    page.wait_for_selector("text=11 of 1,000,000 rows")
    page.locator("select").select_option("rep")
    page.wait_for_selector("[aria-expanded=true]")
    expect(page.locator("[role=row][data-index]:visible").first).to_contain_text("rep")
    page.locator("[aria-expanded=true]").first.click()
    page.wait_for_selector("[aria-expanded=false]")


def test_enter_and_a_double_click_choose_a_row_of_the_table(show: Show) -> None:
    widget, chosen = a_million_rows(), []
    widget.on_choose(chosen.append)
    page = show(widget)
    page.get_by_text("touch 3", exact=True).dblclick()
    page.locator("[role=grid]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    eventually(page, lambda: chosen == [3, 4])


def test_a_row_that_is_still_waited_for_is_chosen_when_it_is_there(show: Show) -> None:
    widget, chosen, open_ = a_million_rows(), [], threading.Event()
    widget.on_choose(chosen.append)
    page = show(widget)
    page.wait_for_selector("text=touch 3")
    make = widget._page
    widget._page = lambda *place: make(*place) if open_.wait(60) else []
    page.locator("[role=grid]").focus()
    page.keyboard.press("End")
    page.wait_for_selector("[role=row][aria-selected=true][aria-busy]")
    page.keyboard.press("Enter")
    open_.set()
    eventually(page, lambda: chosen == [999_999])


def test_a_page_that_is_refused_is_asked_for_once(show: Show) -> None:
    widget, asked = a_million_rows(), []
    page = show(widget)
    page.wait_for_selector("text=touch 3")

    def refuse(start: int, _: int) -> Any:
        asked.append(start)
        raise ValueError("there is no such page")

    widget._page = refuse
    page.locator("[role=grid]").focus()
    page.keyboard.press("End")
    page.wait_for_selector("[role=alert]:has-text('no such page')")
    page.wait_for_timeout(500)
    assert len(asked) == len(set(asked))


def test_a_row_is_copied_and_a_table_saved_by_its_button(show: Show) -> None:
    widget = a_million_rows()
    widget.on_save(lambda: "Saved as touches.csv")
    page = show(widget)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_selector("text=touch 3")
    page.locator("[role=grid]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+c")
    eventually(page, lambda: page.evaluate("navigator.clipboard.readText()") == "1\trep 1\ttouch 1\t0.143")
    page.get_by_text("Save as CSV").click()
    page.wait_for_selector("[role=alert]:has-text('Saved as touches.csv')")


def test_an_empty_table_says_what_it_waits_for(show: Show) -> None:
    page = show(Table(["rep"], pa.table({"rep": pa.array([], pa.string())}), empty="Replay to see findings"))
    expect(page.get_by_text("Replay to see findings")).to_be_visible()


def some_weeks() -> WeekBars:
    labels = [
        f"{1 + 7 * week % 28} {('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun')[week // 5]}" for week in range(26)
    ]
    now = [(week * 13 + 5) % 31 for week in range(26)]
    return WeekBars(
        title="Findings a week", labels=labels, now=now, saved=[found + found % 5 for found in now]
    )


def test_bars_are_an_image_with_a_summary_and_a_table(show: Show) -> None:
    page = show(some_weeks(), height=260)
    expect(page.locator("svg[role=img]")).to_have_attribute("aria-label", re.compile("in 26 weeks"))
    expect(page.locator("table tbody tr")).to_have_count(26)
    expect(page.locator("rect.jp-touchrules-present")).to_have_count(26)


def test_bars_tell_a_week_by_pointer_and_by_arrow_keys(show: Show) -> None:
    page = show(some_weeks(), height=260)
    page.locator("svg[role=img]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    told = page.locator("[role=status]")
    expect(told).to_have_text("8 Jan now 18 saved 21 (−3)", use_inner_text=True)
    page.mouse.move(600, 120)
    expect(told).not_to_have_text("8 Jan now 18 saved 21 (−3)", use_inner_text=True)
    expect(told).to_have_text(re.compile(r"now \d"), use_inner_text=True)


def some_curve() -> Curve:
    points = [[days, round(900 / days), f"{days} days"] for days in range(1, 15)]
    return Curve(title="Wait between calls", unit="days", points=points, current=4, saved=7)


def test_a_curve_marks_the_present_and_the_saved_value(show: Show) -> None:
    page = show(some_curve(), height=300)
    expect(page.locator("text.jp-touchrules-caption")).to_have_text(["saved", "now"])
    told = "4 days: 225 findings, the present value"
    expect(page.locator("[role=slider]")).to_have_attribute("aria-valuetext", told)


def test_arrow_keys_walk_along_a_curve_and_enter_picks(show: Show) -> None:
    widget = some_curve()
    page = show(widget, height=300)
    page.locator("[role=slider]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    eventually(page, lambda: widget.picked == 5)


def test_a_click_on_a_curve_picks_the_nearest_point(show: Show) -> None:
    widget = some_curve()
    widget.current = 7
    page = show(widget, height=300)
    box = page.locator("[role=slider]").bounding_box()
    page.mouse.click(box["x"] + 54, box["y"] + 90)
    eventually(page, lambda: widget.picked == 1)
