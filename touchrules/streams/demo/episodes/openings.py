"""Calls that begin or go wrong: disclaimers, apologies, pitches, false numbers, wrong hours."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import dial, dial_in_vain, send_mail, speak, take_no_message
from touchrules.streams.demo.episodes.talks import talk_for_the_first_time
from touchrules.streams.demo.story import HOUR, Story

Slot = tuple[str, ...]
_NEW_YORK = ("America/New_York", "+1", "212")


def _first_call(story: Story, *slots: Slot, breaks: Iterable[str]) -> str:
    """A first call with these sentences, which comes to nothing."""
    voice = story.rep.team.voice
    return speak(story, "not_interested", *slots, lines.NOT_NOW, voice.thanks, breaks=breaks)


def deny_to_sell(story: Story) -> None:
    """It opens with "I'm not trying to sell you anything"."""
    if not story.spare("rep-opens-badly"):
        return
    voice = story.rep.team.voice
    slots = (voice.intros, slips.DISCLAIMERS, voice.questions, voice.answers, voice.values)
    _first_call(story, *slots, breaks=("opens-with-a-disclaimer",))


def deny_and_sell(story: Story) -> None:
    """The disclaimer, and then the price."""
    if not story.spare("rep-opens-badly"):
        return
    voice = story.rep.team.voice
    slots = (voice.intros, slips.DISCLAIMERS, voice.questions, voice.answers, voice.values, slips.PITCHES)
    rules = ("opens-with-a-disclaimer", "sells-after-the-disclaimer", "pitch-in-a-cold-call")
    _first_call(story, *slots, breaks=rules)


def deny_now_and_sell_later(story: Story) -> None:
    """The disclaimer, and a week after the talk an offer."""
    if not story.spare("rep-opens-badly"):
        return
    voice = story.rep.team.voice
    slots = (
        voice.intros,
        slips.DISCLAIMERS,
        voice.questions,
        voice.answers,
        voice.values,
        lines.NEXT,
        lines.YES,
    )
    moment = story.ahead(8, 12)
    speak(story, "callback_agreed", *slots, promised=moment, breaks=("opens-with-a-disclaimer",))
    story.go(moment)
    slots = (
        voice.intros,
        lines.AGREED,
        voice.questions,
        voice.answers,
        voice.values,
        slips.PITCHES,
        lines.NOT_NOW,
    )
    speak(story, "not_interested", *slots, breaks=("sells-soon-after-a-disclaimer",))


def apologise(story: Story) -> None:
    """It opens with an apology for the call."""
    if not story.spare("rep-opens-badly"):
        return
    voice = story.rep.team.voice
    slots = (voice.intros, slips.APOLOGIES, voice.questions, voice.answers, voice.values)
    _first_call(story, *slots, breaks=("apologises-for-calling",))


def give_no_name(story: Story) -> None:
    """Neither name nor company."""
    if not story.spare("rep-opens-badly"):
        return
    voice = story.rep.team.voice
    slots = (slips.NAMELESS, voice.questions, voice.answers, voice.values, voice.questions, voice.answers)
    _first_call(story, *slots, breaks=("no-introduction",))


def pitch_cold(story: Story) -> None:
    """The price in a first call, though after a question."""
    voice = story.rep.team.voice
    slots: tuple[Slot, ...]
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, slips.PITCHES)
    if story.chance(EFFECTS.pitch_in_a_first_call_leads_on):
        moment = story.ahead(8, 12)
        slots = (*slots, lines.NEXT, lines.YES)
        speak(story, "callback_agreed", *slots, promised=moment, breaks=("pitch-in-a-cold-call",))
        story.go(moment)
        speak(
            story, "not_interested", voice.intros, lines.AGREED, voice.questions, voice.values, lines.NOT_NOW
        )
    else:
        _first_call(story, *slots, breaks=("pitch-in-a-cold-call",))


def pitch_without_a_question(story: Story) -> None:
    """A pitch, and not one question."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.values, slips.PRAISE, slips.PITCHES)
    _first_call(story, *slots, breaks=("pitch-without-a-question", "pitch-in-a-cold-call"))


def ask_for_a_demo(story: Story) -> None:
    """A demo is asked for before anybody knows what they need."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.values, slips.DEMOS)
    _first_call(
        story, *slots, breaks=("demo-before-discovery", "pitch-without-a-question", "pitch-in-a-cold-call")
    )


def bring_no_value(story: Story) -> None:
    """Questions only, and nothing that the other side could learn."""
    if not story.spare("rep-brings-no-value"):
        return
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.questions, slips.LONG_WINDED)
    _first_call(story, *slots, breaks=("call-without-value",))


def show_a_neighbours_number(story: Story) -> None:
    """The display shows the prospect's own area and exchange."""
    story.move(*_NEW_YORK)
    _call_from_next_door(story, "fake-local-number")


def show_a_number_unlike_the_office(story: Story) -> None:
    """The same, where the city of the contact is not on record."""
    story.move(*_NEW_YORK)
    story.meet(state="NY")
    _call_from_next_door(story, "number-unlike-the-office")


def _call_from_next_door(story: Story, rule: str) -> None:
    if not story.spare("neighbour-of-everybody"):
        return
    caller = story.contact.phone[:-4] + f"{between(story.random, 1000, 9999)}"
    story.touch(
        "call",
        "no_answer",
        reason="their annual report names the topic",
        objective="find out who owns the topic",
        seconds=25,
        caller=caller,
        breaks=(rule,),
    )
    take_no_message(story)


def ring_at_night(story: Story) -> None:
    """It rings in the middle of their night."""
    story.second = between(story.random, 2 * HOUR, 4 * HOUR)
    dial(story, breaks=("call-in-their-night", "outside-our-hours", "called-outside-legal-hours"))
    take_no_message(story)


def ring_in_the_evening(story: Story) -> None:
    """It rings at dinner: allowed by law, but not by us."""
    story.second = between(story.random, 18 * HOUR + 600, 19 * HOUR + 1800)
    dial(story, breaks=("outside-our-hours",))
    take_no_message(story)


def call_who_does_not_fit(story: Story) -> None:
    """Somebody outside the ideal customer profile."""
    if story.spare("rep-works-the-wrong-list"):
        story.meet(fits="false")
        dial(story, breaks=("not-our-customer",))
        take_no_message(story)


def call_without_a_reason(story: Story) -> None:
    """A first call for no reason at all."""
    story.touch(
        "call",
        "no_answer",
        objective="find out who owns the topic",
        seconds=24,
        breaks=("first-touch-without-a-reason",),
    )
    take_no_message(story)


def call_from_the_list(story: Story) -> None:
    """The reason is that they stand on the list."""
    reason = ("next on list", "call block", "cold call", "on my list")[story.contact.base % 4]
    objective = "find out who owns the topic"
    story.touch(
        "call", "no_answer", reason=reason, objective=objective, seconds=24, breaks=("reason-is-none",)
    )
    take_no_message(story)


def have_no_aim(story: Story) -> None:
    """A call for which no objective is noted."""
    dial(story, aim="", breaks=("call-without-an-objective",))
    take_no_message(story)


def have_a_vague_aim(story: Story) -> None:
    """The objective is to touch base."""
    aim = ("touch base", "check in", "follow up", "catch up")[story.contact.base % 4]
    dial(story, aim=aim, breaks=("objective-is-no-aim",))
    take_no_message(story)


def recite(story: Story) -> None:
    """Names and no question, at them rather than with them."""
    if not story.spare("talks-at-people"):
        return
    voice = story.rep.team.voice
    speak(story, "not_interested", voice.intros, slips.RECITALS, lines.NOT_NOW, breaks=("talked-at-them",))


def wear_out_the_name(story: Story) -> None:
    """The names of the person and the company in every sentence."""
    voice = story.rep.team.voice
    slots = (voice.intros, slips.NAMES_WORN_OUT, voice.questions, voice.answers, voice.values)
    _first_call(story, *slots, breaks=("names-worn-out",))


def leave_blanks(story: Story) -> None:
    """The e-mail still has the blanks of its template."""
    voice = story.rep.team.voice
    send_mail(
        story, slips.BLANKS, voice.reasons, voice.values, lines.MAIL_QUESTIONS, breaks=("blanks-left-open",)
    )


def write_to_anybody(story: Story) -> None:
    """A first message that would fit anybody."""
    story.touch(
        "email",
        subject="Good partners",
        text=story.say(lines.WRITES, slips.FOR_ANYBODY),
        topic="",
        reason="they opened a second site this year",
        breaks=("would-fit-anybody",),
    )


def mail_and_call(story: Story) -> None:
    """An e-mail of its own, and days later a call."""
    voice = story.rep.team.voice
    send_mail(story, lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    story.sleep(1)
    if story.random.random() < EFFECTS.email_is_answered:
        story.touch(
            "email", "replied", direction="inbound", subject="Re: your note", text=story.say(lines.REPLIES)
        )
        story.wait(30, 60)
        send_mail(
            story, lines.WRITES, lines.THANKS_FOR_REPLY, voice.values, lines.MAIL_QUESTIONS, follows=True
        )
        return
    story.sleep(2, 3)
    story.turn()
    if story.chance(EFFECTS.call_at_any_other_time_is_answered):
        talk_for_the_first_time(story)
    else:
        dial_in_vain(story)
