"""JupyterLab's server tells what is wrong with a rulebook while it is written."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.browser.labserver import LabServer
from tests.server.conftest import BOOK
from touchrules.language.schema import json_schema

pytestmark = pytest.mark.xdist_group("server")

OWN = "own/own.rulebook.yaml"


def told(answer: dict[str, Any]) -> list[tuple[str, int, str]]:
    """File, line and message of each problem."""
    return [(one["file"], one["line"], one["message"]) for one in answer["problems"]]


def refused(server: LabServer, sent: object) -> int:
    """The status with which the server refuses to check."""
    with pytest.raises(urllib.error.HTTPError) as error:
        server.ask("check", sent)
    with error.value:
        return int(error.value.code)


def test_a_file_without_mistakes_has_rules_and_no_problems(server: LabServer) -> None:
    rule = {"id": "own-calls", "title": "No calls to strangers", "severity": "low", "line": 7}
    answer = server.ask("check", {"path": OWN})
    del answer["known"]
    assert answer == {
        "rulebook": "own",
        "title": "Our own",
        "rules": [{**rule, "enabled": True, "report": True}],
        "problems": [],
    }


def test_facts_of_the_other_rulebooks_of_the_folder_may_be_named(server: LabServer) -> None:
    assert server.ask("check", {"path": "own/other.rulebook.yaml"})["problems"] == []


def test_the_names_that_a_rulebook_may_use_are_those_of_the_whole_folder(server: LabServer) -> None:
    other = "own/other.rulebook.yaml"
    assert server.ask("check", {"path": other})["known"] == {
        "facts": [{"name": "known", "about": "We have met", "file": OWN}],
        "rules": [
            {"id": "other-calls", "title": "No mails to strangers", "file": other},
            {"id": "own-calls", "title": "No calls to strangers", "file": OWN},
        ],
    }


def test_a_text_that_is_not_saved_is_checked_instead_of_the_file(server: LabServer) -> None:
    text = BOOK.replace("severity: low", "severity: lwo")
    [problem] = server.ask("check", {"path": OWN, "text": text})["problems"]
    assert problem == {
        "file": OWN,
        "line": 9,
        "column": 15,
        "end_line": 9,
        "end_column": 18,
        "message": '`severity` cannot be the text "lwo".',
        "remedy": 'Did you mean "low"? Allowed: info, low, medium, high, critical.',
        "rule": "own-calls",
    }


def test_what_a_text_breaks_in_another_file_is_told_with_that_file(server: LabServer) -> None:
    text = BOOK.replace("known", "met")
    [problem] = server.ask("check", {"path": OWN, "text": text})["problems"]
    assert (problem["file"], problem["line"]) == ("own/other.rulebook.yaml", 9)


def test_rules_are_told_as_far_as_they_can_be_read(server: LabServer) -> None:
    text = BOOK.replace("kind: call", "colour: {much: 3}")
    answer = server.ask("check", {"path": OWN, "text": text})
    assert ([rule["id"] for rule in answer["rules"]], len(answer["problems"])) == (["own-calls"], 1)


def test_a_file_that_is_not_yaml_at_all_is_a_problem_with_its_place(server: LabServer) -> None:
    answer = server.ask("check", {"path": "wrong/wrong.rulebook.yaml"})
    assert (answer["rules"], [file for file, _line, _message in told(answer)]) == (
        [],
        ["wrong/wrong.rulebook.yaml"],
    )


def test_a_file_beside_that_is_not_yaml_is_told_with_its_name(server: LabServer) -> None:
    files = {
        file for file, _line, _message in told(server.ask("check", {"path": "wrong/good.rulebook.yaml"}))
    }
    assert files == {"wrong/wrong.rulebook.yaml"}


def test_a_file_that_is_not_utf_8_is_a_problem(server: LabServer) -> None:
    [problem] = server.ask("check", {"path": "latin/latin.rulebook.yaml"})["problems"]
    assert "not written in UTF-8" in problem["message"]


def test_a_file_beside_that_is_too_big_is_a_problem_and_is_not_read(server: LabServer, root: Path) -> None:
    folder = root / "huge"
    folder.mkdir()
    (folder / "own.rulebook.yaml").write_text(BOOK)
    huge = folder / "huge.rulebook.yaml"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # a hole: no memory could hold what is read of it
    try:
        answer = server.ask("check", {"path": "huge/own.rulebook.yaml"})
    finally:
        huge.unlink()
    assert told(answer) == [("huge/huge.rulebook.yaml", 1, "This file is larger than 4 MB.")]
    assert [rule["id"] for rule in answer["rules"]] == ["own-calls"]


def test_a_rulebook_that_is_not_saved_yet_is_checked(server: LabServer) -> None:
    text = BOOK.replace("rulebook: own", "rulebook: new").replace("own-calls", "new-calls")
    assert server.ask("check", {"path": "own/new.rulebook.yml", "text": text})["problems"] == []


def test_an_empty_text_is_a_problem(server: LabServer) -> None:
    assert told(server.ask("check", {"path": OWN, "text": ""}))[0] == (OWN, 1, "This file is empty.")


@pytest.mark.parametrize(
    "path",
    [
        "../hidden/hidden.rulebook.yaml",
        "own/../../hidden/hidden.rulebook.yaml",
        "own/./own.rulebook.yaml",
        "own/notes.yaml",
        "",
        None,
        3,
    ],
)
@pytest.mark.parametrize("text", [{}, {"text": BOOK}], ids=["saved", "unsaved"])
def test_a_path_outside_the_folder_or_of_no_rulebook_is_refused(
    server: LabServer, path: object, text: dict[str, str]
) -> None:
    assert refused(server, {"path": path, **text}) == 400


@pytest.mark.parametrize("path", ["own/none.rulebook.yaml", "none/own.rulebook.yaml"])
def test_a_file_that_is_not_there_is_refused(server: LabServer, path: str) -> None:
    assert refused(server, {"path": path}) == 404


def test_what_is_no_question_is_refused(server: LabServer) -> None:
    assert [refused(server, [1]), refused(server, {"path": OWN, "text": 3})] == [400, 400]


def test_a_text_that_is_too_long_for_a_rulebook_is_refused(server: LabServer) -> None:
    assert refused(server, {"path": OWN, "text": "#" * 8_000_000}) == 413


@pytest.mark.parametrize("name", ["check", "schema"])
def test_who_has_no_token_is_refused(server: LabServer, name: str) -> None:
    body = b"{}" if name == "check" else None
    address = f"http://127.0.0.1:{server.port}/touchrules/api/{name}"
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(urllib.request.Request(address, data=body), timeout=10)
    with error.value:
        assert error.value.code == 403


def test_the_schema_is_that_of_the_language(server: LabServer) -> None:
    assert server.ask("schema") == json_schema()
