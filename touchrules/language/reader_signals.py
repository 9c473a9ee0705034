"""Reads signals: values read out of a touch's text (language.md, section 8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, clipped, quoted, show
from touchrules.language.proof import Proof
from touchrules.language.reader_expressions import read_counted_expression
from touchrules.language.reader_values import (
    Entries,
    keyed,
    read_count,
    read_items,
    read_name,
    read_texts,
    read_truth,
)
from touchrules.language.words import allowed
from touchrules.model.signals import (
    MentionCount,
    PatternCount,
    PhonePrefix,
    PhraseCount,
    QuestionCount,
    Signal,
    WordCount,
)


def read_signals(node: Node, proof: Proof) -> dict[str, Signal]:
    """Return the signals by name; one that is wrong is told and left out or left empty."""
    if not isinstance(node, Mapping):
        proof.complain(
            node.place, f"`signals` is a mapping, but here is {show(node)}.", "Write `name: {...}`."
        )
        return {}
    signals = {
        key.text: _read_signal(key, value, proof.about(f"signal {clipped(key.text)}"))
        for key, value in node.items
    }
    return {name: signal for name, signal in signals.items() if signal is not None}


def _read_signal(key: Scalar, node: Node, proof: Proof) -> Signal | None:
    kinds = ", ".join(_KINDS)
    if not isinstance(node, Mapping):
        proof.complain(
            node.place, f"A signal is a mapping, but here is {show(node)}.", f"Kinds of signals: {kinds}."
        )
        return None
    found = [name for name, _value in node.items if name.text in _KINDS]
    if len(found) == 1:
        return _KINDS[found[0].text](key, node, proof)
    if found:
        names = " and ".join(f"`{name.text}`" for name in found)
        proof.complain(found[1].place, f"One signal cannot have {names}.", "Make two signals of it.")
        return None
    first = next((name for name, _value in node.items if name.text not in ("field", "first")), None)
    message = f"{quoted(first.text)} is no kind of signal." if first else "This signal has no kind."
    remedy = allowed(first.text if first else "", _KINDS, label="Kinds of signals")
    proof.complain(first.place if first else key.place, message, remedy)
    return None


def _read_entries(kind: str, node: Mapping, proof: Proof) -> Entries:
    return keyed(node, f"A signal with `{kind}`", proof, known=(kind, "field", "first"))


def _reading(key: Scalar, entries: Entries, proof: Proof) -> dict[str, Any]:
    values: dict[str, Any] = {"place": key.place}
    if "field" in entries:
        values["field"] = read_name(entries["field"][1], "`field`", proof)
    if "first" in entries:
        values["first"] = read_count(entries["first"][1], "`first`", proof)
    return values


def _read_phrases(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = _read_entries("phrases", node, proof)
    written = entries["phrases"][1]
    phrases = read_texts(written, "`phrases`", proof)
    label = written.label if isinstance(written, Sequence) else ""
    return PhraseCount(phrases=phrases, label=label, **_reading(key, entries, proof))


def _read_pattern(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = _read_entries("pattern", node, proof)
    pattern = read_counted_expression(entries["pattern"][1], "`pattern`", proof)
    return PatternCount(pattern=pattern, **_reading(key, entries, proof))


def _read_mentions(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = _read_entries("mentions", node, proof)
    items = read_items(entries["mentions"][1], "`mentions`", proof)
    mentions = tuple(read_name(item, "An item of `mentions`", proof) for item in items)
    return MentionCount(mentions=mentions, **_reading(key, entries, proof))


def _read_questions(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = _read_entries("questions", node, proof)
    _check_true("questions", entries, proof)
    return QuestionCount(**_reading(key, entries, proof))


def _read_words(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = _read_entries("words", node, proof)
    _check_true("words", entries, proof)
    return WordCount(**_reading(key, entries, proof))


def _check_true(kind: str, entries: Entries, proof: Proof) -> None:
    node = entries[kind][1]
    if not read_truth(node, f"`{kind}`", proof, otherwise=True):
        proof.complain(node.place, f"`{kind}: false` makes no signal.", "Write true, or take the signal out.")


def _read_phone_prefix(key: Scalar, node: Mapping, proof: Proof) -> Signal:
    entries = keyed(node, "A signal with `phone_prefix`", proof, known=("phone_prefix",))
    return PhonePrefix(field=read_name(entries["phone_prefix"][1], "`phone_prefix`", proof), place=key.place)


_KINDS: Final[dict[str, Callable[[Scalar, Mapping, Proof], Signal]]] = {
    "phrases": _read_phrases,
    "pattern": _read_pattern,
    "mentions": _read_mentions,
    "questions": _read_questions,
    "words": _read_words,
    "phone_prefix": _read_phone_prefix,
}
