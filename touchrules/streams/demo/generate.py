"""Plays episodes with one account after the other until there are as many touches as asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from touchrules.streams.demo.choices import below, between, pick
from touchrules.streams.demo.company import Rep, hire
from touchrules.streams.demo.dates import LAST
from touchrules.streams.demo.episodes.programme import ALL_SLIPS, BIG_HABITS, EPISODES
from touchrules.streams.demo.people import meet, open_account
from touchrules.streams.demo.story import CLOSES, OPENS, Ledger, Play, Story

Progress = Callable[[str, int, int], None]
"""Called now and then with what is being done, how far it is and how far it goes."""

_FIRST_DAY: Final = 6
_RESERVE: Final = 80
"""So many touches are kept for downloads, which fill up to the number asked for."""
_BIG: Final = 20_000
_TELL_EVERY: Final = 2_000


def generate(
    touches: int, seed: int, write: Callable[[str], object] | None = None, progress: Progress | None = None
) -> Ledger:
    """The year of a company in exactly so many touches. The same seed gives the same touches.

    `write` is given the rows of the file as they come; without it they stay in the ledger.
    """
    random = Random(seed)  # noqa: S311 - nothing secret is drawn
    ledger = Ledger()
    ledger.reps = reps = hire(random, touches)
    told = 0
    for rep, day, play in _plays(random, reps, touches):
        if ledger.written >= touches - _RESERVE:
            break
        _play(random, ledger, reps, rep, day, play)
        if ledger.written >= told + _TELL_EVERY:
            told = ledger.written
            _hand_over(ledger, write)
            if progress is not None:
                progress("Making touches", told, touches)
    _fill(random, ledger, reps, touches)
    _hand_over(ledger, write)
    return ledger


def _hand_over(ledger: Ledger, write: Callable[[str], object] | None) -> None:
    if write is not None:
        write("".join(ledger.lines))
        ledger.lines.clear()


def _plays(random: Random, reps: list[Rep], touches: int) -> Iterator[tuple[Rep, int, Play]]:
    """First each slip once, so that a small company has all of them; then what the reps' habits give."""
    for slip in (*ALL_SLIPS, *(BIG_HABITS if touches >= _BIG else ())):
        yield pick(random, reps), between(random, _FIRST_DAY, LAST - slip.days), slip.play
    shares = [episode.share for episode in EPISODES]
    total = sum(shares)
    while True:
        draw = random.random() * total
        place = 0
        while draw >= shares[place]:
            draw -= shares[place]
            place += 1
        episode = EPISODES[place]
        # A rep has about as much to do on each day, and never so much that it breaks a rule.
        free = [(pick(random, reps), between(random, _FIRST_DAY, LAST)) for _ in range(4)]
        rep, day = min(free, key=lambda one: one[0].busy(one[1]))
        play = episode.play
        if episode.slips and random.random() < rep.errs(day):
            drawn = pick(random, episode.slips)
            if day + drawn.days <= LAST:
                play = drawn.play
        yield rep, day, play


def _play(random: Random, ledger: Ledger, reps: list[Rep], rep: Rep, day: int, play: Play) -> None:
    """One episode with a new account; sometimes the rep calls a colleague there weeks later, and well."""
    mate = _mate(random, reps, rep)
    story = _story(random, ledger, rep, mate, day)
    play(story)
    if not story.alone and random.random() < 0.3:
        story.rep = rep
        story.meet()
        story.day = day + between(random, 20, 70)
        story.second = between(random, OPENS, CLOSES)
        EPISODES[0].play(story)


def _mate(random: Random, reps: list[Rep], rep: Rep) -> Rep:
    mates = [one for one in reps if one.team is rep.team and one is not rep]
    return pick(random, mates)


def _story(random: Random, ledger: Ledger, rep: Rep, mate: Rep, day: int) -> Story:
    ledger.accounts += 1
    ledger.people += 1
    account = open_account(random, ledger.accounts, rep)
    contact = meet(random, account, ledger.people)
    second = between(random, OPENS, CLOSES)
    return Story(random=random, ledger=ledger, contact=contact, rep=rep, mate=mate, day=day, second=second)


def _fill(random: Random, ledger: Ledger, reps: list[Rep], touches: int) -> None:
    """Downloads up to the number asked for, and a last note at the end of the year."""
    while ledger.written < touches - 1:
        rep = pick(random, reps)
        story = _story(random, ledger, rep, rep, below(random, LAST))
        story.touch("download", direction="inbound", subject=pick(random, rep.team.voice.papers), topic="")
    story = _story(random, ledger, reps[0], reps[0], LAST)
    story.second = 23 * 3600
    story.touch("note", direction="internal", text="That was the year.", topic="")
