"""Columns of texts with dictionaries, and the order of streams."""

from __future__ import annotations

from collections import Counter
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from touchrules.streams import ordering
from touchrules.streams.ordering import rows_of_shared, stream_order
from touchrules.streams.stream import Stream
from touchrules.streams.texts import encode_texts, join_texts, take_rows

SOME = ["", "a", "b", "é", "a b", "longer than eight", "longer than eighu"]
TEXTS = st.lists(st.none() | st.sampled_from(SOME))


@st.composite
def columns(draw: st.DrawFn) -> pa.ChunkedArray:
    """Texts in several chunks: plain, or each with a dictionary of its own, which may hold anything."""
    kind = draw(st.sampled_from([pa.string(), pa.large_string()]))
    chunks = [pa.array(texts, kind) for texts in draw(st.lists(TEXTS, max_size=4))]
    if not draw(st.booleans()):
        return pa.chunked_array(chunks, kind)
    index = draw(st.sampled_from([pa.int8(), pa.uint16(), pa.int32(), pa.int64()]))
    coded = []
    for chunk in chunks:
        spoilt = draw(st.booleans())
        others = pa.array([None, "a", "a", "unused"], kind)
        texts = pa.concat_arrays([chunk, others]) if spoilt else chunk.unique()
        places = [texts.to_pylist().index(text) for text in chunk.to_pylist()]
        coded.append(pa.DictionaryArray.from_arrays(pa.array(places, index), texts))
    return pa.chunked_array(coded, pa.dictionary(index, kind))


@settings(deadline=None)
@given(column=columns(), keep=st.booleans())
def test_encoded_texts_are_the_same_texts_each_once(column: pa.ChunkedArray, keep: bool) -> None:
    made = encode_texts(column, keep_empty=keep)
    assert made.to_pylist() == [text if text or keep else None for text in column.to_pylist()]
    assert made.num_chunks == 1
    texts = made.chunk(0).dictionary.to_pylist()
    assert len(set(texts)) == len(texts)
    assert None not in texts
    assert keep or "" not in texts


@settings(deadline=None)
@given(pieces=st.lists(columns(), min_size=1, max_size=3), nulls=st.integers(0, 3))
def test_joined_texts_stand_one_after_the_other(pieces: list[pa.ChunkedArray], nulls: int) -> None:
    encoded = [encode_texts(piece).chunk(0) for piece in pieces]
    made = join_texts([*encoded, pa.nulls(nulls, pa.string())])
    assert made.to_pylist() == [text for one in encoded for text in one.to_pylist()] + [None] * nulls
    assert made.num_chunks == 1


@pytest.mark.parametrize(("count", "kind"), [(128, pa.int8()), (129, pa.int16()), (40_000, pa.int32())])
def test_codes_are_as_small_as_can_be(count: int, kind: pa.DataType) -> None:
    texts = [f"t{number}" for number in range(count)]
    made = encode_texts(pa.chunked_array([texts, texts]))
    assert made.type.index_type == kind
    assert made.to_pylist() == texts * 2


@settings(deadline=None)
@given(column=columns(), start=st.integers(0, 3))
def test_a_stream_tells_coded_texts_as_plain_ones(column: pa.ChunkedArray, start: int) -> None:
    stream = Stream(table=pa.table({"x": column}).slice(start))
    assert stream.types == {"x": "text"}
    assert stream.column("x") == column.to_pylist()[start:]
    assert [row for (row,) in stream.rows(["x"])] == column.to_pylist()[start:]


def test_rows_are_taken_of_any_column() -> None:
    rows = pa.array([2, 0])
    in_chunks = pa.chunked_array([["a"], [None, "c"]])
    for column in (in_chunks, encode_texts(in_chunks), pa.chunked_array([pa.nulls(3)])):
        assert take_rows(column, rows).to_pylist() == column.take(rows).to_pylist()
    assert take_rows(pa.chunked_array([], pa.string()), pa.array([], pa.int64())).to_pylist() == []


@st.composite
def touches(draw: st.DrawFn) -> tuple[list[int], list[str]]:
    ids = draw(st.lists(st.text("aé😀b0", max_size=10), unique=True, max_size=20))
    at = [draw(st.integers(0, 3)) for _ in ids]
    return (sorted(at) if draw(st.booleans()) else at), ids


@settings(deadline=None)
@given(touches())
def test_the_order_is_by_instant_then_id(drawn: tuple[list[int], list[str]]) -> None:
    at, ids = drawn
    order = stream_order(np.array(at, np.int64), pa.chunked_array([ids], pa.string()))
    right = sorted(range(len(at)), key=lambda row: (at[row], ids[row]))
    assert right == (list(range(len(at))) if order is None else order.tolist())
    if right == list(range(len(at))):
        assert order is None


@settings(deadline=None)
@given(chunks=st.lists(TEXTS, max_size=4), alike=st.booleans())
def test_shared_texts_are_found(chunks: list[list[str | None]], alike: bool) -> None:
    texts = [text for chunk in chunks for text in chunk]
    counts = Counter(texts)
    right = [row for row, text in enumerate(texts) if text is not None and counts[text] > 1]
    with pytest.MonkeyPatch.context() as patch:
        if alike:  # as if all texts had the same hash
            patch.setattr(ordering, "hash_texts", _all_alike)
        assert rows_of_shared(pa.chunked_array(chunks, pa.string())).tolist() == right


def _all_alike(texts: pa.Array) -> Any:
    return np.zeros(len(texts), np.uint64)


def test_texts_that_differ_anywhere_have_other_hashes() -> None:
    places = [(at, length) for length in range(20) for at in range(length)]
    texts = ["x" * at + other + "x" * (length - at) for at, length in places for other in "yz"]
    assert len(set(ordering.hash_texts(pa.array(texts)).tolist())) == len(texts)
    assert rows_of_shared(pa.chunked_array([texts])).tolist() == []
