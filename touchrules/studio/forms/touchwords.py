"""The touches that a blank offers, by the words for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from touchrules.language.describe_filters import say_thing, say_things
from touchrules.language.describe_lookbacks import say_test
from touchrules.language.filling import fill
from touchrules.language.nodes import Sequence, clipped
from touchrules.language.phrasing import DIRECTIONS, KINDS
from touchrules.language.proof import Proof
from touchrules.language.reader_filters import read_filter
from touchrules.language.reader_lookbacks import read_where
from touchrules.language.source import read_source
from touchrules.language.splices import write_flow
from touchrules.language.vocabulary import vocabulary_of
from touchrules.model.rules import Rulebook

Options = list[tuple[str, Any]]
"""What is offered: how it is called, and what it is in the rulebook."""

_WAYS: Final = ("", "outbound", "inbound")


def touch_options(kinds: Iterable[str], *, plural: bool) -> Options:
    """Return touches to choose from: all, by direction, and by kind.

    >>> touch_options(["call"], plural=True)[3:5]
    [('calls', {'kind': 'call'}), ('calls by us', {'kind': 'call', 'direction': 'outbound'})]
    """
    options: Options = []
    for kind in ("", *kinds):
        singular, several = KINDS.get(kind, (f"a touch of kind {kind}", f"touches of kind {kind}"))[:2]
        noun = (several if plural else singular) if kind else ("touches" if plural else "a touch")
        for way in _WAYS:
            test = {**({"kind": kind} if kind else {}), **({"direction": way} if way else {})}
            options.append((f"{noun} {DIRECTIONS[way]}" if way else noun, test))
    return options


def say_filter(written: object, book: Rulebook, beside: Iterable[Rulebook], *, plural: bool) -> str:
    """Return a filter of a rulebook, given as plain values, in plain English; as written if it is none."""
    proof = Proof()
    node = read_source(write_flow(written) + "\n", "filter").root
    if node is None:
        return clipped(write_flow(written))
    accepted = read_filter(fill(node, book.parameters, proof), "A filter", proof)
    if proof.problems:
        return clipped(write_flow(written))
    say = say_things if plural else say_thing
    return say(accepted, words=vocabulary_of(book, beside))


def say_written_test(written: object, book: Rulebook, beside: Iterable[Rulebook]) -> str:
    """Return a test of `where`, given as plain values, in plain English; as written if it is none."""
    proof = Proof()
    node = read_source(write_flow([written]) + "\n", "test").root
    if not isinstance(node, Sequence):
        return clipped(write_flow(written))
    tests = read_where(fill(node, book.parameters, proof), proof)
    if proof.problems or len(tests) != 1:
        return clipped(write_flow(written))
    return say_test(tests[0], vocabulary_of(book, beside))
