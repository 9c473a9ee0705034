"""Turns each difference of two rulebooks into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, assert_never

from touchrules.language.describe import say_template
from touchrules.language.describe_differences import label_of
from touchrules.language.describe_values import say_value
from touchrules.language.diff import Edition
from touchrules.language.differences import (
    FrameChanged,
    ParameterChanged,
    PartChanged,
    PhrasesChanged,
    RuleChanged,
    RuleRenamed,
    RuleSwitched,
    SeverityChanged,
    TextChanged,
    TextKey,
)
from touchrules.language.phrasing import say_word
from touchrules.language.uses import names_of_rule, parameters_of_rule
from touchrules.language.vocabulary import Vocabulary, vocabulary_of
from touchrules.model.parameters import Parameter
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.signals import PatternCount, PhraseCount
from touchrules.production.comparing.document import Change, Kind, Named
from touchrules.production.comparing.words import (
    capitalised,
    say_business_hours,
    say_day,
    say_limits,
    say_of_fact,
    say_of_field,
    say_of_signal,
    say_of_source,
    say_plainly,
    say_touches_looked_at,
)

OfBook = FrameChanged | ParameterChanged | PhrasesChanged | PartChanged
OfOneRule = RuleRenamed | RuleSwitched | SeverityChanged | TextChanged | RuleChanged

_TEXTS: Final[dict[TextKey, tuple[Kind, str]]] = {
    "title": ("title", "Title"),
    "why": ("why", "Why it matters"),
    "say": ("message", "What is told"),
    "advise": ("advice", "Advice"),
}
_FRAME: Final = {
    "rulebook": "Short name",
    "title": "Title",
    "about": "What it is about",
    "version": "Version",
    "applies_to": "Touches that all rules look at",
    "business_hours": "Business hours",
    "holidays": "Holidays",
    "claims": "What its sources claim",
}
_PARTS: Final[dict[str, Kind]] = {
    "signals": "signal",
    "facts": "fact",
    "fields": "field",
    "sources": "source",
}


@dataclass(frozen=True, kw_only=True)
class Side:
    """A rulebook of one of two versions, with what is loaded beside it."""

    book: Rulebook
    edition: Edition

    @cached_property
    def words(self) -> Vocabulary:
        """What the names in the rulebook stand for."""
        return vocabulary_of(self.book, self.edition.rulebooks)

    @cached_property
    def _built_on(self) -> dict[str, frozenset[str]]:
        source = next(one for one in self.edition.sources if one.file == self.book.file)
        return {
            rule.id: parameters_of_rule(source, rule.id) | names_of_rule(source, rule.id)
            for rule in self.book.rules
        }

    def built_on(self, rule: str) -> frozenset[str]:
        """Return the parameters, signals, facts and rules that a rule builds on."""
        return self._built_on.get(rule, frozenset())

    def builds_on(self, name: str) -> tuple[Named, ...]:
        """Return the rules that report and build on a parameter, a signal or a fact."""
        return tuple(
            Named(rule=rule.id, title=rule.title)
            for rule in self.book.rules
            if rule.report and rule.enabled and name in self._built_on[rule.id]
        )

    def part(self, block: str, name: str) -> str | None:
        """Return a signal, fact, field or source in words; None if there is none of that name."""
        book = self.book
        if block == "signals" and name in book.signals:
            return say_of_signal(name, book.signals[name], self.words)
        if block == "facts" and name in book.facts:
            return say_of_fact(book.facts[name], self.words)
        if block == "fields" and name in book.fields:
            return say_of_field(book.fields[name])
        if block == "sources" and name in book.sources:
            return say_of_source(book.sources[name])
        return None

    def frame(self, key: str) -> str | None:
        """Return what the rulebook says of itself under a key; None if that cannot be told in a line."""
        book = self.book
        match key:
            case "applies_to":
                return say_touches_looked_at(book, self.words)
            case "business_hours":
                return say_business_hours(book)
            case "rulebook":
                return book.name
            case "title" | "about" | "version":
                return say_plainly(getattr(book, key)) or None
            case _:
                return None


def tell_of_book(one: OfBook, was: Side, now: Side) -> Change:
    """Return a difference of a whole rulebook, or of what its rules are made of."""
    match one:
        case ParameterChanged():
            return Change(
                kind="setting",
                what=label_of(one.now),
                before=say_value(one.was),
                after=say_value(one.now),
                bears_on=now.builds_on(one.now.name),
            )
        case PhrasesChanged():
            return Change(
                kind="phrases",
                what=capitalised(one.label),
                added=tuple(phrase for phrase in one.now if phrase not in one.was),
                taken_out=tuple(phrase for phrase in one.was if phrase not in one.now),
                bears_on=now.builds_on(one.name),
            )
        case PartChanged(block="parameters"):
            return _tell_parameter(one.name, was, now)
        case PartChanged():
            return _tell_part(one, was, now)
        case FrameChanged():
            return _tell_frame(one, was, now)
        case _:
            assert_never(one)


def _tell_parameter(name: str, was: Side, now: Side) -> Change:
    old, new = was.book.parameters.get(name), now.book.parameters.get(name)
    told = new or old
    what = label_of(told) if told else capitalised(say_word(name))
    if old is not None and new is not None and old.type == new.type:
        before, after = _said_of(old), _said_of(new)
        if before == after:
            return Change(kind="setting-limits", what=what)
        return Change(kind="setting-limits", what=what, before=before, after=after)
    kind: Kind = "setting-added" if old is None else "setting-retired" if new is None else "setting"
    return Change(
        kind=kind,
        what=what,
        before=None if old is None else say_value(old),
        after=None if new is None else say_value(new),
        bears_on=now.builds_on(name) or was.builds_on(name),
    )


def _said_of(parameter: Parameter) -> str:
    """Return what is said of a parameter but its value."""
    unit = f" {parameter.unit}" if parameter.unit else ""
    about = f". {say_plainly(parameter.about)}" if parameter.about else ""
    return f"{label_of(parameter)}: {say_limits(parameter)}{unit}{about}"


def _tell_part(one: PartChanged, was: Side, now: Side) -> Change:
    before, after = was.part(one.block, one.name), now.part(one.block, one.name)
    if before == after:
        after = _unlike(one.name, now)
    signals = (now if one.now is not None else was).book.signals
    signal = signals.get(one.name)
    label = signal.label if isinstance(signal, PhraseCount) and signal.label else say_word(one.name)
    return Change(
        kind=_PARTS[one.block],
        what=capitalised(label),
        before=before,
        after=after,
        bears_on=() if one.block == "sources" else (now.builds_on(one.name) or was.builds_on(one.name)),
    )


def _unlike(name: str, now: Side) -> str:
    """Return in words what reads the same and is not."""
    if isinstance(now.book.signals.get(name), PatternCount):
        return "the same, recognised by another pattern"
    return "written in another way"


def _tell_frame(one: FrameChanged, was: Side, now: Side) -> Change:
    what = _FRAME[one.key]
    if one.key == "holidays":
        old, new = was.book.holidays, now.book.holidays
        return Change(
            kind="rulebook",
            what=what,
            added=tuple(say_day(day.isoformat()) for day in sorted(new - old)),
            taken_out=tuple(say_day(day.isoformat()) for day in sorted(old - new)),
        )
    before, after = was.frame(one.key), now.frame(one.key)
    if before == after and before is not None:
        after = "the same, written in another way"
    return Change(kind="rulebook", what=what, before=before, after=after)


def tell_of_rule(one: OfOneRule, was: Side, now: Side, old: Rule) -> Iterator[Change]:
    """Yield what differs about one rule."""
    match one:
        case RuleRenamed():
            yield Change(kind="name", what="Short name in reports", before=one.was, after=one.rule.id)
        case RuleSwitched():
            words = ("off", "on") if one.rule.enabled else ("on", "off")
            yield Change(kind="switched", what="Switched", before=words[0], after=words[1])
        case SeverityChanged():
            yield Change(kind="severity", what="Severity", before=one.was, after=one.rule.severity)
        case TextChanged():
            kind, what = _TEXTS[one.key]
            before, after = _text(one.was, was.book), _text(one.now, now.book)
            if before == after:
                after = "the same, written in another way"
            yield Change(kind=kind, what=what, before=before, after=after)
        case RuleChanged():
            yield from _tell_conditions(one, was, now, old)
        case _:
            assert_never(one)


def _text(text: str | None, book: Rulebook) -> str | None:
    return say_plainly(say_template(text, book)) if text else None


def _tell_conditions(one: RuleChanged, was: Side, now: Side, old: Rule) -> Iterator[Change]:
    before, after = say_plainly(one.was), say_plainly(one.reads)
    if before != after:
        yield Change(kind="conditions", what="What it looks for", before=before, after=after)
    elif old.tags != one.rule.tags:
        yield Change(kind="conditions", what="Filed under", before=_tags(old), after=_tags(one.rule))
    elif old.source != one.rule.source:
        sources = (was.part("sources", old.source), now.part("sources", one.rule.source))
        yield Change(kind="conditions", what="Source", before=sources[0], after=sources[1])
    else:
        yield Change(kind="conditions", what="What it looks for", before=before, after=_REWRITTEN)


_REWRITTEN: Final = "the same in plain English, but stated with other values or in another way"


def _tags(rule: Rule) -> str | None:
    return ", ".join(rule.tags) or None
