"""How much two texts are alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

_LEEWAY: Final = 0.01
"""So much below what is asked for, of 100, texts are still compared to the end."""


def fold_text(text: str) -> str:
    """Return a text as `similar` compares it."""
    from rapidfuzz.utils import default_process  # noqa: PLC0415 - only rulebooks with `similar` pay for it

    return str(default_process(text))


def likeness(one: str, other: str) -> float:
    """Return how much two folded texts are alike, from 0 to 1."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - as above

    return float(ratio(one, other)) / 100


def are_alike(ones: Sequence[str], others: Sequence[str], least: float) -> npt.NDArray[np.bool_]:
    """Return which pairs of folded texts are at least so much alike: exactly as one pair at a time."""
    import numpy as np  # noqa: PLC0415 - as below
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - as above
    from rapidfuzz.process import cpdist  # noqa: PLC0415 - as above

    if not ones:
        return np.zeros(0, np.bool_)
    cutoff = min(max(100 * least - _LEEWAY, 0), 100)
    ratios = cpdist(ones, others, scorer=ratio, dtype=np.float64, score_cutoff=cutoff)
    return np.asarray(ratios / 100 >= least, np.bool_)
