"""One touch of the stream, with what its own clock says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.localtime import derived_fields
from tests.reference.parameters import Parameter
from tests.reference.signals import signal_value
from tests.reference.values import is_missing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Touch:
    """A row of the stream: its place in stream order, its instant, its present fields, its zone."""

    index: int
    at: int
    touch_id: str
    fields: Mapping[str, Any]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Book:
    """A rulebook with its parameters filled in; `read` keeps the signals that were worked out."""

    name: str
    parameters: Mapping[str, Parameter]
    content: Mapping[str, Any]
    read: dict[tuple[int, str], Any]


def order_touches(rows: Sequence[Mapping[str, Any]], timezone: str, as_of: int | None) -> list[Touch]:
    """The touches up to as_of, by `at`, ties by `touch_id`."""
    kept = [row for row in rows if as_of is None or row["at"] <= as_of]
    ordered = sorted(kept, key=lambda row: (row["at"], row["touch_id"]))
    touches = []
    for index, row in enumerate(ordered):
        fields = {name: value for name, value in row.items() if not is_missing(value)}
        zone = ZoneInfo(fields.get("timezone", timezone))
        fields |= derived_fields(row["at"], zone)
        touches.append(Touch(index=index, at=row["at"], touch_id=row["touch_id"], fields=fields, zone=zone))
    return touches


def read_field(book: Book, touch: Touch, name: str) -> Any:
    """The value of a field or a signal of that rulebook; None if it is missing."""
    signals = book.content["signals"]
    if name not in signals:
        return touch.fields.get(name)
    if (touch.index, name) not in book.read:
        book.read[touch.index, name] = signal_value(signals[name], touch.fields)
    return book.read[touch.index, name]


def key_of(book: Book, touch: Touch, per: str | list[str]) -> tuple[Any, ...] | None:
    """The touch's values of the key that `per` names; None if one is missing."""
    short = {"contact": ["contact_id"], "account": ["account_id"], "rep": ["rep_id"]}
    names = short[per] if isinstance(per, str) else per
    values = tuple(read_field(book, touch, name) for name in names)
    return None if any(value is None for value in values) else values
