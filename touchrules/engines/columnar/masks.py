"""Yes or no for every touch of a stream, one bit each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels

Rows = npt.NDArray[np.int32]
"""Touches by their place in home order, ascending."""
Bits = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Yes or no for each of `rows` touches in home order.

    `words`: uint64, the touch at place p is bit p % 64 of word p // 64; bits beyond the last touch are 0.
    """

    words: npt.NDArray[np.uint64]
    rows: int

    def __and__(self, other: Mask) -> Mask:
        return Mask(self.words & other.words, self.rows)

    def __or__(self, other: Mask) -> Mask:
        return Mask(self.words | other.words, self.rows)

    def __invert__(self) -> Mask:
        words = ~self.words
        if self.rows % 64:
            words[-1] &= np.uint64((1 << self.rows % 64) - 1)
        return Mask(words, self.rows)

    def __len__(self) -> int:
        """The number of touches that it says yes to."""
        return int(np.bitwise_count(self.words).sum())

    def to_rows(self) -> Rows:
        """Return the touches that it says yes to."""
        return kernels.rows_of_words(self.words, self.rows)

    def at(self, rows: npt.NDArray[np.integer]) -> Bits:
        """Return what it says to each of some touches."""
        return kernels.bits_at(self.words, rows)


def no_touch(rows: int) -> Mask:
    """Return a mask that says no to each of so many touches."""
    return Mask(np.zeros((rows + 63) // 64, np.uint64), rows)


def mask_of_bits(bits: Bits) -> Mask:
    """Return the mask of one truth value a touch."""
    return Mask(kernels.words_of_bits(bits), len(bits))


def mask_of_rows(chosen: Rows, rows: int) -> Mask:
    """Return the mask that says yes to some of so many touches."""
    return Mask(kernels.words_of_rows(chosen, rows), rows)
