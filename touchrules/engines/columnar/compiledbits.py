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


@compiled("Tuple((int16[::1], int64[::1]))(float64[::1], int64)")
def code_whole(values: Any, most: int) -> Any:
    """Mark the numbers that there are, then number them."""
    codes = np.full(len(values), -1, np.int16)
    numbers = np.zeros(most, np.int16)
    for place in range(len(values)):
        value = values[place]
        if value == value:  # noqa: PLR0124
            if not 0 <= value < most or value != np.int64(value):
                return codes[:0].copy(), np.zeros(0, np.int64)
            codes[place] = np.int64(value)
            numbers[np.int64(value)] = 1
    distinct = np.flatnonzero(numbers)
    for number in range(len(distinct)):
        numbers[distinct[number]] = number
    for place in range(len(codes)):
        if codes[place] >= 0:
            codes[place] = numbers[codes[place]]
    return codes, distinct


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


@compiled(
    *(
        f"Tuple((boolean[::1], boolean[::1]))({codes}[::1], int32[::1], int32[::1])"
        for codes in ("int8", "int16", "int32")
    )
)
def same_codes(codes: Any, ones: Any, others: Any) -> Any:
    """Compare codes in pairs."""
    there, same = np.empty(len(ones), np.bool_), np.empty(len(ones), np.bool_)
    for number in range(len(ones)):
        mine, theirs = codes[ones[number]], codes[others[number]]
        there[number] = (mine >= 0) & (theirs >= 0)
        same[number] = (mine >= 0) & (mine == theirs)
    return there, same


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


@compiled("Tuple((int32[::1], int32[::1]))(uint64[::1], int32[::1])")
def lane_at(words: Any, rows: Any) -> Any:
    """Note where bits are set."""
    places, chosen = np.empty(len(rows), np.int32), np.empty(len(rows), np.int32)
    count = np.int64(0)
    for place in range(len(rows)):
        row = rows[place]
        places[count], chosen[count] = place, row
        count += np.int64((words[row >> 6] >> np.uint64(row & 63)) & np.uint64(1))
    return places[:count].copy(), chosen[:count].copy()


@compiled("int64[::1](int32[::1], int64)")
def _code_starts(codes: Any, count: int) -> Any:
    """Return where each code begins once they are sorted, and the end."""
    starts = np.zeros(count + 1, np.int64)
    for code in codes:
        if code >= 0:
            starts[code + 1] += 1
    for code in range(count):
        starts[code + 1] += starts[code]
    return starts


@compiled("Tuple((int32[::1], int32[::1]))(int32[::1], int64[::1], int32[::1])")
def _groups(rows: Any, bounds: Any, apart: Any) -> Any:
    """Return for each place where its group begins and ends: within bounds, rows that differ in `apart`."""
    starts, ends = np.empty(len(rows), np.int32), np.empty(len(rows), np.int32)
    for number in range(len(bounds) - 1):
        begin, end = bounds[number], bounds[number + 1]
        for place in range(begin, end):
            if len(apart) and place > begin and apart[rows[place]] != apart[rows[place - 1]]:
                ends[begin:place] = place
                begin = place
            starts[place] = begin
        ends[begin:end] = end
    return starts, ends


@compiled(
    "Tuple((int32[::1], int32[::1], int32[::1], int32[::1], int64[::1]))"
    "(int32[::1], int32[::1], int64, int64[::1], int32[::1])"
)
def in_order(rows: Any, codes: Any, count: int, at: Any, apart: Any) -> Any:
    """Sort by counting, and note all on the way."""
    bounds = _code_starts(codes, count)
    following = bounds.copy()
    chosen, times = np.empty(bounds[count], np.int32), np.empty(bounds[count], np.int64)
    places = np.full(len(at), -1, np.int32)
    for number in range(len(rows)):
        code = codes[number]
        if code >= 0:
            place, row = following[code], rows[number]
            following[code] = place + 1
            chosen[place], places[row], times[place] = row, place, at[row]
    starts, ends = _groups(chosen, bounds, apart)
    return chosen, places, starts, ends, times
