"""A manager's story, from the launcher's card to a saved rulebook and back, by role and by keyboard."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import SLIDER, Lab

pytestmark = pytest.mark.xdist_group("browser")

PICTURE = Path(__file__).parents[2] / "notebooks" / "studio.png"
RULE = "Stop after the last voicemail"
APOLOGIES = "27"  # found of "Do not apologise" in the year


def number(studio: Locator, place: int = 0) -> Locator:
    """A number of the impact: found, looked at, contacts, reps."""
    return studio.locator(".jp-touchrules-card .number").nth(place)


def press(studio: Locator, label: str) -> None:
    """Press a button of the bar on top."""
    studio.locator(".jp-touchrules-header button", has_text=label).click()


def ready(lab: Lab) -> Locator:
    """Open the studio by its card, and wait for the first numbers."""
    studio = lab.open_card()
    expect(number(studio)).to_have_text(re.compile(r"\d"))
    return studio


def choose(studio: Locator, title: str) -> None:
    """Choose a rule of the list."""
    studio.get_by_role("option").filter(has_text=title).click()
    expect(studio.locator("h3").first).to_contain_text(title)


def rows_of(studio: Locator) -> Locator:
    """The rows of the table that is shown, its heading first, once none of them is waited for."""
    rows = studio.get_by_role("grid").locator("[role=row]:not([hidden])")
    expect(rows.nth(1)).to_be_visible()
    expect(rows.and_(studio.locator("[aria-busy]"))).to_have_count(0)
    return rows


def open_row(lab: Lab, row: Locator) -> None:
    """Choose a row of a table, and open it by Enter."""
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    lab.page.keyboard.press("Enter")


def turn(lab: Lab, studio: Locator, place: int, key: str) -> None:
    """Turn a control of the chosen rule by a key."""
    studio.locator(f".jp-touchrules-chosen {SLIDER}").nth(place).focus()
    lab.page.keyboard.press(key)


def look_at_a_quarter(studio: Locator) -> None:
    """Look at the last quarter of the demo year only."""
    everything = number(studio, 1).inner_text()
    studio.get_by_role("combobox", name="Period").select_option(label="Q4 2025")
    expect(number(studio, 1)).not_to_have_text(everything)


def understand_a_finding(lab: Lab, studio: Locator) -> None:
    """Sort the findings, open the contact of the first one, and read why it was found."""
    studio.get_by_role("tab", name="Findings").click()
    grid = studio.get_by_role("grid")
    before = rows_of(studio).nth(1).text_content() or ""
    grid.get_by_role("button", name="Severity").press("Enter")
    expect(grid.get_by_role("columnheader", name="Severity")).to_have_attribute("aria-sort", "ascending")
    expect(rows_of(studio).nth(1)).not_to_have_text(before)
    lab.picture("findings")
    open_row(lab, rows_of(studio).nth(1))
    why = studio.locator(".jp-touchrules-contact .jp-touchrules-told")
    expect(why.get_by_text("Both engines say so")).to_be_visible()
    lab.picture("contact")


def take_a_phrase_out(studio: Locator) -> None:
    """Take the first phrase that somebody says out of a list, by the keyboard."""
    choose(studio, "Do not apologise")
    phrases = studio.locator(".jp-touchrules-drawn-phraselist").first
    expect(number(studio)).to_have_text(APOLOGIES)
    said = phrases.locator("[data-phrase]:not([data-none])", has_text="touch").first
    said.get_by_role("button").press("Enter")
    expect(number(studio)).not_to_have_text(APOLOGIES)
    expect(number(studio)).to_have_text(re.compile(r"\d"))


def test_a_manager_tunes_a_rule_looks_at_whom_it_concerns_and_saves_it(lab: Lab, files: Path) -> None:
    kept = {file: file.read_text() for file in files.glob("*.rulebook.yaml")}
    studio = ready(lab)
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    turn(lab, studio, 1, "ArrowRight")
    expect(number(studio)).to_have_text("0")
    expect(studio.locator(".jp-touchrules-card .change").first).to_have_text("−24 against saved")
    expect(studio.get_by_text("No longer found: 24")).to_be_visible()
    lab.picture("tuned")
    if os.environ.get("TOUCHRULES_README_PICTURE"):
        lab.page.set_viewport_size({"width": 1760, "height": 990})
        expect(studio.get_by_text("now", exact=True)).to_be_visible()
        lab.page.screenshot(path=PICTURE)

    look_at_a_quarter(studio)
    understand_a_finding(lab, studio)
    studio.get_by_role("button", name="Clear").press("Enter")
    studio.get_by_role("tab", name="Tune").click()
    take_a_phrase_out(studio)
    studio.get_by_role("tab", name="Compare").click()
    compared = studio.locator(".jp-touchrules-compare")
    expect(compared.get_by_text("3 voicemails → 4 voicemails")).to_be_visible()
    lab.picture("compare")

    studio.locator(".jp-touchrules-header button", has_text="Save").press("Enter")
    write = studio.get_by_role("button", name="Save to files")
    expect(write).to_be_enabled()
    write.press("Enter")
    expect(studio.get_by_text(re.compile("Saved .*voicemail.rulebook.yaml"))).to_be_visible()
    saved = {file: file.read_text() for file in kept}
    assert sum(saved[file] != text for file, text in kept.items()) == 2
    assert all(saved[file].count("#") == text.count("#") for file, text in kept.items())
    assert "default: 4" in changed_lines(kept, saved, "voicemail")[1]
    assert len(changed_lines(kept, saved, "voicemail")) == 2  # the version, and the value

    for _ in range(5):  # the save, the phrase, the period and its end, the control
        press(studio, "Undo")
    studio.get_by_role("tab", name="Tune").click()
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")


def changed_lines(before: dict[Path, str], after: dict[Path, str], name: str) -> list[str]:
    """The lines of a rulebook that a save changed."""
    [file] = [one for one in before if one.name == f"{name}.rulebook.yaml"]
    pairs = zip(before[file].splitlines(), after[file].splitlines(), strict=True)
    return [new for old, new in pairs if old != new]


def test_what_was_just_typed_is_among_what_the_save_key_saves(lab: Lab) -> None:
    studio = ready(lab)
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    field = studio.locator(".jp-touchrules-chosen .jp-touchrules-exact").nth(1)
    field.fill("4")
    field.press("Control+s")
    expect(studio.locator(".jp-touchrules-saving").get_by_text("3 voicemails → 4 voicemails")).to_be_visible()


def test_after_a_phrase_was_taken_out_by_its_button_the_save_key_works(lab: Lab) -> None:
    studio = ready(lab)
    choose(studio, "Do not apologise")
    expect(number(studio)).to_have_text(APOLOGIES)
    phrases = studio.locator(".jp-touchrules-drawn-phraselist").first
    before = phrases.locator("[data-phrase]").count()
    following = phrases.locator("[data-phrase] button").nth(2)
    name = following.get_attribute("aria-label") or ""
    phrases.locator("[data-phrase] button").nth(1).click()
    expect(phrases.locator("[data-phrase]")).to_have_count(before - 1)
    expect(phrases.get_by_role("button", name=name)).to_be_focused()
    lab.rest(studio)
    lab.page.keyboard.press("Control+s")
    expect(studio.locator(".jp-touchrules-saving").get_by_role("heading", name="Save these")).to_be_visible()


def test_a_mistake_in_the_yaml_is_told_with_its_line(lab: Lab) -> None:
    studio = ready(lab)
    choose(studio, RULE)
    studio.get_by_role("tab", name="YAML").click()
    area = studio.locator(".jp-touchrules-yaml textarea")
    expect(area).to_have_value(re.compile("rulebook: voicemail"))
    area.fill(area.input_value().replace("severity:", "sevrity:", 1))
    problem = studio.locator(".jp-touchrules-problems button", has_text="sevrity")
    expect(problem).to_contain_text("Line")
    expect(studio.locator(".jp-touchrules-numbers [data-bad]")).not_to_have_count(0)
    problem.click()
    expect(area).to_be_focused()
    lab.picture("yaml")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_the_studio_fits_the_screen_in_both_themes(lab: Lab, theme: str, size: tuple[int, int]) -> None:
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    lab.choose_theme(theme)
    studio = ready(lab)
    choose(studio, RULE)
    expect(
        studio.locator(".jp-touchrules-drawn-curve circle, .jp-touchrules-drawn-curve path").first
    ).to_be_visible()
    impact, whole = studio.locator(".jp-touchrules-impact").bounding_box(), studio.bounding_box()
    assert impact
    assert whole
    assert impact["x"] + impact["width"] <= whole["x"] + whole["width"]
    lab.picture(f"{theme.rsplit(maxsplit=1)[-1].lower()}-{size[0]}")
    lab.choose_theme("JupyterLab Light")
