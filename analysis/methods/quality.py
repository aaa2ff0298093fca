"""Quality indicators of published figures: revisions and completeness (docs/methods/evidence_audit.md)."""

from dataclasses import dataclass

import numpy as np

from analysis.core.errors import ParameterError


@dataclass(frozen=True)
class Revisions:
    """How figures were revised: last minus first, so that positive means revised upwards.

    Attributes
    ----------
    pairs
        How many figures have a first and a last value.
    mean, mean_absolute
        Mean and mean absolute revision, in the unit of the figures.
    relative
        Sum of absolute revisions over the sum of absolute last values, a fraction; NaN where all of these are zero.
    """

    pairs: int
    mean: float
    mean_absolute: float
    relative: float


def revisions(first: np.ndarray, last: np.ndarray) -> Revisions:
    """Return the revision indicators of the European Statistical System (A6, A7) for figures of one unit.

    Parameters
    ----------
    first, last
        The figures as first published and as they stand now, in the same order.

    Raises
    ------
    ParameterError
        If the two are not of the same number, or there is none.
    """
    if len(first) != len(last) or len(first) == 0:
        raise ParameterError(f"There are {len(first)} first and {len(last)} last figures. Give both of one or more.")
    moved = np.asarray(last, dtype=float) - np.asarray(first, dtype=float)
    size = float(np.abs(last).sum())
    absolute = np.abs(moved)
    relative = float(absolute.sum()) / size if size > 0 else float("nan")
    return Revisions(len(moved), float(moved.mean()), float(absolute.mean()), relative)


def completeness(*, provided: int, required: int) -> float:
    """Return the rate of available data (indicator R1): cells provided over cells required, a fraction.

    Raises
    ------
    ParameterError
        If none is required, or more are provided than are required.
    """
    if not 0 <= provided <= required or required == 0:
        raise ParameterError(
            f"{provided} cells are provided of {required} required. Give 0 to {max(required, 1)} of at least one."
        )
    return provided / required
