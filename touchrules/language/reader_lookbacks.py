"""Reads the tests in `where`, with their windows (language.md, section 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, show
from touchrules.language.proof import Proof
from touchrules.language.reader_filters import read_filter
from touchrules.language.reader_values import (
    Entries,
    keyed,
    read_amount,
    read_count,
    read_items,
    read_lasting,
    read_name,
    read_word,
)
from touchrules.language.words import allowed
from touchrules.model.filters import EVERY_TOUCH, Comparison, Filter
from touchrules.model.lookbacks import (
    PER_CONTACT,
    AnyTest,
    Average,
    Between,
    Count,
    Distinct,
    FactHolds,
    Gap,
    InSame,
    Key,
    Last,
    LookBackTest,
    Never,
    NotTest,
    Period,
    Seen,
    Share,
    Sum,
    Test,
    Threshold,
    Window,
    Within,
)
from touchrules.model.touches import KEYS

_COMPARES: Final[tuple[Comparison, ...]] = get_args(Comparison)
_SPANS: Final = ("within", "between", "in_same")
_WINDOW: Final = ("per", *_SPANS, "since_last")
_COUNTED: Final = (*_WINDOW, "newest", *_COMPARES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of look back: the keys beside its own, those it needs, and how its own value is read."""

    make: Callable[..., LookBackTest]
    read: Callable[[str, Entries, Proof], dict[str, Any]]
    beside: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        return "exactly" in self.beside


def read_where(node: Node, proof: Proof) -> tuple[Test, ...]:
    """Return the tests of `where`."""
    if isinstance(node, Mapping):
        proof.complain(
            node.place, "`where` is a list of tests, but here is a mapping.", "Put `- ` before each test."
        )
        return ()
    return _read_tests(node, "`where`", proof)


def _read_tests(node: Node, what: str, proof: Proof) -> tuple[Test, ...]:
    tests = (_read_test(item, proof) for item in read_items(node, what, proof))
    return tuple(test for test in tests if test is not None)


def _read_test(node: Node, proof: Proof) -> Test | None:
    kinds = (*_LOGIC, *_KINDS)
    if not isinstance(node, Mapping):
        proof.complain(
            node.place,
            f"A test in `where` is a mapping, but here is {show(node)}.",
            f"Tests: {', '.join(kinds)}.",
        )
        return None
    found = [key for key, _value in node.items if key.text in kinds]
    if len(found) == 1:
        name = found[0].text
        return _LOGIC[name](node, proof) if name in _LOGIC else _read_look_back(name, node, proof)
    if found:
        names = " and ".join(f"`{key.text}`" for key in found)
        proof.complain(
            found[1].place, f"Here are {names} in one test.", "Make them two items, each with its own `- `."
        )
        return None
    first = node.items[0][0] if node.items else None
    remedy = allowed(first.text if first else "", kinds, label="Tests")
    proof.complain(first.place if first else node.place, "This item of `where` holds no test.", remedy)
    return None


def _read_any(node: Mapping, proof: Proof) -> Test:
    entries = keyed(node, "`any`", proof, known=("any",))
    return AnyTest(tests=_read_tests(entries["any"][1], "`any`", proof))


def _read_not(node: Mapping, proof: Proof) -> Test | None:
    entries = keyed(node, "`not`", proof, known=("not",))
    test = _read_test(entries["not"][1], proof)
    return None if test is None else NotTest(test=test)


def _read_fact(node: Mapping, proof: Proof) -> Test | None:
    value = keyed(node, "`fact`", proof, known=("fact",))["fact"][1]
    name = read_name(value, "`fact`", proof)
    proof.mention("fact", name, value.place)
    return FactHolds(fact=name, place=value.place)


def _read_look_back(name: str, node: Mapping, proof: Proof) -> Test:
    kind = _KINDS[name]
    entries = keyed(node, f"A test with `{name}`", proof, known=(name, *kind.beside), required=kind.needs)
    values = kind.read(name, entries, proof)
    if kind.compares:
        values["compare"] = _read_compare(name, entries, proof)
    if "per" in entries:
        values["per"] = read_key(entries["per"][1], proof)
    return kind.make(window=_read_window(entries, proof), place=entries[name][0].place, **values)


def _read_compare(name: str, entries: Entries, proof: Proof) -> tuple[Threshold, ...]:
    thresholds = tuple(
        Threshold(how=how, value=read_amount(entries[how][1], f"`{how}`", proof))
        for how in _COMPARES
        if how in entries
    )
    if not thresholds:
        remedy = "Add one, for example `at_least: 3`. Compares: " + ", ".join(_COMPARES) + "."
        proof.complain(entries[name][0].place, f"The result of `{name}` is compared with nothing.", remedy)
    return thresholds


def read_key(node: Node, proof: Proof) -> Key:
    """Return the fields of `per`; `contact` after a problem."""
    if isinstance(node, Sequence):
        names = tuple(read_name(item, "A field of `per`", proof) for item in node.items)
        if not names:
            remedy = "Name at least one field, or write contact, account or rep."
            proof.complain(node.place, "`per` is an empty list.", remedy)
        return names or PER_CONTACT
    if isinstance(node, Scalar) and node.text in KEYS:
        return (KEYS[node.text],)
    text = node.text if isinstance(node, Scalar) else ""
    remedy = f"{allowed(text, KEYS, label='Allowed')} Write a field in brackets: `per: [campaign]`."
    proof.complain(node.place, f"`per` cannot be {show(node)}.", remedy)
    return PER_CONTACT


def _read_window(entries: Entries, proof: Proof) -> Window:
    spans = [name for name in entries if name in _SPANS]
    if len(spans) > 1:
        names = " and ".join(f"`{name}`" for name in spans)
        remedy = "Keep one of within, between and in_same."
        proof.complain(entries[spans[1]][0].place, f"{names} cannot stand in one test.", remedy)
    since_last, newest = entries.get("since_last"), entries.get("newest")
    return Window(
        span=_SPAN_READERS[spans[0]](entries[spans[0]][1], proof) if spans else None,
        since_last=read_filter(since_last[1], "`since_last`", proof) if since_last else None,
        newest=read_count(newest[1], "`newest`", proof) if newest else None,
    )


def _read_within(node: Node, proof: Proof) -> Within:
    return Within(duration=read_lasting(node, "`within`", proof))


def _read_between(node: Node, proof: Proof) -> Between | None:
    items = read_items(node, "`between`", proof) if isinstance(node, Sequence) else ()
    if len(items) != 2:
        message = f"`between` is a list of two durations, but here is {show(node)}."
        proof.complain(node.place, message, "Write `[1d, 7d]`: from one day ago back to seven days ago.")
        return None
    told = len(proof.problems)
    nearest, farthest = (read_lasting(item, "Each end of `between`", proof) for item in items)
    if nearest >= farthest and len(proof.problems) == told:
        message = "The first duration of `between` must be the shorter one."
        proof.complain(node.place, message, "Write `[1d, 7d]`: from one day ago back to seven days ago.")
    return Between(nearest=nearest, farthest=farthest)


def _read_in_same(node: Node, proof: Proof) -> InSame:
    return InSame(
        period=read_word(node, "`in_same`", proof, words=cast(tuple[Period, ...], get_args(Period)))
    )


_SPAN_READERS: Final[dict[str, Callable[[Node, Proof], Within | Between | InSame | None]]] = {
    "within": _read_within,
    "between": _read_between,
    "in_same": _read_in_same,
}


def _read_of(name: str, entries: Entries, proof: Proof) -> dict[str, Any]:
    return {"of": read_filter(entries[name][1], f"`{name}`", proof)}


def _read_field_of(name: str, entries: Entries, proof: Proof) -> dict[str, Any]:
    return {"field": read_name(entries[name][1], f"`{name}`", proof), "of": _read_counted(entries, proof)}


def _read_share(name: str, entries: Entries, proof: Proof) -> dict[str, Any]:
    values: dict[str, Any] = {"of": _read_counted(entries, proof)}
    values["share"] = read_filter(entries[name][1], "`share`", proof)
    if "out_of" in entries:
        values["out_of"] = read_count(entries["out_of"][1], "`out_of`", proof)
    return values


def _read_counted(entries: Entries, proof: Proof) -> Filter:
    return read_filter(entries["of"][1], "`of`", proof) if "of" in entries else EVERY_TOUCH


def _read_last(name: str, entries: Entries, proof: Proof) -> dict[str, Any]:
    values = _read_of(name, entries, proof)
    if "has" in entries:
        values["has"] = read_filter(entries["has"][1], "`has`", proof.inside_has())
    return values


_LOGIC: Final[dict[str, Callable[[Mapping, Proof], Test | None]]] = {
    "any": _read_any,
    "not": _read_not,
    "fact": _read_fact,
}

_KINDS: Final[dict[str, _Kind]] = {
    "count": _Kind(make=Count, read=_read_of, beside=_COUNTED),
    "distinct": _Kind(make=Distinct, read=_read_field_of, beside=(*_COUNTED, "of"), needs=("of",)),
    "sum": _Kind(make=Sum, read=_read_field_of, beside=(*_COUNTED, "of"), needs=("of",)),
    "average": _Kind(make=Average, read=_read_field_of, beside=(*_COUNTED, "of"), needs=("of",)),
    "share": _Kind(make=Share, read=_read_share, beside=(*_COUNTED, "of", "out_of"), needs=("of",)),
    "seen": _Kind(make=Seen, read=_read_of, beside=_WINDOW),
    "never": _Kind(make=Never, read=_read_of, beside=_WINDOW),
    "last": _Kind(make=Last, read=_read_last, beside=(*_WINDOW, "has")),
    "gap": _Kind(make=Gap, read=_read_of, beside=(*_WINDOW, *_COMPARES)),
}
