"""What is wrong with rules on these touches: those that find nothing, all, or nothing of their own."""

from __future__ import annotations

from typing import Final

from touchrules.errors import RulebookError
from touchrules.evidence.excuses import load_excuses
from touchrules.evidence.health import judge_rules
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


def judge(studio: StudioState) -> Marks:
    """Return the marks of the rules as they stand that nothing beside their rulebooks excuses."""
    books = studio.state.rulebooks
    marks = judge_rules(books, studio.tuning.session, studio.tuning.outcome())
    try:
        excuses = load_excuses(studio.files, books)
    except RulebookError:  # the excuses name rules that are another now, or are no such file
        excuses = ()
    by_rule: Marks = {}
    for mark in marks:
        if not any(one.is_for(mark) for one in excuses):
            by_rule[mark.subject] = (*by_rule.get(mark.subject, ()), mark)
    return by_rule


def word_of(mark: Mark) -> str:
    """Return a mark in a few words."""
    return _WORDS[mark.mark].format(of=mark.of.replace("_", " ").replace("-", " "))
