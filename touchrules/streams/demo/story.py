"""Writes down, touch by touch, what happens between a rep and a contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.company import Rep, make_rep
from touchrules.streams.demo.dates import LAST, SPOKEN_DAYS, spoken_time, write_time
from touchrules.streams.demo.effects import GRADE_FACTORS
from touchrules.streams.demo.limits import LIMITS, OTHER_LIMITS
from touchrules.streams.demo.names import FIRST_NAMES, LAST_NAMES, REFERRER_PLACES, REP_NAMES
from touchrules.streams.demo.people import FIELDS, Contact, meet, open_account

COLUMNS: Final = (
    "touch_id",
    "at",
    "kind",
    "direction",
    "outcome",
    "rep_id",
    "rep_name",
    "rep_role",
    "rep_city",
    "office_number",
    "contact_id",
    "account_id",
    "duration_s",
    "subject",
    "text",
    "topic",
    "reason",
    "objective",
    "campaign",
    "step",
    "campaign_steps",
    "promised_at",
    "referred_by",
    "referred_to",
    "from_number",
    "to_number",
    "stage",
    "appointment_minutes",
    "opt_out_channel",
    "automated_call",
    "registry_entry",
    *FIELDS,
)

MINUTE: Final = 60
HOUR: Final = 3_600
OPENS: Final = 9 * HOUR
"""Nobody is called before, on the clocks of the contact."""
CLOSES: Final = 14 * HOUR
"""No series of calls begins after, so that it ends within the working day."""
_SPREAD: Final = tuple(7**n for n in range(12))
_LIMITS: Final = LIMITS | OTHER_LIMITS
_BY_PHONE: Final = frozenset({"call", "voicemail", "sms"})

Moment = tuple[int, int]
"""A workday of the year, and the seconds since its midnight on the contact's clocks."""


@dataclass(slots=True)
class Ledger:
    """All that was written: the rows of the file, and which touches break which rule."""

    lines: list[str] = field(default_factory=list)
    written: int = 0
    people: int = 0
    accounts: int = 0
    temps: int = 0
    reps: list[Rep] = field(default_factory=list)
    planted: dict[str, list[str]] = field(default_factory=dict)
    used: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def spare(self, rep: Rep, habit: str, day: int) -> bool:
        """Whether a rep may do this once more and has no habit yet. If so, it is counted."""
        done = self.used.setdefault((rep.id, habit), [])
        if _LIMITS[habit].forbids(day, done):
            return False
        done.append(day)
        return True


@dataclass(slots=True, kw_only=True)
class Story:
    """What happens between one rep and one contact. `day` and `second` are the moment it has come to.

    `alone`: nothing else may happen in the account.
    """

    random: Random
    ledger: Ledger
    contact: Contact
    rep: Rep
    mate: Rep
    day: int
    second: int
    referrer: str = ""
    place: str = ""
    paper: str = ""
    alone: bool = False

    @property
    def topic(self) -> str:
        """What the two talk about now."""
        topics = self.rep.team.voice.topics
        return topics[self.contact.topic % len(topics)]

    def chance(self, share: float) -> bool:
        """Whether it happens this time; better leads say yes more often."""
        return self.random.random() < share * GRADE_FACTORS[self.contact.account.grade]

    def spare(self, habit: str, ahead: int = 0, *, rep: Rep | None = None) -> bool:
        """Whether the rep (or another) may slip so many workdays ahead in a way that many times is a habit.

        If so, it is counted, so it is asked once for each slip, about the one who makes it.
        """
        return self.ledger.spare(rep or self.rep, habit, self.day + ahead)

    def wait(self, low: int, high: int) -> None:
        """Let so many minutes pass, drawn between the two."""
        self.second += between(self.random, low * MINUTE, high * MINUTE)

    def sleep(self, low: int, high: int = 0) -> None:
        """Go on some workdays later, at any time at which a series of calls may begin."""
        self.day += between(self.random, low, high or low)
        self.second = between(self.random, OPENS, CLOSES)

    def go(self, moment: Moment, slack: int = 6) -> None:
        """Go to a moment, give or take so many minutes."""
        self.day = moment[0]
        self.second = moment[1] + between(self.random, -slack * MINUTE, slack * MINUTE)

    def ahead(self, low: int, high: int) -> Moment:
        """A moment some workdays ahead, on the hour or half past."""
        return self.day + between(self.random, low, high), between(self.random, 19, 31) * 30 * MINUTE

    def later_today(self, low: int, high: int) -> Moment:
        """A moment on the same day so many half hours ahead, on the hour or half past."""
        return self.day, (self.second // (30 * MINUTE) + between(self.random, low, high)) * 30 * MINUTE

    def refer(self) -> None:
        """Somebody knows them and sent us."""
        self.referrer = f"{pick(self.random, FIRST_NAMES)} {pick(self.random, LAST_NAMES)}"
        self.place = pick(self.random, REFERRER_PLACES)

    def hire(self, role: str = "rep") -> Rep:
        """Somebody new in the rep's team, who stays for this story only."""
        ledger, random = self.ledger, self.random
        ledger.temps += 1
        turn = 100 + ledger.temps
        return make_rep(random, REP_NAMES[turn % len(REP_NAMES)], self.rep.team, turn, role=role)

    def meet(
        self, *, position: tuple[str, str] | None = None, fits: str = "true", state: str = ""
    ) -> Contact:
        """Another person of the same account, whom the story is about from now on; see `people.meet`."""
        self.ledger.people += 1
        account, number = self.contact.account, self.ledger.people
        self.contact = meet(self.random, account, number, position=position, fits=fits, state=state)
        return self.contact

    def enter(self) -> None:
        """Another account, and the story is about somebody there from now on."""
        self.ledger.accounts += 1
        account = open_account(self.random, self.ledger.accounts, self.rep)
        self.ledger.people += 1
        self.contact = meet(self.random, account, self.ledger.people)

    def move(self, zone: str, country: str, area: str) -> None:
        """The account is at another place, before anything has happened there."""
        account = replace(self.contact.account, zone=zone, country=country, area=area)
        self.contact = meet(self.random, account, int(self.contact.id[1:]))

    def turn(self) -> None:
        """Take up a new topic."""
        self.contact.topic += 1

    def say(self, *slots: Sequence[str], moment: Moment | None = None, minutes: int = 0) -> str:
        """A text with one sentence of each slot; `moment` is the time that it names, `minutes` a length.

        The sentences rotate, so that a contact does not hear the same text again.
        """
        contact, voice = self.contact, self.rep.team.voice
        turn, base = contact.turn, contact.base
        # One draw for all numbers: this is where most of the time goes.
        draw = int(self.random.random() * 1_000_000_000)
        contact.turn = turn + 1
        blanks = {
            "first": contact.first_name,
            "rep": self.rep.first_name,
            "company": contact.account.name,
            "topic": voice.topics[contact.topic % len(voice.topics)],
            "peer": voice.peers[draw % len(voice.peers)],
            "referrer": self.referrer,
            "place": self.place,
            "paper": self.paper,
            "n": 11 + draw // 100 % 38,
            "m": 3 + draw // 10_000 % 12,
            "k": 20 + draw // 100_000 % 71,
            "j": 6 + draw // 10_000_000 % 14,
            "day": SPOKEN_DAYS[moment[0]] if moment else "",
            "time": spoken_time(moment[1]) if moment else "",
            "minutes": minutes,
        }
        chosen = [slot[(base // _SPREAD[n] + turn + n) % len(slot)] for n, slot in enumerate(slots)]
        return " ".join(chosen).format_map(blanks)

    def touch(  # noqa: PLR0913 - the columns of a touch
        self,
        kind: str,
        outcome: str = "",
        *,
        direction: str = "outbound",
        text: str = "",
        subject: str = "",
        topic: str | None = None,
        reason: str = "",
        objective: str = "",
        cadence: str = ",,",
        promised: Moment | None = None,
        referred_by: str = "",
        referred_to: str = "",
        stage: str = "",
        minutes: str = "",
        extra: str = ",,",
        caller: str = "",
        seconds: int = 0,
        breaks: Iterable[str] = (),
    ) -> str:
        """Write down a touch; its id is returned, "" after the year. `breaks` are the rules that it breaks.

        `cadence` is campaign, step and number of steps, `extra` is opt_out_channel, automated_call and
        registry_entry as they stand in the file; `caller` is the number shown, if not the rep's own.
        """
        ledger, contact, rep = self.ledger, self.contact, self.rep
        if self.day > LAST:
            return ""
        ledger.written += 1
        touch_id = f"t{ledger.written:07}"
        starts = contact.midnights
        due = write_time(starts[promised[0]] + promised[1]) if promised else ""
        numbers = ","
        if kind in _BY_PHONE:
            ours, theirs = caller or rep.phone, contact.phone
            rep.dials[self.day] += 1
            numbers = f"{ours},{theirs}" if direction == "outbound" else f"{theirs},{ours}"
        about = self.topic if topic is None else topic
        ledger.lines.append(
            f"{touch_id},{write_time(starts[self.day] + self.second)},{kind},{direction},{outcome},"
            f'{rep.cells},{contact.id},{contact.account.id},{seconds or ""},"{subject}","{text}",{about},'
            f'"{reason}",{objective},'
            f"{cadence},{due},{referred_by},{referred_to},{numbers},{stage},{minutes},{extra},{contact.cells}\n"
        )
        for rule in breaks:
            ledger.planted.setdefault(rule, []).append(touch_id)
        return touch_id


Play = Callable[[Story], None]
"""An episode: it writes touches, from the story's moment on."""
