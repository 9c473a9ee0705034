"""Conversations of the demo, and what comes of them: the next talk, a meeting, a deal, a no."""

from __future__ import annotations

from touchrules.streams.demo import lines
from touchrules.streams.demo.choices import between
from touchrules.streams.demo.effects import EFFECTS
from touchrules.streams.demo.episodes.moves import dial, objective, send_mail
from touchrules.streams.demo.objectives import FOLLOW_UPS
from touchrules.streams.demo.story import Moment, Story
from touchrules.streams.demo.voices import Voice

_MOST_TALKS = 3


def talk_for_the_first_time(story: Story, opening: tuple[str, ...] = ()) -> None:
    """A first conversation as it should be: who calls and why, two questions, a figure, what comes next."""
    voice = story.rep.team.voice
    start = (
        voice.intros,
        opening or voice.reasons,
        voice.questions,
        voice.answers,
        voice.values,
        voice.questions,
    )
    _end(story, start, 1, reason="they own the topic as far as we know")


def go_on(story: Story, moment: Moment, talks: int = 1) -> None:
    """The call on which both agreed, at that moment."""
    story.go(moment)
    story.turn()
    voice = story.rep.team.voice
    if not story.chance(EFFECTS.agreed_call_is_answered):
        dial(story)
        story.wait(20, 60)
        send_mail(
            story, lines.WRITES, lines.MISSED, voice.values, lines.MAIL_QUESTIONS, voice.thanks, follows=True
        )
        return
    start = (voice.intros, lines.AGREED, voice.questions, voice.answers, voice.values, voice.questions)
    _end(story, start, talks + 1, reason=FOLLOW_UPS[talks % len(FOLLOW_UPS)])


def _end(story: Story, start: tuple[tuple[str, ...], ...], talks: int, reason: str) -> None:
    """A conversation begun with `start` ends with a next one agreed, a meeting or a no."""
    leads_on = story.chance(EFFECTS.conversation_with_questions_leads_on)
    if leads_on and talks < _MOST_TALKS and story.random.random() < 0.6:
        moment = story.ahead(8, 16)
        _talk(story, "callback_agreed", (*start, lines.NEXT, lines.YES), reason, moment)
        go_on(story, moment, talks)
    elif leads_on:
        moment = story.ahead(8, 14)
        _talk(story, "meeting_booked", (*start, lines.MEETINGS, lines.YES), reason, moment)
        meet_on_site(story, moment)
    elif story.random.random() < 0.4:
        _talk(story, "no_project", (*start, lines.NO_PROJECT, lines.SERVED), reason)
    else:
        _talk(story, "not_interested", (*start, lines.NOT_NOW), reason)


def _talk(
    story: Story, outcome: str, slots: tuple[tuple[str, ...], ...], reason: str, moment: Moment | None = None
) -> None:
    story.touch(
        "call",
        outcome,
        text=story.say(*slots, _thanks(story), moment=moment),
        reason=reason,
        objective=objective(story),
        promised=moment,
        seconds=between(story.random, 150, 1100),
    )


def _thanks(story: Story) -> tuple[str, ...]:
    voice: Voice = story.rep.team.voice
    return voice.thanks


def meet_on_site(story: Story, moment: Moment) -> None:
    """A meeting at the moment that was agreed, and the deal that may come of it."""
    story.go(moment, slack=0)
    story.turn()
    after = story.ahead(8, 12)
    story.touch(
        "meeting",
        text=story.say(lines.MEETING_NOTES, moment=after),
        promised=after,
        stage="proposal",
        reason=FOLLOW_UPS[0],
        seconds=between(story.random, 1800, 5400),
    )
    story.go(after)
    story.turn()
    voice = story.rep.team.voice
    start = (voice.intros, lines.AGREED, voice.questions, voice.answers, voice.values)
    if story.chance(EFFECTS.opportunity_is_won):
        _decide(story, (*start, lines.ORDERS), "won")
        story.sleep(6, 9)
        send_mail(story, lines.WRITES, lines.WELCOMES, voice.values, voice.thanks, follows=True)
    else:
        _decide(story, (*start, lines.NOT_NOW), "lost")


def _decide(story: Story, slots: tuple[tuple[str, ...], ...], stage: str) -> None:
    """The call in which they say yes or no."""
    story.touch(
        "call",
        "connected" if stage == "won" else "not_interested",
        text=story.say(*slots),
        reason=FOLLOW_UPS[1],
        objective=objective(story),
        seconds=between(story.random, 200, 900),
        stage=stage,
    )


def be_called_back(story: Story) -> None:
    """The contact rings; the rep makes the most of it and agrees on the next talk."""
    story.wait(20, 110)
    story.turn()
    voice = story.rep.team.voice
    moment = story.ahead(9, 15)
    text = story.say(
        lines.RETURNS,
        lines.GLAD,
        voice.questions,
        voice.answers,
        voice.values,
        lines.NEXT,
        lines.YES,
        moment=moment,
    )
    story.touch(
        "call",
        "callback_agreed",
        direction="inbound",
        text=text,
        promised=moment,
        seconds=between(story.random, 120, 700),
    )
    go_on(story, moment)
