"""What a mapping file says: where each field of a touch stands in somebody else's export.

A mapping is a YAML file (read like a rulebook: YAML 1.2, no tags, duplicate keys are errors), for example:

```yaml
timezone: America/New_York          # of times that name no zone, and of contacts that have none
encoding: cp1252                    # default utf-8; with or without a byte order mark
delimiter: ";"                      # default a comma, in .tsv files a tab
keep: [region]                      # other columns to keep as further fields: all (default), none, a list
where: {is_deleted: [false, null]}  # only rows whose cell is one of these texts; null is a missing cell
columns:                            # field of the touch: where it comes from
  touch_id: id                      # a column
  at: {column: created, format: "%d.%m.%Y %H:%M", timezone: Europe/Berlin}
  contact_id: {coalesce: [who_id, email, {text: unknown}]}     # the first that is present
  account_id: {join: [org, {text: "/"}, branch], separator: ""} # those that are present, joined
  kind: {constant: call}            # the same in every row
  outcome: {column: result, lower: true, values: {vm left: no_answer, n/a: null}, default: error}
  duration_s: {column: millis, unit: ms}
  rep_id: {path: data.user.id}      # inside a JSON record or a Parquet struct
files:                              # several exports as one stream, each with words of its own
  - {file: "calls-*.csv"}
  - {file: mails.jsonl, where: {stream: emails}, columns: {kind: {constant: email}}}
```

`values` maps texts (null makes the cell missing; keys that look like numbers or true/false go in quotes);
what it does not list is kept (`default: keep`), is missing (`missing`), or makes the row a bad one (`error`).
`format` makes a time of any field: `iso` (the language's own), `epoch_s`, `epoch_ms`, `rfc2822`, or a pattern
of Python's strptime. `unit` turns a number into seconds: ms, s, minutes, hours. Lower case comes first, then
`values`, then `format` or `unit`.

Columns that a mapping uses are no longer fields under their old names. An entry of `files` may have all of
the above but `timezone`; what it does not say it takes from there, column by column. Globs are looked up in
the folder given to the command, else in the mapping's own. A file may stand in several entries.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from touchrules.errors import Place

Default = Literal["keep", "missing", "error"]
DEFAULTS: Final[tuple[Default, ...]] = ("keep", "missing", "error")
UNITS: Final = {"ms": 0.001, "s": 1.0, "minutes": 60.0, "hours": 3600.0}
NAMED_FORMATS: Final = ("iso", "epoch_s", "epoch_ms", "rfc2822")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file; with `nested`, a path like `data.user.id` inside its records."""

    name: str
    nested: bool = False
    place: Place | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literally:
    """The same text in every row."""

    text: str


Piece = Column | Literally


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The pieces that are present, one after the other; missing if no column of them is."""

    pieces: tuple[Piece, ...]
    separator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPresent:
    """The first of the pieces that is present."""

    pieces: tuple[Piece, ...]


Origin = Column | Literally | Joined | FirstPresent


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMapping:
    """Where one field comes from, and what is done with its cells on the way."""

    origin: Origin
    lower: bool = False
    values: tuple[tuple[str, str | None], ...] = ()
    default: Default = "keep"
    format: str | None = None
    timezone: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A condition of `where`: the cell is one of these texts; None is a missing cell."""

    column: Column
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """How one kind of file is read. `pattern` is its name or glob, None for any file.

    `keep` is None for all other columns, else their names.
    """

    pattern: str | None = None
    columns: tuple[tuple[str, FieldMapping], ...] = ()
    keep: tuple[Column, ...] | None = None
    where: tuple[Selected, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths into nested records that it names."""
        named = [column for _, field in self.columns for column in columns_of(field.origin)]
        named += [condition.column for condition in self.where] + list(self.keep or ())
        return tuple(dict.fromkeys(column.name for column in named if column.nested))


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchMapping:
    """A whole mapping file. `files` has one entry without a pattern where the file names none."""

    path: Path
    timezone: str | None = None
    files: tuple[FileMapping, ...] = (FileMapping(),)


def columns_of(origin: Origin) -> tuple[Column, ...]:
    """The columns that a field is made of.

    >>> columns_of(Joined(pieces=(Column(name="org"), Literally(text="/"))))
    (Column(name='org', nested=False),)
    """
    match origin:
        case Column():
            return (origin,)
        case Literally():
            return ()
        case Joined() | FirstPresent():
            return tuple(piece for piece in origin.pieces if isinstance(piece, Column))
