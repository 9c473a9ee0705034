"""First calls to strangers, and what gatekeepers answer."""

from __future__ import annotations

from touchrules.streams.demo import lines
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import (
    dial,
    dial_in_vain,
    get_slot,
    hear_away,
    hear_free_at,
    leave_message,
)
from touchrules.streams.demo.episodes.talks import be_called_back, talk_for_the_first_time
from touchrules.streams.demo.story import Moment, Story


def call_cold(story: Story) -> None:
    """Dial, ask reception, and call when they said."""
    if story.chance(EFFECTS.call_at_any_other_time_is_answered):
        talk_for_the_first_time(story)
        return
    dial(story)
    story.wait(2, 9)
    draw = story.random.random()
    if draw < 0.4:
        _keep(story, hear_free_at(story), EFFECTS.promised_call_is_answered)
    elif draw < 0.75:
        hear_away(story)
        story.sleep(1)
        _call(story, EFFECTS.call_at_any_other_time_is_answered)
    else:
        _keep(
            story,
            get_slot(story, between(story.random, 2, 3) * 5),
            EFFECTS.assistants_appointment_is_answered,
        )


def _keep(story: Story, moment: Moment, share: float) -> None:
    story.go(moment)
    _call(story, share)


def _call(story: Story, share: float) -> None:
    """One more call, which is answered or not."""
    story.turn()
    if story.chance(share):
        talk_for_the_first_time(story)
    else:
        dial_in_vain(story)


def hang_up(story: Story) -> None:
    """Nobody answers, and the rep goes on to the next name."""
    dial(story, breaks=("hung-up-and-left-it",))


def miss_the_end_of_the_meeting(story: Story) -> None:
    """Reception said when they are free, and the rep calls two days later."""
    dial(story)
    story.wait(2, 9)
    moment = story.later_today(3, 6)
    text = story.say(lines.FREE_AT, moment=moment)
    story.touch(
        "gatekeeper",
        "in_meeting",
        text=text,
        promised=moment,
        topic="",
        breaks=("call-when-the-meeting-ends",),
    )
    story.sleep(2)
    _call(story, EFFECTS.call_at_any_other_time_is_answered)


def ask_no_time(story: Story) -> None:
    """Reception says that they are in a meeting, and the rep does not ask until when."""
    dial(story)
    story.wait(2, 9)
    text = story.say(lines.IN_A_MEETING)
    story.touch("gatekeeper", "in_meeting", text=text, topic="", breaks=("ask-when-the-meeting-ends",))


def let_the_next_day_go_by(story: Story) -> None:
    """They are away today, and the rep calls days later."""
    dial(story)
    story.wait(2, 9)
    hear_away(story, breaks=("call-on-the-next-day",))
    story.sleep(3, 5)
    _call(story, EFFECTS.call_at_any_other_time_is_answered)


def ask_for_half_an_hour(story: Story) -> None:
    """The assistant has to write down half an hour or more."""
    dial(story)
    story.wait(2, 9)
    moment = get_slot(story, between(story.random, 4, 9) * 5, breaks=("appointment-too-long",))
    _keep(story, moment, EFFECTS.assistants_appointment_is_answered * 0.6)


def miss_the_appointment(story: Story) -> None:
    """The assistant made an appointment, and the rep does not call."""
    dial(story)
    story.wait(2, 9)
    moment = get_slot(story, 15, breaks=("appointment-missed",))
    story.day = moment[0]
    story.sleep(2, 4)
    _call(story, EFFECTS.call_at_any_other_time_is_answered / 2)


def leave_a_stranger_a_message(story: Story) -> None:
    """Reception knew nothing, and the rep leaves a voicemail to somebody who has never heard of us."""
    dial_in_vain(story)
    story.wait(2, 9)
    moment = story.ahead(5, 7)
    voice = story.rep.team.voice
    leave_message(
        story,
        voice.intros,
        voice.reasons,
        voice.promises,
        promised=moment,
        breaks=("voicemail-to-a-stranger",),
    )
    _wait_for_them(story, moment)


def leave_a_stranger_a_message_at_once(story: Story) -> None:
    """A voicemail to a stranger without a try at reception, and no time to call back."""
    voice = story.rep.team.voice
    rules = ("voicemail-to-a-stranger", "voicemail-without-pressing-zero", "no-call-back-promised")
    leave_message(story, voice.intros, voice.reasons, voice.thanks, breaks=rules)
    if story.chance(EFFECTS.voicemail_to_a_stranger_is_returned):
        be_called_back(story)


def _wait_for_them(story: Story, moment: Moment) -> None:
    """They call back, which strangers hardly ever do, or the rep calls at the moment."""
    if story.chance(EFFECTS.voicemail_to_a_stranger_is_returned):
        be_called_back(story)
        return
    _keep(story, moment, EFFECTS.promised_call_is_answered)


def name_a_referral_of_nobody(story: Story) -> None:
    """A voicemail that names somebody of whom no record knows."""
    story.refer()
    dial_in_vain(story)
    story.wait(2, 9)
    moment = story.ahead(5, 7)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.REFERRALS, voice.promises)
    leave_message(story, *slots, promised=moment, named=False, breaks=("referral-not-on-record",))
    story.referrer = ""
    _keep(story, moment, EFFECTS.promised_call_is_answered)
