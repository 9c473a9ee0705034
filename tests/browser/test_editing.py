"""Rulebooks in the text editor: mistakes are marked, words are offered and explained."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.lab import Lab

pytestmark = pytest.mark.xdist_group("browser")

FILE = "voicemail.rulebook.yaml"
RULE = "voicemail-to-a-stranger"
FIND = """(word) => {
    const tab = window.jupyterapp.shell.currentWidget;
    const editor = tab.content.editor;
    const offset = tab.context.model.toString().indexOf(word) + word.length;
    editor.setCursorPosition(editor.getPositionAt(offset));
    editor.focus();
}"""
READY = """(word) => {
    const tab = window.jupyterapp.shell.currentWidget;
    return tab?.content?.editor?.editor.state.doc.toString().includes(word);
}"""
PLACE = """(word) => {
    const tab = window.jupyterapp.shell.currentWidget;
    const offset = tab.context.model.toString().indexOf(word) + word.length - 2;
    const { left, top } = tab.content.editor.editor.coordsAtPos(offset);
    return [left + 2, top + 5];
}"""


class Editor:
    """The text editor of one file."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.page = lab.page
        self.node = lab.page.locator(".jp-FileEditor .cm-editor")

    def go_behind(self, word: str) -> None:
        """Put the cursor behind the first such word of the file."""
        self.page.wait_for_function(READY, arg=word)
        self.page.evaluate(FIND, word)

    def point_at(self, word: str, told: str) -> None:
        """Rest the mouse at the end of the first such word of the file, until that is told about it.

        The editor takes a while to be laid out: a mouse that came before then rests on another word.
        """
        self.go_behind(word)
        for _ in range(60):
            x, y = self.page.evaluate(PLACE, word)
            self.page.mouse.move(x, y)
            self.page.mouse.move(x + 1, y)
            with suppress(PlaywrightTimeout):
                self.tooltip().filter(has_text=told).wait_for(timeout=1_000)
                return
            self.page.mouse.move(0, 0)

    def choose_theme(self, theme: str) -> None:
        """Have JupyterLab look light or dark."""
        self.lab.choose_theme(f"JupyterLab {theme}")

    def type(self, text: str) -> None:
        """Type as a person does."""
        self.page.keyboard.type(text, delay=20)

    def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def squiggles(self) -> Locator:
        """The words that are marked as wrong."""
        return self.node.locator(".cm-lintRange-error")

    def offered(self) -> Locator:
        """The lines of the list of proposals."""
        return self.page.locator(".jp-Completer-item:visible")

    def tooltip(self) -> Locator:
        """What is told beside the pointer."""
        return self.page.locator(".cm-tooltip-hover")


@pytest.fixture
def editor(lab: Lab) -> Iterator[Editor]:
    """The shipped rulebook of voicemail in the editor; nothing of what is typed is saved."""
    lab.command("docmanager:open", f"{{path: '{FILE}', factory: 'Editor'}}")
    editor = Editor(lab)
    lab.page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.content?.editor")
    expect(lab.page.locator(".jp-FileEditor .jp-mod-completer-enabled")).to_be_attached()
    expect(editor.node).to_be_visible()
    expect(editor.node.locator(".cm-gutter-lint")).to_be_attached()
    yield editor
    lab.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.revert().then(() => undefined)")


def test_a_wrong_word_is_marked_with_what_check_says_of_it(editor: Editor) -> None:
    editor.go_behind("unless: [known")
    editor.type("n")
    expect(editor.squiggles()).to_have_text("knownn")
    editor.press("Escape")
    editor.squiggles().hover()
    expect(editor.tooltip()).to_contain_text('Did you mean "known"?')
    editor.lab.picture("editor-squiggle")
    editor.press("Backspace")
    expect(editor.squiggles()).to_have_count(0)


def test_the_panel_of_problems_opens_with_the_keyboard(editor: Editor) -> None:
    editor.go_behind("unless: [known")
    editor.type("n")
    expect(editor.squiggles()).to_have_count(1)
    editor.press("Escape", "Control+Shift+M")
    panel = editor.node.locator(".cm-panel-lint")
    expect(panel.get_by_role("option")).to_contain_text("knownn")
    editor.lab.picture("editor-panel")


def test_keys_are_offered_while_they_are_typed(editor: Editor) -> None:
    editor.go_behind("unless: [known, referred]")
    editor.press("Enter")
    editor.type("giv")
    expect(editor.offered().first).to_contain_text("given")
    expect(editor.offered().first).to_contain_text("Facts that must hold.")
    editor.lab.picture("editor-keys")
    editor.press("Enter")
    expect(editor.node.get_by_text("given: ")).to_be_visible()


def test_the_words_of_a_severity_are_offered(editor: Editor) -> None:
    editor.go_behind("tags: [G1, G2, voicemail]")
    editor.press("Enter")
    editor.type("severity: ")
    expect(editor.offered()).to_contain_text(["info", "low", "medium", "high", "critical"])
    editor.lab.picture("editor-severity")


def test_facts_of_all_rulebooks_are_offered_with_tab(editor: Editor) -> None:
    editor.go_behind("unless: [kno")
    editor.press("Tab")
    expect(editor.offered().first).to_contain_text("known")


def test_no_list_stays_when_a_word_is_written_out(editor: Editor) -> None:
    editor.go_behind("tags: [G1, G2, voicemail]")
    editor.press("Enter")
    editor.type("severity: high")
    expect(editor.offered()).to_have_count(0)
    editor.press("Enter")
    editor.type("report: false")
    expect(editor.node.get_by_text("report: false")).to_be_visible()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_words_are_explained_on_hovering(editor: Editor, theme: str) -> None:
    editor.choose_theme(theme)
    told = "Press zero at most this long before a voicemail: 1h (5m to 8h)"
    editor.point_at("within: $gatekeeper_window", told)
    expect(editor.tooltip()).to_contain_text(told)
    editor.lab.picture(f"editor-hover-{theme.lower()}")
    editor.choose_theme("Light")
