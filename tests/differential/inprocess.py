"""The durable engine without its own process: one that stays is many times faster than one a replay."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from tests.differential.agreement import Tables
from tests.differential.engine import run_engine
from touchrules.engines.durable.engine import Results
from touchrules.engines.durable.supervisor import Touches
from touchrules.engines.durable.worker import Finish, Record, Start, answer
from touchrules.engines.plan import Plan
from touchrules.replay import run


class Inline:
    """Stands in for the supervisor: it gives the same messages to the worker's code, here."""

    def __init__(
        self,
        plan: Plan,
        touches: Touches,
        rows: int,
        *,
        observed: frozenset[object] = frozenset(),
        notify: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._plan = plan
        self._touches = touches
        self._rows = rows
        self._observed = observed

    def run(self, as_of: int) -> Iterator[tuple[int, Results]]:
        """Yield how many touches are decided and what came out, until the end."""
        engine, _ = answer(Start(plan=self._plan), None)
        record = Record(touches=self._touches(0, self._rows), observed=self._observed)
        yield self._rows, answer(record, engine)[1].results
        yield self._rows, answer(Finish(as_of=as_of), engine)[1].results


def run_engine_here(
    rulebook_texts: list[str],
    touches: list[dict[str, Any]],
    timezone: str,
    as_of: int | None,
    settings: dict[str, Any],
) -> Tables:
    """What `run_engine` gives, without a process of its own."""
    with mock.patch.object(run, "Supervisor", Inline):
        return run_engine(rulebook_texts, touches, timezone, as_of, settings)
