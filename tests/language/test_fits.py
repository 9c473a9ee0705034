"""The fields that a rulebook reads are known, and its tests fit their types, wherever they stand."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.language.snippets import rule, rulebook
from touchrules.errors import RulebookError
from touchrules.language.fits import (
    NEEDS,
    check_fields,
    check_types,
    fields_read,
    known_types,
    stream_types,
)
from touchrules.model.filters import FieldTest, Filter
from touchrules.model.rules import Rulebook
from touchrules.model.touches import FieldType

EVERYWHERE = """\
applies_to: {a1: x}
signals:
  s1: {words: true, field: b1}
  s2: {mentions: [b2, b3]}
  s3: {phone_prefix: b4}
facts: {known: {from: {c1: {exists: true}}, until: {not: {c2: {contains: x}}}}}
rules:
- id: first
  title: First
  severity: low
  enabled: false
  when: {any: [{d1: {matches: x}}, {d2: {same_as: d3}}, {d4: {more_than: {field: d5}}}]}
  where:
  - {count: {e1: x}, per: [e2, e3], since_last: {e4: x}, at_least: 1}
  - {not: {any: [{sum: e5, of: {e6: x}, at_least: 1}, {distinct: e7, of: {}, at_least: 1}]}}
  - {average: e8, of: {}, at_least: 1}
  - {share: {e9: x}, of: {f1: []}, at_least: 1}
  - {last: {f2: x}, has: {f3: same, f4: other, f5: {similar: 0.5}, f6: {not_similar: 0.5}}}
  expect:
    touch: {g1: x}
    match: {g2: g3}
    per: [g4]
    after: g5 - 1d
    by: g6
    cancel: {g7: {at_most: 3}}
"""
NEEDED = {
    "text": {"text", "b1", "b2", "b3", "b4", "c2", "d1", "f5", "f6"},
    "number": {"d4", "d5", "e5", "e8", "g7"},
    "timestamp": {"g5", "g6"},
    "a value": {"a1", "e1", "e4", "e6", "e9", "f2", "g1"},
    "anything": {"c1", "d2", "d3", "e2", "e3", "e7", "f1", "f3", "f4", "g2", "g3", "g4", "contact_id"},
}


def fit(book: Rulebook, **columns: FieldType | None) -> list[str]:
    """Return the messages for one rulebook on a stream with these columns."""
    types = stream_types([book], columns)
    return [problem.message for problem in check_types([book], types)]


def test_every_field_is_read_with_its_need_wherever_it_stands() -> None:
    uses = list(fields_read(rulebook(EVERYWHERE)))
    assert {need: {use.name for use in uses if use.need == need} for need in NEEDED} == NEEDED


def test_every_use_of_a_field_knows_its_place() -> None:
    assert [use.name for use in fields_read(rulebook(EVERYWHERE)) if use.place is None] == []


def test_every_test_of_a_field_says_what_it_needs() -> None:
    assert set(NEEDS) == {kind for kind in get_args(Filter) if issubclass(kind, FieldTest)}


MISFITS = [
    "when: {kind: {more_than: 3}}",
    "when: {duration_s: {contains: x}}",
    "when: {icp: {matches: x}}",
    "when: {at: {at_least: 3}}",
    "when: {at: 2025-03-10}",
    "when: {promised_at: {not: [a]}}",
    "when: {step: {more_than: {field: kind}}}",
    "when: {weekday: {less_than: 3}}",
    "when: {local_hour: {contains: x}}",
    "when: {any: [{not: {kind: {more_than: 3}}}]}",
    "enabled: false, when: {kind: {more_than: 3}}",
    "where: [{sum: kind, of: {}, at_least: 1}]",
    "where: [{average: promised_at, of: {}, at_least: 1}]",
    "where: [{any: [{not: {seen: {kind: {more_than: 3}}}}]}]",
    "where: [{seen: {}, since_last: {kind: {more_than: 3}}}]",
    "where: [{last: {}, has: {step: {similar: 0.5}}}]",
    "where: [{last: {}, has: {promised_at: [same]}}]",
    "expect: {touch: {kind: {more_than: 3}}, by: 1d}",
    "expect: {touch: {}, cancel: {step: {contains: x}}, by: 1d}",
    "expect: {touch: {}, by: kind}",
    "expect: {touch: {}, by: 1d, after: step + 1d}",
]


@pytest.mark.parametrize("lines", MISFITS)
def test_a_test_that_does_not_fit_a_known_type_is_told_when_the_rulebook_is_checked(lines: str) -> None:
    with pytest.raises(RulebookError, match=r"needs|holds a time"):
        rule(lines)


FITS = [
    "when: {kind: 3, step: x, icp: call, local_hour: true}",
    "when: {promised_at: {exists: true}, at: {same_as: promised_at}}",
    "when: {promised_at: []}",
    "when: {step: {same_as: kind}}",
    "when: {further: {more_than: 3}, other: {contains: x}}",
    "where: [{distinct: promised_at, of: {}, per: [at], at_least: 1}]",
    "where: [{last: {}, has: {promised_at: same, at: other}}]",
    "expect: {touch: {}, match: {at: promised_at, step: kind}, by: further}",
]


@pytest.mark.parametrize("lines", FITS)
def test_what_fits_or_is_not_known_yet_is_no_problem(lines: str) -> None:
    assert rule(lines).id == "first"


def test_signals_are_numbers_but_a_phone_prefix_is_text() -> None:
    signals = "signals: {talk: {words: true}, area: {phone_prefix: from_number}}\n"
    assert rule("when: {talk: {more_than: 3}, area: {contains: x}}", signals).id == "first"
    with pytest.raises(RulebookError):
        rule("when: {talk: {contains: x}}", signals)
    with pytest.raises(RulebookError):
        rule("when: {area: {more_than: 3}}", signals)


def test_a_column_of_the_stream_must_fit_its_tests() -> None:
    book = rulebook("applies_to: {age: {more_than: 3}}\n")
    assert fit(book, age="text") == ['`more_than` needs numbers, but "age" holds text.']


@pytest.mark.parametrize("kind", ["number", None])
def test_a_column_that_fits_or_has_no_value_is_no_problem(kind: FieldType | None) -> None:
    assert fit(rulebook("applies_to: {age: {more_than: 3}}\n"), age=kind) == []


def test_a_field_that_nobody_knows_is_told_with_the_nearest_one() -> None:
    book = rulebook("applies_to: {ouctome: x, age: 3, city: x, topic: y}\nfields: {city: {type: text}}\n")
    types = stream_types([book], {"age": "number"})
    (problem,) = check_fields([book], types, ["age"])
    assert problem.message == 'There is no field "ouctome".'
    assert problem.remedy.startswith('Did you mean "outcome"?')


def test_fields_of_the_language_and_declared_ones_may_be_absent_from_the_stream() -> None:
    book = rulebook("applies_to: {duration_s: {more_than: 3}, city: x}\nfields: {city: {type: text}}\n")
    types = stream_types([book], {})
    assert (check_fields([book], types), check_types([book], types)) == ([], [])


def test_a_signal_belongs_to_its_rulebook_alone() -> None:
    with_signal, without = rulebook("signals: {talk: {words: true}}\n"), rulebook()
    type_of = known_types([with_signal, without])
    assert (type_of(with_signal, "talk"), type_of(without, "talk")) == ("number", "unknown")
