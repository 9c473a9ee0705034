"""Takes the YAML of a mapping file apart, and notes what is not as it must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from touchrules.errors import Problem
from touchrules.language.nodes import Mapping, Node, Scalar, quoted, show
from touchrules.language.source import Source
from touchrules.language.words import allowed
from touchrules.streams.instants import find_zone
from touchrules.streams.mapping import Column


@dataclass(slots=True, kw_only=True)
class MappingReading:
    """One mapping file being read, and the mistakes found so far."""

    source: Source
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: Node, message: str, remedy: str) -> None:
        """Note a mistake at a node."""
        line = node.place.line
        excerpt = self.source.lines[line - 1] if line <= len(self.source.lines) else ""
        self.problems.append(Problem(message=message, remedy=remedy, place=node.place, excerpt=excerpt))

    def mapping(self, node: Node, keys: Iterable[str], remedy: str) -> Mapping | None:
        """The node if it is a mapping; if keys are given, its keys must be among them."""
        if not isinstance(node, Mapping):
            self.complain(node, f"Here stands {show(node)}.", remedy)
            return None
        known = tuple(keys)
        for key, _ in node.items:
            if known and key.text not in known:
                near = allowed(key.text, known, label="Allowed")
                self.complain(key, f"{quoted(key.text)} is no word of a mapping here.", near)
        return node

    def text(self, node: Node, remedy: str) -> str | None:
        """The text as it was written."""
        if isinstance(node, Scalar) and node.value is not None:
            return node.text
        self.complain(node, f"Here stands {show(node)}.", remedy)
        return None

    def word(self, node: Node, known: Iterable[str], label: str) -> str | None:
        """One of the known words."""
        words = tuple(known)
        text = self.text(node, f"{label}: {', '.join(words)}.")
        if text is None or text in words:
            return text
        self.complain(node, f"{quoted(text)} is not allowed here.", allowed(text, words, label=label))
        return None

    def zone(self, node: Node) -> str | None:
        """The name of a time zone."""
        text = self.text(node, 'A time zone is a name like "Europe/Berlin".')
        if text is not None and find_zone(text) is None:
            self.complain(node, f"{quoted(text)} is no IANA time zone.", 'Use a name like "Europe/Berlin".')
        return text

    def column(self, node: Node) -> Column | None:
        """The name of a column."""
        text = self.text(node, "Here goes the name of a column.")
        return None if text is None else Column(name=text, place=node.place)
