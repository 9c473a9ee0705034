"""Which column of a file is which field of a touch: suggested, to be mended, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ipywidgets as w

from touchrules.errors import TouchrulesError
from touchrules.model.touches import REQUIRED_FIELDS, TOUCH_FIELDS
from touchrules.streams.duplicates import BadRows
from touchrules.streams.mapping import Column, FieldMapping, Literally, TouchMapping
from touchrules.streams.mappingwriter import plain_field
from touchrules.streams.suggestion import Sampled, map_column
from touchrules.studio.desk import Desk
from touchrules.studio.inspection import Inspection, Trial, mapping_of, save_mapping, try_fields
from touchrules.studio.opening import Data
from touchrules.studio.views.previews import show_columns, show_trial
from touchrules.studio.views.texts import tag

_KINDS: Final = ("call", "voicemail", "email", "sms", "meeting", "social", "form", "visit", "note")
_LONGEST: Final = 28
_NOWHERE: Final = ""
_STYLE: Final = {"description_width": "9em"}


class MappingPanel(w.VBox):  # type: ignore[misc]
    """A file that was looked into: a choice for each field, the first rows as touches, what is missing."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._is_showing = desk, False
        self._looked: Inspection | None = None
        self._ways: dict[str, dict[str, FieldMapping]] = {}
        self._head, self._columns, self._result = w.HTML(), w.HTML(), w.HTML()
        self.zone = w.Text(description="Time zone", placeholder="UTC", style=_STYLE, continuous_update=False)
        self.zone.observe(lambda _: self._try(), "value")
        self.fields: dict[str, Any] = {}  # made for the first file: most sessions open none
        self.skip = w.Checkbox(description="Set rows aside that cannot be touches", indent=False)
        self.save_button = w.Button(
            description="Save mapping", icon="save", tooltip="Write the mapping beside the file"
        )
        self.save_button.on_click(lambda _: self._save())
        self.open_button = w.Button(description="Open with this mapping", icon="folder-open")
        self.open_button.on_click(lambda _: self._open())
        self._used, self._unused = _grid(), _grid()
        self._further = w.Accordion([self._unused], titles=("Fields that no column is",))
        buttons = w.HBox([self.open_button, self.save_button, self.skip])
        buttons.layout.flex_flow = "row wrap"
        super().__init__([self._head, self._used, self._further, buttons, self._result, self._columns])
        self.layout.display = "none"

    def _dropdown(self, field: str) -> Any:
        star = " *" if field in REQUIRED_FIELDS else ""
        dropdown = w.Dropdown(options=[("(nothing)", _NOWHERE)], description=f"{field}{star}", style=_STYLE)
        dropdown.observe(lambda _: self._try(), "value")
        return dropdown

    def show(self, looked: Inspection) -> None:
        """Show a file that was looked into."""
        self._looked = looked
        self.fields = self.fields or {name: self._dropdown(name) for name in TOUCH_FIELDS}
        fields = looked.fields
        self._is_showing = True
        for field, dropdown in self.fields.items():
            ways = _ways_of(field, looked.columns, fields.get(field))
            self._ways[field] = dict(ways.values())
            dropdown.options = [("(nothing)", _NOWHERE), *((label, key) for label, (key, _) in ways.items())]
            dropdown.value = _key_of(fields[field]) if field in fields else _NOWHERE
            why = looked.suggested[field].because if field in looked.suggested else ""
            dropdown.tooltip = f"The column {why}." if why and looked.written is None else field
        self._arrange()
        self.zone.value = (looked.written and looked.written.timezone) or ""
        self._is_showing = False
        beside = "This is the mapping that lies beside it." if looked.written else "This is suggested."
        told = f"{beside} Fields with * are needed. Other columns stay fields under their own names."
        self._head.value = tag("h3", f"Columns of {looked.path.name}") + tag("p", told, "hint")
        self._columns.value = show_columns(looked)
        self.layout.display = ""
        self._try()

    def _arrange(self) -> None:
        """Have the fields stand in front that are needed or come from somewhere."""
        front = [name for name, one in self.fields.items() if one.value or name in REQUIRED_FIELDS]
        self._used.children = [*(self.fields[name] for name in front), self.zone]
        self._unused.children = [one for name, one in self.fields.items() if name not in front]
        self._further.selected_index = None

    def refuse(self, error: TouchrulesError) -> None:
        """Tell why the file cannot be read so."""
        self._result.value = f'<div role="alert">{tag("pre", str(error), "problems")}</div>'

    @property
    def mapping(self) -> TouchMapping | None:
        """The mapping as it is chosen; None: no file was looked into."""
        if self._looked is None:
            return None
        fields = {
            field: self._ways[field][dropdown.value]
            for field, dropdown in self.fields.items()
            if dropdown.value != _NOWHERE
        }
        own = {} if self._looked.written is None else _further(self._looked.written)
        return mapping_of(self._looked, {**own, **fields}, self.zone.value.strip() or None)

    def _try(self) -> None:
        looked, mapping = self._looked, self.mapping
        if self._is_showing or looked is None or mapping is None:
            return
        books = self._desk.state.state.rulebooks

        def work() -> Trial | TouchrulesError:
            try:
                return try_fields(looked, mapping, books)
            except TouchrulesError as error:
                return error

        self._desk.later.do("trial", work, self._show_trial)

    def _show_trial(self, told: Trial | TouchrulesError) -> None:
        if isinstance(told, TouchrulesError):
            self.refuse(told)
            self.open_button.disabled = True
            return
        self.open_button.disabled = bool(told.missing)
        self._result.value = show_trial(told, self._desk.state)

    def _save(self) -> None:
        mapping = self.mapping
        if mapping is None:
            return
        try:
            place = save_mapping(mapping)
        except TouchrulesError as error:
            self.refuse(error)
        else:
            self._desk.words.say(f"Saved {place}.")

    def _open(self) -> None:
        if self._looked is not None:
            bad_rows: BadRows = "skip" if self.skip.value else "stop"
            data = Data(path=str(self._looked.path), mapping=self.mapping, bad_rows=bad_rows)
            self._desk.open_data(data, self.refuse)


def _grid() -> w.Box:
    grid = w.Box()
    grid.add_class("jp-touchrules-mapping")
    return grid


def _ways_of(
    field: str, columns: tuple[Sampled, ...], chosen: FieldMapping | None
) -> dict[str, tuple[str, FieldMapping]]:
    """Return the ways to make a field, by what is told of them: what it is now, then each column."""
    ways = {} if chosen is None else {_tell(chosen, columns): (_key_of(chosen), chosen)}
    for one in columns:
        if chosen is None or chosen.origin != one.column:
            mapping = map_column(field, one) or FieldMapping(origin=one.column)
            ways[_tell(mapping, columns)] = (_key_of(mapping), mapping)
    for kind in _KINDS if field == "kind" else ():
        mapping = FieldMapping(origin=Literally(text=kind))
        ways[_tell(mapping, columns)] = (_key_of(mapping), mapping)
    return ways


def _key_of(mapping: FieldMapping) -> str:
    return str(plain_field(mapping))


def _tell(mapping: FieldMapping, columns: tuple[Sampled, ...]) -> str:
    """Return a way to make a field in few words, with a cell of the column."""
    match mapping.origin:
        case Literally(text=text):
            return f"always {text}"
        case Column(name=name):
            texts = next((one.texts for one in columns if one.column == mapping.origin), ())
            cell = texts[0] if texts else "always missing"
            cell = cell if len(cell) <= _LONGEST else f"{cell[:_LONGEST]}…"
            return f"{name} ({' '.join(cell.split())})"
        case _:
            return _key_of(mapping)


def _further(written: TouchMapping) -> Mapping[str, FieldMapping]:
    """Return the fields of a mapping that are none of the language's."""
    return {field: one for field, one in written.files[0].columns if field not in TOUCH_FIELDS}
