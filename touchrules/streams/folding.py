"""Folding: two ways of typing one phrase become the same text (language.md, sections 1 and 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# What a character is folded to, one by one: replacing them one after the other is several times as fast as
# looking at each character, since most texts have few of them.
_ASCII: Final = dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f", " ")
_BEYOND_ASCII: Final = (
    dict.fromkeys("\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    | dict.fromkeys("\u2018\u2019\u201a\u201b", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
)


def ignore_case(text: str) -> str:
    """Return the text with each character by its Unicode simple lower case mapping, and as many of them.

    Two capitals differ from `str.lower`, which goes by their neighbours or makes two characters of one.

    >>> ignore_case("ΟΔΟΣ İ")
    'οδοσ i'
    """
    if not text.isascii():
        text = text.replace("\u03a3", "\u03c3").replace("\u0130", "i")
    return text.lower()


def fold(text: str) -> str:
    """Return the text as phrases are looked for in it: case, curly quotes and runs of blanks made one.

    >>> fold("  I’m  NOT\\ttrying to “sell” ")
    'i\\'m not trying to "sell"'
    """
    if not text.isascii():
        text = _replace(text, _BEYOND_ASCII)
    text = _replace(ignore_case(text), _ASCII)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def _replace(text: str, replacements: Mapping[str, str]) -> str:
    for character, replacement in replacements.items():
        text = text.replace(character, replacement)
    return text


def first_word(name: str) -> str:
    """Return what stands before the first blank of a name; the empty text if there is nothing.

    >>> first_word("Anna Maria Berg")
    'Anna'
    """
    words = name.split(maxsplit=1)
    return words[0] if words else ""
