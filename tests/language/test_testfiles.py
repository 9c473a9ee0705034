"""Files of tests are read with their defaults filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language.snippets import rulebook
from touchrules.errors import RulebookError
from touchrules.language.load import load_rulebooks
from touchrules.language.testfiles import RulebookTest, Touch, find_test_files, load_tests, parse_tests

BOOK = """\
parameters: {cap: {type: integer, default: 3}, words: {type: phrases, default: []}}
fields: {city: {type: text}, age: {type: number}}
rules:
- {id: first, title: First, severity: low, when: {}}
- {id: second, title: Second, severity: low, when: {}}
"""
HEAD = "rulebook: golden\ntests:\n"


def read(text: str) -> tuple[RulebookTest, ...]:
    return parse_tests(HEAD + text, "golden.tests.yaml", [rulebook(BOOK)])


def touch_of(text: str) -> Touch:
    (test,) = read(f"  first: [{{touches: [{text}], finds: []}}]\n")
    return test.touches[0]


def test_every_key_of_a_test_is_read() -> None:
    text = """\
  first:
  - name: a stranger
    touches: [{at: 2025-03-03 10:00, kind: call}, {at: 2025-03-04, kind: email}]
    finds: [2, 1]
    with: {cap: 4, words: [hello]}
    as_of: 2025-03-10
"""
    defaults = {"contact_id": "c1", "account_id": "a1", "rep_id": "r1", "direction": "outbound"}
    assert read(text) == (
        RulebookTest(
            rulebook="golden",
            rule="first",
            name="a stranger",
            touches=(
                {"touch_id": "t1", **defaults, "at": "2025-03-03 10:00", "kind": "call"},
                {"touch_id": "t2", **defaults, "at": "2025-03-04", "kind": "email"},
            ),
            finds=(1, 2),
            settings={"golden.cap": 4, "golden.words": ["hello"]},
            as_of="2025-03-10",
        ),
    )


def test_tests_of_several_rules_come_in_the_order_of_the_file() -> None:
    tests = read("  second: [{touches: [], finds: []}, {touches: [], finds: []}]\n  first: []\n")
    assert [(test.rule, test.name) for test in tests] == [("second", "number 1"), ("second", "number 2")]


def test_what_is_written_takes_the_place_of_a_default() -> None:
    touch = touch_of("{touch_id: x, at: 2025-03-03, kind: call, contact_id: c9, direction: inbound}")
    assert (touch["touch_id"], touch["contact_id"], touch["direction"]) == ("x", "c9", "inbound")


@pytest.mark.parametrize("nothing", ["null", "~", '""'])
def test_a_key_written_as_null_or_empty_is_missing(nothing: str) -> None:
    touch = touch_of(f"{{at: 2025-03-03, kind: call, rep_id: {nothing}, reason: {nothing}}}")
    assert "rep_id" not in touch
    assert "reason" not in touch


def test_cells_have_the_type_of_their_field() -> None:
    cells = (
        "touch_id: 007, subject: 12, city: 3.50, duration_s: 3, age: 4, icp: true, further: 5, flag: false"
    )
    touch = touch_of(f"{{at: 2025-03-03, kind: call, {cells}}}")
    assert touch == {
        "touch_id": "007",
        "contact_id": "c1",
        "account_id": "a1",
        "rep_id": "r1",
        "direction": "outbound",
        "at": "2025-03-03",
        "kind": "call",
        "subject": "12",
        "city": "3.50",
        "duration_s": 3.0,
        "age": 4.0,
        "icp": True,
        "further": 5.0,
        "flag": False,
    }


def test_a_required_field_written_as_null_is_a_problem() -> None:
    with pytest.raises(RulebookError, match="This touch has no `contact_id`"):
        touch_of("{at: 2025-03-03, kind: call, contact_id: null}")


def test_tests_stand_beside_their_rulebook(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    book, tests = tmp_path / "deep/golden.rulebook.yaml", tmp_path / "deep/golden.tests.yaml"
    book.write_text(f"rulebook: golden\nlanguage: 1\n{BOOK}")
    tests.write_text(f"{HEAD}  first: [{{touches: [], finds: []}}]\n")
    (tmp_path / "other.rulebook.yaml").write_text("rulebook: other\nlanguage: 1\n")
    assert find_test_files([tmp_path]) == (tests.as_posix(),)
    assert find_test_files([book, tmp_path]) == (tests.as_posix(),)
    assert [test.rule for test in load_tests([tmp_path], load_rulebooks([tmp_path]))] == ["first"]


def test_problems_of_all_files_of_tests_are_told_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.rulebook.yaml").write_text(f"rulebook: {name}\nlanguage: 1\n")
        (tmp_path / f"{name}.tests.yaml").write_text(f"rulebook: {name}\ntests: {{nope: []}}\n")
    with pytest.raises(RulebookError) as error:
        load_tests([tmp_path], load_rulebooks([tmp_path]))
    assert [problem.place.file.rsplit("/", 1)[1] for problem in error.value.problems if problem.place] == [
        "one.tests.yaml",
        "two.tests.yaml",
    ]
