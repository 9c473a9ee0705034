"""Reads the text of a YAML file into values that know their places."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NoReturn

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from yaml.cyaml import CParser

from touchrules.errors import Place, Problem
from touchrules.language.mistakes import explain
from touchrules.language.nodes import Mapping, Node, Scalar, Sequence, clipped, quoted, resolve, show
from touchrules.language.proof import split_lines

MOST_BYTES: Final = 4_000_000
DEEPEST: Final = 60
MOST_COPIES: Final = 100_000
_HELD: Final = 64
"""Of so many texts what was read is held: a studio reads its rulebooks time and again."""
_UNUSUAL: Final = re.compile(
    r"[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]"  # other ends of lines, tabs, no characters
    r"|^(?:%|---|\.\.\.)"  # marks of documents
    r"|(?<![^\s\[{,:?-])(?:![\w!<\s]|[&*][\w-]*[^\w\s,\]}-])"  # tags, odd names of anchors
    r"|[|>][0-9+-]*#|\A(?:\s|#.*\n)*[|>]"  # what is no comment in a text of several lines
    r"|[^\n]\Z",
    re.MULTILINE,
)
"""What the two parsers read in different ways, or may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it was read. `root` is None where the text is no YAML at all: see `problems`."""

    file: str
    lines: tuple[str, ...]
    root: Node | None
    problems: tuple[Problem, ...]


def read_source(data: bytes | str, file: str) -> Source:
    """Read YAML 1.2 (core schema, one document, no tags, no merge keys) with the place of each value.

    Problems are returned, never raised. After a mistake of syntax there is one problem and no root. The same
    text of the same file gives the same source, which is read once.
    """
    return _read(data, file)


@lru_cache(_HELD)
def _read(data: bytes | str, file: str) -> Source:
    text = _decode(data, file) if isinstance(data, bytes) else data.removeprefix("\ufeff")
    if isinstance(text, Problem):
        return Source(file=file, lines=(), root=None, problems=(text,))
    lines = split_lines(text)
    if len(text) > MOST_BYTES:
        return Source(file=file, lines=lines, root=None, problems=(_too_big(file),))
    composer = _Composer(file=file)
    try:
        root = composer.document(_parse(text))
    except _StopError as stop:
        return Source(file=file, lines=lines, root=None, problems=(*composer.problems, stop.problem))
    except YAMLError as error:
        return Source(file=file, lines=lines, root=None, problems=(explain(error, file, text),))
    return Source(file=file, lines=lines, root=root, problems=tuple(composer.problems))


def _parse(text: str) -> Iterator[Any]:
    """Return YAML's events; those of C where all is well, since they come ten times as fast.

    Where C stops, and where it might read something else, the other parser says what there is.
    """
    if not _UNUSUAL.search(text):
        try:
            return iter(_parse_in_c(text))
        except yaml.YAMLError:
            pass
    return YAML(typ="safe", pure=True).parse(text)  # type: ignore[no-any-return]


def _parse_in_c(text: str) -> list[Any]:
    parser = CParser(text)
    events = []
    while parser.check_event():
        events.append(parser.get_event())
    return events


def _decode(data: bytes, file: str) -> str | Problem:
    if len(data) > MOST_BYTES:
        return _too_big(file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(data[line_start : error.start].decode("utf-8", "replace")) + 1
        place = Place(file=file, line=before.count(b"\n") + 1, column=column)
        return Problem(
            message=f"This file is not written in UTF-8: byte {data[error.start]:#04x} fits no character.",
            remedy="Save it as UTF-8 in your editor.",
            place=place,
        )


def _too_big(file: str) -> Problem:
    return Problem(
        message=f"This file is larger than {MOST_BYTES // 1_000_000} MB.",
        remedy="A rulebook is a text that people read: split it, or check that it is the right file.",
        place=Place(file=file, line=1, column=1),
    )


class _StopError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(slots=True)
class _Built:
    """A node, how many nodes it is written out, and how deep."""

    node: Node
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Composer:
    """Builds nodes from YAML's events; `copies` counts the nodes that aliases repeat."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, _Built | None] = field(default_factory=dict)
    copies: int = 0

    def document(self, stream: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in stream:
            match _kind(event):
                case "DocumentStart":
                    if root is not None:
                        self.stop(event, "A second document begins here.", "Keep one document in a file.")
                    if event.version not in (None, (1, 2)):
                        version = ".".join(map(str, event.version))
                        message = f"This file asks for YAML {version}, but rulebooks are YAML 1.2."
                        self.complain(event, message, f"Take the line `%YAML {version}` out.")
                case "StreamStart" | "StreamEnd" | "DocumentEnd":
                    continue
                case _:
                    root = self.build(event, stream, depth=1).node
        if root is None or (isinstance(root, Scalar) and root.value is None):
            remedy = "A rulebook begins with a line such as `rulebook: voicemail`."
            place = Place(file=self.file, line=1, column=1)
            raise _StopError(Problem(message="This file is empty.", remedy=remedy, place=place))
        return root

    def build(self, event: Any, stream: Iterator[Any], *, depth: int) -> _Built:
        if _kind(event) == "Alias":
            return self.alias(event, depth=depth)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            remedy = "Take the tag out; a value that must be text goes in quotes."
            self.complain(event, f"Tags such as {quoted(tag)} are not allowed.", remedy)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        if depth > DEEPEST:
            self.stop(event, f"Here are more than {DEEPEST} levels inside one another.", "Make it flatter.")
        match _kind(event):
            case "SequenceStart":
                built = self.sequence(event, stream, depth=depth)
            case "MappingStart":
                built = self.mapping(event, stream, depth=depth)
            case _:
                built = _Built(self.scalar(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = built
        return built

    def alias(self, event: Any, *, depth: int) -> _Built:
        built = self.anchors.get(event.anchor)
        if built is None:
            fault = "stands inside the value it repeats" if event.anchor in self.anchors else "is not defined"
            self.stop(event, f"The alias *{clipped(event.anchor)} {fault}.", "Write the value out instead.")
        self.copies += built.size
        if self.copies > MOST_COPIES or depth + built.height > DEEPEST:
            self.stop(
                event,
                f"The aliases of this file repeat more than {MOST_COPIES:,} values, or nest too deep.",
                "Write the values out instead.",
            )
        return built

    def scalar(self, event: Any) -> Scalar:
        text = _joined_surrogates(event.value)
        if text is None:
            self.complain(
                event, "This text holds half a character.", r"Write the whole character, not \ud800."
            )
            text = ""
        plain = event.implicit[0] or (not event.style and event.tag is not None)
        return Scalar(place=self.place(event), text=text, value=resolve(text) if plain else text)

    def sequence(self, event: Any, stream: Iterator[Any], *, depth: int) -> _Built:
        items, size, height = [], 1, 0
        for inner in stream:
            if _kind(inner) == "SequenceEnd":
                break
            built = self.build(inner, stream, depth=depth + 1)
            items.append(built.node)
            size, height = size + built.size, max(height, built.height)
        return _Built(Sequence(place=self.place(event, inner), items=tuple(items)), size, height + 1)

    def mapping(self, event: Any, stream: Iterator[Any], *, depth: int) -> _Built:
        items: dict[str, tuple[Scalar, Node]] = {}
        size, height = 1, 0
        for inner in stream:
            if _kind(inner) == "MappingEnd":
                break
            key = self.build(inner, stream, depth=depth + 1)
            value = self.build(next(stream), stream, depth=depth + 1)
            self.enter(items, key.node, value.node)
            size, height = size + key.size + value.size, max(height, value.height)
        return _Built(Mapping(place=self.place(event, inner), items=tuple(items.values())), size, height + 1)

    def enter(self, items: dict[str, tuple[Scalar, Node]], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or not isinstance(key.value, str):
            remedy = "Keys are texts: put it in quotes." if isinstance(key, Scalar) else "Keys are texts."
            self.complain_at(key.place, f"A key here is {show(key)}.", remedy)
        elif key.value == "<<":
            self.complain_at(key.place, "Merge keys (<<) are not allowed.", "Write the lines out instead.")
        elif key.text in items:
            first = items[key.text][0].place
            remedy = f"It stands first in line {first.line}. Keep one of them."
            self.complain_at(key.place, f"The key {quoted(key.text)} stands here twice.", remedy)
        else:
            items[key.text] = (key, _pointing_at(key, value))

    def place(self, event: Any, end: Any = None) -> Place:
        start, stop = event.start_mark, (end or event).end_mark
        length = stop.column - start.column if stop.line == start.line else 1
        return Place(file=self.file, line=start.line + 1, column=start.column + 1, length=max(1, length))

    def complain(self, event: Any, message: str, remedy: str) -> None:
        self.complain_at(self.place(event), message, remedy)

    def complain_at(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(message=message, remedy=remedy, place=place))

    def stop(self, event: Any, message: str, remedy: str) -> NoReturn:
        raise _StopError(Problem(message=message, remedy=remedy, place=self.place(event)))


def _kind(event: Any) -> str:
    """Return what an event is, whichever parser it comes from."""
    return type(event).__name__.removesuffix("Event")


def _pointing_at(key: Scalar, value: Node) -> Node:
    """Give a value that is not there the place of its key, so that a caret has something to point at."""
    nothing = isinstance(value, Scalar) and value.text == "" and value.value is None
    return dataclasses.replace(value, place=key.place) if nothing else value


def _joined_surrogates(text: str) -> str | None:
    """Join the two halves that JSON writes for one character; None if a half stands alone."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None
