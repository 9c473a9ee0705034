"""A list of phrases with how many touches say each, to add to and to take from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from touchrules.studio.drawing.drawn import Drawn
from touchrules.studio.drawing.sources import read_script, read_style

Changed = Callable[[tuple[str, ...]], object]


class PhraseList(Drawn):
    """Phrases in their order; ``counts`` are the touches that say each, or None where nobody knows yet.

    ``typed`` is the phrase that somebody is typing, ``found`` what is known of it: ``phrase``, ``touches``
    and ``snippets`` (before, phrase, behind). ``saved`` is the list to go back to.
    """

    _esm = read_script("phraselist")
    _css = read_style("phraselist")

    label = traitlets.Unicode("").tag(sync=True)
    about = traitlets.Unicode("").tag(sync=True)
    phrases: Any = traitlets.List().tag(sync=True)
    counts: Any = traitlets.Dict().tag(sync=True)
    verb = traitlets.Unicode("say it").tag(sync=True)
    saved: Any = traitlets.List().tag(sync=True)
    typed = traitlets.Unicode("").tag(sync=True)
    found: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._changed: list[Changed] = []

    def on_phrases(self, callback: Changed) -> None:
        """Calls ``callback(phrases)`` whenever somebody adds a phrase or takes one out."""
        self._changed.append(callback)

    def _reply(self, message: Mapping[str, Any]) -> Mapping[str, Any]:
        match message:
            case {"add": str(phrase)}:
                self._put(self._with(" ".join(phrase.split())))
            case {"remove": str(phrase)}:
                self._put([one for one in self.phrases if one != phrase])
            case {"back": True}:
                self._put(list(self.saved))
            case _:
                return super()._reply(message)
        return {"phrases": len(self.phrases)}

    def _with(self, phrase: str) -> list[str]:
        if not phrase:
            raise ValueError("Type a phrase first.")
        if phrase.lower() in {one.lower() for one in self.phrases}:
            raise ValueError(f"“{phrase}” stands in the list already.")
        return [*self.phrases, phrase]

    def _put(self, phrases: list[str]) -> None:
        before, self.phrases = self.phrases, phrases
        try:
            for callback in self._changed:
                callback(tuple(phrases))
        except Exception:
            self.phrases = before
            raise
