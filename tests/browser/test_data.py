"""A manager opens an export of another system, looks at a part of it, and takes that back."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_story import press, ready

pytestmark = pytest.mark.xdist_group("browser")

HEADER = ("Id", "WhoId", "OwnerId", "CompletedDateTime", "CallType", "CallDisposition", "Duration")


@pytest.fixture
def export(files: Path) -> Iterator[Path]:
    """Calls as Salesforce exports them: six a day to one contact, in the first and in the second quarter."""
    path = files / "sf_calls.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for place in range(120):
            at = dt.datetime(2025, 1 + place // 20, 6, 9) + dt.timedelta(hours=place % 20)
            rep, outcome = ("Ann", "Bob")[place % 2], ("Connected", "No Answer")[place % 3 > 0]
            time = at.strftime("%m/%d/%Y %H:%M")
            writer.writerow((f"00T{place}", f"003{place % 4}", rep, time, "Outbound", outcome, 60))
    yield path
    path.unlink()
    path.with_name("sf_calls.map.yaml").unlink(missing_ok=True)


def chosen(lab: Lab, studio: Locator, label: str, option: str) -> None:
    """Tick an option behind a button of the line of choices."""
    studio.get_by_role("button", name=re.compile(f"^{label}:")).click()
    box = studio.get_by_role("dialog", name=label)
    box.get_by_role("searchbox").fill(option)
    box.get_by_role("checkbox").first.check()
    lab.picture(f"choices-{label.lower()}")
    lab.page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_an_export_is_mapped_opened_and_narrowed_and_that_is_taken_back(lab: Lab, export: Path) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    studio = ready(lab)
    studio.get_by_role("tab", name="Data").click()
    data = studio.locator(".jp-touchrules-data")
    expect(data.get_by_text(re.compile("50,000 touches from"))).to_be_visible()
    lab.picture("data")
    data.get_by_label("In this folder").select_option("sf_calls.csv")
    expect(data.get_by_text("Columns of sf_calls.csv")).to_be_visible()
    expect(data.get_by_text("The first rows as touches")).to_be_visible()
    data.get_by_text("Columns of sf_calls.csv").evaluate("node => node.scrollIntoView()")
    lab.picture("mapping")
    data.get_by_text("The first rows as touches").evaluate("node => node.scrollIntoView()")
    lab.picture("mapping-rows")
    data.locator("button", has_text="Save mapping").click()
    expect(studio.get_by_text(re.compile(r"Saved .*sf_calls.map.yaml"))).to_be_visible()
    data.locator("button", has_text="Open with this mapping").click()
    count = studio.locator(".jp-touchrules-count")
    expect(count).to_have_text("120 of 120 touches")
    assert "at: {column: CompletedDateTime" in export.with_name("sf_calls.map.yaml").read_text()

    studio.get_by_label("Period").select_option("Q2 2025")
    expect(count).to_have_text("60 of 120 touches")
    chosen(lab, studio, "Team", "Ann")
    expect(count).to_have_text("30 of 120 touches")
    chosen(lab, studio, "Segment", "connected")
    expect(count).to_have_text("10 of 120 touches")
    studio.get_by_role("tab", name="Tune").click()
    lab.picture("narrowed")
    for left in ("30", "60", "120"):
        press(studio, "Undo")
        expect(count).to_have_text(f"{left} of 120 touches")


def test_findings_are_broken_down_and_an_example_opens_its_contact(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    studio = ready(lab)
    groups = studio.locator(".jp-touchrules-drawn-groups")
    expect(groups.get_by_role("button").nth(1)).to_be_visible()
    studio.get_by_label("Findings by", exact=True).select_option("team")
    expect(groups.locator("caption")).to_have_text("Findings by team")
    first = groups.get_by_role("button").first
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    examples = studio.locator(".jp-touchrules-drawn-examples")
    expect(examples.get_by_text(re.compile(r"\(team "))).to_be_visible()
    groups.evaluate("node => node.scrollIntoView()")
    lab.picture("breakdown")
    whole = examples.text_content() or ""
    studio.get_by_label("Period").select_option(index=2)
    expect(examples).not_to_have_text(whole)
    lab.rest(examples)
    examples.get_by_role("button").first.click()
    expect(studio.locator(".jp-touchrules-contact h3")).to_contain_text("touches")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_the_line_of_choices_and_the_data_fit_in_both_themes(lab: Lab, theme: str) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    lab.choose_theme(theme)
    name = theme.rsplit(maxsplit=1)[-1].lower()
    studio = ready(lab)
    studio.get_by_role("button", name=re.compile("^Segment:")).click()
    expect(studio.get_by_role("dialog", name="Segment")).to_be_visible()
    lab.picture(f"segment-{name}")
    lab.page.keyboard.press("Escape")
    studio.get_by_role("tab", name="Data").click()
    expect(studio.get_by_label("In this folder")).to_be_visible()
    bar, whole = studio.locator(".jp-touchrules-scope").bounding_box(), studio.bounding_box()
    assert bar
    assert whole
    assert bar["x"] + bar["width"] <= whole["x"] + whole["width"]
    lab.picture(f"data-{name}")
    lab.choose_theme("JupyterLab Light")
