"""Which column of an export is which field: suggested by names and by what columns hold."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchrules.errors import DataError
from touchrules.streams.mapping import Column, FieldMapping, Joined, Literally
from touchrules.streams.mappingfile import read_mapping
from touchrules.streams.mappingwriter import write_mapping
from touchrules.streams.reader import read_touches
from touchrules.streams.sampling import read_sample
from touchrules.streams.suggestion import (
    Suggestion,
    find_time_format,
    sample_columns,
    suggest_fields,
    suggest_mapping,
    try_mapping,
)

DATA = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data"
GUID = "b2cf5968-551e-4856-9783-52b3da59a7d0"
HUBSPOT = f"""\
hs_object_id,hs_timestamp,hs_call_callee_object_id,hubspot_owner_id,hs_call_direction,hs_call_disposition,\
hs_call_duration,region
1,1741613400000,c1,o1,OUTBOUND,{GUID},61000,north
2,1741617000000,c2,o1,INBOUND,f240bbac-87c9-4f6e-bf70-924b57d47db7,5000,south
"""


def suggest(folder: Path, text: str, name: str = "export.csv") -> dict[str, Suggestion]:
    """What is suggested for a file of that text."""
    path = folder / name
    path.write_text(text)
    part = read_sample(path)
    return suggest_fields(part, sample_columns(part))


def columns(suggested: dict[str, Suggestion]) -> dict[str, str]:
    """The columns of the fields that are made of one."""
    return {
        field: one.mapping.origin.name
        for field, one in suggested.items()
        if isinstance(one.mapping.origin, Column)
    }


def test_the_names_of_a_known_system_are_recognised(tmp_path: Path) -> None:
    found = suggest(tmp_path, HUBSPOT)
    assert columns(found) == {
        "touch_id": "hs_object_id",
        "at": "hs_timestamp",
        "contact_id": "hs_call_callee_object_id",
        "rep_id": "hubspot_owner_id",
        "direction": "hs_call_direction",
        "outcome": "hs_call_disposition",
        "duration_s": "hs_call_duration",
    }
    assert found["direction"].because == "is what HubSpot calls it"


def test_units_formats_and_words_of_another_system_become_those_of_touches(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(HUBSPOT)
    reading = try_mapping(part := read_sample(path), suggest_mapping(part, path))
    assert reading.rejects == ()
    assert reading.stream.column("at") == [1741613400000000, 1741617000000000]
    assert reading.stream.column("direction") == ["outbound", "inbound"]
    assert reading.stream.column("outcome") == ["no_answer", "connected"]
    assert reading.stream.column("duration_s") == [61.0, 5.0]
    assert reading.stream.column("kind") == ["call", "call"]
    assert reading.stream.column("region") == ["north", "south"]


def test_a_misspelt_name_is_recognised_if_the_column_holds_what_the_field_does(tmp_path: Path) -> None:
    found = suggest(tmp_path, "Contcat ID,Direktion,duratoin_s\nc1,inbound,many\nc2,outbound,few\n")
    assert columns(found) == {"contact_id": "Contcat ID", "direction": "Direktion"}
    assert found["contact_id"].because == "is nearly called contactid"


def test_a_column_that_holds_no_times_is_no_time(tmp_path: Path) -> None:
    assert "at" not in suggest(tmp_path, "at,kind\nsoon,call\nlater,call\n")


def test_an_id_that_stands_twice_is_no_id(tmp_path: Path) -> None:
    assert "touch_id" not in suggest(tmp_path, "id,name\n1,a\n1,b\n")


def test_without_an_id_time_and_contact_make_one_if_they_tell_rows_apart(tmp_path: Path) -> None:
    head = "when,Contact,Created At\n"
    found = suggest(tmp_path, f"{head}x,c1,2025-03-01 10:00\nx,c2,2025-03-01 10:00\n")
    assert isinstance(found["touch_id"].mapping.origin, Joined)
    assert "touch_id" not in suggest(tmp_path, f"{head}x,c1,2025-03-01 10:00\nx,c1,2025-03-01 10:00\n")


def test_a_file_that_seems_to_hold_one_kind_is_of_that_kind(tmp_path: Path) -> None:
    found = suggest(tmp_path, "id,when\n1,x\n", "march-meetings.csv")
    assert found["kind"].mapping.origin == Literally(text="meeting")


def test_a_file_of_voicemails_is_not_one_of_mails(tmp_path: Path) -> None:
    found = suggest(tmp_path, "id,when\n1,x\n", "voicemails.csv")
    assert found["kind"].mapping.origin == Literally(text="voicemail")


def test_the_address_of_a_contact_does_not_make_calls_e_mails(tmp_path: Path) -> None:
    heads = "id,started,agent,contact_email,disposition,talk_time"
    found = suggest(tmp_path, f"{heads}\n1,2025-03-10 10:00,ann,x@example.com,Connected,61\n")
    assert "kind" not in found


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["2025-03-10T14:30:00Z", "2025-03-10"], "iso"),
        (["1741613400", "1741613500"], "epoch_s"),
        (["1741613400000"], "epoch_ms"),
        (["Mon, 10 Mar 2025 14:30:00 +0000"], "rfc2822"),
        (["03/10/2025 02:30 PM"], "%m/%d/%Y %I:%M %p"),
        (["01/02/2025 10:00", "13/02/2025 10:00"], "%d/%m/%Y %H:%M"),
        (["10.03.2025"], "%d.%m.%Y"),
        (["7", "8"], None),
        ([], None),
    ],
)
def test_the_format_of_times_is_found(texts: list[str], form: str | None) -> None:
    assert find_time_format(texts) == form


def test_values_inside_records_are_columns_too(tmp_path: Path) -> None:
    records = [
        {
            "data": {
                "id": place,
                "dialedAt": "2025-03-10T10:00:00Z",
                "prospect": [f"p{place}"],
                "user": {"id": 7},
            }
        }
        for place in range(3)
    ]
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(map(json.dumps, records)))
    part = read_sample(path)
    mapping = suggest_mapping(part, path)
    assert columns(suggest_fields(part, sample_columns(part)))["contact_id"] == "data.prospect.0"
    file = tmp_path / "calls.map.yaml"
    file.write_text(write_mapping(mapping))
    stream = read_touches(path, mapping=file).stream
    assert stream.column("contact_id") == ["p0", "p1", "p2"]
    assert "data" not in stream.names


def test_values_inside_columns_of_parquet_are_columns_too(tmp_path: Path) -> None:
    path = tmp_path / "calls.parquet"
    who = [{"contact_id": "c1"}, {"contact_id": "c2"}]
    pq.write_table(pa.table({"touch_id": ["a", "b"], "at": ["2025-03-01", "2025-03-02"], "who": who}), path)
    part = read_sample(path)
    assert try_mapping(part, suggest_mapping(part, path)).stream.column("contact_id") == ["c1", "c2"]


def test_only_the_first_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(
        "touch_id,at\n" + "".join(f"{place},2025-03-01\n" for place in range(500)) + '"never closed'
    )
    assert len(read_sample(path, rows=100)) == 100
    lines = tmp_path / "long.jsonl"
    lines.write_text('{"touch_id": "t"}\n' * 300)
    assert len(read_sample(lines, rows=100)) == 100


def test_rows_that_cannot_be_touches_are_told_and_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(
        "id,created_at,contact\n" + "".join(f"{n},2025-03-01,c1\n" for n in range(20)) + "99,soon,c1\n"
    )
    reading = try_mapping(part := read_sample(path), suggest_mapping(part, path))
    assert len(reading.stream) == 20
    assert [(one.row, one.cells["created_at"]) for one in reading.rejects] == [(21, "soon")]


def test_a_file_without_a_field_that_is_needed_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,created_at\n1,2025-03-01\n")
    with pytest.raises(DataError, match="has no column contact_id, kind"):
        try_mapping(part := read_sample(path), suggest_mapping(part, path))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.map.yaml")), ids=lambda path: path.name)
def test_a_mapping_that_is_written_reads_as_the_same(path: Path, tmp_path: Path) -> None:
    mapping = read_mapping(path)
    copy = tmp_path / path.name
    copy.write_text(write_mapping(mapping))
    again = read_mapping(copy)
    assert (again.timezone, again.files) == (mapping.timezone, mapping.files)


def test_words_that_yaml_would_take_for_something_else_are_written_in_quotes(tmp_path: Path) -> None:
    fields = (("kind", FieldMapping(origin=Column(name="no"), values=(("1", "true"), ("null", None)))),)
    path = tmp_path / "odd.map.yaml"
    before = suggest_mapping(read_sample(_csv(tmp_path)), path)
    odd = type(before)(path=path, timezone="Europe/Berlin", files=(type(before.files[0])(columns=fields),))
    path.write_text(write_mapping(odd))
    assert read_mapping(path).files == odd.files


def _csv(folder: Path) -> Path:
    path = folder / "small.csv"
    path.write_text("touch_id\nt1\n")
    return path


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
@pytest.mark.parametrize(
    ("file", "field", "column"),
    [
        ("bpi12_loan_calls.csv.gz", "at", "ts"),
        ("vendor/salesforce/sf_task_data.csv", "at", "completed_date_time"),
        ("vendor/salesforce/sf_event_data.csv", "duration_s", "duration_in_minutes"),
        ("vendor/hubspot/email_event_data.csv", "contact_id", "recipient"),
        ("vendor/outreach_expected_records.jsonl", "contact_id", "data.prospect.0"),
        ("vendor/salesloft_expected_records.jsonl", "at", "data.sent_at"),
    ],
)
def test_exports_of_real_systems_are_recognised(file: str, field: str, column: str) -> None:
    part = read_sample(SHARED / file)
    assert columns(suggest_fields(part, sample_columns(part)))[field] == column
