"""How many touches say a phrase, with some of the places where they say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchrules.model.signals import PhraseCount
from touchrules.streams.counting import count_in_texts
from touchrules.streams.folding import fold
from touchrules.streams.phrases import compile_phrases
from touchrules.streams.stream import Stream
from touchrules.streams.texts import encode_texts, is_coded_text, is_plain_text
from touchrules.studio.phraselists import Reads

_SNIPPETS: Final = 5
_AROUND: Final = 46
"""Characters of the text on each side of a phrase."""

Snippet = tuple[str, str, str]
"""What stands before a phrase, the phrase as it is written, and what stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """How many touches say a phrase, and some places where they do, of different texts."""

    touches: int
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """The distinct texts of a field as they are read, the same folded, and how many touches have each."""

    texts: Sequence[str]
    folded: Sequence[str]
    touches: npt.NDArray[np.int64]


class PhraseMatches:
    """Counts phrases in the touches of a stream. What is read and counted once is kept."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._read: dict[tuple[str, int | None], _Texts] = {}
        self._counted: dict[tuple[Reads, str], int] = {}

    def count(self, reads: Reads, phrases: Sequence[str]) -> list[int]:
        """Return for each phrase how many touches say it, each as if it were alone."""
        new = [phrase for phrase in dict.fromkeys(phrases) if (reads, phrase) not in self._counted]
        if new:
            self._counted |= {(reads, phrase): found for phrase, found in self._count(reads, new).items()}
        return [self._counted[reads, phrase] for phrase in phrases]

    def _count(self, reads: Reads, phrases: Sequence[str]) -> dict[str, int]:
        known = self._texts(reads)
        if reads.whole:
            of = dict(zip(known.texts, known.touches.tolist(), strict=True))
            return {phrase: of.get(phrase, 0) for phrase in phrases}
        signals = {phrase: PhraseCount(phrases=(phrase,)) for phrase in phrases}
        found = count_in_texts(signals, known.texts)
        return {phrase: int(known.touches[counts > 0].sum()) for phrase, counts in found.items()}

    def find(self, reads: Reads, phrase: str) -> Matches:
        """Return how many touches say a phrase, and where some do."""
        touches = self.count(reads, [phrase])[0]
        if reads.whole or not touches:
            return Matches(touches=touches, snippets=())
        known, wanted, says = self._texts(reads), fold(phrase), compile_phrases([phrase])
        places = (number for number, text in enumerate(known.folded) if wanted in text and says(text))
        chosen = [number for number, _ in zip(places, range(_SNIPPETS), strict=False)]
        return Matches(touches=touches, snippets=tuple(snip(known.texts[n], phrase) for n in chosen))

    def _texts(self, reads: Reads) -> _Texts:
        key = (reads.field, reads.first)
        if key not in self._read:
            self._read[key] = self._read_texts(*key)
        return self._read[key]

    def _read_texts(self, field: str, first: int | None) -> _Texts:
        table = self.stream.table
        column = table.column(field) if field in table.column_names else pa.chunked_array([[]], pa.string())
        if not is_plain_text(column.type) and not is_coded_text(column.type):
            column = pa.chunked_array([[]], pa.string())
        coded = encode_texts(column).combine_chunks()
        coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
        codes = coded.indices.drop_null().to_numpy(zero_copy_only=False)
        texts = [text[:first] for text in coded.dictionary.to_pylist()]
        touches = np.bincount(codes, minlength=len(texts)) if texts else np.zeros(0, np.int64)
        return _Texts(texts=texts, folded=[fold(text) for text in texts], touches=touches)


def snip(text: str, phrase: str) -> Snippet:
    """Return where a text first says a phrase, with a little around it; runs of blanks are one.

    >>> snip("Hi Ann,  just  Checking in today", "just checking in")
    ('Hi Ann, ', 'just Checking in', ' today')
    """
    plain, wanted, says = " ".join(text.split()), fold(phrase), compile_phrases([phrase])
    folded = fold(plain)
    places = (place for place in range(len(folded)) if folded.startswith(wanted, place))
    beside = ((place, folded[max(0, place - 1) : place + len(wanted) + 1]) for place in places)
    start = next((place for place, around in beside if says(around)), -1)
    if start < 0 or len(folded) != len(plain):
        return "", plain[: 2 * _AROUND], ""
    end = start + len(wanted)
    before, after = plain[max(0, start - _AROUND) : start], plain[end : end + _AROUND]
    cut = ("…" if start > _AROUND else "", "…" if end + _AROUND < len(plain) else "")
    return f"{cut[0]}{before}", plain[start:end], f"{after}{cut[1]}"
