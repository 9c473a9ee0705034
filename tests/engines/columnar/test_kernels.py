"""The compiled loops give exactly what their numpy forms give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from touchrules.engines.columnar import kernels

ROUNDS = 300
NO_PLACES = np.zeros(0, np.int32)
NO_TIMES = np.zeros(0, np.int64)


@pytest.fixture(params=range(4))
def random(request: pytest.FixtureRequest) -> np.random.Generator:
    """Numbers that are the same in each run."""
    return np.random.default_rng(request.param)


def check(monkeypatch: pytest.MonkeyPatch, name: str, *inputs: Any, **options: Any) -> Any:
    """What both forms of a kernel give, which must be the same."""
    monkeypatch.setattr(kernels, "LONG", 1 << 40)
    plain = getattr(kernels, name)(*inputs, **options)
    monkeypatch.setattr(kernels, "LONG", 0)
    compiled = getattr(kernels, name)(*inputs, **options)
    for one, other in zip(_as_tuple(plain), _as_tuple(compiled), strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)
    return plain


def _as_tuple(result: Any) -> tuple[Any, ...]:
    return result if isinstance(result, tuple) else (result,)


def draw_groups(random: np.random.Generator, size: int) -> tuple[Any, Any, Any]:
    """Where each place's group begins and ends, and times that ascend within groups."""
    groups = np.sort(random.integers(0, 6, size))
    times = random.integers(0, 30, size)
    times = times[np.lexsort((times, groups))]
    starts = np.searchsorted(groups, groups, "left").astype(np.int32)
    ends = np.searchsorted(groups, groups, "right").astype(np.int32)
    return starts, ends, times


def draw_rows(random: np.random.Generator, size: int, share: float = 0.4) -> Any:
    """Some of so many rows, ascending."""
    return np.flatnonzero(random.random(size) < share).astype(np.int32)


def test_masks(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 200))
        codes = random.integers(-1, 5, size).astype(random.choice([np.int8, np.int16, np.int32]))
        check(monkeypatch, "words_of_codes", codes, random.random(6) < 0.5)
        rows = draw_rows(random, size)
        words = check(monkeypatch, "words_of_rows", rows, size)
        np.testing.assert_array_equal(check(monkeypatch, "rows_of_words", words, size), rows)
        bits = check(monkeypatch, "bits_at", words, np.arange(size, dtype=np.int32))
        np.testing.assert_array_equal(np.flatnonzero(bits), rows)


@pytest.mark.parametrize("odd", [[], [0.5], [-1.0], [9.0], [np.inf], [-np.inf]])
def test_whole_numbers(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch, odd: list[float]
) -> None:
    for _ in range(ROUNDS // 6):
        values = random.choice([0.0, 1.0, 3.0, 8.0, np.nan], random.integers(1, 40))
        values[: len(odd)] = odd
        codes, distinct = check(monkeypatch, "code_whole", values, 9)
        assert len(codes) == (0 if odd else len(values))
        if not odd:
            np.testing.assert_array_equal(np.append(distinct, np.nan)[codes], values)
            assert distinct.tolist() == sorted({int(value) for value in values if value == value})  # noqa: PLR0124


def test_pairs(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 200))
        codes = random.integers(-1, 3, size).astype(random.choice([np.int8, np.int16, np.int32]))
        ones, others = random.integers(0, size, (2, 50)).astype(np.int32)
        there, same = check(monkeypatch, "same_codes", codes, ones, others)
        for one, other, both, equal in zip(codes[ones], codes[others], there, same, strict=True):
            assert both == (one >= 0 and other >= 0)
            assert equal == (both and one == other)


@pytest.mark.parametrize("itself", [True, False])
@pytest.mark.parametrize("bounded", ["", "after", "until", "both"])
@pytest.mark.parametrize("since", [True, False])
def test_what_is_seen(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch, itself: bool, bounded: str, since: bool
) -> None:
    for _ in range(ROUNDS // 6):
        size = int(random.integers(1, 80))
        starts, _, times = draw_groups(random, size)
        lane, before = draw_rows(random, size), draw_rows(random, size) if since else NO_PLACES
        places = random.permutation(np.arange(-2, size)).astype(np.int32)
        places[places < 0] = -1
        if random.random() < 0.5:
            places.sort()
        at = times[places]
        after = at - random.integers(0, 20, len(at)) if bounded in {"after", "both"} else NO_TIMES
        until = at - random.integers(0, 9, len(at)) if bounded in {"until", "both"} else NO_TIMES
        low, high = check(
            monkeypatch, "look", places, starts, lane, times[lane], before, after, until, itself=itself
        )
        for number, place in enumerate(places.tolist()):
            last = max((one for one in before.tolist() if starts[place] <= one < place), default=-1)
            wanted = [
                index
                for index, one in enumerate(lane.tolist())
                if place >= 0 and max(starts[place], last + 1) <= one < place + itself
                if not len(after) or times[one] > after[number]
                if not len(until) or times[one] <= until[number]
            ]
            assert list(range(low[number], max(low[number], high[number]))) == wanted


def test_cool_downs(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 60))
        starts, _, times = draw_groups(random, size)
        moments = np.sort(random.integers(0, 2 * size, random.integers(0, size))).astype(np.int32)
        told = times[moments // 2] + (moments % 2)
        retracted = 2 * draw_rows(random, size, 0.2)
        places = draw_rows(random, size, 0.7)
        lasts = int(random.integers(-1, 12))
        accepted = check(
            monkeypatch, "cool_down", places, times[places], starts, moments, told, retracted, lasts
        )
        assert len(places) == 0 or len(moments) > 0 or accepted[0]


@pytest.mark.parametrize("home", [True, False])
def test_spans(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch, home: bool) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 300))
        begin = np.sort(random.integers(0, size + 1, 6)).astype(np.int32)
        end = np.minimum(np.sort(begin + random.integers(-2, 90, 6)), size).astype(np.int32)
        rows = random.permutation(size).astype(np.int32)
        words = check(monkeypatch, "words_of_spans", begin, end, None if home else rows, size)
        wanted = {place for one, other in zip(begin, end, strict=True) for place in range(one, other)}
        found = kernels.rows_of_words(words, size).tolist()
        assert found == sorted(wanted if home else {rows[place] for place in wanted})


def test_searches(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 200))
        places = np.sort(random.integers(0, 60, size)).astype(np.int32)
        asked = random.integers(-3, 70, size).astype(np.int32)
        check(monkeypatch, "places_before", places, asked, inclusive=bool(random.integers(2)))
        check(monkeypatch, "places_before", places, np.sort(asked), inclusive=bool(random.integers(2)))
        starts, ends, times = draw_groups(random, size)
        low = (starts + random.random(size) * (ends - starts)).astype(np.int32)
        high = np.maximum(ends - random.random(size) * (ends - starts) * 1.2, 0).astype(np.int32)
        bound = random.integers(-2, 33, size)
        check(monkeypatch, "first_after", times, low, high, bound)
        later, wanted = random.integers(-1, 4, size), random.integers(-2, 4, size)
        check(monkeypatch, "first_match", later, wanted, times, low, high, bound)
        counts = check(monkeypatch, "distinct_in", later, low, high)
        for first, last, count in zip(low, high, counts, strict=True):
            assert count == len({one for one in later[first:last].tolist() if one >= 0})


@pytest.mark.parametrize("apart", [True, False])
def test_orders(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    for _ in range(ROUNDS // 3):
        size = int(random.integers(1, 100))
        at = random.integers(0, 90, size)
        rows = draw_rows(random, size, 0.7)
        rows = rows if apart else random.permutation(rows)
        codes = random.integers(-1, 5, len(rows)).astype(np.int32)
        groups = np.sort(random.integers(0, 9, size)).astype(np.int32) if apart else NO_PLACES
        made = check(monkeypatch, "in_order", rows, codes, 5, at, groups)
        ordered, places, starts, ends, times = made
        keys = [(code, groups[row] if apart else 0) for row, code in zip(rows, codes, strict=True)]
        wanted = sorted((key, number) for number, key in enumerate(keys) if key[0] >= 0)
        np.testing.assert_array_equal(ordered, rows[[number for _, number in wanted]])
        np.testing.assert_array_equal(places[ordered], np.arange(len(ordered)))
        assert int((places >= 0).sum()) == len(ordered)
        np.testing.assert_array_equal(times, at[ordered])
        for place, (key, _) in enumerate(wanted):
            same = [other for other, (one, _) in enumerate(wanted) if one == key]
            assert (starts[place], ends[place]) == (same[0], same[-1] + 1)


def test_lanes(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        size = int(random.integers(1, 300))
        chosen = draw_rows(random, size)
        rows = random.permutation(size).astype(np.int32)
        places, there = check(monkeypatch, "lane_at", kernels.words_of_rows(chosen, size), rows)
        np.testing.assert_array_equal(rows[places], there)
        np.testing.assert_array_equal(np.sort(there), chosen)


def test_words_by_code(random: np.random.Generator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_BY_COMPARING", -1)
    for _ in range(ROUNDS):
        codes = random.integers(-1, 5, random.integers(1, 200)).astype(np.int8)
        words = check(monkeypatch, "words_by_code", codes, 5)
        for code, of_code in enumerate(words):
            found = kernels.rows_of_words(of_code, len(codes))
            np.testing.assert_array_equal(found, np.flatnonzero(codes == code))
