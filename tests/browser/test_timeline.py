"""The drawn timeline of a contact in a real page: walked, zoomed, chosen from, and crowded."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from tests.browser.drawnpage import Show, eventually
from touchrules.studio.drawing import Timeline

pytestmark = pytest.mark.xdist_group("browser")

DAY = 86_400_000
FIRST = 1_767_600_000_000  # 5 January 2026


def touch(number: int, days: float, label: str, *found: str) -> dict[str, Any]:
    return {
        "id": f"t{number}",
        "at": int(FIRST + days * DAY),
        "label": label,
        "found": list(found),
    }


def some_touches() -> Timeline:
    calls = [
        touch(1, 0, "Call by Joe"),
        touch(3, 9, "Call by Ann", "too-soon"),
        touch(5, 40, "Call"),
    ]
    mails = [touch(2, 4, "E-mail by Joe"), touch(4, 21, "E-mail by Joe", "no-name", "too-long")]
    spans = [
        {"label": "known", "since": FIRST + 4 * DAY, "until": None, "kind": "fact"},
        {"label": "call back", "since": FIRST, "until": FIRST + 9 * DAY, "kind": "broken"}
        | {"touch": "t1", "rule": "late"},
        {"label": "send the offer", "since": FIRST + 10 * DAY, "until": FIRST + 21 * DAY, "kind": "met"},
        {"label": "ask again", "since": FIRST + 22 * DAY, "until": FIRST + 36 * DAY, "kind": "cancelled"},
        {"label": "write", "since": FIRST + 40 * DAY, "until": None, "kind": "open"},
    ]
    lanes = [{"name": "Calls", "touches": calls}, {"name": "E-mails", "touches": mails}]
    return Timeline(lanes=lanes, spans=spans, marks=[{"label": "as of", "at": FIRST + 50 * DAY}])


def places(page: Any) -> list[float]:
    """Where the touches are drawn, from left to right."""
    groups = page.locator("[data-touch]").evaluate_all("all => all.map(one => one.getAttribute('transform'))")
    return [float(group.removeprefix("translate(").split(" ")[0]) for group in groups]


def test_touches_are_drawn_in_order_and_walked_by_arrow_keys(show: Show) -> None:
    widget = some_touches()
    page = show(widget, height=360)
    assert places(page) == sorted(places(page))
    page.locator("[data-touch=t1]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_attribute("aria-label", re.compile("found by too-soon"))
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-touch=t3][aria-pressed=true]")
    eventually(page, lambda: widget.chosen == "t3")


def test_tab_comes_to_one_touch_and_to_what_can_be_chosen_besides(show: Show) -> None:
    page = show(some_touches(), height=360)
    reached = page.locator(".jp-touchrules-picture [tabindex='0']")
    names = reached.evaluate_all("all => all.map(one => one.dataset.touch ?? one.getAttribute('aria-label'))")
    assert [name[:9] for name in names] == ["call back", "t1"]


def test_time_is_zoomed_by_wheel_and_keys_and_panned_by_drag_and_arrows(show: Show) -> None:
    page = show(some_touches(), height=360)
    page.locator("svg[role=group]").focus()
    page.keyboard.press("0")
    whole = places(page)
    page.keyboard.press("+")
    near = places(page)
    assert near[4] - near[0] > 1.4 * (whole[4] - whole[0])
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: places(page)[0] == pytest.approx(near[0] - 60, abs=0.5))
    box = page.locator("svg[role=group]").bounding_box()
    page.mouse.move(500, box["y"] + box["height"] - 10)
    page.mouse.down()
    page.mouse.move(560, box["y"] + box["height"] - 10)
    page.mouse.up()
    eventually(page, lambda: places(page)[0] == pytest.approx(near[0], abs=0.5))
    page.mouse.wheel(0, 400)
    eventually(page, lambda: places(page)[4] - places(page)[0] < near[4] - near[0])
    page.keyboard.press("0")
    eventually(page, lambda: places(page) == whole)


def test_a_click_chooses_a_touch(show: Show) -> None:
    widget = some_touches()
    page = show(widget, height=320)
    page.locator("[data-touch=t4]").click()
    eventually(page, lambda: widget.chosen == "t4")


def test_enter_on_an_expectation_chooses_its_touch_and_its_rule(show: Show) -> None:
    widget = some_touches()
    page = show(widget, height=360)
    page.locator("[data-span]").focus()
    page.keyboard.press("Enter")
    eventually(page, lambda: (widget.chosen, widget.rule) == ("t1", "late"))


def test_what_a_finding_rests_on_stands_out(show: Show) -> None:
    widget = some_touches()
    widget.lit = ["t1", "t3"]
    page = show(widget, height=360)
    lit = page.locator(".jp-touchrules-picture .jp-touchrules-lit")
    assert lit.evaluate_all("all => all.map(one => one.dataset.touch)") == ["t1", "t3"]
    page.evaluate("window.model.set('lit', ['t4'])")
    assert lit.evaluate_all("all => all.map(one => one.dataset.touch)") == ["t4"]


def many_touches() -> Timeline:
    touches = [touch(one, one * 0.4, "Call", *(["too-soon"] if one % 9 == 0 else [])) for one in range(240)]
    lanes = [{"name": "a kind of touch with a long name", "touches": touches[::2]}]
    lanes.append({"name": "call", "touches": touches[1::2]})
    spans = [
        {"label": "a fact with quite a long name", "since": FIRST + n * DAY, "until": FIRST + (n + 1) * DAY}
        | {"kind": "fact"}
        for n in range(0, 90, 6)
    ]
    return Timeline(lanes=lanes, spans=spans)


def test_two_hundred_touches_do_not_cover_each_other(show: Show) -> None:
    page = show(many_touches(), width=1280, height=300)
    seen = page.locator("[data-touch]").evaluate_all("all => all.map(one => one.getAttribute('transform'))")
    points = [tuple(map(float, one[10:-1].split(" "))) for one in seen]
    apart = [
        max(abs(x - other_x), abs(y - other_y))
        for place, (x, y) in enumerate(points)
        for other_x, other_y in points[place + 1 : place + 8]
    ]
    assert len(points) == 240
    assert min(apart) > 6


def test_labels_are_cut_to_their_room(show: Show) -> None:
    page = show(many_touches(), width=1280, height=300)
    page.keyboard.press("Tab")
    page.locator("svg[role=group]").focus()
    for _ in range(5):
        page.keyboard.press("+")
    over = page.locator(".jp-touchrules-span").evaluate_all(
        """all => all.map(one => {
            const [bar, text] = [one.querySelector("rect"), one.querySelector("text")];
            const end = (node) => node.getBBox().x + node.getBBox().width;
            return text.textContent ? end(text) - end(bar) : 0;
        })"""
    )
    assert max(over) <= 2
    name = page.locator(".jp-touchrules-names text").first
    assert name.evaluate("one => one.getBBox().x + one.getBBox().width") < 122
    assert name.locator("title").text_content() == "a kind of touch with a long name"


def test_a_legend_tells_what_is_drawn(show: Show) -> None:
    page = show(some_touches(), height=360)
    expect(page.get_by_role("list", name="Legend").get_by_role("listitem")).to_have_count(8)
