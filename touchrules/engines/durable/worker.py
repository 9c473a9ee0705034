"""The process that holds durable_rules, so that a crash of it never reaches the caller."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, assert_never

from touchrules.engines.columns import ID, Touch
from touchrules.engines.durable.engine import Decided, Engine, Results
from touchrules.engines.durable.snapshot import read_snapshot, write_snapshot
from touchrules.engines.plan import Plan
from touchrules.errors import TouchrulesError

_NOTHING: Final[Decided] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Load a plan."""

    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Go back to before the first touch of the plan that is loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Decide some touches; where `decided` is given, take them in as they were decided before.

    `observed`: the touches, by ID, whose results tell why.
    """

    touches: list[Touch]
    decided: dict[int, Decided] | None = None
    observed: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Tell what is left at an instant."""

    as_of: int


Step = Touch | int
"""A touch to decide, or an instant to which the clock goes on, in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Take steps one after the other, and tell of each; `decided` as in `Record`."""

    steps: list[Step]
    decided: dict[int, Decided] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearse:
    """Tell of each step as if it were taken, and of an instant after them if one is given; take none."""

    steps: list[Step]
    as_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Write what is remembered into a new file."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Remember what was saved; `Reply.loaded` tells whether the file was any good."""

    path: Path


Message = Start | Forget | Record | Finish | Follow | Rehearse | Save | Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to each message.

    `each`: the results of each step. `decided`: by position in the message, the touches that were found.
    """

    results: Results = field(default_factory=Results)
    each: list[Results] = field(default_factory=list)
    decided: dict[int, Decided] = field(default_factory=dict)
    loaded: bool = False
    error: TouchrulesError | str | None = None


def answer(message: Message, engine: Engine | None) -> tuple[Engine, Reply]:
    """Do what a message asks for."""
    if isinstance(message, Start):
        engine = Engine(message.plan)
        engine.start()
        return engine, Reply()
    if engine is None:
        msg = "the first message must be Start"
        raise RuntimeError(msg)
    return engine, _reply(message, engine)


def _reply(message: Forget | Record | Finish | Follow | Rehearse | Save | Load, engine: Engine) -> Reply:
    match message:
        case Forget():
            engine.forget()
            return Reply()
        case Finish(as_of=as_of):
            return Reply(results=engine.finish(as_of))
        case Record():
            return _record(message, engine)
        case Follow(steps=steps, decided=decided):
            return _follow(steps, decided, engine)
        case Rehearse(steps=steps, as_of=as_of):
            rehearsal = engine.rehearsal()
            reply = _follow(steps, None, rehearsal)
            return reply if as_of is None else replace(reply, results=rehearsal.finish(as_of))
        case Save(path=path):
            write_snapshot(engine, path)
            return Reply()
        case Load(path=path):
            return Reply(loaded=read_snapshot(engine, path))
        case _:
            assert_never(message)


def _record(message: Record, engine: Engine) -> Reply:
    decided: dict[int, Decided] = {}
    for position, touch in enumerate(message.touches):
        known = None if message.decided is None else message.decided.get(position, _NOTHING)
        found = engine.record(touch, known, observed=touch[ID] in message.observed)
        if found:
            decided[position] = found
    return Reply(results=engine.take(), decided=decided)


def _follow(steps: list[Step], known: dict[int, Decided] | None, engine: Engine) -> Reply:
    each: list[Results] = []
    decided: dict[int, Decided] = {}
    for position, step in enumerate(steps):
        if isinstance(step, int):
            engine.advance(step)
        elif found := engine.record(step, None if known is None else known.get(position, _NOTHING)):
            decided[position] = found
        each.append(engine.take())
    return Reply(each=each, decided=decided)


def serve(connection: Connection) -> None:
    """Answer messages until the other side hangs up."""
    engine: Engine | None = None
    while True:
        try:
            message = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            engine, reply = answer(message, engine)
        except TouchrulesError as error:
            reply = Reply(error=error)
        except Exception:
            reply = Reply(error=traceback.format_exc())
        try:
            connection.send(reply)
        except ConnectionError:
            return
