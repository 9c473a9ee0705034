"""The single moves of which the episodes are made: a dial, a question at reception, a message."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines
from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.objectives import FOLLOW_UPS, OBJECTIVES, REASONS
from touchrules.streams.demo.story import Moment, Story


def objective(story: Story) -> str:
    """What the rep wants from a call."""
    return pick(story.random, OBJECTIVES)


def dial(
    story: Story, outcome: str = "no_answer", *, breaks: Iterable[str] = (), aim: str | None = None
) -> str:
    """A call to which nobody answers."""
    return story.touch(
        "call",
        outcome,
        reason=pick(story.random, REASONS),
        objective=objective(story) if aim is None else aim,
        seconds=between(story.random, 14, 45),
        breaks=breaks,
    )


def take_no_message(story: Story) -> None:
    """Reception answers a few minutes after a dial and knows nothing."""
    story.wait(2, 9)
    story.touch("gatekeeper", text=story.say(lines.MESSAGE_TAKEN), topic="")


def dial_in_vain(story: Story) -> None:
    """Nobody answers, and reception knows nothing."""
    dial(story)
    take_no_message(story)


def hear_free_at(story: Story) -> Moment:
    """Reception tells when the contact is free again, later on the same day."""
    moment = story.later_today(3, 6)
    story.touch(
        "gatekeeper", "in_meeting", text=story.say(lines.FREE_AT, moment=moment), promised=moment, topic=""
    )
    return moment


def hear_away(story: Story, breaks: Iterable[str] = ()) -> None:
    """Reception tells that the contact is out for the day."""
    story.touch("gatekeeper", "away", text=story.say(lines.AWAY), topic="", breaks=breaks)


def get_slot(story: Story, minutes: int = 15, breaks: Iterable[str] = ()) -> Moment:
    """The assistant makes an appointment within the next days."""
    moment = story.ahead(1, 3)
    story.touch(
        "gatekeeper",
        "assistant",
        text=story.say(lines.SLOT_GIVEN, minutes=minutes),
        promised=moment,
        minutes=str(minutes),
        topic="",
        breaks=breaks,
    )
    return moment


def leave_message(
    story: Story,
    *slots: tuple[str, ...],
    promised: Moment | None = None,
    breaks: Iterable[str] = (),
    named: bool = True,
) -> str:
    """A voicemail."""
    story.turn()
    return story.touch(
        "voicemail",
        text=story.say(*slots, moment=promised),
        promised=promised,
        reason=pick(story.random, REASONS),
        referred_by=story.referrer if named else "",
        seconds=between(story.random, 16, 40),
        breaks=breaks,
    )


def send_mail(
    story: Story, *slots: tuple[str, ...], breaks: Iterable[str] = (), follows: bool = False
) -> str:
    """An e-mail of the rep."""
    story.turn()
    return story.touch(
        "email",
        subject=story.say(lines.SUBJECTS),
        text=story.say(*slots),
        reason=pick(story.random, FOLLOW_UPS if follows else REASONS),
        breaks=breaks,
    )


def speak(
    story: Story,
    outcome: str,
    *slots: tuple[str, ...],
    promised: Moment | None = None,
    reason: str | None = None,
    aim: str | None = None,
    seconds: int = 0,
    cadence: str = ",,",
    breaks: Iterable[str] = (),
) -> str:
    """A call that is answered."""
    story.turn()
    return story.touch(
        "call",
        outcome,
        text=story.say(*slots, moment=promised),
        promised=promised,
        reason=pick(story.random, REASONS) if reason is None else reason,
        objective=objective(story) if aim is None else aim,
        seconds=seconds or between(story.random, 95, 800),
        cadence=cadence,
        breaks=breaks,
    )


def send_text(story: Story, breaks: Iterable[str] = ()) -> str:
    """A text message."""
    story.turn()
    text = story.say(lines.WRITES, story.rep.team.voice.reasons)
    return story.touch("sms", text=text, reason=pick(story.random, REASONS), breaks=breaks)
