"""Rows that cannot be taken: refused, or set aside and told; never dropped."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from touchrules.errors import ArgumentError, DataError
from touchrules.streams.reader import Reading

Read = Callable[..., Reading]
HEAD = "touch_id,at,contact_id,kind,duration_s,icp,timezone"
GOOD = "t0,2025-03-10,c1,call,60,true,Europe/Berlin"


def reasons(reading: Reading) -> list[str]:
    return [each.reason for each in reading.rejects]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2025-03-10,c1,call,,,", "touch_id is missing"),
        ("t1,,c1,call,,,", "at is missing"),
        ("t1,2025-03-10,,call,,,", "contact_id is missing"),
        ("t1,2025-03-10,c1,,,,", "kind is missing"),
        ("t1,soon,c1,call,,,", 'at "soon" cannot be read as a time'),
        ("t1,2025-02-30,c1,call,,,", 'at "2025-02-30" names a day or hour that no calendar has'),
        ("t1,9999-12-31T23-02,c1,call,,,", 'at "9999-12-31T23-02" cannot be read as a time'),
        (
            "t1,9999-12-31T23:00-02:00,c1,call,,,",
            'at "9999-12-31T23:00-02:00" lies outside the years 1 to 9999 in UTC',
        ),
        ("t1,2025-03-10,c1,call,1.000.0,,", 'duration_s "1.000.0" is no number'),
        ("t1,2025-03-10,c1,call,,yes,", 'icp "yes" is neither true nor false'),
        ("t1,2025-03-10,c1,call,,,Mars/Base", 'timezone "Mars/Base" is no IANA time zone'),
        ("t1,2025-03-10,c1,call,,,../../etc/passwd", 'timezone "../../etc/passwd" is no IANA time zone'),
        ("t1,2025-03-10,c1", "has 3 cells, the header names 7 columns"),
        ("t1,2025-03-10,c1,call,,,,more", "has 8 cells, the header names 7 columns"),
        (
            "t1,soon,,call,x,,",
            'at "soon" cannot be read as a time; contact_id is missing; duration_s "x" is no number',
        ),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(read: Read, row: str, reason: str) -> None:
    reading = read(f"{HEAD}\n{GOOD}\n{row}\n", bad_rows="skip")
    told = [(each.row, each.line, sorted(each.reason.split("; "))) for each in reading.rejects]
    assert told == [(2, 3, sorted(reason.split("; ")))]
    assert reading.stream.column("touch_id") == ["t0"]


def test_bad_rows_stop_the_reading_with_the_first_twenty(read: Read) -> None:
    rows = "\n".join(f"t{number},soon,c1,call,,," for number in range(1, 31))
    with pytest.raises(DataError) as caught:
        read(f"{HEAD}\n{GOOD}\n{rows}\n")
    told = str(caught.value)
    assert (told.count("cannot be read as a time"), "30 rows" in told, "row 21 (line 22)" in told) == (
        20,
        True,
        True,
    )


def test_one_bad_row_is_told_with_its_row_and_its_line(read: Read) -> None:
    with pytest.raises(DataError) as caught:
        read(f'{HEAD}\n"t\n0",2025-03-10,c1,call,,,\nt1,soon,c1,call,,,\n')
    first, told, remedy = str(caught.value).splitlines()
    assert first == "  1 row cannot be taken; it is:"
    assert told.endswith('touches.csv, row 2 (line 4): at "soon" cannot be read as a time')
    assert remedy.startswith("  Mend the file or its mapping, or set bad rows aside")


def test_a_touch_id_twice_refuses_all_rows_after_the_first(read: Read) -> None:
    rows = "\n".join(["a,2025-03-10,c1,call,,,"] * 3)
    with pytest.raises(DataError, match="2 rows cannot be taken") as caught:
        read(f"{HEAD}\n{rows}\n")
    assert str(caught.value).count('touch_id "a" is also that of row 1') == 2


def test_of_rows_that_are_the_same_one_is_kept(read: Read) -> None:
    reading = read(f"{HEAD}\n{GOOD}\n{GOOD}\n", bad_rows="skip")
    assert (len(reading.stream), [each.row for each in reading.rejects]) == (1, [2])


def test_all_rows_of_an_id_are_set_aside_if_they_differ(read: Read) -> None:
    reading = read(f"{HEAD}\n{GOOD}\nt1,2025-03-10,c1,call,,,\nt1,2025-03-10,c1,call,5,,\n", bad_rows="skip")
    assert (reading.stream.column("touch_id"), [each.row for each in reading.rejects]) == (["t0"], [2, 3])


def test_a_good_row_that_shares_its_id_with_a_bad_one_is_set_aside(read: Read) -> None:
    reading = read(f"{HEAD}\nt1,soon,c1,call,,,\nt1,2025-03-10,c1,call,,,\n", bad_rows="skip")
    assert (len(reading.stream), len(reading.rejects)) == (0, 2)


def test_ids_that_differ_in_case_or_blanks_are_different(read: Read) -> None:
    rows = "\n".join(f"{each},2025-03-10,c1,call,,," for each in ("a", "A", "a ", "ａ"))
    assert len(read(f"{HEAD}\n{rows}\n").stream) == 4


def test_every_row_is_a_touch_or_a_reject(read: Read) -> None:
    cells = ((number % 70, number % 40, number % 3 or "") for number in range(100))
    rows = [f"t{one},2025-03-{two:02},c{two},call,{three},,"[: 32 - one % 5] for one, two, three in cells]
    reading = read("\n".join([HEAD, *rows]), bad_rows="skip")
    assert len(reading.stream) + len(reading.rejects) == 100


def test_rejects_are_written_with_their_cells(read: Read, tmp_path: Path) -> None:
    reading = read(f'{HEAD}\nt1,soon,"c,1",call,,,\n', bad_rows="skip")
    reading.write_rejects(tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(newline="", encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [(row["reject_row"], row["reject_line"], row["at"], row["contact_id"]) for row in written] == [
        ("1", "2", "soon", "c,1")
    ]


def test_rejects_can_be_mended_and_read_again(read: Read, tmp_path: Path) -> None:
    read(f"{HEAD}\nt1,soon,c1,call,,,\n", bad_rows="skip").write_rejects(tmp_path / "rejects.csv")
    mended = (tmp_path / "rejects.csv").read_text(encoding="utf-8").replace(",soon,", ",2025-03-10,")
    assert read(mended, name="mended.csv").stream.column("touch_id") == ["t1"]


def test_rejects_appear_whole_or_not_at_all(read: Read, tmp_path: Path) -> None:
    reading = read(f"{HEAD}\nt1,soon,c1,call,,,\n", bad_rows="skip")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "rejects.csv").mkdir()
    with pytest.raises(OSError, match="rejects"):
        reading.write_rejects(tmp_path / "out" / "rejects.csv")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["rejects.csv"]


def test_columns_that_every_touch_needs_are_named_if_absent(read: Read) -> None:
    with pytest.raises(DataError, match=r"has no column at, contact_id\.") as caught:
        read("touch_id,kind,when\n1,call,now\n")
    assert "Columns: touch_id, kind, when." in str(caught.value)


def test_an_unknown_zone_of_the_stream_is_a_wrong_argument(read: Read) -> None:
    with pytest.raises(ArgumentError, match="Mars/Base"):
        read(f"{HEAD}\n{GOOD}\n", timezone="Mars/Base")
