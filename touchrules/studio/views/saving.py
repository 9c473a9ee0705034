"""What is asked before a save: the changes once more, the version of each rulebook, and why."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.production.revisions import NoRepository, Repository
from touchrules.studio.committing import commit_saved, repositories_of, write_message
from touchrules.studio.desk import Desk
from touchrules.studio.saving import Numbering, Release
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.changelist import ChangeList
from touchrules.studio.views.texts import tag

_LABELS = {"description_width": "18em"}

Repositories = dict[Path, Repository] | NoRepository
"""The repository of each file that is to be saved, or why there is none."""


class SavePanel(w.VBox):  # type: ignore[misc]
    """Shown when somebody wants to save, until it is done or given up."""

    def __init__(self, desk: Desk, changes: ChangeList) -> None:
        self._desk, self._changes = desk, changes
        self._beside = desk.later.beside()  # what git checks before a commit may take long
        self._versions, self._where, self._told = w.VBox(), w.HTML(), w.HTML()
        self._note = w.Textarea(description="Why (a note)", rows=3, style=_LABELS)
        self._note.placeholder = "What made this change necessary"
        self._note.layout.width = "calc(100% - 8px)"
        self._commit = w.Checkbox(description="Commit to git with this note", indent=False, value=True)
        self._repositories: dict[Path, Repository] = {}
        self._uncommitted: tuple[dict[Path, Repository], str] | None = None
        self._buttons = {
            "save": make_button("Save to files", "save", self.save),
            "again": make_button("Commit again", "repeat", self._begin_commit),
            "cancel": make_button("Cancel", "times", self.give_up),
        }
        self._buttons["save"].add_class("jp-touchrules-confirm-save")
        self._buttons["cancel"].add_class("jp-touchrules-cancel-save")
        self._asked = w.VBox([changes, self._versions, self._note, self._commit, self._where])
        self._head = w.HTML()
        super().__init__([self._head, self._asked, self._told, w.HBox(list(self._buttons.values()))])
        self.add_class("jp-touchrules-saving")
        self.layout.display = "none"

    @property
    def is_shown(self) -> bool:
        """Whether it is shown."""
        return bool(self.layout.display != "none")

    def ask(self) -> None:
        """Ask what is to be asked, the note first."""
        self._uncommitted = None
        self._commit.value = True
        self._versions.children = []
        self._head.value, self._told.value = tag("h3", "Save these changes?"), ""
        self._asked.layout.display = self._buttons["save"].layout.display = ""
        self._buttons["again"].layout.display = "none"
        self._buttons["cancel"].description = "Cancel"
        self._buttons["save"].disabled = True
        self.layout.display = ""
        self.refresh()
        self._note.focus()

    def refresh(self) -> None:
        """Show what a save would change as it stands."""
        if not self.is_shown or self._uncommitted is not None:
            return
        if not self._desk.state.is_changed:
            self.give_up()
            return
        self._changes.refresh()
        self._buttons["save"].disabled = True
        self._desk.later.do("numberings", self._find_numberings, self._show_choices)

    def _find_numberings(self) -> tuple[tuple[Numbering, ...], Repositories]:
        studio = self._desk.state
        numberings = studio.numberings()
        return numberings, repositories_of([studio.place_of(one.file) for one in numberings])

    def _show_choices(self, found: tuple[tuple[Numbering, ...], Repositories]) -> None:
        """Offer what may be chosen; what somebody chose stays chosen."""
        numberings, repositories = found
        chosen = {one.file: one.label for one in self._versions.children if one.label != one.proposed}
        self._versions.children = [self._make_choice(one) for one in numberings]
        for one in self._versions.children:
            kinds = {label.partition(":")[0]: label for label, _ in one.options}
            kind = (chosen.get(one.file) or "").partition(":")[0]
            one.label = kinds.get(kind, one.label)
        self._show_repositories(repositories)
        self._buttons["save"].disabled = False

    def _make_choice(self, one: Numbering) -> Any:
        choices = one.choices()
        name = f"Version after {one.now or 'none'} of {self._desk.state.place_of(one.file).name}"
        chosen = w.Dropdown(
            options=list(choices.items()), value=one.choice(), description=name, style=_LABELS
        )
        chosen.layout.width = "calc(100% - 8px)"
        chosen.file, chosen.proposed = one.file, chosen.label
        return chosen

    def _show_repositories(self, found: Repositories) -> None:
        self._repositories = {} if isinstance(found, NoRepository) else found
        self._commit.layout.display = "" if self._repositories else "none"
        if not self._repositories:
            self._commit.value = False
        comment = "Without git the note is written as a comment above the version."
        why = (
            f"{found.why} {comment}"
            if isinstance(found, NoRepository)
            else comment.replace("git", "a commit")
        )
        self._where.value = tag("p", why, "hint")

    def give_up(self) -> None:
        """Give it up; what was written stays written."""
        self.layout.display = "none"
        self._head.value = ""
        self._uncommitted = None

    def save(self) -> None:
        """Write what stands, and commit it if that was chosen; nothing before the versions are known."""
        if self._buttons["save"].disabled:  # pressed before the page heard of it
            return
        studio, serial = self._desk.state, self._desk.serial
        note, commits = self._note.value.strip(), self._commit.value and bool(self._repositories)
        versions = {one.file: one.value for one in self._versions.children}
        release = Release(versions=versions, note="" if commits else note)
        self._buttons["save"].disabled = True

        def make() -> tuple[dict[str, str], str | None]:
            message = write_message(note, studio.changes()) if commits else None
            return studio.texts_of(release), message

        self._desk.later.do("save", make, partial(self._write, serial))

    def _write(self, serial: int, made: tuple[dict[str, str], str | None]) -> None:
        """Write the texts, unless something was changed since they and the message were made."""
        texts, message = made
        self._buttons["save"].disabled = False
        if serial != self._desk.serial:
            self._desk.words.say("Something was changed meanwhile. Look at it, and save again.")
            return
        self._uncommitted = None if message is None else (self._repositories, message)
        if not self._desk.write(texts):
            self._uncommitted = None
            return
        self._note.value = ""
        if message is None:
            self.give_up()
        else:
            self._begin_commit()

    def _begin_commit(self) -> None:
        if self._uncommitted is not None:
            self._beside.do("commit", partial(_try_to_commit, *self._uncommitted), self._tell_commit)

    def _tell_commit(self, done: tuple[str, ...] | TouchrulesError) -> None:
        if self._uncommitted is None:
            return
        names = ", ".join(file.name for file in self._uncommitted[0])
        if isinstance(done, TouchrulesError):
            self._asked.layout.display = self._buttons["save"].layout.display = "none"
            self._buttons["again"].layout.display = ""
            self._buttons["cancel"].description = "Leave it uncommitted"
            words = tag("p", f"Saved {names}, but it is not committed:") + tag("pre", str(done), "problems")
            self._told.value = f'<div role="alert">{words}</div>'
            return
        self.give_up()
        self._desk.words.say(f"Saved {names}. Committed as {', '.join(done)}.")


def _try_to_commit(repositories: dict[Path, Repository], message: str) -> tuple[str, ...] | TouchrulesError:
    try:
        return commit_saved(repositories, message)
    except TouchrulesError as error:
        return error
