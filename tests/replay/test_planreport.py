"""The report of what work rules share."""

from __future__ import annotations

import json
from pathlib import Path

from tests.replay.findings import random_stream
from touchrules.engines.columnar.work import SORTS, Piece
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks, parse_rulebooks
from touchrules.replay.planreport import make_plan_report
from touchrules.replay.run import replay
from touchrules.streams.demo.files import write_touches
from touchrules.streams.reader import read_touches

ROOT = Path(__file__).parents[2]
RULES = """\
rulebook: manners
language: 1
signals: {price_talk: {phrases: [why]}}
facts: {known: {from: {icp: true}}}
rules:
  - {id: one, title: One, severity: low, when: {kind: call, price_talk: {at_least: 1}}}
  - {id: two, title: Two, severity: low, when: {kind: call}, given: known}
"""


def piece(label: str, seconds: float, *rules: str) -> Piece:
    return Piece(sort="filters", label=label, seconds=seconds, rules=rules, facts=())


def test_work_is_summed_up_and_what_took_longest_stands_first() -> None:
    work = (piece("a", 1, "r1"), piece("b", 3, "r1", "r2", "r3"), piece("c", 2))
    report = make_plan_report(work, {"findings": 0.5, "facts": 0.25})
    assert (report.pieces, report.shared, report.unshared, report.seconds) == (3, 1, 5, 6.75)
    assert [one.label for one in report.dearest] == ["b", "c", "a"]
    sums = {one.sort: (one.pieces, one.seconds) for one in report.sorts}
    assert (sums["filters"], sums["tables"], sums["loops"]) == ((3, 6), (2, 0.75), (0, 0))


def test_pieces_tell_what_they_are_and_which_rules_and_facts_need_them() -> None:
    came = replay(parse_rulebooks({"manners.rulebook.yaml": RULES}), random_stream(1), report=True)
    assert came.report is not None
    by_label = {one.label: one for one in came.report.dearest}
    assert by_label["text read for 1 signal"].rules == ("one",)
    everything = {one.label: one for one in (*came.report.dearest, *came.report.dearest)}
    assert any(one.facts == ("known",) for one in everything.values())
    assert came.report.shared >= 2  # the field kind, and what is a call
    assert json.loads(json.dumps(came.report.as_json()))["pieces"] == came.report.pieces


def test_no_report_is_made_unless_it_is_asked_for() -> None:
    assert replay(parse_rulebooks({"manners.rulebook.yaml": RULES}), random_stream(1)).report is None


def test_every_piece_of_the_shipped_rulebooks_has_its_sort(tmp_path: Path) -> None:
    books = load_rulebooks([ROOT / "rulebooks"])
    write_touches(tmp_path / "touches.csv.gz", 500, 3)
    stream = read_touches(tmp_path / "touches.csv.gz", declared=declared_types(books)).stream
    report = replay(books, stream, report=True).report
    assert report is not None
    assert {one.sort for one in report.sorts if one.pieces} >= set(SORTS.values()) | {"texts", "tables"}
    assert report.pieces == sum(one.pieces for one in report.sorts if one.sort != "tables")
    assert 0 < report.shared < report.pieces < report.unshared
