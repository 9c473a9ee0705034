"""The advice of the articles, row by row, as `heuristics.yaml` beside the rulebooks lists it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touchrules.errors import RulebookError
from touchrules.language import nodes
from touchrules.language.load import Paths
from touchrules.language.nodes import Node, Scalar, quoted, show
from touchrules.language.proof import Proof, with_excerpts
from touchrules.language.reader_values import keyed, read_text
from touchrules.language.source import read_source
from touchrules.language.words import allowed
from touchrules.model.rules import Rule, Rulebook, Source

FILE: Final = "heuristics.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heuristic:
    """One row: its id, which rules carry as a tag, and the advice in one sentence."""

    id: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as the rulebooks' `sources` name it, and its advice."""

    source: Source
    heuristics: tuple[Heuristic, ...]


def load_articles(paths: Paths, rulebooks: Sequence[Rulebook]) -> tuple[Article, ...]:
    """Read heuristics.yaml in each folder among the paths; nothing where there is none.

    It reads `articles: {source: {id: sentence}}`, where `source` is a key of some rulebook's `sources`.
    Raises RulebookError with all problems.
    """
    files = [Path(path) / FILE for path in paths if (Path(path) / FILE).is_file()]
    sources = [read_source(file.read_bytes(), file.as_posix()) for file in files]
    problems = [problem for source in sources for problem in source.problems]
    known = {key: source for book in reversed(rulebooks) for key, source in book.sources.items()}
    articles: list[Article] = []
    for source in sources:
        if source.root is not None:
            articles += _read_file(source.root, known, Proof(problems=problems))
    if problems:
        raise RulebookError(with_excerpts(problems, {source.file: source.lines for source in sources}))
    return tuple(articles)


def _read_file(root: Node, known: Mapping[str, Source], proof: Proof) -> list[Article]:
    entries = keyed(root, "A file of heuristics", proof, known=("articles",), required=("articles",))
    node = entries["articles"][1] if "articles" in entries else None
    seen: set[str] = set()
    articles = []
    for key, value in _items(node, "`articles`", proof):
        if key.text not in known:
            remedy = allowed(key.text, known, label="Sources")
            proof.complain(key.place, f"{quoted(key.text)} is no source of these rulebooks.", remedy)
        heuristics = tuple(
            _read_heuristic(name, says, proof, seen) for name, says in _items(value, "An article", proof)
        )
        articles.append(Article(source=known.get(key.text, Source()), heuristics=heuristics))
    return articles


def _items(node: Node | None, what: str, proof: Proof) -> tuple[tuple[Scalar, Node], ...]:
    if node is None or isinstance(node, nodes.Mapping):
        return () if node is None else node.items
    proof.complain(node.place, f"{what} is a mapping, but here is {show(node)}.", "Write `name: ...` in it.")
    return ()


def _read_heuristic(name: Scalar, says: Node, proof: Proof, seen: set[str]) -> Heuristic:
    if name.text in seen:
        proof.complain(name.place, f"The heuristic {quoted(name.text)} stands in two articles.", "Keep one.")
    seen.add(name.text)
    return Heuristic(id=name.text, says=read_text(says, f"`{name.text}`", proof))


def rules_of(heuristic: Heuristic, rulebooks: Sequence[Rulebook]) -> tuple[tuple[Rulebook, Rule], ...]:
    """Return the rules that carry a row's id as a tag, with their rulebooks; those that report come first."""
    rules = [(book, rule) for book in rulebooks for rule in book.rules if heuristic.id in rule.tags]
    return tuple(sorted(rules, key=lambda one: not one[1].report))
