"""Where phrases stand between boundaries in a text, however many phrases, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import BytesAhoCorasick, Implementation

from touchrules.streams.alphabet import BLANK, BOUNDARY, OTHER
from touchrules.streams.batches import Codes, Positions

if TYPE_CHECKING:
    from types import ModuleType

    from touchrules.streams.transitions import Transitions

LONG: Final = 8_000_000
"""From so many characters on the compiled form is worth its start."""

_MIDDLING: Final = 500_000  # from so many characters on a quicker automaton is worth its making
_MOST: Final = 250_000  # so long may all phrases together be for these two, whose tables are large
_SHORT: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occurrences:
    """Places of phrases: their numbers, where they start and where they end (behind the last character)."""

    phrases: npt.NDArray[np.int64]
    starts: Positions
    ends: Positions


class Finder:
    """Finds phrases, written in the codes of an alphabet of that size; they are not empty, and differ."""

    def __init__(self, phrases: Sequence[bytes], size: int) -> None:
        self._phrases = phrases
        self._size = size
        self._lengths = np.array([len(phrase) for phrase in phrases], np.int64)
        self._automata: dict[bool, BytesAhoCorasick] = {}
        # Words of few letters stand within many others: the automaton looks for them with what may follow.
        shorts = {phrase: n for n, phrase in enumerate(phrases) if len(phrase) <= _SHORT and _is_word(phrase)}
        followers = sorted({BLANK, OTHER, *(code for code in b"".join(phrases) if code >= BOUNDARY)})
        asked = [(phrase, n) for n, phrase in enumerate(phrases) if phrase not in shorts]
        asked += [(phrase + bytes([code]), n) for phrase, n in shorts.items() for code in followers]
        self._shorts = shorts
        self._asked = [phrase for phrase, _ in asked]
        self._numbers = np.array([number for _, number in asked], np.int64)

    def find(self, codes: Codes, breaks: Positions, cuts: Positions, size: int) -> Occurrences:
        """Return all occurrences that a boundary, and no letter, digit or `_`, stands before and behind.

        Those that end at one of `cuts` need none behind. `codes` begins and ends with a separator; it also
        has them at `breaks`, where it may be read in parts. `size`: all characters that there are to read.
        """
        if not self._phrases:
            nothing = np.zeros(0, np.int64)
            return Occurrences(phrases=nothing, starts=nothing, ends=nothing)
        if self.is_compiled(size):
            codes = codes.copy()
            codes[cuts] |= BOUNDARY
            return self._find_compiled(codes, breaks)
        return self._find_plain(codes, cuts, size)

    def is_compiled(self, size: int) -> bool:
        """Whether the compiled form looks through so many characters."""
        return size >= LONG and self._lengths.sum() <= _MOST

    def _automaton(self, size: int) -> BytesAhoCorasick:
        quick = size >= _MIDDLING and self._lengths.sum() <= _MOST
        if quick not in self._automata:
            kind = Implementation.DFA if quick else None
            self._automata[quick] = BytesAhoCorasick(self._asked, implementation=kind)
        return self._automata[quick]

    def _find_plain(self, codes: Codes, cuts: Positions, size: int) -> Occurrences:
        """Look for all phrases in the text without second blanks, and see afterwards what stands beside."""
        blank = codes == BLANK
        second = np.flatnonzero(blank[1:] & blank[:-1]) + 1
        single = np.delete(codes, second) if len(second) else codes
        hits = self._automaton(size).find_matches_as_indexes(single.tobytes(), overlapping=True)
        found = np.fromiter(chain.from_iterable(hits), np.int64, 3 * len(hits)).reshape(-1, 3)
        found = found[single[found[:, 1] - 1] >= BOUNDARY]
        phrases, starts = self._numbers[found[:, 0]], found[:, 1]
        lasts = starts + self._lengths[phrases] - 1
        gone = second - np.arange(len(second))
        starts = starts + np.searchsorted(gone, starts, side="right")
        ends = lasts + np.searchsorted(gone, lasts, side="right") + 1
        within = cuts[codes[cuts] < BOUNDARY]
        free = (codes[ends] >= BOUNDARY) | np.isin(ends, within)
        more = [*self._find_shorts(codes, within)]
        add = np.array(more, np.int64).reshape(-1, 3)
        return Occurrences(
            phrases=np.concatenate([phrases[free], add[:, 0]]),
            starts=np.concatenate([starts[free], add[:, 1]]),
            ends=np.concatenate([ends[free], add[:, 2]]),
        )

    def _find_shorts(self, codes: Codes, cuts: Positions) -> Iterator[tuple[int, int, int]]:
        """Find the words of few letters that end where a text is cut within a longer word."""
        for cut in np.unique(cuts).tolist():
            for length in range(1, _SHORT + 1):
                number = self._shorts.get(codes[cut - length : cut].tobytes())
                if number is not None and codes[cut - length - 1] >= BOUNDARY:
                    yield number, cut - length, cut

    @cached_property
    def _transitions(self) -> Transitions:
        from touchrules.streams.transitions import make_transitions  # noqa: PLC0415 - only for long texts

        return make_transitions(self._phrases, self._size)

    def _find_compiled(self, codes: Codes, breaks: Positions) -> Occurrences:
        loops, tables = compiled(), self._transitions
        wanted = np.arange(1, loops.LANES) * len(codes) // loops.LANES
        inner = breaks[np.minimum(np.searchsorted(breaks, wanted), len(breaks) - 1)]
        bounds = np.concatenate([[0], inner + 1, [len(codes)]])
        room = 1024 + len(codes) // 32
        while True:
            notes, steps = np.empty((room, loops.LANES), np.int32), np.empty(room, np.int64)
            count = loops.scan(
                codes, bounds, tables.table, np.uint64(tables.bits), np.uint64(tables.matches), notes, steps
            )
            if count <= room:
                break
            room = count
        said = np.flatnonzero(notes[:count])
        states, lasts = notes.ravel()[said], bounds[said % loops.LANES] + steps[said // loops.LANES] - 1
        total = int(tables.several[states].sum())
        found = Occurrences(
            phrases=np.empty(total, np.int64),
            starts=np.empty(total, np.int64),
            ends=np.empty(total, np.int64),
        )
        loops.spread(
            states,
            lasts,
            tables.phrase,
            tables.shorter,
            self._lengths,
            codes,
            found.phrases,
            found.starts,
            found.ends,
        )
        return found


def compiled() -> ModuleType:
    """Return the compiled loops."""
    from touchrules.streams import compiled  # noqa: PLC0415 - loads the compiler

    return compiled


def _is_word(phrase: bytes) -> bool:
    return all(code < BOUNDARY for code in phrase)
