"""The studio's own tab: it opens, lives through what kernels do, and ends."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import CARD, SLIDER, STUDIO, Lab
from tests.browser.labserver import LabServer, wait_until

pytestmark = pytest.mark.xdist_group("browser")

THEMES = {
    "jupyterlab": "Follow JupyterLab",
    "light": "Light",
    "dark": "Dark",
    "high-contrast": "High contrast",
    "colour-blind-safe": "Colour-blind safe",
}
UNSAVED = "Touch Rules Studio •"
BACK = "What you had set is back"
STANDS = """
() => window.jupyterapp.serviceManager.workspaces.fetch('default').then(one =>
  Object.entries(one.data).some(([key, kept]) =>
    key.startsWith('touchrules-standing:') && Object.keys(kept.settings).length > 0))
"""


def press_arrow(lab: Lab, studio: Locator) -> str:
    """Move the first slider to the right, and give the value it shows."""
    handle = studio.locator(SLIDER).first
    before = handle.input_value()
    handle.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(handle).not_to_have_value(before)
    return handle.input_value()


def value(studio: Locator) -> str:
    """The value of the first slider."""
    return studio.locator(SLIDER).first.input_value()


def kernel_process(server: LabServer) -> int:
    """The process of the only kernel."""
    [kernel] = server.kernels()
    [process] = [
        int(words.parent.name)
        for words in Path("/proc").glob("[0-9]*/cmdline")
        if f"kernel-{kernel}.json".encode() in _read(words)
    ]
    return process


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has ended meanwhile
        return b""


def test_the_card_opens_a_studio_with_a_kernel_of_its_own(lab: Lab) -> None:
    lab.picture("launcher")
    lab.open_card()
    lab.picture("studio")
    assert [session["type"] for session in lab.server.get("sessions")] == ["touchrules-studio"]


def test_the_palette_opens_a_studio(lab: Lab) -> None:
    lab.page.keyboard.press("Control+Shift+C")
    lab.page.locator(".lm-CommandPalette-input").fill(f"Open {CARD}")
    lab.page.locator(".lm-CommandPalette-item", has_text=f"Open {CARD}").click()
    lab.studio()
    expect(lab.page.locator(STUDIO)).to_have_count(1)


def test_a_key_opens_a_studio(lab: Lab) -> None:
    lab.page.keyboard.press("Control+Shift+Y")
    lab.studio()
    expect(lab.page.locator(STUDIO)).to_have_count(1)


def test_arrow_keys_move_a_slider(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    assert press_arrow(lab, studio) != before


def test_a_restarted_kernel_shows_the_studio_with_what_was_set(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    moved = press_arrow(lab, studio)
    expect(studio.get_by_role("heading", name=UNSAVED)).to_be_visible()
    process = kernel_process(lab.server)
    lab.press_toolbar("restart")
    lab.accept()
    expect(studio.get_by_text(BACK)).to_be_visible()
    expect(studio.locator(SLIDER).first).to_have_value(moved)
    assert moved != before
    assert press_arrow(lab, studio) != moved
    assert kernel_process(lab.server) != process


def test_a_killed_kernel_comes_back_with_what_was_set_and_undo_begins_anew(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    moved = press_arrow(lab, studio)
    expect(studio.get_by_role("heading", name=UNSAVED)).to_be_visible()
    os.kill(kernel_process(lab.server), signal.SIGKILL)
    expect(lab.page.locator(".jp-touchrules-Studio-status")).to_contain_text("Python was ended")
    expect(studio.get_by_text(BACK)).to_be_visible()
    lab.picture("killed-and-back")
    expect(studio.locator(SLIDER).first).to_have_value(moved)
    studio.locator("button", has_text="Undo").click()
    expect(studio.locator(SLIDER).first).to_have_value(before)


def test_what_was_set_is_back_after_a_reload_of_the_page_on_a_kernel_that_is_gone(lab: Lab) -> None:
    moved = press_arrow(lab, lab.open_card())
    lab.wait_for(STANDS)
    lab.reload()
    lab.studio()
    [session] = lab.server.get("sessions")
    lab.page.goto("about:blank")
    lab.server.delete(f"sessions/{session['id']}")
    lab.open(reset=False)
    studio = lab.studio()
    expect(studio.get_by_text(BACK)).to_be_visible()
    expect(studio.locator(SLIDER).first).to_have_value(moved)


def test_a_studio_in_a_notebook_tells_no_line_that_nobody_knows(lab: Lab, files: Path) -> None:
    cell = {
        "cell_type": "code",
        "id": "one",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": "from touchrules.studio import open_studio; open_studio('voicemail.rulebook.yaml')",
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (files / "plain.ipynb").write_text(json.dumps(notebook))
    lab.command("docmanager:open", "{path: 'plain.ipynb'}")
    lab.page.locator(".jp-Notebook .jp-CodeCell").wait_for()
    lab.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.ready.then(() => undefined)"
    )
    lab.command("notebook:run-all-cells")
    studio = lab.studio()
    expect(studio.locator(".jp-touchrules-card .number").first).not_to_be_empty()
    lab.picture("notebook")
    (files / "plain.ipynb").unlink()


def test_a_reload_finds_the_same_kernel_and_the_same_state(lab: Lab) -> None:
    moved = press_arrow(lab, lab.open_card())
    lab.wait_for(STANDS)
    kernels = lab.server.kernels()
    lab.reload()
    studio = lab.studio()
    expect(studio.locator(SLIDER).first).to_have_value(moved)
    assert press_arrow(lab, studio) != moved
    assert lab.server.kernels() == kernels


def test_closing_the_tab_ends_the_kernel(lab: Lab) -> None:
    lab.open_card()
    lab.close_tab(CARD)
    wait_until(lambda: lab.server.kernels() == [])


def test_a_kernel_that_was_shut_down_is_started_again_by_the_restart_button(lab: Lab) -> None:
    studio = lab.open_card()
    lab.command("touchrules:shut-down-kernel")
    expect(lab.page.locator(".jp-touchrules-Studio-status")).to_contain_text("shut down")
    expect(studio).to_have_count(0)
    lab.press_toolbar("restart")
    assert press_arrow(lab, lab.studio())


def test_the_kernel_menu_works_for_a_studio(lab: Lab) -> None:
    lab.open_card()
    lab.page.locator(".lm-MenuBar-itemLabel", has_text="Kernel").click()
    lab.picture("kernel-menu")
    lab.page.locator(".lm-Menu-item:not(.lm-mod-disabled)", has_text="Shut Down").first.click()
    wait_until(lambda: lab.server.kernels() == [])


def test_charts_are_drawn_with_the_colours_of_the_setting(lab: Lab) -> None:
    bars = lab.open_card().locator(".jp-touchrules-drawn-weekbars")
    expect(bars.locator("rect").first).to_be_visible()
    before = colours(bars)
    told = {}
    for theme in ("light", "dark", "high-contrast", "colour-blind-safe", "jupyterlab"):
        set_charts(lab, theme)
        expect(bars).to_be_visible()
        lab.picture(f"charts-{theme}")
        told[theme] = colours(bars)
    assert told["jupyterlab"] == before
    assert len({tuple(one) for one in told.values()}) == len(told)


def colours(chart: Locator) -> list[str]:
    """The colours of a chart: paper, ink and what it draws with."""
    names = ["paper", "ink", "accent", "bad", "good"]
    return [
        chart.evaluate(f"node => getComputedStyle(node).getPropertyValue('--jp-touchrules-{name}')")
        for name in names
    ]


def set_charts(lab: Lab, theme: str) -> None:
    """Set the chart theme in the settings editor."""
    lab.command("settingeditor:open", f"{{query: '{CARD}', settingEditorType: 'ui'}}")
    lab.page.locator("select[id$=chartTheme]").select_option(label=THEMES[theme])
    expect(lab.page.locator(f"[data-jp-touchrules-charts={theme}]")).to_have_count(1)
    lab.close_tab("Settings")
