"""Forty and more inputs that are wrong, each with the exit code and the words that it must be told by."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.cli.command import RULEBOOK, TOUCHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """One wrong input beside good ones. Files are written in the working folder."""

    name: str
    code: int
    says: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    touches: str = "touches.csv"
    rulebooks: str = "manners.rulebook.yaml"
    out: str = "out"
    more: tuple[str, ...] = ()


JSON = '{"touch_id": "t1", "at": "2025-03-03", "contact_id": "c1", "kind": "call"}\n'
HEADER, *ROWS = TOUCHES.splitlines(keepends=True)


def _csv(name: str, says: str, content: str | bytes, *, file: str = "bad.csv", code: int = 4) -> Malformed:
    return Malformed(name=name, code=code, says=says, files={file: content}, touches=file)


def _row(name: str, says: str, row: str) -> Malformed:
    return _csv(name, says, HEADER + ROWS[0] + row + "\n")


def _rules(name: str, says: str, text: str | bytes, *, code: int = 3) -> Malformed:
    file = "bad.rulebook.yaml"
    return Malformed(name=name, code=code, says=says, files={file: text}, rulebooks=file)


def _rule(name: str, says: str, lines: str, *, code: int = 3) -> Malformed:
    head = "rulebook: bad\nlanguage: 1\nrules:\n  - id: bad\n    title: Bad\n    severity: low\n"
    return _rules(name, says, head + "".join(f"    {line}\n" for line in lines.splitlines()), code=code)


def _arguments(name: str, says: str, *more: str, out: str = "out") -> Malformed:
    return Malformed(name=name, code=2, says=says, more=more, out=out)


def _parquet(**columns: pa.Array) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


_ID, _AT, _WORD = pa.array(["t1"]), pa.array(["2025-03-03"]), pa.array(["call"])
_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

DATA = [
    _csv(
        "a broken archive",
        "cannot be read",
        gzip.compress(TOUCHES.encode() * 50, mtime=0)[:-30],
        file="bad.csv.gz",
    ),
    _csv("no archive", "cannot be read", TOUCHES, file="bad.csv.gz"),
    _csv("no zstd archive", "cannot be read", TOUCHES, file="bad.csv.zst"),
    _csv("a binary file", "", bytes(range(256)) * 40),
    _csv("an empty file", "is empty", ""),
    _csv("an empty archive", "", b"", file="bad.csv.gz"),
    _csv("a header without contact_id", "contact_id", "touch_id,at,kind\n"),
    _csv("latin-1 for UTF-8", "line", (HEADER + ROWS[0].replace("ann", "André")).encode("latin-1")),
    _csv("UTF-16 for UTF-8", "", TOUCHES.encode("utf-16")),
    _row("ten megabytes for a time", "cannot be read as a time", f"t2,{'9' * 10_000_000},c1,call,ann,,"),
    _csv("quotes that do not end", "CSV", HEADER + '"t1,' + "x" * 10_000_000),
    _csv("a column twice", "kind", HEADER.replace("rep_id", "kind") + ROWS[0]),
    _csv("a column without a name", "without a name", HEADER.replace("rep_id", "") + ROWS[0]),
    _csv("a column named found", "found", HEADER.replace("rep_id", "found") + ROWS[0]),
    _csv("a column named like a signal", "price_talk", HEADER.replace("rep_id", "price_talk") + ROWS[0]),
    _row("a row too long", "8 cells", "t2,2025-03-03,c1,call,ann,,,"),
    _row("a touch_id twice", "t1", "t1,2025-03-03,c1,call,ann,,"),
    _row("no touch_id", "touch_id is missing", ",2025-03-03,c1,call,ann,,"),
    _row("a day before the first year", "0000-12-31", "t2,0000-12-31 23:59,c1,call,ann,,"),
    _row("no day of any calendar", "2025-02-30", "t2,2025-02-30,c1,call,ann,,"),
    _row("an American date", "3/10/2025", "t2,3/10/2025,c1,call,ann,,"),
    _row("a number with its unit", "5 min", "t2,2025-03-03,c1,call,ann,,5 min"),
    _csv("an unknown zone", "Mars", HEADER.replace("rep_id", "timezone") + ROWS[0].replace("ann", "Mars")),
    _csv(
        "neither true nor false", "maybe", HEADER.replace("rep_id", "icp") + ROWS[0].replace("ann", "maybe")
    ),
    _csv("broken JSON", "line", '{"touch_id": "t1"\n', file="bad.jsonl"),
    _csv("JSON that is a list", "", '["t1"]\n', file="bad.jsonl"),
    _csv("a key twice in JSON", "twice", JSON + JSON.replace("kind", "at"), file="bad.jsonl"),
    _csv("bottomless JSON", "", '{"touch_id": ' + "[" * 100_000 + "\n", file="bad.jsonl"),
    _csv(
        "NaN for a touch_id",
        "touch_id is missing",
        JSON.replace('"t1"', "NaN"),
        file="bad.jsonl",
    ),
    _csv(
        "NaN for a touch_id in Parquet",
        "touch_id is missing",
        _parquet(touch_id=pa.array([float("nan")]), at=_AT, contact_id=_WORD, kind=_WORD),
        file="bad.parquet",
    ),
    _csv(
        "bytes in Parquet",
        "binary",
        _parquet(touch_id=_ID, at=_AT, contact_id=_WORD, kind=_WORD, tags=pa.array([b"a"])),
        file="bad.parquet",
    ),
    _csv("no Parquet", "", TOUCHES, file="bad.parquet"),
    _csv("half of a Parquet file", "", _parquet(touch_id=_ID)[:-9], file="bad.parquet"),
    _csv("a spreadsheet", "extension", b"PK\x03\x04", file="bad.xlsx"),
]
RULEBOOKS = [
    _rules("an empty rulebook", "", ""),
    _rules("a binary rulebook", "", bytes(range(256)) * 10),
    _rules("a rulebook in latin-1", "", RULEBOOK.replace("twice", "André").encode("latin-1")),
    _rules("a rulebook that is a list", "mapping", "- rulebook\n"),
    _rules("a key twice", "rulebook", "rulebook: a\nlanguage: 1\nrulebook: b\n"),
    _rules("a YAML bomb", "", f"rulebook: bad\nlanguage: 1\n{_BOMB}"),
    _rules("a YAML tag", "", "rulebook: !!python/object/apply:os.system [ls]\nlanguage: 1\n"),
    _rules("bottomless YAML", "", "rulebook: bad\nlanguage: 1\nabout: " + "[" * 100_000),
    _rules("another language", "language", "rulebook: bad\nlanguage: 2\n"),
    _rules("two documents", "", f"{RULEBOOK}---\n{RULEBOOK}"),
    _rules("half a character", "", 'rulebook: bad\nlanguage: 1\ntitle: "\\ud800"\n'),
    _rule("an unknown fact", "knwon", "when: {kind: call}\nunless: knwon"),
    _rule("an expression with look-ahead", "", 'when: {text: {matches: "a(?=b)"}}'),
    _rule("an expression that explodes", "", 'when: {text: {matches: "((a{1000}){1000}){1000}"}}'),
    _rule("a negative duration", "-5d", "when: {}\nwhere: [{count: {}, within: -5d, more_than: 1}]"),
    _rule("a rule that waits for itself", "", "when: {found: bad}"),
    _rule("an unknown key", "wehn", "wehn: {}\nwhen: {}"),
    _rule("a field that nothing has", "moon_phase", "when: {moon_phase: full}", code=4),
    _rule("a compare with a text", "rep_size", "when: {rep_size: {more_than: 3}}", code=4),
]
ARGUMENTS = [
    Malformed(name="no such rulebook", code=2, says="nowhere", rulebooks="nowhere.rulebook.yaml"),
    Malformed(name="a folder without rulebooks", code=2, says="no rulebook", rulebooks="empty"),
    Malformed(name="no such touches", code=2, says="nowhere.csv", touches="nowhere.csv"),
    Malformed(name="a folder for touches", code=2, says="folder", touches="empty"),
    _arguments("an unknown rulebook set", "maners", "--set", "maners.cap=3"),
    _arguments("an unknown parameter set", "cpa", "--set", "manners.cpa=3"),
    _arguments("a value beyond the bounds", "9", "--set", "manners.cap=10"),
    _arguments("a value that is none", "", "--set", "manners.cap="),
    _arguments("a parameter set twice", "twice", "--set", "manners.cap=3", "--set", "manners.cap=4"),
    _arguments("no time to end at", "yesterday", "--as-of", "yesterday"),
    _arguments("no such time zone", "Mars", "--timezone", "Mars"),
    _arguments("no such engine", "durable", "--engine", "fast"),
    _arguments("no such mapping", "nowhere.yaml", "--map", "nowhere.yaml"),
    _arguments("no such choice", "ignore", "--bad-rows", "ignore"),
    _arguments("no such option", "--tuoches", "--tuoches", "x.csv"),
    _arguments("a file for a folder", "touches.csv", out="touches.csv"),
    _arguments("a folder below a file", "touches.csv", out="touches.csv/out"),
    _arguments("a folder in a folder that nobody can write", "", out="/proc/touchrules"),
    Malformed(
        name="a broken mapping",
        code=4,
        says="bad.map.yaml",
        files={"bad.map.yaml": "columns: [touch_id]\n"},
        more=("--map", "bad.map.yaml"),
    ),
]
ALL = [*DATA, *RULEBOOKS, *ARGUMENTS]


def lay_out(case: Malformed, folder: Path) -> None:
    """Write the files of a case beside the good ones."""
    (folder / "empty").mkdir()
    good = {"manners.rulebook.yaml": RULEBOOK, "touches.csv": TOUCHES}
    if "compare with a text" in case.name:
        good["touches.csv"] = HEADER.replace("rep_id", "rep_size") + ROWS[0]
    for name, content in {**good, **case.files}.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
