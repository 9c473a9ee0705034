"""The engine that decides touches as they come, given a stream in some order and in several sittings."""

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from tests.differential.agreement import Tables
from tests.differential.engine import touch_table
from touchrules.engines.durable.worker import Message, Reply, answer
from touchrules.language.load import parse_rulebooks
from touchrules.model.rules import Rulebook
from touchrules.model.touches import DERIVED_FIELDS, TOUCH_FIELDS
from touchrules.production.live import judge
from touchrules.production.live.answers import Answer
from touchrules.production.live.engine import LiveEngine, TouchRefused
from touchrules.streams.instants import write_instant
from touchrules.streams.reader import read_touches

ALL_TIME = timedelta(days=10_000)


class InlineWorker:
    """Stands in for the worker's process: it gives the same messages to the worker's code, here."""

    def __init__(self) -> None:
        self._engine = None

    def send(self, message: Message) -> None:
        self._reply = self.ask(message)

    def receive(self) -> Reply:
        return self._reply

    def ask(self, message: Message) -> Reply:
        self._engine, reply = answer(message, self._engine)
        return reply

    def close(self) -> str:
        return "closed"


@contextmanager
def no_processes() -> Iterator[None]:
    """No engine starts a process."""
    with mock.patch.object(judge, "Worker", InlineWorker):
        yield


def run_live(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
    *,
    lateness: timedelta = timedelta(),
    seed: int = 1,
) -> Tables:
    """All that is told of a stream in three sittings; it comes in its order, or with lateness in any.

    What was not answered in one sitting is sent again in the next, and something that was answered too.
    """
    chance = random.Random(seed)
    rulebooks, rows = read_example(rulebook_texts, touches, timezone, as_of, settings)
    if lateness:
        chance.shuffle(rows)
    answers: dict[str | None, list[Answer]] = {}
    with no_processes(), tempfile.TemporaryDirectory() as folder:
        for sitting in range(3):
            how = {"bundle": "b", "timezone": timezone, "state": Path(folder), "lateness": lateness}
            with LiveEngine(rulebooks, **how) as engine:
                todo = [row for row in rows if row["touch_id"] not in answers or not chance.randrange(5)]
                told = send(engine, todo if sitting == 2 else todo[: chance.randrange(len(todo) + 1)])
                told += engine.finish(None if as_of is None else write_instant(as_of)) if sitting == 2 else []
            for one in told:
                known = answers.setdefault(one.touch_id, [])
                assert one.again == (bool(known) and one.touch_id is not None)
                known += [] if one.again else [one]
    return tables_of([one for several in answers.values() for one in several])


def send(engine: LiveEngine, rows: list[dict[str, Any]]) -> list[Answer]:
    """Record touches one after the other, planning each before; return the answers."""
    answers: list[Answer] = []
    for row in rows:
        planned = None
        with suppress(TouchRefused):  # it is known already, or comes too late
            planned = engine.check(row)
        told = engine.record(row)
        mine = next((one for one in told if one.touch_id == row["touch_id"] and not one.again), None)
        if planned is not None and mine is not None and len(told) == 1:
            assert planned.findings == tuple(one for one in mine.findings if one.touch_id == mine.touch_id)
        answers += told
    return answers


def read_example(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
) -> tuple[Sequence[Rulebook], list[dict[str, Any]]]:
    """The rulebooks, which declare all fields, and the touches in their order, as they are sent."""
    books = [json.loads(text) for text in rulebook_texts]
    declared = {name: field["type"] for book in books for name, field in book.get("fields", {}).items()}
    stream = read_touches(touch_table(touches), timezone=timezone, declared=declared).stream
    known = {*TOUCH_FIELDS, *DERIVED_FIELDS, *declared}
    undeclared = {name: {"type": kind} for name, kind in stream.types.items() if kind and name not in known}
    books[0].setdefault("fields", {}).update(undeclared)
    texts = {f"{book['rulebook']}.rulebook.yaml": json.dumps(book) for book in books}
    names = [name for name in stream.names if name not in DERIVED_FIELDS]
    times = {name for name in names if stream.types[name] == "timestamp"}
    rows = [
        {
            name: write_instant(value) if name in times else value
            for name, value in zip(names, row, strict=True)
            if value is not None
        }
        for row in (stream if as_of is None else stream.until(as_of)).rows(names)
    ]
    return parse_rulebooks(texts, settings), rows


def tables_of(answers: list[Answer]) -> Tables:
    """The three tables of a replay, put together from all that was told."""
    found = [asdict(one) for answer in answers for one in answer.findings]
    expected = {(one.rule, one.touch_id): one for answer in answers for one in answer.expectations}
    stood = {(one.fact, one.key, one.since, one.touch_id): one for answer in answers for one in answer.facts}
    facts = [{k: v for k, v in asdict(one).items() if k != "change"} for one in stood.values()]
    return (
        sorted(found, key=lambda one: (one["at"], one["touch_id"], one["rule"])),
        [asdict(one) for one in sorted(expected.values(), key=lambda x: (x.opened_at, x.touch_id, x.rule))],
        sorted(facts, key=lambda one: (one["fact"], one["key"], one["since"], one["touch_id"])),
    )
