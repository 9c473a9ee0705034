"""What the engine did for a plan: each piece of work, how long it took, and who needed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columns import SignalColumn

Sort = Literal[
    "texts", "columns", "filters", "orders", "spans", "looks back", "facts", "expectations", "loops"
]
"""Sorts of work: texts read for signals, columns, which touches filters accept, orders by keys, and so on."""

Wanted = tuple[str, str]
"""What a plan comes to: "fact" and its name, or something else of a rule and its id."""

_OPERATIONS: Final[Mapping[Sort, str]] = {
    "columns": "column by-value",
    "filters": "test effective all-of any-of not no-touch every-touch rows mask",
    "orders": "order lane",
    "spans": "spans holds",
    "looks back": "see seen count gap distinct share sums sum average last calendar compare is-not-so either"
    " look-up keep values how-many",
    "facts": "asserted broken-touches due met-touches assertions retracted timeline periods cool-down",
    "expectations": "open waiting moment settle",
    "loops": "loop of-the-loop",
}
SORTS: Final[Mapping[str, Sort]] = {
    operation.replace("-", " "): sort
    for sort, operations in _OPERATIONS.items()
    for operation in operations.split()
}
"""The sort of each operation of a node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of work: what it is, how long it took, and which rules and facts need what came of it."""

    sort: Sort
    label: str
    seconds: float
    rules: tuple[str, ...]
    facts: tuple[str, ...]


Work = tuple[Piece, ...]


def gather_work(
    nodes: PlanNodes, wanted: Mapping[Wanted, int], seconds: Mapping[int, float], sorting: float
) -> Work:
    """Return the work that was done for the nodes of a plan.

    `seconds`: how long each node took. What goes round in a loop counts as one piece. `sorting`: how many
    seconds it took to put touches of one contact side by side.
    """
    return tuple(_gather(nodes, wanted, seconds, sorting))


def _gather(
    nodes: PlanNodes, wanted: Mapping[Wanted, int], seconds: Mapping[int, float], sorting: float
) -> Iterator[Piece]:
    builder, graph = nodes.builder, nodes.builder.graph
    users = _find_users(nodes, wanted)
    names = tuple((sort == "fact", name) for sort, name in wanted)

    def piece(sort: Sort, label: str, took: float, needed_by: int) -> Piece:
        some = [name for place, name in enumerate(names) if needed_by >> place & 1]
        return Piece(
            sort=sort,
            label=label,
            seconds=took,
            rules=tuple(dict.fromkeys(name for is_fact, name in some if not is_fact)),
            facts=tuple(name for is_fact, name in some if is_fact),
        )

    every = (1 << len(names)) - 1
    yield piece("orders", "order by contact_id", sorting, every)
    for reading in builder.store.readings:
        columns = [builder.columns.get(SignalColumn(name)) for name in reading.signals]
        by = 0
        for column in columns:
            by |= 0 if column is None else users.get(column, 0)
        many = f"{len(reading.signals)} signal{'s' if len(reading.signals) > 1 else ''}"
        label = f"{', '.join(reading.fields)} read for {many}"
        yield piece("texts", label, reading.seconds, by)
    for number, took in seconds.items():
        node = graph.nodes[number]
        if node.operation != "of the loop":
            yield piece(SORTS[node.operation], graph.label(number), took, users.get(number, 0))


def _find_users(nodes: PlanNodes, wanted: Mapping[Wanted, int]) -> dict[int, int]:
    """Return for each node who needs it: bit n stands for the n-th that is wanted."""
    graph = nodes.builder.graph
    users: dict[int, int] = {}
    for place, number in enumerate(wanted.values()):
        users[number] = users.get(number, 0) | 1 << place
    for number in range(len(graph.nodes) - 1, -1, -1):  # inputs have lower numbers
        if number in users:
            for one in graph.nodes[number].inputs:
                users[one] = users.get(one, 0) | users[number]
    return users
