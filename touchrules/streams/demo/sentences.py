"""Reads the sentences of the demo from blocks of text, one a line."""

from __future__ import annotations


def sentences(block: str) -> tuple[str, ...]:
    """The lines of a block, without what stands around them.

    >>> sentences('''
    ...     Good day.
    ...     Hello.''')
    ('Good day.', 'Hello.')
    """
    return tuple(line.strip() for line in block.strip().splitlines())


def words(block: str) -> tuple[str, ...]:
    """The words of a block.

    >>> words("Adele Amir")
    ('Adele', 'Amir')
    """
    return tuple(block.split())
