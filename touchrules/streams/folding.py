"""Folding: two ways of typing one phrase become the same text (language.md, sections 1 and 8)."""

from __future__ import annotations

from typing import Final

# Replacing them one after the other is several times as fast as looking at each character, since most texts
# have few of them.
_QUOTES: Final = dict.fromkeys("\u2018\u2019\u201a\u201b", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u201f", '"'
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
        for quote, plain in _QUOTES.items():
            text = text.replace(quote, plain)
    return " ".join(ignore_case(text).split())


def is_wordlike(character: str) -> bool:
    r"""Return whether it is a letter (L*), a digit (N*) or `_`: what `\w` matches; no character is none."""
    return character.isalnum() or character == "_"


def first_word(name: str) -> str:
    """Return what stands before the first blank of a name; the empty text if there is nothing.

    >>> first_word("Anna Maria Berg")
    'Anna'
    """
    words = name.split(maxsplit=1)
    return words[0] if words else ""
