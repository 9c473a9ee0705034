"""What all views of the studio work on: the state that stands, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from touchrules.errors import Cancelled, TouchrulesError
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.again import Again, asked_before, open_again
from touchrules.studio.impact import Impacts
from touchrules.studio.later import Later
from touchrules.studio.opening import Asked, Data, open_or_tell, read_state
from touchrules.studio.scope import Scope
from touchrules.studio.standing import standing_of, take_up
from touchrules.studio.state import StudioState
from touchrules.studio.trouble import Trouble


class Words(Protocol):
    """Where a studio says what is going on."""

    def ready(self, studio: StudioState) -> None:
        """Say that all is there."""

    def say(self, text: str) -> None:
        """Say what is going on."""

    def complain(self, text: str) -> None:
        """Say what went wrong."""

    def stopped(self) -> None:
        """Say that somebody stopped a long piece of work."""

    def progress(self, what: str, done: int, total: int | None) -> None:
        """Show how far a long piece of work is; raises Cancelled where somebody stopped it."""

    def patiently(self, what: str, done: int, total: int | None) -> None:
        """Show how far a piece of work is, once it goes on for long; raises Cancelled as `progress` does."""

    def rest(self) -> None:
        """Show that a piece of work has ended; raises Cancelled where it did not hear that it was stopped."""

    def cancel(self) -> None:
        """Have the long piece of work that goes on stop."""


class Desk:
    """The state that views show, the commands that they share, and who is told of what.

    `later`: how work is done that must not block the screen. A command that cannot be done says why, and
    changes nothing. `serial` is another one whenever something was changed. `turned`: the parameter that was
    turned last, behind its rule. `finding`: the touch and the rule at which a contact was opened last.
    `trouble`: why the studio could not open what it was asked to.
    """

    words: Words

    def __init__(self, later: Later) -> None:
        self.later = later
        self.serial = 0
        self.turned: tuple[str, str] | None = None
        self.trouble: Trouble | None = None
        self._wanted: str | None = None
        self._standing: str | None = None
        self.finding: tuple[str, str] | None = None
        self._opened: tuple[StudioState, Impacts] | None = None
        self._asked = Asked()
        self._changed: list[Callable[[], None]] = []
        self._contact: list[Callable[[str], None]] = []
        self._shown: list[Callable[[], None]] = []
        self._saving: list[Callable[[], None]] = []
        self._exporting: list[Callable[[], None]] = []
        self._trouble: list[Callable[[], None]] = []

    @property
    def is_open(self) -> bool:
        """Whether there is a state: it takes a moment until there is."""
        return self._opened is not None

    @property
    def asked(self) -> Asked:
        """What the studio was asked to open."""
        return self._asked

    @property
    def state(self) -> StudioState:
        """The state that stands. Raises RuntimeError before there is one."""
        return self._get()[0]

    @property
    def impacts(self) -> Impacts:
        """What measures the rules of the state."""
        return self._get()[1]

    def _get(self) -> tuple[StudioState, Impacts]:
        if self._opened is None:
            msg = "the studio is still opening"
            raise RuntimeError(msg)
        return self._opened

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back whenever something was changed."""
        self._changed.append(callback)

    def on_contact(self, callback: Callable[[str], None]) -> None:
        """Call back with a contact whenever somebody opens one."""
        self._contact.append(callback)

    def on_rule(self, callback: Callable[[], None]) -> None:
        """Call back whenever somebody wants to see a rule."""
        self._shown.append(callback)

    def on_saving(self, callback: Callable[[], None]) -> None:
        """Call back whenever somebody wants to save."""
        self._saving.append(callback)

    def on_exporting(self, callback: Callable[[], None]) -> None:
        """Call back whenever somebody wants to export."""
        self._exporting.append(callback)

    def on_trouble(self, callback: Callable[[], None]) -> None:
        """Call back whenever there is trouble in opening, and when it is over."""
        self._trouble.append(callback)

    def changed(self) -> None:
        """Tell that something is not as it was."""
        self.serial += 1
        for callback in self._changed:
            callback()

    def attempt(self, step: Callable[[], object]) -> bool:
        """Do a step and tell that something changed, or say why it cannot be done; return whether it was."""
        try:
            step()
        except TouchrulesError as error:
            self.fail(error)
            return False
        self.changed()
        return True

    def fail(self, error: BaseException) -> None:
        """Say what went wrong."""
        if isinstance(error, Cancelled):
            self.later.drop()  # else the next view would have the same work done again
            self.words.stopped()
            return
        text = str(error) if isinstance(error, TouchrulesError) else f"{type(error).__name__}: {error}"
        self.words.complain(text)

    def open(self, path: str | None, touches: str | None) -> None:
        """Open the rulebooks beside a file, or the workspace's, on some touches, or the environment's."""
        self.open_asked(Asked(path=path, data=Data(path=touches)))

    def open_again(self, path: str | None, standing: str) -> None:
        """Open what stood, as it was told then, in a studio that is gone with its Python."""
        self._standing = standing
        self.open_asked(asked_before(path, standing))

    def open_asked(self, asked: Asked) -> None:
        """Open what is asked for, or have it told why that cannot be."""
        self._asked = asked
        self.words.say("Opening the rulebooks and their touches …")
        opening = partial(open_again, asked, self._standing, self.words.progress)
        self.later.do("open", opening, self._put_again)

    def open_others(self) -> None:
        """Open the rulebooks that load, without those that do not."""
        if self.trouble is not None:
            self.open_asked(replace(self._asked, leave_out=self.trouble.left_out))

    def open_on(self, touches: str) -> None:
        """Open the rulebooks on other touches."""
        self.open_asked(replace(self._asked, data=Data(path=touches)))

    def _put_again(self, opened: Again | Trouble) -> None:
        if isinstance(opened, Trouble):
            self._set_trouble(opened)
            return
        self._standing = None
        self.put(opened.studio)
        if opened.told:
            self.words.say(opened.told)

    def _put_or_tell(self, opened: StudioState | Trouble) -> None:
        if isinstance(opened, Trouble):
            self._set_trouble(opened)
        else:
            self.put(opened)

    def _set_trouble(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        for callback in self._trouble:
            callback()

    def leave_trouble(self) -> None:
        """Go on with what stands, whatever is wrong with the files."""
        if self.is_open:
            self._set_trouble(None)

    def put(self, state: StudioState) -> None:
        """Have another state stand."""
        self._opened = (state, Impacts(state))
        state.tuning.progress = self.words.patiently
        self._set_trouble(None)
        self.words.ready(state)
        wanted, self._wanted = self._wanted, None
        if wanted is None or not self.attempt(partial(state.choose, wanted)):
            self.changed()

    def open_data(self, data: Data, refused: Callable[[TouchrulesError], None]) -> None:
        """Replay the rulebooks over other touches, what is set stays; `refused` is told why not."""
        before = self.state
        self.words.say(f"Reading {data.path} …")

        def read() -> StudioState | TouchrulesError:
            try:
                state = read_state(data, before, self.words.progress)
                take_up(state, standing_of(self.state))
            except Cancelled:
                raise
            except TouchrulesError as error:
                return error
            return state

        def tell(read: StudioState | TouchrulesError) -> None:
            if isinstance(read, StudioState):
                self._asked = replace(self._asked, data=data)
                self.put(read)
            else:
                self.words.ready(before)
                refused(read)

        self.later.do("open", read, tell)

    def narrow(self, scope: Scope) -> bool:
        """Show and count the touches of another scope; return whether it can be."""
        return self.attempt(partial(self.state.narrow, scope))

    def reload(self) -> None:
        """Read the rulebooks from disk again, also those that were left out; what is not saved goes."""
        asked = replace(self._asked, leave_out=())
        if not self.is_open:
            self.open_asked(asked)
            return
        before = self.state
        self.words.say("Reading the rulebooks again …")
        reading = partial(open_or_tell, asked, before, self.words.progress)
        self.later.do("open", reading, self._put_or_tell)

    def moved(self, old: Path, new: Path) -> None:
        """Go on with a rulebook's file under another name."""
        if self._asked.path is not None and Path(self._asked.path).absolute() == old:
            self._asked = replace(self._asked, path=str(new))
        if self.is_open:
            self.state.move(old, new)

    def look_again(self) -> None:
        """Tell if a rulebook was changed on disk; where nothing was set here, read it anew."""
        if not self.is_open or self.state.is_as_saved():
            return
        if self.state.is_changed:
            self.words.complain("A rulebook was changed on disk. Reload reads it; what is set here goes.")
        else:
            self.reload()

    def choose(self, rule: str) -> None:
        """Choose a rule, or have it chosen as soon as there is one."""
        if not self.is_open:
            self._wanted = rule or self._wanted
        elif rule and rule != self.state.rule:
            self.attempt(partial(self.state.choose, rule))

    def show_rule(self, rule: str) -> None:
        """Choose a rule, and have it shown."""
        self.choose(rule)
        for callback in self._shown:
            callback()

    def turn(self, rulebook: str, parameter: Parameter, value: ParameterValue) -> bool:
        """Set a parameter; return whether it could be."""
        self.turned = (self.state.rule, parameter.name)
        return self.attempt(partial(self.state.set, rulebook, parameter.name, value))

    def switch(self, rule: str, *, on: bool) -> bool:
        """Switch a rule on or off; return whether it could be."""
        return self.attempt(partial(self.state.switch, rule, on=on))

    def rewrite(self, file: str, text: str) -> None:
        """Put another text in the place of a file's. Raises RulebookError where it holds mistakes."""
        self.state.rewrite(file, text)
        self.changed()

    def undo(self) -> None:
        """Take the last step back."""
        self.words.say(f"Taken back: {self.state.undo() or 'nothing'}.")
        self.changed()

    def redo(self) -> None:
        """Take a step again."""
        self.words.say(f"Done again: {self.state.redo() or 'nothing'}.")
        self.changed()

    def ask_to_save(self) -> None:
        """Have what a save would change be shown, to be saved from there."""
        if self.is_open and self.state.is_changed:
            for callback in self._saving:
                callback()
        else:
            self.words.say("There is nothing to save.")

    def ask_to_export(self) -> None:
        """Have what would be exported be shown, to be exported from there."""
        if self.is_open:
            for callback in self._exporting:
                callback()
        else:
            self.words.say("There is nothing to export yet.")

    def save(self) -> tuple[str, ...]:
        """Write what stands into the rulebooks, with the versions that are proposed."""
        return self._save(lambda: self.state.save())  # noqa: PLW0108 - the state may be another one then

    def write(self, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Write texts of rulebooks that the state gave for it, and return which were written."""
        return self._save(lambda: self.state.write(texts))

    def _save(self, write: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        saved: list[str] = []
        self.attempt(lambda: saved.extend(write()))
        if saved:
            self.words.say(f"Saved {', '.join(Path(one).name for one in saved)}.")
        return tuple(saved)

    def open_contact(self, contact: str, finding: tuple[str, str] | None = None) -> None:
        """Open a contact; `finding`: at the touch and the rule of one finding."""
        self.finding = finding
        for callback in self._contact:
            callback(contact)
