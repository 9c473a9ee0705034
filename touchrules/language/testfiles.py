"""Reads the tests of a rulebook, NAME.tests.yaml (language.md, section 11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from touchrules.errors import Place, RulebookError
from touchrules.language import nodes
from touchrules.language.fits import declared_types
from touchrules.language.load import ENDING, Paths, rulebook_files
from touchrules.language.nodes import Node, Scalar, clipped, plain_value, quoted, show
from touchrules.language.parameters import Refusal, accept
from touchrules.language.proof import Proof, with_excerpts
from touchrules.language.reader_values import Entries, as_number, keyed, read_items, read_text
from touchrules.language.source import Source, read_source
from touchrules.language.times import TIME_HELP, is_time
from touchrules.language.words import allowed
from touchrules.model.rules import Rulebook
from touchrules.model.touches import REQUIRED_FIELDS, RESERVED_NAMES, TOUCH_FIELDS, FieldType

TESTS_ENDING: Final = ".tests.yaml"
Cell = str | float | bool
Touch = dict[str, Cell]
DEFAULTS: Final[Mapping[str, str]] = {
    "contact_id": "c1",
    "account_id": "a1",
    "rep_id": "r1",
    "direction": "outbound",
}
"""What a touch of a test has if it does not say otherwise, beside a touch_id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookTest:
    """One test of one rule.

    `touches` have their defaults filled in; what is missing has no key; numbers are floats, times are
    texts in UTC. `finds` are positions from 1, ascending. `settings` are for load_rulebooks:
    `{"voicemail.cap": 3}`.
    """

    rulebook: str
    rule: str
    name: str
    touches: tuple[Touch, ...]
    finds: tuple[int, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | None = None
    place: Place | None = field(default=None, compare=False, repr=False)


def find_test_files(paths: Paths) -> tuple[str, ...]:
    """Return the files of tests that stand beside rulebooks, given as files or folders."""
    files, _missing = rulebook_files(paths)
    beside = (file.removesuffix(ENDING).removesuffix(".yaml") + TESTS_ENDING for file in files)
    return tuple(file for file in dict.fromkeys(beside) if Path(file).is_file())


def load_tests(paths: Paths, rulebooks: Sequence[Rulebook]) -> tuple[RulebookTest, ...]:
    """Read the tests that stand beside rulebooks. Raises RulebookError with all problems of all files."""
    return _read_sources(
        [read_source(Path(file).read_bytes(), file) for file in find_test_files(paths)], rulebooks
    )


def parse_tests(text: str, file: str, rulebooks: Sequence[Rulebook]) -> tuple[RulebookTest, ...]:
    """Read tests from their text. Raises RulebookError with all problems."""
    return _read_sources([read_source(text, file)], rulebooks)


def _read_sources(sources: Sequence[Source], rulebooks: Sequence[Rulebook]) -> tuple[RulebookTest, ...]:
    problems = [problem for source in sources for problem in source.problems]
    tests = []
    for source in sources:
        if source.root is not None:
            tests.extend(_read_file(source.root, rulebooks, Proof(problems=problems)))
    if problems:
        raise RulebookError(with_excerpts(problems, {source.file: source.lines for source in sources}))
    return tuple(tests)


def _read_file(root: Node, rulebooks: Sequence[Rulebook], proof: Proof) -> list[RulebookTest]:
    entries = keyed(
        root, "A file of tests", proof, known=("rulebook", "tests"), required=("rulebook", "tests")
    )
    rulebook = _find_rulebook(entries, rulebooks, proof)
    tests = entries["tests"][1] if "tests" in entries else None
    if tests is None or rulebook is None:
        return []
    if not isinstance(tests, nodes.Mapping):
        message = f"`tests` is a mapping of rules to lists of tests, but here is {show(tests)}."
        proof.complain(tests.place, message, "Write `rule-id:` and below it the list of its tests.")
        return []
    types = {**declared_types(rulebooks), **TOUCH_FIELDS}
    signals = frozenset(name for book in rulebooks for name in book.signals)
    reader = _Reader(rulebook=rulebook, types=types, signals=signals)
    return [test for key, node in tests.items for test in reader.tests_of(key, node, proof)]


def _find_rulebook(entries: Entries, rulebooks: Sequence[Rulebook], proof: Proof) -> Rulebook | None:
    if "rulebook" not in entries:
        return None
    node = entries["rulebook"][1]
    name = read_text(node, "`rulebook`", proof)
    found = next((rulebook for rulebook in rulebooks if rulebook.name == name), None)
    if found is None and name:
        remedy = allowed(name, [rulebook.name for rulebook in rulebooks], label="Rulebooks")
        proof.complain(node.place, f"{quoted(name)} is none of the rulebooks loaded.", remedy)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the tests of one rulebook; `types` are those of fields, `signals` no touch may have."""

    rulebook: Rulebook
    types: Mapping[str, FieldType]
    signals: frozenset[str]

    def tests_of(self, key: Scalar, node: Node, sheet: Proof) -> list[RulebookTest]:
        proof = sheet.about(f"tests of {clipped(key.text)}")
        rules = [rule.id for rule in self.rulebook.rules]
        if key.text not in rules:
            message = f"{quoted(key.text)} is no rule of {self.rulebook.name}."
            proof.complain(key.place, message, allowed(key.text, rules, label="Rules"))
        items = read_items(node, "What stands under a rule", proof)
        return [self.test(key.text, number, item, proof) for number, item in enumerate(items, 1)]

    def test(self, rule: str, number: int, node: Node, sheet: Proof) -> RulebookTest:
        named = node.get("name") if isinstance(node, nodes.Mapping) else None
        name = read_text(named, "`name`", sheet) if named else f"number {number}"
        proof = sheet.about(f"test {clipped(name)} of {clipped(rule)}")
        known = ("name", "touches", "finds", "with", "as_of")
        entries = keyed(node, "A test", proof, known=known, required=("touches", "finds"))
        touches = self.touches(entries, proof)
        return RulebookTest(
            rulebook=self.rulebook.name,
            rule=rule,
            name=name,
            touches=touches,
            finds=_read_finds(entries, len(touches), proof),
            settings=self.settings(entries, proof),
            as_of=_read_as_of(entries, proof),
            place=node.place,
        )

    def touches(self, entries: Entries, proof: Proof) -> tuple[Touch, ...]:
        items = read_items(entries["touches"][1], "`touches`", proof) if "touches" in entries else ()
        touches = [self.touch(item, position, proof) for position, item in enumerate(items, 1)]
        taken: set[Cell] = set()
        for item, touch in zip(items, touches, strict=True):
            name = touch.get("touch_id", "")
            if name and name in taken:
                message = f"Two touches of this test have the touch_id {quoted(str(name))}."
                proof.complain(item.place, message, "Give each its own, or leave it out.")
            taken.add(name)
        return tuple(touches)

    def touch(self, node: Node, position: int, proof: Proof) -> Touch:
        if not isinstance(node, nodes.Mapping):
            remedy = "Write `{at: 2025-03-03 10:00, kind: call}`."
            proof.complain(node.place, f"A touch is a mapping, but here is {show(node)}.", remedy)
            return {"touch_id": f"t{position}"}
        touch: Touch = {"touch_id": f"t{position}", **DEFAULTS}
        for key, value in node.items:
            cell = self.cell(key, value, proof)
            touch.pop(key.text, None)
            if cell is not None:
                touch[key.text] = cell
        given = {key.text for key, value in node.items if not _is_missing(value)}
        for name in REQUIRED_FIELDS:
            if name not in touch and (name not in given):
                proof.complain(
                    node.place, f"This touch has no `{name}`.", f"Every touch has one: add `{name}: ...`."
                )
        return touch

    def cell(self, key: Scalar, node: Node, proof: Proof) -> Cell | None:
        if key.text in self.signals or key.text in RESERVED_NAMES:
            what = "signal: it is worked out" if key.text in self.signals else "word of the filter language"
            message = f"A touch cannot have a field {quoted(key.text)}: that is a {what}."
            proof.complain(key.place, message, "Take it out; for a signal, write the text that it reads.")
            return None
        if _is_missing(node):
            return None
        kind = self.types.get(key.text)
        if isinstance(node, Scalar):
            cell = _CELLS[kind](node)
            if cell is not None:
                return cell
        message = f"{quoted(key.text)} holds {_HELD[kind]}, but here is {show(node)}."
        proof.complain(node.place, message, _HELP[kind])
        return None

    def settings(self, entries: Entries, proof: Proof) -> dict[str, Any]:
        if "with" not in entries:
            return {}
        node = entries["with"][1]
        known = self.rulebook.parameters
        if not isinstance(node, nodes.Mapping):
            remedy = "Write `{parameter: value}`."
            proof.complain(node.place, f"`with` is a mapping, but here is {show(node)}.", remedy)
            return {}
        for key, value in node.items:
            if key.text not in known:
                message = f"{quoted(key.text)} is no parameter of {self.rulebook.name}."
                proof.complain(key.place, message, allowed(key.text, known, label="Parameters"))
                continue
            accepted = accept(known[key.text], plain_value(value))
            if isinstance(accepted, Refusal):
                proof.complain(value.place, accepted.message, accepted.remedy)
        return {f"{self.rulebook.name}.{key.text}": plain_value(value) for key, value in node.items}


def _is_missing(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.value is None or node.value == "" or node.value != node.value)


def _any_cell(node: Scalar) -> Cell | None:
    if isinstance(node.value, bool | str):
        return node.value
    return as_number(node.value)


def _text_cell(node: Scalar) -> Cell | None:
    return None if isinstance(node.value, bool) else node.text


def _number_cell(node: Scalar) -> Cell | None:
    return as_number(node.value)


def _truth_cell(node: Scalar) -> Cell | None:
    return node.value if isinstance(node.value, bool) else None


def _time_cell(node: Scalar) -> Cell | None:
    return node.value if isinstance(node.value, str) and is_time(node.value) else None


# How a value of each type is read, what a field of it holds, and how that is written; None: any type.
_CELLS: Final[dict[FieldType | None, Callable[[Scalar], Cell | None]]] = {
    None: _any_cell,
    "text": _text_cell,
    "number": _number_cell,
    "boolean": _truth_cell,
    "timestamp": _time_cell,
}
_HELD: Final[dict[FieldType | None, str]] = {
    None: "a value",
    "text": "text",
    "number": "numbers",
    "boolean": "true or false",
    "timestamp": "times",
}
_HELP: Final[dict[FieldType | None, str]] = {
    None: "Write a text, a number, true or false.",
    "text": "Put it in quotes.",
    "number": "Write a number without quotes.",
    "boolean": "Write true or false without quotes.",
    "timestamp": TIME_HELP,
}


def _read_finds(entries: Entries, touches: int, proof: Proof) -> tuple[int, ...]:
    positions: list[int] = []
    for node in read_items(entries["finds"][1], "`finds`", proof) if "finds" in entries else ():
        number = as_number(node.value) if isinstance(node, Scalar) else None
        if number is None or not number.is_integer() or not 1 <= number <= touches:
            message = f"`finds` holds positions of touches, but here is {show(node)}."
            proof.complain(
                node.place,
                message,
                f"Its touches are counted from 1 to {touches}." if touches else "It has no touches.",
            )
        elif int(number) in positions:
            proof.complain(
                node.place, f"`finds` names {int(number)} twice.", "A rule finds a touch at most once."
            )
        else:
            positions.append(int(number))
    return tuple(sorted(positions))


def _read_as_of(entries: Entries, proof: Proof) -> str | None:
    if "as_of" not in entries:
        return None
    node = entries["as_of"][1]
    if isinstance(node, Scalar) and isinstance(node.value, str) and is_time(node.value):
        return node.value
    proof.complain(node.place, f"`as_of` is a time, but here is {show(node)}.", TIME_HELP)
    return None
