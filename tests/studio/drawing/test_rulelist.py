"""The list of rules: what the browser says, and what it is answered."""

from __future__ import annotations

from touchrules.studio.drawing import RuleList


def two_rules() -> RuleList:
    return RuleList(items=[{"id": "first", "enabled": True}, {"id": "second", "enabled": False}])


def test_a_toggle_is_told_to_whoever_asked_for_it() -> None:
    rules, heard = two_rules(), []
    rules.on_toggle(lambda rule_id, on: heard.append((rule_id, on)))
    answer = rules.answer({"asked": "q1", "toggle": "second", "on": True})
    assert answer == {"asked": "q1", "toggle": "second", "on": True}
    assert heard == [("second", True)]
    assert [item["enabled"] for item in rules.items] == [True, True]


def refuse(*_: object) -> None:
    raise ValueError("Not today.")


def test_a_refused_toggle_is_undone_and_answered_by_an_error() -> None:
    rules = two_rules()
    rules.on_toggle(refuse)
    answer = rules.answer({"asked": "q", "toggle": "first", "on": False})
    assert answer == {"asked": "q", "error": "Not today."}
    assert rules.items[0]["enabled"] is True


def test_a_toggle_that_could_not_be_is_undone_and_answered_by_what_stands() -> None:
    rules = two_rules()
    rules.on_toggle(lambda *_: False)
    assert rules.answer({"asked": "q", "toggle": "first", "on": False}) == {
        "asked": "q",
        "toggle": "first",
        "on": True,
    }
    assert rules.items == two_rules().items


def test_a_toggle_of_no_rule_is_answered_by_an_error() -> None:
    assert (
        two_rules().answer({"toggle": "third", "on": True})["error"]
        == 'There is no rule "third" in this list.'
    )


def test_an_unknown_question_is_answered_by_an_error() -> None:
    assert (
        two_rules().answer({"asked": "q", "dance": 1})["error"]
        == "RuleList does not know the question: dance."
    )
    assert two_rules().answer("hello")["error"] == "A question is a mapping."


def test_a_message_of_the_browser_is_answered_by_a_message() -> None:
    rules, sent = two_rules(), []
    rules.send = lambda content, buffers=None: sent.append(content)
    rules._handle_custom_msg({"asked": "q", "toggle": "first", "on": False}, [])
    assert sent == [{"asked": "q", "toggle": "first", "on": False}]
