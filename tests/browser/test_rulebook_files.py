"""Rulebook files in JupyterLab: they open in the studio, and the studio hears what becomes of them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OWN
from tests.browser.lab import CARD, STUDIO, Lab
from tests.browser.labserver import wait_until


def test_a_double_click_opens_a_rulebook_in_the_studio(lab: Lab) -> None:
    lab.file("own rules").dblclick()
    lab.file("Über uns.rulebook.yaml").dblclick()
    studio = lab.studio()
    lab.picture("rulebook")
    expect(lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="Über uns")).to_be_visible()
    assert studio.count() == 1


def test_open_with_offers_the_studio_and_the_editor(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").click(button="right")
    lab.page.locator(".lm-Menu-itemLabel", has_text="Open With").hover()
    offered = lab.page.locator(".lm-Menu-itemLabel")
    expect(offered.filter(has_text="Rulebook Studio")).to_be_visible()
    expect(offered.get_by_text("Editor", exact=True)).to_be_visible()
    lab.picture("open-with")
    offered.filter(has_text="Rulebook Studio").click()
    lab.studio()


def test_a_reload_opens_the_rulebook_again_on_the_same_kernel(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").dblclick()
    lab.studio()
    kernels = lab.server.kernels()
    lab.reload()
    lab.studio()
    assert lab.server.kernels() == kernels


def test_two_tabs_of_one_rulebook_have_two_kernels(lab: Lab) -> None:
    lab.file("voicemail.rulebook.yaml").dblclick()
    lab.studio()
    lab.command("docmanager:clone")
    expect(lab.page.locator(STUDIO)).to_have_count(2, timeout=30_000)
    assert len(lab.server.kernels()) == 2


def test_a_renamed_rulebook_keeps_its_studio_and_its_session(lab: Lab, files: Path) -> None:
    (files / "old.rulebook.yaml").write_text(OWN.replace("own", "moved"))
    lab.command("docmanager:open", "{path: 'old.rulebook.yaml'}")
    lab.studio()
    kernels = lab.server.kernels()
    lab.page.evaluate(
        "() => window.jupyterapp.serviceManager.contents.rename('old.rulebook.yaml', 'new.rulebook.yaml')"
        ".then(() => undefined)"
    )
    expect(lab.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="new.rulebook")).to_be_visible()
    wait_until(lambda: "new" in lab.server.get("sessions")[0]["path"])
    lab.command("application:toggle-left-area")  # JupyterLab saves a layout when it changes
    lab.reload()
    lab.studio()
    assert lab.server.kernels() == kernels


def test_settings_are_offered_in_the_settings_editor(lab: Lab) -> None:
    lab.command("settingeditor:open", f"{{query: '{CARD}'}}")
    expect(lab.page.get_by_text("End the kernel with the tab")).to_be_visible(timeout=20_000)
    lab.picture("settings")
