"""Other people's exports become touches through a mapping file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchrules.errors import ArgumentError, DataError
from touchrules.streams import mapping as mapping_module
from touchrules.streams.instants import read_instant
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.reader import Reading, read_touches

FIELDS = {"touch_id": "id", "at": "when", "contact_id": "who", "kind": "what"}
HEAD = "id,when,who,what,more"


def mapped(folder: Path, columns: str, *cells: str, above: str = "", **options: Any) -> Reading:
    """What is read of a CSV file whose last column has those cells, through one more line of a mapping."""
    rows = [f"t{index:03},2025-03-10,c1,call,{cell}" for index, cell in enumerate(cells)]
    (folder / "export.csv").write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    lines = [f"  {field}: {column}" for field, column in FIELDS.items()]
    text = "\n".join([above, "columns:", *lines, f"  {columns}" if columns else ""])
    (folder / "m.map.yaml").write_text(text, encoding="utf-8")
    return read_touches(folder / "export.csv", mapping=folder / "m.map.yaml", **options)


@pytest.mark.parametrize(
    ("line", "cells", "expected"),
    [
        ("outcome: more", ["a", ""], ["a", None]),
        ("outcome: {column: more, lower: true}", ["No Answer", "ÄB"], ["no answer", "äb"]),
        ("outcome: {column: more, values: {A: b, n/a: null}}", ["A", "n/a", "x", ""], ["b", None, "x", None]),
        ("outcome: {column: more, values: {A: b}, default: missing}", ["A", "x"], ["b", None]),
        ("outcome: {column: more, lower: true, values: {a: b}}", ["A"], ["b"]),
        ("outcome: {column: more, values: {'1': one, 'true': yes}}", ["1", "true"], ["one", "yes"]),
        ("outcome: {constant: connected}", ["x", "y"], ["connected"] * 2),
        ('outcome: {join: [who, {text: ":"}, more]}', ["x", ""], ["c1:x", "c1:"]),
        ("outcome: {join: [who, more], separator: /}", ["x", ""], ["c1/x", "c1"]),
        ('outcome: {join: [{text: "-"}, more]}', ["x", ""], ["-x", None]),
        ("outcome: {coalesce: [more, who]}", ["x", ""], ["x", "c1"]),
        ("outcome: {coalesce: [more, {text: none}]}", ["x", ""], ["x", "none"]),
        ("duration_s: {column: more, unit: ms}", ["1500", "", "nan"], [1.5, None, None]),
        ("duration_s: {column: more, unit: minutes}", ["1.5"], [90.0]),
        ("duration_s: {column: more, unit: hours}", ["2"], [7200.0]),
        ("duration_s: {column: more, unit: s}", ["2"], [2.0]),
    ],
)
def test_a_field_is_made_as_the_mapping_says(
    tmp_path: Path, line: str, cells: list[str], expected: list[Any]
) -> None:
    assert mapped(tmp_path, line, *cells).stream.column(line.partition(":")[0]) == expected


@pytest.mark.parametrize(
    ("how", "cell", "time"),
    [
        ("format: epoch_s", "1741613400", "2025-03-10T13:30Z"),
        ("format: epoch_s", "1741613400.123456789", "2025-03-10T13:30:00.123456Z"),
        ("format: epoch_ms", "1741613400123", "2025-03-10T13:30:00.123Z"),
        ("format: rfc2822", '"Mon, 10 Mar 2025 13:30:00 +0000"', "2025-03-10T13:30Z"),
        ('format: "%d.%m.%Y %H:%M"', "10.03.2025 14:30", "2025-03-10T12:30Z"),
        ('format: "%d.%m.%Y %H:%M", timezone: Europe/Berlin', "10.03.2025 14:30", "2025-03-10T13:30Z"),
        ('format: "%Y%m%dT%H%M%S%z"', "20250310T143000+0100", "2025-03-10T13:30Z"),
        ("format: iso, timezone: Asia/Kathmandu", "2025-03-10T14:30", "2025-03-10T08:45Z"),
        ("timezone: Asia/Kathmandu", "2025-03-10 14:30", "2025-03-10T08:45Z"),
        ("timezone: Asia/Kathmandu", "2025-03-10T14:30Z", "2025-03-10T14:30Z"),
    ],
)
def test_a_time_is_read_in_the_format_and_zone_of_the_mapping(
    tmp_path: Path, how: str, cell: str, time: str
) -> None:
    stream = mapped(tmp_path, f"promised_at: {{column: more, {how}}}", cell, timezone="Etc/GMT-2").stream
    assert stream.column("promised_at") == [read_instant(time, "UTC")]


@pytest.mark.parametrize(
    ("how", "cell", "reason"),
    [
        ("values: {A: b}, default: error", "x", '"x" is no value that the mapping lists'),
        ("format: epoch_s", "soon", '"soon" is no time of the format epoch_s'),
        ("format: epoch_s", "1e30", '"1e30" is no time of the format epoch_s'),
        ("format: epoch_ms", "nan", '"nan" is no time of the format epoch_ms'),
        ("format: rfc2822", "x", '"x" is no time of the format rfc2822'),
        ('format: "%d.%m.%Y"', "x", '"x" is no time of the format %d.%m.%Y'),
        ("unit: ms", "1s", '"1s" is no number'),
    ],
)
def test_what_a_mapping_cannot_read_is_a_bad_row(tmp_path: Path, how: str, cell: str, reason: str) -> None:
    reading = mapped(tmp_path, f"n: {{column: more, {how}}}", cell, "", bad_rows="skip")
    told = [(each.row, each.reason, each.cells["more"]) for each in reading.rejects]
    assert (told, len(reading.stream)) == ([(1, f"n {reason}", cell)], 1)


@pytest.mark.parametrize(
    ("above", "line", "names"),
    [
        ("", "", {"more"}),
        ("keep: all", "outcome: more", {"outcome"}),
        ("keep: none", "", set()),
        ("keep: [more, who]", "", {"more", "who"}),
    ],
)
def test_other_columns_are_kept_as_the_mapping_says(
    tmp_path: Path, above: str, line: str, names: set[str]
) -> None:
    stream = mapped(tmp_path, line, "x", above=above).stream
    assert set(stream.names) - {*FIELDS, "local_hour", "weekday", "local_date"} == names


@pytest.mark.parametrize(
    ("where", "taken"),
    [
        ("{more: a}", ["t000"]),
        ("{more: [a, b]}", ["t000", "t001"]),
        ("{more: [null]}", ["t002"]),
        ("{more: []}", []),
    ],
)
def test_rows_that_are_not_selected_are_counted(tmp_path: Path, where: str, taken: list[str]) -> None:
    reading = mapped(tmp_path, "", "a", "b", "", "c", above=f"where: {where}")
    assert (reading.stream.column("touch_id"), reading.unselected) == (taken, 4 - len(taken))


def test_the_zone_of_the_mapping_is_that_of_the_stream_unless_told_otherwise(tmp_path: Path) -> None:
    above = "timezone: Asia/Kathmandu"
    readings = [mapped(tmp_path, "", "x", above=above, timezone=zone) for zone in (None, "UTC")]
    zones = [reading.stream.timezone for reading in readings]
    assert zones == ["Asia/Kathmandu", "UTC"]


def test_the_encoding_and_the_delimiter_are_those_of_the_mapping(tmp_path: Path) -> None:
    text = "touch_id;at;contact_id;kind\n1;2025-03-10;Müller;call\n"
    (tmp_path / "e.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "m.yaml").write_text('encoding: cp1252\ndelimiter: ";"\n', encoding="utf-8")
    stream = read_touches(tmp_path / "e.csv", mapping=tmp_path / "m.yaml").stream
    assert stream.column("contact_id") == ["Müller"]


def test_paths_reach_into_json_records(tmp_path: Path) -> None:
    record = '{"stream": "%s", "data": {"id": %d, "who": [{"id": "c1"}], "at": "2025-03-10", "x": true}}\n'
    (tmp_path / "r.jsonl").write_text(record % ("calls", 1) + record % ("other", 2), encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        "keep: none\nwhere: {stream: calls, data.x: true}\ncolumns:\n  touch_id: {path: data.id}\n"
        "  at: {path: data.at}\n  contact_id: {path: data.who.0.id}\n  kind: {constant: call}\n",
        encoding="utf-8",
    )
    reading = read_touches(tmp_path / "r.jsonl", mapping=tmp_path / "m.yaml")
    assert list(reading.stream.rows(["touch_id", "contact_id"])) == [("1", "c1")]
    assert reading.unselected == 1


def test_paths_reach_into_structs_of_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"data": [{"id": 1, "at": "2025-03-10"}]}), tmp_path / "r.parquet")
    (tmp_path / "m.yaml").write_text(
        "keep: none\ncolumns: {touch_id: {path: data.id}, at: {path: data.at},"
        " contact_id: {constant: c}, kind: {constant: k}}",
        encoding="utf-8",
    )
    stream = read_touches(tmp_path / "r.parquet", mapping=tmp_path / "m.yaml").stream
    assert stream.column("touch_id") == ["1"]


FILES = """
columns: {touch_id: id, at: when, contact_id: {constant: c1}}
files:
  - {file: "calls-*.csv", columns: {kind: {constant: call}}}
  - {file: mails.jsonl, columns: {kind: {constant: email}}}
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "calls-1.csv").write_text("id,when,n\na,2025-03-12,1\n", encoding="utf-8")
    (tmp_path / "calls-2.csv").write_text("id,when,n\nb,2025-03-10,x\n", encoding="utf-8")
    (tmp_path / "mails.jsonl").write_text('{"id": "m", "when": "2025-03-11", "n": 7}\n', encoding="utf-8")
    (tmp_path / "m.map.yaml").write_text(FILES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("given", ["folder", "nothing", "files"])
def test_several_files_become_one_stream(export: Path, given: str) -> None:
    paths = {
        "folder": export,
        "nothing": [],
        "files": [export / name for name in ("mails.jsonl", "calls-2.csv", "calls-1.csv")],
    }
    stream = read_touches(paths[given], mapping=export / "m.map.yaml").stream
    expected = [("b", "call", "x"), ("m", "email", "7"), ("a", "call", "1")]
    assert list(stream.rows(["touch_id", "kind", "n"])) == expected


def test_a_file_that_the_mapping_does_not_name_is_a_wrong_argument(export: Path) -> None:
    told = r"says nothing of .*other\.csv: its files are calls-\*\.csv, mails\.jsonl"
    with pytest.raises(ArgumentError, match=told):
        read_touches(export / "other.csv", mapping=export / "m.map.yaml")


def test_a_file_that_is_named_and_not_there_is_a_wrong_argument(export: Path) -> None:
    (export / "mails.jsonl").unlink()
    with pytest.raises(ArgumentError, match=r"names mails\.jsonl, and there is no such file"):
        read_touches(export, mapping=export / "m.map.yaml")


def test_a_column_that_the_file_lacks_is_told_with_its_place_in_the_mapping(tmp_path: Path) -> None:
    told = r'm\.map\.yaml:7:12[\s\S]*has no column "mor"[\s\S]*Did you mean "more"\?'
    with pytest.raises(DataError, match=told):
        mapped(tmp_path, "outcome: mor", "x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"m\.yaml:1:1[\s\S]*is empty"),
        ("[a]", r"m\.yaml:1:1[\s\S]*Here stands a list"),
        ("colums: {}", r'm\.yaml:1:1[\s\S]*"colums" is no word[\s\S]*Did you mean "columns"\?'),
        ("columns: {a: b}\ncolumns: {a: b}", r"m\.yaml:2:1[\s\S]*twice"),
        ("columns: [a]", r"m\.yaml:1:10[\s\S]*Here stands a list"),
        ("columns: {at: {column: x, constant: y}}", "says 2 times where it comes from"),
        ("columns: {at: {lower: true}}", "says 0 times where it comes from"),
        ("columns: {at: {colum: x}}", r'"colum" is no word[\s\S]*Did you mean "column"\?'),
        ("columns: {at: null}", "Here stands nothing"),
        ("columns: {any: x}", '"any" cannot be a field'),
        ("columns: {weekday: x}", '"weekday" cannot be a field'),
        ("columns: {at: {column: x, format: gibberish}}", '"gibberish" is no time format'),
        ("columns: {at: {column: x, format: '%Y-%Q'}}", '"%Y-%Q" is no time format'),
        ("columns: {at: {column: x, timezone: Mars/Base}}", '"Mars/Base" is no IANA time zone'),
        ("columns: {a: {column: x, unit: days}}", '"days" is not allowed here'),
        ("columns: {a: {column: x, unit: s, format: iso}}", "do not go together"),
        ("columns: {a: {column: x, default: keep}}", "stands here without `values`"),
        ("columns: {a: {column: x, values: {b: [c]}}}", "Here stands a list"),
        ("columns: {a: {column: x, separator: b}}", "goes with `join` only"),
        ("columns: {a: {join: []}}", "Here stands an empty list"),
        ("columns: {a: {join: [{txt: b}]}}", "Here stands a mapping"),
        ("columns: {a: {column: x, lower: yes}}", '"yes" is not allowed here'),
        ("timezone: Mars/Base", '"Mars/Base" is no IANA time zone'),
        ("encoding: utf-99", '"utf-99" is no encoding'),
        ("encoding: base64", '"base64" is no encoding'),
        ("delimiter: ';;'", '";;" is no delimiter'),
        ("keep: some", '"some" is not allowed here'),
        ("where: {a: {b: c}}", "Here stands a mapping"),
        ("files: []", "Here stands an empty list"),
        ("files: [{columns: {}}]", "names no file"),
        ("files: [{file: a.csv, timezone: UTC}]", '"timezone" is no word of a mapping here'),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=told) as caught:
        read_mapping(tmp_path / "m.yaml")
    assert all(problem.place for problem in caught.value.problems)


def test_all_mistakes_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    text = "keep: some\ncolumns: {any: x, at: null}\ntimezone: Mars/Base\n"
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_mapping(tmp_path / "m.yaml")
    assert [problem.place.line for problem in caught.value.problems if problem.place] == [1, 2, 2, 3]


def test_a_mapping_that_is_not_there_is_a_wrong_argument(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="There is no mapping file"):
        read_mapping(tmp_path / "m.yaml")


def test_the_example_in_the_manual_is_a_mapping(tmp_path: Path) -> None:
    manual = mapping_module.__doc__ or ""
    (tmp_path / "m.yaml").write_text(manual.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    mapping = read_mapping(tmp_path / "m.yaml")
    assert [entry.pattern for entry in mapping.files] == ["calls-*.csv", "mails.jsonl"]
