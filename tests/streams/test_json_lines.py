"""What the values of JSON Lines mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from touchrules.errors import DataError
from touchrules.streams.reader import Reading

Read = Callable[..., Reading]


def line(number: int, more: str = "") -> str:
    return f'{{"touch_id": "t{number}", "at": "2025-03-10", "contact_id": "c1", "kind": "call"{more}}}\n'


def values(read: Read, name: str, *written: str, **options: Any) -> tuple[str | None, list[Any]]:
    """The type and values of a field whose JSON values are those; an empty one is left out."""
    text = "".join(line(at, f', "{name}": {value}' if value else "") for at, value in enumerate(written))
    stream = read(text, name="touches.jsonl", **options).stream
    return stream.types.get(name), stream.column(name)


@pytest.mark.parametrize(
    ("written", "kind", "expected"),
    [
        (["1", "2.5", "", "null", "-1e-1"], "number", [1.0, 2.5, None, None, -0.1]),
        (["true", "false", "null"], "boolean", [True, False, None]),
        (['"a"', '""', ""], "text", ["a", None, None]),
        (['"1"', '"2"'], "text", ["1", "2"]),
        (['"true"'], "text", ["true"]),
        (['"2025-03-10T10:00"'], "text", ["2025-03-10T10:00"]),
        (['"a"', "1e5", "true", "10.0"], "text", ["a", "1e5", "true", "10.0"]),
        (["1", "true"], "text", ["1", "true"]),
        (['{"b": [1.50, "é", null], "a": {}}'], "text", ['{"b":[1.50,"é",null],"a":{}}']),
        (["NaN", "1"], "number", [None, 1.0]),
        (["null", ""], None, [None, None]),
        (['"\\ud83d\\ude00"'], "text", ["😀"]),
        (['"\\u0000"'], "text", ["\0"]),
    ],
)
def test_a_further_field_has_its_json_type(
    read: Read, written: list[str], kind: str | None, expected: list[Any]
) -> None:
    assert values(read, "x", *written) == (kind, expected)


def test_numbers_in_text_fields_become_their_own_text(read: Read) -> None:
    assert values(read, "rep_id", "7", "7.50", '"007"') == ("text", ["7", "7.50", "007"])


def test_a_number_in_quotes_is_read_in_a_number_field(read: Read) -> None:
    assert values(read, "duration_s", '"90"', "30") == ("number", [90.0, 30.0])


def test_a_declared_field_is_read_with_its_type(read: Read) -> None:
    declared = {"due": "timestamp"}
    assert values(read, "due", '"1970-01-02"', declared=declared) == ("timestamp", [86_400_000_000])


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("duration_s", "true", 'duration_s "true" is no number'),
        ("duration_s", "1e999", 'duration_s "1e999" is no number'),
        ("duration_s", "Infinity", 'duration_s "Infinity" is no number'),
        ("icp", "1", 'icp "1" is neither true nor false'),
        ("promised_at", "1741613400", 'promised_at "1741613400" cannot be read as a time'),
    ],
)
def test_a_value_of_the_wrong_kind_makes_a_bad_row(read: Read, name: str, written: str, reason: str) -> None:
    read_text = line(1, f', "{name}": {written}')
    assert [each.reason for each in read(read_text, name="t.jsonl", bad_rows="skip").rejects] == [reason]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "is no JSON: Expecting property name enclosed in double quotes at character 2"),
        ("[1]", "is no JSON object"),
        ("7", "is no JSON object"),
        ('{"a": 1, "a": 2}', 'names "a" twice'),
        ('{"a": "\\ud800"}', "holds half a character (a lone \\ud800 to \\udfff)"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "is nested too deep"),
    ],
)
def test_a_line_that_is_no_record_is_a_bad_row_with_its_line(read: Read, bad: str, reason: str) -> None:
    text = line(1) + "\n" + bad + "\n" + line(2)
    reading = read(text, name="touches.jsonl", bad_rows="skip")
    assert [(each.row, each.line, each.reason) for each in reading.rejects] == [(2, 3, reason)]
    assert reading.stream.column("touch_id") == ["t1", "t2"]


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_refused(read: Read, text: str) -> None:
    with pytest.raises(DataError, match="is empty"):
        read(text, name="touches.jsonl")


@pytest.mark.parametrize("text", ["hello\nworld\n", json.dumps([{"touch_id": "t1"}], indent=1)])
def test_a_file_without_any_record_is_refused(read: Read, text: str) -> None:
    with pytest.raises(DataError, match=r"jsonl:1:1[\s\S]*is no JSON object"):
        read(text, name="touches.jsonl")


def test_many_records_are_the_same_as_few(read: Read) -> None:
    text = "".join(
        line(number, f', "x": {number}' if number % 20_000 == 0 else "") for number in range(50_000)
    )
    stream = read(text, name="touches.jsonl").stream
    assert sorted(each for each in stream.column("x") if each is not None) == [0.0, 20_000.0, 40_000.0]
