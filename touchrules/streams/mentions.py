"""Mentions: how often each text says one of the names that come with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from touchrules.streams.batches import Batch, Positions, Rows, make_batches
from touchrules.streams.folding import first_word, fold
from touchrules.streams.occurrences import LONG
from touchrules.streams.phraselists import Found, PhraseFinder

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.signedinteger[Any]]

_AT_ONCE: Final = 1 << 17
"""So many choices are counted at once, with all their names in one automaton."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choices:
    """Values of some fields that stand side by side.

    `values`: the distinct ones of each field. `codes`: for each choice the position of its value there, -1
    where it is missing.
    """

    values: Mapping[str, Sequence[str]]
    codes: Mapping[str, Codes]


def spoken_names(field: str, value: str | None) -> tuple[str, ...]:
    """Return what one value is called in a text; people are also called by their first word.

    >>> spoken_names("contact_name", "Ann Lee"), spoken_names("company_name", "Acme Inc")
    (('Ann Lee', 'Ann'), ('Acme Inc',))
    """
    if not value:
        return ()
    return (value, first_word(value)) if field == "contact_name" else (value,)


def count_mentions(
    choices: Choices, field: str, mentions: Sequence[str], first: int | None, counts: Numbers
) -> Iterator[Rows]:
    """Count in each choice's text how often one of its names stands there.

    `field` has the text, `mentions` the names; of a text only the `first` characters are read. Fills
    `counts` some choices at a time, and yields which ones; where there is no text nothing is filled in.
    """
    texts, of = list(choices.values[field]), choices.codes[field]
    phrases: dict[str, int] = {}
    tables = {name: _number_names(name, choices.values[name], phrases) for name in mentions}
    order = np.argsort(of, kind="stable")
    order = order[int(np.searchsorted(of[order], 0)) :]  # choices without a text come first
    order = order if phrases else order[:0]
    folded = [*phrases]
    for start in range(0, len(order), _AT_ONCE):
        rows = order[start : start + _AT_ONCE]
        said = np.concatenate([tables[name][choices.codes[name][rows]] for name in mentions], axis=1)
        used, local = np.unique(said, return_inverse=True)
        missing = int(np.searchsorted(used, 0))  # 1 if some choice lacks a name, whose number is -1 then
        finder = PhraseFinder([folded[number] for number in used[missing:].tolist()])
        numbers, places = np.unique(of[rows], return_inverse=True)
        chosen = [texts[number][:first] for number in numbers.tolist()]
        for batch in make_batches(chosen, finder.separator):
            some = _rows_of(places, batch)
            found = finder.find(batch, size=min(batch.of, LONG - 1))  # no tables for some of the names
            spoken = local.reshape(said.shape)[some] - missing
            counts[rows[some]] = _count(found, np.searchsorted(batch.rows, places[some]), spoken, batch)
            yield rows[some]


def _number_names(field: str, values: Sequence[str], phrases: dict[str, int]) -> npt.NDArray[np.int64]:
    """Number what each value is called, folded; -1: nothing. The last row is for where there is no value."""
    called = [[fold(name) for name in spoken_names(field, value)] for value in values]
    table = np.full((len(values) + 1, max(map(len, called), default=0)), -1, np.int64)
    for row, names in enumerate(called):
        for place, name in enumerate(names):
            if name:
                table[row, place] = phrases.setdefault(name, len(phrases))
    return table


def _rows_of(places: Positions, batch: Batch) -> Rows:
    """Return where the numbers of a batch's texts stand among rising ones."""
    starts = np.searchsorted(places, batch.rows)
    lengths = np.searchsorted(places, batch.rows, side="right") - starts
    return _ranges(starts, lengths)


def _ranges(starts: Positions, lengths: Positions) -> Positions:
    """Return the numbers from each start on, as many as its length says."""
    before = np.cumsum(lengths) - lengths
    places: Positions = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places


def _count(found: Found, texts: Positions, spoken: npt.NDArray[np.int64], batch: Batch) -> Numbers:
    """Count for choices, given by the positions of their texts and the numbers of their names (-1: none)."""
    counts = np.zeros(len(texts))
    if not len(found.phrases):
        return counts
    parts = int(max(spoken.max(initial=0), found.phrases.max())) + 1
    keys = (np.searchsorted(batch.starts, found.starts, side="right") - 1) * parts + found.phrases
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    pairs, column = np.nonzero(spoken >= 0)
    wanted = texts[pairs] * parts + spoken[pairs, column]
    starts = np.searchsorted(keys, wanted)
    lengths = np.searchsorted(keys, wanted, side="right") - starts
    hits = order[_ranges(starts, lengths)]
    pairs = np.repeat(pairs, lengths)
    order = np.argsort(pairs * len(keys) + hits)
    pairs, hits = pairs[order], hits[order]
    np.add.at(counts, _apart(pairs, found.starts[hits], found.ends[hits]), 1)
    return counts


def _apart(pairs: Positions, starts: Positions, ends: Positions) -> list[int]:
    """Return the pair of each hit that starts where its pair's last hit ended, or later."""
    kept, last, reached = [], -1, 0
    for pair, start, end in zip(pairs.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if pair != last:
            last, reached = pair, 0
        if start >= reached:
            reached = end
            kept.append(pair)
    return kept
