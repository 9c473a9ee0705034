"""Looking back: the tests in `where`, with their windows (language.md, section 4)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from touchrules.errors import Place
from touchrules.model.filters import EVERY_TOUCH, Comparison, Filter

Period = Literal["day", "week", "month", "quarter"]
Key = tuple[str, ...]
"""Names of the fields whose values are the key; `contact` is `("contact_id",)`."""

PER_CONTACT: Key = ("contact_id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """`within: D`: touches with at(j) > at(i) - D. Microseconds."""

    duration: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """`between: [A, B]`: touches with at(i) - B < at(j) <= at(i) - A. Microseconds, A < B."""

    nearest: int
    farthest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InSame:
    """`in_same: day`: touches since the start of the trigger's local calendar period."""

    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which earlier touches count. `newest` is applied last; with nothing set, all history counts."""

    span: Within | Between | InSame | None = None
    since_last: Filter | None = None
    newest: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One compare: `more_than: 3`. A duration is its seconds."""

    how: Comparison
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """What all tests over earlier touches have."""

    per: Key = PER_CONTACT
    window: Window = Window()
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(LookBack):
    """`count: F`: how many touches F accepts, the trigger among them."""

    of: Filter
    compare: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct(LookBack):
    """`distinct: field, of: F`: how many different present values the field has on them."""

    field: str
    of: Filter
    compare: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(LookBack):
    """`sum: field, of: F`: exact, of values rounded to millionths, missing as 0."""

    field: str
    of: Filter
    compare: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Average(LookBack):
    """`average: field, of: F`: that sum over the touches where the field is present."""

    field: str
    of: Filter
    compare: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(LookBack):
    """`share: F, of: G`: touches that both accept over touches that G accepts."""

    share: Filter
    of: Filter
    compare: tuple[Threshold, ...]
    out_of: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(LookBack):
    """`seen: F`: an earlier touch that F accepts."""

    of: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Never(LookBack):
    """`never: F`: not seen."""

    of: Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Last(LookBack):
    """`last: F, has: {...}`: the last earlier touch that F accepts has this."""

    of: Filter
    has: Filter = EVERY_TOUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(LookBack):
    """`gap: F`: seconds since the last earlier touch that F accepts."""

    of: Filter
    compare: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactHolds:
    """`fact: name`: the fact holds for the trigger."""

    fact: str
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyTest:
    """`any: [tests]`: one of them is true. With none, false."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTest:
    """`not: test`."""

    test: Test


LookBackTest = Count | Distinct | Sum | Average | Share | Seen | Never | Last | Gap
Test = LookBackTest | FactHolds | AnyTest | NotTest
