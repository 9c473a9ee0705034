"""The curve and the bars: what Python holds of them."""

from __future__ import annotations

from touchrules.studio.drawing import Curve, WeekBars


def test_the_same_value_can_be_picked_twice() -> None:
    curve, heard = Curve(points=[[1, 9, "1"], [2, 4, "2"]], current=1), []
    curve.observe(lambda change: heard.append(change["new"]), "picked")
    curve.picked = 2
    curve.current = 2
    curve.current = 1
    curve.picked = 2
    assert heard == [2, None, 2]


def test_a_curve_may_have_no_values() -> None:
    curve = Curve(title="Calls a week", unit="calls")
    assert (curve.current, curve.saved, curve.picked, curve.points) == (None, None, None, [])


def test_bars_take_no_questions_and_say_so() -> None:
    bars = WeekBars(title="Findings", labels=["1 Mar"], now=[3], saved=[4])
    assert bars.answer({"asked": "q", "toggle": 1})["error"] == "WeekBars does not know the question: toggle."
