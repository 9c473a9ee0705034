"""What was tuned in the studio is exported as a bundle, which is verified in the page and by others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.labserver import ROOT, LabServer
from tests.browser.test_saving import pictures
from tests.browser.test_story import RULE, choose, number, press, turn

pytestmark = pytest.mark.xdist_group("browser")

PANEL = ".jp-touchrules-exporting"
CHANGED = "3 voicemails → 4 voicemails"
NAME = "voicemail-1.0.0-and-1-more.touchrules"
SIZES = {"1280": {"width": 1280, "height": 800}, "1920": {"width": 1920, "height": 1080}}
LONG = 300_000
"""Milliseconds that an export may take on a machine that is busy with others: it runs all tests twice."""


@pytest.fixture(autouse=True)
def keys(server: LabServer) -> Iterator[Path]:
    """The keys of the server's user: none at first, and none are left."""
    yield server.keys
    shutil.rmtree(server.keys, ignore_errors=True)


@pytest.fixture
def rules(files: Path) -> Iterator[Path]:
    """A folder with two rulebooks and their tests."""
    folder = files / "to be exported"
    folder.mkdir()
    for name in ("voicemail", "relationship"):
        for kind in ("rulebook", "tests"):
            shutil.copy(ROOT / "rulebooks" / f"{name}.{kind}.yaml", folder)
    yield folder
    shutil.rmtree(folder)


def open_on(lab: Lab, path: str) -> Locator:
    """Open the studio on a file, and wait for the first numbers."""
    lab.command("docmanager:open", f"{{path: '{path}', factory: 'Rulebook Studio'}}")
    studio = lab.studio()
    expect(number(studio)).to_have_text(re.compile(r"\d"))
    return studio


def all_pictures(lab: Lab, name: str) -> None:
    """Keep screenshots in both sizes and themes; axe-core finds nothing serious in the panel."""
    for size, viewport in SIZES.items():
        lab.page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        lab.rest(lab.page.locator(PANEL))
        pictures(lab, f"{name}-{size}", "exporting")


def touchrules(server: LabServer, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as the user of the server."""
    command = [sys.executable, "-c", "from touchrules.cli.main import main; main()", *arguments]
    environment = {**os.environ, "TOUCHRULES_KEYS": str(server.keys), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def manifest_of(bundle: Path) -> Any:
    with zipfile.ZipFile(bundle) as opened:
        return json.loads(opened.read("manifest.json"))


def make_a_key(lab: Lab, panel: Locator, keys: Path) -> None:
    """Have a key made, which is chosen then, and told where it lies."""
    assert not keys.exists()
    panel.get_by_role("button", name="Make a key of my own").click()
    key = panel.get_by_role("combobox", name="Signed with")
    expect(key).to_be_focused()
    expect(key).to_have_value(re.compile(r"Your key own \([0-9a-f]{16}\)"))
    expect(panel.get_by_text(str(keys / "own.private.pem"))).to_be_visible()
    all_pictures(lab, "export-key")


def export_and_wait(lab: Lab, panel: Locator) -> None:
    """Export, see how far it is, and wait for the report."""
    panel.get_by_role("button", name="Export and verify").click()
    expect(panel.get_by_role("progressbar")).to_be_visible()
    expect(panel.get_by_role("button", name="Stop")).to_be_focused()
    expect(panel.get_by_text(re.compile("Exporting and verifying: .*, .* of"))).to_be_visible()
    lab.picture("export-progress")
    done = f"{NAME} is written and verified: all 8 checks passed"
    expect(panel.get_by_role("heading", name=done)).to_be_visible(timeout=LONG)
    expect(panel.get_by_role("row").filter(has_text="passed")).to_have_count(8)
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    all_pictures(lab, "export-report")


def test_what_a_slider_changed_is_exported_signed_and_verified(
    lab: Lab, rules: Path, keys: Path, server: LabServer
) -> None:
    written = (rules / "voicemail.rulebook.yaml").read_text()
    studio = open_on(lab, "to be exported/voicemail.rulebook.yaml")
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    turn(lab, studio, 1, "ArrowRight")
    expect(number(studio)).to_have_text("0")

    lab.command("touchrules:export-rulebooks")
    panel = studio.locator(PANEL)
    expect(panel.get_by_text(CHANGED)).to_be_visible()
    expect(panel.get_by_text("This is not saved.")).to_be_visible()
    expect(panel.get_by_role("textbox", name="Why (a note)")).to_be_focused()
    lab.page.keyboard.type("Four are borne, says the team")
    expect(panel.get_by_role("textbox", name="File")).to_have_value(NAME)
    all_pictures(lab, "export-asked")
    make_a_key(lab, panel, keys)
    export_and_wait(lab, panel)

    bundle = rules / NAME
    manifest = manifest_of(bundle)
    assert [one["told"] for one in manifest["parameters"]] == [
        "Voicemails to one person without an answer: 3 voicemails → 4 voicemails"
    ]
    assert manifest["note"] == "Four are borne, says the team"
    assert manifest["replay"]["touches"] > 10_000
    assert (rules / "voicemail.rulebook.yaml").read_text() == written
    verified = touchrules(server, "verify", str(bundle))
    assert verified.returncode == 0, verified.stdout + verified.stderr

    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Copy: Your public key, to hand on").click()
    expect(panel.get_by_text("Copied: ")).to_be_visible()
    public = touchrules(server, "keys", "trust", lab.page.evaluate("navigator.clipboard.readText()"))
    assert "trusted already" in public.stderr
    lab.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(studio.locator(".jp-touchrules-export")).to_be_focused()


def test_rules_without_a_test_and_no_key_pass_only_where_that_is_said(
    lab: Lab, files: Path, server: LabServer
) -> None:
    studio = open_on(lab, "own rules/Über uns.rulebook.yaml")
    press(studio, "Export")
    panel = studio.locator(PANEL)
    export = panel.get_by_role("button", name="Export and verify")
    expect(export).to_be_enabled()
    name = panel.get_by_role("textbox", name="File")
    name.fill("über uns")
    export.click()
    untested = panel.get_by_label("Let these rules pass without a test")
    expect(untested).to_be_focused()
    expect(panel.get_by_role("alert")).to_contain_text("Say that these rules may pass")
    all_pictures(lab, "export-lacks")
    lab.page.keyboard.press("Space")
    export.click()
    key = panel.get_by_role("combobox", name="Signed with")
    expect(key).to_be_focused()
    key.select_option(label="No key: unsigned")
    expect(panel.get_by_text("Unsigned: nobody can tell whose it is")).to_be_visible()
    export.click()
    expect(panel.get_by_role("heading", name="über uns.touchrules is written and verified")).to_be_visible(
        timeout=LONG
    )
    all_pictures(lab, "export-unsigned")
    bundle = files / "own rules" / "über uns.touchrules"
    assert [one["rule"] for one in manifest_of(bundle)["untested"]] == ["own-calls"]
    assert touchrules(server, "verify", str(bundle)).returncode == 7
    assert touchrules(server, "verify", "--allow-unsigned", str(bundle)).returncode == 0

    panel.get_by_role("button", name="Close").click()
    press(studio, "Export")
    name.fill("über uns")
    expect(panel.get_by_label("Replace the file of that name")).to_be_visible()
    expect(panel.get_by_label("Replace the file of that name")).not_to_be_checked()
    lab.page.keyboard.press("Escape")
    bundle.unlink()


def test_an_export_is_stopped_by_escape(lab: Lab, rules: Path) -> None:
    for file in (ROOT / "rulebooks").glob("*.yaml"):
        shutil.copy(file, rules)
    studio = open_on(lab, "to be exported/voicemail.rulebook.yaml")
    press(studio, "Export")
    panel = studio.locator(PANEL)
    export = panel.get_by_role("button", name="Export and verify")
    expect(export).to_be_enabled()
    all_pictures(lab, "export-all")
    panel.get_by_role("combobox", name="Signed with").select_option(label="No key: unsigned")
    export.click()
    expect(panel.get_by_role("button", name="Stop")).to_be_focused()
    lab.page.keyboard.press("Escape")
    stopped = re.compile("Stopped. Nothing was written.|its verification was stopped")
    expect(panel.get_by_text(stopped)).to_be_visible(timeout=LONG)
    lab.picture("export-stopped")
    expect(studio).to_be_visible()
    lab.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
