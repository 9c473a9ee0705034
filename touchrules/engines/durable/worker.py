"""The process that holds durable_rules, so that a crash of it never reaches the caller."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from touchrules.engines.columns import ID, Touch
from touchrules.engines.durable.engine import Decided, Engine, Results
from touchrules.engines.plan import Plan
from touchrules.errors import TouchrulesError


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


Message = Start | Forget | Record | Finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to each message. `decided`: by position in the message, the touches that were found."""

    results: Results = field(default_factory=Results)
    decided: dict[int, Decided] = field(default_factory=dict)
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
    if isinstance(message, Forget):
        engine.forget()
        return engine, Reply()
    if isinstance(message, Finish):
        return engine, Reply(results=engine.finish(message.as_of))
    nothing: Decided = frozenset()
    decided: dict[int, Decided] = {}
    for position, touch in enumerate(message.touches):
        known = None if message.decided is None else message.decided.get(position, nothing)
        found = engine.record(touch, known, observed=touch[ID] in message.observed)
        if found:
            decided[position] = found
    return engine, Reply(results=engine.take(), decided=decided)


def serve(connection: Connection) -> None:
    """Answer messages until the other side hangs up."""
    engine: Engine | None = None
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        try:
            engine, reply = answer(message, engine)
        except TouchrulesError as error:
            reply = Reply(error=error)
        except Exception:
            reply = Reply(error=traceback.format_exc())
        connection.send(reply)
