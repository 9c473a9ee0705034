"""`touchrules lab` starts JupyterLab with the studio open on the user's rulebooks and touches."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import open_page
from tests.browser.lab import STUDIO
from tests.browser.labserver import LabServer

pytestmark = pytest.mark.xdist_group("browser")


def test_the_command_opens_the_studio_over_a_copy_of_the_shipped_rulebooks(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    server = LabServer(("touchrules", "lab", "--no-browser", "--"), tmp_path / "home")
    try:
        with open_page(browser, server) as lab:
            lab.open(reset=False)
            lab.studio()
            expect(lab.file("voicemail.rulebook.yaml")).to_be_visible()
            lab.picture("lab-command")
            lab.reload()
            lab.studio()
            expect(lab.page.locator(STUDIO)).to_have_count(1)
    finally:
        server.stop()
