"""Loops through facts: guess what is known, work out what follows, and mend the guess until it is right.

What holds at a touch depends only on earlier ones. So each round makes at least the earliest wrong touch
right, and when a round changes nothing all touches are right: there is only one such answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from touchrules.engines.columnar.facts import NO_ASSERTIONS, Timeline
from touchrules.engines.columnar.graph import Graph


def add_loop(
    graph: Graph,
    guesses: Mapping[str, int],
    timelines: Mapping[str, int],
    wanted: Sequence[int],
    content: Hashable,
) -> dict[int, int]:
    """Return the mended nodes of `wanted`, by the nodes that depend on guesses.

    `guesses`: the node of the guessed timeline of each fact; `timelines`: the node of what follows from the
    guesses. `content`: what tells this loop from others.
    """
    body = _body(graph, [*timelines.values(), *wanted])
    own = {*body, *guesses.values()}
    read = {one for number in body for one in graph.nodes[number].inputs} | set(timelines.values())
    inputs = sorted(read - own)
    chosen = list(dict.fromkeys(wanted))

    def run(*values: Any) -> dict[int, Any]:
        return _mend(graph, body, guesses, timelines, dict(zip(inputs, values, strict=True)), chosen)

    loop = graph.add_loop(content, run, inputs, f"loop of {', '.join(guesses)}", body)
    return {one: graph.add_result(loop, one) if graph.nodes[one].guesses else one for one in chosen}


def _body(graph: Graph, ends: Sequence[int]) -> list[int]:
    """Return the nodes that depend on guesses and lead to some ends, inputs first."""
    reached: set[int] = set()
    waiting = list(ends)
    while waiting:
        number = waiting.pop()
        node = graph.nodes[number]
        if number not in reached and node.guesses and number not in node.guesses:
            reached.add(number)
            waiting.extend(node.inputs)
    return sorted(reached)


def _mend(
    graph: Graph,
    body: Sequence[int],
    guesses: Mapping[str, int],
    timelines: Mapping[str, int],
    known: Mapping[int, Any],
    wanted: Sequence[int],
) -> dict[int, Any]:
    values = dict(known)
    for number in guesses.values():
        values[number] = Timeline(NO_ASSERTIONS, NO_ASSERTIONS.moments, None)
    stale = set(body)
    while True:
        for number in body:
            if number in stale:
                node = graph.nodes[number]
                values[number] = node.run(*(values[one] for one in node.inputs))
        changed = {
            guesses[name] for name, end in timelines.items() if not _same(values[guesses[name]], values[end])
        }
        if not changed:
            return {number: values[number] for number in wanted if number in values}
        for name, end in timelines.items():
            values[guesses[name]] = values[end]
        stale = _dependents(graph, body, changed)


def _same(one: Timeline, other: Timeline) -> bool:
    """Return whether two timelines are the same in all that rules can see of them."""
    if one.lasts != other.lasts or len(one.retracted) != len(other.retracted):
        return False
    return one.asserted.is_same(other.asserted) and bool((one.retracted == other.retracted).all())


def _dependents(graph: Graph, body: Sequence[int], changed: set[int]) -> set[int]:
    reached = set(changed)
    for number in body:
        if any(one in reached for one in graph.nodes[number].inputs):
            reached.add(number)
    return reached
