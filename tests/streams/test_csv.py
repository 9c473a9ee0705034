"""What the cells of a CSV file mean: language.md, section 1 and small print."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
import zstandard

from touchrules.errors import DataError
from touchrules.model.touches import TOUCH_FIELDS
from touchrules.streams.columntypes import common_type, read_number, read_truth
from touchrules.streams.instants import read_instant
from touchrules.streams.reader import Reading

Read = Callable[..., Reading]
HEAD = "touch_id,at,contact_id,kind"
ROW = "t1,2025-03-10T14:30Z,c1,call"


def column(read: Read, name: str, *cells: str, **options: Any) -> tuple[str | None, list[Any]]:
    """The type and values of one more column with those cells, in the order of the file."""
    rows = [f"t{index:03},2025-03-10,c1,call,{cell}" for index, cell in enumerate(cells)]
    stream = read("\n".join([f"{HEAD},{name}", *rows]), **options).stream
    return stream.types[name], stream.column(name)


def test_the_four_required_fields_make_a_touch(read: Read) -> None:
    stream = read(f"{HEAD}\n{ROW}\n").stream
    at = read_instant("2025-03-10T14:30Z", "UTC")
    assert list(stream.rows(["touch_id", "at", "contact_id", "kind"])) == [("t1", at, "c1", "call")]


def test_each_field_of_the_language_has_its_own_type(read: Read) -> None:
    cells = {"text": "x", "number": "1", "boolean": "true", "timestamp": "2025-03-10"}
    values = [cells[kind] for name, kind in TOUCH_FIELDS.items() if name != "timezone"]
    names = [name for name in TOUCH_FIELDS if name != "timezone"]
    types = read(",".join(names) + "\n" + ",".join(values)).stream.types
    assert {name: types[name] for name in names} == {name: TOUCH_FIELDS[name] for name in names}


def test_a_text_field_that_looks_like_a_number_stays_text(read: Read) -> None:
    assert column(read, "rep_id", "007", "1e5") == ("text", ["007", "1e5"])


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (["true", "FALSE", "", "True"], "boolean", [True, False, None, True]),
        (["1", "-2.50", "+3e2", "", "1E-1"], "number", [1.0, -2.5, 300.0, None, 0.1]),
        (["007", "1"], "number", [7.0, 1.0]),
        (["2025-03-10T00:00", "1970-01-01 00:00:01Z"], "timestamp", [1_741_564_800_000_000, 1_000_000]),
        (["2025-03-10", "2025-03-11"], "text", ["2025-03-10", "2025-03-11"]),
        (["2025-03-10T00:00", "2025-03-10"], "text", ["2025-03-10T00:00", "2025-03-10"]),
        (["2025-03-10T00:00", "2025-02-30T00:00"], "text", ["2025-03-10T00:00", "2025-02-30T00:00"]),
        (["true", "1"], "text", ["true", "1"]),
        (["1", "nan"], "text", ["1", "nan"]),
        (["1", "1e999"], "text", ["1", "1e999"]),
        (["1", "1,5".replace(",", "")], "number", [1.0, 15.0]),
        (["1", "5."], "text", ["1", "5."]),
        (["1", ".5"], "text", ["1", ".5"]),
        (["1", " 2"], "text", ["1", " 2"]),
        (["1", "0x10"], "text", ["1", "0x10"]),
        (["1", "1_000"], "text", ["1", "1_000"]),
        (["1", "٣"], "text", ["1", "٣"]),
        (["yes", "no"], "text", ["yes", "no"]),
        (["falſe", "true"], "text", ["falſe", "true"]),
        (["true", "falſe"], "text", ["true", "falſe"]),
        (["", ""], None, [None, None]),
        (['""', ""], None, [None, None]),
    ],
)
def test_a_further_column_has_the_type_of_all_its_present_cells(
    read: Read, cells: list[str], kind: str | None, values: list[Any]
) -> None:
    assert column(read, "x", *cells) == (kind, values)


def test_whole_numbers_beyond_2_to_the_53_are_the_nearest_floats(read: Read) -> None:
    assert column(read, "x", "9007199254740993") == ("number", [9007199254740992.0])


def test_words_for_nothing_are_texts(read: Read) -> None:
    words = ["NA", "None", "null", "NaN", "-", "  "]
    assert column(read, "outcome", *words) == ("text", words)


@pytest.mark.parametrize("cell", ["nan", "NaN", "NAN", ""])
def test_nan_in_a_number_field_of_the_language_is_missing(read: Read, cell: str) -> None:
    assert column(read, "duration_s", cell, "5") == ("number", [None, 5.0])


def test_a_field_of_the_language_without_any_value_has_no_type(read: Read) -> None:
    assert column(read, "duration_s", "", "nan") == (None, [None, None])


def test_a_declared_field_is_read_with_its_type(read: Read) -> None:
    assert column(read, "zip", "01099", declared={"zip": "text"}) == ("text", ["01099"])


def test_a_declared_timestamp_may_be_a_bare_date(read: Read) -> None:
    assert column(read, "due", "1970-01-02", declared={"due": "timestamp"}) == ("timestamp", [86_400_000_000])


def test_a_declared_field_that_the_file_lacks_is_absent(read: Read) -> None:
    stream = read(f"{HEAD}\n{ROW}\n", declared={"zip": "text"}).stream
    assert ("zip" in stream.names, stream.column("zip")) == (False, [None])


def test_times_without_zone_are_read_in_the_zone_of_the_stream(read: Read) -> None:
    row = "t1,2025-03-10 14:30,c1,call,2025-07-10,2025-07-10 12:00"
    stream = read(f"{HEAD},promised_at,x\n{row}\n", timezone="Europe/Berlin").stream
    expected = [
        read_instant(text, "UTC") for text in ("2025-03-10T13:30", "2025-07-09T22:00", "2025-07-10T10:00")
    ]
    assert list(stream.rows(["at", "promised_at", "x"])) == [tuple(expected)]


def test_derived_fields_are_those_of_the_contacts_own_zone(read: Read) -> None:
    rows = "a,2025-03-10T23:15Z,c1,call,Asia/Kathmandu\nb,2025-03-10T23:15Z,c2,call,\n"
    stream = read(f"{HEAD},timezone\n{rows}", timezone="America/New_York").stream
    assert list(stream.rows(["local_hour", "weekday", "local_date"])) == [
        (5.0, "tue", "2025-03-11"),
        (19.25, "mon", "2025-03-10"),
    ]


def test_derived_fields_override_columns_of_their_name(read: Read) -> None:
    assert column(read, "weekday", "someday") == ("text", ["mon"])


def test_quoted_cells_hold_commas_quotes_and_lines(read: Read) -> None:
    assert column(read, "text", '"a,""b""\r\nc"')[1] == ['a,"b"\r\nc']


def test_a_quote_inside_a_plain_cell_is_a_quote(read: Read) -> None:
    assert column(read, "text", 'a 12" screen')[1] == ['a 12" screen']


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_on_any_system(read: Read, end: str) -> None:
    assert len(read(end.join([HEAD, ROW, "", "t2,2025-03-10,c1,call", ""])).stream) == 2


def test_a_byte_order_mark_is_no_part_of_the_first_name(read: Read) -> None:
    assert read(f"\ufeff{HEAD}\n{ROW}").stream.names[0] == "touch_id"


@pytest.mark.parametrize(
    ("ending", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress), (".GZ", gzip.compress)]
)
def test_packed_files_are_unpacked(read: Read, ending: str, pack: Callable[[bytes], bytes]) -> None:
    assert len(read(pack(f"{HEAD}\n{ROW}\n".encode()), name=f"touches.csv{ending}").stream) == 1


def test_a_tsv_file_has_tabs_between_its_cells(read: Read) -> None:
    assert len(read(f"{HEAD}\n{ROW}\n".replace(",", "\t"), name="touches.tsv").stream) == 1


def test_a_header_alone_is_an_empty_stream(read: Read) -> None:
    stream = read(f"{HEAD},x\n").stream
    assert (len(stream), stream.types["x"], stream.column("at"), stream.column("weekday")) == (
        0,
        None,
        [],
        [],
    )


def test_a_cell_of_ten_megabytes_is_read(read: Read) -> None:
    assert len(column(read, "text", "x" * 10_000_000)[1][0]) == 10_000_000


def test_a_touch_of_1900_and_one_of_9999_are_read(read: Read) -> None:
    rows = "a,1900-01-01,c1,call\nb,9999-12-01T12:00Z,c1,call\n"
    assert read(f"{HEAD}\n{rows}").stream.column("local_date") == ["1900-01-01", "9999-12-01"]


def test_a_negative_duration_is_a_number(read: Read) -> None:
    assert column(read, "duration_s", "-5") == ("number", [-5.0])


@pytest.mark.parametrize("name", ["any", "not", "found"])
def test_words_of_the_language_cannot_be_columns(read: Read, name: str) -> None:
    with pytest.raises(DataError, match=f"has a column {name}, which is a word of the rulebook language"):
        column(read, name, "1")


@pytest.mark.parametrize("steps", [[], [32_768, 65_536]])
def test_progress_tells_the_rows(read: Read, steps: list[int]) -> None:
    told: list[tuple[int, int | None]] = []
    rows = "\n".join(f"t{index},2025-03-10,c1,call" for index in range(70_000))
    if steps:  # a quote within a cell: the file is read row by row
        rows += '\nt70000,2025-03-10,c1,ca"ll'
    read(f"{HEAD}\n{rows}", progress=lambda done, total: told.append((done, total)))
    every = 70_000 + bool(steps)
    assert told == [*((step, None) for step in steps), (every, every)]


def test_a_number_beyond_a_float_is_none() -> None:
    assert (read_number("1e400"), read_number("1e308")) == (None, 1e308)


def test_only_plain_letters_make_a_truth() -> None:
    assert (read_truth("TRUE"), read_truth("ｔrue")) == (True, None)


def test_columns_of_several_types_are_text() -> None:
    assert common_type(["number", "timestamp", None]) == "text"
