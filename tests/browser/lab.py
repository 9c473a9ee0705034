"""What a user does in JupyterLab, in the words of the tests."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.labserver import LabServer

CARD = "Touch Rules Studio"
STUDIO = ".touchrules-studio"
SLIDER = ".jp-touchrules-drawn-control input[type=range]"
TIMEOUT = 60_000
# JupyterLab says this while a kernel restarts, and when nothing is wrong.
HARMLESS = (
    "Connection lost, reconnecting",
    "WebSocket connection to",
    "responded with a status of 404",
    "Canceled future for create_subshell_request",  # of a kernel that ends while it begins
)


class Lab:
    """One page of JupyterLab."""

    def __init__(self, page: Page, server: LabServer) -> None:
        self.page = page
        self.server = server
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("console", lambda message: message.type == "error" and self._hear(message.text))

    def open(self, *, reset: bool = True) -> None:
        """Load the page; with `reset` nothing is open."""
        self.page.goto(self.server.url(reset=reset))
        self.page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=TIMEOUT)
        if reset:
            self.page.wait_for_selector(".jp-LauncherCard", timeout=TIMEOUT)

    def reload(self) -> None:
        """Load the page again, once the layout is saved."""
        self.page.wait_for_timeout(1_500)
        self.open(reset=False)

    def open_card(self) -> Locator:
        """Click the launcher's card, and give the studio."""
        self.page.locator(".jp-LauncherCard", has_text=CARD).click()
        return self.studio()

    def studio(self) -> Locator:
        """The studio, visible."""
        studio = self.page.locator(STUDIO).locator("visible=true").first
        expect(studio).to_be_visible(timeout=TIMEOUT)
        return studio

    def command(self, command: str, arguments: str = "{}") -> None:
        """Run a command of JupyterLab."""
        self.page.evaluate(f"() => {{ void window.jupyterapp.commands.execute('{command}', {arguments}); }}")

    def press_toolbar(self, item: str) -> None:
        """Click a button of the visible toolbar."""
        self.page.locator(f".jp-Toolbar [data-jp-item-name={item}]").locator("visible=true").click()

    def accept(self) -> None:
        """Say yes to the dialog."""
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()

    def close_tab(self, title: str) -> None:
        """Close the tab of that title."""
        tab = self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=title)
        tab.locator(".lm-TabBar-tabCloseIcon").click()

    def file(self, name: str) -> Locator:
        """A row of the file browser."""
        return self.page.locator(".jp-DirListing-item", has_text=name)

    def picture(self, name: str) -> None:
        """Keep a screenshot where TOUCHRULES_SCREENSHOTS says, if it does."""
        folder = os.environ.get("TOUCHRULES_SCREENSHOTS")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def _hear(self, text: str) -> None:
        if not any(harmless in text for harmless in HARMLESS):
            self.errors.append(text)
