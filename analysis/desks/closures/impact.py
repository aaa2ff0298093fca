"""What one flow lost: against the last full year before the closures, and against that year grown on as before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from analysis.core.periods import month_range
from analysis.desks.port.drawing_rule import WIDEST_RATIO
from analysis.methods.counterfactual import FEWEST_YEARS, Loss, carried_growth, loss

#: Years before the closures that growth is taken from, at most: the yardstick and five before it.
YEARS_BEFORE = 6


@dataclass(frozen=True)
class Impact:
    """What one flow lost; tonnes or yuan.

    Attributes
    ----------
    name
        The place, or `desk.TOGETHER`.
    unit
        `tonnes` or `CNY`.
    yardstick
        The last full year before the closures.
    years
        One row a year of the path up to the edition's last full year: `year, median, lower, upper` (80%).
    by_year
        For each year of closures what did not pass, against the same months of the yardstick.
    closed
        The same for all months of the closures.
    since
        The same from the first of them to the edition's month, for the recovery.
    expected
        Draws by years of the closures: the yardstick, grown on as in the years before; None where no growth follows
        from them, or none is asked for.
    grown
        What did not pass in the months of the closures, against `expected`.
    grown_by_year
        The same for each year of closures; without entries where there is no `expected`.
    yardstick_total
        Draws of the yardstick's total.
    """

    name: str
    unit: str
    yardstick: int
    years: pl.DataFrame
    by_year: dict[int, Loss]
    closed: Loss
    since: Loss
    expected: np.ndarray | None
    grown: Loss | None
    grown_by_year: dict[int, Loss]
    yardstick_total: np.ndarray

    @cached_property
    def is_measurable(self) -> bool:
        """Whether the yardstick is known well enough for a number of what did not pass (`is_narrow`)."""
        return is_narrow(self.yardstick_total)

    @cached_property
    def growth_is_measurable(self) -> bool:
        """Whether what would have passed with growth is known well enough, too."""
        return self.expected is not None and self.is_measurable and is_narrow(self.expected.sum(axis=1))

    def year_is_measurable(self, place: int) -> bool:
        """Return whether what would have passed with growth in one year of the closures is known well enough."""
        return self.expected is not None and self.is_measurable and is_narrow(self.expected[:, place])


def is_narrow(draws: np.ndarray) -> bool:
    """Return whether the upper end of the 80% interval is at most `WIDEST_RATIO` times the lower end."""
    lower, upper = np.quantile(draws, [0.1, 0.9])
    return bool(lower > 0 and upper <= WIDEST_RATIO * lower)


def measure(
    name: str,
    unit: str,
    flows: np.ndarray,
    months: Sequence[dt.date],
    span: tuple[dt.date, dt.date, dt.date],
    *,
    growth: bool,
    seed: int,
) -> Impact:
    """Return what a flow lost.

    Parameters
    ----------
    name, unit
        Of the flow.
    flows
        Draws by months of the path that happened, from January of a year before the closures on.
    months
        Its months.
    span
        First and last month of the closures, and the edition's month.
    growth
        Whether the yardstick is to be carried on with its growth, too.
    seed
        Of that growth.
    """
    first, last, until = span
    where = {month: place for place, month in enumerate(months)}
    yardstick = first.year - 1
    closed = month_range(first, min(last, until))
    normal = _of(flows, where, [month.replace(year=yardstick) for month in closed])
    actual = _of(flows, where, closed)
    after = month_range(first, until)
    same = _of(flows, where, [month.replace(year=yardstick) for month in after])
    before = [year for year in range(yardstick - YEARS_BEFORE + 1, yardstick + 1) if dt.date(year, 1, 1) in where]
    yearly = np.column_stack([_of(flows, where, _months_of(year)).sum(axis=1) for year in before])
    by_year = {year: _in_year(closed, year) for year in sorted({month.year for month in closed})}
    expected = grown = None
    grown_by_year: dict[int, Loss] = {}
    if growth and len(before) >= FEWEST_YEARS and (yearly > 0).all():
        factors = carried_growth(yearly, len(by_year), seed=seed)
        would = normal * factors[:, [month.year - first.year for month in closed]]
        expected = np.column_stack([would[:, own].sum(axis=1) for own in by_year.values()])
        grown = loss(would, actual)
        grown_by_year = {year: loss(would[:, own], actual[:, own]) for year, own in by_year.items()}
    return Impact(
        name=name,
        unit=unit,
        yardstick=yardstick,
        years=_years(flows, where, until),
        by_year={year: loss(normal[:, own], actual[:, own]) for year, own in by_year.items()},
        closed=loss(normal, actual),
        since=loss(same, _of(flows, where, after)),
        expected=expected,
        grown=grown,
        grown_by_year=grown_by_year,
        yardstick_total=yearly[:, -1],
    )


def _of(flows: np.ndarray, where: dict[dt.date, int], months: Sequence[dt.date]) -> np.ndarray:
    """Return the draws of some months, in their order."""
    chosen: np.ndarray = flows[:, [where[month] for month in months]]
    return chosen


def _months_of(year: int) -> list[dt.date]:
    return month_range(dt.date(year, 1, 1), dt.date(year, 12, 1))


def _in_year(months: Sequence[dt.date], year: int) -> list[int]:
    return [place for place, month in enumerate(months) if month.year == year]


def _years(flows: np.ndarray, where: dict[dt.date, int], until: dt.date) -> pl.DataFrame:
    """Return the path by year, median and 80% interval, up to the last year that is over by the edition's month."""
    first = min(where).year
    over = until.year if until.month == 12 else until.year - 1
    rows = []
    for year in range(first, over + 1):
        lower, median, upper = np.quantile(_of(flows, where, _months_of(year)).sum(axis=1), [0.1, 0.5, 0.9])
        rows.append({"year": year, "median": float(median), "lower": float(lower), "upper": float(upper)})
    return pl.DataFrame(rows)
