"""Why a touch was found or left alone, as HTML: numbers beside thresholds, facts, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from touchrules.language.phrasing import say_word
from touchrules.model.rules import Rule, Rulebook
from touchrules.model.wording import counted
from touchrules.replay.columns import Columns
from touchrules.replay.messages import write_local_time
from touchrules.replay.resting import Rest
from touchrules.replay.seen import CheckedTest, Ending, LookedBack, RuleSeen
from touchrules.studio.case import RuleTold
from touchrules.studio.views.texts import table_of, tag

_MOST: Final = 25
_SNIPPET: Final = 90
_MARKS: Final = {True: "✓", False: "✗"}

Since = Callable[[str], str]
"""Returns since when a fact stood, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is needed to tell of touches: their columns, and the contact's time zone."""

    columns: Columns
    zone: str

    def time(self, at: int) -> str:
        """Return an instant on the contact's clocks."""
        return write_local_time(at, self.zone)

    def cells(self, row: int) -> dict[str, str]:
        """Return what is told of a touch."""
        table = self.columns.stream.table.slice(row, 1)
        names = ("touch_id", "kind", "direction", "outcome", "rep_id", "contact_id", "subject", "text")
        held = {name: table.column(name)[0].as_py() for name in names if name in table.column_names}
        cells = {name: str(held.get(name) or "") for name in names}
        text = cells["subject"] or cells["text"]
        return cells | {
            "at": self.time(int(self.columns.at[row])),
            "what": " ".join(filter(None, (cells["kind"], cells["direction"], cells["outcome"]))),
            "snippet": text if len(text) <= _SNIPPET else f"{text[: _SNIPPET - 1].rstrip()}…",
        }


def tell_finding(
    told: RuleTold, home: tuple[Rule, Rulebook], setting: Setting, since: Since, note: str
) -> str:
    """Return all about one rule at one touch. `home`: it and its rulebook; `note`: who says so."""
    seen, (rule, book) = told.seen, home
    severity = f' <span class="severity {escape(seen.severity)}">{escape(seen.severity)}</span>'
    parts = [f"<h4>{escape(seen.title)}{severity}</h4>"]
    parts.append(tag("p", seen.message, "message") if seen.message else "")
    parts.append(tag("p", rule.why) if rule.why else "")
    parts += [_expectation(seen.ending, setting) if seen.ending else "", _facts(seen, since)]
    parts += [_numbers(seen.tests), *_rests(seen, setting)]
    parts.append(f"<p><b>Advice:</b> {escape(seen.advice)}</p>" if seen.advice else "")
    parts += [_source(rule, book), tag("p", note, f"voice {told.voice}")]
    if told.other is not None:
        parts.append(
            f"<section>{tag('h5', 'The columnar engine says')}{_numbers(told.other.tests)}</section>"
        )
    return "".join(parts)


def _source(rule: Rule, book: Rulebook) -> str:
    source = book.sources.get(rule.source)
    told = "" if source is None else ", ".join(filter(None, (source.title, source.author, source.publisher)))
    return tag("p", f"Source: {told}", "source") if told else ""


def _expectation(ending: Ending, setting: Setting) -> str:
    text = f"Expected from {setting.time(ending.after)} to {setting.time(ending.by)}: {ending.status}"
    if ending.status == "broken":
        text += ". Nothing came in time; the time ran out then"
    elif ending.settled_at is not None:
        text += f" at {setting.time(ending.settled_at)}"
    text += f" by the touch {ending.touch_id}" if ending.touch_id else ""
    inner = tag("p", f"{text}.")
    return inner if ending.touch is None else inner + _touches("What decided it", [ending.touch], setting)


def _facts(seen: RuleSeen, since: Since) -> str:
    items = []
    for fact, wanted, stood in seen.facts:
        must = "must stand" if wanted else "must not stand"
        how = f"stood{since(fact)}" if stood else "did not stand"
        items.append(f"<li>{_MARKS[stood == wanted]} “{escape(say_word(fact))}” {escape(how)}, {must}</li>")
    return f"{tag('h5', 'Facts')}<ul>{''.join(items)}</ul>" if items else ""


def _numbers(tests: Sequence[CheckedTest]) -> str:
    """Return what was measured beside what the rule looks for."""
    rows = "".join(cells for test in tests for cells in _rows(test))
    if not rows:
        return ""
    heads = ("What was looked at", "It was", "The rule looks for", "So?")
    return table_of("Numbers against thresholds", heads, rows, "numbers")


def _rows(test: CheckedTest) -> Iterator[str]:
    if not is_single(test):
        yield _row(test.text, "yes" if test.passed else "no", "yes", passed=test.passed)
    for one in test.looked:
        yield _row(one.measured, one.was, one.wanted, passed=one.passed)


def _row(text: str, was: str, wanted: str, *, passed: bool) -> str:
    cells = "".join(tag("td", cell) for cell in (text, was, wanted, _MARKS[passed]))
    return f'<tr class="{"passed" if passed else "failed"}">{cells}</tr>'


def is_single(test: CheckedTest) -> bool:
    """Return whether a test is one look back, and nothing around it."""
    return len(test.looked) == 1 and test.looked[0].text == test.text


def _rests(seen: RuleSeen, setting: Setting) -> Iterator[str]:
    """Yield the touches that each look back rests on."""
    for one in (one for test in seen.tests for one in test.looked):
        if one.rest is not None and one.rest.rows:
            yield _touches(_heading(one, one.rest), one.rest.rows, setting, one.rest.among)


def _heading(one: LookedBack, rest: Rest) -> str:
    if isinstance(one.answer, bool) or (len(rest.rows) == 1 and not rest.among):
        return f"It rests on one touch: {one.measured}"
    touches = counted(len(rest.rows), "touch")
    touches = f"{len(rest.among):,} of {touches}" if rest.among else touches
    return f"It rests on {touches}: {one.measured}"


def _touches(title: str, rows: Sequence[int], setting: Setting, among: Sequence[int] = ()) -> str:
    """Return some touches as a table; of many the latest ones."""
    marked = frozenset(among)
    shown = [(row, setting.cells(row)) for row in reversed(rows[-_MOST:])]
    columns = [(head, name) for head, name in _COLUMNS if any(cells[name] for _, cells in shown)]
    body = []
    for row, cells in shown:
        told = [cells[name] for _, name in columns]
        told += ["✓" if row in marked else ""] if among else []
        inner = "".join(tag("td", one) for one in told)
        body.append(f'<tr data-touch="{escape(cells["touch_id"])}">{inner}</tr>')
    heads = [*(head for head, _ in columns), *(["In the share"] if among else [])]
    more = f"; these are the latest {_MOST}" if len(rows) > _MOST else ""
    return table_of(title + more, heads, "".join(body), "touches")


_COLUMNS: Final = (
    ("When", "at"),
    ("What", "what"),
    ("Rep", "rep_id"),
    ("Contact", "contact_id"),
    ("Text", "snippet"),
)


def tell_marks(told: Sequence[RuleTold]) -> str:
    """Return what a touch counts as for other rules: the titles of rules that found it and are kept out."""
    titles = [one.seen.title for one in told]
    if not titles:
        return ""
    return tag("p", f"For other rules this touch counts as: {'; '.join(titles)}.", "marks")


def tell_silent(told: Sequence[RuleTold]) -> str:
    """Return the rules that looked at a touch and stayed silent, with what failed."""
    rows = "".join(
        f"<tr><td>{escape(one.seen.title)}</td><td>{escape('; '.join(why_silent(one.seen)))}</td>"
        f"<td>{_SAYS[one.voice]}</td></tr>"
        for one in told
    )
    caption = f"Rules that looked and stayed silent: {len(told):,}"
    return table_of(caption, ("Rule", "Why it stayed silent", "Engine"), rows, "silent")


_SAYS: Final = {"both": "both", "durable": "durable", "columnar": "columnar", "neither": "they differ"}


def why_silent(seen: RuleSeen) -> list[str]:
    """Return what kept a rule from finding a touch that it looked at."""
    reasons = [
        f"“{say_word(fact)}” {'did not stand' if wanted else 'stood'}"
        for fact, wanted, stood in seen.facts
        if wanted != stood
    ]
    reasons += [_failure(test) for test in seen.tests if not test.passed]
    if not reasons and seen.ending is not None:
        reasons.append(f"what it expects was {seen.ending.status}")
    return reasons or ["nothing was to be expected"]


def _failure(test: CheckedTest) -> str:
    """Return how a test failed: by its numbers, where each of them says so, else in its own words."""
    failed = [one for one in test.looked if not one.passed]
    if failed and len(failed) == len(test.looked) and all(one.measured != one.text for one in failed):
        return "; ".join(f"{one.measured}: {one.was}, not {one.wanted}" for one in failed)
    if test.text.startswith(_NOT):
        return f"it is so that {test.text.removeprefix(_NOT)}"
    return f"not so: {test.text}"


_NOT: Final = "it is not so that "
