"""Rules added, changed, copied, ended and taken out, without a screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.studio.conftest import BOOK, touches
from touchrules.errors import ArgumentError, RulebookError
from touchrules.language.source import read_source
from touchrules.studio.editing import apply_draft, copy_rule, end_rule, remove_rule, set_phrases
from touchrules.studio.forms.checking import check_draft, check_text, lines_of_rule, without_place
from touchrules.studio.forms.drafts import Draft, new_draft, open_draft, put, rebase
from touchrules.studio.state import StudioState

FACTS = """\
facts:
  known: {from: {kind: meeting}}
  warned: {for: 7d}
"""
CHAIN = (
    BOOK.replace("rules:\n", FACTS + "rules:\n")
    + """\
  - {id: again, title: Again, severity: low, when: {found: too-many-calls}, asserts: warned}
"""
)


@pytest.fixture
def chain(file: Path) -> StudioState:
    file.write_text(CHAIN)
    return StudioState([str(file)], touches())


def titled(draft: Draft, **keys: object) -> Draft:
    for key, value in {"title": "Call less", **keys}.items():
        draft = put(draft, key, value)
    return draft


def test_a_rule_that_is_added_is_chosen_and_finds_at_once(studio: StudioState, file: Path) -> None:
    draft = titled(new_draft(studio), id="no-calls", when={"kind": "call"})
    apply_draft(studio, draft)
    assert studio.rule == "no-calls"
    assert studio.tuning.outcome().found("no-calls") == 8
    assert studio.undo() == "rule no-calls added"
    assert (studio.rule, studio.is_changed) == ("too-many-calls", False)
    studio.redo()
    studio.save()
    assert file.read_text().startswith("# Written by hand.\n")
    assert file.read_text().endswith("    title: Call less\n    severity: medium\n    when: {kind: call}\n")


def test_a_changed_title_leaves_all_else_of_the_text(studio: StudioState, file: Path) -> None:
    apply_draft(studio, put(open_draft(studio, "too-many-calls"), "title", "Call once"))
    studio.save()
    wanted = BOOK.replace("Call no more than twice a week", "Call once").replace("1.0.0", "1.0.1")
    assert file.read_text() == wanted


def test_an_added_rule_that_is_taken_out_leaves_the_same_bytes(studio: StudioState) -> None:
    before = studio.text_of(studio.state.sources[0])
    name = apply_draft(studio, titled(new_draft(studio)))
    remove_rule(studio, name)
    assert studio.text_of(studio.state.sources[0]) == before
    assert not studio.is_changed


def test_a_new_rule_gets_an_id_that_is_free(studio: StudioState) -> None:
    apply_draft(studio, titled(new_draft(studio)))
    assert new_draft(studio).keys["id"] == "new-rule-2"


def test_a_copy_stands_behind_the_original_and_is_chosen(studio: StudioState) -> None:
    copy_rule(studio, "too-many-calls", "too-many-calls-copy")
    names = [rule.id for rule in studio.state.rulebooks[0].rules]
    assert names == ["too-many-calls", "too-many-calls-copy", "idle-opener", "answer"]
    assert studio.rule == "too-many-calls-copy"
    assert studio.tuning.outcome().found("too-many-calls-copy") == 4


def test_a_copy_needs_an_id_that_is_free(studio: StudioState) -> None:
    with pytest.raises(ArgumentError, match="already"):
        copy_rule(studio, "too-many-calls", "answer")
    with pytest.raises(RulebookError, match="cannot be the id"):
        copy_rule(studio, "too-many-calls", "Not An Id")
    assert not studio.is_changed


def test_a_rule_ends_on_a_date(studio: StudioState) -> None:
    end_rule(studio, "too-many-calls", "2025-03-04")
    assert studio.tuning.outcome().found("too-many-calls") == 2
    end_rule(studio, "too-many-calls", "2025-03-05")
    assert studio.tuning.outcome().found("too-many-calls") == 3
    with pytest.raises(ArgumentError, match="no date"):
        end_rule(studio, "too-many-calls", "soon")


def test_a_rule_that_others_build_on_is_not_taken_out(chain: StudioState) -> None:
    with pytest.raises(ArgumentError, match='the rule "again" builds on it'):
        remove_rule(chain, "too-many-calls")
    with pytest.raises(ArgumentError, match='no other rule asserts the fact "warned"'):
        remove_rule(chain, "again")
    assert not chain.is_changed


def test_a_rule_with_tests_beside_the_rulebook_is_not_taken_out(studio: StudioState, file: Path) -> None:
    tests = "rulebook: manners\ntests:\n  answer:\n    - {name: a, touches: [], finds: []}\n"
    file.with_name("manners.tests.yaml").write_text(tests)
    with pytest.raises(ArgumentError, match=r"manners\.tests\.yaml holds 1 test of it"):
        remove_rule(studio, "answer")
    remove_rule(studio, "idle-opener")
    assert studio.rule == "answer"


def test_the_last_rule_that_reports_stays(studio: StudioState) -> None:
    remove_rule(studio, "idle-opener")
    remove_rule(studio, "answer")
    with pytest.raises(ArgumentError, match="last rule that reports"):
        remove_rule(studio, "too-many-calls")


@pytest.mark.parametrize(
    ("key", "value", "field", "told"),
    [
        ("title", " ", "title", "A rule has a title"),
        ("id", "answer", "id", "already"),
        ("id", "Not an id", "id", "cannot be the id"),
        ("severity", "dire", "severity", "severity"),
        ("source", "nobody", "source", "is no source"),
        ("when", {"kind": {"knid": 1}}, "when", "knid"),
        ("when", {"cost": 3}, "when", "cost"),
        ("unless", ["knwon"], "unless", "known"),
        ("where", [{"fact": "known"}, {"count": {}, "more_than": "$kap"}], "where.1", "kap"),
        ("where", [{"count": {}, "within": "soon", "more_than": 1}], "where.0", "soon"),
        ("expect", {"touch": {}, "by": "soon"}, "expect", "soon"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    chain: StudioState, key: str, value: object, field: str, told: str
) -> None:
    draft = put(titled(new_draft(chain), say="so"), key, value)
    problems = without_place(check_draft(chain, draft))
    assert list(problems) == [field]
    assert told in problems[field][0]


def test_a_good_draft_has_no_problems(chain: StudioState) -> None:
    assert check_draft(chain, titled(new_draft(chain))) == {}
    assert check_draft(chain, open_draft(chain, "again")) == {}


def test_an_id_that_others_name_is_not_changed_without_a_word(chain: StudioState) -> None:
    problems = check_draft(chain, put(open_draft(chain, "too-many-calls"), "id", "other"))
    assert "too-many-calls" in problems[""][0].message


def test_a_draft_takes_in_what_was_changed_elsewhere(studio: StudioState) -> None:
    draft = put(open_draft(studio, "too-many-calls"), "title", "Mine")
    apply_draft(studio, put(open_draft(studio, "too-many-calls"), "severity", "low"))
    rebased = rebase(draft, open_draft(studio, "too-many-calls").keys)
    assert (rebased.keys["title"], rebased.keys["severity"]) == ("Mine", "low")
    assert not rebase(replace(draft, keys=draft.base), rebased.base).is_changed


def test_a_text_that_says_what_was_set_takes_the_place_of_the_setting(studio: StudioState) -> None:
    studio.set("manners", "cap", 3)
    text = studio.written(studio.state.sources[0])
    assert "default: 3," in text
    assert "version: 1.0.0" in text
    studio.rewrite(studio.state.sources[0].file, text.replace("default: 3,", "default: 4,"))
    assert studio.find("too-many-calls")[1].parameters["cap"].value == 4
    studio.undo()
    assert studio.find("too-many-calls")[1].parameters["cap"].value == 3


def test_a_text_without_the_chosen_rule_chooses_another(studio: StudioState) -> None:
    studio.choose("answer")
    text = studio.text_of(studio.state.sources[0])
    studio.rewrite(studio.state.sources[0].file, text[: text.index("  - id: answer")])
    assert studio.rule == "too-many-calls"
    studio.undo()
    assert studio.find("answer")


def test_a_text_is_checked_without_being_applied(studio: StudioState, file: Path) -> None:
    problems = check_text(studio, str(file), BOOK.replace("severity: low", "severity: dire"))
    assert [one.place.line for one in problems if one.place] == [
        BOOK[: BOOK.index("idle-opener")].count("\n") + 1
    ]
    assert not studio.is_changed


def test_phrases_that_are_written_in_a_signal_are_changed_there(file: Path) -> None:
    file.write_text(BOOK.replace("{phrases: $openers}", '{phrases: [hello, "good day"]}  # idle'))
    studio = StudioState([str(file)], touches())
    set_phrases(studio, "manners", "idle", ("hello",))
    assert "{phrases: [hello]}  # idle" in studio.text_of(studio.state.sources[0])
    assert studio.undo() == "phrases of idle"


def test_the_lines_of_a_rule_are_its_own_whatever_its_aliases_repeat() -> None:
    text = """\
rules:
  - id: a
    when: &calls {kind: call}
    say: >
      so
      it is
  # about b
  - id: b
    when: *calls
# end
claims: []
"""
    source = read_source(text, "x")
    assert [lines_of_rule(source, rule) for rule in ("a", "b", "c")] == [(2, 6), (8, 9), ()]
