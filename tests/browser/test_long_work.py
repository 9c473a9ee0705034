"""Long work of a studio: it is seen in the status bar, it can be stopped, and it may lose its Python."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_story import RULE, choose, number, press, ready, turn
from tests.browser.test_studio_tab import kernel_process

pytestmark = pytest.mark.xdist_group("browser")

MANY = 300_000
WORK = "Work of the Touch Rules Studio"


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many touches that their replay takes seconds."""
    folder = tmp_path_factory.mktemp("many")
    program = "from touchrules.cli.main import main; main()"
    command = [sys.executable, "-c", program, "demo", "--touches", str(MANY), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "touches.csv.gz"


def work(lab: Lab) -> Locator:
    """What the status bar says of the studio's work."""
    return lab.page.get_by_role("group", name=WORK)


def open_data(studio: Locator, file: Path) -> None:
    """Have the studio read other touches."""
    studio.get_by_role("tab", name="Data").click()
    field = studio.get_by_label("File of touches")
    field.fill(str(file))
    field.blur()
    studio.get_by_title("Replay over these touches").click()


def test_the_status_bar_tells_how_far_work_is_and_a_key_stops_it(lab: Lab, many: Path) -> None:
    studio = ready(lab)
    expect(work(lab)).to_be_hidden()
    open_data(studio, many)
    expect(work(lab)).to_contain_text(re.compile("Reading (touches|texts): .* of"))
    lab.picture("status")
    stop = work(lab).get_by_role("button", name="Cancel")
    stop.focus()
    lab.page.keyboard.press("Enter")
    expect(studio.locator(".jp-touchrules-status")).to_contain_text("Stopped")
    expect(work(lab)).to_be_hidden()
    lab.picture("stopped")
    expect(number(studio)).to_have_text(re.compile(r"\d"))


def test_python_that_ends_in_the_middle_of_a_replay_comes_back_with_what_was_set(
    lab: Lab, many: Path
) -> None:
    studio = ready(lab)
    choose(studio, RULE)
    expect(number(studio)).to_have_text("24")
    turn(lab, studio, 1, "ArrowRight")
    expect(number(studio)).to_have_text("0")
    open_data(studio, many)
    expect(work(lab)).to_contain_text(re.compile("Replaying touches|Reading texts"))
    os.kill(kernel_process(lab.server), signal.SIGKILL)
    told = lab.page.locator(".jp-touchrules-Studio-status")
    expect(told).to_contain_text("ended in the middle of its work")
    lab.picture("killed")
    studio = lab.studio()
    expect(studio.get_by_text("What you had set is back")).to_be_visible()
    expect(studio.locator("h3").first).to_contain_text(RULE)
    expect(studio.get_by_role("tab", name="Tune")).to_be_visible()
    lab.picture("back")
    press(studio, "Undo")
    expect(number(studio)).not_to_have_text("0")
