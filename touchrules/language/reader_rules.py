"""Reads rules and what they expect (language.md, sections 3 and 6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from touchrules.language.nodes import Mapping, Node, Scalar, clipped, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.reader_filters import read_filter
from touchrules.language.reader_lookbacks import read_key, read_where
from touchrules.language.reader_moments import read_moment
from touchrules.language.reader_values import (
    Entries,
    keyed,
    read_items,
    read_name,
    read_names,
    read_text,
    read_texts,
    read_truth,
    read_word,
)
from touchrules.language.times import TIME_HELP, is_time
from touchrules.model.filters import EVERY_TOUCH
from touchrules.model.rules import SEVERITIES, Effective, Expectation, FieldOffset, Rule

_REQUIRED: Final = ("id", "title", "severity", "when")
_MAY_EXPECT: Final = ("touch", "match", "per", "after", "by", "cancel")


def read_rules(node: Node, proof: Proof) -> tuple[Rule, ...]:
    """Return the rules; one without a usable id is told and has the id ""."""
    if isinstance(node, Mapping):
        proof.complain(
            node.place, "`rules` is a list, but here is a mapping.", "Begin each rule with `- id: name`."
        )
        return ()
    return tuple(_read_rule(item, proof) for item in read_items(node, "`rules`", proof))


def _read_rule(node: Node, sheet: Proof) -> Rule:
    id_node = node.get("id") if isinstance(node, Mapping) else None
    name = clipped(id_node.text) if isinstance(id_node, Scalar) else f"in line {node.place.line}"
    proof = sheet.about(f"rule {name}")
    entries = keyed(node, "A rule", proof, known=_READERS, required=_REQUIRED)
    values = {key: _READERS[key](value, proof) for key, (_key, value) in entries.items()}
    if "met_asserts" in entries and "expect" not in entries:
        message = "`met_asserts` stands here without `expect`: nothing can be met."
        proof.complain(
            entries["met_asserts"][0].place, message, "Use `asserts`, or add what the rule expects."
        )
    bare: dict[str, Any] = {"id": "", "title": "", "severity": "info", "when": EVERY_TOUCH}
    return Rule(**{**bare, **values, "place": (id_node or node).place})


def _read_id(node: Node, proof: Proof) -> str:
    told = len(proof.problems)
    name = read_text(node, "`id`", proof)
    if len(proof.problems) > told or re.fullmatch(r"[a-z0-9-]+", name):
        return name
    message = f"{quoted(name)} cannot be the id of a rule."
    proof.complain(node.place, message, "Use lower-case letters, digits and -, for example no-voicemail.")
    return ""


def _read_source(node: Node, proof: Proof) -> str:
    name = read_name(node, "`source`", proof)
    if name:
        proof.mention("source", name, node.place)
    return name


def _read_facts(kind: str) -> Callable[[Node, Proof], tuple[str, ...]]:
    def read(node: Node, proof: Proof) -> tuple[str, ...]:
        named = read_names(node, f"`{kind}`", proof)
        for name, item in named:
            proof.mention("fact", name, item.place)
        return tuple(name for name, _item in named)

    return read


def _read_asserted(kind: str) -> Callable[[Node, Proof], str | None]:
    def read(node: Node, proof: Proof) -> str | None:
        name = read_name(node, f"`{kind}`", proof)
        if name:
            proof.mention("asserted fact", name, node.place)
        return name or None

    return read


def _text_of(kind: str) -> Callable[[Node, Proof], str]:
    return lambda node, proof: read_text(node, f"`{kind}`", proof)


def _truth_of(kind: str) -> Callable[[Node, Proof], bool]:
    return lambda node, proof: read_truth(node, f"`{kind}`", proof, otherwise=True)


def _read_effective(node: Node, proof: Proof) -> Effective:
    entries = keyed(node, "`effective`", proof, known=("from", "until"))
    since, until = (_read_time(entries, name, proof) for name in ("from", "until"))
    return Effective(since=since, until=until)


def _read_time(entries: Entries, name: str, proof: Proof) -> str | None:
    if name not in entries:
        return None
    node = entries[name][1]
    if isinstance(node, Scalar) and isinstance(node.value, str) and is_time(node.value):
        return node.value
    proof.complain(node.place, f"`{name}` is a time, but here is {show(node)}.", TIME_HELP)
    return None


def _read_expect(node: Node, proof: Proof) -> Expectation:
    entries = keyed(node, "`expect`", proof, known=_MAY_EXPECT, required=("touch", "by"))
    values: dict[str, Any] = {"touch": EVERY_TOUCH, "by": FieldOffset()}
    for name in ("touch", "cancel"):
        if name in entries:
            values[name] = read_filter(entries[name][1], f"`{name}`", proof)
    for name in ("after", "by"):
        if name in entries:
            values[name] = read_moment(entries[name][1], f"`{name}`", proof)
    if "match" in entries:
        values["match"] = _read_match(entries["match"][1], proof)
    if "per" in entries:
        values["per"] = read_key(entries["per"][1], proof)
    return Expectation(**values, place=node.place)


def _read_match(node: Node, proof: Proof) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        remedy = "Write `{contact_id: referred_to}`: a field of the later touch, and one of the trigger."
        proof.complain(node.place, f"`match` is a mapping, but here is {show(node)}.", remedy)
        return ()
    return tuple((key.text, read_name(value, f"`{key.text}` in `match`", proof)) for key, value in node.items)


# How each key of a rule is read.
_READERS: Final[dict[str, Callable[[Node, Proof], Any]]] = {
    "id": _read_id,
    "title": _text_of("title"),
    "why": _text_of("why"),
    "source": _read_source,
    "severity": lambda node, proof: read_word(node, "`severity`", proof, words=SEVERITIES),
    "when": lambda node, proof: read_filter(node, "`when`", proof),
    "given": _read_facts("given"),
    "unless": _read_facts("unless"),
    "where": read_where,
    "say": _text_of("say"),
    "advise": _text_of("advise"),
    "asserts": _read_asserted("asserts"),
    "expect": _read_expect,
    "met_asserts": _read_asserted("met_asserts"),
    "report": _truth_of("report"),
    "enabled": _truth_of("enabled"),
    "effective": _read_effective,
    "tags": lambda node, proof: read_texts(node, "`tags`", proof),
}
