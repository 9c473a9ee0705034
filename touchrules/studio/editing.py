"""Rules added, changed, copied, ended and taken out: each is one step that can be taken back."""

from __future__ import annotations

from datetime import date

from touchrules.errors import ArgumentError, Problem
from touchrules.language.tuned import name_of
from touchrules.language.writer import CopyRule, RemoveRule, SetPhrases, SetRule, change_rulebook
from touchrules.studio.forms.drafts import Draft, keys_of, text_of_draft
from touchrules.studio.retiring import refuse_removal
from touchrules.studio.state import StudioState

# All raise ArgumentError, RulebookError or DataError where that cannot be, and change nothing then.


def apply_draft(studio: StudioState, draft: Draft) -> str:
    """Have a draft stand: add the rule or change it. Chooses it, and returns its id."""
    name = str(draft.keys.get("id"))
    what = "changed" if draft.rule else "added"
    studio.edit(draft.file, text_of_draft(studio, draft), step=f"rule {name} {what}")
    studio.choose(name)
    return name


def copy_rule(studio: StudioState, rule: str, as_id: str) -> None:
    """Write a rule once more behind itself under another id, and choose the copy."""
    _, book = studio.find(rule)
    source = studio.source_of(book)
    text = change_rulebook(studio.text_of(source), [CopyRule(rule=rule, as_id=as_id)])
    studio.edit(source.file, text, step=f"rule {rule} copied as {as_id}")
    studio.choose(as_id)


def end_rule(studio: StudioState, rule: str, until: str) -> None:
    """Have a rule look only at touches before a date: `effective: {until: ...}`."""
    try:
        date.fromisoformat(until)
    except ValueError as error:
        message = f'"{until}" is no date.'
        raise ArgumentError(Problem(message=message, remedy="Write it like 2026-03-31.")) from error
    _, book = studio.find(rule)
    source = studio.source_of(book)
    keys = keys_of(source, rule)
    effective = keys.get("effective")
    keys["effective"] = {**(effective if isinstance(effective, dict) else {}), "until": until}
    text = change_rulebook(studio.text_of(source), [SetRule(rule=rule, keys=keys)])
    studio.edit(source.file, text, step=f"rule {rule} ends on {until}")


def remove_rule(studio: StudioState, rule: str) -> None:
    """Take a rule out, and choose the next one of its rulebook.

    Raises ArgumentError where other rules, facts or tests name it.
    """
    refuse_removal(studio, rule)
    _, book = studio.find(rule)
    if sum(one.report for other in studio.state.rulebooks for one in other.rules) == 1:
        message, remedy = "This is the last rule that reports anything.", "Add another one before."
        raise ArgumentError(Problem(message=message, remedy=remedy))
    source = studio.source_of(book)
    names = [one.id for one in book.rules if one.report or one.id == rule]
    place = names.index(rule)
    beside = [*names[place + 1 :], *reversed(names[:place])]
    text = change_rulebook(studio.text_of(source), [RemoveRule(rule=rule)])
    studio.edit(source.file, text, step=f"rule {rule} taken out")
    if beside:
        studio.choose(beside[0])


def set_phrases(studio: StudioState, rulebook: str, signal: str, phrases: tuple[str, ...]) -> None:
    """Have a signal look for other phrases, where they are written in it and are no parameter."""
    source = next(one for one in studio.state.sources if name_of(one) == rulebook)
    text = change_rulebook(studio.text_of(source), [SetPhrases(signal=signal, phrases=phrases)])
    studio.edit(source.file, text, step=f"phrases of {signal}")
