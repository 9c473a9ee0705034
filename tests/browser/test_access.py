"""Everybody can use the studio: no serious finding of axe-core in any view, and a sensible order of focus."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_story import RULE, choose, number, ready, rows_of

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = pytest.mark.xdist_group("browser")

VIEWS = ("Tune", "Findings", "Contact", "YAML", "Compare", "History", "Data")
SERIOUS = {"serious", "critical"}


def findings(lab: Lab, part: str = ".touchrules-studio") -> list[str]:
    """What axe-core finds serious in the studio or a part of it: the rule, and where."""
    told = axe.Axe().run(lab.page, context=part).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in told
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def open_contact(studio: Locator) -> None:
    """Open the contact of a finding."""
    studio.get_by_role("tab", name="Findings").click()
    rows_of(studio).nth(3).dblclick()
    expect(studio.locator(".jp-touchrules-contact h3").first).to_contain_text("touches")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_no_view_shuts_anybody_out(lab: Lab, theme: str) -> None:
    lab.choose_theme(theme)
    studio = ready(lab)
    choose(studio, RULE)
    open_contact(studio)
    found = {}
    for view in VIEWS:
        studio.get_by_role("tab", name=view).click()
        lab.rest(studio)
        lab.picture(f"{theme.rsplit(maxsplit=1)[-1].lower()}-{view.lower()}")
        found[view] = findings(lab)
    lab.choose_theme("JupyterLab Light")
    assert {view: told for view, told in found.items() if told} == {}


def test_the_tab_key_walks_from_the_bar_over_the_rules_to_the_controls(lab: Lab) -> None:
    studio = ready(lab)
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    lab.rest(studio)
    studio.locator(".jp-touchrules-header button:not([disabled])").first.focus()
    places = [".jp-touchrules-header", ".jp-touchrules-rules", "[role=tablist]", ".jp-touchrules-chosen"]
    walked: list[str] = []
    for _ in range(60):
        place = lab.page.evaluate(
            "(places) => places.find((one) => document.activeElement?.closest(one)) ?? ''", places
        )
        if place and walked[-1:] != [place]:
            walked.append(place)
        lab.page.keyboard.press("Tab")
    in_order = [place for place in places if place in walked]
    assert walked[: len(in_order)] == in_order
    assert {places[0], places[1], places[3]} <= set(walked)
