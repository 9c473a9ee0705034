"""An archive is read only if it is, to the byte, as touchrules writes it."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.production.bundle.made import CREATED
from touchrules.errors import BundleError
from touchrules.production.bundle import archive
from touchrules.production.bundle.archive import check_layout, read_archive, write_archive

FILES = {"manifest.json": b"{}\n", "sample/touches.jsonl": b"a touch\n"}


def refusal(data: bytes) -> str:
    with pytest.raises(BundleError) as raised:
        check_layout(read_archive(data, "a.touchrules"), CREATED, "a.touchrules")
    assert str(raised.value).startswith("bundle a.touchrules\n")
    assert raised.value.problems[0].remedy
    return raised.value.problems[0].message


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive as Python's own zipfile writes it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as opened:
        for name, data in members:
            opened.writestr(name, data)
    return held.getvalue()


def in_directory(data: bytes, offset: int, form: str, value: int) -> bytes:
    """Change a field of the first entry of the directory."""
    start = data.index(b"PK\1\2") + offset
    return data[:start] + struct.pack(form, value) + data[start + struct.calcsize(form) :]


def test_what_was_written_is_read() -> None:
    read = read_archive(write_archive(FILES, CREATED), "a.touchrules")
    check_layout(read, CREATED, "a.touchrules")
    assert read.files == FILES


def test_any_zip_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write_archive(FILES, CREATED))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        assert {one.date_time for one in opened.infolist()} == {(2025, 3, 10, 13, 30, 0)}


def test_a_zip_bomb_is_refused_before_anything_is_unpacked() -> None:
    bomb = packed(("bomb", b"0" * 50_000_000), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 60_000
    assert "is compressed" in refusal(bomb)


def test_a_length_that_is_too_large_is_refused() -> None:
    data = write_archive(FILES, CREATED)
    declared = in_directory(in_directory(data, 20, "<I", 4_000_000_000), 24, "<I", 4_000_000_000)
    assert "4,000,000,000 bytes long, which it cannot be" in refusal(declared)


def test_lengths_that_lie_are_refused() -> None:
    data = write_archive(FILES, CREATED)
    assert "cannot be" in refusal(in_directory(data, 24, "<I", 5))
    both = in_directory(in_directory(data, 20, "<I", 4), 24, "<I", 4)
    assert "overlap" in refusal(both)


def test_members_that_overlap_are_refused() -> None:
    data = write_archive({"a": b"one", "b": b"two"}, CREATED)
    second = data.rindex(b"PK\1\2")
    assert "overlap" in refusal(data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :])


def test_a_gap_between_members_is_refused() -> None:
    data = write_archive(FILES, CREATED)
    directory = data.index(b"PK\1\2")
    end = struct.pack("<I", directory + 5)
    assert "no member" in refusal(data[:directory] + b"extra" + data[directory:-6] + end + data[-2:])


def test_more_members_than_a_bundle_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed(*((f"m{number}", b"") for number in range(archive.MOST_MEMBERS + 1)))
    assert "1,001 members; a bundle has at most 1,000" in refusal(many)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    assert "It is larger than" in refusal(write_archive(FILES, CREATED))


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "C:\\x", "c:x", "a\\x", "\\\\host\\x"])
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    assert "leads out of the bundle" in refusal(packed((path, b"x")))


@pytest.mark.parametrize("path", ["", "a//b", "./a", "A", "é", "a\0b", "a/", "a b", "a/b/c/d/e", "x" * 101])
def test_a_path_of_no_bundle_is_refused(path: str) -> None:
    data = write_archive({"replaced": b"x"}, CREATED)
    written = path.encode()
    length = struct.pack("<H", len(written))
    local, entry = data.index(b"PK\3\4"), data.index(b"PK\1\2")
    head = data[: local + 26] + length + data[local + 28 : local + 30] + written + b"x"
    listed = data[entry : entry + 28] + length + data[entry + 30 : entry + 46] + written
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(listed), len(head), 0)
    assert "is not one that a bundle has" in refusal(head + listed + end)


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert "is a link" in refusal(packed((link, b"/etc/passwd")))


def test_an_encrypted_member_is_refused() -> None:
    assert "is encrypted" in refusal(in_directory(write_archive(FILES, CREATED), 8, "<H", 1))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused() -> None:
    data = write_archive({"a": b"one", "b": b"two"}, CREATED)
    assert 'holds "a" twice' in refusal(data.replace(b"btwo", b"atwo").replace(b"b" + b"PK\5\6", b"aPK\5\6"))


@pytest.mark.parametrize("wrong", [b"", b"PK", b"no archive at all, but long enough to be one of them"])
def test_what_is_no_archive_is_refused(wrong: bytes) -> None:
    assert refusal(wrong) == "It is no bundle, or its end is missing."


def test_something_before_or_behind_an_archive_is_refused() -> None:
    data = write_archive(FILES, CREATED)
    assert refusal(data + b"\n")
    assert refusal(b"#!/bin/sh\n" + data)


def test_an_archive_that_is_cut_short_is_refused_wherever_that_is() -> None:
    data = write_archive(FILES, CREATED)
    assert all(refusal(data[:length]) for length in range(len(data)))


def test_one_that_another_program_packed_anew_is_refused() -> None:
    assert refusal(packed(*FILES.items()))


def test_an_archive_of_another_time_is_refused() -> None:
    assert "not laid out" in refusal(write_archive(FILES, CREATED + 60_000_000))


def test_any_byte_that_is_another_is_noticed() -> None:
    data = write_archive(FILES, CREATED)
    noticed = [
        refusal(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]) for place in range(len(data))
    ]
    assert len(noticed) == len(data)
