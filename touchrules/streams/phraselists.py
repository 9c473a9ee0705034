"""Several lists of phrases counted at once, each as if it were alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from touchrules.streams.alphabet import BOUNDARY, Alphabet
from touchrules.streams.batches import Batch, Positions
from touchrules.streams.folding import fold
from touchrules.streams.occurrences import Finder, compiled
from touchrules.streams.tallying import tally

Counts = npt.NDArray[np.int64]
Phrases = tuple[str, ...]

_WHOLE: Final = 1 << 40  # where a list that reads whole texts is cut: nowhere
_UNSURE: Final = -1
_NO_PLACES: Final[Positions] = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """Places of phrases: their numbers, where they start and where they end, and whether a boundary follows.

    They come from the left, of several that start at one place the longest first.
    """

    phrases: Positions
    starts: Positions
    ends: Positions
    bounded: npt.NDArray[np.bool_]


class PhraseFinder:
    """Finds phrases, which are folded, not empty, and differ, in batches of texts.

    `separator` is the character that the texts of a batch are to be joined by.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._alphabet = Alphabet(phrases)
        self._numbers = {phrase: number for number, phrase in enumerate(phrases)}
        # What the finder finds is a phrase, or may be one or another of some: _UNSURE.
        sure: dict[bytes, int] = {}
        for phrase, number in self._numbers.items():
            sure[self._alphabet.read(phrase).tobytes()] = number if self._alphabet.knows(phrase) else _UNSURE
        self._finder = Finder(list(sure), self._alphabet.size)
        self._found = np.array(list(sure.values()), np.int64)
        self.separator = self._alphabet.separator

    def is_compiled(self, size: int) -> bool:
        """Whether the compiled form looks through so many characters."""
        return self._finder.is_compiled(size)

    def find(self, batch: Batch, cuts: Positions = _NO_PLACES, size: int = 0) -> Found:
        """Find all phrases between boundaries; those that end at one of `cuts` need none behind.

        `size`: how many characters there are to read in all batches.
        """
        codes = self._alphabet.read(batch.joined)
        found = self._finder.find(codes, batch.ends, cuts, size)
        lengths = found.ends - found.starts
        longest = int(lengths.max(initial=0))
        order = np.argsort(found.starts * (longest + 1) + (longest - lengths))
        phrases, starts, ends = self._found[found.phrases[order]], found.starts[order], found.ends[order]
        unsure = np.flatnonzero(phrases == _UNSURE)
        if len(unsure):
            for place in unsure.tolist():
                phrases[place] = self._numbers.get(fold(batch.joined[starts[place] : ends[place]]), _UNSURE)
            there = phrases != _UNSURE
            phrases, starts, ends = phrases[there], starts[there], ends[there]
        return Found(phrases=phrases, starts=starts, ends=ends, bounded=codes[ends] >= BOUNDARY)


class PhraseLists:
    """Lists of phrases, and how many of the first characters of a text each reads (None: all)."""

    def __init__(self, lists: Sequence[tuple[Phrases, int | None]]) -> None:
        members: dict[str, list[int]] = {}
        for number, (phrases, _) in enumerate(lists):
            for phrase in sorted({fold(phrase) for phrase in phrases} - {""}):
                members.setdefault(phrase, []).append(number)
        self._lists = len(lists)
        self._finder = PhraseFinder([*members])
        self._firsts = sorted({first for _, first in lists if first is not None})
        self._ways = np.array([self._number(first) for _, first in lists], np.int64)
        self._members = np.array([*chain.from_iterable(members.values())], np.int64)
        self._first_members = np.cumsum([0, *map(len, members.values())])

    def _number(self, first: int | None) -> int:
        return len(self._firsts) if first is None else self._firsts.index(first)

    @property
    def separator(self) -> str:
        """The character that batches of texts for these lists are joined by."""
        return self._finder.separator

    def count(self, batch: Batch) -> Counts:
        """Count the places of each list (row) in each text of the batch (column)."""
        cuts = np.stack([*map(batch.cuts, self._firsts), np.full(len(batch.rows), _WHOLE)])
        found = self._finder.find(batch, cuts[:-1][cuts[:-1] < batch.ends], batch.of)
        counts = np.zeros(self._lists * len(batch.rows), np.int64)
        given: list[Any] = [found.phrases, found.starts, found.ends, found.bounded]
        given += [self._members, self._first_members, self._ways, cuts.ravel(), batch.starts]
        given.append(np.zeros(self._lists, np.int64))
        if self._finder.is_compiled(batch.of):
            compiled().tally(*given, counts)
        else:
            tally(*[values.tolist() for values in given] + [counts])
        return counts.reshape(self._lists, -1)


@lru_cache(maxsize=64)
def phrase_lists(lists: tuple[tuple[Phrases, int | None], ...]) -> PhraseLists:
    """Make lists of phrases ready; the same ones are made once."""
    return PhraseLists(lists)
