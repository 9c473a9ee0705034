"""Lists of allowed words for error messages, with the nearest word if one is near."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

_NEAR: Final = 0.65
_LONGEST_LIST: Final = 40
_LONGEST_WORD: Final = 60


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None if none is near.

    >>> nearest("knwon", ["known", "referred"])
    'known'
    """
    if len(word) > _LONGEST_WORD:
        return None
    by_lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=_NEAR)
    return by_lower[close[0]] if close else None


def allowed(word: str, known: Iterable[str], *, label: str) -> str:
    """Return a remedy: the nearest word if one is near, then all words.

    >>> allowed("knwon", ["known", "referred"], label="Facts")
    'Did you mean "known"? Facts: known, referred.'
    """
    names = list(known)
    near = nearest(word, names)
    question = f'Did you mean "{near}"? ' if near else ""
    return f"{question}{listed(names, label=label)}"


def listed(known: Iterable[str], *, label: str) -> str:
    """Return `Label: a, b, c.`, cut after forty words."""
    names = list(known)
    if not names:
        return f"{label}: none."
    more = f" and {len(names) - _LONGEST_LIST} more" if len(names) > _LONGEST_LIST else ""
    return f"{label}: {', '.join(names[:_LONGEST_LIST])}{more}."
