"""A touch that comes alone is read as a line of a file of touches is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from touchrules.errors import DataError
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS, FieldType
from touchrules.production.live.touches import BadTouch, TouchReader
from touchrules.streams.jsonlines import read_record
from touchrules.streams.reader import read_touches

DECLARED: dict[str, FieldType] = {"score": "number", "city": "text", "vip": "boolean", "seen_at": "timestamp"}
READER = TouchReader(DECLARED, frozenset({"pitch_words"}), "Europe/Berlin")
FIELDS = sorted(
    {*TOUCH_FIELDS, *DECLARED, *DERIVED_FIELDS, "unknown"} - {"touch_id", "at", "contact_id", "kind"}
)
TEXTS = ["", " ", "call", "NA", "null", "true", "False", "3", "-2.50", "1e3", "nan", ".5", "é\u2019", "UTC"]
TIMES = [
    "2025-03-30 02:30",
    "2025-10-26T02:30",
    "2025-03-10",
    "2025-03-10T10:00Z",
    "2025-03-10 10:00:00.1234567",
]
VALUES = st.one_of(
    st.sampled_from([*TEXTS, *TIMES, "America/New_York", "Mars/Base"]),
    st.sampled_from([None, True, False, 0, 3, 2.5, -0.0, 1e300, [1, {"a": None}], {"b": [True]}]),
    st.floats(allow_nan=True, allow_infinity=True),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.sampled_from(TIMES),
    zone=st.sampled_from([None, "UTC", "America/New_York", "Asia/Kathmandu"]),
    others=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
)
def test_it_is_what_a_file_with_this_line_gives(tmp_path_factory, at, zone, others) -> None:
    touch = {"touch_id": "t1", "at": at, "contact_id": 7, "kind": "call", **others, "timezone": zone}
    line = json.dumps(touch)
    path = tmp_path_factory.mktemp("touches") / "touches.jsonl"
    path.write_text(line + "\n")
    record = read_record(line)
    assert not isinstance(record, str)
    try:
        stream = read_touches(path, timezone="Europe/Berlin", declared=DECLARED).stream
    except DataError:
        with pytest.raises(BadTouch):
            READER.read(record)
        return
    known = [name for name in stream.names if name in TOUCH_FIELDS or name in {*DECLARED, *DERIVED_FIELDS}]
    [row] = stream.rows(known)
    present = {name: value for name, value in zip(known, row, strict=True) if value is not None}
    assert repr(sorted(READER.read(record).fields.items())) == repr(sorted(present.items()))
    assert READER.read(record).zone == stream.zones()[0]


def bad(**touch: Any) -> str:
    with pytest.raises(BadTouch) as told:
        READER.read_mapping(
            {"touch_id": "t1", "at": "2025-03-10", "contact_id": "c", "kind": "call", **touch}
        )
    return told.value.problems[0].message


def test_a_field_with_a_name_of_the_rules_is_refused() -> None:
    assert 'has a field "pitch_words"' in bad(pitch_words=3)
    assert 'has a field "any"' in bad(any=1)


def test_a_value_that_is_no_json_is_refused() -> None:
    assert "set is no value of a field" in bad(text={1, 2})


def test_a_bad_touch_has_its_id_where_that_can_be_read() -> None:
    with pytest.raises(BadTouch) as told:
        READER.read_mapping({"touch_id": "t7"})
    assert told.value.touch_id == "t7"
