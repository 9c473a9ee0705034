"""What was done in the studio is taken back and done again, whoever else reads what stands meanwhile."""

from __future__ import annotations

import threading

import pytest

from touchrules.replay.tuning import State
from touchrules.studio.scope import EVERYTHING, Scope
from touchrules.studio.state import StudioState
from touchrules.studio.steps import Steps


def read_in_a_thread(steps: Steps) -> list[Scope]:
    """What work in a thread sees as the scope."""
    seen: list[Scope] = []
    thread = threading.Thread(target=lambda: seen.append(steps.scope))
    thread.start()
    thread.join()
    return seen


def test_a_step_can_be_done_again_where_a_thread_read_the_scope_while_it_was_taken_back(
    studio: StudioState, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuning = studio.tuning
    steps = Steps(tuning)
    steps.narrow(Scope(reps=("ann",)))
    tuning.set("manners.cap", 3)
    assert steps.undoable == "manners.cap = 3"
    stand, seen = tuning.stand, list[Scope]()

    def stand_and_be_read(state: State) -> State:
        seen.extend(read_in_a_thread(steps))
        stands = stand(state)
        seen.extend(read_in_a_thread(steps))
        return stands

    monkeypatch.setattr(tuning, "stand", stand_and_be_read)
    steps.undo()
    assert seen == [Scope(reps=("ann",))] * 2
    assert steps.redoable == "manners.cap = 3"
    steps.undo()
    steps.undo()
    assert steps.scope == EVERYTHING
    steps.redo()
    steps.redo()
    assert tuning.state.settings == {"manners.cap": 3}
