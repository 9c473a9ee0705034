"""A list of phrases with what each finds in the touches, and what the one finds that is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from touchrules.studio.desk import Desk
from touchrules.studio.drawing.phraselist import PhraseList
from touchrules.studio.phraselists import Reads
from touchrules.studio.phrasematches import Matches, PhraseMatches

_PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list to show: its name among those of the rule, what it is called, and where it is looked for."""

    name: str
    label: str
    about: str
    phrases: tuple[str, ...]
    saved: tuple[str, ...]
    reads: Reads | None


def make_phrase_list(
    desk: Desk, matches: PhraseMatches, listed: Listed, tell: Callable[[tuple[str, ...]], object]
) -> PhraseList:
    """Return the list as a widget; `tell` is told of the phrases whenever one came or went."""
    widget = PhraseList(
        label=listed.label,
        about=listed.about,
        phrases=list(listed.phrases),
        saved=list(listed.saved),
        verb="are that" if listed.reads and listed.reads.whole else "say it",
    )
    reads = listed.reads
    widget.on_phrases(tell)
    if reads is not None:
        widget.observe(lambda _: _count(desk, matches, listed.name, reads, widget), "phrases")
        widget.observe(lambda change: _find(desk, matches, reads, widget, change["new"]), "typed")
        _count(desk, matches, listed.name, reads, widget)
    return widget


def _count(desk: Desk, matches: PhraseMatches, name: str, reads: Reads, widget: PhraseList) -> None:
    phrases = list(widget.phrases)

    def show(counts: Sequence[int]) -> None:
        widget.counts = dict(zip(phrases, counts, strict=True))

    desk.later.do(f"phrases {name}", lambda: matches.count(reads, phrases), show, _PAUSE)


def _find(desk: Desk, matches: PhraseMatches, reads: Reads, widget: PhraseList, typed: str) -> None:
    if not typed.strip():
        widget.found = {}
        return

    def show(found: Matches) -> None:
        snippets: list[Any] = [list(snippet) for snippet in found.snippets]
        widget.found = {"phrase": typed, "touches": found.touches, "snippets": snippets}

    desk.later.do("typed phrase", lambda: matches.find(reads, typed), show)
