"""The commands beside `replay`."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from tests.cli.command import ROOT, RULEBOOK, TOUCHES, run, run_process, write
from touchrules import __version__
from touchrules.cli.exitcodes import EXIT_CODES
from touchrules.cli.main import app
from touchrules.engines.outcome import Outcome

COMMANDS = list(get_command(app).commands)  # type: ignore[attr-defined]
TESTS = """\
rulebook: manners
tests:
  too-many-calls:
    - name: three calls
      touches:
        - {at: 2025-03-03 09:00, kind: call}
        - {at: 2025-03-03 10:00, kind: call}
        - {at: 2025-03-03 11:00, kind: call}
      finds: [3]
"""


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"touchrules {__version__}\n"


def test_help_tells_every_command_and_every_exit_code() -> None:
    shown = run("--help").stdout
    assert all(f"{code:<4} {meaning}" in shown for code, meaning in EXIT_CODES)
    listed = shown.split("Commands:")[1]
    assert set(re.findall(r"^  ([a-z]+)  ", listed, re.MULTILINE)) == set(COMMANDS)


def test_help_tells_what_each_command_does_in_a_whole_sentence() -> None:
    listed = run("--help").stdout.split("Commands:")[1].split("Exit codes")[0].strip()
    assert [line for line in listed.splitlines() if line.endswith("...") or not line.endswith(".")] == []


def test_the_readme_tells_every_command() -> None:
    told = re.findall(r"^\| `touchrules (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert set(told) == set(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from touchrules.cli.main import app\n"
        "app(['--help'], standalone_mode=False)\n"
        "heavy = {'pandas', 'pyarrow', 'ruamel', 'numpy', 're2', 'durable', 'phonenumbers'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))"
    )
    assert run_process("-c", code).stdout.endswith("heavy: []\n")


def test_an_unknown_command_is_a_wrong_argument() -> None:
    assert run("replya").exit_code == 2


def test_check_says_what_is_free_of_mistakes(rulebook: Path) -> None:
    write(rulebook.parent / "manners.tests.yaml", TESTS)
    result = run("check", rulebook.parent)
    assert (result.exit_code, result.stdout) == (0, "No mistakes in 1 rulebook, 2 rules, 0 facts, 1 test.\n")


def test_check_tells_every_mistake_of_every_file(rulebook: Path) -> None:
    write(rulebook, RULEBOOK.replace("kind: call", "kind: call, any: 3").replace("high", "huge"))
    write(rulebook.parent / "other.rulebook.yaml", "rulebook: other\nlanguage: 1\nrulez: []\n")
    result = run("check", rulebook.parent)
    assert result.exit_code == 3
    assert all(word in result.stderr for word in ("huge", "any", "rulez", "other.rulebook.yaml:3:1"))


def test_check_tells_mistakes_in_tests(rulebook: Path) -> None:
    write(rulebook.parent / "manners.tests.yaml", TESTS.replace("[3]", "[4]"))
    result = run("check", rulebook)
    assert result.exit_code == 3
    assert "manners.tests.yaml:9:15" in result.stderr


def test_check_of_a_path_that_is_not_there_ends_with_2_and_tells_all_else(rulebook: Path) -> None:
    write(rulebook, RULEBOOK.replace("high", "huge"))
    result = run("check", rulebook, rulebook.parent / "nowhere")
    assert result.exit_code == 2
    assert all(word in result.stderr for word in ("nowhere", "huge"))


def test_tests_that_pass_end_with_0_and_a_rule_without_one_is_a_warning(rulebook: Path) -> None:
    write(rulebook.parent / "manners.tests.yaml", TESTS)
    result = run("test", rulebook)
    assert (result.exit_code, result.stdout) == (0, "All 1 tests of 1 rules passed.\n")
    assert result.stderr == "Warning: rule call-back of manners has no test.\n"


def test_a_test_that_fails_is_told_with_its_line_and_ends_with_5(rulebook: Path) -> None:
    file = write(rulebook.parent / "manners.tests.yaml", TESTS.replace("[3]", "[1, 2]"))
    result = run("test", rulebook)
    assert (result.exit_code, result.stdout) == (5, "1 of 1 tests of 1 rules failed.\n")
    assert f"{file}:4:7, rule too-many-calls, test three calls" in result.stderr
    assert "The rule should find touches 1, 2, but it found touch 3." in result.stderr


def test_tests_as_json_tell_what_was_expected_and_found(rulebook: Path) -> None:
    write(rulebook.parent / "manners.tests.yaml", TESTS.replace("[3]", "[]"))
    result = run("test", rulebook, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["failed"], told["untested"][0]["rule"]) == (5, 1, "call-back")
    assert (told["tests"][0]["expected"], told["tests"][0]["found"]) == ([], [3])


def test_tests_of_a_broken_rulebook_are_not_run(rulebook: Path) -> None:
    write(rulebook, RULEBOOK.replace("high", "huge"))
    result = run("test", rulebook)
    assert (result.exit_code, result.stdout) == (3, "")


def _find_nothing(*_: object) -> Outcome:
    return Outcome()


def test_a_test_that_fails_with_one_engine_only_tells_which(
    rulebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(rulebook.parent / "manners.tests.yaml", TESTS)
    monkeypatch.setattr("touchrules.replay.testing.run_columnar", _find_nothing)
    result = run("test", rulebook)
    assert result.exit_code == 5
    found = "it found no touch with the columnar engine and touch 3 with the durable engine."
    assert f"The rule should find touch 3, but {found}" in result.stderr
    told = json.loads(run("test", rulebook, "--json").stdout)["tests"][0]
    assert (told["found"], told["found_by_engine"]) == ([], {"columnar": [], "durable": [3]})
    assert run("test", rulebook, "--engine", "durable").exit_code == 0
    alone = run("test", rulebook, "--engine", "columnar")
    assert "The rule should find touch 3, but it found no touch." in alone.stderr


@pytest.mark.parametrize("command", ["test", "replay"])
def test_an_engine_that_this_version_lacks_is_told_with_those_that_it_has(
    command: str, rulebook: Path, tmp_path: Path
) -> None:
    out = ("--out", tmp_path / "out") if command == "replay" else ()
    result = run(command, rulebook, "--engine", "fast", *out)
    assert result.exit_code == 2
    assert 'no engine "fast"' in result.stderr
    assert "Engines: columnar, durable." in result.stderr


def test_a_file_that_may_not_be_read_is_a_wrong_argument(
    touches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    mapping = write(touches.parent / "touches.map.yaml", "columns: {kind: what}\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("profile", touches, "--map", mapping)
    assert (result.exit_code, result.stderr) == (2, f"  {mapping}: Permission denied.\n")


def test_describe_tells_a_rulebook_in_plain_english(rulebook: Path) -> None:
    result = run("describe", rulebook)
    assert result.exit_code == 0
    assert "Call no more than twice" in result.stdout


def test_describe_tells_one_rule_with_the_value_that_is_set(rulebook: Path) -> None:
    shown = run("describe", rulebook, "--rule", "too-many-calls", "--set", "manners.cap=7").stdout
    assert "more than 7" in shown
    assert "Call back when promised" not in shown


def test_describe_of_an_unknown_rule_tells_the_nearest(rulebook: Path) -> None:
    result = run("describe", rulebook, "--rule", "to-many-calls")
    assert result.exit_code == 2
    assert 'Did you mean "too-many-calls"?' in result.stderr


@pytest.mark.parametrize("more", [(), ("--tests",)])
def test_the_schema_is_json(more: tuple[str, ...]) -> None:
    assert "$schema" in json.loads(run("schema", *more).stdout)


def test_the_schema_is_written_to_a_file(tmp_path: Path) -> None:
    result = run("schema", "--out", tmp_path / "schema.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((tmp_path / "schema.json").read_text()) == json.loads(run("schema").stdout)


def test_a_profile_tells_what_a_file_holds(touches: Path) -> None:
    lines = [" ".join(line.split()) for line in run("profile", touches).stdout.splitlines()]
    assert {"touches 4", "contacts 2", "call 3", "email 1", "UTC 4", "promised_at 25.0%"} <= set(lines)


def test_a_profile_of_an_archive_is_the_same(touches: Path) -> None:
    packed = write(touches.parent / "packed.csv.gz", gzip.compress(TOUCHES.encode(), mtime=0))
    assert run("profile", packed).stdout == run("profile", touches).stdout


def test_a_profile_suggests_a_mapping_that_opens_the_file(tmp_path: Path) -> None:
    export = tmp_path / "calls.csv"
    export.write_text("Id,WhoId,CompletedDateTime,CallType\n1,c1,03/10/2025 09:30,Outbound\n")
    mapping = tmp_path / "calls.map.yaml"
    mapping.write_text(run("profile", export, "--suggest", "--timezone", "Europe/Berlin").stdout)
    assert "timezone: Europe/Berlin" in mapping.read_text()
    told = json.loads(run("profile", export, "--map", mapping, "--json").stdout)
    assert (told["first"], told["directions"]) == ("2025-03-10T08:30:00Z", {"outbound": 1})


def test_a_mapping_is_suggested_for_one_file(touches: Path) -> None:
    result = run("profile", touches, touches, "--suggest")
    assert result.exit_code == 2
    assert "--suggest is for one file" in result.stderr


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Id;WhoId;CompletedDateTime;Note\n1;c1;10.03.2025 09:30;a, b\n", 'delimiter: ";"'),
        ('"Id";"WhoId";"CompletedDateTime"\n"1";"c1";"10.03.2025 09:30"\n', 'delimiter: ";"'),
        ("Id\tWhoId\tCompletedDateTime\n1\tc1\t10.03.2025 09:30\n", 'delimiter: "\\t"'),
        ('Id,WhoId,CompletedDateTime,"a;b;c;d;e"\n1,c1,10.03.2025 09:30,x\n', "columns:"),
    ],
)
def test_a_mapping_is_suggested_whatever_parts_the_cells(tmp_path: Path, text: str, written: str) -> None:
    export, mapping = write(tmp_path / "calls.csv", text), tmp_path / "calls.map.yaml"
    mapping.write_text(run("profile", export, "--suggest").stdout)
    assert written in mapping.read_text()
    assert ("delimiter" in mapping.read_text()) == written.startswith("delimiter")
    assert json.loads(run("profile", export, "--map", mapping, "--json").stdout)["first"].startswith(
        "2025-03-10"
    )


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--timezone", "Mars"), '--timezone: "Mars" is no IANA time zone.'),
        (("--map", "a.yaml", "--json"), "--suggest takes no --map and no --json."),
        (("--rulebooks", "."), "--suggest takes no --rulebooks."),
        (("--set", "a.b=1"), "--suggest takes no --set."),
        (("--bad-rows", "skip"), "--suggest takes no --bad-rows."),
    ],
)
def test_a_suggestion_leaves_no_option_unread(touches: Path, more: tuple[str, ...], message: str) -> None:
    result = run("profile", touches, "--suggest", *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_profile_tells_which_rules_can_find_nothing(rulebook: Path) -> None:
    touches = write(rulebook.parent / "few.csv", "touch_id,at,contact_id,kind\nt1,2025-03-03,c1,call\n")
    shown = run("profile", touches, "--rulebooks", rulebook).stdout
    assert "call-back can find nothing: it needs promised_at, which no touch has." in shown
    told = json.loads(run("profile", touches, "--rulebooks", rulebook, "--json").stdout)
    assert told["lacking_rules"] == [
        {"rulebook": "manners", "rule": "call-back", "absent": ["promised_at"], "silent": True}
    ]


def test_a_profile_tells_that_a_replay_would_be_refused(rulebook: Path) -> None:
    touches = write(rulebook.parent / "bad.csv", TOUCHES.replace("rep_id", "price_talk"))
    shown = run("profile", touches, "--rulebooks", rulebook).stdout
    assert "A replay would be refused" in shown
    assert 'column "price_talk"' in shown


def test_prepared_touches_give_what_their_file_gives(rulebook: Path, touches: Path, tmp_path: Path) -> None:
    folder = tmp_path / "x.touches"
    told = run(
        "prepare", rulebook, "--touches", touches, "--timezone", "Asia/Tokyo", "--out", folder, "--check"
    )
    assert (told.exit_code, told.stderr) == (0, "")
    assert "4 touches and" in told.stdout
    for name, source in (("one", [touches, "--timezone", "Asia/Tokyo"]), ("two", [folder])):
        assert run("replay", rulebook, "--touches", *source, "--out", tmp_path / name).exit_code == 0
    for name in ("findings.parquet", "expectations.parquet", "facts.parquet", "summary.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    other = run("prepare", rulebook, "--touches", touches, "--out", touches)
    assert (other.exit_code, "something else" in other.stderr) == (2, True)
    zone = run("replay", rulebook, "--touches", folder, "--timezone", "UTC", "--out", tmp_path / "three")
    assert "was prepared in the time zone Asia/Tokyo" in zone.stderr


def test_the_shipped_rulebooks_pass_their_tests() -> None:
    result = run("test", ROOT / "rulebooks")
    assert (result.exit_code, result.stderr) == (0, "")
