"""Reasons in health.yaml, and the mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchrules.errors import RulebookError
from touchrules.evidence.excuses import Excuse, load_excuses
from touchrules.language.load import load_rulebooks

BOOK = """\
rulebook: manners
language: 1
parameters: {cap: {type: integer, default: 2}}
rules: [{id: no-shouting, title: Do not shout, severity: low, when: {kind: call}}]
"""


def read(folder: Path, text: str) -> tuple[Excuse, ...]:
    (folder / "manners.rulebook.yaml").write_text(BOOK)
    (folder / "health.yaml").write_text(text)
    return load_excuses([folder], load_rulebooks([folder]))


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("rule: no-shouting, mark: never-fires", ("no-shouting", "never-fires", "")),
        ("rule: no-shouting, mark: cannot-know, of: text", ("no-shouting", "cannot-know", "text")),
        ("parameter: manners.cap, mark: changes-nothing", ("manners.cap", "changes-nothing", "")),
    ],
)
def test_an_excuse_names_a_rule_or_parameter_a_mark_and_a_reason(
    tmp_path: Path, text: str, read_as: tuple[str, str, str]
) -> None:
    (excuse,) = read(tmp_path, f"excuses: [{{{text}, reason: It is all right}}]")
    assert (excuse.subject, excuse.mark, excuse.of) == read_as


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule: no-shoutin, mark: never-fires, reason: a", '"no-shoutin" is no rule of these rulebooks.'),
        ("rule: no-shouting, mark: never-fire, reason: a", '`mark` cannot be the text "never-fire".'),
        ("rule: no-shouting, mark: never-fires", "An excuse has no `reason:`."),
        ("rule: no-shouting, mark: never-fires, reason: ' '", "This reason is empty."),
        ("rule: no-shouting, mark: cannot-know, reason: a", "An excuse for cannot-know has no `of:`."),
        ("rule: no-shouting, mark: changes-nothing, reason: a", "changes-nothing has no `parameter:`."),
        ("parameter: manners.cop, mark: changes-nothing, reason: a", '"manners.cop" is no parameter'),
        ("ruel: no-shouting, mark: never-fires, reason: a", '"ruel" is no key of an excuse.'),
    ],
)
def test_mistakes_are_told_with_their_place_and_a_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RulebookError, match=r"health\.yaml:1:") as told:
        read(tmp_path, f"excuses: [{{{text}}}]")
    assert said in str(told.value)
    assert all(problem.remedy for problem in told.value.problems)


def test_rulebooks_without_a_file_of_excuses_have_none(tmp_path: Path) -> None:
    (tmp_path / "manners.rulebook.yaml").write_text(BOOK)
    assert load_excuses([tmp_path], load_rulebooks([tmp_path])) == ()
