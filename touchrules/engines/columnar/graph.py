"""The work of a plan as a graph: each piece is there once, however many rules need it.

A node is named by what it is and what it is made of, so that the same piece of another plan, with one
parameter changed, is the same node, and what was worked out for it still stands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

Run = Callable[..., Any]
"""Works a node out, given the values of its inputs."""

Label = str | Callable[[], str]
"""What people call a node, or what tells that when it is asked for."""

NO_GUESSES: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One piece of work. `guesses`: the guessed nodes that it depends on (see `loops`), mostly none.

    `operation`: what sort of work it is, `of`: what else tells it from others. `label`: what people call it.
    `body`: of a loop the nodes that go round in it, of a result of a loop the one whose last value it is.
    """

    operation: str
    of: Hashable
    label: Label
    run: Run
    inputs: tuple[int, ...]
    guesses: frozenset[int]
    body: tuple[int, ...] = ()


class Graph:
    """Nodes by number; the inputs of a node have lower numbers than the node itself."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._numbers: dict[Hashable, int] = {}

    def add(
        self, operation: str, of: Hashable, run: Run, inputs: Sequence[int] = (), label: Label | None = None
    ) -> int:
        """Return the number of the node for an operation on some inputs; make it if it is new.

        `of`: what else tells it from other nodes. `label`: what people call it, by default the operation.
        """
        key = (operation, of, tuple(inputs))
        number = self._numbers.get(key)
        if number is None:
            guesses = NO_GUESSES.union(*(self.nodes[one].guesses for one in inputs))
            number = self._append(key, Node(operation, of, label or operation, run, tuple(inputs), guesses))
        return number

    def guess(self, of: Hashable, label: str) -> int:
        """Return the number of a node whose value is guessed and mended until it is right."""
        key = ("guess", of)
        number = self._numbers.get(key)
        if number is None:
            number = len(self.nodes)
            self._append(key, Node("guess", of, label, _not_guessed, (), frozenset({number})))
        return number

    def add_loop(self, of: Hashable, run: Run, inputs: Sequence[int], label: str, body: Sequence[int]) -> int:
        """Return the number of the node that mends guesses; itself it depends on none."""
        key = ("loop", of, tuple(inputs))
        number = self._numbers.get(key)
        if number is None:
            number = self._append(key, Node("loop", of, label, run, tuple(inputs), NO_GUESSES, tuple(body)))
        return number

    def add_result(self, loop: int, one: int) -> int:
        """Return the number of the node that takes the last value of a node that goes round in a loop."""
        key = ("of the loop", one, (loop,))
        number = self._numbers.get(key)
        if number is None:
            label, take = self.nodes[one].label, itemgetter(one)
            node = Node("of the loop", one, label, take, (loop,), NO_GUESSES, (one,))
            number = self._append(key, node)
        return number

    def label(self, number: int) -> str:
        """Return what people call a node."""
        label = self.nodes[number].label
        return label if isinstance(label, str) else label()

    def _append(self, key: Hashable, node: Node) -> int:
        self._numbers[key] = len(self.nodes)
        self.nodes.append(node)
        return len(self.nodes) - 1

    def needed(self, wanted: Sequence[int], known: Callable[[int], bool]) -> list[int]:
        """Return the nodes that must be worked out for some others, inputs first."""
        reached: set[int] = set()
        waiting = list(wanted)
        while waiting:
            number = waiting.pop()
            if number not in reached and not known(number):
                reached.add(number)
                waiting.extend(self.nodes[number].inputs)
        return sorted(reached)


def _not_guessed(*_: Any) -> Any:
    raise AssertionError("a guess has no value outside its loop")
