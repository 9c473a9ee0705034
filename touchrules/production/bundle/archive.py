"""A bundle's files in one ZIP archive that can be written in one way only.

Members are stored, never compressed, one behind the other, with nothing before, between or behind them. So
the same files give the same bytes, nothing in an archive can grow when it is read, and a byte that is
another than it should be is noticed wherever it stands.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NoReturn

from touchrules.errors import BundleError, Problem
from touchrules.language.nodes import quoted
from touchrules.streams.instants import as_utc

BEGINNING: Final = b"PK\3\4"
"""By which a bundle, like any ZIP archive with members, begins."""
MOST_BYTES: Final = 64_000_000
"""An archive is no larger; nor can what is in it be, since nothing is compressed."""
MOST_IN_A_MEMBER: Final = 16_000_000
MOST_MEMBERS: Final = 1_000

AGAIN: Final = "Ask whoever made the bundle to send it again, or to export it again."

_NAME: Final = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,99}(/[a-z0-9_][a-z0-9_.-]{0,99}){0,3}")
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_MADE_BY_UNIX: Final = 3 << 8 | 20
_NEEDED: Final = 20
_READABLE_FILE: Final = 0o100644 << 16
_ENCRYPTED: Final = 1
_KIND_OF_FILE: Final = 0o170000
_LINK: Final = 0o120000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The members of an archive by their names, in its order, and its own bytes."""

    files: Mapping[str, bytes]
    data: bytes


def write_archive(files: Mapping[str, bytes], created: int) -> bytes:
    """Return an archive of some files in their order; `created`: microseconds since 1970 UTC, for all."""
    date, time = _dos_time(as_utc(created))
    members, directory, start = [], [], 0
    for name, data in files.items():
        path = name.encode("ascii")
        shared = (_NEEDED, 0, 0, time, date, zlib.crc32(data), len(data), len(data), len(path), 0)
        members += [_LOCAL.pack(BEGINNING, *shared), path, data]
        more = (0, 0, 0, _READABLE_FILE, start)
        directory += [_CENTRAL.pack(b"PK\1\2", _MADE_BY_UNIX, *shared, *more), path]
        start += _LOCAL.size + len(path) + len(data)
    listed = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(listed), start, 0)
    return b"".join([*members, listed, end])


def _dos_time(moment: datetime) -> tuple[int, int]:
    """Return date and time as ZIP holds them: from 1980 to 2107, in steps of two seconds."""
    year = min(max(moment.year, 1980), 2107)
    date = (year - 1980) << 9 | moment.month << 5 | moment.day
    return date, moment.hour << 11 | moment.minute << 5 | moment.second // 2


def read_archive(data: bytes, file: str) -> Archive:
    """Return the members of an archive; `file` is what errors call it.

    Raises BundleError for whatever `write_archive` does not write, before anything in it is looked at. The
    times of the members are left to `check_layout`.
    """
    reader = _Reader(data=data, file=file)
    files: dict[str, bytes] = {}
    for member in reader.members():
        if member.name in files:
            reader.refuse(f"It holds {quoted(member.name)} twice.")
        files[member.name] = reader.content(member)
    return Archive(files=files, data=data)


def check_layout(archive: Archive, created: int, file: str) -> None:
    """Raise BundleError unless an archive is, to the byte, what is written of its files at that time."""
    if write_archive(archive.files, created) != archive.data:
        _refuse(file, "Its members are not laid out as touchrules writes them: something was changed.")


@dataclass(frozen=True, slots=True)
class _Member:
    """An entry of an archive's directory."""

    name: str
    crc: int
    size: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads an archive by its directory, which says for each member where it must stand."""

    data: bytes
    file: str

    def members(self) -> Iterator[_Member]:
        """Yield the members, after what the directory says of all of them was judged."""
        count, position, stop = self._directory()
        members: list[_Member] = []
        expected = 0
        for _ in range(count):
            if position + _CENTRAL.size > stop:
                self.refuse("Its directory is cut short.")
            member, position = self._entry(position)
            if member.start != expected:
                where = "overlap" if member.start < expected else "have a gap between them"
                self.refuse(f"Its members {where}, at {quoted(member.name)}.")
            expected += _LOCAL.size + len(member.name) + member.size
            members.append(member)
        if position != stop:
            self.refuse("Its directory holds more than its members.")
        if expected != stop - self._length(stop):
            self.refuse("Something that is no member stands before its directory.")
        yield from members

    def _directory(self) -> tuple[int, int, int]:
        """Return how many members there are, and where the directory begins and ends."""
        if len(self.data) > MOST_BYTES:
            self.refuse(f"It is larger than {MOST_BYTES // 1_000_000} MB.", "Export fewer rulebooks at once.")
        stop = len(self.data) - _END.size
        if stop < 0 or self.data[stop : stop + 4] != b"PK\5\6":
            self.refuse("It is no bundle, or its end is missing.")
        _, disk, first, here, count, length, start, comment = _END.unpack_from(self.data, stop)
        if count > MOST_MEMBERS:
            self.refuse(f"It has {count:,} members; a bundle has at most {MOST_MEMBERS:,}.")
        if (disk, first, here, comment) != (0, 0, count, 0) or start + length != stop:
            self.refuse("Its end does not say where its members are.")
        return count, start, stop

    def _length(self, stop: int) -> int:
        return int(_END.unpack_from(self.data, stop)[5])

    def _entry(self, position: int) -> tuple[_Member, int]:
        """Read what the directory says of one member; return it and where the next entry begins."""
        entry = _CENTRAL.unpack_from(self.data, position)
        flags, method, crc, packed, size, length, extra, comment = (*entry[3:5], *entry[7:13])
        start = position + _CENTRAL.size
        name = self._name(self.data[start : start + length])
        if entry[0] != b"PK\1\2" or extra or comment:
            self.refuse(f"The entry of {quoted(name)} in its directory is not one of a bundle.")
        if flags & _ENCRYPTED:
            self.refuse(f"Its member {quoted(name)} is encrypted; a bundle's members are plain.")
        if method:
            self.refuse(
                f"Its member {quoted(name)} is compressed; a bundle's members are stored as they are."
            )
        if (entry[15] >> 16) & _KIND_OF_FILE == _LINK:
            self.refuse(f"Its member {quoted(name)} is a link to another file.")
        if size != packed or size > MOST_IN_A_MEMBER:
            self.refuse(f"Its member {quoted(name)} says that it is {size:,} bytes long, which it cannot be.")
        return _Member(name=name, crc=crc, size=size, start=entry[16]), start + length

    def _name(self, written: bytes) -> str:
        """Return the name of a member, which leads nowhere but into the bundle."""
        name = written.decode("ascii", "replace")
        outside = name.startswith("/") or "\\" in name or ".." in name.split("/")
        if outside or re.match("[A-Za-z]:", name):
            self.refuse(f"The path {quoted(name)} of a member leads out of the bundle.")
        if not _NAME.fullmatch(name):
            self.refuse(f"The path {quoted(name)} of a member is not one that a bundle has.")
        return name

    def content(self, member: _Member) -> bytes:
        """Return what a member holds, if it is what the directory says."""
        path = member.name.encode()
        head = self.data[member.start : member.start + _LOCAL.size]
        begin = member.start + _LOCAL.size
        held = self.data[begin + len(path) : begin + len(path) + member.size]
        if len(head) < _LOCAL.size or self.data[begin : begin + len(path)] != path:
            self.refuse(f"Its member {quoted(member.name)} is called otherwise where it stands.")
        local = _LOCAL.unpack(head)
        if (*local[1:4:2], *local[6:9]) != (_NEEDED, 0, member.crc, member.size, member.size):
            self.refuse(f"Its member {quoted(member.name)} is not what its directory says.")
        if zlib.crc32(held) != member.crc:
            self.refuse(f"Its member {quoted(member.name)} was changed or damaged.")
        return held

    def refuse(self, message: str, remedy: str = AGAIN) -> NoReturn:
        """Raise BundleError."""
        _refuse(self.file, message, remedy)


def _refuse(file: str, message: str, remedy: str = AGAIN) -> NoReturn:
    raise BundleError(Problem(message=message, remedy=remedy, context=f"bundle {file}"))
