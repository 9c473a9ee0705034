"""The text of a rulebook becomes values with places, by YAML 1.2's core schema and nothing else."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from touchrules.errors import Place
from touchrules.language import source
from touchrules.language.nodes import Mapping, Scalar, Sequence, plain_value
from touchrules.language.source import MOST_BYTES, Source, read_source


def value_of(text: str) -> object:
    source = read_source(f"key: {text}\n", "file")
    assert not source.problems
    assert isinstance(source.root, Mapping)
    node = source.root.get("key")
    assert isinstance(node, Scalar)
    return node.value


@pytest.mark.parametrize(
    "text",
    [
        "17:30",
        "no",
        "yes",
        "on",
        "off",
        "y",
        "2025-03-10",
        "1_000",
        "=",
        "0b11",
        "1.0.0",
        "0o9",
        "+",
        ".",
        "e3",
    ],
)
def test_what_only_yaml_1_1_knows_is_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("007", 7),
        ("0o17", 15),
        ("0xfF", 255),
        ("2.50", 2.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-1", -0.15),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("~", None),
        ("Null", None),
        ("", None),
        (".inf", math.inf),
        ("-.INF", -math.inf),
    ],
)
def test_the_core_schema_resolves(text: str, value: object) -> None:
    found = value_of(text)
    assert (found, type(found)) == (value, type(value))


def test_nan_is_a_number_and_other_spellings_are_text() -> None:
    assert isinstance(value_of(".nan"), float)
    assert value_of("nan") == "nan"
    assert value_of(".Inf") == math.inf
    assert value_of("tRUE") == "tRUE"


def test_an_integer_of_thousands_of_digits_is_read_without_a_crash() -> None:
    assert value_of("9" * 5000) == math.inf


@pytest.mark.parametrize("text", ['"3"', "'true'", '"~"', "'1e3'"])
def test_what_is_quoted_is_text(text: str) -> None:
    assert value_of(text) == text[1:-1]


def test_texts_of_several_lines_are_folded_and_kept_as_yaml_says() -> None:
    source = read_source("folded: >-\n  one\n  two\nkept: |\n  one\n  two\n", "file")
    assert source.root is not None
    assert plain_value(source.root) == {"folded": "one two", "kept": "one\ntwo\n"}


def test_the_two_halves_that_json_writes_for_one_character_are_joined() -> None:
    assert value_of(r'"\ud83d\ude00"') == "\N{GRINNING FACE}"


def test_half_a_character_is_a_problem() -> None:
    (problem,) = read_source(r'key: "\ud83d"', "file").problems
    assert problem.place == Place(file="file", line=1, column=6, length=8)


def test_places_name_line_column_and_length() -> None:
    source = read_source("a: 1\nlist: [one, {two: three}]\n", "book.yaml")
    assert isinstance(source.root, Mapping)
    items = source.root.get("list")
    assert isinstance(items, Sequence)
    assert items.place == Place(file="book.yaml", line=2, column=7, length=19)
    assert items.items[0].place == Place(file="book.yaml", line=2, column=8, length=3)
    assert items.items[1].place == Place(file="book.yaml", line=2, column=13, length=12)


def test_an_alias_repeats_the_value_at_its_place() -> None:
    source = read_source("a: &x [1, 2]\nb: *x\n", "file")
    assert isinstance(source.root, Mapping)
    assert source.root.get("a") is source.root.get("b")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    source = read_source("\ufeffrulebook: golden\n".encode(), "file")
    assert source.root is not None
    assert plain_value(source.root) == {"rulebook": "golden"}


def only_problem(source: Source) -> tuple[str, int, int]:
    (problem,) = source.problems
    assert source.root is None
    assert problem.place is not None
    return problem.message, problem.place.line, problem.place.column


def test_a_file_in_another_encoding_is_told_with_its_place() -> None:
    message, line, column = only_problem(read_source("a: 1\nb: caf\u00e9\n".encode("latin-1"), "file"))
    assert "not written in UTF-8" in message
    assert (line, column) == (2, 7)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00", "a: b".encode("utf-16"), b"\x1f\x8b\x08"]
)
def test_a_binary_file_is_one_problem(data: bytes) -> None:
    assert only_problem(read_source(data, "file"))


def test_a_file_larger_than_the_limit_is_one_problem() -> None:
    message, _line, _column = only_problem(read_source(b"a" * (MOST_BYTES + 1), "file"))
    assert "larger than 4 MB" in message


def test_a_bomb_of_aliases_ends_soon() -> None:
    lines = ["- &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, after in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"- &{after} [{', '.join([f'*{before}'] * 10)}]")
    message, _line, _column = only_problem(read_source("\n".join(lines), "file"))
    assert "aliases" in message


def test_a_hundred_thousand_brackets_end_soon() -> None:
    message, _line, _column = only_problem(read_source("[" * 100_000, "file"))
    assert "levels" in message


def test_all_problems_of_a_readable_file_are_told_at_once() -> None:
    source = read_source("a: !!str b\na: 2\n<<: 3\n4: 5\n", "file")
    assert [problem.place.line for problem in source.problems if problem.place] == [1, 2, 3, 4]
    assert source.root is not None


SHIPPED = sorted(Path("rulebooks").glob("*.yaml"))
READ_DIFFERENTLY = (
    "- ",
    "a:",
    "é\ufeff\n",
    "\u2028\\\n",
    " |+\n...\n",
    "|#\n",
    "|\n#\n\n",
    "? ? |#[\n",
    "!!str &a a\n",
    "! &a a\n",
    "*a: >-\n\n",
    "[&a:b c]\n",
    "a: \ud800\n",
)
READ_ALIKE = (
    "a: [b, 'c', \"\\u00e9\"] # d\n",
    "a: &b {c: 1}\nd: *b\n",
    "a: |-\n  b\n  # c\n",
    "a: [b\n",
    "? a\n: b\n",
)


@pytest.mark.parametrize(
    "text", [*(path.read_text(encoding="utf-8") for path in SHIPPED), *READ_DIFFERENTLY, *READ_ALIKE]
)
def test_the_quick_parser_reads_the_same_or_is_not_asked(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = read_source(text, "x.yaml")
    monkeypatch.setattr(source, "_UNUSUAL", re.compile(""))  # everything is
    assert read_source(text, "x.yaml") == quick


@pytest.mark.parametrize("path", SHIPPED)
def test_the_quick_parser_reads_what_is_shipped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "YAML", None)
    assert read_source(path.read_bytes(), "x.yaml").root is not None
