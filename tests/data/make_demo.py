"""Make the small demo stream that is shipped: eight reps with different habits, six months of 2026.

Run `python -m tests.data.make_demo` at the root of the project to write it anew; the same seed gives the
same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tests.data import demo_words as words
from tests.data.demo_people import Habits, Row, between, contacts, habits_of_reps, pick

SHIPPED = Path(__file__).parents[2] / "touchrules" / "shipped" / "demo.csv.gz"
SEED = 2026
FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
LAST_INSTANT = datetime(2026, 6, 30, 23, 59, tzinfo=UTC)
COLUMNS = [
    "touch_id",
    "at",
    "contact_id",
    "account_id",
    "rep_id",
    "kind",
    "direction",
    "outcome",
    "duration_s",
    "subject",
    "text",
    "topic",
    "objective",
    "promised_at",
    "referred_by",
    "timezone",
    "contact_name",
    "company_name",
    "title",
    "level",
    "icp",
    "stage",
    "appointment_minutes",
]


@dataclass(slots=True, kw_only=True)
class Story:
    """What happens between one rep and one contact; `clock` is the contact's local time."""

    random: Random
    habits: Habits
    contact: Row
    topic: str
    clock: datetime
    rows: list[Row] = field(default_factory=list)
    referrer: str = ""
    known: bool = False
    voicemails: int = 0
    promised: datetime | None = None
    has_appointment: bool = False
    over: bool = False


def chance(story: Story, share: float) -> bool:
    """Whether it happens this time."""
    return story.random.random() < share


def say(story: Story, *choices: Sequence[str]) -> str:
    """One sentence of each of the lists, with the names filled in."""
    due = story.promised or story.clock
    blanks = {
        "first": story.contact["contact_name"].split()[0],
        "rep": story.habits.rep.split(".")[0].title(),
        "referrer": story.referrer,
        "place": pick(story.random, words.REFERRER_PLACES),
        "topic": story.topic,
        "day": f"{due:%A}",
        "time": f"{due:%H:%M}",
        "weekday": f"{story.clock:%A}",
    }
    return " ".join(pick(story.random, sentences).format(**blanks) for sentences in choices)


def write(story: Story, kind: str, **fields: str) -> None:
    """Add a touch at the story's clock."""
    row = {**story.contact, "rep_id": story.habits.rep, "kind": kind, "direction": "outbound", **fields}
    row["at"] = instant(story.clock)
    if kind in ("call", "voicemail"):
        row.setdefault("topic", story.topic)
        row.setdefault("duration_s", str(between(story.random, 15, 55)))
    story.rows.append(row)


def instant(moment: datetime) -> str:
    """The moment in UTC as it stands in the file."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def business_time(moment: datetime) -> datetime:
    """The same moment if people are at work then, else one on the next morning at which they are."""
    if moment.hour < 9:
        moment = moment.replace(hour=9)
    if moment.hour >= 17:
        moment = (moment + timedelta(days=1)).replace(hour=9)
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment


def wait(story: Story, **length: int) -> None:
    """Let time pass, to the next business hours."""
    later = story.clock + timedelta(**length, seconds=between(story.random, 0, 59))
    story.clock = business_time(later)


def appointment(story: Story, days: int) -> datetime:
    """A full or half hour some days ahead, on a working day."""
    day = story.clock + timedelta(days=days)
    hour, minute = between(story.random, 9, 16), pick(story.random, (0, 30))
    return business_time(day.replace(hour=hour, minute=minute, second=0))


def conversation(story: Story) -> None:
    """They pick up: a pitch or a conversation, and what comes of it."""
    lines = words.PITCHES if chance(story, story.habits.pitches) else words.QUESTIONS
    outcome = pick(story.random, words.CONVERSATIONS)
    write(
        story,
        "call",
        outcome=outcome,
        duration_s=str(between(story.random, 60, 900)),
        objective=pick(story.random, words.OBJECTIVES),
        text=say(story, words.GREETINGS, lines, words.ANSWERS),
    )
    story.known, story.voicemails, story.promised = True, 0, None
    story.over = outcome in ("not_interested", "no_project") or chance(story, 0.3)
    if story.over:
        return
    for stage in words.STAGES[: pick(story.random, (0, 0, 0, 1, 2, 3))]:
        wait(story, days=between(story.random, 2, 9))
        write(story, "meeting", outcome="connected", text=say(story, words.ANSWERS))
        write(story, "stage", direction="internal", stage=stage)


def gatekeeper(story: Story) -> datetime | None:
    """Press zero; the time to call that comes out of it, if any."""
    story.clock += timedelta(minutes=between(story.random, 1, 4))
    heard = pick(story.random, ("in_meeting", "in_meeting", "away", "away", "assistant", "no_answer"))
    if heard == "in_meeting" and chance(story, story.habits.asks_when):
        later = story.clock + timedelta(hours=between(story.random, 1, 3))
        free = later.replace(minute=pick(story.random, (0, 30)), second=0)
        note = say(story, words.MEETING_NOTES)
        write(story, "gatekeeper", outcome=heard, text=note, promised_at=instant(free))
        return free
    if heard == "assistant":
        return ask_assistant(story)
    notes = {"in_meeting": words.MEETING_NOTES, "away": words.AWAY_NOTES}.get(heard)
    write(story, "gatekeeper", outcome=heard, text=say(story, notes) if notes else "")
    if heard == "away" and chance(story, story.habits.keeps_promises):
        return business_time((story.clock + timedelta(days=1)).replace(hour=between(story.random, 9, 15)))
    return None


def ask_assistant(story: Story) -> datetime:
    """The assistant puts a call in the calendar, for a short or a long slot."""
    due = appointment(story, between(story.random, 1, 4))
    fields = {"outcome": "assistant", "promised_at": instant(due)}
    if not chance(story, story.habits.asks_for_long):
        fields |= {"appointment_minutes": pick(story.random, ("10", "15"))}
        write(story, "gatekeeper", text=say(story, words.ASSISTANT_NOTES), **fields)
    elif chance(story, 0.5):
        fields |= {"appointment_minutes": pick(story.random, ("20", "30", "45"))}
        write(story, "gatekeeper", text=say(story, words.ASSISTANT_NOTES), **fields)
    else:
        write(story, "gatekeeper", text=say(story, words.LONG_NOTES), **fields)
    return due


def voicemail(story: Story) -> datetime | None:
    """Leave a message; the time at which it promises the next call, if it does."""
    habits, had_promise = story.habits, story.promised is not None
    story.clock += timedelta(minutes=between(story.random, 1, 3))
    story.voicemails += 1
    is_last = story.voicemails >= 3
    story.promised = None
    if not is_last and chance(story, habits.promises):
        story.promised = appointment(story, between(story.random, 1, 5))
    parts = [words.GREETINGS]
    if story.voicemails > 1:
        recalls = had_promise and chance(story, habits.recalls_promise)
        parts.append(words.RECALLS if recalls else words.REPEATS)
    if story.referrer and not story.known:
        names = chance(story, habits.names_referrer)
        parts.append(words.NAMED_REFERRALS if names else words.UNNAMED_REFERRALS)
    parts.append(words.PITCHES if chance(story, habits.pitches / 3) else words.REASONS)
    if is_last and chance(story, habits.asks_how):
        parts.append(words.PROCEEDS)
    else:
        parts.append(words.PROMISES if story.promised else words.WAITING)
    text = say(story, *parts) if chance(story, 0.95) else ""
    write(story, "voicemail", text=text, promised_at=instant(story.promised) if story.promised else "")
    return story.promised


def they_answer(story: Story) -> None:
    """They ring or write back some hours later."""
    wait(story, hours=between(story.random, 2, 20))
    if chance(story, 0.5):
        write(story, "call", direction="inbound", outcome="connected", text=say(story, words.ANSWERS))
    else:
        write(story, "email", direction="inbound", subject="Re: your message", text=say(story, words.REPLIES))
    story.known, story.voicemails, story.promised = True, 0, None


def wants_to_leave_message(story: Story, told_when: bool) -> bool:
    """Whether this rep leaves a voicemail now."""
    if story.voicemails >= 3:
        return chance(story, story.habits.goes_on)
    share = 0.9 if story.known or story.referrer else story.habits.messages_strangers
    return chance(story, share * (1 - story.habits.asks_when) if told_when else share)


def attempt(story: Story) -> None:
    """One try to reach them, and when the next one comes."""
    if chance(story, 0.22 if story.known or story.referrer else 0.12):
        conversation(story)
        story.has_appointment = False
        wait(story, days=between(story.random, 5, 12))
        return
    write(story, "call", outcome="no_answer")
    due = None
    if chance(story, story.habits.presses_zero):
        due = gatekeeper(story)
    elif chance(story, story.habits.tries_again):
        story.clock += timedelta(minutes=between(story.random, 15, 50))
        write(story, "call", outcome="no_answer")
    if wants_to_leave_message(story, due is not None):
        due = voicemail(story) or due
        if chance(story, 0.14 if story.known or story.referrer else 0.02):
            they_answer(story)
            due = None
    elif chance(story, 0.3):
        write(story, "email", subject=story.topic.title(), text=say(story, words.MAILS))
    plan_next(story, due)


def plan_next(story: Story, due: datetime | None) -> None:
    """Be there at the promised time, or too late, or some days later."""
    story.has_appointment = False
    if due is not None and chance(story, story.habits.keeps_promises):
        story.clock = max(story.clock, due + timedelta(minutes=between(story.random, -6, 8)))
        story.has_appointment = True
    elif due is not None and due > story.clock and chance(story, 0.5):
        story.clock = business_time(due + timedelta(minutes=between(story.random, 20, 240)))
    else:
        wait(story, days=between(story.random, 2, 6))
    if due is None and chance(story, 0.3):
        story.clock = business_time(story.clock.replace(hour=between(story.random, 9, 16)))


def begin(story: Story) -> None:
    """How the contact came to us: by referral, by a form, as an old acquaintance, or not at all."""
    origin = story.random.random()
    if origin < 0.35:
        if origin < 0.05:
            story.clock -= timedelta(days=210)
        story.referrer = f"{pick(story.random, words.FIRST_NAMES)} {pick(story.random, words.LAST_NAMES)}"
        write(story, "referral", direction="inbound", referred_by=story.referrer)
        if origin < 0.05:
            story.clock += timedelta(days=210)
        wait(story, days=between(story.random, 1, 3))
    elif origin < 0.47:
        write(story, "form", direction="inbound", text=say(story, words.FORM_NOTES))
        story.known = True
        wait(story, hours=between(story.random, 0, 5))
    elif origin < 0.52:
        write(story, "meeting", outcome="connected", text=say(story, words.ANSWERS))
        story.known = True
        wait(story, days=between(story.random, 10, 40))


def finish(story: Story) -> None:
    """A deal of somebody who never answered is closed, or moved as if they had."""
    if story.voicemails < 3:
        return
    wait(story, days=between(story.random, 8, 14))
    is_moved = chance(story, story.habits.moves_silent_deals)
    write(story, "stage", direction="internal", stage="proposal" if is_moved else "closed_lost")


def tell(random: Random, habits: Habits, contact: Row) -> list[Row]:
    """The touches of one contact."""
    zone = ZoneInfo(contact["timezone"])
    day = FIRST_DAY + timedelta(days=between(random, 0, 150))
    start = day.replace(tzinfo=zone, hour=between(random, 9, 15), minute=between(random, 0, 59))
    topic = pick(random, words.TOPICS)
    story = Story(random=random, habits=habits, contact=contact, topic=topic, clock=business_time(start))
    begin(story)
    for _ in range(between(random, 5, 9)):
        if not story.over:
            attempt(story)
    if story.has_appointment and not story.over:
        conversation(story)
    finish(story)
    return story.rows


def make_rows(seed: int) -> list[Row]:
    """The touches of all contacts, in the order of time; the last reps have more contacts than the first."""
    random = Random(seed)
    habits = habits_of_reps()
    shares = (0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 7, 7, 7)
    stories = [tell(random, habits[pick(random, shares)], contact) for contact in contacts(random)]
    rows = sorted((row for story in stories for row in story), key=lambda row: row["at"])
    rows = [row for row in rows if row["at"] <= instant(LAST_INSTANT)]
    return [{**row, "touch_id": f"t{number:05}"} for number, row in enumerate(rows, 1)]


def make_csv(seed: int) -> bytes:
    """The stream as CSV in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(make_rows(seed))
    return text.getvalue().encode()


def pack(content: bytes) -> bytes:
    """The content compressed; without a time stamp, so that the same rows are the same bytes."""
    packed = io.BytesIO()
    # gzip.compress() writes another header in Python 3.13 than before.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


def main() -> None:
    """Write the shipped file."""
    SHIPPED.write_bytes(pack(make_csv(SEED)))


if __name__ == "__main__":
    main()
