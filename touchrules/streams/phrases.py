"""Phrases: how often a text says one of them, in whatever spelling of quotes, case and blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from touchrules import expressions
from touchrules.streams.folding import fold, is_wordlike

Counter = Callable[[str], int]
"""Counts something in a text that is already folded."""

# So few phrases are looked for one after the other, which needs no preparation.
FEW: Final = 6


def compile_phrases(phrases: Iterable[str]) -> Counter:
    """Return a function that counts the places where a phrase stands in a folded text.

    It scans from the left, the longest phrase first, and goes on after a hit. The characters next to a
    hit are no letters, digits or `_`. Empty phrases are ignored; the time is linear in the text.

    >>> compile_phrases(["my name is", "this is"])("hi, this is ann. this isn't a pitch")
    1
    """
    return _compile(_fold_all(phrases))


def count_phrases(phrases: Iterable[str], text: str) -> int:
    """Count phrases in one text as it was written; `compile_phrases` serves many texts.

    >>> count_phrases(["I'm not"], "I’m NOT here")
    1
    """
    return compile_phrases(phrases)(fold(text))


def _fold_all(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(phrase) for phrase in phrases} - {""}))


def _compile(phrases: tuple[str, ...]) -> Counter:
    """Look for few phrases one by one, which needs no preparation; for many, all at once."""
    if len(phrases) <= FEW:
        return lambda folded: _count_one_by_one(phrases, folded)
    return _compile_many(phrases)


def _count_one_by_one(phrases: Sequence[str], folded: str) -> int:
    """Keep the next place of each phrase, and take the earliest, of two there the longer."""
    places = {phrase: place for phrase in phrases if (place := _find(phrase, folded, 0)) >= 0}
    count = 0
    while places:
        place, length = min((place, -len(phrase)) for phrase, place in places.items())
        end = place - length
        count += 1
        for phrase in [phrase for phrase, place in places.items() if place < end]:
            places[phrase] = _find(phrase, folded, end)
            if places[phrase] < 0:
                del places[phrase]
    return count


def _find(phrase: str, folded: str, start: int) -> int:
    """Return the next place where a phrase stands between boundaries, or -1."""
    place = folded.find(phrase, start)
    while place >= 0:
        end = place + len(phrase)
        if not (is_wordlike(folded[place - 1 : place]) or is_wordlike(folded[end : end + 1])):
            break
        place = folded.find(phrase, place + 1)
    return place


@lru_cache(maxsize=256)
def _compile_many(phrases: tuple[str, ...]) -> Counter:
    """Look quickly whether there is anything to count, since most texts say none of the phrases."""
    may_say_one = _compile_hint(phrases)
    hits = _compile_hits(phrases)
    return lambda folded: len(hits.findall(folded)) if may_say_one(folded) else 0


def _compile_hint(phrases: Sequence[str]) -> Callable[[str], bool]:
    if len(phrases) <= FEW:
        return lambda folded: any(phrase in folded for phrase in phrases)
    try:
        return expressions.compile_search("|".join(_hint(phrase) for phrase in phrases))
    except ValueError:  # more phrases than RE2 takes in one expression: every text is read thoroughly
        return lambda _: True


def _hint(phrase: str) -> str:
    """Write one phrase for RE2, with the part of the boundary that it sees: letters and digits of ASCII."""
    return f"{_edge(phrase[0])}{expressions.quote(phrase)}{_edge(phrase[-1])}"


def _edge(character: str) -> str:
    r"""`\b` and `\B` know ASCII only; either says that no ASCII letter, digit or `_` is the neighbour."""
    return r"\b" if character.isascii() and is_wordlike(character) else r"\B"


def _compile_hits(phrases: Sequence[str]) -> re.Pattern[str]:
    r"""Write the phrases as one expression. Python's `\w` is exactly the letters (L*), digits (N*) and `_`.

    Phrases with one first character stand together, the longest first, so that at each place of the
    text only those are tried that can begin there.
    """
    groups = groupby(
        sorted(phrases, key=lambda phrase: (phrase[0], -len(phrase))), key=lambda phrase: phrase[0]
    )
    branches = [
        f"{re.escape(first)}(?:{'|'.join(re.escape(phrase[1:]) for phrase in group)})"
        for first, group in groups
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})(?!\w)")
