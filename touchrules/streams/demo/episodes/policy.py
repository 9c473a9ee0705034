"""Too much, too soon, by too many, after a no: what a contact policy forbids."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.dates import next_monday
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import (
    dial,
    dial_in_vain,
    send_mail,
    send_text,
    speak,
    take_no_message,
)
from touchrules.streams.demo.story import HOUR, Story

_CADENCES = ("spring", "depots", "figures", "neighbours")


def _write(story: Story, cadence: str = ",,", breaks: Iterable[str] = ()) -> None:
    voice = story.rep.team.voice
    story.alone |= cadence != ",,"
    story.turn()
    story.touch(
        "email",
        subject=story.say(lines.SUBJECTS),
        text=story.say(lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks),
        reason="their annual report names the topic",
        cadence=cadence,
        breaks=breaks,
    )


def run_a_cadence(story: Story) -> None:
    """Four steps within three weeks, until they answer."""
    name = _CADENCES[story.contact.base % 4]
    for step in range(1, 5):
        cadence = f"{name},{step},4"
        if step % 2:
            _write(story, cadence)
        else:
            story.turn()
            story.touch(
                "call",
                "no_answer",
                reason="they had an e-mail of ours",
                objective="hear what they have tried so far",
                seconds=20,
                cadence=cadence,
            )
            take_no_message(story)
        if story.chance(EFFECTS.email_is_answered):
            _be_answered(story)
            return
        story.sleep(3)


def _be_answered(story: Story) -> None:
    story.wait(20, 60)
    story.touch(
        "email", "replied", direction="inbound", subject="Re: your note", text=story.say(lines.REPLIES)
    )
    story.wait(20, 60)
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, lines.THANKS_FOR_REPLY, voice.values, lines.MAIL_QUESTIONS, follows=True)


def drop_a_cadence(story: Story) -> None:
    """Two steps, and then silence."""
    name = _CADENCES[story.contact.base % 4]
    _write(story, f"{name},1,4")
    story.sleep(3)
    _write(story, f"{name},2,4", breaks=("cadence-step-missed",))


def run_two_cadences(story: Story) -> None:
    """Two campaigns at once."""
    _write(story, "spring,1,1")
    story.sleep(3)
    _write(story, "depots,1,1", breaks=("two-campaigns-at-once",))


def run_a_cadence_again(story: Story) -> None:
    """The same campaign from its first step, months later."""
    _write(story, "figures,1,1")
    story.sleep(35, 40)
    _write(story, "figures,1,1", breaks=("same-campaign-twice",))


def go_on_after_the_reply(story: Story) -> None:
    """They reply, and the sequence goes on."""
    _write(story, "spring,1,2")
    story.sleep(1)
    _be_answered(story)
    story.sleep(3)
    _write(story, "spring,2,2", breaks=("sequence-goes-on-after-a-reply",))


def go_on_after_a_colleagues_reply(story: Story) -> None:
    """One of them replies, and the others get their next steps."""
    first = story.contact
    _write(story, "spring,1,1")
    story.sleep(1)
    _be_answered(story)
    story.meet()
    story.sleep(1, 2)
    _write(story, "spring,1,1", breaks=("colleague-replied-sequence-goes-on",))
    story.contact = first


def touch_all_day(story: Story) -> None:
    """A fourth touch within a day."""
    for number in range(4):
        story.second = int((9.3 + 2 * number) * HOUR) + between(story.random, 0, 900)
        story.turn()
        dial(story, breaks=("too-many-touches-in-a-day",) if number == 3 else ())
        take_no_message(story)


def call_all_week(story: Story) -> None:
    """A sixth call within a week."""
    story.day = next_monday(story.day)
    for number in range(6):
        last = number == 5
        story.second = (14 if last else 10) * HOUR + between(story.random, 0, 1800)
        story.turn()
        dial(story, breaks=("too-many-calls-in-a-week", "plague-of-touches") if last else ())
        take_no_message(story)
        story.day += number != 4


def touch_all_week(story: Story) -> None:
    """An eighth touch within a week."""
    story.day = next_monday(story.day)
    for number, kind in enumerate(("call", "email", "call", "sms", "call", "email", "call", "social")):
        last = number == 7
        story.second = (15 if number % 2 else 9) * HOUR + between(story.random, 600, 1800)
        rules = ("plague-of-touches",) if number == 5 else ()
        rules = ("too-many-touches-in-a-week",) if last else rules
        _touch(story, kind, rules)
        story.day += number % 2


def _touch(story: Story, kind: str, breaks: Iterable[str]) -> None:
    if kind == "call":
        story.turn()
        dial(story, breaks=breaks)
        take_no_message(story)
    elif kind == "email":
        _write(story, breaks=breaks)
    elif kind == "sms":
        send_text(story, breaks=breaks)
    else:
        story.turn()
        text = story.say(lines.WRITES, story.rep.team.voice.values)
        story.touch("social", text=text, reason="their competitor moved first in spring", breaks=breaks)


def send_many_mails(story: Story) -> None:
    """A third e-mail within ten days."""
    for number in range(3):
        _write(story, breaks=("too-many-emails",) if number == 2 else ())
        story.sleep(2)


def send_two_texts(story: Story) -> None:
    """A second text message within a week."""
    send_text(story)
    story.sleep(2, 3)
    send_text(story, breaks=("too-many-texts",))


def give_no_time(story: Story) -> None:
    """A text message hours after the e-mail."""
    _write(story)
    story.wait(60, 180)
    send_text(story, breaks=("no-time-to-answer",))


def press_on(story: Story) -> None:
    """A call on the day after a conversation in which none was agreed."""
    story.day = next_monday(story.day) + between(story.random, 0, 3)
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, voice.thanks)
    speak(story, "connected", *slots, breaks=("no-next-conversation-agreed",))
    story.sleep(1)
    story.turn()
    dial(story, breaks=("pressed-on-after-a-conversation",))


def send_a_second_rep(story: Story) -> None:
    """Another rep calls the same person."""
    dial_in_vain(story)
    story.sleep(3, 9)
    story.rep = story.mate
    story.turn()
    dial(story, breaks=("second-rep-on-the-same-person",))
    take_no_message(story)


def press_a_no(story: Story) -> None:
    """A call weeks after they said no."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NOT_NOW)
    speak(story, "not_interested", *slots)
    story.sleep(6, 14)
    story.turn()
    dial(story, breaks=("touched-while-cooling-down",))


def touch_the_whole_account(story: Story) -> None:
    """Six people of one company within days."""
    for number in range(6):
        if number:
            story.meet()
        dial(story, breaks=("too-many-people-in-one-account",) if number == 5 else ())
        take_no_message(story)
        story.wait(10, 20)


def mail_a_dead_address(story: Story) -> None:
    """The address bounces, and is mailed again."""
    voice = story.rep.team.voice
    story.turn()
    text = story.say(lines.WRITES, voice.reasons, voice.values, voice.thanks)
    story.touch(
        "email", "bounced", subject=story.say(lines.SUBJECTS), text=text, reason="they hire in that field"
    )
    story.sleep(8, 12)
    _write(story, breaks=("bounced-address-mailed-again",))


def call_on_a_day_off(story: Story) -> None:
    """A call on a Saturday."""
    story.day = next_monday(story.day) + 4
    story.second += 24 * HOUR
    dial(story, breaks=("touched-on-a-day-off",))
    take_no_message(story)


def leave_a_mail_unanswered(story: Story) -> None:
    """They write, and nobody answers."""
    text = story.say(lines.FORM_NOTES)
    story.touch(
        "email", direction="inbound", subject="A question", text=text, breaks=("inbound-left-untouched",)
    )


def touch_all_month(story: Story) -> None:
    """A thirteenth touch within a month."""
    story.day = next_monday(story.day, 14)
    for number in range(13):
        story.day += 1
        # Later each day, so that a week never holds a sixth.
        story.second = int(9.5 * HOUR) + number * 900
        story.turn()
        dial(story, breaks=("too-many-touches-in-a-month",) if number == 12 else ())
        take_no_message(story)


def touch_for_ever(story: Story) -> None:
    """A twenty-first touch, and never an answer."""
    story.day = next_monday(story.day)
    rules = {8: ("stalled-contact", "stall-not-ended"), 20: ("too-many-touches-in-all",)}
    for number in range(21):
        story.turn()
        dial(story, breaks=rules.get(number, ()))
        take_no_message(story)
        story.sleep(2)
