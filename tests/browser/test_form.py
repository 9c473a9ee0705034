"""A rule written by a form, its phrases edited, and retired again: the file keeps its comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_story import choose, number, press, ready

pytestmark = pytest.mark.xdist_group("browser")

BASE = "Leave a voicemail only for someone who knows you"


def button(studio: Locator, name: str) -> Locator:
    """A button of the chosen rule's panel."""
    return studio.locator(".jp-touchrules-chosen .jp-touchrules-buttons button", has_text=name).first


def form(studio: Locator) -> Locator:
    return studio.locator(".jp-touchrules-form")


def add_rule(lab: Lab, studio: Locator) -> None:
    """Fill the form of a new rule and add it."""
    button(studio, "New rule").click()
    fields = form(studio)
    fields.get_by_label("Title").fill("Leave no second voicemail in a week")
    fields.get_by_label("Id", exact=True).fill("Second Voicemail")
    expect(fields.get_by_text("cannot be the id of a rule")).to_be_visible()
    lab.picture("form-problem")
    fields.get_by_label("Id", exact=True).fill("second-voicemail")
    fields.get_by_label("Severity").select_option(label="high")
    fields.get_by_role("button", name="Take calls out").click()
    fields.get_by_role("combobox", name="Kinds of touch").select_option(label="voicemails")
    fields.get_by_label("Add a condition").select_option(index=1)
    sentence = fields.locator(".jp-touchrules-sentence")
    sentence.get_by_label("Touches").select_option(label="voicemails by us")
    sentence.get_by_label("Number").fill("1")
    sentence.get_by_label("Number").blur()
    expect(fields.get_by_text("cannot be the id of a rule")).to_have_count(0)
    sentence.scroll_into_view_if_needed()
    lab.picture("form-filled")
    button(studio, "Add the rule").click()


def edit_phrases(lab: Lab, studio: Locator) -> None:
    """Type a phrase, see where it is said, add it, and take it out by the keyboard."""
    phrases = studio.locator(".jp-touchrules-drawn-phraselist").first
    entry = phrases.get_by_role("textbox")
    entry.fill("thank you")
    expect(phrases.locator("mark").first).to_have_text(re.compile("thank you", re.IGNORECASE))
    lab.picture("form-phrases")
    entry.press("Enter")
    added = phrases.locator("[data-phrase='thank you']")
    expect(added).to_contain_text("touches")
    entry.press("ArrowDown")
    lab.page.keyboard.press("End")
    lab.page.keyboard.press("Delete")
    expect(added).to_have_count(0)
    entry.fill("thank you")
    entry.press("Enter")
    expect(added).to_contain_text("touches")


def test_a_rule_is_added_by_a_form_tuned_and_retired_and_every_comment_stays(lab: Lab, files: Path) -> None:
    file = files / "voicemail.rulebook.yaml"
    before = file.read_text()
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    studio = ready(lab)
    choose(studio, "Stop after the last voicemail")
    add_rule(lab, studio)
    expect(studio.locator("h3").first).to_contain_text("Leave no second voicemail")
    expect(number(studio)).to_have_text(re.compile(r"[1-9]"))
    lab.picture("form-added")

    choose(studio, "Say who sent you")
    edit_phrases(lab, studio)
    press(studio, "Save")
    studio.get_by_role("button", name="Save to files").click()
    expect(studio.get_by_text("Saved voicemail.rulebook.yaml.")).to_be_visible()
    saved = file.read_text()
    assert "- id: second-voicemail\n    title: Leave no second voicemail in a week\n" in saved
    assert "thank you" in saved
    assert [line for line in before.splitlines() if "#" in line and line not in saved] == []

    choose(studio, "Leave no second voicemail")
    button(studio, "Retire").click()
    expect(button(studio, "Take out")).to_be_visible()
    lab.picture("form-retire")
    button(studio, "Take out").click()
    expect(studio.get_by_role("option").filter(has_text="Leave no second voicemail")).to_have_count(0)
    press(studio, "Save")
    studio.get_by_role("button", name="Save to files").click()
    save = studio.locator(".jp-touchrules-header button", has_text="Save")
    expect(save).to_be_disabled()
    assert "- id: second-voicemail\n" not in file.read_text()


def test_a_rule_that_others_need_is_not_taken_out_and_the_reason_is_told(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 800})
    lab.choose_theme("JupyterLab Dark")
    studio = ready(lab)
    choose(studio, "Stop after the last voicemail")
    button(studio, "Edit").click()
    expect(form(studio).get_by_label("Title")).to_have_value(re.compile("Stop after"))
    lab.picture("form-dark")
    form(studio).get_by_label("Add a condition").scroll_into_view_if_needed()
    lab.picture("form-dark-conditions")
    button(studio, "Cancel").click()
    studio.get_by_role("tab", name="YAML").click()
    expect(studio.locator(".jp-touchrules-yaml textarea")).to_have_value(re.compile("rulebook:"))
    lab.picture("form-yaml-dark")
    lab.choose_theme("JupyterLab Light")
