"""Conditions of a rule as sentences with blanks, over the very values that the rulebook has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from touchrules.language.nodes import Plain, resolve
from touchrules.model.filters import Comparison

BlankKind = Literal[
    "comparison", "amount", "touches", "touch", "key", "window", "restart", "field", "has", "fact"
]
Test = Mapping[str, Any]
"""A test of `where`, or what a rule expects, as plain values."""

COMPARISONS: Final[tuple[Comparison, ...]] = get_args(Comparison)
WINDOWS: Final = ("within", "between", "in_same")
PERIODS: Final = ("day", "week", "month", "quarter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank of a sentence: the key of the test that it stands for, and what it is called."""

    key: str
    kind: BlankKind
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A kind of condition: its own key, its name, texts and blanks in turn, and what a new one says."""

    head: str
    title: str
    parts: tuple[str | Blank, ...]
    fresh: Test


_HOW: Final = Blank(key="compare", kind="comparison", label="Comparison")
_AMOUNT: Final = Blank(key="compare", kind="amount", label="Number")
_TIME: Final = Blank(key="compare", kind="amount", label="Time, such as 2d")
_PER: Final = Blank(key="per", kind="key", label="With the same")
_WINDOW: Final = Blank(key="window", kind="window", label="Period")
_SINCE: Final = Blank(key="since_last", kind="restart", label="Counted anew after")
_WHERE: Final = ("with the same", _PER, _WINDOW, "counted anew after", _SINCE)
_CALL: Final[Test] = {"kind": "call"}


def _touches(key: str, label: str = "Touches") -> Blank:
    return Blank(key=key, kind="touches", label=label)


def _touch(key: str, label: str = "Touch") -> Blank:
    return Blank(key=key, kind="touch", label=label)


def _field(key: str) -> Blank:
    return Blank(key=key, kind="field", label="Field")


_OF: Final = _touches("of")

SENTENCES: Final = (
    Sentence(
        head="count",
        title="more than 3 calls to the same contact within 7 days",
        parts=("there are", _HOW, _AMOUNT, _touches("count"), *_WHERE),
        fresh={"count": _CALL, "within": "7d", "more_than": 3},
    ),
    Sentence(
        head="never",
        title="never a call before",
        parts=("there was never", _touch("never"), *_WHERE),
        fresh={"never": _CALL},
    ),
    Sentence(
        head="seen",
        title="a call before",
        parts=("there was", _touch("seen"), "before", *_WHERE),
        fresh={"seen": _CALL, "within": "7d"},
    ),
    Sentence(
        head="gap",
        title="the last call less than 2 days ago",
        parts=("the last", _touch("gap"), "was", _HOW, _TIME, "ago", *_WHERE),
        fresh={"gap": _CALL, "less_than": "2d"},
    ),
    Sentence(
        head="last",
        title="the last call had the same topic",
        parts=(
            "the last",
            _touch("last"),
            "had",
            Blank(key="has", kind="has", label="What it had"),
            *_WHERE,
        ),
        fresh={"last": _CALL, "has": {"topic": "same"}},
    ),
    Sentence(
        head="distinct",
        title="calls with more than 3 different topics",
        parts=("there are", _HOW, _AMOUNT, "different values of", _field("distinct"), "on", _OF, *_WHERE),
        fresh={"distinct": "topic", "of": _CALL, "within": "30d", "more_than": 3},
    ),
    Sentence(
        head="share",
        title="more than half of the touches are from us",
        parts=("of", _OF, "a share of", _HOW, _AMOUNT, "are", _touches("share", "Those"), *_WHERE),
        fresh={"share": {"direction": "outbound"}, "of": {}, "within": "30d", "more_than": 0.5},
    ),
    Sentence(
        head="sum",
        title="calls that last more than an hour together",
        parts=("the sum of", _field("sum"), "over", _OF, "is", _HOW, _AMOUNT, *_WHERE),
        fresh={"sum": "duration_s", "of": _CALL, "within": "7d", "more_than": 3600},
    ),
    Sentence(
        head="average",
        title="calls that last less than a minute on average",
        parts=("the average of", _field("average"), "over", _OF, "is", _HOW, _AMOUNT, *_WHERE),
        fresh={"average": "duration_s", "of": _CALL, "within": "30d", "less_than": 60},
    ),
    Sentence(
        head="fact",
        title="a fact holds",
        parts=(Blank(key="fact", kind="fact", label="Fact"), "holds"),
        fresh={},
    ),
)
EXPECTATION: Final = Sentence(
    head="touch",
    title="we expect a touch by a deadline",
    parts=(
        "we expect",
        _touch("touch", "Expected touch"),
        "with the same",
        _PER,
        "by",
        Blank(key="by", kind="amount", label="Deadline, such as 2d, 1bd or 4bh"),
        "unless first comes",
        Blank(key="cancel", kind="restart", label="What calls it off"),
    ),
    fresh={"touch": {"direction": "outbound"}, "by": "2d"},
)


def sentence_of(test: object) -> Sentence | None:
    """Return the sentence that a test can be written as, or None: it is told in plain English then."""
    if not isinstance(test, Mapping):
        return None
    sentence = next((one for one in SENTENCES if one.head in test), None)
    if sentence is None:
        return None
    compares = sum(key in test for key in COMPARISONS)
    windows = sum(key in test for key in WINDOWS)
    asked = any(isinstance(part, Blank) and part.key == "compare" for part in sentence.parts)
    return sentence if compares == asked and windows <= 1 else None


def read_blank(test: Test, blank: Blank) -> Any:
    """Return what stands in a blank.

    >>> read_blank({"count": {}, "within": "7d", "more_than": 3}, _WINDOW)
    ('within', '7d')
    """
    match blank.kind:
        case "comparison":
            return next((key for key in COMPARISONS if key in test), "more_than")
        case "amount" if blank.key == "compare":
            return next((test[key] for key in COMPARISONS if key in test), "")
        case "window":
            key = next((key for key in WINDOWS if key in test), "")
            value = test.get(key, "")
            return key, ", ".join(map(str, value)) if isinstance(value, list) else value
        case "key":
            return test.get("per", "contact")
        case _:
            return test.get(blank.key)


def fill_blank(test: Test, blank: Blank, value: Any) -> dict[str, Any]:
    """Return a test with something else in a blank; all else of it stays, in its order."""
    match blank.kind:
        case "comparison":
            old = next(key for key in COMPARISONS if key in test)
            return {value if key == old else key: inner for key, inner in test.items()}
        case "amount" if blank.key == "compare":
            return {key: value if key in COMPARISONS else inner for key, inner in test.items()}
        case "window":
            return _put_window(test, *value)
        case "key" if value == "contact" and "per" not in test:
            return dict(test)
        case "restart" if value is None:
            return {key: inner for key, inner in test.items() if key != blank.key}
        case _:
            return {**test, blank.key: value}


def _put_window(test: Test, kind: str, text: str) -> dict[str, Any]:
    rest = {key: inner for key, inner in test.items() if key not in WINDOWS}
    if not kind:
        return rest
    value: Plain = read_amount(text)
    if kind == "between":
        value = [read_amount(one) for one in str(text).strip("[] ").split(",")]
    if kind in test:
        return {**{key: inner for key, inner in test.items() if key in rest or key == kind}, kind: value}
    head = next(iter(rest))
    return {head: rest[head], kind: value, **rest}


def read_amount(text: object) -> Plain:
    """Return what somebody typed as a rulebook has it: a number, or a text such as `7d` or `$cap`.

    >>> read_amount(" 3 "), read_amount("7d"), read_amount("0.5")
    (3, '7d', 0.5)
    """
    return resolve(text.strip()) if isinstance(text, str) and text.strip() else str(text).strip()


def keys_beside(test: Test, sentence: Sentence) -> tuple[str, ...]:
    """Return the keys of a test that its sentence has no blank for."""
    shown = {part.key for part in sentence.parts if isinstance(part, Blank)}
    known = {*shown, *(COMPARISONS if "compare" in shown else ()), *(WINDOWS if "window" in shown else ())}
    return tuple(key for key in test if key not in known)
