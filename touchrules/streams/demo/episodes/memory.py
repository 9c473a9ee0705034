"""What they told us before: the wrong person, the name they gave, the talk we had."""

from __future__ import annotations

from collections.abc import Iterable

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.company import Rep
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import dial, dial_in_vain, send_mail, speak, take_no_message
from touchrules.streams.demo.episodes.talks import talk_for_the_first_time
from touchrules.streams.demo.limits import TOLD_IN_VAIN
from touchrules.streams.demo.names import HIGH_TITLES, TITLES
from touchrules.streams.demo.objectives import OBJECTIVES, REASONS
from touchrules.streams.demo.people import Contact
from touchrules.streams.demo.story import Story

_LOW_TITLES = tuple(one for one in TITLES if one not in HIGH_TITLES)


def _hear_wrong_person(story: Story, other: Contact | None = None, breaks: Iterable[str] = ()) -> None:
    """They say that they are not the one, and perhaps who is."""
    voice = story.rep.team.voice
    story.turn()
    story.touch(
        "call",
        "wrong_person",
        text=story.say(voice.intros, voice.reasons, lines.WRONG_PERSON, voice.thanks),
        reason=pick(story.random, REASONS),
        objective=pick(story.random, OBJECTIVES),
        referred_to=other.id if other else "",
        seconds=between(story.random, 40, 90),
        breaks=breaks,
    )


def follow_the_name(story: Story) -> None:
    """They name the right person, and the rep calls that one the next day."""
    first = story.contact
    other = story.meet()
    story.contact = first
    _hear_wrong_person(story, other)
    story.sleep(1, 2)
    story.contact = other
    story.referrer, story.place = first.name, "down the hall"
    if story.chance(EFFECTS.call_with_nothing_agreed_is_answered):
        talk_for_the_first_time(story, lines.REFERRALS)
    else:
        dial_in_vain(story)


def throw_the_name_away(story: Story) -> None:
    """They name the right person, and nobody calls that one."""
    first = story.contact
    other = story.meet()
    story.contact = first
    _hear_wrong_person(story, other, breaks=("use-the-name-you-were-given",))


def _may_forget(story: Story, caller: Rep, ahead: int) -> bool:
    """Whether a caller may have forgotten so many workdays ahead what the rep hears now."""
    return story.spare(TOLD_IN_VAIN, ahead) and story.spare("groundhog-day-is-a-habit", ahead, rep=caller)


def _pitch_again(story: Story, *rules: str) -> None:
    caller = story.rep if "pitched-again-by-the-one-who-was-told" in rules else story.mate
    if not _may_forget(story, caller, 64):
        return
    _hear_wrong_person(story)
    story.sleep(60, 66)
    story.turn()
    story.rep = caller
    dial(story, breaks=("pitched-after-wrong-person", *rules))
    take_no_message(story)


def pitch_again_after_a_colleague(story: Story) -> None:
    """A colleague calls them a quarter later."""
    story.meet(position=pick(story.random, _LOW_TITLES))
    _pitch_again(story)


def pitch_again_oneself(story: Story) -> None:
    """The very rep who was told calls again."""
    story.meet(position=pick(story.random, _LOW_TITLES))
    _pitch_again(story, "pitched-again-by-the-one-who-was-told")


def pitch_again_to_a_decision_maker(story: Story) -> None:
    """The one who is called again decides."""
    story.meet(position=pick(story.random, HIGH_TITLES))
    _pitch_again(story, "pitched-again-by-the-one-who-was-told", "groundhog-day-for-a-decision-maker")


def say_the_same_again(story: Story) -> None:
    """The same e-mail once more, word for word."""
    if not _may_forget(story, story.rep, 12):
        return
    story.meet(position=pick(story.random, _LOW_TITLES))
    voice = story.rep.team.voice
    text = story.say(lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    subject = story.say(lines.SUBJECTS)
    story.touch("email", subject=subject, text=text, reason=REASONS[0])
    story.sleep(10, 14)
    story.turn()
    story.touch("email", subject=subject, text=text, reason=REASONS[1], breaks=("same-pitch-again",))


def speak_as_to_a_stranger(story: Story) -> None:
    """They have talked before, and the rep does not know."""
    moment = _agree(story)
    story.go(moment)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.AGREED, slips.STRANGERS, voice.questions, voice.values, lines.NOT_NOW)
    speak(story, "not_interested", *slots, breaks=("as-if-we-had-never-talked",))


def ask_what_a_colleague_knows(story: Story) -> None:
    """A colleague met them days ago, and the rep asks what their needs are."""
    mine, story.rep = story.rep, story.mate
    after = story.ahead(4, 6)
    story.touch(
        "meeting",
        text=story.say(lines.MEETING_NOTES, moment=after),
        promised=after,
        reason=REASONS[2],
        seconds=3000,
    )
    story.rep = mine
    story.go(after)
    voice = story.rep.team.voice
    slots = (voice.intros, lines.AGREED, slips.NEEDS, voice.values, lines.NOT_NOW, voice.thanks)
    speak(story, "not_interested", *slots, breaks=("asked-what-a-colleague-knows",))


def _agree(story: Story, low: int = 8, high: int = 12, breaks: Iterable[str] = ()) -> tuple[int, int]:
    """A first conversation that ends with a next one agreed."""
    voice = story.rep.team.voice
    moment = story.ahead(low, high)
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NEXT, lines.YES)
    speak(story, "callback_agreed", *slots, promised=moment, breaks=breaks)
    return moment


def agree_on_nothing(story: Story) -> None:
    """A good conversation, and no next one; two lines some days later."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, voice.thanks)
    speak(story, "connected", *slots, breaks=("no-next-conversation-agreed",))
    story.sleep(5, 9)
    send_mail(story, lines.WRITES, voice.values, lines.MAIL_QUESTIONS, voice.thanks)


def go_quiet(story: Story) -> None:
    """A good conversation, no next one, and then silence."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, voice.thanks)
    speak(story, "connected", *slots, breaks=("no-next-conversation-agreed", "gone-quiet-on-them"))


def note_no_date(story: Story) -> None:
    """A next talk was spoken of, and no date noted."""
    voice = story.rep.team.voice
    moment = story.ahead(6, 9)
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NEXT_IN_WORDS)
    text = story.say(*slots, lines.YES, moment=moment)
    story.touch(
        "call",
        "connected",
        text=text,
        reason=REASONS[3],
        objective=OBJECTIVES[0],
        seconds=300,
        breaks=("next-conversation-not-noted",),
    )
    story.go(moment)
    speak(story, "not_interested", voice.intros, lines.AGREED, voice.questions, voice.values, lines.NOT_NOW)


def miss_the_agreed_call(story: Story) -> None:
    """Both agreed on a time, and the rep calls a week later."""
    moment = _agree(story, breaks=("agreed-follow-up-missed",))
    story.day = moment[0]
    story.sleep(5, 7)
    voice = story.rep.team.voice
    speak(story, "not_interested", voice.intros, lines.AGREED, voice.questions, voice.values, lines.NOT_NOW)


def forget_the_call_back(story: Story) -> None:
    """They said that we may call again, and nobody does for weeks."""
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, voice.thanks)
    speak(story, "callback_agreed", *slots, breaks=("agreed-call-back-forgotten",))
    story.sleep(12, 18)
    speak(story, "not_interested", voice.intros, lines.AGREED, voice.questions, voice.values, lines.NOT_NOW)


def hide_the_agreement(story: Story) -> None:
    """The agreed call comes, and not a word of what was agreed."""
    story.go(_agree(story))
    voice = story.rep.team.voice
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NOT_NOW)
    speak(story, "not_interested", *slots, breaks=("follow-up-hides-the-agreement",))
