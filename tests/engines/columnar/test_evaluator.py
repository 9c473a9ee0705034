"""The evaluator works each node out once, and forgets what nobody needs any more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from touchrules.engines.columnar.evaluator import Evaluator
from touchrules.engines.columnar.graph import Graph


def chain(graph: Graph, told: list[str]) -> tuple[int, int]:
    """A diamond: two nodes share one below them, and a third joins them."""

    def tell(name: str, value: Callable[..., Any]) -> Callable[..., Any]:
        def run(*inputs: Any) -> Any:
            told.append(name)
            return value(*inputs)

        return run

    base = graph.add("base", (), tell("base", lambda: 2))
    twice = graph.add("twice", (), tell("twice", lambda one: 2 * one), (base,))
    square = graph.add("square", (), tell("square", lambda one: one * one), (base,))
    return graph.add("sum", (), tell("sum", lambda one, two: one + two), (twice, square)), base


@pytest.mark.parametrize("threads", [1, 2])
def test_each_node_is_worked_out_once_and_then_forgotten(threads: int) -> None:
    graph, told = Graph(), list[str]()
    end, base = chain(graph, told)
    evaluator = Evaluator(graph, threads=threads)
    assert evaluator.evaluate([end, base]) == [8, 2]
    assert sorted(told) == ["base", "square", "sum", "twice"]
    assert not evaluator.values


def test_the_same_work_is_the_same_node() -> None:
    graph = Graph()
    assert chain(graph, []) == chain(graph, [])
    assert len(graph.nodes) == 4


@pytest.mark.parametrize("threads", [1, 2])
def test_what_is_kept_is_not_worked_out_again(threads: int) -> None:
    graph, told = Graph(), list[str]()
    end, _ = chain(graph, told)
    evaluator = Evaluator(graph, threads=threads, keep=True)
    evaluator.evaluate([end])
    more = graph.add("more", (), lambda one: one + 1, (end,))
    assert evaluator.evaluate([more]) == [9]
    assert len(told) == 4


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_in_a_node_ends_the_work(threads: int) -> None:
    graph = Graph()

    def fail() -> int:
        raise ZeroDivisionError("no")

    wrong = graph.add("wrong", (), fail)
    end = graph.add("end", (), lambda one: one, (wrong,))
    right = graph.add("right", (), lambda: 1)
    with pytest.raises(ZeroDivisionError):
        Evaluator(graph, threads=threads).evaluate([end, right])


@pytest.mark.parametrize("threads", [1, 2])
def test_progress_is_told_up_to_the_end_and_can_stop_the_work(threads: int) -> None:
    graph = Graph()
    end, _ = chain(graph, [])
    told: list[tuple[int, int]] = []
    Evaluator(graph, threads=threads).evaluate([end], lambda *one: told.append(one))
    assert told[-1] == (4, 4)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    evaluator = Evaluator(graph, threads=threads, keep=True)
    with pytest.raises(KeyboardInterrupt):
        evaluator.evaluate([end], stop)
    assert evaluator.evaluate([end]) == [8]


def test_two_threads_work_at_a_time() -> None:
    graph = Graph()
    meet = threading.Barrier(2, timeout=30)
    both = [graph.add("wait", name, lambda: meet.wait() >= 0) for name in ("one", "two")]
    assert Evaluator(graph, threads=2).evaluate(both) == [True, True]
