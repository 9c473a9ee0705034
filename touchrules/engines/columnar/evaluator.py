"""Works the nodes of a graph out: inputs first, two at a time, and forgets what nobody needs any more."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from touchrules.engines.columnar.graph import Graph

Progress = Callable[[int, int], None]
"""Called now and then with the nodes done and all of them; what it raises ends the work."""


@dataclass(slots=True, eq=False)
class Evaluator:
    """The values of a graph's nodes, as far as they are known.

    `keep`: nothing is forgotten, so that a change costs only what depends on it. `threads`: how many
    nodes are worked out at once; what they do mostly releases the interpreter.
    """

    graph: Graph
    threads: int = 1
    keep: bool = False
    values: dict[int, Any] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    """How long each node took."""
    asked: set[int] = field(default_factory=set)
    """The nodes that the last evaluation needed, whether they were known or not."""

    def evaluate(self, wanted: Sequence[int], progress: Progress | None = None) -> list[Any]:
        """Return the values of some nodes."""
        if self.keep:
            self.asked = set(self.graph.needed(wanted, lambda _: False))
        todo = self.graph.needed(wanted, self.values.__contains__)
        uses = Counter(one for number in todo for one in self.graph.nodes[number].inputs)
        uses.update(wanted)
        if self.threads > 1 and len(todo) > 1:
            self._work_together(todo, uses, progress)
        else:
            for done, number in enumerate(todo, 1):
                self.values[number] = self._work(number)
                self._release(number, uses)
                if progress is not None:
                    progress(done, len(todo))
        results = [self.values[number] for number in wanted]
        if not self.keep:
            for number in set(wanted):
                self.values.pop(number, None)
        return results

    def _work(self, number: int) -> Any:
        node = self.graph.nodes[number]
        started = time.perf_counter()
        value = node.run(*(self.values[one] for one in node.inputs))
        self.seconds[number] = time.perf_counter() - started
        return value

    def _release(self, number: int, uses: Counter[int]) -> None:
        """Forget the inputs of a node that no other node waits for."""
        if self.keep:
            return
        for one in self.graph.nodes[number].inputs:
            uses[one] -= 1
            if not uses[one]:
                self.values.pop(one, None)

    def _work_together(self, todo: Collection[int], uses: Counter[int], progress: Progress | None) -> None:
        lacking = {one: self._lacking(one) for one in todo}
        users: dict[int, list[int]] = {}
        for number in todo:
            for one in lacking[number]:
                users.setdefault(one, []).append(number)
        ready = [number for number in todo if not lacking[number]]
        running: dict[Future[Any], int] = {}
        done = 0
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                while ready or running:
                    while ready and len(running) < 2 * self.threads:
                        number = ready.pop()
                        running[pool.submit(self._work, number)] = number
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        number = running.pop(future)
                        self.values[number] = future.result()
                        done += 1
                        for user in users.get(number, ()):
                            lacking[user].discard(number)
                            if not lacking[user]:
                                ready.append(user)
                        self._release(number, uses)
                    if progress is not None:
                        progress(done, len(todo))
            finally:
                for future in running:
                    future.cancel()

    def _lacking(self, number: int) -> set[int]:
        return {one for one in self.graph.nodes[number].inputs if one not in self.values}
