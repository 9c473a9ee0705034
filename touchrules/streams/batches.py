"""Many texts read as one: joined by a character that none of what is looked for holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
_CodePoints = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]

AT_ONCE: Final = 1_000_000
"""So many characters are read at once: what is made of them stays small, and a caller hears of progress."""

_CHARACTERS: Final = 0x110000
_UNKNOWN: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Batch:
    """Texts one after the other, each between two separators.

    `rows` says which of all texts they are. In `joined`, text i stands from `starts[i]` until before
    `ends[i]`, where a separator stands, in code points. Either all are ASCII or none is. `of` is how many
    characters all batches have together.
    """

    rows: Rows
    texts: Sequence[str]
    joined: str
    starts: Positions
    ends: Positions
    of: int

    def cuts(self, first: int | None) -> Positions:
        """Return where each text ends of which only the first characters are read."""
        return self.ends if first is None else np.minimum(self.ends, self.starts + first)


class CharacterTable:
    """One byte for each character, 0 to 254: `code` says which, and is asked once for each character."""

    def __init__(self, code: Callable[[str], int]) -> None:
        self._code = code
        self._ascii = bytes(code(chr(number)) for number in range(128)) + bytes(128)
        self._beyond: Codes | None = None

    def read(self, text: str) -> Codes:
        """Return the bytes of a text's characters, one each; not to be written to.

        >>> CharacterTable(lambda character: int(character.isdigit())).read("a1é٣").tolist()
        [0, 1, 0, 1]
        """
        if text.isascii():
            return np.frombuffer(text.encode().translate(self._ascii), np.uint8)
        numbers = _code_points(text)
        codes = np.frombuffer(bytearray(numbers.astype(np.uint8).tobytes().translate(self._ascii)), np.uint8)
        beyond = np.flatnonzero(numbers >= 128)
        codes[beyond] = self._look_up(numbers[beyond])
        return codes

    def _look_up(self, numbers: _CodePoints) -> Codes:
        if self._beyond is None:
            self._beyond = np.full(_CHARACTERS, _UNKNOWN, np.uint8)
        codes = self._beyond[numbers]
        if (codes == _UNKNOWN).any():
            for number in np.unique(numbers[codes == _UNKNOWN]).tolist():
                self._beyond[number] = self._code(chr(number))
            codes = self._beyond[numbers]
        return codes


def _code_points(text: str) -> _CodePoints:
    """Return the numbers of a text's characters; most texts have small ones, which are quicker to read."""
    written = text.encode("utf-16-le", "surrogatepass")
    if len(written) == 2 * len(text):
        return np.frombuffer(written, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def make_batches(texts: Sequence[str], separator: str = "\0") -> Iterator[Batch]:
    """Join texts, some million characters at once; a longer text stands alone.

    >>> [batch.joined for batch in make_batches(["a", "é", "b"], "|")]
    ['|a|b|', '|é|']
    """
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    plain = np.fromiter(map(str.isascii, texts), np.bool_, len(texts))
    of = int(sizes.sum())
    for rows in (np.flatnonzero(plain), np.flatnonzero(~plain)):
        ends = np.cumsum(sizes[rows] + 1)
        start = 0
        while start < len(rows):
            before = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + AT_ONCE, side="right")))
            yield _join(rows[start:stop], texts, sizes[rows[start:stop]], of, separator)
            start = stop


def _join(rows: Rows, texts: Sequence[str], sizes: Positions, of: int, separator: str) -> Batch:
    chosen = [texts[row] for row in rows.tolist()]
    ends = np.cumsum(sizes + 1)
    joined = separator.join(chain(("",), chosen, ("",)))
    return Batch(rows=rows, texts=chosen, joined=joined, starts=ends - sizes, ends=ends, of=of)


def count_runs(codes: Codes, batch: Batch, first: int | None) -> Positions:
    """Count in each text the runs of characters whose code is 1, where that of all others is 0."""
    begins = np.flatnonzero(codes[1:] > codes[:-1]) + 1
    return count_between(begins, batch, first)


def count_between(places: Positions, batch: Batch, first: int | None) -> Positions:
    """Count in each text the places that it holds, given in rising order."""
    counts: Positions = np.searchsorted(places, batch.cuts(first)) - np.searchsorted(places, batch.starts)
    return counts
