"""The typed columns of a stream hold what the stream holds, row by row."""

from __future__ import annotations

import random
import threading
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchrules.engines.columnar.columns import (
    Coded,
    ColumnData,
    Plain,
    combine,
    group_codes,
    instants,
    numbers,
    run_starts,
    spread,
    stable_order,
    unify,
)
from touchrules.engines.columnar.store import FEW, ColumnStore
from touchrules.engines.columns import Column, FieldColumn, FoldedColumn, SignalColumn, TextTestColumn
from touchrules.model.filters import Contains, Matches
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)
from touchrules.streams.likeness import fold_text
from touchrules.streams.records import read_records
from touchrules.streams.signals import compute_signals
from touchrules.streams.stream import TIMESTAMP, Stream
from touchrules.streams.texttests import text_test

SEEDED = settings(deadline=None, derandomize=True, max_examples=80)
TYPES = {
    "touch_id": pa.string(),
    "at": TIMESTAMP,
    "contact_id": pa.string(),
    "text": pa.string(),
    "subject": pa.string(),
    "contact_name": pa.string(),
    "to_number": pa.string(),
    "timezone": pa.string(),
    "duration_s": pa.float64(),
    "step": pa.float64(),
    "promised_at": TIMESTAMP,
    "icp": pa.bool_(),
    "stage": pa.null(),
}
SIGNALS: dict[str, Signal] = {
    "book/asks": QuestionCount(),
    "book/words": WordCount(first=4),
    "book/polite": PhraseCount(phrases=("please", "thank you")),
    "book/digits": PatternCount(pattern="[0-9]", field="subject"),
    "book/named": MentionCount(mentions=("contact_name", "subject")),
    "book/again": MentionCount(mentions=("contact_name",), field="subject"),
    "book/area": PhonePrefix(field="to_number"),
    "book/nothing": WordCount(field="topic"),
}
TESTS = [
    Contains(field="text", text="PLEASE"),
    Matches(field="subject", pattern="[0-9]+$"),
    Contains(field="book/area", text="415"),
    Matches(field="topic", pattern="."),
]
WORDS = ["Please", "please", "thank you", "Ann", "Why?", "7", "+1 415 555 2671", "Straße", "", "İ", "!"]


def row() -> st.SearchStrategy[dict[str, Any]]:
    texts = st.none() | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
    floats = st.none() | st.sampled_from([0.0, -0.0, 1.0, 2.5, -7.0, 1e300]) | st.floats(allow_nan=False)
    times = st.integers(-(1 << 55), 1 << 55)
    return st.fixed_dictionaries(
        {
            "at": times,
            "contact_id": st.sampled_from(["c1", "c2", "c3", "ß"]),
            "text": texts,
            "subject": texts,
            "contact_name": st.sampled_from([None, "Ann Berg", "Please", "Ann"]),
            "to_number": st.sampled_from([None, "+14155552671", "(415) 555-2671", "911", "what"]),
            "timezone": st.sampled_from([None, "Europe/Berlin", "UTC"]),
            "duration_s": floats,
            "step": st.none() | st.sampled_from([1.0, 2.0]),
            "promised_at": st.none() | times,
            "icp": st.sampled_from([None, True, False]),
        }
    )


@st.composite
def streams(draw: st.DrawFn) -> Stream:
    """Streams in several chunks, some of them with texts that come as dictionaries."""
    rows = draw(st.lists(row(), max_size=12))
    rows.sort(key=lambda each: each["at"])
    for number, each in enumerate(rows):
        each["touch_id"] = f"t{number}"
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=3)))
    bounds = [0, *cuts, len(rows)]
    pieces = [rows[start:stop] for start, stop in pairwise(bounds)]
    columns: dict[str, pa.ChunkedArray] = {}
    for name, kind in TYPES.items():
        chunks = [pa.array([each.get(name) for each in piece], kind) for piece in pieces]
        encodes = pa.types.is_string(kind) and name != "contact_id" and draw(st.booleans())
        columns[name] = pa.chunked_array([each.dictionary_encode() if encodes else each for each in chunks])
    return Stream(table=pa.table(columns), timezone=draw(st.sampled_from(["UTC", "Asia/Tokyo"])))


def values_in_stream_order(column: ColumnData, store: ColumnStore) -> list[Any]:
    if isinstance(column, Coded):
        codes = column.codes[store.home_rows].tolist()
        assert column.codes.dtype in (np.int8, np.int16, np.int32)
        return [None if code < 0 else column.values[code] for code in codes]
    values = column.values[store.home_rows].tolist()
    present = column.is_present()[store.home_rows].tolist()
    return [value if there else None for value, there in zip(values, present, strict=True)]


def check_values(store: ColumnStore, column: Column, expected: list[Any]) -> None:
    made = store.column(column)
    found = values_in_stream_order(made, store)
    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]
    if isinstance(made, Coded) and not isinstance(column, FoldedColumn):
        assert len(set(made.values)) == len(made.values)
    assert store.column(column) is made


@SEEDED
@given(streams())
def test_home_order_keeps_contacts_together_and_their_touches_in_order(stream: Stream) -> None:
    store = ColumnStore(stream, {})
    contacts = stream.column("contact_id")
    ordered = sorted(range(len(stream)), key=lambda each: (contacts.index(contacts[each]), each))
    assert store.rows == len(stream)
    assert store.stream_rows.tolist() == ordered
    assert store.stream_rows.dtype == store.home_rows.dtype == store.contact_starts.dtype == np.int32
    assert [ordered[each] for each in store.home_rows.tolist()] == list(range(len(stream)))
    assert store.at.tolist() == [stream.column("at")[each] for each in ordered]
    of = [contacts[each] for each in ordered]
    assert store.contact_starts.tolist() == [of.index(contact) for contact in of]


@SEEDED
@given(streams())
def test_fields_hold_what_the_stream_holds(stream: Stream) -> None:
    store = ColumnStore(stream, {})
    for name in [*TYPES, "topic"]:
        check_values(store, FieldColumn(name), stream.column(name))
    for name in ("stage", "topic"):
        missing = store.column(FieldColumn(name))
        assert isinstance(missing, Coded)
        assert missing.codes.dtype == np.int8
        assert not missing.values
    zones = store.zones()
    assert values_in_stream_order(zones, store) == stream.zones()


@SEEDED
@given(streams(), st.booleans())
def test_signals_tests_and_folded_texts_are_those_of_each_row(stream: Stream, together: bool) -> None:
    store = ColumnStore(stream, SIGNALS)
    signals = compute_signals(SIGNALS, stream.column, len(stream))
    tests = [TextTestColumn(test) for test in TESTS]
    folded = [FoldedColumn(FieldColumn("text")), FoldedColumn(SignalColumn("book/area"))]
    if together:
        told: list[tuple[int, int]] = []
        store.prepare([*tests, *folded, *map(SignalColumn, SIGNALS)], lambda *done: told.append(done))
        assert told == sorted(told)
        assert told[-1] == (len(stream), len(stream))
    for test in tests:
        field = test.test.field
        texts = signals[field] if field in signals else stream.column(field)
        check_values(store, test, text_test(test.test, texts))
    for source, texts in zip(folded, (stream.column("text"), signals["book/area"]), strict=True):
        check_values(store, source, [None if text is None else fold_text(text) for text in texts])
    for name, expected in signals.items():
        check_values(store, SignalColumn(name), expected)


@SEEDED
@given(streams())
def test_two_columns_are_compared_by_value(stream: Stream) -> None:
    store = ColumnStore(stream, {})

    def equal(one: str, other: str) -> list[bool]:
        values = zip(stream.column(one), stream.column(other), strict=True)
        return [mine is not None and mine == theirs for mine, theirs in values]

    for pair in (("text", "subject"), ("subject", "text"), ("text", "topic"), ("text", "text")):
        mine, theirs = (store.column(FieldColumn(name)) for name in pair)
        assert isinstance(mine, Coded)
        assert isinstance(theirs, Coded)
        codes = unify(mine, theirs)
        assert ((codes >= 0) & (mine.codes == codes))[store.home_rows].tolist() == equal(*pair)
        assert ((codes == -1) == (theirs.codes == -1)).all()
        groups, count = group_codes(theirs)
        assert (count, groups.tolist()) == (len(theirs.values), theirs.codes.tolist())
    for pair, read in ((("step", "duration_s"), numbers), (("at", "promised_at"), instants)):
        (mine, here), (theirs, there) = (read(store.column(FieldColumn(name))) for name in pair)
        assert ((mine == theirs) & here & there)[store.home_rows].tolist() == equal(*pair)


def test_an_empty_stream_has_empty_columns() -> None:
    stream = read_records([])
    store = ColumnStore(stream, SIGNALS)
    store.prepare([*map(SignalColumn, SIGNALS), *map(TextTestColumn, TESTS)])
    for name in (*stream.names, "text"):
        check_values(store, FieldColumn(name), [])
    assert len(store.at) == len(store.contact_starts) == len(store.zones().codes) == 0


def numbers_stream(values: list[float | None], times: list[int | None] | None = None) -> Stream:
    count = len(values)
    table = {
        "touch_id": pa.array([f"t{each:07}" for each in range(count)]),
        "at": pa.array(range(count), pa.int64()).cast(TIMESTAMP),
        "contact_id": pa.array([f"c{each % 7}" for each in range(count)]),
        "amount": pa.array(values, pa.float64()),
        "due": pa.array(times or [None] * count, pa.int64()).cast(TIMESTAMP),
    }
    return Stream(table=pa.table(table))


def test_numbers_of_many_values_are_plain() -> None:
    chance = random.Random(1)
    values = [None if chance.random() < 0.1 else chance.random() for _ in range(9_000)]
    times = [None if chance.random() < 0.1 else chance.randrange(1 << 55) for _ in range(9_000)]
    stream = numbers_stream(values, times)
    store = ColumnStore(stream, {})
    amount, due = store.column(FieldColumn("amount")), store.column(FieldColumn("due"))
    assert isinstance(amount, Plain)
    assert isinstance(due, Plain)
    assert (amount.values.dtype, due.values.dtype) == (np.float64, np.int64)
    check_values(store, FieldColumn("amount"), values)
    check_values(store, FieldColumn("due"), times)
    assert np.isnan(amount.values[~amount.is_present()]).all()
    assert not due.values[~due.is_present()].any()
    for column in (amount, due):
        groups, count = group_codes(column)
        assert count == len(set(column.values[column.is_present()].tolist()))
        by_group = dict(zip(groups.tolist(), column.values.tolist(), strict=True))
        known = groups[column.is_present()].tolist()
        assert [by_group[each] for each in known] == column.values[column.is_present()].tolist()
        assert (groups == -1).tolist() == (~column.is_present()).tolist()


@pytest.mark.parametrize("wanted", [Coded, Plain])
def test_numbers_that_a_sample_takes_for_few_are_counted(wanted: type[ColumnData]) -> None:
    distinct = FEW if wanted is Coded else FEW + 1
    values = [float(each // 24 % distinct if each % 24 == 12 else 0) for each in range(24 * distinct)]
    store = ColumnStore(numbers_stream(values), {})
    column = store.column(FieldColumn("amount"))
    assert isinstance(column, wanted)
    assert values_in_stream_order(column, store) == values
    if isinstance(column, Coded):
        assert column.codes.dtype == np.int16


def test_the_noughts_are_one_number() -> None:
    store = ColumnStore(numbers_stream([0.0, -0.0, None, 0.0]), {})
    column = store.column(FieldColumn("amount"))
    assert isinstance(column, Coded)
    assert list(column.values) == [0.0]
    assert sorted(column.codes.tolist()) == [-1, 0, 0, 0]


def test_numbers_that_are_not_numbers_are_missing() -> None:
    store = ColumnStore(numbers_stream([float("nan"), 1.0, None, float("inf")]), {})
    check_values(store, FieldColumn("amount"), [None, 1.0, None, float("inf")])


@pytest.mark.parametrize("count", [3, 200, 40_000, 70_000])
def test_codes_are_as_small_as_they_can_be(count: int) -> None:
    texts = [f"x{each}" for each in range(count)]
    random.Random(2).shuffle(texts)
    stream = numbers_stream([1.0] * count)
    stream = Stream(table=stream.table.append_column("text", pa.array(texts)))
    store = ColumnStore(stream, {})
    column = store.column(FieldColumn("text"))
    check_values(store, FieldColumn("text"), texts)
    assert isinstance(column, Coded)
    assert column.codes.dtype == (np.int8 if count < 129 else np.int16 if count < 32_769 else np.int32)


@pytest.mark.parametrize("count", [1, 300, 70_000, 1 << 20])
def test_a_stable_order(count: int) -> None:
    codes = np.random.default_rng(3).integers(0, count, 5_000).astype(np.int32)
    order = stable_order(codes, count)
    assert order.dtype == np.int32
    assert order.tolist() == sorted(range(5_000), key=lambda each: codes[each])


def test_runs_and_spreading() -> None:
    assert run_starts(np.array([4, 4, 1, 4, 4, 4])).tolist() == [0, 0, 2, 3, 3, 3]
    assert run_starts(np.array([], np.int8)).tolist() == []
    codes = np.array([1, -1, 0], np.int8)
    coded = spread(Coded(np.array([-1, 0], np.int8), ["x"]), codes)
    assert isinstance(coded, Coded)
    assert coded.codes.tolist() == [0, -1, -1]
    plain = spread(Plain(np.array([5, 6]), np.array([True, False])), codes)
    assert isinstance(plain, Plain)
    assert plain.is_present().tolist() == [False, False, True]
    assert plain.values[2] == 5
    whole = spread(Plain(np.array([5, 6]), None), codes[[0, 2]])
    assert isinstance(whole, Plain)
    assert (whole.values.tolist(), whole.present) == ([6, 5], None)


def test_combined_codes_are_one_for_each_choice() -> None:
    chance = np.random.default_rng(4)
    columns = [chance.integers(-1, 1 << 20, 400).astype(np.int32) // (1 << 18) * (1 << 18) for _ in range(6)]
    where = columns[0] >= 0
    codes, firsts = combine(columns, where)
    choices = list(zip(*(each.tolist() for each in columns), strict=True))
    seen = list(dict.fromkeys(choice for choice, there in zip(choices, where, strict=True) if there))
    assert [choices[first] for first in firsts.tolist()] == seen
    assert all(codes[first] == number for number, first in enumerate(firsts.tolist()))
    expected = [seen.index(choice) if there else -1 for choice, there in zip(choices, where, strict=True)]
    assert codes.tolist() == expected
    assert [choices.index(choice) for choice in seen] == firsts.tolist()


def test_threads_that_ask_at_once_get_the_same_columns() -> None:
    touches = [
        {
            "touch_id": f"t{n:04}",
            "at": "2025-03-10",
            "contact_id": f"c{n % 9}",
            "kind": "call",
            "text": f"{n}?",
        }
        for n in range(2_000)
    ]
    store = ColumnStore(read_records(touches), SIGNALS)
    columns: list[Column] = [*map(SignalColumn, SIGNALS), *map(TextTestColumn, TESTS), FieldColumn("text")]
    got: list[list[ColumnData]] = []

    def ask(order: list[Column]) -> None:
        made = {column: store.column(column) for column in order}
        got.append([made[column] for column in columns])

    threads = [threading.Thread(target=ask, args=(order,)) for order in (columns, columns[::-1], columns)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 3
    assert all(one is other for found in got for one, other in zip(found, got[0], strict=True))


def test_a_number_is_no_text() -> None:
    store = ColumnStore(numbers_stream([1.0]), {"book/words": WordCount(field="amount")})
    with pytest.raises(TypeError, match="amount"):
        store.column(SignalColumn("book/words"))
