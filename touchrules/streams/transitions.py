"""The automaton that finds phrases between boundaries, as tables for a compiled loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from touchrules.streams.alphabet import BLANK, BOUNDARY, CODE, WORDLIKE

Indices = npt.NDArray[np.int32]
Table = npt.NDArray[np.int32] | npt.NDArray[np.uint16]

_BEGIN: Final = 0  # a phrase may begin with the next character
_INSIDE: Final = 1  # within a word that begins no phrase
_NONE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Transitions:
    """States and where they lead: `table[(state << bits) | (code & CODE)]` is the next one.

    States from `matches` on stand behind a whole phrase, which counts if a boundary follows: `phrase` of the
    state (-1: none of its own), then those of the states that `shorter` leads to, until -1. `several` is how
    many those are. A second blank changes nothing.
    """

    bits: int
    matches: int
    table: Table
    phrase: Indices
    shorter: Indices
    several: npt.NDArray[np.int64]


class _Builder:
    """The tree of all beginnings of phrases; state numbers in the order in which they are made."""

    def __init__(self, phrases: Sequence[bytes]) -> None:
        self.next: list[dict[int, int]] = [{}, {}]
        self.last = [BLANK, 0]
        self.phrase = [_NONE, _NONE]
        for number, phrase in enumerate(phrases):
            state = _BEGIN
            for code in phrase:
                found = self.next[state].get(code)
                if found is None:
                    found = self.next[state][code] = len(self.next)
                    self.next.append({})
                    self.last.append(code)
                    self.phrase.append(_NONE)
                state = found
            self.phrase[state] = number

    def fill(self, bits: int, size: int) -> tuple[Table, list[int], list[int]]:
        """Return where each state leads; its next state with a shorter phrase; how many phrases it has.

        What follows in a state that leads nowhere is what follows in the longest state that its end is.
        """
        table = np.zeros((len(self.next), 1 << bits), np.int32)
        table[:2, WORDLIKE:size] = _INSIDE
        for code in {code & CODE for code in self.last if code >= BOUNDARY}:
            table[:2, code] = _BEGIN
        ends = [_BEGIN] * len(self.next)
        shorter = [_NONE] * len(self.next)
        several = [0] * len(self.next)
        level = [_BEGIN]
        while level:
            for state in level:
                if state != _BEGIN:
                    end = ends[state]
                    table[state] = table[end]
                    shorter[state] = end if self.phrase[end] != _NONE else shorter[end]
                    several[state] = several[end] + (self.phrase[state] != _NONE)
                for code, follower in self.next[state].items():
                    ends[follower] = int(table[state, code & CODE])
                    table[state, code & CODE] = follower
                if self.last[state] == BLANK:
                    table[state, BLANK & CODE] = state
            level = [follower for state in level for follower in self.next[state].values()]
        return table, shorter, several


def make_transitions(phrases: Sequence[bytes], size: int) -> Transitions:
    """Make the tables for phrases in the codes of an alphabet of that size; no two are alike."""
    builder = _Builder(phrases)
    bits = (size - 1).bit_length()
    table, shorter, several = builder.fill(bits, size)
    order = np.argsort(np.array(several) > 0, kind="stable")
    numbers = np.full(len(order) + 1, _NONE, np.int32)  # the last is that of none
    numbers[order] = np.arange(len(order))
    phrase = np.array(builder.phrase, np.int32)[order]
    following: npt.NDArray[np.int32] = numbers[table[order]].ravel()
    return Transitions(
        bits=bits,
        matches=several.count(0),
        table=following.astype(np.uint16) if len(order) <= 1 << 16 else following,
        phrase=phrase,
        shorter=numbers[np.array(shorter)[order]],
        several=np.array(several)[order],
    )
