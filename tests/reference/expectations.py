"""Expectations: what must follow a touch, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.reference.deadlines import due_instant
from tests.reference.filters import View, accepts
from tests.reference.touches import Book, Touch, key_of, read_field
from tests.reference.values import are_equal


@dataclass(slots=True, kw_only=True, eq=False)
class Expectation:
    """One expectation, opened by a trigger of a rule."""

    rule: Mapping[str, Any]
    book: Book
    trigger: Touch
    value: float | None
    after: int
    by: int
    status: str = "open"
    settled_at: int | None = None
    settled_by: str | None = None


def open_expectation(
    rule: Mapping[str, Any], book: Book, trigger: Touch, value: float | None
) -> Expectation | None:
    """What the rule expects after this trigger; None if a field is missing or it would be over before."""
    expect = rule["expect"]
    due = [
        due_instant(expect[name], trigger.at, trigger.zone, trigger.fields, book.content)
        if name in expect
        else trigger.at
        for name in ("after", "by")
    ]
    after, by = due
    if after is None or by is None or by < trigger.at:
        return None
    return Expectation(rule=rule, book=book, trigger=trigger, value=value, after=after, by=by)


def settle_by_touch(view: View, expectation: Expectation, touch: Touch) -> None:
    """Let a later touch meet or cancel an open expectation, if it can."""
    expect = expectation.rule["expect"]
    per = expect.get("per", "contact")
    key = key_of(view.book, expectation.trigger, per)
    if key is None or key_of(view.book, touch, per) != key or touch.at > expectation.by:
        return
    if is_met(view, expectation, touch):
        expectation.status = "met"
    elif "cancel" in expect and accepts(view, expect["cancel"], touch):
        expectation.status = "cancelled"
    else:
        return
    expectation.settled_at, expectation.settled_by = touch.at, touch.touch_id


def is_met(view: View, expectation: Expectation, touch: Touch) -> bool:
    """Whether the touch is what was expected."""
    expect = expectation.rule["expect"]
    return (
        accepts(view, expect["touch"], touch)
        and expectation.after <= touch.at <= expectation.by
        and all(
            are_equal(read_field(view.book, touch, mine), read_field(view.book, expectation.trigger, theirs))
            for mine, theirs in expect.get("match", {}).items()
        )
    )


def break_expectation(expectation: Expectation) -> None:
    """Nothing came in time."""
    expectation.status, expectation.settled_at = "broken", expectation.by


def expectation_row(expectation: Expectation) -> dict[str, Any]:
    """The row of the table of expectations."""
    trigger = expectation.trigger
    return {
        "rulebook": expectation.book.name,
        "rule": expectation.rule["id"],
        "touch_id": trigger.touch_id,
        "contact_id": trigger.fields["contact_id"],
        "account_id": trigger.fields.get("account_id"),
        "rep_id": trigger.fields.get("rep_id"),
        "opened_at": trigger.at,
        "after": expectation.after,
        "by": expectation.by,
        "status": expectation.status,
        "settled_at": expectation.settled_at,
        "settled_by": expectation.settled_by,
    }
