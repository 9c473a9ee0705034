"""Streams and rulebooks that the tests of the engines share."""

from __future__ import annotations

import random
from typing import Any

from touchrules.language.load import parse_rulebook
from touchrules.model.rules import Rulebook
from touchrules.streams.instants import write_instant
from touchrules.streams.records import read_records
from touchrules.streams.stream import Stream

RULEBOOK = """
rulebook: manners
language: 1
facts:
  known: {from: {outcome: connected}, until: {outcome: do_not_contact}, for: 20d}
  let_down: {per: account}
rules:
  - {id: stranger, title: A stranger, severity: high, when: {kind: voicemail}, unless: known}
  - id: too-many
    title: Too many
    severity: low
    when: {direction: outbound}
    where: [{count: {direction: outbound}, within: 7d, at_least: 3}]
    say: "{value} touches"
  - {id: both, title: Both, severity: critical, when: {all: 1}, where: []}
  - id: promise
    title: A promise
    severity: medium
    when: {outcome: callback_agreed}
    expect: {touch: {kind: call}, by: 2d}
    asserts: let_down
""".replace("{all: 1}", "{found: [stranger], kind: voicemail, direction: {not: inbound}}").replace(
    ", where: []", ", where: [{fact: let_down}]"
)


def manners() -> Rulebook:
    """A rulebook with a count, facts, a chain and an expectation."""
    return parse_rulebook(RULEBOOK, "manners.rulebook.yaml")


def busy_stream(touches: int, seed: int = 1, contacts: int = 40) -> Stream:
    """A seeded stream of many touches to few contacts."""
    chance = random.Random(seed)
    start = 1_700_000_000_000_000
    return read_records([_touch(chance, number, start, contacts) for number in range(touches)])


def _touch(chance: random.Random, number: int, start: int, contacts: int) -> dict[str, Any]:
    contact = chance.randrange(contacts)
    return {
        "touch_id": f"t{number:06}",
        "at": write_instant(start + number * 1_800_000_000 + chance.randrange(1_800_000_000)),
        "contact_id": f"c{contact}",
        "account_id": f"a{contact % 7}",
        "rep_id": f"r{chance.randrange(5)}",
        "kind": chance.choice(["call", "call", "voicemail", "email", "meeting"]),
        "direction": chance.choice(["outbound", "outbound", "outbound", "inbound"]),
        "outcome": chance.choice([None, "connected", "no_answer", "callback_agreed", "do_not_contact"]),
        "duration_s": chance.choice([None, 30.5, 60, 600]),
        "text": chance.choice([None, "Hello there", "About the price", "Are you well?"]),
    }
