"""The comparison of two versions of the voicemail rulebook reads as the golden files do."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.production.comparing.manners import version
from tests.production.comparing.voicemail import TOUCHES, after, before
from touchrules.production.comparing import asjson
from touchrules.production.comparing.ashtml import write_comparison_html
from touchrules.production.comparing.asjson import write_comparison_json
from touchrules.production.comparing.astext import write_comparison_text
from touchrules.production.comparing.compare import compare
from touchrules.production.comparing.document import Comparison
from touchrules.production.comparing.measuring import Measurement, Touches
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches

GOLDEN = Path(__file__).parents[2] / "golden" / "comparing"


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The two versions, replayed on touches of a made-up company."""
    path = tmp_path_factory.mktemp("demo") / "touches.csv.gz"
    write_touches(path, TOUCHES, 1)
    touches = Touches(stream=read_touches([str(path)]).stream, files=(path.name,))
    return compare(before(), after(), Measurement(before(), after(), touches))


def check_golden(name: str, said: str) -> None:
    """Compare with the golden text. TOUCHRULES_WRITE_GOLDEN=1 writes it anew: read it before it is kept."""
    golden = GOLDEN / name
    if os.environ.get("TOUCHRULES_WRITE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_the_text_reads_as_in_the_golden_file() -> None:
    check_golden("voicemail.txt", write_comparison_text(compare(before(), after())))


def test_the_text_with_findings_reads_as_in_the_golden_file(measured: Comparison) -> None:
    check_golden("voicemail-measured.txt", write_comparison_text(measured))


def test_the_json_is_as_in_the_golden_file(measured: Comparison) -> None:
    check_golden("voicemail-measured.json", write_comparison_json(measured))


def test_the_page_is_as_in_the_golden_file(measured: Comparison) -> None:
    check_golden("voicemail-measured.html", write_comparison_html(measured))


def keys_in(value: Any) -> set[str]:
    """Return all keys of a JSON value."""
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in keys_in(one))}
    return {key for one in value for key in keys_in(one)} if isinstance(value, list) else set()


def test_every_key_of_the_json_is_documented(measured: Comparison) -> None:
    documented = set(re.findall(r"`(\w+)`", asjson.__doc__ or ""))
    assert keys_in(json.loads(write_comparison_json(measured))) <= documented


def test_no_line_of_the_text_is_too_wide(measured: Comparison) -> None:
    assert max(map(len, write_comparison_text(measured).splitlines())) <= 100


def test_the_page_runs_nothing_and_needs_nothing_beside_it(measured: Comparison) -> None:
    page = write_comparison_html(measured)
    assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|url\(|@import|https?:", page)


def test_a_text_of_a_rulebook_is_no_markup_in_the_page() -> None:
    shouting = make_loud("<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shouting
    assert "<script" not in shouting


def make_loud(title: str) -> str:
    """Return the page of a rulebook of which everything is called so."""
    text = f"rulebook: b\nlanguage: 1\ntitle: {title}\nrules:\n"
    text += (
        f"  - {{id: r, title: {title}, why: {title}, severity: low, when: {{kind: call}}, say: '{title}'}}\n"
    )
    return write_comparison_html(compare(version("rulebook: a\nlanguage: 1\n", title), version(text, title)))


def test_each_table_of_the_page_has_headers(measured: Comparison) -> None:
    tables = write_comparison_html(measured).split("<table>")[1:]
    assert all('<th scope="col"' in one for one in tables)
    assert len(tables) > 5
