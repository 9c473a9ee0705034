"""What is wrong with rules on these touches: those that find nothing, all, or nothing of their own."""

from __future__ import annotations

from typing import Final

from touchrules.engines.plan import make_plan
from touchrules.errors import RulebookError
from touchrules.evidence.excuses import load_excuses
from touchrules.evidence.health import judge_findings
from touchrules.evidence.ignorance import find_ignorance
from touchrules.evidence.marks import Mark, MarkName
from touchrules.studio.state import StudioState

_WORDS: Final[dict[MarkName, str]] = {
    "never-fires": "finds nothing",
    "always-fires": "finds all",
    "cannot-know": "lacks {of}",
    "same-as": "as {of}",
    "within": "within {of}",
    "changes-nothing": "changes nothing",
}

Marks = dict[str, tuple[Mark, ...]]
"""By rule."""


class Judge:
    """Judges rules as they stand. What they cannot know is looked for once for each text of them."""

    def __init__(self) -> None:
        self._seen: tuple[object, list[Mark]] = (None, [])

    def judge(self, studio: StudioState) -> Marks:
        """Return the marks of rules that nothing beside their rulebooks excuses."""
        books = studio.state.rulebooks
        marks = [*judge_findings(books, studio.tuning.outcome()), *self._ignorance(studio)]
        try:
            excuses = load_excuses(studio.files, books)
        except RulebookError:  # the excuses name rules that are another now, or are no such file
            excuses = ()
        by_rule: Marks = {}
        for mark in marks:
            if not any(one.is_for(mark) for one in excuses):
                by_rule[mark.subject] = (*by_rule.get(mark.subject, ()), mark)
        return by_rule

    def _ignorance(self, studio: StudioState) -> list[Mark]:
        state, session = studio.state, studio.tuning.session
        asked = (state.sources, state.switched, session)
        if self._seen[0] != asked:
            plan = make_plan(state.rulebooks, session.stream.types, session.stream.timezone)
            self._seen = (asked, list(find_ignorance(state.rulebooks, session, plan)))
        return self._seen[1]


def word_of(mark: Mark) -> str:
    """Return a mark in a few words."""
    return _WORDS[mark.mark].format(of=mark.of.replace("_", " ").replace("-", " "))
