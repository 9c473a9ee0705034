"""The list of rulebooks on the left: a tree with rules, findings and problems, for mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OWN
from tests.browser.lab import Lab
from tests.browser.test_story import RULE, number

pytestmark = pytest.mark.xdist_group("browser")

ALL_RULES = 40  # of eight rulebooks there are many more


def tree(lab: Lab) -> Locator:
    """The tree, with all that the server knows of the rulebooks."""
    lab.command("touchrules:show-rulebooks")
    shown = lab.page.get_by_role("tree", name="Rulebooks")
    expect(shown.get_by_role("treeitem").nth(ALL_RULES)).to_be_visible()
    return shown


def look_for(lab: Lab, words: str) -> None:
    lab.page.get_by_label("Filter rulebooks and rules").fill(words)


def test_a_rulebook_opens_by_keyboard_and_folds_by_arrow_keys(lab: Lab) -> None:
    shown = tree(lab)
    look_for(lab, "Über uns")
    expect(shown.get_by_role("treeitem")).to_have_count(2)
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("ArrowLeft")
    book = shown.get_by_role("treeitem", name="Über uns")
    expect(book).to_be_focused()
    lab.page.keyboard.press("Enter")
    lab.studio()
    expect(lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="Über uns")).to_be_visible()
    look_for(lab, "")
    book.focus()
    lab.page.keyboard.press("ArrowLeft")
    expect(book).to_have_attribute("aria-expanded", "false")
    lab.page.keyboard.press("ArrowRight")
    expect(book).to_have_attribute("aria-expanded", "true")


def test_a_rule_opens_the_studio_with_that_rule_chosen_then_and_later(lab: Lab) -> None:
    shown = tree(lab)
    look_for(lab, RULE)
    shown.get_by_role("treeitem", name=RULE).click()
    studio = lab.studio()
    expect(studio.locator("h3").first).to_contain_text(RULE)
    expect(number(studio)).to_have_text("24")
    expect(shown.get_by_role("treeitem", name=f"{RULE}, severity high, 24 findings")).to_be_visible()
    look_for(lab, "voicemail")
    lab.picture("list-light")
    lab.choose_theme("JupyterLab Dark")
    look_for(lab, "")
    lab.picture("list-dark")
    lab.choose_theme("JupyterLab Light")
    other = "Leave no voicemail for a stranger"
    look_for(lab, other)
    shown.get_by_role("treeitem", name=other).click()
    expect(studio.locator("h3").first).to_contain_text(other)


def test_a_problem_is_counted_listed_and_opens_the_text_at_its_line(lab: Lab, files: Path) -> None:
    file = files / "own rules" / "broken.rulebook.yaml"
    shown = tree(lab)
    text = OWN.replace("rulebook: own", "rulebook: broken").replace("own-calls", "broken-calls")
    file.write_text(text.replace("severity: low", "severity: dire"))
    try:
        lab.page.get_by_role("button", name="Look for rulebooks again").click()
        book = shown.get_by_role("treeitem", name="broken, own rules/, 1 problem")
        expect(book).to_be_visible()
        look_for(lab, "broken problem")
        lab.picture("list-problem")
        shown.get_by_role("treeitem", name="Problem in line 8").click()
        expect(lab.page.get_by_text("Ln 8, Col")).to_be_visible()
        file.write_text(text)
        look_for(lab, "broken")
        lab.page.get_by_role("button", name="Look for rulebooks again").click()
        expect(shown.get_by_role("treeitem", name="problem")).to_have_count(0)
    finally:
        file.unlink()


def test_where_nothing_says_what_is_looked_for_the_list_says_so(lab: Lab) -> None:
    tree(lab)
    look_for(lab, "nobody says this")
    expect(lab.page.get_by_text("No rulebook and no rule says")).to_be_visible()
