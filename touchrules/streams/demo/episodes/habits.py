"""Weeks of somebody who has just joined and does one thing wrong again and again."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from touchrules.streams.demo import lines, slips
from touchrules.streams.demo.choices import between, pick
from touchrules.streams.demo.dates import next_monday
from touchrules.streams.demo.episodes.moves import dial, leave_message, speak, take_no_message
from touchrules.streams.demo.objectives import OBJECTIVES, REASONS
from touchrules.streams.demo.story import HOUR, Story

Slot = tuple[str, ...]
_NEW_YORK = ("America/New_York", "+1", "212")
_ALIKE_AT_MOST = 3
"""So many e-mails of a rep in a day may be like the last one on their subject. More of them are copies."""
_AREAS = ("212", "704", "404", "305")


def _join(story: Story) -> None:
    """Somebody new takes the story over and calls other accounts. All of them are in one place."""
    story.rep = story.hire()
    story.enter()
    story.move(*_NEW_YORK)
    story.alone = True


def _next(story: Story) -> None:
    story.enter()
    story.move(*_NEW_YORK)


def live_on_voicemail(story: Story) -> None:
    """Five people, three voicemails each, and nobody answers."""
    _join(story)
    start = story.day
    for number in range(5):
        rules = ("no-news-is-not-good-news",)
        _leave_series(story, (*rules, "rep-lives-on-voicemail") if number == 4 else rules)
        _next(story)
        story.day = start + number + 1


def _leave_series(story: Story, breaks: Iterable[str]) -> None:
    voice = story.rep.team.voice
    story.second = between(story.random, 10 * HOUR, 14 * HOUR)
    story.refer()
    story.touch("referral", direction="inbound", referred_by=story.referrer)
    recall: tuple[Slot, ...] = ()
    for _ in range(2):
        take_no_message(story)
        story.wait(1, 4)
        moment = story.ahead(3, 3)
        leave_message(story, voice.intros, *recall, lines.REFERRALS, voice.promises, promised=moment)
        story.go(moment, slack=2)
        recall = (lines.RECALLS,)
    take_no_message(story)
    story.wait(1, 3)
    slots = (voice.intros, lines.RECALLS, lines.REFERRALS_AGAIN, lines.PROCEEDS)
    leave_message(story, *slots, breaks=breaks)


def dial_all_day(story: Story) -> None:
    """A twenty-first call within a day."""
    _join(story)
    story.second = 9 * HOUR
    for number in range(21):
        dial(story, breaks=("rep-calls-too-many",) if number == 20 else ())
        take_no_message(story)
        story.wait(5, 9)
        second = story.second
        _next(story)
        story.second = second


def _talk_to(story: Story, number: int, slots: tuple[Slot, ...], breaks: Iterable[str]) -> None:
    """One of a row of first calls that come to nothing, one a day."""
    if number:
        _next(story)
    story.sleep(1)
    speak(story, "not_interested", *slots, lines.NOT_NOW, story.rep.team.voice.thanks, breaks=breaks)


def _are_alike(text: str, other: str) -> bool:
    """Whether a rule might take two e-mails for copies; it does so from 0.9 on, by another measure.

    >>> _are_alike("Good day, Ann. Have you met Bo?", "Good day, Bob. Have you met Bo?")
    True
    >>> _are_alike("Good day, Ann. Have you met Bo?", "Hello, Bob. Where is Bo?")
    False
    """
    return SequenceMatcher(None, text, other, autojunk=False).ratio() > 0.86


def mail_all_day(story: Story) -> None:
    """A 251st e-mail within a day."""
    _join(story)
    story.second = 9 * HOUR
    voice = story.rep.team.voice
    slots = (lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
    sent: dict[str, str] = {}
    alike = 0
    for number in range(251):
        story.turn()
        subject, text = story.say(lines.SUBJECTS), story.say(*slots)
        alike += _are_alike(text, sent.get(subject, ""))
        sent[subject] = text
        if alike > _ALIKE_AT_MOST:  # From now on each has a subject of its own.
            subject += f" ({story.contact.account.name})"
        rules = ("rep-mails-too-many",) if number == 250 else ()
        story.touch("email", subject=subject, text=text, reason=pick(story.random, REASONS), breaks=rules)
        second = story.second + 90
        _next(story)
        story.second = second


def talk_for_the_count(story: Story) -> None:
    """Ten talks in a week, none longer than a minute."""
    _join(story)
    voice = story.rep.team.voice
    for number in range(10):
        if number:
            _next(story)
        story.second = (9 + number % 2 * 3) * HOUR + between(story.random, 0, 900)
        slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NOT_NOW)
        rules = ("dialling-for-the-count",) if number == 9 else ()
        speak(story, "not_interested", *slots, seconds=between(story.random, 30, 55), breaks=rules)
        story.day += number % 2


def _at_them(slot: Slot) -> Slot:
    """The sentences with others for those that say you: with many of them a recital is none.

    >>> _at_them(("Hello.", "Good to reach you.", "Good day."))
    ('Hello.', 'Hello.', 'Good day.')
    """
    others = [sentence for sentence in slot if "you" not in sentence]
    return tuple(one if one in others else others[0] for one in slot)


def recite_to_all(story: Story) -> None:
    """Five recitals within a fortnight."""
    _join(story)
    intros = _at_them(story.rep.team.voice.intros)
    for number in range(5):
        rules = ("talked-at-them", "talks-at-people") if number == 4 else ("talked-at-them",)
        _talk_to(story, number, (intros, slips.RECITALS), rules)


def apologise_to_all(story: Story) -> None:
    """Of ten openings four are apologies."""
    _join(story)
    voice = story.rep.team.voice
    good = (voice.reasons, voice.questions, voice.answers, voice.values)
    for number in range(10):
        if number < 6:
            _talk_to(story, number, (voice.intros, *good), ())
        else:
            rules = (
                ("apologises-for-calling", "rep-opens-badly") if number == 9 else ("apologises-for-calling",)
            )
            _talk_to(story, number, (voice.intros, slips.APOLOGIES, *good), rules)


def bring_nothing_to_all(story: Story) -> None:
    """Of ten calls six bring nothing."""
    _join(story)
    voice = story.rep.team.voice
    good = (voice.reasons, voice.questions, voice.answers, voice.values, voice.questions)
    empty = (voice.reasons, voice.questions, voice.answers, voice.questions, slips.LONG_WINDED)
    for number in range(10):
        if number < 4:
            _talk_to(story, number, (voice.intros, *good, slips.SO_IT_GOES), ())
        else:
            rules = ("call-without-value", "rep-brings-no-value") if number == 9 else ("call-without-value",)
            _talk_to(story, number, (voice.intros, *empty), rules)


def work_the_wrong_list(story: Story) -> None:
    """Of ten calls four go to people who do not fit."""
    _join(story)
    for number in range(10):
        rules: tuple[str, ...] = ()
        if number >= 6:
            story.meet(fits="false")
            rules = ("not-our-customer", "rep-works-the-wrong-list") if number == 9 else ("not-our-customer",)
        dial(story, breaks=rules)
        take_no_message(story)
        _next(story)
        story.sleep(1)


def be_everybodys_neighbour(story: Story) -> None:
    """Calls as if from next door in four places within a week."""
    _join(story)
    for number, area in enumerate(_AREAS):
        story.enter()
        story.move("America/New_York", "+1", area)
        caller = story.contact.phone[:-4] + "0177"
        rules = ("fake-local-number", "neighbour-of-everybody") if number == 3 else ("fake-local-number",)
        story.touch(
            "call",
            "no_answer",
            reason=REASONS[1],
            objective=OBJECTIVES[1],
            seconds=20,
            caller=caller,
            breaks=rules,
        )
        take_no_message(story)
        story.sleep(1)


def repeat_to_all(story: Story) -> None:
    """Five people get the same e-mail twice."""
    _join(story)
    start = story.day
    position = ("Planner", "ic")
    for number in range(5):
        story.meet(position=position)
        voice = story.rep.team.voice
        text = story.say(lines.WRITES, voice.reasons, voice.values, lines.MAIL_QUESTIONS, voice.thanks)
        subject = story.say(lines.SUBJECTS)
        story.day = start + number
        story.touch("email", subject=subject, text=text, reason=REASONS[0])
        story.sleep(10)
        story.turn()
        rules = ("same-pitch-again", "groundhog-day-is-a-habit") if number == 4 else ("same-pitch-again",)
        story.touch("email", subject=subject, text=text, reason=REASONS[1], breaks=rules)
        _next(story)


def _send_copy(story: Story, topic: str, breaks: Iterable[str]) -> None:
    """The same text, names aside."""
    first, rep = story.contact.first_name, story.rep.first_name
    text = f"Dear {first}, this is {rep} from Harborline. " + slips.COPIES[0].format(topic=topic)
    story.touch("email", subject=f"About {topic}", text=text, topic=topic, reason=REASONS[2], breaks=breaks)


def send_copies(story: Story) -> None:
    """Five people get one text on one morning."""
    _join(story)
    topic = story.topic
    for number in range(5):
        _send_copy(story, topic, ("same-text-for-everyone",) if number == 4 else ())
        story.wait(5, 15)
        second = story.second
        _next(story)
        story.second = second


def send_spam(story: Story) -> None:
    """Twenty copies in a week, four a day."""
    _join(story)
    topic = story.topic
    story.day = next_monday(story.day)
    for number in range(20):
        # An hour later each day, so that no 24 hours hold more than four.
        story.second = (9 + number // 4) * HOUR + number % 4 * 600
        _send_copy(story, topic, ("half-the-week-is-canned",) if number == 19 else ())
        story.day += number % 4 == 3
        _next(story)


def abandon_calls(story: Story) -> None:
    """Of 34 people who answer in a campaign of the dialler, two find nobody on our side."""
    _join(story)
    voice = story.rep.team.voice
    cadence = f"dialler {story.contact.id},,"
    slots = (voice.intros, voice.reasons, voice.questions, voice.answers, voice.values, lines.NOT_NOW)
    for number in range(34):
        story.second = (10 + number % 2 * 3) * HOUR + between(story.random, 0, 900)
        if number < 32:
            speak(story, "not_interested", *slots, cadence=cadence)
        else:
            rules = ("too-many-abandoned-calls",) if number == 33 else ()
            story.touch(
                "call", "abandoned", reason=REASONS[3], objective=OBJECTIVES[3], cadence=cadence, breaks=rules
            )
        story.day += number % 2
        _next(story)
