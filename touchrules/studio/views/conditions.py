"""The conditions of a rule on its form: each a sentence, and a list to add from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import ipywidgets as w

from touchrules.studio.forms.offers import Offers
from touchrules.studio.forms.sentences import EXPECTATION, SENTENCES, Sentence, sentence_of
from touchrules.studio.views.fields import Field
from touchrules.studio.views.sentences import SentenceField, WrittenField

Told = dict[str, list[str]]

_KINDS: Final = (*SENTENCES, EXPECTATION)


class Conditions(w.VBox):  # type: ignore[misc]
    """What a rule asks of earlier touches (`where`), and what must follow (`expect`).

    `changed` is told the key of the rule and its new value.
    """

    def __init__(self, changed: Callable[[str, Any], None]) -> None:
        self._changed = changed
        self._tests: list[Any] = []
        self._expected: Any = None
        self.rows: list[Field] = []
        self._offers: Offers | None = None
        self.more = w.Dropdown(description="Add a condition", options=[("choose …", "")], value="")
        self.more.observe(lambda change: self._add(change["new"]), "value")
        super().__init__([])

    def show(self, where: object, expect: object, offers: Offers) -> None:
        """Show the conditions of a rule."""
        self._tests = list(where) if isinstance(where, list) else []
        self._expected, self._offers = expect, offers
        self._make(offers)

    def tell(self, told: Told) -> None:
        """Show what is wrong with each condition."""
        for place, row in enumerate(self.rows):
            key = f"where.{place}" if place < len(self._tests) else "expect"
            row.tell(told.get(key, []))

    def _make(self, offers: Offers) -> None:
        self.rows = [self._row(place, test, offers) for place, test in enumerate(self._tests)]
        if self._expected is not None:
            self.rows.append(self._expectation(offers))
        kinds = [one for one in _KINDS if self._can_add(one, offers)]
        self.more.options = [("choose …", ""), *((one.title, one.head) for one in kinds)]
        self.more.value = ""
        self.children = [*self.rows, self.more]

    def _can_add(self, sentence: Sentence, offers: Offers) -> bool:
        if sentence is EXPECTATION:
            return self._expected is None
        return sentence.head != "fact" or bool(offers.facts)

    def _row(self, place: int, test: Any, offers: Offers) -> Field:
        remove = self._remover(f"Take condition {place + 1} out", partial(self._remove, place))
        sentence = sentence_of(test)
        if sentence is None:
            return WrittenField(test, offers, remove)
        return SentenceField(sentence, test, offers, partial(self._put, place), remove)

    def _expectation(self, offers: Offers) -> Field:
        remove = self._remover("Take what is expected out", partial(self._expect, None))
        if not isinstance(self._expected, dict) or not {"touch", "by"} <= {*self._expected}:
            return WrittenField(self._expected, offers, remove)
        return SentenceField(EXPECTATION, self._expected, offers, self._put_expected, remove)

    def _remover(self, label: str, remove: Callable[[], None]) -> Any:
        button = w.Button(description="×", tooltip=label)
        button.add_class("jp-touchrules-takeout")
        button.on_click(lambda _: remove())
        return button

    def _put(self, place: int, test: dict[str, Any]) -> None:
        self._tests = [test if number == place else one for number, one in enumerate(self._tests)]
        self._changed("where", self._tests)

    def _put_expected(self, expected: dict[str, Any]) -> None:
        self._expected = expected
        self._changed("expect", expected)

    def _expect(self, expected: dict[str, Any] | None) -> None:
        self._expected = expected
        self._changed("expect", expected)
        self._remake()

    def _remove(self, place: int) -> None:
        self._set([one for number, one in enumerate(self._tests) if number != place])

    def _add(self, head: str) -> None:
        sentence = next((one for one in _KINDS if one.head == head), None)
        if sentence is None or self._offers is None:
            return
        if sentence is EXPECTATION:
            self._expect(dict(sentence.fresh))
            return
        fresh = {"fact": self._offers.facts[0][1]} if sentence.head == "fact" else dict(sentence.fresh)
        self._set([*self._tests, fresh])

    def _set(self, tests: Sequence[Any]) -> None:
        self._tests = list(tests)
        self._changed("where", self._tests)
        self._remake()

    def _remake(self) -> None:
        if self._offers is not None:
            self._make(self._offers)
