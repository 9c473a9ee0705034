"""RUNNING.md tells every key, line, option and call that there is, and none that is not."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.engines.streams import RULEBOOK, manners
from touchrules import production
from touchrules.cli.exitcodes import EXIT_CODES
from touchrules.cli.main import app
from touchrules.production import ExpectationChange, FactChange, Finding, LiveEngine
from touchrules.production.bundle.exporting import Provenance, allow_untested, export_bundle
from touchrules.production.bundle.keyring import FOLDER, Keyring
from touchrules.production.bundle.tuned import Tuned
from touchrules.production.live.conversation import ORDERS, Conversation
from touchrules.production.live.store import LOCK, LOG

FILE = Path(production.__file__).parent / "RUNNING.md"
PAGE = FILE.read_text()
KNOWN = {"contact_id": "c1", "kind": "call", "direction": "outbound"}


def section(name: str) -> str:
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]


def told(name: str) -> list[str]:
    """What the table of a section names in its first column."""
    return re.findall(r"^\| `([^`]+)` \|", section(name), re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("A finding", Finding), ("A fact", FactChange), ("An expectation", ExpectationChange)],
)
def test_each_key_of_a_row_is_told_once_and_in_its_order(name: str, kind: type) -> None:
    assert told(name) == list(kind.__slots__)  # type: ignore[attr-defined]


def test_each_key_of_an_answer_is_told(tmp_path: Path) -> None:
    touch = {"touch_id": "t1", "at": "2025-03-10 10:00", **KNOWN}
    lines: list[dict[str, Any]] = [
        touch,
        touch,
        {**touch, "kind": "email"},
        {"check": {"at": "2025-03-10 11:00", **KNOWN}},
        {"due": "2025-03-12"},
        {"clock": "2025-03-12"},
        {"clock": "soon"},
    ]
    with LiveEngine([manners()], bundle="b", state=tmp_path) as engine:
        answers = list(Conversation(engine).answer([json.dumps(line) for line in lines]))
    assert {key for answer in answers for key in answer} == set(told("Answers"))


def test_each_line_that_is_no_touch_is_told() -> None:
    assert sorted(re.findall(r'^\| `\{"(\w+)": \w+\}` \|', PAGE, re.MULTILINE)) == sorted(ORDERS)


def test_each_option_of_run_is_told() -> None:
    command = get_command(app).commands["run"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert set(re.findall(r"--[a-z][a-z-]+", PAGE)) == options - {"--help"}


def test_each_call_of_an_engine_is_told() -> None:
    public = {name for name in vars(LiveEngine) if not name.startswith("_")}
    assert set(told("From Python")) == {"load"} | public - {
        "check_read",  # these are for the command
        "read_time",
        "place_in",
        "note_place",
    }
    assert set(inspect.signature(production.load).parameters) == {
        "bundle",
        *re.findall(r"`(\w+)`", section("From Python").split("by name")[1].split(";")[0]),
    }


def test_what_lies_in_the_folder_is_told(tmp_path: Path) -> None:
    with LiveEngine([manners()], bundle="b", state=tmp_path) as engine:
        engine.record({"touch_id": "t1", "at": "2025-03-10 10:00", **KNOWN})
    names = {re.sub(r"\d+", "NUMBER", path.name) for path in tmp_path.iterdir()}
    assert set(told("What is kept")) == names
    assert {LOG, LOCK} <= names


def test_exit_codes_are_those_that_there_are() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", section("How it ends"), re.MULTILINE)]
    assert codes
    assert set(codes) <= {code for code, _ in EXIT_CODES}


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)
    Keyring().create("own")
    tuned = Tuned(texts={"manners.rulebook.yaml": RULEBOOK}, tests={})
    export_bundle(
        tuned,
        tmp_path / "manners.touchrules",
        Provenance(created=0),
        key=Keyring().signing_key(),
        judge_untested=allow_untested,
    )
    exec(example)
    assert capsys.readouterr().out == "A stranger None\n[] ()\n"


def test_the_readme_leads_to_the_page() -> None:
    readme = Path(__file__).parents[3] / "README.md"
    paths = re.findall(r"\]\(([^)]+RUNNING\.md)\)", readme.read_text())
    assert paths
    assert all((readme.parent / path).samefile(FILE) for path in paths)
