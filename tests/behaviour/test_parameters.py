"""Parameters, by the sentences of section 9."""

from tests.behaviour.cases import found, replay, rule, rulebook, touch
from tests.reference.parameters import fill_rulebook, read_parameters

PARAMETERS = {
    "n": {"type": "integer", "default": 2},
    "window": {"type": "duration", "default": "1h"},
    "openers": {"type": "phrases", "default": ["x", "y"]},
    "early": {"type": "time_of_day", "default": "08:20"},
    "word": {"type": "choice", "default": "same", "options": ["same", "other"]},
}


def filled(**keys):
    content = {"rulebook": "book", "parameters": PARAMETERS, "rules": [rule(**keys)]}
    return fill_rulebook(content, read_parameters(content, {}))["rules"][0]


def test_a_parameter_stands_for_a_whole_value():
    assert filled(where=[{"count": {}, "more_than": "$n", "within": "${window}"}])["where"] == [
        {"count": {}, "more_than": 2, "within": "1h"}
    ]


def test_phrases_inside_a_list_are_spliced_in():
    assert filled(when={"topic": ["a", "$openers", "b"]})["when"] == {"topic": ["a", "x", "y", "b"]}


def test_a_parameter_may_be_a_part_of_a_deadline():
    expect = filled(expect={"touch": {}, "after": "promised_at - $window", "by": "${n}bd"})["expect"]
    assert (expect["after"], expect["by"]) == ("promised_at - 1h", "2bd")


def test_a_parameter_is_a_part_of_nothing_else():
    assert filled(when={"topic": "a $n"}, title="$n")["when"] == {"topic": "a $n"}


def test_a_time_of_day_is_used_as_hours():
    touches = [touch("a", "08:19"), touch("b", "08:20")]
    late = rule(when={"local_hour": {"at_least": "$early"}})
    assert found(touches, late, parameters=PARAMETERS) == ["b"]


def test_a_parameter_whose_value_is_same_is_the_word_inside_has():
    touches = [touch("a", "10:00", topic="t"), touch("b", "11:00", topic="t")]
    repeated = rule(where=[{"last": {}, "has": {"topic": "$word"}}])
    assert found(touches, repeated, parameters=PARAMETERS) == ["b"]


def test_a_setting_goes_before_the_default():
    book = rulebook(rule(where=[{"count": {}, "at_least": "$n"}]), parameters=PARAMETERS)
    findings, _, _ = replay([book], [touch("a", "10:00")], settings={"book.n": 1})
    assert [row["touch_id"] for row in findings] == ["a"]
