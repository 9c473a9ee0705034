"""FORMAT.md tells every field that there is, and none that is not."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from tests.production.bundle.made import members
from touchrules.language.load import ENDING
from touchrules.language.testfiles import TESTS_ENDING
from touchrules.production import bundle as package
from touchrules.production.bundle.manifest import Manifest, Signature

PAGE = (Path(package.__file__).parent / "FORMAT.md").read_text()


def told(section: str) -> list[str]:
    """The fields in the table of a section."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def fields(kind: Any, prefix: str = "") -> Iterator[str]:
    """The fields of a dataclass and of those in it, as the page writes them."""
    for name, hint in get_type_hints(kind).items():
        yield prefix + name
        for inner in (hint, *get_args(hint)):
            if dataclasses.is_dataclass(inner):
                yield from fields(inner, prefix + name + _step(hint))


def _step(hint: Any) -> str:
    if get_origin(hint) is tuple:
        return "[]."
    return ".*." if get_origin(hint) is Mapping else "."


@pytest.mark.parametrize(("section", "kind"), [("manifest.json", Manifest), ("signature.json", Signature)])
def test_each_field_is_told_once_and_in_its_order(section: str, kind: type) -> None:
    assert told(section) == [name for name in fields(kind) if name != "files.*"]


def test_each_member_is_told(bundle: Path) -> None:
    names = {f"rulebooks/NAME{ending}" if (ending := _ending(name)) else name for name in members(bundle)}
    assert set(told("The archive")) == names


def _ending(name: str) -> str:
    return next((one for one in (ENDING, TESTS_ENDING) if name.endswith(one)), "")


def test_the_readme_leads_to_the_page() -> None:
    readme = Path(__file__).parents[3] / "README.md"
    (path,) = re.findall(r"\]\(([^)]+FORMAT\.md)\)", readme.read_text())
    assert (readme.parent / path).samefile(Path(package.__file__).parent / "FORMAT.md")
