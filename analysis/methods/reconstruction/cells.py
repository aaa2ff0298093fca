"""Cells: the months of one part that every equation counts in the same proportion.

Statements speak of years, half-years and spans of months, so that hundreds of months make a few dozen cells, and the
equations depend on a path through the sums of its cells alone. A draw's own covariance `H K H'` is built from the
covariances of these sums at a few hundredths of the work.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Cells:
    """The cells of one part.

    Attributes
    ----------
    months
        Positions of the months that any equation involves, cell by cell.
    starts
        Where each cell begins among them.
    days
        Open days of each of these months.
    stated, base
        The share of its days that each stated span counts of a cell, statements by cells; and each base span, ratios
        by cells.
    """

    months: np.ndarray
    starts: np.ndarray
    days: np.ndarray
    stated: np.ndarray
    base: np.ndarray

    @classmethod
    def of(cls, stated_days: np.ndarray, base_days: np.ndarray) -> "Cells":
        """Gather months by the open days that stated spans (statements by months) and base spans count of them."""
        counted = np.concatenate([stated_days, base_days])
        days = counted.max(axis=0)
        involved = np.flatnonzero(days)
        shares = counted[:, involved] / days[involved]
        patterns, cell = np.unique(shares, axis=1, return_inverse=True)
        order = np.argsort(cell.ravel(), kind="stable")
        months = involved[order]
        starts = np.searchsorted(cell.ravel()[order], np.arange(patterns.shape[1]))
        return cls(months, starts, days[months], patterns[: len(stated_days)], patterns[len(stated_days) :])

    @property
    def spans(self) -> list[slice]:
        """Where the months of each cell lie."""
        stops = [*self.starts[1:].tolist(), self.months.size]
        return [slice(first, stop) for first, stop in zip(self.starts.tolist(), stops, strict=True)]

    def volumes(self, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the sum of each cell at daily rates, draws by cells, and what share each month has, draws by months.

        Parameters
        ----------
        rate
            Daily rates, draws by all months of the part.
        """
        months = rate[:, self.months] * self.days
        sums = np.add.reduceat(months, self.starts, axis=1)
        for cell, span in enumerate(self.spans):
            months[:, span] /= sums[:, cell, None]
        return sums, months

    def covariances(self, shares: np.ndarray, K: np.ndarray) -> np.ndarray:
        """Return the covariances of the logs of cells, draws by cells by cells.

        Parameters
        ----------
        shares
            The share of each month in its cell, draws by months, as from `volumes`.
        K
            Covariance of the log daily rates, months by months in the order of `months`.
        """
        cells = self.starts.size
        covariances = np.empty((len(shares), cells, cells))
        for cell, span in enumerate(self.spans):
            with_months = shares[:, span] @ K[span, span.start :]
            with_months *= shares[:, span.start :]
            with_cells = np.add.reduceat(with_months, self.starts[cell:] - span.start, axis=1)
            covariances[:, cell, cell:] = covariances[:, cell:, cell] = with_cells
        return covariances
