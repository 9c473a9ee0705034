"""The rulesets of a bundle find in Node.js what they find here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.production.bundle.made import export, members
from tests.production.nodehost import Find, run_host, why_not, write_touches
from touchrules.engines.durable.engine import Engine, Observation
from touchrules.engines.plan import Plan, make_plan
from touchrules.engines.prepare import prepare_columns, touches_of
from touchrules.language.fits import declared_types
from touchrules.language.load import load_rulebooks, parse_rulebook
from touchrules.model.rules import Rulebook
from touchrules.production.bundle.exporting import plan_of
from touchrules.production.bundle.keys import Trust
from touchrules.production.bundle.opening import open_bundle
from touchrules.production.bundle.rulesets import write_rulesets
from touchrules.replay.run import replay
from touchrules.streams.demo.files import write_touches as write_demo
from touchrules.streams.reader import read_touches
from touchrules.streams.stream import Stream

ROOT: Final = Path(__file__).parents[2]
TOUCHES: Final = 500

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The shipped rulebooks, demo touches, and what a host gets of both."""

    rulebooks: tuple[Rulebook, ...]
    stream: Stream
    plan: Plan
    rulesets: dict[str, Any]
    touches: list[dict[str, Any]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    rulebooks = load_rulebooks([ROOT / "rulebooks"])
    path = tmp_path_factory.mktemp("demo") / "touches.csv.gz"
    write_demo(path, TOUCHES, seed=1)
    stream = read_touches(path, declared=declared_types(rulebooks)).stream
    plan = plan_of(rulebooks, "UTC")
    return Demo(
        rulebooks=rulebooks,
        stream=stream,
        plan=plan,
        rulesets=write_rulesets(plan),
        touches=write_touches(plan, Engine(plan).columns, stream),
    )


def test_rules_without_look_backs_find_in_node_what_a_replay_finds(demo: Demo, tmp_path: Path) -> None:
    said = run_host(tmp_path, demo.rulesets, demo.touches)
    findings = replay(demo.rulebooks, demo.stream).findings
    pairs = zip(findings["touch_id"].to_pylist(), findings["rule"].to_pylist(), strict=True)
    expected = sorted(pair for pair in pairs if pair[1] in said.decides)
    assert sorted((one.touch_id, one.rule) for one in said.finds if one.report) == expected
    assert len({rule for _, rule in expected}) >= 10


def test_the_sample_of_a_bundle_is_found_in_node_as_the_bundle_says(tmp_path: Path) -> None:
    export(tmp_path / "small.touchrules", None)
    files = members(tmp_path / "small.touchrules")
    (tmp_path / "sample.jsonl").write_bytes(files["sample/touches.jsonl"])
    bundle = open_bundle(tmp_path / "small.touchrules", Trust(allowed=frozenset({"unsigned"})))
    plan = plan_of(bundle.rulebooks, bundle.manifest.timezone)
    stream = read_touches(tmp_path / "sample.jsonl", declared=declared_types(bundle.rulebooks)).stream
    touches = write_touches(plan, Engine(plan).columns, stream)
    said = run_host(tmp_path, json.loads(files["rulesets.json"]), touches)
    findings = [json.loads(line) for line in files["sample/findings.jsonl"].splitlines()]
    expected = {(one["touch_id"], one["rule"]) for one in findings if one["rule"] in said.decides}
    assert {(one.touch_id, one.rule) for one in said.finds if one.report} == expected
    assert expected


COUNTS: Final = {"where": [{"count": {"kind": "call"}, "more_than": 3}]}
WAITS: Final = {"expect": {"touch": {"direction": "outbound"}, "by": "1d"}}
DEPENDING: Final[dict[str, Any]] = {
    "rulebook": "depending",
    "language": 1,
    "facts": {
        "told": {},
        "counted_fact": {},
        "met": {},
        "broken": {},
        "by_chain": {"from": {"any": [{"kind": "visit"}, {"not": {"found": "counts"}}]}},
        "plain_fact": {"from": {"kind": "visit"}},
    },
    "rules": [
        {"id": "counts", "asserts": "counted_fact", **COUNTS},
        {"id": "waits", "asserts": "broken", "met_asserts": "met", **WAITS},
        {"id": "unless-counted", "unless": "counted_fact", "asserts": "told"},
        {"id": "given-met", "given": "met"},
        {"id": "where-not-broken", "where": [{"not": {"fact": "broken"}}]},
        {"id": "by-chain", "given": "by_chain"},
        {"id": "builds-on-counts", "when": {"not": {"found": "counts"}}},
        {"id": "given-told", "given": "told"},
        {"id": "plain", "when": {"kind": "call"}},
        {"id": "builds-on-plain", "when": {"found": "plain"}, "given": "plain_fact"},
    ],
}


def test_node_decides_what_needs_no_look_back_and_no_deadline_on_any_way(tmp_path: Path) -> None:
    plan = plan_of((_book(DEPENDING),), "UTC")
    said = run_host(tmp_path, write_rulesets(plan), [])
    assert said.decides == {"plain", "builds-on-plain"}


def _book(values: dict[str, Any]) -> Rulebook:
    """Return a rulebook whose rules need not say what all rules must."""
    common = {"severity": "low", "when": {}}
    rules = [{**common, "title": rule["id"], **rule} for rule in values["rules"]]
    return parse_rulebook(json.dumps({**values, "rules": rules}))


def test_all_rules_find_in_node_what_they_find_here_once_answers_and_facts_are_supplied(
    demo: Demo, tmp_path: Path
) -> None:
    expected: set[tuple[str, str]] = set()
    touches = []
    for touch, (found, observation) in zip(demo.touches, _decide(demo.plan, demo.stream), strict=True):
        expected |= {(touch["touch_id"], rule) for rule in found}
        answers = _answers(observation, demo.rulesets)
        touches.append({**touch, "facts": list(observation.facts), "answers": answers})
    said = run_host(tmp_path, demo.rulesets, touches, "--supplied")
    assert {(one.touch_id, one.rule) for one in said.finds} == expected
    assert len({rule for _, rule in expected}) >= 60


def _decide(plan: Plan, stream: Stream) -> Iterator[tuple[frozenset[str], Observation]]:
    engine = Engine(plan)
    engine.start()
    columns = prepare_columns(plan, engine.columns, stream)
    for touch in touches_of(stream, columns, 0, len(stream)):
        found = engine.record(touch, observed=True)
        yield found, engine.take().observations[0]


def _answers(observation: Observation, rulesets: dict[str, Any]) -> dict[str, float | bool | None]:
    """Return the answers of the look backs of the rules that looked, by their numbers."""
    numbers = {rule["id"]: rule["answers"] for rule in rulesets["rules"]}
    return {
        str(number): answer
        for look in observation.looks
        for number, answer in zip(numbers[look.rule], look.answers, strict=True)
    }


BOOK: Final[dict[str, Any]] = {
    "rulebook": "small",
    "language": 1,
    "facts": {
        "déjà vu": {"from": {"kind": "visit"}, "until": {"kind": "opt_out"}, "for": "2d"},
        "told": {"for": "1d"},
    },
    "rules": [
        {"id": "tiny", "when": {"duration_s": {"less_than": 0.00001}}},
        {"id": "exact", "when": {"duration_s": [2.5, 9007199254740992, 0.000002]}},
        {"id": "not-five", "when": {"not": {"duration_s": 5}}},
        {"id": "quoted", "when": {"subject": ['say "hi"', "back\\slash"]}},
        {"id": "turkish", "when": {"subject": {"contains": "İSTANBUL"}}},
        {"id": "seen-before", "when": {}, "given": ["déjà vu"]},
        {"id": "once-a-day", "when": {"kind": "call"}, "unless": ["told"], "asserts": "told"},
        {"id": "chained", "when": {"found": "once-a-day", "subject": {"exists": True}}},
        {"id": "by-either", "when": {"any": [{"found": "tiny"}, {"found": "quoted"}]}},
        {"id": "same-people", "when": {"referred_to": {"same_as": "contact_id"}}},
        {"id": "late", "when": {"kind": "call"}, "effective": {"from": "2025-03-04"}},
    ],
}

HARD: Final = [
    {"at": "2025-03-03T10:00:00.000001Z", "kind": "visit"},
    {"at": "2025-03-03T10:00:01Z", "kind": "call", "duration_s": 0.000002, "subject": 'say "hi"'},
    {"at": "2025-03-03T10:00:02Z", "kind": "call", "duration_s": 9007199254740992, "subject": "in istanbul"},
    {"at": "2025-03-03T23:59:59.999999Z", "kind": "call", "duration_s": 1e-300},
    {"at": "2025-03-04T00:00:00Z", "kind": "call", "duration_s": 1e300, "subject": "back\\slash"},
    {"at": "2025-03-04T10:00:01Z", "kind": "call", "duration_s": 2.5, "referred_to": "c1"},
    {"at": "2025-03-05T10:00:00Z", "kind": "email", "duration_s": 5},
    {"at": "2025-03-05T10:00:00.000001Z", "kind": "email", "subject": "ISTANBUL"},
    {"at": "2025-03-05T10:00:01Z", "kind": "visit"},
    {"at": "2025-03-05T10:00:02Z", "kind": "opt_out"},
    {"at": "2025-03-05T10:00:03Z", "kind": "email", "duration_s": -0.000001},
]


def test_numbers_texts_and_times_at_their_limits_mean_the_same_in_node(tmp_path: Path) -> None:
    rulebooks = (_book(BOOK),)
    file = tmp_path / "hard.jsonl"
    lines = [{"touch_id": f"t{n:02}", "contact_id": "c1", **one} for n, one in enumerate(HARD)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    stream = read_touches(file).stream
    plan = make_plan(rulebooks, stream.types)
    touches = write_touches(plan, Engine(plan).columns, stream)
    said = run_host(tmp_path, write_rulesets(plan), touches)
    findings = replay(rulebooks, stream, engine="durable").findings
    expected = sorted(zip(findings["touch_id"].to_pylist(), findings["rule"].to_pylist(), strict=True))
    assert sorted((one.touch_id, one.rule) for one in said.finds) == expected
    assert {rule for _, rule in expected} == {rule["id"] for rule in BOOK["rules"]}


def test_a_find_tells_whether_it_opens_an_expectation(tmp_path: Path) -> None:
    expects = {"id": "answer-them", "when": {"direction": "inbound"}, **WAITS}
    rulebook = _book({"rulebook": "one", "language": 1, "rules": [expects]})
    touch = {"touch_id": "t1", "at": "2025-03-03T10:00:00Z", "direction": "inbound", "facts": []}
    said = run_host(tmp_path, write_rulesets(plan_of((rulebook,), "UTC")), [touch], "--supplied")
    assert said.finds == (Find(touch_id="t1", rule="answer-them", report=True, opens=True),)
