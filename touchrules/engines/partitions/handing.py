"""What passes hand on to later ones: a yes or no, or a number, for each touch, kept in files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from touchrules.engines.columnar import kernels
from touchrules.engines.columnar.graph import Graph
from touchrules.engines.columnar.masks import Mask, mask_of_bits, mask_of_rows

Numbers = npt.NDArray[np.int32]
"""The numbers of touches, ascending: each touch of all parts has one."""

WORD: Final = 64


class HandedOn:
    """The values of nodes that were worked out by earlier passes, in a folder.

    `touches`: numbers of touches are below that.
    """

    def __init__(self, folder: Path, touches: int) -> None:
        self._folder = folder
        self._words = -(-touches // WORD)
        self._touches = touches
        self._sorts: dict[int, str] = {}

    def give(self, node: int, value: Any, along: Any, numbers: Numbers) -> None:
        """Keep what a node came to on the touches of a part.

        `value`: a mask, the rows of some touches, or with `along` a value for each of these rows. `numbers`:
        those of all touches of the part.
        """
        if isinstance(value, Mask):
            self._give_bits(node, "mask", value, numbers)
        elif along is None:
            self._give_bits(node, "rows", mask_of_rows(value, len(numbers)), numbers)
        elif value.dtype == np.bool_:
            self._give_bits(node, "bits", mask_of_rows(along[value], len(numbers)), numbers)
        else:
            self._sorts[node] = value.dtype.str
            self._open(node, value.dtype, self._touches)[numbers[along]] = value

    def put_into(self, graph: Graph, nodes: Mapping[int, int | None], numbers: Numbers) -> None:
        """Have nodes of another part's graph take their values from here.

        `nodes`: for each the node of the rows that it has values for, or None.
        """
        for node, along in nodes.items():
            inputs = () if along is None else (along,)
            graph.nodes[node] = replace(graph.nodes[node], run=self._taker(node, numbers), inputs=inputs)

    def _taker(self, node: int, numbers: Numbers) -> Any:
        sort = self._sorts[node]
        match sort:
            case "mask":
                return lambda: self._mask(node, numbers)
            case "rows":
                return lambda: self._mask(node, numbers).to_rows()
            case "bits":
                return lambda rows: self._mask(node, numbers).at(rows)
            case _:
                return lambda rows: np.array(self._open(node, np.dtype(sort), self._touches)[numbers[rows]])

    def _give_bits(self, node: int, sort: str, mask: Mask, numbers: Numbers) -> None:
        self._sorts[node] = sort
        kept = self._open(node, np.dtype(np.uint64), self._words)
        if _in_one_piece(numbers):
            start = int(numbers[0]) // WORD
            kept[start : start + len(mask.words)] = mask.words
        else:
            chosen = numbers[mask.to_rows()]
            bits = np.uint64(1) << (chosen % WORD).astype(np.uint64)
            np.bitwise_or.at(kept, chosen // WORD, bits)

    def _mask(self, node: int, numbers: Numbers) -> Mask:
        kept = self._open(node, np.dtype(np.uint64), self._words)
        if not _in_one_piece(numbers):
            return mask_of_bits(kernels.bits_at(kept, numbers))
        start = int(numbers[0]) // WORD
        return Mask(kept[start : start + -(-len(numbers) // WORD)].copy(), len(numbers))

    def _open(self, node: int, dtype: np.dtype[Any], length: int) -> npt.NDArray[Any]:
        """Map a node's file into memory; a new one holds noughts and takes no room."""
        path = self._folder / f"{node}.values"
        shape = (max(length, 1),)
        if path.exists():
            return np.asarray(np.memmap(path, dtype, "r+", shape=shape))
        return np.asarray(np.memmap(path, dtype, "w+", shape=shape))

    def forget(self, node: int) -> None:
        """Let go of what a node came to."""
        (self._folder / f"{node}.values").unlink(missing_ok=True)


def _in_one_piece(numbers: Numbers) -> bool:
    """Return whether touches have numbers without gaps, from the first bit of a word on."""
    return (
        bool(len(numbers))
        and int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1
        and numbers[0] % WORD == 0
    )
