"""The loops of the columnar engine in numpy; where touches are many, their compiled forms take over.

Both forms give the same. Compiled code is only loaded for long inputs, so that a first replay of a small
stream never waits for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from types import ModuleType

LONG: Final = 60_000
"""From so many elements on the compiled forms are used."""

_BY_COMPARING: Final = 16
"""Up to so many codes numpy, which compares many at once, is quicker."""

_EVERY: Final = np.zeros(0, np.int32)

Integers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int32]
Bits = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]


def _compiled() -> ModuleType:
    return import_module("touchrules.engines.columnar.compiled")  # loads the compiler


def _compiled_bits() -> ModuleType:
    return import_module("touchrules.engines.columnar.compiledbits")


def words_of_bits(bits: Bits) -> Words:
    """Pack truth values, the first into the lowest bit of the first word."""
    return _as_words(np.packbits(bits, bitorder="little"))


def _as_words(packed: npt.NDArray[np.uint8]) -> Words:
    padded = np.zeros((len(packed) + 7) // 8 * 8, np.uint8)
    padded[: len(packed)] = packed
    return padded.view(np.uint64)


def words_of_codes(codes: npt.NDArray[np.signedinteger], table: Bits) -> Words:
    """Pack `table[code]` of each code; -1 takes the table's last element."""
    if len(codes) >= LONG:
        words: Words = _compiled_bits().words_of_codes(codes, table)
        return words
    return words_of_bits(table[codes])


def words_by_code(codes: npt.NDArray[np.signedinteger], count: int) -> Words:
    """Return for each of so many codes, one below the other, the words of where it stands."""
    if len(codes) >= LONG and count > _BY_COMPARING:
        words: Words = _compiled_bits().words_by_code(codes, count)
        return words
    words = np.empty((count, (len(codes) + 63) // 64), np.uint64)
    for code in range(count):
        words[code] = words_of_bits(codes == code)
    return words


def code_whole(values: npt.NDArray[np.float64], most: int) -> tuple[npt.NDArray[np.int16], Integers]:
    """Return the codes of whole numbers of 0 .. most - 1 (-1 for NaN) and the distinct ones, ascending.

    Where there are other numbers, no codes are returned. `most` is at most 1 << 15.
    """
    if len(values) >= LONG:
        coded: tuple[npt.NDArray[np.int16], Integers] = _compiled_bits().code_whole(values, most)
        return coded
    there = ~np.isnan(values)
    distinct = np.unique(values[there])
    if not np.all((distinct >= 0) & (distinct < most) & (distinct == np.floor(distinct))):
        return np.zeros(0, np.int16), np.zeros(0, np.int64)
    codes = np.searchsorted(distinct, values).astype(np.int16)
    return np.where(there, codes, np.int16(-1)), distinct.astype(np.int64)


def words_of_rows(chosen: Rows, rows: int) -> Words:
    """Set the bits of some of so many rows."""
    if len(chosen) >= LONG or rows >= LONG:
        words: Words = _compiled_bits().words_of_rows(chosen, rows)
        return words
    bits = np.zeros(rows, np.bool_)
    bits[chosen] = True
    return words_of_bits(bits)


def rows_of_words(words: Words, rows: int) -> Rows:
    """Return the places of the bits that are set, ascending."""
    if rows >= LONG:
        chosen: Rows = _compiled_bits().rows_of_words(words, int(np.bitwise_count(words).sum()))
        return chosen
    bits = np.unpackbits(words.view(np.uint8), count=rows, bitorder="little")
    return np.flatnonzero(bits).astype(np.int32)


def bits_at(words: Words, rows: npt.NDArray[np.integer]) -> Bits:
    """Return the bits at some places."""
    if len(rows) >= LONG:
        bits: Bits = _compiled_bits().bits_at(words, rows)
        return bits
    packed = words.view(np.uint8)
    return np.asarray(packed[rows >> 3] >> (rows & 7).astype(np.uint8) & 1, np.bool_)


def same_codes(codes: npt.NDArray[np.signedinteger], ones: Rows, others: Rows) -> tuple[Bits, Bits]:
    """Return for pairs of rows whether both have a code (-1: none), and whether it is the same."""
    if len(ones) >= LONG:
        told: tuple[Bits, Bits] = _compiled_bits().same_codes(codes, ones, others)
        return told
    mine, theirs = codes[ones], codes[others]
    there = (mine >= 0) & (theirs >= 0)
    return there, there & (mine == theirs)


def places_before(places: Places, asked: Places, *, inclusive: bool) -> Places:
    """Return for each asked place how many of the ascending `places` lie before it, or at it as well.

    It is quickest where `asked` ascends.
    """
    if len(asked) >= LONG:
        counts: Places = _compiled().places_before(places, asked, inclusive)
        return counts
    return np.searchsorted(places, asked, side="right" if inclusive else "left").astype(np.int32)


def look(
    places: Places,
    starts: Places,
    lane: Places,
    lane_at: Integers,
    since: Places,
    after: Integers,
    until: Integers,
    *,
    itself: bool,
) -> tuple[Places, Places]:
    """Return for each of some places the stretch [low, high) of a lane that is seen from there.

    `places`: -1 sees nothing; it is quickest where they ascend. `starts`: where the touches of a key
    begin, for each place of the order. `lane`, `since`: places of the order, ascending; only what
    comes after the last place of `since` is seen. `after`, `until`: only what has after < at <= until is
    seen, for each of `places`; empty: no such bound. `itself`: a place sees itself.
    """
    if len(places) >= LONG:
        seen: tuple[Places, Places] = _compiled().look(
            places, starts, lane, lane_at, since, after, until, itself
        )
        return seen
    if not len(starts):
        nothing = np.zeros(len(places), np.int32)
        return nothing, nothing
    known = places >= 0
    sure = np.where(known, places, 0)
    first = starts[sure]
    if len(since):
        before = places_before(since, sure, inclusive=False)
        first = np.where(before > 0, np.maximum(first, since[np.maximum(before - 1, 0)] + 1), first)
    low = places_before(lane, first, inclusive=False)
    high = places_before(lane, sure, inclusive=itself)
    end = first_after(lane_at, low, high, until) if len(until) else high
    low = first_after(lane_at, low, high, after) if len(after) else low
    return np.where(known, low, 0).astype(np.int32), np.where(known, end, 0).astype(np.int32)


def words_of_spans(begin: Places, end: Places, home: Rows | None, rows: int) -> Words:
    """Set the bits of the stretches [begin, end), which ascend, of so many rows.

    `home`: for each place the row that is meant; None: the row of that number.
    """
    if rows >= LONG:
        words: Words = _compiled_bits().words_of_spans(begin, end, _EVERY if home is None else home, rows)
        return words
    some = begin < end
    changes = np.zeros((rows if home is None else len(home)) + 1, np.int64)
    np.add.at(changes, begin[some], 1)
    np.add.at(changes, end[some], -1)
    inside = np.cumsum(changes[:-1]) > 0
    if home is None:
        return words_of_bits(inside)
    return words_of_rows(home[inside], rows)


def seen_words(
    words: Words,
    since: Words | None,
    starts: Places,
    ends: Places,
    at: Integers,
    window: tuple[int, int],
    least: int,
    *,
    itself: bool,
) -> Words | None:
    """Return the words of the touches that see at least so many of others; None: the input is too short.

    All in home order: `words` and `since` as in `look`; `starts`, `ends`: where the touches of a key begin
    and end; `window`: they must be at least and less than so many microseconds old, -1: no such bound.
    """
    if len(at) < LONG:
        return None
    last = words[:0] if since is None else since
    filled: Words = _compiled().seen_words(words, last, starts, ends, at, *window, least, itself)
    return filled


def first_in_time(
    places: Places,
    ends: Places,
    meets: tuple[Places, Integers],
    cancels: tuple[Places, Integers],
    after: Integers,
    by: Integers,
) -> tuple[Places, Places]:
    """Return for each place the indexes of the first later touches that meet and that cancel, -1: none.

    `places`: -1 finds nothing. `ends`: where the touches of a key end, for each place of the order. `meets`,
    `cancels`: places of the order (ascending) and their times; a touch that meets has after <= at <= by, one
    that cancels at <= by.
    """
    if len(places) >= LONG:
        found: tuple[Places, Places] = _compiled().first_in_time(places, ends, *meets, *cancels, after, by)
        return found
    sure = np.maximum(places, 0)
    last = ends[sure] if len(ends) else sure
    firsts = []
    for (there, times), begin in ((meets, after), (cancels, None)):
        low = places_before(there, sure, inclusive=True)
        high = places_before(there, last, inclusive=False)
        low = low if begin is None else first_after(times, low, high, begin - 1)
        first = np.full(len(places), -1, np.int32)
        some = np.flatnonzero((low < high) & (places >= 0))
        some = some[times[low[some]] <= by[some]]
        first[some] = low[some]
        firsts.append(first)
    return firsts[0], firsts[1]


def cool_down(
    places: Places,
    at: Integers,
    starts: Places,
    moments: Places,
    times: Integers,
    retracted: Places,
    lasts: int,
) -> Bits:
    """Return which of some places are accepted, where each asserts a fact that keeps the next ones out.

    `places`: ascending, of an order; `at`: their times; `starts` as in `look`. `moments` (ascending): what
    else asserts the fact, the place p being moment 2p; `times`: when. `retracted` (ascending): moments.
    `lasts`: how long it holds; less than 0: for good.
    """
    if len(places) >= LONG:
        bits: Bits = _compiled().cool_down(places, at, starts, moments, times, retracted, lasts)
        return bits
    accepted = np.zeros(len(places), np.bool_)
    told = places_before(moments, 2 * places, inclusive=False) - 1
    ended = places_before(retracted, 2 * places, inclusive=False) - 1
    mine, since = -1, 0
    each = zip(
        places.tolist(), at.tolist(), starts[places].tolist(), told.tolist(), ended.tolist(), strict=True
    )
    for number, (place, now, start, other, over) in enumerate(each):
        last, when = mine, since
        if other >= 0 and moments[other] >= last:
            last, when = int(moments[other]), int(times[other])
        held = last >= 2 * start and (lasts < 0 or now - when < lasts)
        if held and (over < 0 or retracted[over] <= last):
            continue
        accepted[number] = True
        mine, since = 2 * place, now
    return accepted


def first_after(times: Integers, low: Places, high: Places, bound: Integers) -> Places:
    """Return for each stretch [low, high) of `times`, ascending there, the first index with a time > bound.

    It is `high` where no time is; stretches with low >= high give low.
    """
    if len(low) >= LONG:
        found: Places = _compiled().first_after(times, low, high, bound)
        return found
    left, right = low.copy(), np.maximum(low, high)
    while True:
        open_ = np.flatnonzero(left < right)
        if not len(open_):
            return left
        middle = (left[open_] + right[open_]) // 2
        late = times[middle] > bound[open_]
        right[open_[late]] = middle[late]
        left[open_[~late]] = middle[~late] + 1


def distinct_in(codes: Integers, low: Places, high: Places) -> Integers:
    """Return for each stretch [low, high) of `codes` how many different codes are there, but negative ones.

    One pass with a moving stretch: quick where stretches follow each other.
    """
    if len(low) + len(codes) >= LONG:
        counts: Integers = _compiled().distinct_in(codes, low, high)
        return counts
    seen: dict[int, int] = {}
    held = codes.tolist()
    start = stop = 0
    result = np.zeros(len(low), np.int64)
    for place, (first, last) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        if first >= last:
            continue
        if first < start or first >= stop or last < stop:
            seen.clear()
            start = stop = first
        for code in held[stop:last]:
            if code >= 0:
                seen[code] = seen.get(code, 0) + 1
        for code in held[start:first]:
            if code >= 0:
                seen[code] -= 1
                if not seen[code]:
                    del seen[code]
        start, stop = first, last
        result[place] = len(seen)
    return result


def first_match(
    later: Integers, wanted: Integers, times: Integers, low: Places, high: Places, by: Integers
) -> Places:
    """Return for each stretch the first index with `later[index] == wanted` and a time <= by, or -1."""
    if len(low) >= LONG:
        found: Places = _compiled().first_match(later, wanted, times, low, high, by)
        return found
    index = low.copy()
    result = np.full(len(low), -1, np.int32)
    open_ = np.arange(len(low))
    while len(open_):
        open_ = open_[index[open_] < high[open_]]
        open_ = open_[times[index[open_]] <= by[open_]]
        hit = later[index[open_]] == wanted[open_]
        result[open_[hit]] = index[open_[hit]]
        open_ = open_[~hit]
        index[open_] += 1
    return result


def in_order(
    rows: Rows, codes: Rows, count: int, at: Integers, apart: Rows
) -> tuple[Rows, Places, Places, Places, Integers]:
    """Return rows put in the order of their codes, stably, and the arrays of an `Order` of them.

    `codes`: one of 0 .. count - 1 for each of `rows`; rows of negative ones are left out. `at` and `apart`:
    of all rows, as in `order_rows`; empty: there is no `apart`.
    """
    if len(rows) >= LONG:
        made: tuple[Rows, Places, Places, Places, Integers]
        made = _compiled_bits().in_order(rows, codes, count, at, apart)
        return made
    sorted_ = np.argsort(codes, kind="stable")
    sorted_ = sorted_[np.searchsorted(codes[sorted_], 0) :]
    rows, held = rows[sorted_], codes[sorted_]
    begins = np.ones(len(rows), np.bool_)
    begins[1:] = held[1:] != held[:-1]
    if len(apart):
        begins[1:] |= apart[rows[1:]] != apart[rows[:-1]]
    places = np.full(len(at), -1, np.int32)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    bounds = np.append(np.flatnonzero(begins), len(rows)).astype(np.int32)
    lengths = np.diff(bounds)
    return rows, places, np.repeat(bounds[:-1], lengths), np.repeat(bounds[1:], lengths), at[rows]


def lane_at(words: Words, rows: Rows) -> tuple[Places, Rows]:
    """Return the places at which the bits of some rows are set, and the rows there."""
    if len(rows) >= LONG:
        lane: tuple[Places, Rows] = _compiled_bits().lane_at(words, rows)
        return lane
    places = np.flatnonzero(bits_at(words, rows)).astype(np.int32)
    return places, rows[places]
