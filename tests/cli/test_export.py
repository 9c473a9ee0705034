"""The commands `export`, `verify` and `keys`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import RULEBOOK, TOUCHES, run, write
from tests.production.bundle.made import forge
from touchrules.production.bundle.keyring import FOLDER
from touchrules.production.bundle.keys import Trust, make_signing_key
from touchrules.production.bundle.opening import open_bundle

TESTS = """\
rulebook: manners
tests:
  too-many-calls:
    - touches:
        - {at: 2025-03-03 09:00, kind: call}
        - {at: 2025-03-03 10:00, kind: call}
        - {at: 2025-03-03 11:00, kind: call}
      finds: [3]
  call-back:
    - touches: [{at: 2025-03-03 09:00, kind: call, promised_at: 2025-03-04 09:00}]
      as_of: 2025-03-10
      finds: [1]
"""
TIME = "2025-03-10 13:30"


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))


@pytest.fixture
def books(tmp_path: Path) -> Path:
    write(tmp_path / "books" / "manners.tests.yaml", TESTS)
    return write(tmp_path / "books" / "manners.rulebook.yaml", RULEBOOK).parent


@pytest.fixture
def bundle(tmp_path: Path, books: Path) -> Path:
    run("keys", "create")
    done = run("export", books, "--time", TIME, "--by", "Dana", "--out", tmp_path / "a.touchrules")
    assert done.exit_code == 0, done.stderr
    return tmp_path / "a.touchrules"


def test_tune_export_and_verify(tmp_path: Path, books: Path, touches: Path) -> None:
    write(touches, TOUCHES)
    run("keys", "create")
    out = tmp_path / "out" / "a.touchrules"
    options = ["--set", "manners.cap=3", "--off", "call-back", "--touches", touches, "--note", "One more"]
    done = run("export", books, *options, "--by", "Dana", "--time", TIME, "--out", out)
    assert done.exit_code == 0, done.stderr
    assert "Changed: cap: 2 → 3" in done.stdout
    assert "Switched off: Call back when promised" in done.stdout
    verified = run("verify", out)
    assert verified.exit_code == 0, verified.stderr
    for told in (
        "Golden sample",
        "Exported at 2025-03-10T13:30:00Z by Dana",
        "Note: One more",
        "in 4 touches",
    ):
        assert told in verified.stdout


def test_figures_of_the_replay_go_in_and_the_touches_do_not(
    tmp_path: Path, books: Path, touches: Path
) -> None:
    run("export", books, "--touches", touches, "--unsigned", "--out", tmp_path / "a")
    opened = open_bundle(tmp_path / "a", Trust(allowed=frozenset({"unsigned"})))
    figures = opened.manifest.replay
    assert figures is not None
    assert (figures.files, figures.touches, figures.contacts) == (("touches.csv",), 4, 2)
    assert {one.rule: (one.looked_at, one.found) for one in figures.rules} == {
        "too-many-calls": (3, 1),
        "call-back": (3, 1),
    }
    assert str(tmp_path) not in (tmp_path / "a").read_bytes().decode("latin-1")


def test_the_same_command_writes_the_same_bytes(tmp_path: Path, books: Path, bundle: Path) -> None:
    run("export", books, "--time", TIME, "--by", "Dana", "--out", tmp_path / "b.touchrules")
    assert bundle.read_bytes() == (tmp_path / "b.touchrules").read_bytes()


def test_without_a_key_nothing_is_exported_and_it_is_told_how_to_make_one(
    tmp_path: Path, books: Path
) -> None:
    done = run("export", books, "--out", tmp_path / "a")
    assert done.exit_code == 2
    assert "`touchrules keys create` makes one. Or leave the bundle unsigned: --unsigned." in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_key_is_taken_from_a_file(tmp_path: Path, books: Path) -> None:
    key = make_signing_key()
    file = write(tmp_path / "key.pem", key.pem())
    file.chmod(0o600)
    assert run("export", books, "--key", file, "--out", tmp_path / "a").exit_code == 0
    assert run("verify", tmp_path / "a").exit_code == 7
    public = write(tmp_path / "public.pem", key.public.pem())
    assert run("verify", tmp_path / "a", "--key", public).exit_code == 0
    assert run("keys", "trust", public, "--name", "dana").exit_code == 0
    assert run("verify", tmp_path / "a").exit_code == 0
    assert run("keys", "distrust", "dana").exit_code == 0
    refused = run("verify", tmp_path / "a")
    assert refused.exit_code == 7
    assert "which is not trusted here" in refused.stderr
    assert run("verify", tmp_path / "a", "--allow-untrusted").exit_code == 0


def test_an_unsigned_bundle_takes_a_flag(tmp_path: Path, books: Path) -> None:
    run("export", books, "--unsigned", "--out", tmp_path / "a")
    refused = run("verify", tmp_path / "a")
    assert refused.exit_code == 7
    assert "--allow-unsigned" in refused.stderr
    assert run("verify", tmp_path / "a", "--allow-unsigned").exit_code == 0


def test_a_changed_bundle_is_refused_with_a_table_and_a_reason(bundle: Path) -> None:
    data = bytearray(bundle.read_bytes())
    data[1000] ^= 1
    bundle.write_bytes(data)
    done = run("verify", bundle, "--allow-unsigned", "--allow-untrusted", "--allow-newer")
    assert done.exit_code == 7
    assert "Archive  refused" in done.stdout
    assert done.stderr.startswith(f"bundle {bundle}\n")


def test_json_is_the_report_also_of_a_bundle_that_is_refused(bundle: Path) -> None:
    told = json.loads(run("verify", bundle, "--json").stdout)
    assert (told["passed"], told["manifest"]["by"]) == (True, "Dana")
    bundle.write_bytes(b"")
    done = run("verify", bundle, "--json")
    assert done.exit_code == 7
    assert json.loads(done.stdout)["checks"][0]["told"] == "It is no bundle, or its end is missing."


def test_a_rule_without_a_test_takes_a_flag(tmp_path: Path, books: Path) -> None:
    (books / "manners.tests.yaml").unlink()
    refused = run("export", books, "--unsigned", "--out", tmp_path / "a")
    assert refused.exit_code == 7
    assert "too-many-calls, call-back" in refused.stderr
    done = run("export", books, "--unsigned", "--allow-untested", "--out", tmp_path / "a")
    assert done.exit_code == 0
    assert "Warning: rule too-many-calls of manners has no test." in done.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--time", "noon"], '--time: "noon" cannot be read as a time'),
        (["--map", "a.map.yaml"], "--map says how touches are replayed, and there are none."),
        (["--as-of", TIME], "--as-of says how touches are replayed, and there are none."),
        (["--off", "call-bakc"], 'There is no rule "call-bakc" to switch.'),
        (["--set", "manners.cap=30"], "30 is outside the allowed range."),
        (["--timezone", "Berlin"], '"Berlin" is no IANA time zone.'),
    ],
)
def test_a_wrong_argument_is_told(tmp_path: Path, books: Path, options: list[str], told: str) -> None:
    done = run("export", books, "--unsigned", *options, "--out", tmp_path / "a")
    assert done.exit_code == 2
    assert told in done.stderr


def test_keys_are_made_listed_and_shown() -> None:
    assert run("keys", "list").stdout.startswith("There are no keys in ")
    assert "which nobody but you may read" in run("keys", "create", "--name", "team").stdout
    shown = run("keys", "show")
    assert shown.stdout.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert "PRIVATE" not in shown.stdout
    assert "your own, signs" in run("keys", "list").stdout
    assert run("keys", "create", "--name", "team").exit_code == 2


def test_what_a_terminal_takes_for_a_command_is_never_printed(tmp_path: Path, bundle: Path) -> None:
    """A bundle can be made by anybody, and its refusal quotes it."""

    def newer(manifest: dict[str, object], _files: object) -> None:
        manifest["engine"] = "999 \x1b[2J\x9b\x07"

    done = run("verify", "--allow-unsigned", forge(bundle, tmp_path / "b", None, newer))
    assert done.exit_code == 7
    assert "touchrules 999 ?[2J??" in done.stderr
    assert not {"\x1b", "\x9b", "\x07"} & {*done.stderr, *done.stdout}


def test_an_export_is_not_written_over_a_rulebook(books: Path) -> None:
    run("keys", "create")
    book = books / "manners.rulebook.yaml"
    done = run("export", books, "--out", book)
    assert (done.exit_code, book.read_text()) == (2, RULEBOOK)
    assert "There is a file" in done.stderr


def test_a_key_is_trusted_by_its_text_as_show_prints_it(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run("keys", "show").stdout
    monkeypatch.setenv(FOLDER, str(bundle.parent / "elsewhere"))
    assert run("keys", "trust", shown.strip(), "--name", "ann").exit_code == 0
    assert run("verify", bundle).exit_code == 0
