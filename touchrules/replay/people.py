"""Whom touches concern: contacts, accounts or reps, counted in one way wherever they are counted."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.replay.columns import Codes, Columns, Rows

Counts = npt.NDArray[np.int64]


class People:
    """Whom touches concern, by one field: each is a number, or -1 where the field is missing."""

    def __init__(self, columns: Columns, field: str) -> None:
        self.codes, self.names = columns.coded(field)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(np.count_nonzero(self.counts(self.codes)))

    def counts(self, codes: Codes) -> Counts:
        """Return how often each one is among codes."""
        return np.bincount(codes + 1, minlength=len(self.names) + 1)[1:]

    def names_of(self, codes: Codes) -> pa.Array:
        """Return the names that are among codes, each once."""
        return self.names.take(pa.array(np.flatnonzero(self.counts(codes))))

    def counter(self, codes: Codes) -> Counter[str]:
        """Return how often each name is among codes."""
        counts = self.counts(codes)
        some = np.flatnonzero(counts)
        names = self.names.take(pa.array(some)).to_pylist()
        return Counter(dict(zip(names, counts[some].tolist(), strict=True)))

    def count_at(self, rows: Rows) -> int:
        """Return how many there are at some rows."""
        codes = np.sort(self.codes[rows])
        codes = codes[codes >= 0]
        return int(np.count_nonzero(np.diff(codes))) + bool(len(codes))
