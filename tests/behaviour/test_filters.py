"""Filters, by the sentences of section 2."""

import pytest

from tests.behaviour.cases import found, rule, touch

TOUCHES = [
    touch("a", "10:00", topic="Pricing", duration_s=60.0, icp=True, step=60.0),
    touch("b", "11:00", topic="pricing", duration_s=61.0, reason="pricing"),
    touch("c", "12:00", topic="", kind="email"),
]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"topic": "pricing"}, ["b"]),
        ({"topic": []}, []),
        ({"topic": ["pricing", "Pricing"]}, ["a", "b"]),
        ({"topic": {"not": "pricing"}}, ["a", "c"]),
        ({"topic": {"not": ["pricing", "Pricing"]}}, ["c"]),
        ({"topic": {"exists": False}}, ["c"]),
        ({"topic": {"contains": "PRIC"}}, ["a", "b"]),
        ({"topic": {"matches": "^p"}}, ["b"]),
        ({"topic": {"same_as": "reason"}}, ["b"]),
        ({"duration_s": 60}, ["a"]),
        ({"duration_s": {"at_least": "1m", "less_than": 61}}, ["a"]),
        ({"duration_s": {"more_than": {"field": "step"}}}, []),
        ({"duration_s": {"at_most": {"field": "step"}}}, ["a"]),
        ({"icp": 1}, []),
        ({"icp": True}, ["a"]),
        ({"any": []}, []),
        ({"any": [{"icp": True}, {"kind": "email"}]}, ["a", "c"]),
        ({"not": {"icp": True}}, ["b", "c"]),
        ({"kind": "call", "not": {"icp": True}}, ["b"]),
    ],
)
def test_a_filter_says_yes_to_just_these_touches(when, expected):
    assert found(TOUCHES, rule(when=when)) == expected


def test_case_is_ignored_by_the_simple_mapping_of_each_character():
    touches = [touch("a", "10:00", text="İSTANBUL"), touch("b", "11:00", text="i̇stanbul")]
    assert found(touches, rule(when={"text": {"contains": "istanbul"}})) == ["a"]


def test_a_text_of_blanks_is_present():
    assert found([touch("a", "10:00", text="  ")], rule(when={"text": {"exists": True}})) == ["a"]
