"""Notes on why a rulebook was changed: comments above its version, which mean nothing to any engine."""

from __future__ import annotations

import re
from typing import Final

from touchrules.language.spans import find_value, lines_of_pair, newline_of
from touchrules.language.splices import compose

_FORBIDDEN: Final = re.compile(r"[^\t -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What no YAML text may hold, such as bells and halves of characters."""
_VERSION: Final = re.compile(r"^version[ \t]*:[ \t]*(?:\"([^\"]*)\"|'([^']*)'|([^#\r\n]*))", re.MULTILINE)


def write_note(text: str, note: str) -> str:
    """Return the text of a rulebook with a note as comment lines directly above `version:`.

    A rulebook without a version has it above its first key. A note of blanks is none; characters that no
    YAML may hold are left out. Raises ArgumentError if the text is no YAML mapping.

    >>> write_note("rulebook: a\\nversion: 1.0.1\\n", "Too many complaints")
    'rulebook: a\\n# Too many complaints\\nversion: 1.0.1\\n'
    """
    lines = [_FORBIDDEN.sub("", line).strip() for line in note.strip().splitlines()]
    if not any(lines):
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    root = compose(text)
    pair = find_value(root, "version") or (root.value[0] if root.value else None)
    start = 0 if root.flow_style or pair is None else lines_of_pair(text, *pair)[0]
    newline = newline_of(text)
    comment = "".join(f"# {line}".rstrip() + newline for line in lines)
    return f"{mark}{text[:start]}{comment}{text[start:]}"


def version_in(text: str) -> str:
    """Return the version that stands in the text of a rulebook, which need not load; empty: none.

    >>> version_in("rulebook: a\\nversion: 1.0.1  # the second\\n")
    '1.0.1'
    """
    found = _VERSION.search(text)
    return "" if found is None else next(part for part in found.groups() if part is not None).strip()
