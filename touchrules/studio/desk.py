"""What all views of the studio work on: the state that stands, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from touchrules.errors import Cancelled, TouchrulesError
from touchrules.model.parameters import Parameter, ParameterValue
from touchrules.studio.again import Again, open_again
from touchrules.studio.impact import Impacts
from touchrules.studio.later import Later
from touchrules.studio.opening import Data, open_state, read_state
from touchrules.studio.scope import Scope
from touchrules.studio.standing import standing_of, take_up
from touchrules.studio.state import StudioState


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
    turned last, with its rulebook. `data`: the touches that were asked for. `finding`: the touch and the rule
    at which a contact was opened last.
    """

    words: Words

    def __init__(self, later: Later) -> None:
        self.later = later
        self.serial = 0
        self.turned: tuple[str, Parameter] | None = None
        self.data = Data()
        self._wanted: str | None = None
        self.finding: tuple[str, str] | None = None
        self._opened: tuple[StudioState, Impacts] | None = None
        self._asked: tuple[str | None, str | None] = (None, None)
        self._changed: list[Callable[[], None]] = []
        self._contact: list[Callable[[str], None]] = []

    @property
    def is_open(self) -> bool:
        """Whether there is a state: it takes a moment until there is."""
        return self._opened is not None

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
        self._asked, self.data = (path, touches), Data(path=touches)
        self.words.say("Opening the rulebooks and their touches …")
        self.later.do("open", partial(open_state, path, self.data, self.words.progress), self.put)

    def open_again(self, path: str | None, standing: str) -> None:
        """Open what stood, as it was told then, in a studio that is gone with its Python."""
        self._asked = (path, None)
        self.words.say("Opening the rulebooks and their touches again …")
        opening = partial(open_again, path, standing, self.words.progress)
        self.later.do("open", opening, self._put_again)

    def _put_again(self, again: Again) -> None:
        self.data = again.data
        self.put(again.studio)
        if again.told:
            self.words.say(again.told)

    def put(self, state: StudioState) -> None:
        """Have another state stand."""
        self._opened = (state, Impacts(state))
        state.tuning.progress = self.words.patiently
        self.words.ready(state)
        wanted, self._wanted = self._wanted, None
        if wanted is None or not self.attempt(partial(state.choose, wanted)):
            self.changed()

    def open_data(self, data: Data, refused: Callable[[TouchrulesError], None]) -> None:
        """Replay the rulebooks over other touches, what is set stays; `refused` is told why not."""
        files, before = self.state.files, self.state
        self.words.say(f"Reading {data.path} …")

        def read() -> StudioState | TouchrulesError:
            try:
                state = read_state(data, files, self.words.progress)
                take_up(state, standing_of(self.state))
            except Cancelled:
                raise
            except TouchrulesError as error:
                return error
            return state

        def tell(read: StudioState | TouchrulesError) -> None:
            if isinstance(read, StudioState):
                self.data = data
                self.put(read)
            else:
                self.words.ready(before)
                refused(read)

        self.later.do("open", read, tell)

    def narrow(self, scope: Scope) -> bool:
        """Show and count the touches of another scope; return whether it can be."""
        return self.attempt(partial(self.state.narrow, scope))

    def reload(self) -> None:
        """Read the rulebooks from disk again; what is not saved goes."""
        if not self.is_open:
            self.open(*self._asked)
            return
        now = self.state
        again = partial(StudioState, now.files, now.stream, now.scope, now.rejects)
        self.later.do("open", again, self.put)

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
            self.turned = None
            self.attempt(partial(self.state.choose, rule))

    def turn(self, rulebook: str, parameter: Parameter, value: ParameterValue) -> bool:
        """Set a parameter; return whether it could be."""
        self.turned = (rulebook, parameter)
        return self.attempt(partial(self.state.set, rulebook, parameter.name, value))

    def switch(self, rule: str, *, on: bool) -> None:
        """Switch a rule on or off."""
        self.attempt(partial(self.state.switch, rule, on=on))

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

    def save(self) -> None:
        """Write what stands into the rulebooks."""
        self.attempt(lambda: self._tell_saved(self.state.save()))

    def _tell_saved(self, files: Sequence[str]) -> None:
        names = ", ".join(Path(one).name for one in files)
        self.words.say(f"Saved {names}." if files else "There is nothing to save.")

    def open_contact(self, contact: str, finding: tuple[str, str] | None = None) -> None:
        """Open a contact; `finding`: at the touch and the rule of one finding."""
        self.finding = finding
        for callback in self._contact:
            callback(contact)
