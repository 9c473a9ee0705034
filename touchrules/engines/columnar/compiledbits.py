"""The loops of `kernels` over bits, compiled by numba. Each gives exactly what its numpy form gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np


def compiled(*signatures: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile for these types only, once for all processes of a machine; other threads run meanwhile."""
    compile_: Callable[[Callable[..., Any]], Callable[..., Any]] = numba.njit(
        list(signatures), cache=True, nogil=True
    )
    return compile_


_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_LOWEST = np.zeros(64, np.int64)
for _bit in range(64):
    _LOWEST[((int(_DE_BRUIJN) << _bit) & ((1 << 64) - 1)) >> 58] = _bit


@compiled("int64(uint64)")
def lowest_bit(word: Any) -> Any:
    """Return the number of the lowest bit that is set."""
    return _LOWEST[((word & (~word + np.uint64(1))) * _DE_BRUIJN) >> np.uint64(58)]


@compiled("int64(uint64[::1], int64)")
def next_bit(words: Any, place: int) -> Any:
    """Return the first bit from a place on that is set, or a number beyond all."""
    number = place >> 6
    if number >= len(words):
        return np.int64(1) << 62
    word = words[number] & (~np.uint64(0) << np.uint64(place & 63))
    while word == 0:
        number += 1
        if number >= len(words):
            return np.int64(1) << 62
        word = words[number]
    return number * 64 + lowest_bit(word)


@compiled(*(f"uint64[:, ::1]({codes}[::1], int64)" for codes in ("int8", "int16", "int32")))
def words_by_code(codes: Any, count: int) -> Any:
    """Set a bit for each code in the row of words of that code."""
    words = np.zeros((count, (len(codes) + 63) // 64), np.uint64)
    for place in range(len(codes)):
        code = codes[place]
        if code >= 0:
            words[code, place >> 6] |= np.uint64(1) << np.uint64(place & 63)
    return words


@compiled(*(f"uint64[::1]({codes}[::1], boolean[::1])" for codes in ("int8", "int16", "int32")))
def words_of_codes(codes: Any, table: Any) -> Any:
    """Pack what the table says to each code."""
    count = len(codes)
    last = len(table) - 1
    words = np.zeros((count + 63) // 64, np.uint64)
    for number in range(len(words)):
        word = np.uint64(0)
        first = number * 64
        for bit in range(min(64, count - first)):
            code = codes[first + bit]
            word |= np.uint64(table[code if code >= 0 else last]) << np.uint64(bit)
        words[number] = word
    return words


@compiled("uint64[::1](int32[::1], int64)")
def words_of_rows(chosen: Any, rows: int) -> Any:
    """Set the bits of some rows."""
    words = np.zeros((rows + 63) // 64, np.uint64)
    for row in chosen:
        words[row >> 6] |= np.uint64(1) << np.uint64(row & 63)
    return words


@compiled("int32[::1](uint64[::1], int64)")
def rows_of_words(words: Any, count: int) -> Any:
    """List the `count` bits that are set."""
    rows = np.empty(count, np.int32)
    place = 0
    for number in range(len(words)):
        word = words[number]
        while word:
            rows[place] = number * 64 + lowest_bit(word)
            place += 1
            word &= word - np.uint64(1)
    return rows


@compiled(*(f"boolean[::1](uint64[::1], {rows}[::1])" for rows in ("int32", "int64")))
def bits_at(words: Any, rows: Any) -> Any:
    """Look bits up."""
    bits = np.empty(len(rows), np.bool_)
    for place in range(len(rows)):
        row = rows[place]
        bits[place] = (words[row >> 6] >> np.uint64(row & 63)) & np.uint64(1)
    return bits


@compiled("void(uint64[::1], int64, int64)")
def fill(words: Any, begin: int, end: int) -> None:
    """Set the bits of [begin, end)."""
    every = ~np.uint64(0)
    first, last = begin >> 6, (end - 1) >> 6
    from_first = every << np.uint64(begin & 63)
    to_last = every >> np.uint64(63 - ((end - 1) & 63))
    if first == last:
        words[first] |= from_first & to_last
        return
    words[first] |= from_first
    for number in range(first + 1, last):
        words[number] = every
    words[last] |= to_last


@compiled("uint64[::1](int32[::1], int32[::1], int32[::1], int64)")
def words_of_spans(begin: Any, end: Any, home: Any, rows: int) -> Any:
    """Fill span after span, what is filled already only once."""
    words = np.zeros((rows + 63) // 64, np.uint64)
    done = 0
    for number in range(len(begin)):
        first, last = max(begin[number], done), end[number]
        if first >= last:
            continue
        done = last
        if len(home) == 0:
            fill(words, first, last)
        else:
            for place in range(first, last):
                row = home[place]
                words[row >> 6] |= np.uint64(1) << np.uint64(row & 63)
    return words
