"""Decides a stream that is kept in parts: pass after pass, and what came of it sorted by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from touchrules.engines.binding import ColumnTypes
from touchrules.engines.columnar.builder import Builder
from touchrules.engines.columnar.engine import wanted_of
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.rules import PlanNodes
from touchrules.engines.columnar.store import ColumnStore
from touchrules.engines.columns import Column, FieldColumn, FoldedColumn, SignalColumn, TextTestColumn
from touchrules.engines.partitions.handing import HandedOn
from touchrules.engines.partitions.partition import Partition, work_out
from touchrules.engines.partitions.passes import CONTACT, Pass, plan_passes
from touchrules.engines.partitions.regroup import Regrouping, regroup
from touchrules.engines.partitions.spill import Spill
from touchrules.engines.plan import Plan

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes. Raise to stop."""


def decide_parts(
    plan: Plan,
    types: ColumnTypes,
    parts: Sequence[Partition],
    as_of: int,
    folder: Path,
    *,
    regrouped: int,
    progress: Progress | None = None,
) -> Spill:
    """Decide all touches, and return what came of each part of contacts.

    `types`: of the fields. `parts`: all touches of some contacts each. `regrouped`: in how many parts
    touches are regrouped by another key. `folder`: an empty one, for what is needed meanwhile. No touch is
    later than `as_of`.
    """
    passes, columns = _find_passes(plan, parts[0], as_of)
    last = {node: number for number, step in enumerate(passes) for node in step.takes}
    handed = HandedOn(_made(folder / "handed-on"), parts[-1].end)
    spill = Spill(_made(folder / "outcome"), parts, plan)
    by_key: dict[str, Sequence[Partition]] = {CONTACT: parts}
    work = sum(len(parts) if step.key == CONTACT else regrouped for step in passes)
    done = 0
    for number, step in enumerate(passes):
        if step.key not in by_key:
            there = _made(folder / f"key-{len(by_key)}")
            asked = Regrouping(plan=plan, types=types, parts=parts, key=step.key, columns=columns[step.key])
            by_key[step.key] = regroup(asked, there, regrouped)
        for part in by_key[step.key]:
            stream, numbers = part.open()
            spill.add(work_out(plan, stream, numbers, step, as_of, handed))
            done += 1
            if progress is not None:
                progress("Replaying touches", done, max(work, done))
        for node in step.takes:
            if last[node] == number:
                handed.forget(node)
    return spill


def _find_passes(plan: Plan, part: Partition, as_of: int) -> tuple[list[Pass], Mapping[str, set[str]]]:
    """Return the passes, and which columns those of each key read."""
    stream, _ = part.open()
    graph = Graph()
    nodes = PlanNodes(Builder(graph, ColumnStore(stream, plan.signals), plan), as_of)
    passes = plan_passes(graph, wanted_of(nodes))
    named = {number: _name_of(column) for column, number in nodes.builder.columns.items()}
    columns: dict[str, set[str]] = {}
    for step in passes:
        columns.setdefault(step.key, set()).update(named[one] for one in step.columns)
    return passes, columns


def _name_of(column: Column) -> str:
    """Return the field or signal that a column is made of."""
    match column:
        case FieldColumn(name=name) | SignalColumn(name=name):
            return name
        case FoldedColumn(source=source):
            return source.name
        case TextTestColumn(test=test):
            return test.field


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
