"""How often, with what, and until when: empty touches, stalls, farewells, plagues."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import (
    dial,
    dial_in_vain,
    send_mail,
    send_text,
    speak,
    take_no_message,
)
from touchrules.streams.demo.story import Story

_STALLED = "stalled-contact"


def _empty_mail(story: Story, slot: tuple[str, ...], breaks: Iterable[str] = ()) -> None:
    """An e-mail that brings nothing. Its reason is empty too."""
    story.turn()
    text = story.say(lines.WRITES, slot, slips.BYES)
    story.touch("email", subject="Me again", text=text, breaks=breaks)


def _good_mail(story: Story) -> None:
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)


def ask_whether_they_read_it(story: Story) -> None:
    """Whether they have read the e-mail, and nothing else."""
    _good_mail(story)
    story.sleep(8, 10)
    _empty_mail(story, slips.DID_YOU_READ, breaks=("did-you-read-my-email",))


def check_in(story: Story) -> None:
    """Just checking in."""
    _good_mail(story)
    story.sleep(8, 10)
    _empty_mail(story, slips.CHECKING, breaks=("just-checking-in",))


def bring_the_same_topic(story: Story) -> None:
    """A second e-mail with the topic of the first."""
    _good_mail(story)
    story.sleep(8, 10)
    story.contact.topic -= 1
    voice = story.rep.team.voice
    slots = (lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    send_mail(story, *slots, breaks=("same-topic-again",))


def bring_nothing_ever(story: Story) -> None:
    """Five e-mails, of which one brings something."""
    _good_mail(story)
    for number in range(4):
        story.sleep(8)
        rules = ("no-pattern-of-value",) if number == 3 else ()
        slot = slips.CHECKING if number % 2 else slips.DID_YOU_READ
        rule = "just-checking-in" if number % 2 else "did-you-read-my-email"
        _empty_mail(story, slot, breaks=(rule, *rules))


def talk_in_circles(story: Story) -> None:
    """Three conversations, and nothing has moved."""
    voice = story.rep.team.voice
    for number in range(3):
        start = voice.reasons if number == 0 else lines.SINCE_WE_SPOKE
        last = ("conversations-that-move-nothing", "gone-quiet-on-them") if number == 2 else ()
        slots = (voice.intros, start, voice.questions, voice.answers, voice.values, voice.thanks)
        speak(story, "connected", *slots, breaks=("no-next-conversation-agreed", *last))
        story.sleep(10, 14)


def _try_for_weeks(story: Story, last: Iterable[str]) -> None:
    """Six dials in vain over more than three weeks."""
    for number in range(6):
        story.turn()
        dial(story, breaks=last if number == 5 else ())
        take_no_message(story)
        story.sleep(4, 5)


def _say_farewell(story: Story, breaks: Iterable[str] = ()) -> None:
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, lines.ABOUT, lines.WALKS_AWAY, voice.thanks, breaks=breaks)


def walk_away(story: Story) -> None:
    """It has stalled; the rep takes it off the table, and some come back."""
    _try_for_weeks(story, (_STALLED,))
    _say_farewell(story)
    if story.chance(EFFECTS.walked_away_from_they_come_back):
        story.sleep(6, 15)
        voice = story.rep.team.voice
        moment = story.ahead(8, 12)
        slots = (
            lines.RETURNS,
            lines.GLAD,
            voice.questions,
            voice.answers,
            voice.values,
            lines.NEXT,
            lines.YES,
        )
        story.touch(
            "call",
            "callback_agreed",
            direction="inbound",
            text=story.say(*slots, moment=moment),
            promised=moment,
            seconds=400,
        )
        story.go(moment)
        speak(
            story, "not_interested", voice.intros, lines.AGREED, voice.questions, voice.values, lines.NOT_NOW
        )


def leave_it_stalled(story: Story) -> None:
    """It has stalled, and nobody ends it."""
    _try_for_weeks(story, (_STALLED, "stall-not-ended"))


def come_back_after_walking_away(story: Story) -> None:
    """It was taken off the table, and the rep calls again."""
    _try_for_weeks(story, (_STALLED,))
    _say_farewell(story)
    story.sleep(10, 20)
    story.turn()
    dial(story, breaks=("touch-after-walking-away",))
    take_no_message(story)


def walk_away_twice(story: Story) -> None:
    """The farewell is said once more."""
    _try_for_weeks(story, (_STALLED,))
    _say_farewell(story)
    story.sleep(10, 20)
    _say_farewell(story, breaks=("walked-away-twice",))


def be_a_plague(story: Story) -> None:
    """Six touches in three days, and no answer."""
    for number, kind in enumerate(("email", "sms", "email")):
        story.second = between(story.random, 10 * 3600, 11 * 3600)
        story.turn()
        dial_in_vain(story)
        story.second = between(story.random, 15 * 3600, 16 * 3600)
        rules = ("plague-of-touches",) if number == 2 else ()
        if kind == "email":
            voice = story.rep.team.voice
            send_mail(story, lines.WRITES, voice.reasons, voice.values, breaks=rules)
        else:
            send_text(story)
        story.day += 1
    _maybe_opt_out(story, EFFECTS.fifth_touch_in_a_week_opts_out)


def come_on_all_channels(story: Story) -> None:
    """Call, text message and social message on one day."""
    story.second = 9 * 3600 + 600
    dial_in_vain(story)
    voice = story.rep.team.voice
    story.second = 9 * 3600 + 5400
    send_text(story)
    story.second = 17 * 3600 + 7200
    story.turn()
    story.touch(
        "social",
        text=story.say(lines.WRITES, voice.values),
        reason="their annual report names the topic",
        breaks=("all-channels-in-a-day",),
    )


def keep_touching(story: Story) -> None:
    """Four or five touches within a week: allowed, and the fifth has a price."""
    touches = between(story.random, 3, 5)
    for number in range(touches):
        story.turn()
        dial_in_vain(story)
        if _maybe_opt_out(
            story,
            EFFECTS.fifth_touch_in_a_week_opts_out
            if number == 4
            else EFFECTS.touch_up_to_the_fourth_in_a_week_opts_out,
        ):
            return
        story.sleep(1)


def _maybe_opt_out(story: Story, share: float) -> bool:
    """They may want no more of us."""
    if story.random.random() >= share:
        return False
    story.wait(30, 90)
    story.touch("opt_out", direction="inbound", topic="")
    return True
