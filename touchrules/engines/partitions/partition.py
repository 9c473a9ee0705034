"""A part of a stream in a folder: all touches of some keys, ready to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.engine import outcome_of, threads_for, wanted_of
from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.outcome import Outcome, renumber
from touchrules.engines.partitions.handing import HandedOn, Numbers
from touchrules.engines.partitions.passes import Pass, aligned_with
from touchrules.engines.plan import Plan
from touchrules.streams.prepared import open_prepared
from touchrules.streams.stream import Stream

NUMBERS: Final = "touch-numbers"
"""The array, in a folder of a part by another key than the contact, of the numbers of its touches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A part of a stream: `rows` prepared touches in a folder.

    `first`: the number of the first touch in home order, where the others follow; None: the folder tells.
    """

    folder: Path
    rows: int
    first: int | None

    @property
    def end(self) -> int:
        """The number of the touch after its last one."""
        return (self.first or 0) + self.rows

    def open(self) -> tuple[Stream, Numbers]:
        """Return the touches, and the number of each in home order."""
        prepared = open_prepared(self.folder)
        numbers = prepared.array(NUMBERS)
        if numbers is None:
            first = self.first or 0
            numbers = np.arange(first, first + self.rows, dtype=np.int32)
        return prepared.stream(), numbers


def work_out(
    plan: Plan, stream: Stream, numbers: Numbers, step: Pass, as_of: int, handed: HandedOn
) -> Outcome:
    """Work out one pass for one part: hand on what later passes need, and return what is wanted.

    The rows of the outcome are the numbers of touches.
    """
    graph, store = Graph(), ColumnStore(stream, plan.signals)
    nodes = PlanNodes(Builder(graph, store, plan), as_of)
    wanted_of(nodes)
    along = {node: aligned_with(graph, node) for node in (*step.takes, *step.hands_on)}
    handed.put_into(graph, {node: along[node] for node in step.takes}, numbers)
    rows = [one for node in step.hands_on if (one := along[node]) is not None]
    asked = list(dict.fromkeys((*step.hands_on, *rows, *step.wanted.values())))
    evaluator = Evaluator(graph, threads=threads_for(store.rows))
    values = dict(zip(asked, evaluator.evaluate(asked), strict=True))
    for node in step.hands_on:
        one = along[node]
        handed.give(node, values[node], None if one is None else values[one], numbers)
    outcome = outcome_of(nodes, {one: values[node] for one, node in step.wanted.items()})
    return renumber(outcome, lambda rows: numbers[store.home_rows[rows]].astype(np.int64))
