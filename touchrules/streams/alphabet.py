"""The characters that phrases are made of, each as one byte; all others share two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

from touchrules.streams.batches import CharacterTable, Codes
from touchrules.streams.folding import fold, is_wordlike

BOUNDARY: Final = 128
"""Letters, digits and `_` have codes below, anything else codes from here on."""
BLANK: Final = BOUNDARY
CODE: Final = 127
"""These bits tell characters apart also without the bit of the boundary."""

WORDLIKE: Final = 2
"""All letters and digits of no phrase; codes of letters and digits begin here."""

OTHER: Final = BOUNDARY + 1
"""Whatever is in no phrase, and no blank, letter or digit; also separators."""

_SHARED_OTHER: Final = BOUNDARY + 3
_SHARED_WORDLIKE: Final = 4
_FIRST: Final = 5
OWN: Final = 110
"""So many characters have a code of their own."""


class Alphabet:
    """Codes for the characters of some folded phrases, the same for all that folding makes one.

    `separator` is a character of no phrase, and no blank, letter or digit. `size` is the number of the
    codes without the bit of the boundary. The rarest characters of very many share a code.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        frequent = Counter(chain.from_iterable(phrases))
        del frequent[" "]
        self._codes: dict[str, int] = {}
        for number, (character, _) in enumerate(frequent.most_common(), _FIRST):
            shared = number >= _FIRST + OWN
            if is_wordlike(character):
                self._codes[character] = _SHARED_WORDLIKE if shared else number
            else:
                self._codes[character] = _SHARED_OTHER if shared else number | BOUNDARY
        self.size = _FIRST + min(OWN, len(frequent))
        self.separator = next(
            c for c in map(chr, chain(range(9), range(0xE000, 0xF900))) if c not in frequent
        )
        self._table = CharacterTable(self._code)

    def knows(self, phrase: str) -> bool:
        """Whether each character of a folded phrase has a code of its own."""
        return all(character == " " or self._codes[character] & CODE >= _FIRST for character in phrase)

    def read(self, text: str) -> Codes:
        """Return the code of each character of a text, folded or not; runs of blanks stay."""
        return self._table.read(text)

    def _code(self, character: str) -> int:
        folded = fold(character)
        if not folded:
            return BLANK
        return self._codes.get(folded, WORDLIKE if is_wordlike(folded) else OTHER)
