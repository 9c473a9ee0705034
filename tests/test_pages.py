"""The pages that people read on the repository's site lead to places that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("*.md", "touchrules/production/**/*.md", "rulebooks/**/*.md")
    for path in ROOT.glob(pattern)
)
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def text_of(page: Path) -> str:
    """What a page says, without its blocks of code; of a notebook the cells that are told."""
    text = page.read_text()
    if page.suffix == ".ipynb":
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
        text = "\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings get on the repository's site."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads(link: str, page: Path) -> bool:
    path, _, anchor = link.partition("#")
    there = page if not path else page.parent / path
    if not there.exists() or ROOT not in there.resolve().parents:
        return False
    return not anchor or (there.suffix == ".md" and anchor in anchors_of(there))


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    assert [link for link in links if "://" not in link and not leads(link, page)] == []


def test_the_pages_that_are_looked_at_are_those_that_there_are() -> None:
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "CHANGELOG.md", "rulebooks/README.md"} < names
    assert {f"touchrules/production/{one}.md" for one in ("bundle/FORMAT", "HOSTS", "RUNNING")} < names
