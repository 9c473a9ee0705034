"""Conditions of a rule as sentences whose blanks can be filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, assert_never

import ipywidgets as w

from touchrules.studio.forms.offers import Offers
from touchrules.studio.forms.sentences import (
    COMPARISONS,
    PERIODS,
    Blank,
    Sentence,
    Test,
    fill_blank,
    keys_beside,
    read_amount,
    read_blank,
)
from touchrules.studio.forms.touchwords import Options, say_written_test
from touchrules.studio.views.fields import Field, Pick, within_text
from touchrules.studio.views.texts import tag

Changed = Callable[[dict[str, Any]], None]
Put = Callable[[str], None]

_COMPARED: Final[Options] = [(one.replace("_", " "), one) for one in COMPARISONS]
_KEYS: Final[Options] = [(one, one) for one in ("contact", "account", "rep")]
_SPANS: Final[Options] = [
    ("at any time", ""),
    ("within", "within"),
    ("between", "between"),
    ("in the same", "in_same"),
]
_SHORT: Final = 8
"""Characters that a narrow field has room for."""
_LENGTHS: Final = ("1d", "7d", "30d", "90d", "365d")


class SentenceField(Field):
    """A condition as a sentence; `changed` is told of it whenever a blank is filled."""

    def __init__(self, sentence: Sentence, test: Test, offers: Offers, changed: Changed, remove: Any) -> None:
        self.test: dict[str, Any] = dict(test)
        self._changed, self._offers = changed, offers
        self.blanks: dict[str, Any] = {}
        parts = [self._part(part) for part in sentence.parts]
        row = w.HBox([*parts, *([remove] if remove else [])])
        row.add_class("jp-touchrules-sentence")
        beside = keys_beside(test, sentence)
        also = f"Also, as the YAML says: {say_written_test(test, offers.book, offers.beside)}."
        super().__init__(row, *([w.HTML(tag("p", also, "hint"))] if beside else []))

    def _part(self, part: str | Blank) -> Any:
        if isinstance(part, str):
            return w.HTML(tag("span", part))
        widget = self._widget(part)
        self.blanks[f"{part.key} {part.kind}"] = widget
        return widget

    def _put(self, blank: Blank, value: Any) -> None:
        self.test = fill_blank(self.test, blank, value)
        self._changed(self.test)

    def _widget(self, blank: Blank) -> Any:
        value = read_blank(self.test, blank)
        match blank.kind:
            case "comparison":
                return self._pick(blank, _COMPARED, value)
            case "amount":
                return self._typed(blank.label, value, lambda new: self._put(blank, read_amount(new)))
            case "touches" | "touch":
                return self._touches(blank, value, plural=blank.kind == "touches")
            case "restart":
                options: Options = [("nothing", None), *self._offers.touches(plural=False)]
                called = "" if value is None else self._offers.say(value, plural=False)
                return self._pick(blank, options, value, called)
            case "key":
                return self._pick(blank, _KEYS, value)
            case "field":
                return self._pick(blank, self._offers.fields, value)
            case "has":
                return self._pick(blank, self._offers.had, {} if value is None else value)
            case "fact":
                return self._pick(blank, self._offers.facts, value)
            case "window":
                return self._window(blank, *value)
            case _:
                assert_never(blank.kind)

    def _touches(self, blank: Blank, value: Any, *, plural: bool) -> Any:
        known = {} if value is None else value
        return self._pick(
            blank, self._offers.touches(plural=plural), known, self._offers.say(known, plural=plural)
        )

    def _pick(self, blank: Blank, options: Options, value: Any, called: str = "") -> Pick:
        widget = within_text(Pick(blank.label, options, value, called))
        widget.observe(lambda _: self._put(blank, widget.picked), "value")
        return widget  # type: ignore[no-any-return]

    def _typed(
        self, label: str, value: Any, put: Callable[[str], None], offered: tuple[str, ...] = ()
    ) -> Any:
        options = (*offered, *self._offers.amounts)
        widget = w.Combobox(description=label, value=str(value), options=options, continuous_update=False)
        widget.observe(lambda change: put(change["new"]), "value")
        within_text(widget).add_class("jp-touchrules-amount")
        if len(str(value)) > _SHORT:
            widget.add_class("jp-touchrules-named")
        return widget

    def _window(self, blank: Blank, kind: str, text: Any) -> Any:
        span = within_text(Pick(blank.label, _SPANS, kind))
        length = self._typed("Length of the period", text, lambda _: put(), (*PERIODS, *_LENGTHS))
        length.layout.display = "" if kind else "none"

        def put() -> None:
            length.layout.display = "" if span.picked else "none"
            length.value = _fitting(span.picked, length.value.strip())
            self._put(blank, (span.picked, length.value))

        span.observe(lambda _: put(), "value")
        return w.HBox([span, length])


class WrittenField(Field):
    """A condition that no sentence can say, in plain English; its YAML can be edited."""

    def __init__(self, written: object, offers: Offers, remove: Any) -> None:
        said = say_written_test(written, offers.book, offers.beside)
        row = w.HBox([w.HTML(tag("span", f"{said} (edited in the YAML)")), remove])
        row.add_class("jp-touchrules-sentence")
        super().__init__(row)


def _fitting(kind: str, typed: str) -> str:
    """Return a length as it was typed where it fits the kind of period, or one that does.

    >>> _fitting("within", "7d"), _fitting("in_same", "7d"), _fitting("between", "week")
    ('7d', 'week', '2d, 7d')
    """
    fits = bool(typed) and (typed in PERIODS) == (kind == "in_same") and ("," in typed) == (kind == "between")
    return typed if fits else {"": "", "in_same": "week", "within": "7d", "between": "2d, 7d"}[kind]
