"""Why touches were found or left alone: both engines say the same, numbers and touches behind them too."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest

from tests.differential.examples import seeded_example, write_rulebook
from tests.differential.inprocess import Inline
from tests.replay.test_resting import read_example
from touchrules.language.source import read_source
from touchrules.replay import run
from touchrules.replay.tuning import Tuning
from touchrules.replay.why import Whys


def whys_of(tuning: Tuning) -> Whys:
    decision = tuning.decision()
    return Whys(decision, tuning.state.rulebooks, tuning.standing(decision.plan))


@pytest.mark.parametrize("number", range(60))
def test_both_engines_tell_the_same_of_random_touches(number: int) -> None:
    example = seeded_example(22, number)
    _, stream = read_example(example)
    if not len(stream):
        return
    sources = [
        read_source(write_rulebook(one), f"{one['rulebook']}.rulebook.yaml") for one in example.rulebooks
    ]
    whys = whys_of(Tuning(sources, stream, example.settings, as_of=example.as_of))
    every = np.arange(len(stream))
    with mock.patch.object(run, "Supervisor", Inline):
        checked = whys.check(whys.near.parts, every)
    assert checked.compared.differences == ()
    for row in every.tolist():
        assert checked.tell(row) == {one.rule: one for one in whys.tell(row).rules}
