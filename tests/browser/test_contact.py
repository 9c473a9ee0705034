"""From a row of the findings to why it was found: by keyboard, in a real JupyterLab."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_story import open_row, ready, rows_of

pytestmark = pytest.mark.xdist_group("browser")


def open_finding(lab: Lab, text: str) -> Locator:
    """Open the studio, search the findings, and press Enter on the first row."""
    studio = ready(lab)
    studio.get_by_role("tab", name="Findings").click()
    expect(rows_of(studio).nth(3)).to_be_visible()
    findings = studio.locator(".jp-touchrules-findings")
    findings.get_by_role("searchbox").fill(text)
    expect(findings.get_by_text(re.compile(r"[\d,]+ of [\d,]+ rows"))).to_be_visible()
    open_row(lab, rows_of(studio).filter(has_text=text).first)
    return studio.locator(".jp-touchrules-contact")


def test_a_finding_is_understood_from_its_row_to_the_touches_that_it_counts(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    view = open_finding(lab, "one-voicemail-too-many")
    why = view.locator(".jp-touchrules-told")
    expect(why.locator("h4")).to_contain_text("voicemail")
    expect(why.locator("table.numbers")).to_contain_text(re.compile(r"more than|at least"))
    expect(why.locator("table.touches tbody tr").first).to_be_visible()
    expect(view.locator(".jp-touchrules-picture .jp-touchrules-lit").first).to_be_visible()
    expect(view.locator("table.silent tbody tr").nth(4)).to_be_visible()
    expect(view.get_by_role("button", name="Next finding")).to_be_focused()
    lab.picture("contact-first")
    expect(view.locator(".agree")).to_contain_text("Both engines agree")
    expect(view.get_by_role("button", name="Compare these too")).to_be_visible()
    expect(why.locator(".voice")).to_have_text("Both engines say so, with the same numbers.")
    lab.picture("contact-why")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_contact_fits_the_screen_in_both_themes(lab: Lab, theme: str, size: tuple[int, int]) -> None:
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    lab.choose_theme(theme)
    view = open_finding(lab, "too-many-touches")
    expect(view.locator(".agree")).to_contain_text("Both engines agree")
    box, room = view.locator(".jp-touchrules-why").bounding_box(), view.bounding_box()
    assert box
    assert room
    assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
    lab.picture(f"contact-{theme.rsplit(maxsplit=1)[-1].lower()}-{size[0]}")
    view.locator(".jp-touchrules-why").scroll_into_view_if_needed()
    lab.page.mouse.move(*[(room["x"] + 300), (room["y"] + 300)])
    lab.page.mouse.wheel(0, 1_000)
    lab.rest(view)
    lab.picture(f"contact-{theme.rsplit(maxsplit=1)[-1].lower()}-{size[0]}-below")
    lab.choose_theme("JupyterLab Light")


def test_the_keyboard_leads_from_finding_to_finding_and_to_another_contact(lab: Lab) -> None:
    view = open_finding(lab, "one-voicemail-too-many")
    finding = view.get_by_role("combobox", name="Finding")
    expect(view.get_by_role("button", name="Next finding")).to_be_focused()
    before = finding.input_value()
    lab.page.keyboard.press("Enter")
    expect(finding).not_to_have_value(before)
    search = view.get_by_role("combobox", name="Contact")
    search.fill("c0001526")
    expect(view.locator("h3")).to_contain_text("c0001526")
