"""Everybody can read the page of a comparison: on a wide and a narrow screen, in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGE = Path(__file__).parents[1] / "golden" / "comparing" / "voicemail-measured.html"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_page_of_a_comparison(
    browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 700})
    page.goto(PAGE.as_uri())
    found = [(one["id"], one["nodes"][0]["target"]) for one in axe.Axe().run(page).response["violations"]]
    page.close()
    assert found == []
