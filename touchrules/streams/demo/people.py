"""The accounts of the demo and the people in them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from touchrules.streams.demo.choices import below, pick
from touchrules.streams.demo.company import Rep
from touchrules.streams.demo.dates import midnights
from touchrules.streams.demo.names import CITIES, COMPANY_FRONTS, FIRST_NAMES, LAST_NAMES, TITLES, ZONES

FIELDS: Final = (
    "timezone",
    "contact_name",
    "company_name",
    "title",
    "level",
    "icp",
    "contact_city",
    "contact_state",
    "contact_country",
    "team",
    "lead_grade",
)
"""The fields that are the same on all touches of a contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A company, called by the reps of one team."""

    id: str
    name: str
    rep: Rep
    zone: str
    country: str
    area: str
    grade: str


@dataclass(slots=True, kw_only=True)
class Contact:
    """A person in an account. `cells` are the FIELDS as they stand in the file.

    `topic`, `base` and `turn` choose what is said to the person.
    """

    id: str
    account: Account
    name: str
    first_name: str
    title: str
    level: str
    phone: str
    midnights: tuple[int, ...]
    cells: str
    topic: int
    base: int
    turn: int = 0


def open_account(random: Random, number: int, rep: Rep) -> Account:
    """An account of a rep."""
    team = rep.team
    zone, country, areas = pick(random, ZONES)
    draw = random.random()
    grade = "A" if draw < team.grades[0] else "B" if draw < team.grades[1] else "C"
    return Account(
        id=f"a{number:06}",
        name=f"{pick(random, COMPANY_FRONTS)} {pick(random, team.voice.trade)}",
        rep=rep,
        zone=zone,
        country=country,
        area=pick(random, areas),
        grade=grade,
    )


def meet(
    random: Random,
    account: Account,
    number: int,
    *,
    position: tuple[str, str] | None = None,
    fits: str = "true",
    state: str = "",
) -> Contact:
    """A person in an account. `fits`: the customer profile. `state`: if another than that of the area."""
    first = pick(random, FIRST_NAMES)
    name = f"{first} {pick(random, LAST_NAMES)}"
    title, level = position or pick(random, TITLES)
    team = account.rep.team.name
    city, usual, country = CITIES[account.area]
    place = f"{'' if state else city},{state or usual},{country}"
    return Contact(
        id=f"c{number:07}",
        account=account,
        name=name,
        first_name=first,
        title=title,
        level=level,
        phone=f"{account.country}{account.area}{2_000_000 + below(random, 8_000_000)}",
        midnights=midnights(account.zone),
        cells=f"{account.zone},{name},{account.name},{title},{level},{fits},{place},{team},{account.grade}",
        topic=below(random, 1000),
        base=below(random, 7**11),
    )
