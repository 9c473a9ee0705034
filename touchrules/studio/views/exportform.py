"""The form of an export: what would be in it, by whom, why, into which file, and signed with whose key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.production.bundle.exporting import find_login
from touchrules.production.bundle.manifest import UntestedRule
from touchrules.studio.exporting import Order, place_of
from touchrules.studio.exportpreview import Preview, propose_name
from touchrules.studio.signing import NOT_CHOSEN, find_keys, make_key
from touchrules.studio.views.buttons import make_button
from touchrules.studio.views.exporttexts import say_preview, say_untested
from touchrules.studio.views.fields import Field
from touchrules.studio.views.texts import tag

_LABELS: Final = {"description_width": "8em"}
_HIDDEN: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What is missing in the form before something can be exported, and the field that lacks it."""

    text: str
    field: Field
    widget: Any


class ExportForm(w.VBox):  # type: ignore[misc]
    """What is asked before an export; what somebody typed stays while the preview is made anew."""

    def __init__(self) -> None:
        self._preview: Preview | None = None
        self._proposed = ""
        self._more: tuple[UntestedRule, ...] = ()
        self._told, self._untested_told = w.HTML(), w.HTML()
        self._untested = _box("Let these rules pass without a test; the bundle names them")
        self._by = _field(w.Text, "By")
        self._by.value = find_login()
        self.note = _field(w.Textarea, "Why (a note)")
        self.note.rows = 2
        self.note.placeholder = "What these rulebooks are for, or what was agreed"
        self._name = _field(w.Text, "File")
        self._name.observe(lambda _: self._show_another_place(), "value")
        self._place = w.HTML()
        self._replaces = _box("Replace the file of that name that is there")
        self._key = _field(w.Dropdown, "Signed with")
        self._key.observe(lambda _: self._show_key(), "value")
        self._key_told = w.HTML()
        self._make_key = make_button("Make a key of my own", "key", self._try_to_make_key)
        self._fields = {
            "untested": Field(self._untested_told, self._untested),
            "name": Field(self._name, self._place, self._replaces),
            "key": Field(self._key, self._key_told, self._make_key),
        }
        untested, name, key = self._fields.values()
        super().__init__([self._told, w.VBox([untested, self.note, self._by, name, key])])
        self.add_class("jp-touchrules-exportform")

    @property
    def preview(self) -> Preview | None:
        """What would be exported; None while that is found out."""
        return self._preview

    def begin(self) -> None:
        """Forget what was said of an earlier export, but for its note and by whom it was."""
        self._name.value = self._proposed = self._told.value = ""
        self._more = ()
        self._untested.value = self._replaces.value = False
        self._show_keys()
        self._forget_problems()

    def wait(self) -> None:
        """Say that it is being found out what would be exported."""
        self._preview = None
        self._told.value = self._told.value or tag("p", "Reading what stands, and its tests …", "hint")

    def refuse(self, error: TouchrulesError) -> None:
        """Say why nothing can be exported as it stands."""
        self._preview = None
        words = tag("p", "This cannot be exported as it stands:") + tag("pre", str(error), "problems")
        self._told.value = f'<div role="alert">{words}</div>'

    def show(self, preview: Preview, opened: str | None) -> None:
        """Show what would be exported. `opened`: the rulebook that the studio was opened on."""
        self._preview = preview
        self._told.value = say_preview(preview)
        proposed = propose_name(preview, opened)
        if self._name.value in {"", self._proposed}:
            self._name.value = proposed
        self._proposed = proposed
        self._show_untested()
        self._show_place()

    def add_untested(self, untested: tuple[UntestedRule, ...]) -> None:
        """Have rules be let through, or not, that turned out to have no test that fits."""
        self._more = (*self._more, *untested)
        self._untested.value = False
        self._show_untested()

    def _all_untested(self) -> tuple[UntestedRule, ...]:
        known = self._preview.untested if self._preview else ()
        return tuple(dict.fromkeys((*known, *self._more)))

    def _show_untested(self) -> None:
        untested = self._all_untested()
        self._fields["untested"].layout.display = "" if untested else _HIDDEN
        if self._preview is not None:
            self._untested_told.value = say_untested(self._preview, untested)

    def _out(self) -> Path:
        return place_of(self._name.value, Path.cwd())

    def _show_another_place(self) -> None:
        self._replaces.value = False
        self._show_place()

    def _show_place(self) -> None:
        if not self._name.value.strip():
            self._place.value, self._replaces.layout.display = "", _HIDDEN
            return
        out = self._out()
        self._replaces.layout.display = "" if out.exists() else _HIDDEN
        there = f"There is such a file already: {out}" if out.exists() else f"It will be {out}"
        self._place.value = tag("p", there, "hint")

    def _show_keys(self) -> None:
        own = find_keys()
        self._key.options = list(own.choices().items())
        self._key.value = own.choice()
        self._show_key()
        self._fields["key"].tell([str(own.error)] if own.error else [])

    def _show_key(self) -> None:
        own = find_keys()
        if self._key.value is not None:
            self._key_told.value = tag("p", own.say(self._key.value), "hint")
        self._make_key.layout.display = _HIDDEN if own.keys or own.error else ""

    def _try_to_make_key(self) -> None:
        try:
            make_key()
        except (TouchrulesError, OSError) as error:
            self._fields["key"].tell([str(error)])
            return
        self._show_keys()
        self._key.focus()

    def _forget_problems(self) -> None:
        for field in self._fields.values():
            field.tell([])

    def find_lack(self) -> Lack | None:
        """Return what is missing, and show it beside its field; None: it can be exported."""
        self._forget_problems()
        lack = self._look_for_lack()
        if lack is not None:
            lack.field.tell([lack.text])
            lack.widget.focus()
        return lack

    def _look_for_lack(self) -> Lack | None:
        untested, name, key = (self._fields[one] for one in ("untested", "name", "key"))
        if self._all_untested() and not self._untested.value:
            text = "Say that these rules may pass without a test, or switch them off."
            return Lack(text=text, field=untested, widget=self._untested)
        if not self._name.value.strip():
            return Lack(text="Say what the file is called.", field=name, widget=self._name)
        self._show_taken()
        if self._out().exists() and not self._replaces.value:
            text = "There is such a file already. Choose another name, or have it replaced."
            return Lack(text=text, field=name, widget=self._replaces)
        if self._key.value in {None, NOT_CHOSEN}:
            text = "Choose what it is signed with: make a key of your own, or say that it is unsigned."
            return Lack(text=text, field=key, widget=self._key)
        return None

    def _show_taken(self) -> None:
        """Offer to replace a file that came to be there since its name was typed."""
        if self._out().exists() and self._replaces.layout.display == _HIDDEN:
            self._show_place()

    def order(self) -> Order | None:
        """Return the export that is wanted; None while it is found out what would be exported."""
        if self._preview is None:
            return None
        out = self._out()
        return Order(
            preview=self._preview,
            out=out,
            key=self._key.value,
            by=self._by.value.strip(),
            note=self.note.value.strip(),
            untested=self._all_untested() if self._untested.value else (),
            replaceable=out if self._replaces.value else None,
        )


def _field(kind: Any, label: str) -> Any:
    return kind(description=label, style=_LABELS, layout=w.Layout(width="calc(100% - 8px)"))


def _box(label: str) -> Any:
    return w.Checkbox(description=label, indent=False, layout=w.Layout(width="auto"))
