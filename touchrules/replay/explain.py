"""Why one contact's touches were found or left alone: facts, numbers and thresholds, touch by touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from touchrules.engines.durable.engine import Look
from touchrules.engines.durable.outcome import outcome_of
from touchrules.engines.plan import PlannedRule, lookbacks_in, make_plan
from touchrules.errors import ArgumentError, Problem
from touchrules.model.rules import Rulebook
from touchrules.replay.columns import Columns
from touchrules.replay.neighbourhood import find_neighbourhood
from touchrules.replay.run import Progress, check_fit, run_durable
from touchrules.replay.seen import TouchSeen
from touchrules.replay.telling import Looking, Telling
from touchrules.streams.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All touches of one contact. `replayed`: how many touches of the stream had to be looked at."""

    contact: str
    touches: tuple[TouchSeen, ...]
    replayed: int
    as_of: int


def explain(
    rulebooks: Sequence[Rulebook],
    stream: Stream,
    contact: str,
    *,
    as_of: int | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Return why each touch of a contact was found by rules or left alone, by the durable engine.

    Raises ArgumentError where the stream has no such contact, and what `replay` raises.
    """
    check_fit(rulebooks, stream)
    if as_of is not None:
        stream = stream.until(as_of)
    if contact not in set(stream.column("contact_id")):
        raise _unknown(contact, stream)
    as_of = stream.column("at")[-1] if as_of is None else as_of
    plan = make_plan(rulebooks, stream.types, stream.timezone)
    rows = find_neighbourhood(plan, stream, contact)
    part = Stream(table=stream.table.take(pa.array(rows)), timezone=stream.timezone)
    own = [row for row, one in enumerate(part.column("contact_id")) if one == contact]
    results = run_durable(plan, part, as_of, observed=frozenset(own), progress=progress, notify=notify)
    telling = Telling(plan, rulebooks, Columns(part), outcome_of(results, plan))
    planned = {one.rule.id: one for one in plan.rules}
    seen = tuple(
        telling.touch(one.touch, one.facts, [looking_of(look, planned[look.rule]) for look in one.looks])
        for one in results.observations
    )
    return Explanation(contact=contact, touches=seen, replayed=len(part), as_of=as_of)


def looking_of(look: Look, planned: PlannedRule) -> Looking:
    """Return how the durable engine saw a rule look at a touch."""
    answers = dict(zip(lookbacks_in(planned.where), look.answers, strict=True))
    return Looking(rule=look.rule, accepted=look.found, answers=answers)


def _unknown(contact: str, stream: Stream) -> ArgumentError:
    some = sorted(set(stream.column("contact_id")))[:5]
    return ArgumentError(
        Problem(
            message=f'No touch concerns the contact "{contact}".',
            remedy=f"Contacts are named as in the field contact_id, for example {', '.join(some)}.",
        )
    )
