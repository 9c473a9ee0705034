"""Three voicemails for somebody to whom we were sent."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines
from touchrules.streams.demo.dates import LAST
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import (
    dial,
    dial_in_vain,
    leave_message,
    send_mail,
    take_no_message,
)
from touchrules.streams.demo.episodes.talks import be_called_back, talk_for_the_first_time
from touchrules.streams.demo.story import Moment, Story

_NO_NEWS = "no-news-is-not-good-news"
_PATIENCE = 9
"""Workdays before the end of the year after which silence is not yet an answer, with some to spare."""


def be_referred(story: Story) -> None:
    """Somebody sends us to them; the next day the rep calls."""
    story.refer()
    story.touch("referral", direction="inbound", referred_by=story.referrer)
    story.sleep(1)


def call_on_referral(story: Story) -> None:
    """Up to three voicemails, each with its promise, each promise kept."""
    be_referred(story)
    if story.chance(EFFECTS.call_at_any_other_time_is_answered):
        talk_for_the_first_time(story, lines.REFERRALS)
        return
    dial_in_vain(story)
    moment = first_message(story)
    if not _returned(story) and not _reached(story, moment):
        moment = second_message(story)
        if not _returned(story) and not _reached(story, moment):
            last_message(story)


def first_message(story: Story, breaks: Iterable[str] = ()) -> Moment:
    """The first voicemail: who sent us, and when we call again."""
    story.wait(1, 4)
    voice = story.rep.team.voice
    moment = story.ahead(3, 4)
    leave_message(story, voice.intros, lines.REFERRALS, voice.promises, promised=moment, breaks=breaks)
    return moment


def second_message(story: Story, breaks: Iterable[str] = ()) -> Moment:
    """The second voicemail: the promise kept, and a new one."""
    story.wait(1, 4)
    voice = story.rep.team.voice
    moment = story.ahead(3, 4)
    slots = (voice.intros, lines.RECALLS, lines.REFERRALS_AGAIN, voice.promises)
    leave_message(story, *slots, promised=moment, breaks=breaks)
    return moment


def last_message(story: Story, breaks: Iterable[str] = ()) -> bool:
    """The third voicemail asks how to proceed. Whether it was left: a rep has few of them at a time."""
    if not may_end_in_silence(story):
        return False
    story.wait(1, 4)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.RECALLS, lines.PROCEEDS, lines.FAREWELLS_TO_REFERRERS)
    answered = story.chance(EFFECTS.voicemail_to_a_referred_contact_is_returned)
    rules = () if answered else (_NO_NEWS,)
    leave_message(story, *slots, breaks=(*breaks, *rules))
    if answered:
        be_called_back(story)
    return not answered


def may_end_in_silence(story: Story, ahead: int = 0) -> bool:
    """Whether a series of the rep may end so many workdays ahead.

    It must be early enough in the year, and rare enough to be no habit.
    """
    day = story.day + ahead
    return day < LAST - _PATIENCE and story.spare("rep-lives-on-voicemail", ahead)


def _returned(story: Story) -> bool:
    """They may call back."""
    if not story.chance(EFFECTS.voicemail_to_a_referred_contact_is_returned):
        return False
    be_called_back(story)
    return True


def _reached(story: Story, moment: Moment) -> bool:
    """The call at the promised moment, which may be answered."""
    story.go(moment)
    story.turn()
    if story.chance(EFFECTS.promised_call_is_answered):
        talk_for_the_first_time(story, lines.REFERRALS)
        return True
    dial_in_vain(story)
    return False


def press_no_zero(story: Story) -> None:
    """The rep leaves a voicemail without a word to reception."""
    be_referred(story)
    _keep(story, first_message(story, breaks=("voicemail-without-pressing-zero",)))


def hide_the_referrer(story: Story) -> None:
    """The voicemail does not say who sent us."""
    be_referred(story)
    dial_in_vain(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    moment = story.ahead(3, 4)
    slots = (voice.intros, voice.reasons, voice.promises)
    leave_message(story, *slots, promised=moment, named=False, breaks=("referrer-not-named",))
    _keep(story, moment)


def promise_nothing(story: Story) -> None:
    """The first voicemail names no time at which the rep calls again."""
    be_referred(story)
    dial_in_vain(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    leave_message(story, voice.intros, lines.REFERRALS, voice.thanks, breaks=("no-call-back-promised",))
    story.sleep(5, 7)
    dial_in_vain(story)


def break_the_promise(story: Story) -> None:
    """The rep does not call when the voicemail said so."""
    be_referred(story)
    dial_in_vain(story)
    moment = first_message(story, breaks=("promised-call-not-made",))
    story.day = moment[0]
    story.sleep(1, 3)
    dial_in_vain(story)


def hide_the_promise(story: Story) -> None:
    """The second voicemail does not say that this is the promised call."""
    _leave_first(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    moment = story.ahead(3, 4)
    slots = (voice.intros, lines.REFERRALS_AGAIN, voice.values, voice.promises)
    leave_message(story, *slots, promised=moment, breaks=("second-voicemail-hides-the-promise",))
    _keep(story, moment)


def promise_nothing_new(story: Story) -> None:
    """The second voicemail names no new time."""
    _leave_first(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.RECALLS, lines.REFERRALS_AGAIN, voice.thanks)
    leave_message(story, *slots, breaks=("second-voicemail-without-a-new-promise",))


def do_not_ask(story: Story) -> None:
    """The third voicemail does not ask how to proceed."""
    if not may_end_in_silence(story, 8):
        return
    _leave_two(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.RECALLS, lines.REFERRALS_AGAIN, voice.thanks)
    leave_message(story, *slots, breaks=("last-voicemail-does-not-ask", _NO_NEWS))


def leave_a_fourth(story: Story) -> None:
    """Nobody answers the three, and the rep leaves a fourth."""
    if not may_end_in_silence(story, 8):
        return
    _leave_three_in_silence(story)
    story.sleep(3)
    dial_in_vain(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.REFERRALS_AGAIN, voice.values, voice.thanks)
    leave_message(story, *slots, breaks=("one-voicemail-too-many",))


def move_the_silent_deal(story: Story) -> None:
    """Nobody answers the three, and the rep moves the deal on."""
    if not may_end_in_silence(story, 8):
        return
    _leave_three_in_silence(story)
    story.sleep(8)
    story.touch("stage", direction="internal", stage="proposal", topic="", breaks=("deal-moved-on-silence",))


def come_back_every_quarter(story: Story) -> None:
    """Three voicemails, a quarter of silence, and three more; then at least a farewell."""
    if not (may_end_in_silence(story, 6) and may_end_in_silence(story, 71)):
        return
    for series in range(2):
        story.refer()
        story.touch("referral", direction="inbound", referred_by=story.referrer)
        story.wait(10, 20)
        voice = story.rep.team.voice
        recall: tuple[tuple[str, ...], ...] = ()
        for _ in range(2):
            take_no_message(story)
            story.wait(1, 4)
            moment = story.ahead(3, 3)
            leave_message(story, voice.intros, *recall, lines.REFERRALS, voice.promises, promised=moment)
            story.go(moment, slack=2)
            recall = (lines.RECALLS,)
        take_no_message(story)
        story.wait(1, 3)
        rules = ("same-series-every-quarter", "stalled-contact") if series else ()
        slots = (voice.intros, lines.RECALLS, lines.REFERRALS_AGAIN, lines.PROCEEDS)
        leave_message(story, *slots, breaks=(_NO_NEWS, *rules))
        story.sleep(58, 60)
    story.day -= 55
    send_mail(story, lines.WRITES, lines.ABOUT, lines.WALKS_AWAY)


def _leave_first(story: Story) -> None:
    """The first voicemail and the call that it promised, in vain."""
    be_referred(story)
    dial_in_vain(story)
    story.go(first_message(story))
    dial_in_vain(story)


def _leave_two(story: Story) -> None:
    """Two voicemails and the calls that they promised, in vain."""
    _leave_first(story)
    story.go(second_message(story))
    dial_in_vain(story)


def _leave_three_in_silence(story: Story) -> None:
    _leave_two(story)
    story.wait(1, 4)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.RECALLS, lines.PROCEEDS, lines.FAREWELLS_TO_REFERRERS)
    leave_message(story, *slots, breaks=(_NO_NEWS,))


def _keep(story: Story, moment: Moment) -> None:
    """The call at the promised moment."""
    story.go(moment)
    story.turn()
    if story.chance(EFFECTS.promised_call_is_answered):
        talk_for_the_first_time(story, lines.REFERRALS)
    else:
        dial(story)
        take_no_message(story)
