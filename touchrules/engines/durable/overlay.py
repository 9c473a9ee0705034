"""A mapping laid over another one, so that what is tried out on it changes nothing below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Final, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_GONE: Final = object()


class Overlay(MutableMapping[K, V]):
    """What stands below, but for what was set or taken out here.

    `clone`: copies a value that is changed in place, before anybody gets it; by default values never are.

    >>> below = {"a": 1}
    >>> over = Overlay(below)
    >>> over["b"] = over.pop("a") + 1
    >>> dict(over), below
    ({'b': 2}, {'a': 1})
    """

    def __init__(self, below: MutableMapping[K, V], clone: Callable[[V], V] | None = None) -> None:
        self._below = below
        self._clone = clone
        self._own: dict[K, Any] = {}

    def __getitem__(self, key: K) -> V:
        found = self._own.get(key)
        if found is None:
            found = self._below[key]
            if self._clone is not None:
                found = self._own[key] = self._clone(found)
        if found is _GONE:
            raise KeyError(key)
        value: V = found
        return value

    def __setitem__(self, key: K, value: V) -> None:
        self._own[key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        self._own[key] = _GONE

    def __iter__(self) -> Iterator[K]:
        yield from (key for key in self._below if key not in self._own)
        yield from (key for key, value in self._own.items() if value is not _GONE)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __contains__(self, key: object) -> bool:
        if key in self._own:
            return self._own[key] is not _GONE
        return key in self._below
