"""The columns that a plan reads, and one touch as a row of them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final

from touchrules.model.filters import Contains, Matches

Touch = list[Any]
"""One touch in an engine: at FOUND the set of the rules that found it, then its columns by position.

Values: text as str, numbers as float, true/false as bool, timestamps as int (microseconds since 1970 in
UTC), missing as None.
"""

FOUND: Final = 0
AT: Final = 1
ZONE: Final = 2
"""The contact's zone: the field `timezone`, or the stream's where that is missing. Never None."""
ID: Final = 3
"""What names the touch: whatever the caller chose, such as its row in a stream."""
FIRST_COLUMN: Final = 4


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A field of the stream."""

    name: str


@dataclass(frozen=True, slots=True)
class SignalColumn:
    """A signal; `name` as `binding.signal_column` gives it."""

    name: str


@dataclass(frozen=True, slots=True)
class TextTestColumn:
    """Whether a text passes a `contains` or `matches` test: always true or false."""

    test: Contains | Matches


@dataclass(frozen=True, slots=True)
class FoldedColumn:
    """A text as `similar` compares it: by `rapidfuzz.utils.default_process`."""

    source: FieldColumn | SignalColumn


Column = FieldColumn | SignalColumn | TextTestColumn | FoldedColumn


class Layout:
    """Where each column stands in a touch; columns are added as they are asked for."""

    def __init__(self, signals: frozenset[str]) -> None:
        self.columns: list[Column] = []
        self._signals = signals
        self._positions: dict[Column, int] = {}
        self._numbers: dict[Hashable, int] = {}

    def number(self, of: Hashable) -> int:
        """Return a number that stands for a value (a filter, a fact) in this layout and for no other."""
        return self._numbers.setdefault(of, len(self._numbers))

    def named(self, name: str) -> FieldColumn | SignalColumn:
        """Return the column that a bound name stands for."""
        return SignalColumn(name) if name in self._signals else FieldColumn(name)

    def position(self, column: str | Column) -> int:
        """Return the position of a column, by its bound name or itself, in a `Touch`."""
        if column == "at":
            return AT
        if isinstance(column, str):
            column = self.named(column)
        if column not in self._positions:
            self._positions[column] = FIRST_COLUMN + len(self.columns)
            self.columns.append(column)
        return self._positions[column]
