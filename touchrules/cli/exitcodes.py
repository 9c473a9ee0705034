"""What the number means that a command ends with."""

from __future__ import annotations

from typing import Final

EXIT_CODES: Final[tuple[tuple[int, str], ...]] = (
    (0, "All went well."),
    (1, "touchrules itself failed, or its engines differ: please report it. `diff --exit-code`: it differs."),
    (2, "Wrong arguments: a path, an option, a parameter, a folder that cannot be written."),
    (3, "A rulebook, or a file of its tests, has mistakes."),
    (4, "The touches cannot be read, or a rulebook does not fit them."),
    (5, "Tests of a rulebook failed, or rules are not healthy."),
    (6, "The engine could not go on."),
    (7, "A bundle was refused: changed, unsigned, signed by a stranger, too new, or not whole."),
    (130, "Stopped by Ctrl-C: nothing was written."),
)


def write_exit_codes() -> str:
    r"""Return the exit codes, one a line, as the command line's help shows them.

    >>> write_exit_codes().splitlines()[1]
    '  0    All went well.'
    """
    return "\n".join(["Exit codes:", *(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES)])
