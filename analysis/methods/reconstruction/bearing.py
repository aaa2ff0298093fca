"""The bearing of statements on a number: those without which the mode of a total, or of a ratio, would move most."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from analysis.methods.reconstruction.window import Days

#: A statement bears on a number if its removal moves the number's log by more than this share of the half-width of its
#: 80% interval: a twentieth of the uncertainty. What moves it by less is not named.
LEAST_SHARE = 0.05

#: Largest number of statements named for one number, those that move it most: what a reader can look up.
MOST_NAMED = 10

#: Moves of the mode below this, in logs, are noise of the arithmetic and count as none.
NOISE = 1e-9


@dataclass(frozen=True)
class Span:
    """The total from one day to another, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class Bearing:
    """What the removal of each statement does to the path of one series, linearised at the mode.

    Attributes
    ----------
    statement_ids, own, spans
        The statements of the whole fit; whether each is one of the series itself; the period of each.
    moves
        By how much the log daily rates move without the statement: statements by parts by months.
    rates
        Daily rates at the mode, parts by months.
    days
        Open days of each part.
    """

    statement_ids: tuple[str, ...]
    own: np.ndarray
    spans: tuple[Span, ...]
    moves: np.ndarray
    rates: np.ndarray
    days: tuple[Days, ...]

    def on_total(self, start: dt.date, end: dt.date, *, half_width: float) -> list[str]:
        """Return the statements that bear on a total, at most `MOST_NAMED`.

        First those of the series itself about just this period, then those whose removal moves the total by more
        than `LEAST_SHARE` of its half-width; within each, the ones that move it most come first.

        Parameters
        ----------
        start, end
            First and last day of the total.
        half_width
            Half of the 80% interval of the log of the total.
        """
        return self._named(self._moved(start, end), [Span(start, end)], half_width)

    def on_ratio(self, above: Span, below: Span, *, half_width: float) -> list[str]:
        """Return the statements that bear on a ratio of two totals, such as a growth rate; otherwise as `on_total`."""
        moved = self._moved(above.start, above.end) - self._moved(below.start, below.end)
        return self._named(moved, [above, below], half_width)

    def _moved(self, start: dt.date, end: dt.date) -> np.ndarray:
        """Return by how much the log of a total moves without each statement; nothing moves one without open days."""
        flows = np.stack([days.between(start, end) for days in self.days]) * self.rates
        total = float(flows.sum())
        moved: np.ndarray = np.tensordot(self.moves, flows / total, axes=2) if total > 0 else np.zeros(len(self.moves))
        return moved

    def _named(self, moved: np.ndarray, about: list[Span], half_width: float) -> list[str]:
        """Return the statements to name, in order."""
        size = np.abs(moved)
        same = self.own & np.array([span in about for span in self.spans], dtype=bool)
        bears = same | (size > max(LEAST_SHARE * half_width, NOISE))
        if not bears.any():
            # So wide an interval that nothing moves it by much: then what moves it most is what it rests on.
            bears = (size > NOISE) & (size == size.max(initial=0.0))
        order = sorted(np.flatnonzero(bears), key=lambda j: (not same[j], -size[j], self.statement_ids[j]))
        return [self.statement_ids[j] for j in order[:MOST_NAMED]]
