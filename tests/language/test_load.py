"""Rulebooks are loaded from files and folders, and checked against one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from touchrules.errors import ArgumentError, RulebookError
from touchrules.language.load import (
    RulebookTexts,
    check_rulebooks,
    load_rulebooks,
    make_rulebooks,
    parse_rulebooks,
)
from touchrules.language.source import read_source
from touchrules.model.rules import Rulebook

ONE = "rulebook: one\nlanguage: 1\n"
TWO = "rulebook: two\nlanguage: 1\n"
RULE = "rules: [{id: %s, title: A, severity: low, when: %s}]\n"


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.rulebook.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(**texts: str) -> list[str]:
    with pytest.raises(RulebookError) as error:
        parse_rulebooks({f"{name}.rulebook.yaml": text for name, text in texts.items()})
    return [str(problem) for problem in error.value.problems]


def test_a_folder_is_searched_to_any_depth_in_order(tmp_path: Path) -> None:
    folder = write(tmp_path, b=ONE, a__deep__er=TWO)
    (folder / "notes.yaml").write_text("not: a rulebook")
    rulebooks = load_rulebooks([folder])
    assert [rulebook.name for rulebook in rulebooks] == ["two", "one"]
    assert rulebooks[0].file == (folder / "a/deep/er.rulebook.yaml").as_posix()


def test_a_file_that_is_named_twice_is_loaded_once(tmp_path: Path) -> None:
    folder = write(tmp_path, one=ONE)
    assert len(load_rulebooks([folder / "one.rulebook.yaml", folder])) == 1


def test_a_missing_file_and_an_empty_folder_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError) as error:
        load_rulebooks([tmp_path / "none.rulebook.yaml", tmp_path])
    assert ["There is no file" in str(error.value), "holds no rulebook" in str(error.value)] == [True, True]


def test_check_tells_paths_settings_and_rulebooks_and_never_raises(tmp_path: Path) -> None:
    folder = write(tmp_path, one=ONE + "rule: []\n")
    problems = check_rulebooks([folder, "nowhere"], {"one.cap": 3})
    assert [bool(problem.place) for problem in problems] == [False, False, True]


def test_check_of_a_good_rulebook_is_empty(tmp_path: Path) -> None:
    assert check_rulebooks([write(tmp_path, one=ONE)]) == ()


def test_problems_of_all_files_are_told_in_the_order_of_their_places() -> None:
    problems = told(b=TWO + "rule: []\n", a=ONE + "title: 3\nrule: []\n")
    assert [problem.split(", ")[0].split("\n")[0] for problem in problems] == [
        "a.rulebook.yaml:3:8",
        "a.rulebook.yaml:4:1",
        "b.rulebook.yaml:3:1",
    ]


def test_a_rulebook_that_cannot_be_read_does_not_make_its_names_unknown() -> None:
    problems = told(
        a=ONE + 'facts: {known: {from: {}}}\nabout: "open\n',
        b=TWO + "rules: [{id: b, title: B, severity: low, when: {found: a}, unless: known}]\n",
    )
    assert len(problems) == 1


def test_two_rulebooks_of_one_name_are_told_at_the_second() -> None:
    (problem,) = told(a=ONE, b=ONE)
    assert problem.startswith("b.rulebook.yaml:1:11\n")
    assert "a.rulebook.yaml:1:11" in problem


def test_rules_of_one_id_in_two_rulebooks_are_told_at_the_second() -> None:
    (problem,) = told(a=ONE + RULE % ("same", "{}"), b=TWO + RULE % ("same", "{}"))
    assert problem.startswith("b.rulebook.yaml:3:14, rule same\n")
    assert "a.rulebook.yaml:3:14" in problem


def test_a_fact_of_another_rulebook_may_be_used_and_asserted() -> None:
    rules = "rules: [{id: b, title: B, severity: low, when: {}, unless: told, asserts: told}]\n"
    assert len(parse_rulebooks({"a": ONE + "facts: {told: {for: 7d}}\n", "b": TWO + rules})) == 2


def test_a_disabled_rule_counts_as_asserting() -> None:
    rules = "rules: [{id: b, title: B, severity: low, when: {}, asserts: told, enabled: false}]\n"
    assert parse_rulebooks({"a": ONE + "facts: {told: {}}\n" + rules})


def test_a_fact_may_be_asserted_when_an_expectation_is_met() -> None:
    expects = "met_asserts: kept, expect: {touch: {}, by: 1d}"
    rules = f"rules: [{{id: b, title: B, severity: low, when: {{}}, {expects}}}]\n"
    assert parse_rulebooks({"a": ONE + "facts: {kept: {}}\n" + rules})


def test_a_fact_may_be_defined_twice_alike() -> None:
    first = "facts: {known: {about: Here, from: {kind: meeting}, for: 7d}}\n"
    second = (
        "parameters: {d: {type: duration, default: 1w}}\nfacts: {known: {from: {kind: [meeting]}, for: $d}}\n"
    )
    assert parse_rulebooks({"a": ONE + first, "b": TWO + second})


def test_a_fact_defined_in_two_ways_is_told_at_the_second() -> None:
    first = "facts: {known: {from: {kind: meeting}, for: 7d}}\n"
    second = "facts: {known: {from: {kind: call}, for: 7d, per: rep}}\n"
    (problem,) = told(a=ONE + first, b=TWO + second)
    assert problem.startswith("b.rulebook.yaml:3:9, fact known\n")
    assert "These parts differ: from, per." in problem


def test_a_loop_through_two_rulebooks_is_told_once() -> None:
    (problem,) = told(a=ONE + RULE % ("a", "{found: b}"), b=TWO + RULE % ("b", "{not: {found: [a]}}"))
    assert "a -> b -> a" in problem


def test_found_in_applies_to_waits_for_a_rule_of_its_own_rulebook() -> None:
    (problem,) = told(a=ONE + "applies_to: {found: a}\n" + RULE % ("a", "{}"))
    assert "a -> a" in problem


def test_found_in_applies_to_may_name_a_rule_of_another_rulebook() -> None:
    texts = {"a": ONE + "applies_to: {found: b}\n" + RULE % ("a", "{}"), "b": TWO + RULE % ("b", "{}")}
    assert len(parse_rulebooks(texts)) == 2


def test_two_loops_that_share_a_rule_are_both_told() -> None:
    rules = "rules:\n" + "".join(
        f"- {{id: {name}, title: A, severity: low, when: {{found: {found}}}}}\n"
        for name, found in (("a", "[b, c]"), ("b", "a"), ("c", "a"))
    )
    assert len(told(a=ONE + rules)) == 2


def test_names_in_facts_and_in_what_is_expected_make_no_loop() -> None:
    text = (
        "facts: {told: {from: {found: a}, until: {found: b}, for: 7d}}\n"
        "rules:\n"
        "- {id: a, title: A, severity: low, when: {}, unless: told}\n"
        "- {id: b, title: B, severity: low, when: {found: a}}\n"
        "- {id: c, title: C, severity: low, when: {},\n"
        "   expect: {touch: {found: b}, by: 1d, cancel: {found: a}}}\n"
    )
    assert parse_rulebooks({"a": ONE + text})


@pytest.mark.parametrize(
    "part", ["facts: {told: {from: {found: nope}}}\n", "applies_to: {any: [{found: nope}]}\n"]
)
def test_an_unknown_rule_is_told_wherever_it_is_named(part: str) -> None:
    (problem,) = told(a=ONE + part)
    assert '"nope" is no rule' in problem


def test_a_signal_may_not_have_the_name_of_a_field_that_another_rulebook_declares() -> None:
    (problem,) = told(a=ONE + "signals: {city: {words: true}}\n", b=TWO + "fields: {city: {type: text}}\n")
    assert problem.startswith("a.rulebook.yaml:3:11, signal city\n")


def test_two_rulebooks_must_declare_a_field_with_one_type() -> None:
    (problem,) = told(a=ONE + "fields: {city: {type: text}}\n", b=TWO + "fields: {city: {type: number}}\n")
    assert problem.startswith("b.rulebook.yaml:3:10, field city\n")


def test_a_field_that_one_rulebook_declares_has_its_type_in_all() -> None:
    problems = told(a=ONE + "fields: {age: {type: number}}\n", b=TWO + RULE % ("b", "{age: {contains: x}}"))
    assert "`contains` needs text" in problems[0]


def test_rulebooks_may_have_signals_of_one_name() -> None:
    signals = "signals: {talk: {words: true}}\n"
    assert parse_rulebooks({"a": ONE + signals, "b": TWO + signals})


def test_wrong_rulebooks_are_told_before_wrong_settings() -> None:
    with pytest.raises(RulebookError):
        parse_rulebooks({"a": ONE + "rule: []\n"}, {"one.cap": 3})


def test_a_fact_that_is_misspelt_is_told_once_and_its_misfits_too() -> None:
    text = "facts: {known: {form: {kind: meeting}, until: {kind: {more_than: 3}}}}\n"
    problems = told(a=ONE + text)
    assert ["no key of a fact" in problem or "needs numbers" in problem for problem in problems] == [
        True,
        True,
    ]


CAP = "parameters: {cap: {type: duration, default: 2d, min: 1h, max: 9d}}\n"
SOON = "{kind: call}, where: [{count: {}, between: [$cap, 5d], more_than: 1}]"
SETTINGS: list[dict[str, str]] = [
    {},
    {"one.cap": "1d"},
    {"two.cap": "3d"},
    {"two.cap": "9d"},
    {"one.cap": "no"},
    {"one.cap": "4d"},
    {},
]


@pytest.mark.parametrize("settings", [SETTINGS, SETTINGS[::-1]])
def test_rulebooks_made_again_with_other_settings_are_as_if_made_for_the_first_time(
    settings: list[dict[str, str]],
) -> None:
    """The window of the second rulebook is empty where its cap is greater than five days."""
    sources = [
        read_source(ONE + CAP + RULE % ("a", SOON), "one.rulebook.yaml"),
        read_source(TWO + CAP + RULE % ("b", SOON), "two.rulebook.yaml"),
    ]
    texts = RulebookTexts(sources)
    assert [outcome(texts.make, one) for one in settings] == [
        outcome(partial(make_rulebooks, sources), one) for one in settings
    ]


def outcome(make: Callable[[dict[str, str]], tuple[Rulebook, ...]], settings: dict[str, str]) -> object:
    """The rulebooks, or what is wrong with them."""
    try:
        return make(settings)
    except (RulebookError, ArgumentError) as error:
        return error.problems


def test_a_rulebook_is_read_again_only_where_its_own_settings_have_changed() -> None:
    sources = [read_source(text + CAP, f"{number}.rulebook.yaml") for number, text in enumerate((ONE, TWO))]
    texts = RulebookTexts(sources)
    before, after = texts.make(), texts.make({"one.cap": "1d"})
    assert [old is new for old, new in zip(before, after, strict=True)] == [False, True]
