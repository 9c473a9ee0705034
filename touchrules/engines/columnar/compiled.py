"""The loops of `kernels` over places and times, compiled by numba. Each gives what its numpy form gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from touchrules.engines.columnar.compiledbits import compiled, fill, next_bit


@compiled("int32(int32[::1], int32, int64)")
def _go_to(places: Any, here: int, bound: int) -> Any:
    """Return the first index with a place > bound; the search begins where the last one ended."""
    count = len(places)
    step = 1
    if here > 0 and places[here - 1] > bound:
        low, high = 0, here
        while high - step > 0 and places[high - step] > bound:
            high -= step
            step *= 2
        low = max(0, high - step)
    else:
        low, high = here, count
        while low + step < count and places[low + step - 1] <= bound:
            low += step
            step *= 2
        high = min(count, low + step)
    while low < high:
        middle = (low + high) // 2
        if places[middle] > bound:
            high = middle
        else:
            low = middle + 1
    return low


@compiled("int32(int64[::1], int32, int32, int32, int64)")
def _first_later(times: Any, low: int, high: int, here: int, bound: int) -> Any:
    """Return the first index of [low, high) with a time > bound; `here` is a good place to begin."""
    if low >= high:
        return low
    left, right = low, high
    if left < here < right:
        if times[here - 1] > bound:
            right = here - 1
        else:
            left = here
    step = 1
    while left + step <= right and times[left + step - 1] <= bound:
        left += step
        step *= 2
    right = min(right, left + step)
    while left < right:
        middle = (left + right) // 2
        if times[middle] > bound:
            right = middle
        else:
            left = middle + 1
    return left


@compiled("int32[::1](int32[::1], int32[::1], boolean)")
def places_before(places: Any, asked: Any, inclusive: bool) -> Any:
    """Count for each asked place those before it."""
    counts = np.empty(len(asked), np.int32)
    here = 0
    for number in range(len(asked)):
        here = _go_to(places, here, asked[number] if inclusive else asked[number] - 1)
        counts[number] = here
    return counts


@compiled(
    "Tuple((int32[::1], int32[::1]))(int32[::1], int32[::1], int32[::1], int64[::1], int32[::1],"
    " int64[::1], int64[::1], boolean)"
)
def look(
    places: Any, starts: Any, lane: Any, lane_at: Any, since: Any, after: Any, until: Any, itself: bool
) -> Any:
    """Find what each place sees; three searches that go along with the places."""
    count = len(places)
    lows, highs = np.zeros(count, np.int32), np.zeros(count, np.int32)
    begin = end = passed = low = high = 0
    for number in range(count):
        place = places[number]
        if place < 0:
            continue
        first = starts[place]
        if len(since):
            passed = _go_to(since, passed, place - 1)
            if passed > 0:
                first = max(first, since[passed - 1] + 1)
        end = _go_to(lane, end, place if itself else place - 1)
        begin = _go_to(lane, begin, first - 1)
        low, high = begin, end
        if len(until):
            high = _first_later(lane_at, begin, end, highs[number - 1] if number else 0, until[number])
        if len(after):
            low = _first_later(lane_at, begin, end, lows[number - 1] if number else 0, after[number])
        lows[number], highs[number] = low, high
    return lows, highs


@compiled("int64(int64[::1], int64, int64, int64)")
def _from_time(times: Any, low: int, high: int, bound: int) -> Any:
    """Return the first index of [low, high) with a time >= bound, looking near `low` first."""
    step = 1
    while low + step <= high and times[low + step - 1] < bound:
        low += step
        step *= 2
    high = min(high, low + step)
    while low < high:
        middle = (low + high) // 2
        if times[middle] < bound:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(
    "uint64[::1](uint64[::1], uint64[::1], int32[::1], int32[::1], int64[::1], int64, int64, int64, boolean)"
)
def seen_words(
    words: Any,
    since: Any,
    starts: Any,
    ends: Any,
    at: Any,
    nearest: int,
    farthest: int,
    least: int,
    itself: bool,
) -> Any:
    """Fill from each touch that makes enough to the end of its window."""
    filled = np.zeros_like(words)
    ring = np.zeros(least, np.int64)
    count, group, done, left, right, again = 0, -1, 0, 0, 0, -1
    place = next_bit(words, 0)
    while place < len(starts):
        if starts[place] != group:
            group, count = starts[place], 0
            left = right = group
        ring[count % least] = place
        count += 1
        if count >= least:
            oldest = ring[count % least]
            begin, end = place if itself else place + 1, ends[place]
            if nearest >= 0:
                left = _from_time(at, max(left, place), end, at[place] + nearest)
                begin = max(begin, left)
            if farthest >= 0:
                right = _from_time(at, max(right, oldest), end, at[oldest] + farthest)
                end = right
            if len(since):
                if again < oldest:
                    again = next_bit(since, oldest)
                end = min(end, again + 1)
            begin = max(begin, done)
            if begin < end:
                fill(filled, begin, end)
                done = end
        place = next_bit(words, place + 1)
    return filled


@compiled(
    "Tuple((int32[::1], int32[::1]))(int32[::1], int32[::1], int32[::1], int64[::1], int32[::1], int64[::1],"
    " int64[::1], int64[::1])"
)
def first_in_time(
    places: Any, ends: Any, meets: Any, meets_at: Any, cancels: Any, cancels_at: Any, after: Any, by: Any
) -> Any:
    """Find for each place the first later touch of either sort that is in time."""
    met, stopped = np.full(len(places), -1, np.int32), np.full(len(places), -1, np.int32)
    here = there = 0
    for number in range(len(places)):
        place = places[number]
        if place < 0:
            continue
        end = ends[place]
        here = _go_to(meets, here, place)
        index = here
        while index < len(meets) and meets[index] < end and meets_at[index] < after[number]:
            index += 1
        if index < len(meets) and meets[index] < end and meets_at[index] <= by[number]:
            met[number] = index
        there = _go_to(cancels, there, place)
        if there < len(cancels) and cancels[there] < end and cancels_at[there] <= by[number]:
            stopped[number] = there
    return met, stopped


@compiled("boolean[::1](int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], int32[::1], int64)")
def cool_down(places: Any, at: Any, starts: Any, moments: Any, times: Any, retracted: Any, lasts: int) -> Any:
    """Accept what nothing keeps out, and let it keep the next ones out."""
    accepted = np.zeros(len(places), np.bool_)
    told = ended = 0
    mine, since = np.int64(-1), np.int64(0)
    for number in range(len(places)):
        place = places[number]
        told = _go_to(moments, told, 2 * place - 1)
        last, when = mine, since
        if told > 0 and moments[told - 1] >= last:
            last, when = np.int64(moments[told - 1]), times[told - 1]
        if last >= 2 * starts[place] and (lasts < 0 or at[number] - when < lasts):
            ended = _go_to(retracted, ended, 2 * place - 1)
            if ended == 0 or retracted[ended - 1] <= last:
                continue
        accepted[number] = True
        mine, since = np.int64(2 * place), at[number]
    return accepted


@compiled("int32[::1](int64[::1], int32[::1], int32[::1], int64[::1])")
def first_after(times: Any, low: Any, high: Any, bound: Any) -> Any:
    """Find in each stretch the first time after a bound."""
    found = np.empty(len(low), np.int32)
    here = 0
    for number in range(len(low)):
        here = _first_later(times, low[number], high[number], here, bound[number])
        found[number] = here
    return found


@compiled("void(int64[::1], int64[::1], int64, int64)")
def _forget(codes: Any, seen: Any, start: int, stop: int) -> None:
    for place in range(start, stop):
        if codes[place] >= 0:
            seen[codes[place]] = 0


@compiled("int64[::1](int64[::1], int32[::1], int32[::1])")
def distinct_in(codes: Any, low: Any, high: Any) -> Any:
    """Count the different codes of each stretch with one that moves along."""
    most = 0
    for code in codes:
        most = max(most, code + 1)
    seen = np.zeros(most, np.int64)
    counts = np.zeros(len(low), np.int64)
    start = stop = different = 0
    for number in range(len(low)):
        first, last = low[number], high[number]
        if first >= last:
            continue
        if first < start or first >= stop or last < stop:
            _forget(codes, seen, start, stop)
            different = 0
            start = stop = first
        for place in range(stop, last):
            code = codes[place]
            if code >= 0:
                if seen[code] == 0:
                    different += 1
                seen[code] += 1
        for place in range(start, first):
            code = codes[place]
            if code >= 0:
                seen[code] -= 1
                if seen[code] == 0:
                    different -= 1
        start, stop = first, last
        counts[number] = different
    return counts


@compiled("int32[::1](int64[::1], int64[::1], int64[::1], int32[::1], int32[::1], int64[::1])")
def first_match(later: Any, wanted: Any, times: Any, low: Any, high: Any, by: Any) -> Any:
    """Find in each stretch the first one in time that is what is wanted."""
    found = np.full(len(low), -1, np.int32)
    for number in range(len(low)):
        for place in range(low[number], high[number]):
            if times[place] > by[number]:
                break
            if later[place] == wanted[number]:
                found[number] = place
                break
    return found
