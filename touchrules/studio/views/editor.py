"""A rule being written: its form, what is wrong with it, and the step that makes it stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.studio.desk import Desk
from touchrules.studio.editing import apply_draft
from touchrules.studio.forms.checking import Told, check_draft, without_place
from touchrules.studio.forms.drafts import Draft, new_draft, open_draft, put, rebase
from touchrules.studio.forms.offers import offers_for
from touchrules.studio.forms.touchwords import Options
from touchrules.studio.state import StudioState
from touchrules.studio.views.fields import Field, Pick
from touchrules.studio.views.ruleform import RuleFields
from touchrules.studio.views.texts import tag

_PAUSE: Final = 0.3
"""Seconds that a form must rest before it is checked."""
_KEPT: Final = "This was changed elsewhere meanwhile. What you wrote here is kept on top of it."


class RuleEditor(w.VBox):  # type: ignore[misc]
    """The form of the chosen rule or of a new one.

    What is written on it is kept until it stands or is cancelled; `closed` is told then.
    """

    def __init__(self, desk: Desk, closed: Callable[[], None]) -> None:
        self._desk, self._closed = desk, closed
        self._drafts: dict[str, Draft] = {}
        self.draft: Draft | None = None
        self._showing = False
        self.fields = RuleFields(self._put)
        self._head, self._note, self.whole = w.HTML(), w.HTML(), Field()
        self._book = w.VBox()
        self._book.add_class("jp-touchrules-form")
        self.apply_button = w.Button(description="Apply", icon="check", button_style="primary")
        self.apply_button.on_click(lambda _: self.apply())
        cancel = w.Button(description="Cancel", tooltip="Forget what was written here")
        cancel.on_click(lambda _: self.cancel())
        buttons = w.HBox([self.apply_button, cancel])
        buttons.add_class("jp-touchrules-buttons")
        super().__init__([self._head, self._note, self._book, self.fields, self.whole, buttons])

    @property
    def is_new(self) -> bool:
        """Whether it is a new rule that is being written."""
        return self.draft is not None and not self.draft.rule

    def begin_new(self) -> None:
        """Begin a new rule, or go on with the one that was begun."""
        self._show(self._drafts.get("") or new_draft(self._desk.state))

    def refresh(self) -> None:
        """Show the chosen rule as it stands, with what was written on its form."""
        studio = self._desk.state
        rule = "" if self.is_new else studio.rule
        known = self._drafts.get(rule)
        if not rule:
            if self.draft is not None and not self._is_there(self.draft):
                self.cancel()
            return
        now = open_draft(studio, rule)
        if known is None or not known.is_changed:
            if self.draft is None or (now.keys, now.rule) != (self.draft.keys, self.draft.rule):
                self._show(now)
            return
        if dict(known.base) != dict(now.base):
            self._show(rebase(known, now.base), note=_KEPT)
        elif self.draft is None or self.draft.rule != rule:
            self._show(known)

    def _is_there(self, draft: Draft) -> bool:
        return any(one.file == draft.file for one in self._desk.state.state.sources)

    def _show(self, draft: Draft, note: str = "") -> None:
        """Fill all fields."""
        self._keep(draft)
        self._head.value = "" if draft.rule else tag("h3", "A new rule")
        self._note.value = f'<div role="status">{tag("p", note, "hint")}</div>' if note else ""
        self.apply_button.description = "Apply" if draft.rule else "Add the rule"
        self._book.children = [] if draft.rule else [self._pick_book(draft)]
        self._showing = True
        try:
            self.fields.show(draft.keys, offers_for(self._desk.state, draft.file))
        finally:
            self._showing = False
        self._tell({})
        if draft.is_changed and draft.rule:
            self._check(draft)

    def _pick_book(self, draft: Draft) -> Pick:
        books = self._desk.state.state.rulebooks
        studio = self._desk.state
        options: Options = [(book.title or book.name, studio.source_of(book).file) for book in books]
        pick = Pick("Rulebook", options, draft.file)
        pick.observe(lambda _: self._move(pick.picked), "value")
        return pick

    def _move(self, file: str) -> None:
        """Write the new rule into another rulebook."""
        if self.draft is not None:
            keys = {key: value for key, value in self.draft.keys.items() if key != "source"}
            self._show(Draft(file=file, rule="", base={}, keys=keys))

    def _keep(self, draft: Draft) -> None:
        self.draft = draft
        self._drafts[draft.rule] = draft

    def _put(self, key: str, value: Any) -> None:
        if self._showing or self.draft is None:
            return
        self._keep(put(self.draft, key, value))
        self._check(self.draft)

    def _check(self, draft: Draft) -> None:
        studio = self._desk.state
        self._desk.later.do("form", lambda: check_draft(studio, draft), self._tell, _PAUSE)

    def _tell(self, problems: Told) -> None:
        told = without_place(problems)
        self.fields.tell(told)
        self.whole.tell(told.get("", []))

    def apply(self) -> None:
        """Have the rule stand as it is written here, or show what is wrong."""
        draft, studio = self.draft, self._desk.state
        if draft is not None:
            check = partial(check_draft, studio, draft)
            self._desk.later.do("apply", check, partial(self._apply, studio, draft))

    def _apply(self, studio: StudioState, draft: Draft, problems: Told) -> None:
        """Have a draft stand that was checked, unless it or all else is another one by now."""
        if draft is not self.draft or studio is not self._desk.state:
            return
        if not problems:
            try:
                apply_draft(studio, draft)
            except TouchrulesError as error:
                problems = {"": [*error.problems]}
        self._tell(problems)
        if not problems:
            self._forget(draft)
            self._desk.words.say(f"The rule is {'changed' if draft.rule else 'added'}. Save writes it.")
            self._desk.changed()

    def cancel(self) -> None:
        """Forget what was written here."""
        if self.draft is not None:
            self._forget(self.draft)

    def _forget(self, draft: Draft) -> None:
        self._drafts.pop(draft.rule, None)
        self.draft = None
        self._desk.later.do("form", dict, self._tell)
        self._closed()
