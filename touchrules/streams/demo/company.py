"""The company of the demo: teams with a voice and with leads, reps with habits that change over the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final

from touchrules.streams.demo import voices
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.dates import LAST, WORKDAYS
from touchrules.streams.demo.names import REP_NAMES
from touchrules.streams.demo.voices import Voice

TOUCHES_OF_A_REP: Final = 2_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Reps who work in one trade. `grades`: shares of leads of grade A and of A or B. `care`: from 0 to 1."""

    name: str
    voice: Voice
    city: str
    area: str
    grades: tuple[float, float]
    care: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rep:
    """A rep, and how often the rep errs at the beginning (`first`) and at the end (`last`) of the year.

    `cells` are rep_id, rep_name, rep_role, rep_city and office_number as they stand in the file,
    `dials` the calls on each workday so far.
    """

    id: str
    name: str
    first_name: str
    team: Team
    phone: str
    cells: str
    first: float
    last: float
    dials: list[int] = field(default_factory=lambda: [0] * len(WORKDAYS))

    def busy(self, day: int) -> int:
        """How many calls the rep has around a workday."""
        return sum(self.dials[max(day - 1, 0) : day + 2])

    def errs(self, day: int) -> float:
        """How often the rep errs on a workday of the year, from 0 to 1."""
        return self.first + (self.last - self.first) * day / LAST


TEAMS: Final = (
    Team(name="north", voice=voices.NORTH, city="Portland", area="207", grades=(0.55, 0.85), care=0.9),
    Team(name="south", voice=voices.SOUTH, city="Austin", area="737", grades=(0.2, 0.6), care=0.6),
    Team(name="east", voice=voices.EAST, city="Boston", area="857", grades=(0.2, 0.65), care=0.7),
    Team(name="west", voice=voices.WEST, city="Denver", area="720", grades=(0.15, 0.5), care=0.4),
)


def hire(random: Random, touches: int) -> list[Rep]:
    """The reps of a company that makes so many touches in a year, at least two in each team."""
    number = max(2 * len(TEAMS), round(touches / TOUCHES_OF_A_REP))
    return [_rep(random, n, TEAMS[n % len(TEAMS)]) for n in range(number)]


def _rep(random: Random, number: int, team: Team) -> Rep:
    turn, place = divmod(number, len(REP_NAMES))
    name = REP_NAMES[place]
    base = 0.5 * (1 - team.care) + 0.15 * random.random()
    # Half of the reps learn over the year, some get worse.
    last = base * (0.4 if random.random() < 0.5 else 0.8 + 0.6 * random.random())
    return make_rep(random, name, team, turn, first=base, last=last)


def make_rep(
    random: Random,
    name: str,
    team: Team,
    turn: int = 0,
    *,
    role: str = "rep",
    first: float = 0,
    last: float = 0,
) -> Rep:
    """A rep of a team; `turn` is how often the company has had that name before."""
    rep_id = name.lower().replace(" ", ".") + (f"{turn + 1}" if turn else "")
    phone = f"+1{team.area}{between(random, 200, 899)}{between(random, 1000, 9999)}"
    return Rep(
        id=rep_id,
        name=name,
        first_name=name.split(maxsplit=1)[0],
        team=team,
        phone=phone,
        cells=f"{rep_id},{name},{role},{team.city},{phone}",
        first=first,
        last=last,
    )
