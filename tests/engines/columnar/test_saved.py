"""Prepared touches decide as the touches that they were made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from touchrules.engines.columnar import store
from touchrules.engines.columnar.engine import run_columnar
from touchrules.engines.columnar.preparing import prepare_stream
from touchrules.engines.columnar.session import Session
from touchrules.engines.plan import Plan, make_plan
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.streams.demo.shipped import SHIPPED
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def books() -> tuple[Rulebook, ...]:
    return load_rulebooks([str(ROOT / "rulebooks")])


@pytest.fixture(scope="module")
def stream(books: tuple[Rulebook, ...]) -> Stream:
    return read_touches(SHIPPED, declared=declared_types(books)).stream


@pytest.fixture(scope="module")
def plan(books: tuple[Rulebook, ...], stream: Stream) -> Plan:
    return make_plan(books, stream.types)


def end_of(stream: Stream) -> int:
    return int(stream.table["at"].cast("int64")[-1].as_py())


def same(one: Any, other: Any) -> bool:
    if is_dataclass(one):
        return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, np.ndarray):
        is_alike = np.array_equal(one, other, equal_nan=one.dtype == np.float64)
        return bool(is_alike and one.dtype == other.dtype)
    return bool(one == other)


@pytest.fixture(scope="module")
def prepared(stream: Stream, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "demo.touches"
    prepare_stream(plan, stream, folder)
    return folder


def test_prepared_touches_decide_alike_and_read_no_text_again(
    stream: Stream, plan: Plan, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run_columnar(plan, stream, end_of(stream))
    monkeypatch.setattr(store, "read_choices", None)
    monkeypatch.setattr(store.ColumnStore, "_find_home", None)
    opened = read_touches(prepared).stream
    assert same(run_columnar(plan, opened, end_of(stream)), expected)
    assert same(Session(opened).decide(plan), expected)


def test_touches_left_out_leave_what_was_prepared(stream: Stream, plan: Plan, prepared: Path) -> None:
    opened = read_touches(prepared).stream
    middle = int(stream.table["at"].cast("int64")[len(stream) // 2].as_py())
    cut = opened.until(middle)
    assert cut.prepared is None
    assert same(run_columnar(plan, cut, middle), run_columnar(plan, stream.until(middle), middle))
    assert opened.until(end_of(stream)).prepared is opened.prepared


def test_signals_are_added_by_preparing_again(stream: Stream, plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "x.touches"
    names = sorted(plan.signals)
    first, rest = ({name: plan.signals[name] for name in half} for half in (names[:40], names[40:]))
    prepare_stream(replace(plan, signals=first), stream, folder)
    prepare_stream(replace(plan, signals=rest), read_touches(folder).stream, folder)
    kept = read_touches(folder).stream.prepared
    assert kept is not None
    assert len(kept.told["notes"]["signals"]) == len(set(plan.signals.values()))
    opened = read_touches(folder).stream
    assert same(run_columnar(plan, opened, end_of(stream)), run_columnar(plan, stream, end_of(stream)))


def test_an_empty_stream_can_be_prepared(stream: Stream, plan: Plan, tmp_path: Path) -> None:
    prepare_stream(plan, Stream(table=stream.table.slice(0, 0)), tmp_path / "empty")
    assert len(read_touches(tmp_path / "empty").stream) == 0
