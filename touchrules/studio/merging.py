"""Brings together two changes of one text, where they concern different lines."""

from __future__ import annotations

from difflib import SequenceMatcher

Region = tuple[int, int, list[str]]
"""Lines of the text before, from one up to another, and what stands there now."""


def merge_texts(before: str, mine: str, theirs: str) -> str | None:
    """Return a text with both changes, or None where both concern the same lines in different ways.

    >>> merge_texts("a\\nb\\nc\\n", "A\\nb\\nc\\n", "a\\nb\\nC\\n")
    'A\\nb\\nC\\n'
    """
    lines = before.splitlines(keepends=True)
    one, other = _regions(lines, mine), _regions(lines, theirs)
    other = [region for region in other if region not in one]
    if any(_touch(first, second) for first in one for second in other):
        return None
    for start, end, new in sorted([*one, *other], key=lambda region: region[:2], reverse=True):
        lines[start:end] = new
    return "".join(lines)


def _regions(before: list[str], text: str) -> list[Region]:
    after = text.splitlines(keepends=True)
    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return [(start, end, after[begin:stop]) for kind, start, end, begin, stop in steps if kind != "equal"]


def _touch(one: Region, other: Region) -> bool:
    """Return whether two changes share a line, or put lines in at one place."""
    return one[0] < other[1] and other[0] < one[1] if one[:2] != other[:2] else True
