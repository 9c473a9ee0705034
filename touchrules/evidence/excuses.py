"""Reasons why a mark of ill health is as it should be, from `health.yaml` beside the rulebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import Place, RulebookError
from touchrules.evidence.marks import MARKS, Mark, MarkName
from touchrules.language.load import Paths, rulebook_files
from touchrules.language.nodes import Node, quoted
from touchrules.language.proof import Proof, with_excerpts
from touchrules.language.reader_values import Entries, keyed, read_items, read_text, read_word
from touchrules.language.source import read_source
from touchrules.language.words import allowed
from touchrules.model.rules import Rulebook

FILE: Final = "health.yaml"
_KEYS: Final = ("rule", "parameter", "mark", "of", "reason")
_NEEDS_OF: Final = {"cannot-know": "the field", "same-as": "the other rule", "within": "the other rule"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excuse:
    """Why one mark of one rule or parameter does not count. `of`: see Mark."""

    subject: str
    mark: MarkName
    of: str
    reason: str
    place: Place

    def is_for(self, mark: Mark) -> bool:
        """Say whether this is the excuse of that mark."""
        return (self.subject, self.mark, self.of) in mark.names


def find_excuse_files(paths: Paths) -> tuple[str, ...]:
    """Return the files called health.yaml that stand beside rulebooks, each once."""
    files, _missing = rulebook_files(paths)
    beside = dict.fromkeys(Path(file).parent / FILE for file in files)
    return tuple(path.as_posix() for path in beside if path.is_file())


def load_excuses(paths: Paths, rulebooks: Sequence[Rulebook]) -> tuple[Excuse, ...]:
    """Read the excuses beside rulebooks. Raises RulebookError with all problems of all files."""
    sources = [read_source(Path(file).read_bytes(), file) for file in find_excuse_files(paths)]
    problems = [problem for source in sources for problem in source.problems]
    reader = _Reader(rulebooks=rulebooks, proof=Proof(problems=problems))
    excuses = [one for source in sources if source.root is not None for one in reader.file(source.root)]
    if problems:
        raise RulebookError(with_excerpts(problems, {source.file: source.lines for source in sources}))
    return tuple(excuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads excuses for the rules and parameters of these rulebooks."""

    rulebooks: Sequence[Rulebook]
    proof: Proof

    def file(self, root: Node) -> list[Excuse]:
        """Return the excuses of one file."""
        entries = keyed(root, "A file of excuses", self.proof, known=("excuses",), required=("excuses",))
        items = read_items(entries["excuses"][1], "`excuses`", self.proof) if "excuses" in entries else ()
        return [excuse for item in items if (excuse := self._excuse(item)) is not None]

    def _excuse(self, node: Node) -> Excuse | None:
        told = len(self.proof.problems)
        entries = keyed(node, "An excuse", self.proof, known=_KEYS, required=("mark", "reason"))
        texts = {
            name: read_text(value, f"`{name}`", self.proof)
            for name, (_key, value) in entries.items()
            if name != "mark"
        }
        if "mark" not in entries or len(self.proof.problems) > told:
            return None
        mark = read_word(entries["mark"][1], "`mark`", self.proof, words=MARKS)
        subject = self._subject(node, mark, entries, texts)
        self._check_of(node, mark, texts)
        if not texts["reason"].strip():
            self.proof.complain(
                entries["reason"][1].place, "This reason is empty.", "Say why it is all right."
            )
        if len(self.proof.problems) > told:
            return None
        return Excuse(
            subject=subject, mark=mark, of=texts.get("of", ""), reason=texts["reason"], place=node.place
        )

    def _subject(self, node: Node, mark: MarkName, entries: Entries, texts: dict[str, str]) -> str:
        key = "parameter" if mark == "changes-nothing" else "rule"
        if key not in entries:
            self.proof.complain(node.place, f"An excuse for {mark} has no `{key}:`.", f"Add `{key}: ...`.")
            return ""
        known = self._parameters() if key == "parameter" else self._rules()
        self._check_known(entries[key][1], texts[key], known, key)
        return texts[key]

    def _check_of(self, node: Node, mark: MarkName, texts: dict[str, str]) -> None:
        if (needed := _NEEDS_OF.get(mark)) is not None and "of" not in texts:
            self.proof.complain(node.place, f"An excuse for {mark} has no `of:`.", f"Name {needed}.")

    def _check_known(self, node: Node, name: str, known: Sequence[str], what: str) -> None:
        if name not in known:
            remedy = allowed(name, known, label=f"{what.capitalize()}s")
            self.proof.complain(node.place, f"{quoted(name)} is no {what} of these rulebooks.", remedy)

    def _rules(self) -> list[str]:
        return [rule.id for book in self.rulebooks for rule in book.rules]

    def _parameters(self) -> list[str]:
        return [f"{book.name}.{name}" for book in self.rulebooks for name in book.parameters]
