"""Opt-outs, hours and registries: what calling law is reported to forbid."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.dates import next_monday, workday_of
from touchrules.streams.demo.episodes.moves import dial, send_mail, speak, take_no_message
from touchrules.streams.demo.objectives import OBJECTIVES, REASONS
from touchrules.streams.demo.story import HOUR, Story

_ALABAMA_HOLIDAYS = ("2025-05-26", "2025-06-19", "2025-07-04", "2025-09-01", "2025-10-13", "2025-11-11")
ALABAMA_CLOSED = frozenset(map(workday_of, (*_ALABAMA_HOLIDAYS, "2025-01-20", "2025-02-17", "2025-11-27")))
_REVOCATION_HOLDS = workday_of("2025-04-11")


def opt_out(story: Story, channel: str = "") -> None:
    """After an e-mail of ours they want no more."""
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    story.wait(40, 90)
    story.touch("opt_out", direction="inbound", topic="", extra=f"{channel},,")


def honour_an_opt_out(story: Story) -> None:
    """They want no more, and get no more."""
    opt_out(story)


def call_after_the_opt_out(story: Story) -> None:
    """A call days after the opt-out."""
    opt_out(story)
    story.sleep(2, 6)
    story.turn()
    dial(story, breaks=("touched-after-opting-out",))
    take_no_message(story)


def call_long_after_the_opt_out(story: Story) -> None:
    """A call weeks after it, when the law has long bound us."""
    story.day = max(story.day, _REVOCATION_HOLDS)
    opt_out(story)
    story.sleep(13, 18)
    story.turn()
    dial(story, breaks=("touched-after-opting-out", "called-after-the-opt-out"))
    take_no_message(story)


def mail_long_after_the_opt_out(story: Story) -> None:
    """An e-mail weeks after it."""
    _mail_late(story, "mailed-after-the-opt-out")


def mail_canada_long_after_the_opt_out(story: Story) -> None:
    """The same in Canada."""
    story.move("America/Toronto", "+1", "416")
    _mail_late(story, "message-after-a-canadian-unsubscribe")


def _mail_late(story: Story, rule: str) -> None:
    opt_out(story, "email")
    story.sleep(13, 18)
    voice = story.rep.team.voice
    rules = ("touched-after-opting-out", rule)
    send_mail(story, lines.WRITES, voice.reasons, voice.values, voice.thanks, breaks=rules)


def change_the_channel(story: Story) -> None:
    """On the telephone they want no more of us, and then they get an e-mail."""
    voice = story.rep.team.voice
    speak(story, "do_not_contact", voice.intros, voice.reasons, lines.NO_MORE, voice.thanks)
    story.sleep(2, 5)
    slots = (lines.WRITES, voice.reasons, voice.values, voice.thanks)
    send_mail(story, *slots, breaks=("opt-out-taken-for-one-channel",))


def write_no_opt_out_down(story: Story) -> None:
    """They write that they want no more; somebody answers, and nobody writes it down."""
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    story.wait(20, 60)
    rules = ("opt-out-not-on-record",)
    story.touch(
        "email", direction="inbound", subject="Re: your note", text=story.say(slips.STOPS), breaks=rules
    )
    story.wait(20, 60)
    send_mail(story, lines.WRITES, lines.SORRY_TO_SEE, voice.thanks, follows=True)


def _call_in(story: Story, state: str, low: float, high: float, breaks: Iterable[str]) -> None:
    """A call to a state at an hour between the two."""
    story.move("America/New_York", "+1", "212")
    story.meet(state=state)
    story.second = between(story.random, int(low * HOUR), int(high * HOUR))
    dial(story, breaks=breaks)
    take_no_message(story)


def call_late_in_a_strict_state(story: Story) -> None:
    """Half past eight in the evening where the day ends at eight."""
    state = pick(story.random, ("AL", "FL", "MD", "OK", "WA"))
    # Alabama allows no call on a holiday, be it early or late.
    story.day += state == "AL" and story.day in ALABAMA_CLOSED
    _call_in(story, state, 20.1, 20.7, ("called-late-in-a-strict-state", "outside-our-hours"))


def call_connecticut_early(story: Story) -> None:
    """Before nine in Connecticut."""
    _call_in(story, "CT", 8.1, 8.7, ("called-outside-connecticut-hours", "outside-our-hours"))


def call_kentucky_early(story: Story) -> None:
    """Before ten in Kentucky."""
    _call_in(story, "KY", 9.1, 9.7, ("called-outside-kentucky-hours",))


def call_rhode_island_late(story: Story) -> None:
    """After six in Rhode Island."""
    _call_in(story, "RI", 18.1, 18.8, ("called-outside-rhode-island-hours", "outside-our-hours"))


def call_on_a_sunday(story: Story) -> None:
    """A Sunday in Louisiana or Alabama."""
    story.day = next_monday(story.day) + 4
    state = pick(story.random, ("AL", "LA"))
    _call_in(story, state, 58.5, 61, ("called-on-a-sunday", "touched-on-a-day-off"))


def call_on_a_holiday(story: Story) -> None:
    """A holiday in Alabama."""
    story.day = workday_of(pick(story.random, _ALABAMA_HOLIDAYS))
    _call_in(story, "AL", 10, 14, ("called-on-a-state-holiday",))


def call_four_times_on_one_subject(story: Story) -> None:
    """Four calls on one subject within a day in Florida."""
    story.move("America/New_York", "+1", "305")
    for number in range(4):
        story.second = int((9.3 + 2 * number) * HOUR) + between(story.random, 0, 900)
        rules = ("fourth-call-on-one-subject", "too-many-touches-in-a-day")
        dial(story, breaks=rules if number == 3 else ())
        take_no_message(story)


def _dial_marked(story: Story, extra: str, *rules: str) -> None:
    """A call that carries a mark of the dialler or the registry."""
    story.touch(
        "call",
        "no_answer",
        reason=REASONS[0],
        objective=OBJECTIVES[0],
        seconds=20,
        extra=extra,
        breaks=rules,
    )
    take_no_message(story)


def dial_by_machine(story: Story) -> None:
    """Two automated calls to a number in Maine within hours."""
    story.move("America/New_York", "+1", "212")
    story.meet(state="ME")
    story.second = between(story.random, 9 * HOUR, 10 * HOUR)
    _dial_marked(story, ",true,")
    story.wait(120, 300)
    _dial_marked(story, ",true,", "automated-call-too-soon")


def call_from_the_registry(story: Story) -> None:
    """The number stands on the registry, and there is no relationship."""
    _dial_marked(story, ",,true", "called-from-the-registry")


def search_the_registry_too_seldom(story: Story) -> None:
    """The last search is older than a month."""
    story.touch("registry_check", direction="internal", topic="")
    story.sleep(26, 30)
    _dial_marked(story, ",,false", "registry-search-too-old")


def ring_at_night_by_our_clock(story: Story) -> None:
    """Three in the morning by our records, which do not know the zone."""
    story.move("UTC", "+44", "20")
    story.contact.cells = story.contact.cells.removeprefix("UTC")
    story.second = between(story.random, 2 * HOUR, 4 * HOUR)
    dial(story, breaks=("night-call-by-our-clock", "outside-our-hours", "called-outside-legal-hours"))
    take_no_message(story)
