"""The loops of `occurrences` compiled by numba, for long texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numba
import numpy as np

from touchrules.streams import tallying
from touchrules.streams.alphabet import BLANK, BOUNDARY, CODE

LANES: Final = 4
"""So many parts of a text are read in turn: the memory is slow to answer, but answers several at once."""


def _compiled(*signatures: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile for these types only, once for all processes of a machine; other threads run meanwhile."""
    compile_: Callable[[Callable[..., Any]], Callable[..., Any]] = numba.njit(
        list(signatures), cache=True, nogil=True
    )
    return compile_


# What numbers an element of an array is unsigned, so that none is taken for one from the end.
_U: Final = np.uint64
_BOUNDARY: Final = _U(BOUNDARY)
_CODE: Final = _U(CODE)


@_compiled(
    *(
        f"int64(uint8[::1], int64[::1], {kind}[::1], uint64, uint64, int32[:, ::1], int64[::1])"
        for kind in ("uint16", "int32")
    )
)
def scan(  # noqa: PLR0917
    codes: Any, bounds: Any, table: Any, bits: Any, matches: Any, states: Any, steps: Any
) -> Any:
    """Run the automaton from each bound up to the next, and note where it has a phrase behind it.

    A boundary must follow. Each note is a state of each lane, 0 if it has none, and how far from their
    bounds the lanes are. Returns how many notes there are, also if there is no room for all.
    """
    room = len(states)
    found = 0
    at0, at1, at2, at3 = _U(bounds[0]), _U(bounds[1]), _U(bounds[2]), _U(bounds[3])
    s0 = s1 = s2 = s3 = _U(0)
    shortest = min(at1 - at0, at2 - at1, at3 - at2, _U(bounds[4]) - at3)
    step = _U(0)
    while step < shortest:
        c0, c1 = _U(codes[at0 + step]), _U(codes[at1 + step])
        c2, c3 = _U(codes[at2 + step]), _U(codes[at3 + step])
        h0, h1 = (s0 >= matches) & (c0 >= _BOUNDARY), (s1 >= matches) & (c1 >= _BOUNDARY)
        h2, h3 = (s2 >= matches) & (c2 >= _BOUNDARY), (s3 >= matches) & (c3 >= _BOUNDARY)
        if h0 | h1 | h2 | h3:
            if found < room:
                steps[found] = step
                states[found, 0] = s0 if h0 else 0
                states[found, 1] = s1 if h1 else 0
                states[found, 2] = s2 if h2 else 0
                states[found, 3] = s3 if h3 else 0
            found += 1
        s0, s1 = _U(table[(s0 << bits) | (c0 & _CODE)]), _U(table[(s1 << bits) | (c1 & _CODE)])
        s2, s3 = _U(table[(s2 << bits) | (c2 & _CODE)]), _U(table[(s3 << bits) | (c3 & _CODE)])
        step += _U(1)
    for lane, reached in enumerate((s0, s1, s2, s3)):
        state = reached
        for place in range(_U(bounds[lane]) + shortest, _U(bounds[lane + 1])):
            code = _U(codes[place])
            if state >= matches and code >= _BOUNDARY:
                if found < room:
                    steps[found] = place - _U(bounds[lane])
                    states[found] = 0
                    states[found, lane] = state
                found += 1
            state = _U(table[(state << bits) | (code & _CODE)])
    return found


@_compiled(
    "void(int32[::1], int64[::1], int32[::1], int32[::1], int64[::1], uint8[::1], int64[::1], int64[::1],"
    " int64[::1])"
)
def spread(  # noqa: PLR0917
    states: Any,
    lasts: Any,
    phrase: Any,
    shorter: Any,
    lengths: Any,
    codes: Any,
    phrases: Any,
    starts: Any,
    ends: Any,
) -> Any:
    """Write down each phrase of each state, where it starts, and where it ends: behind its last character."""
    found = 0
    for number in range(len(states)):
        state = states[number]
        if phrase[state] < 0:
            state = shorter[state]
        while state >= 0:
            place = lasts[number]
            for _ in range(lengths[phrase[state]] - 1):
                while codes[place] == BLANK and codes[place - 1] == BLANK:
                    place -= 1
                place -= 1
            phrases[found] = phrase[state]
            starts[found] = place
            ends[found] = lasts[number] + 1
            found += 1
            state = shorter[state]


tally = _compiled(
    "void(int64[::1], int64[::1], int64[::1], boolean[::1], int64[::1], int64[::1], int64[::1], int64[::1],"
    " int64[::1], int64[::1], int64[::1])"
)(tallying.tally)
