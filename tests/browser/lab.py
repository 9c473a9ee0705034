"""What a user does in JupyterLab, in the words of the tests."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.browser.labserver import LabServer, wait_until

CARD = "Touch Rules Studio"
STUDIO = ".touchrules-studio"
SLIDER = ".jp-touchrules-drawn-control input[type=range]"
TIMEOUT = 60_000
# JupyterLab says this while a kernel restarts, and when nothing is wrong.
HARMLESS = ("Connection lost, reconnecting", "WebSocket connection to")
GONE = "responded with a status of 404"  # JupyterLab asks for what may not be there
OURS = "/touchrules"
ENDED_EARLY = "Canceled future for create_subshell_request"  # of a kernel that ends while it begins
LAYOUT = """
(holds) => window.jupyterapp.serviceManager.workspaces.fetch('default').then(({ data }) =>
    (new Function('kept', `return ${holds}`))(JSON.stringify(data['layout-restorer:data']?.main?.dock ?? {})))
"""
ALL_STUDIOS = """
(kept.match(/"touchrules-(studio|rulebook):/g) ?? []).length
    === document.querySelectorAll('.jp-touchrules-Studio').length
"""
QUIET = """
(node) => new Promise((resolve) => {
    const begin = () => setTimeout(() => { observer.disconnect(); resolve(); }, 500);
    const observer = new MutationObserver(() => { clearTimeout(waiting); waiting = begin(); });
    let waiting = begin();
    observer.observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
})
"""


class Lab:
    """One page of JupyterLab."""

    def __init__(self, page: Page, server: LabServer) -> None:
        self.page = page
        self.server = server
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self._hear_error(str(error)))
        page.on("console", self._hear)

    def open(self, *, reset: bool = True) -> None:
        """Load the page; with `reset` nothing is open."""
        self.page.goto(self.server.url(reset=reset))
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")
        if reset:
            self.page.wait_for_selector(".jp-LauncherCard")

    def reload(self) -> None:
        """Load the page again, once the layout is saved."""
        self.wait_for(LAYOUT, ALL_STUDIOS.strip())
        self.open(reset=False)

    def open_card(self) -> Locator:
        """Click the launcher's card, and give the studio."""
        self.page.locator(".jp-LauncherCard", has_text=CARD).click()
        return self.studio()

    def studio(self) -> Locator:
        """The studio, visible."""
        studio = self.page.locator(STUDIO).locator("visible=true").first
        expect(studio).to_be_visible()
        return studio

    def wait_for_layout(self, name: str) -> None:
        """Wait until the layout that JupyterLab keeps names something."""
        self.wait_for(LAYOUT, f"kept.includes('{name}')")

    def wait_for(self, script: str, argument: object = None) -> None:
        """Wait until a script promises that something holds: `wait_for_function` awaits no promise."""
        wait_until(lambda: self.page.evaluate(script, argument))

    def rest(self, part: Locator) -> None:
        """Wait until nothing changes any more in a part of the page."""
        part.evaluate(QUIET)

    def command(self, command: str, arguments: str = "{}") -> None:
        """Run a command of JupyterLab."""
        self.page.evaluate(f"() => {{ void window.jupyterapp.commands.execute('{command}', {arguments}); }}")

    def choose_theme(self, theme: str) -> None:
        """Have JupyterLab look so; a second choice before it does would take its curtain down twice."""
        self.command("apputils:change-theme", f"{{theme: '{theme}'}}")
        expect(self.page.locator(f"body[data-jp-theme-name='{theme}']")).to_be_attached()
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

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

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not is_harmless(message.text, message.location["url"]):
            self.errors.append(f"{message.text} {message.location['url']}")

    def _hear_error(self, text: str) -> None:
        if ENDED_EARLY not in text:
            self.errors.append(text)


def is_harmless(text: str, address: str) -> bool:
    """Whether JupyterLab says this when nothing is wrong; what is not found of ours is wrong."""
    return any(harmless in text for harmless in HARMLESS) or (GONE in text and OURS not in address)
