"""Drawn widgets to write in, in a real page: lists of phrases, and the YAML of a rulebook."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from tests.browser.drawnpage import Show, eventually
from touchrules.studio.drawing.phraselist import PhraseList
from touchrules.studio.drawing.yamltext import YamlText

pytestmark = pytest.mark.xdist_group("browser")


def test_a_phrase_that_is_taken_out_by_its_button_leaves_the_focus_at_the_next_one(show: Show) -> None:
    widget = PhraseList(label="Openers", phrases=["one", "two", "three"])
    page = show(widget)
    page.get_by_role("button", name="Take out two").click()
    eventually(page, lambda: widget.phrases == ["one", "three"])
    expect(page.get_by_role("button", name="Take out three")).to_be_focused()
    page.get_by_role("button", name="Take out three").click()
    expect(page.get_by_role("button", name="Take out one")).to_be_focused()
    page.get_by_role("button", name="Take out one").click()
    expect(page.get_by_role("textbox", name="Openers")).to_be_focused()


def test_what_was_typed_last_is_told_when_the_view_is_closed(show: Show) -> None:
    widget = YamlText(label="YAML", text="rulebook: own\n")
    page = show(widget)
    page.get_by_role("textbox", name="YAML").press("Control+End")
    page.keyboard.type("language: 1")
    page.evaluate("closeWidget()")
    eventually(page, lambda: widget.text == "rulebook: own\nlanguage: 1")
    assert page.evaluate("listening()") == 0
