"""The studio's own tab: it opens, lives through what kernels do, and ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.lab import CARD, SLIDER, Lab
from tests.browser.labserver import LabServer, wait_until


def press_arrow(lab: Lab, studio: Locator, times: int = 1) -> str:
    """Move the first slider to the right, and give the value it shows."""
    handle = studio.locator(SLIDER).first
    before = handle.input_value()
    handle.focus()
    for _ in range(times):
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
    assert lab.studio().count() == 1


def test_a_key_opens_a_studio(lab: Lab) -> None:
    lab.page.keyboard.press("Control+Shift+Y")
    assert lab.studio().count() == 1


def test_arrow_keys_move_a_slider(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    assert press_arrow(lab, studio) != before


def test_a_restarted_kernel_shows_a_new_studio_that_works(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    press_arrow(lab, studio, 3)
    process = kernel_process(lab.server)
    lab.press_toolbar("restart")
    lab.accept()
    expect(studio.locator(SLIDER).first).to_have_value(before, timeout=30_000)
    assert press_arrow(lab, lab.studio()) != before
    assert kernel_process(lab.server) != process


def test_a_killed_kernel_comes_back_with_a_studio_that_works(lab: Lab) -> None:
    studio = lab.open_card()
    before = value(studio)
    press_arrow(lab, studio, 3)
    os.kill(kernel_process(lab.server), signal.SIGKILL)
    expect(studio.locator(SLIDER).first).to_have_value(before, timeout=40_000)
    assert press_arrow(lab, lab.studio()) != before


def test_a_reload_finds_the_same_kernel_and_the_same_state(lab: Lab) -> None:
    moved = press_arrow(lab, lab.open_card(), 3)
    kernels = lab.server.kernels()
    lab.reload()
    studio = lab.studio()
    assert value(studio) == moved
    assert press_arrow(lab, studio) != moved
    assert lab.server.kernels() == kernels


def test_closing_the_tab_ends_the_kernel(lab: Lab) -> None:
    lab.open_card()
    lab.close_tab(CARD)
    wait_until(lambda: lab.server.kernels() == [])


def test_a_kernel_that_was_shut_down_is_started_again_by_the_restart_button(lab: Lab) -> None:
    studio = lab.open_card()
    lab.command("touchrules:shut-down-kernel")
    expect(lab.page.locator(".jp-touchrules-Studio-status")).to_contain_text("shut down", timeout=15_000)
    expect(studio).to_have_count(0)
    lab.press_toolbar("restart")
    assert press_arrow(lab, lab.studio())


def test_the_kernel_menu_works_for_a_studio(lab: Lab) -> None:
    lab.open_card()
    lab.page.locator(".lm-MenuBar-itemLabel", has_text="Kernel").click()
    lab.picture("kernel-menu")
    lab.page.locator(".lm-Menu-item:not(.lm-mod-disabled)", has_text="Shut Down").first.click()
    wait_until(lambda: lab.server.kernels() == [])
