"""durable_rules itself, used in the one way that holds: a fresh working memory for each touch."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from touchrules.engines.durable.wire import TOUCH_RULE, write_word
from touchrules.errors import EngineError, Problem

if TYPE_CHECKING:
    from touchrules.engines.columns import Touch
    from touchrules.engines.durable.rulesets import Ruleset
    from touchrules.engines.durable.tokenconditions import StageView

_SID: Final = "touch"
_HANDLED, _NOT_HANDLED, _OBSERVED = 0, 1, 2
_MAX_SALTS: Final = 16


def _import_durable() -> tuple[Any, Any]:
    """Import durable_rules, also where Python lacks a function that only its unused callbacks call.

    From Python 3.13 on, `PyEval_CallObject` is gone; bound lazily, the missing symbol is never asked for.
    """
    flags = sys.getdlopenflags()
    sys.setdlopenflags(flags & ~os.RTLD_NOW | os.RTLD_LAZY)
    try:
        import durable_rules_engine  # noqa: PLC0415 - must come before `durable`, under these flags
        from durable import engine  # noqa: PLC0415 - as above
    finally:
        sys.setdlopenflags(flags)
    return durable_rules_engine, engine


class Network:
    """The rulesets of a plan in durable_rules, and the working memory of one touch at a time.

    Not safe for threads, and a crash of the C library ends the process: run it in a worker.
    """

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        self._core, engine = _import_durable()
        self._rulesets = rulesets
        self._found: set[str] = set()
        self._messages = 0
        self._host = _make_host(engine)
        self._host.set_rulesets({one.name: json.loads(json.dumps(one.definition)) for one in rulesets})
        self._loaded = [self._host.get_ruleset(one.name) for one in rulesets]
        self._joined = frozenset(rule for one in rulesets for rule in one.joined)

    def open(self, position: int, touch: Touch, holds: Callable[[str], bool]) -> None:
        """Put a touch into the fresh memory of a ruleset, and beside it the facts that stand."""
        ruleset = self._rulesets[position]
        self._assert(position, f'"is":"touch"{ruleset.write_touch(touch)}')
        for fact in ruleset.facts:
            if holds(fact):
                self._assert(position, f'"is":"fact","fact":"{write_word(fact)}"')

    def decide(self, position: int, stage: int, view: StageView) -> set[str]:
        """Put in the token of a stage; return the rules that found the touch."""
        self._found = set()
        token = self._rulesets[position].write_token[stage](view)
        self._assert(position, f'"is":"stage","stage":{stage}{token}')
        return self._found

    def close(self, position: int) -> None:
        """Forget the memory of a ruleset; its touch must have been put in."""
        self._loaded[position].delete_state(_SID)

    def _assert(self, position: int, body: str) -> None:
        """Assert one message, and do what it makes due."""
        handle = self._loaded[position]._handle
        outcome, state = self._put_in(handle, body)
        if outcome == _HANDLED:
            self._do_actions(handle, state)

    def _put_in(self, handle: int, body: str) -> tuple[int, int]:
        """Put in one message; the salt makes up for the 32-bit hashes by which messages are told apart."""
        for salt in range(_MAX_SALTS):
            self._messages += 1
            message = f'{{"sid":"{_SID}","id":"{self._messages}-{salt}",{body}}}'
            outcome, state = self._core.assert_fact(handle, message)
            if outcome != _OBSERVED:
                return outcome, state
        problem = Problem(
            message="durable_rules takes a message for another one.", remedy="Please report this."
        )
        raise EngineError(problem)

    def _do_actions(self, handle: int, state: int) -> None:
        """Note the rules that found the touch, one after the other, until no more becomes due.

        This is what durable_rules' own Python does, but for its closures: they read the clock of the wall,
        and give an action up that seems to have taken ten seconds.
        """
        started = self._core.start_action_for_state(handle, state)
        due = started[1] if started else None
        while due:
            rule = next(iter(json.loads(due)))
            if rule != TOUCH_RULE:
                self._found.add(rule)
            if rule in self._joined:
                self._put_in(handle, f'"is":"found","rule":"{rule}"')
            due = self._core.complete_and_start_action(handle, state)


def _make_host(engine: Any) -> Any:
    """Return a host without the background threads that poke every ruleset."""

    class QuietHost(engine.Host):  # type: ignore[misc]  # durable_rules has no types
        """A host that runs nothing by itself."""

        def _run(self) -> None:
            """Start no timers."""

        def get_action(self, _name: str) -> Callable[[Any], None]:
            """Return an action that nobody runs: they are done by the network."""
            return lambda _: None

    return QuietHost()
