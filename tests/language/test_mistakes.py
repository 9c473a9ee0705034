"""Every mistake has an error text that was read by people: the golden files of mistakes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from touchrules.errors import RulebookError
from touchrules.language.load import parse_rulebook
from touchrules.language.testfiles import parse_tests

GOLDEN = Path(__file__).parents[1] / "golden"
RULEBOOKS = sorted((GOLDEN / "mistakes").glob("*.yaml"))
TESTS = sorted((GOLDEN / "test_mistakes").glob("*.yaml"))
VOICEMAIL = """\
rulebook: voicemail
language: 1
parameters: {cap: {type: integer, default: 3, min: 1, max: 20}}
signals: {price_talk: {phrases: [price]}}
rules:
- {id: no-voicemail, title: Leave no voicemail, severity: low, when: {kind: voicemail}}
"""


def _compare(golden: Path, said: str) -> None:
    """Compare with the golden text. TOUCHRULES_WRITE_GOLDEN=1 writes it anew: read it before it is kept."""
    if os.environ.get("TOUCHRULES_WRITE_GOLDEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("faulty", RULEBOOKS, ids=lambda path: path.stem)
def test_a_faulty_rulebook_is_told_as_in_its_golden_text(faulty: Path) -> None:
    with pytest.raises(RulebookError) as told:
        parse_rulebook(faulty.read_text(encoding="utf-8"), file=faulty.name)
    _compare(faulty.with_suffix(".txt"), f"{told.value}\n")


@pytest.mark.parametrize("faulty", TESTS, ids=lambda path: path.stem)
def test_a_faulty_file_of_tests_is_told_as_in_its_golden_text(faulty: Path) -> None:
    rulebook = parse_rulebook(VOICEMAIL)
    with pytest.raises(RulebookError) as told:
        parse_tests(faulty.read_text(encoding="utf-8"), faulty.name, [rulebook])
    _compare(faulty.with_suffix(".txt"), f"{told.value}\n")


def test_there_are_at_least_sixty_golden_mistakes_each_with_its_text() -> None:
    assert len(RULEBOOKS) >= 60
    assert all(path.with_suffix(".txt").exists() for path in (*RULEBOOKS, *TESTS))
