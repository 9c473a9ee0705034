"""durable_rules itself, used in the one way that holds: a fresh working memory for each touch."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from touchrules.engines.durable.wire import write_word
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
        self._failure: BaseException | None = None
        self._messages = 0
        self._host = _make_host(engine, self._action)
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
        """Assert one message; the salt makes up for the 32-bit hashes by which messages are told apart."""
        ruleset = self._loaded[position]
        for salt in range(_MAX_SALTS):
            self._messages += 1
            message = f'{{"sid":"{_SID}","id":"{self._messages}-{salt}",{body}}}'
            outcome, state = self._core.assert_fact(ruleset._handle, message)
            if outcome == _OBSERVED:
                continue
            if outcome == _HANDLED:
                ruleset.do_actions(state, self._finish)
            break
        self._raise_failure()

    def _finish(self, error: BaseException | None, _state: Any) -> None:
        self._failure = self._failure or error

    def _raise_failure(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            problem = Problem(message=f"durable_rules failed: {failure!r}", remedy="Please report this.")
            raise EngineError(problem) from failure

    def _action(self, name: str) -> Callable[[Any], None]:
        """Return the action of a rule. durable_rules swallows what is raised in it: it is kept."""
        rule = name.removeprefix("found:")

        def seen(_: Any) -> None:
            """Do nothing: this makes it safe to delete the memory."""

        def found(closure: Any) -> None:
            self._found.add(rule)
            if rule in self._joined:
                self._messages += 1
                mark = {"id": f"{self._messages}", "is": "found", "rule": rule}
                try:
                    closure.assert_fact(mark)
                except BaseException as error:
                    self._failure = error

        return found if name.startswith("found:") else seen


def _make_host(engine: Any, action: Callable[[str], Callable[[Any], None]]) -> Any:
    """Return a host without the background threads that poke every ruleset."""

    class QuietHost(engine.Host):  # type: ignore[misc]  # durable_rules has no types
        """A host that looks actions up by name and runs nothing by itself."""

        def _run(self) -> None:
            """Start no timers."""

        def get_action(self, action_name: str) -> Callable[[Any], None]:
            """Return an action."""
            return action(action_name)

    return QuietHost()
