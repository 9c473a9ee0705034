"""Columns of texts with a dictionary of the distinct ones, and for each row the place of its text there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Rows = npt.NDArray[np.integer[Any]]

_FULL: Final = (1 << 31) - 1
"""Bytes that an Arrow array of `string` can hold."""


def is_plain_text(arrow: pa.DataType) -> bool:
    """Return whether an Arrow type is one of texts, without a dictionary."""
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(arrow) for test in tests)


def is_coded_text(arrow: pa.DataType) -> bool:
    """Return whether an Arrow type is a dictionary of texts."""
    return bool(pa.types.is_dictionary(arrow) and is_plain_text(arrow.value_type))


def code_type(count: int) -> pa.DataType:
    """Return the smallest type of signed integers that numbers so many things.

    >>> code_type(128), code_type(129)
    (DataType(int8), DataType(int16))
    """
    return pa.int8() if count <= 1 << 7 else pa.int16() if count <= 1 << 15 else pa.int32()


def encode_texts(column: pa.ChunkedArray, *, keep_empty: bool = False) -> pa.ChunkedArray:
    """Return a column of texts, with dictionaries or without, as one chunk with one dictionary.

    That has each text once, neither null nor the empty text: rows with these are null (`keep_empty`: the
    empty text is a text). It is of type `string`, or `large_string` where that cannot hold it; the codes
    are as small as can be.
    """
    if not pa.types.is_dictionary(column.type):
        column = _roomy(column).dictionary_encode()
    elif any(chunk.dictionary.null_count for chunk in column.chunks):
        column = _roomy(column.cast(column.type.value_type)).dictionary_encode()
    codes, texts = _unify([chunk for chunk in column.chunks if len(chunk)])
    if not keep_empty:
        codes, texts = _without_empty(codes, texts)
    if not pa.types.is_string(texts.type) and texts.nbytes < _FULL:
        texts = texts.cast(pa.string())
    codes = codes.cast(code_type(len(texts)), safe=False)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, texts, safe=False)])


def join_texts(pieces: Sequence[pa.Array]) -> pa.ChunkedArray:
    """Return one column of pieces that `encode_texts` made, or that are null throughout."""
    if len(pieces) == 1 and pa.types.is_dictionary(pieces[0].type):
        return pa.chunked_array(pieces)
    coded = [one if pa.types.is_dictionary(one.type) else one.dictionary_encode() for one in pieces]
    roomy = any(pa.types.is_large_string(one.type.value_type) for one in coded)
    wanted = pa.dictionary(pa.int32(), pa.large_string() if roomy else pa.string())
    widened = [
        pa.DictionaryArray.from_arrays(
            one.indices.cast(pa.int32()), one.dictionary.cast(wanted.value_type), safe=False
        )
        for one in coded
    ]
    return encode_texts(pa.chunked_array(widened, wanted))


def has_one_dictionary(column: pa.ChunkedArray) -> bool:
    """Return whether all chunks of a column have the very same dictionary."""
    return all(_same_buffers(chunk.dictionary, column.chunk(0).dictionary) for chunk in column.chunks[1:])


def decode_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column of texts without a dictionary, as `string`; any other as it is."""
    return column.cast(pa.string()) if is_coded_text(column.type) else column


def take_rows(column: pa.ChunkedArray, rows: pa.Array) -> pa.ChunkedArray:
    """Return some rows of a column, in that order, as one chunk; positions must be within it."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # more texts than one array can hold, or an empty column
        return whole.take(rows) if len(rows) else whole
    return pa.chunked_array([pc.take(whole, rows, boundscheck=False)], column.type)


def _roomy(column: pa.ChunkedArray) -> pa.ChunkedArray:
    fits = pa.types.is_string(column.type) and column.nbytes < _FULL
    return column if fits else column.cast(pa.large_string())


def _unify(chunks: Sequence[pa.DictionaryArray]) -> tuple[pa.Array, pa.Array]:
    """Return the codes of all chunks in one dictionary of distinct texts."""
    if not chunks:
        return pa.array([], pa.int8()), pa.array([], pa.string())
    texts = chunks[0].dictionary
    if has_one_dictionary(pa.chunked_array(chunks)):
        codes = [chunk.indices for chunk in chunks]
        distinct = texts.unique()
        if len(distinct) < len(texts):
            places = pc.index_in(texts, distinct)
            codes, texts = [places.take(one) for one in codes], distinct
    else:
        roomy = sum(chunk.dictionary.nbytes for chunk in chunks) >= _FULL
        widened = [
            pa.DictionaryArray.from_arrays(
                chunk.indices.cast(pa.int32()),
                chunk.dictionary.cast(pa.large_string()) if roomy else chunk.dictionary,
                safe=False,
            )
            for chunk in chunks
        ]
        unified = pa.chunked_array(widened).unify_dictionaries().chunks
        codes, texts = [chunk.indices for chunk in unified], unified[0].dictionary
    return (codes[0] if len(codes) == 1 else pa.concat_arrays(codes)), texts


def _same_buffers(one: pa.Array, other: pa.Array) -> bool:
    """Return whether two arrays lie at the same place in memory, as those of chunks of one column do."""
    if len(one) != len(other) or one.offset != other.offset:
        return False
    buffers = zip(one.buffers(), other.buffers(), strict=True)
    return all((a and a.address) == (b and b.address) for a, b in buffers)


def _without_empty(codes: pa.Array, texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return codes and distinct texts without the empty text."""
    empty = pc.index(texts, pa.scalar("", texts.type)).as_py()
    if empty < 0:
        return codes, texts
    places = pa.array([*range(empty), None, *range(empty, len(texts) - 1)], pa.int32())
    return places.take(codes), pa.concat_arrays([texts.slice(0, empty), texts.slice(empty + 1)])
