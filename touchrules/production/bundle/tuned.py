"""What is exported: rulebooks as they stand after tuning, their tests, and what they were before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from touchrules.errors import ArgumentError, Problem, RulebookError
from touchrules.language import nodes
from touchrules.language.describe_differences import label_of, say_difference
from touchrules.language.diff import Edition, diff_rulebooks
from touchrules.language.differences import ParameterChanged, PhrasesChanged
from touchrules.language.fits import TypeOf, fields_read, known_types
from touchrules.language.load import ENDING, Paths, RulebookTexts, make_rulebooks, read_sources
from touchrules.language.nodes import Plain, plain_value, quoted
from touchrules.language.proof import with_excerpts
from touchrules.language.settings import Settings
from touchrules.language.source import read_source
from touchrules.language.testfiles import find_test_files
from touchrules.language.tuned import list_changes, name_of
from touchrules.language.words import allowed
from touchrules.language.writer import change_rulebook
from touchrules.model.rules import Rulebook
from touchrules.production.bundle.manifest import BundledRulebook, ChangedParameter, SwitchedRule
from touchrules.replay.messages import names_in

_PORTABLE: Final = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z)[a-z0-9_][a-z0-9_-]{0,59}")
"""Names that files can have everywhere; Windows keeps some for devices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """Rulebooks to be exported. `texts`: of their files, as they are before what is set and switched.

    `tests`: the texts of the files of tests that stand beside them. `settings` are values for parameters
    (`rulebook.parameter`), `switched` rules that are switched on or off. The names of files are told in
    errors; only their last part goes into a bundle.
    """

    texts: Mapping[str, str]
    tests: Mapping[str, str]
    settings: Settings = field(default_factory=dict)
    switched: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Rulebooks before and after tuning. `texts`: the tuned ones, by the members that hold them."""

    before: Edition
    after: Edition
    texts: Mapping[str, str]

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks as they go into the bundle."""
        return self.after.rulebooks


def read_tuned(paths: Paths, settings: Settings, switched: Mapping[str, bool]) -> Tuned:
    """Read rulebooks and the tests beside them from disk. Raises ArgumentError and RulebookError."""
    sources = read_sources(paths)
    make_rulebooks(sources, settings)
    return Tuned(
        texts={source.file: read_text(source.file) for source in sources},
        tests={file: read_text(file) for file in find_test_files(paths)},
        settings=settings,
        switched=switched,
    )


def read_text(file: str) -> str:
    """Return the text of a rulebook or of tests, to the byte. Raises RulebookError where it is no UTF-8."""
    data = Path(file).read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RulebookError(read_source(data, file).problems) from error


def stem_of(rulebook: str) -> str:
    """Return what the members of a rulebook are called: its name, if every system can have such files.

    >>> stem_of("voicemail"), stem_of("Anrufe: müde?"), stem_of("con")[:13]
    ('voicemail', 'rulebook-26b4280097c332af', 'rulebook-1143')
    """
    if _PORTABLE.fullmatch(rulebook):
        return rulebook
    return f"rulebook-{hashlib.sha256(rulebook.encode()).hexdigest()[:16]}"


def member_of(rulebook: str) -> str:
    """Return the member that holds a rulebook."""
    return f"rulebooks/{stem_of(rulebook)}{ENDING}"


def make_editions(tuned: Tuned) -> Editions:
    """Return the rulebooks before and after tuning.

    Raises RulebookError and ArgumentError like `load_rulebooks`, and where a rule that is switched is none.
    """
    sources = tuple(read_source(text, file) for file, text in tuned.texts.items())
    read = RulebookTexts(sources)
    before = read.make()
    read.make(tuned.settings)  # refuses what cannot be set, with the names that the user gave
    _check_switched(before, tuned.switched)
    texts = {
        member_of(name_of(source)): change_rulebook(
            tuned.texts[source.file], list_changes(name_of(source), before, tuned.settings, tuned.switched)
        )
        for source in sources
    }
    written = tuple(read_source(text, member) for member, text in texts.items())
    after = make_rulebooks(written)
    _check_declared(after)
    return Editions(
        before=Edition(rulebooks=before, sources=sources),
        after=Edition(rulebooks=after, sources=written),
        texts=texts,
    )


def _check_switched(rulebooks: Sequence[Rulebook], switched: Mapping[str, bool]) -> None:
    rules = [rule.id for book in rulebooks for rule in book.rules]
    for rule in switched:
        if rule not in rules:
            message = f"There is no rule {quoted(rule)} to switch."
            raise ArgumentError(Problem(message=message, remedy=allowed(rule, rules, label="Rules")))


def _check_declared(rulebooks: Sequence[Rulebook]) -> None:
    """Raise RulebookError for fields whose type only a file of touches could tell."""
    type_of = known_types(rulebooks)
    problems = [
        Problem(
            message=f"Nothing tells what the field {quoted(use.name)} holds: in production there is no file"
            " of touches whose columns could be looked at.",
            remedy=f"Declare it in the rulebook, with its type: fields: {{{use.name}: {{type: text}}}}",
            place=use.place,
            context=use.context,
        )
        for book in rulebooks
        for use in fields_read(book)
        if type_of(book, use.name) == "unknown"
    ]
    problems += [problem for book in rulebooks for problem in _untellable(book, type_of)]
    if problems:
        raise RulebookError(with_excerpts(problems))


def _untellable(rulebook: Rulebook, type_of: TypeOf) -> Iterator[Problem]:
    """Yield a problem for each name in `say` and `advise` that only a column of a file could tell."""
    told = {"value", *(f"param.{name}" for name in rulebook.parameters)}
    for rule in rulebook.rules:
        for name in sorted(names_in(rule) - told):
            if type_of(rulebook, name) != "unknown":
                continue
            remedy = f"Declare it in the rulebook, with its type: fields: {{{name}: {{type: text}}}}"
            if "." in name:
                remedy = "Name a parameter of this rulebook, or take it out."
            yield Problem(
                message=f"What this rule tells has {{{name}}} in it, which these rulebooks do not know: in"
                " production it would stay a question mark.",
                remedy=remedy,
                place=rule.place,
                context=f"rule {rule.id}",
            )


def list_rulebooks(tuned: Tuned, editions: Editions) -> tuple[BundledRulebook, ...]:
    """Return what the manifest says of each rulebook, in their order."""
    return tuple(
        BundledRulebook(
            name=book.name,
            version=book.version,
            title=book.title,
            file=writable(Path(file).name),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            member=book.file,
        )
        for book, (file, text) in zip(editions.rulebooks, tuned.texts.items(), strict=True)
    )


def writable(text: str) -> str:
    """Return a text with `?` for bytes that are no UTF-8, which names of files and arguments may have.

    >>> writable("Gr" + chr(0xDCFC) + chr(0xDCDF) + "e")
    'Gr??e'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def list_changed(editions: Editions) -> tuple[ChangedParameter, ...]:
    """Return the parameters that are not at the defaults of their sources."""
    return tuple(_changed(editions))


def _changed(editions: Editions) -> Iterator[ChangedParameter]:
    for one in diff_rulebooks(editions.before, editions.after):
        match one:
            case ParameterChanged(rulebook=name, now=parameter):
                pass
            case PhrasesChanged(rulebook=name, block="parameters", name=key):
                book = next(book for book in editions.rulebooks if book.name == name)
                parameter = book.parameters[key]
            case _:
                continue
        yield ChangedParameter(
            rulebook=name,
            parameter=parameter.name,
            label=label_of(parameter),
            unit=parameter.unit,
            was=_frozen(default_of(editions.before, name, parameter.name)),
            now=_frozen(default_of(editions.after, name, parameter.name)),
            told=say_difference(one),
        )


def default_of(edition: Edition, rulebook: str, parameter: str) -> Plain:
    """Return the default of a parameter as it is written."""
    source = next(one for one in edition.sources if name_of(one) == rulebook)
    node: nodes.Node | None = source.root
    for key in ("parameters", parameter, "default"):
        node = node.get(key) if isinstance(node, nodes.Mapping) else None
    return None if node is None else plain_value(node)


def _frozen(value: Plain) -> Any:
    return tuple(value) if isinstance(value, list) else value


def list_switched(tuned: Tuned, editions: Editions) -> tuple[SwitchedRule, ...]:
    """Return the rules that are on or off otherwise than in their sources."""
    before = {rule.id: rule.enabled for book in editions.before.rulebooks for rule in book.rules}
    return tuple(
        SwitchedRule(rulebook=book.name, rule=rule.id, title=rule.title, on=rule.enabled)
        for book in editions.rulebooks
        for rule in book.rules
        if rule.id in tuned.switched and rule.enabled != before[rule.id]
    )
