"""Which occurrences of phrases count in which list. Plain Python, to be compiled for long texts."""

from __future__ import annotations

from typing import Any


def tally(  # noqa: PLR0913, PLR0917
    phrases: Any,
    starts: Any,
    ends: Any,
    bounded: Any,
    members: Any,
    first_members: Any,
    ways: Any,
    cuts: Any,
    text_starts: Any,
    reached: Any,
    counts: Any,
) -> None:
    """Count the hits of each list in each text: the cell `list * texts + text` of `counts`.

    Occurrences come from the left, of several that start at one place the longest first; `bounded` says
    whether a boundary follows. The lists of phrase p are `members[first_members[p]:first_members[p + 1]]`.
    List l reads text t until before the place `cuts[ways[l] * texts + t]`, as if the text ended there. A
    hit of a list starts where its last one ended, or later; `reached`, all 0, remembers that.
    """
    texts = len(text_starts)
    text = 0
    for number in range(len(phrases)):
        phrase, start, end = phrases[number], starts[number], ends[number]
        while text + 1 < texts and text_starts[text + 1] <= start:
            text += 1
        for place in range(first_members[phrase], first_members[phrase + 1]):
            member = members[place]
            cut = cuts[ways[member] * texts + text]
            if start >= reached[member] and (end == cut or (end < cut and bounded[number])):
                reached[member] = end
                counts[member * texts + text] += 1
