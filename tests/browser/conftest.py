"""A JupyterLab server and a browser for the tests of the labextension."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="the browser tests need playwright")
pytest.importorskip("jupyterlab", reason="the browser tests need jupyterlab")

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.drawnpage import show  # noqa: F401 - a fixture
from tests.browser.lab import TIMEOUT, Lab
from tests.browser.labserver import ROOT, LabServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


OWN = """\
rulebook: own
language: 1
parameters:
  most: {type: integer, default: 3, min: 1, max: 10, label: Calls}
rules:
  - id: own-calls
    title: No more calls than that
    severity: low
    when: {kind: call}
    where: [{count: {kind: call}, within: 7d, more_than: $most}]
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that JupyterLab shows: shipped rulebooks, one in a folder with a difficult name."""
    folder = tmp_path_factory.mktemp("files")
    for path in sorted((ROOT / "rulebooks").glob("*.rulebook.yaml")):
        shutil.copy(path, folder)
    (folder / "own rules").mkdir()
    (folder / "own rules" / "Über uns.rulebook.yaml").write_text(OWN)
    return folder


@pytest.fixture(scope="session")
def server(files: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    program = ("jupyterlab", "--no-browser", f"--ServerApp.root_dir={files}")
    server = LabServer(program, tmp_path_factory.mktemp("home"))
    yield server
    server.stop()


@pytest.fixture
def lab(browser: Browser, server: LabServer, files: Path) -> Iterator[Lab]:
    """An empty JupyterLab over the shipped rulebooks. The page must have told no error when the test ends."""
    shipped = {file: file.read_text() for file in files.glob("*.rulebook.yaml")}
    with open_page(browser, server) as lab:
        lab.open()
        yield lab
    for file, text in shipped.items():
        file.write_text(text)


@contextmanager
def open_page(browser: Browser, server: LabServer) -> Iterator[Lab]:
    """A page on a server; afterwards no kernel is left, and no error was told."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(TIMEOUT)
    lab = Lab(context.new_page(), server)
    yield lab
    context.close()
    server.end_sessions()
    assert lab.errors == []
