"""Target attainment: will a year reach its target, and what does it take? (docs/methods/target_attainment.md)."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.core import units
from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.path_table import significant
from analysis.core.reasons import Reason
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.estimates import paths
from analysis.estimates.contradictions import withheld
from analysis.estimates.inputs import inputs
from analysis.methods.reconstruction import Reconstruction
from analysis.sources import ledger
from analysis.sources.evidence import Known

LEVELS = (80, 95)


@dataclass(frozen=True, kw_only=True)
class Attainment:
    """A year's total against a target, as far as its statements tell.

    Attributes
    ----------
    series_id, year, target, unit, as_of
        The question; `unit` is that of the target and of every flow below.
    probability
        Share of the draws of the year's total at or above the target; 1 where a published sum of the year has passed
        it; None without evidence.
    reason
        Why there is no probability; None where there is one.
    known_to
        Last day of the year that a published figure or bound reaches; None where none does.
    to_date
        Median of the sum from 1 January to `known_to`; 0 where nothing of the year was published.
    required_run_rate
        Flow a month that the rest of the year needs, `unit`/month, never below 0: 0 says that the median to date has
        reached the target already. None once the whole year is known.
    current_run_rate
        `to_date` by the months elapsed, `unit`/month; None where nothing of the year was published.
    mean, median, intervals
        Of the year's total; `intervals` holds level (percent), lower, upper.
    statement_ids
        The statements behind it: those of the year, or the last one before it.
    withheld
        The statements about the series that are not used, as they contradict each other or others.
    """

    series_id: str
    year: int
    target: float
    unit: str
    as_of: dt.date
    probability: float | None
    reason: Reason | None
    known_to: dt.date | None
    to_date: float
    required_run_rate: float | None
    current_run_rate: float | None
    mean: float | None
    median: float | None
    intervals: tuple[tuple[int, float, float], ...]
    statement_ids: tuple[str, ...]
    withheld: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the result as plain values: what `silkport attain` prints."""
        return {
            "series_id": self.series_id,
            "year": self.year,
            "target": self.target,
            "unit": self.unit,
            "as_of": self.as_of.isoformat(),
            "probability": self.probability,
            "reason": None if self.reason is None else str(self.reason),
            "required_run_rate": self.required_run_rate,
            "current_run_rate": self.current_run_rate,
            "run_rate_unit": f"{self.unit}/month",
            "known_to": self.known_to and self.known_to.isoformat(),
            "to_date": self.to_date,
            "mean": self.mean,
            "median": self.median,
            "interval": {str(level): [lower, upper] for level, lower, upper in self.intervals},
            "statement_ids": list(self.statement_ids),
            "withheld": list(self.withheld),
        }


def attain(
    known: Known,
    *,
    series: str,
    year: int,
    target: float,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> Attainment:
    """Return the probability that a year's total reaches a target, and the run rates.

    Parameters
    ----------
    known
        What had been published by a day.
    series
        The `series_id` of a flow.
    year
        Calendar year of the target.
    target
        Total of the year, in the unit of the series' sums (`vehicles` for `vehicles/day`); above zero.
    sampling
        Draws and seed; the intervals are always of `LEVELS`.

    Raises
    ------
    CoverageError
        If the ledger has no such series.
    ParameterError
        If the target is not above zero.
    """
    own = ledger.select(known.evidence.statements, series_id=series)
    if own.is_empty():
        raise CoverageError(f"The ledger has no series {series!r}. Name one of its `series_id` values.")
    if not (np.isfinite(target) and target > 0):
        raise ParameterError(f"The target of {series} for {year} is {target}. Give a number above zero.")
    published = known.counted.filter(pl.col("series_id") == series)
    start = paths.recent_start(known, series, dt.date(year, 12, 1))
    try:
        chosen = inputs(known, series=[series], start=start, end=dt.date(year, 12, 1))
        path = paths.path(chosen, series, sampling.at(*LEVELS))
        total = path.year(year)
    except EvidenceError as error:
        if error.reason is None:
            raise
        contradictory = withheld(known, series=[series])
        result = _without_evidence(
            published, own, series=series, year=year, target=target, as_of=known.as_of, reason=error.reason
        )
    else:
        contradictory = chosen.withheld
        result = _attained(path, total, published, year=year, target=target, as_of=known.as_of)
    ids = contradictory.filter(pl.col("series_id") == series)["statement_id"]
    return replace(result, withheld=tuple(ids.sort()))


def run_rates(*, to_date: float, target: float, elapsed: float) -> tuple[float | None, float | None]:
    """Return the required and the current flow a month.

    `required = max(0, target - to_date) / (12 - elapsed)`, `current = to_date / elapsed`, with `elapsed` the months
    that are known; the first is None at 12, the second at 0.
    """
    required = max(0.0, target - to_date) / (12 - elapsed) if elapsed < 12 else None
    current = to_date / elapsed if elapsed > 0 else None
    return required, current


def months_elapsed(day: dt.date | None) -> float:
    """Return the months of its year that have passed at the end of a day; a part of a month counts by its days."""
    if day is None:
        return 0.0
    return day.month - 1 + day.day / calendar.monthrange(day.year, day.month)[1]


def _attained(
    path: Reconstruction, total: np.ndarray, known: pl.DataFrame, *, year: int, target: float, as_of: dt.date
) -> Attainment:
    """Return the result from the draws of the year's total."""
    used = known.join(path.fit.filter("used"), on="statement_id", how="semi")
    of_year = used.filter((pl.col("period_end").dt.year() == year) | (pl.col("period_start").dt.year() == year))
    known_to = _known_to(of_year, year)
    to_date = 0.0 if known_to is None else float(np.median(path.total(dt.date(year, 1, 1), known_to)))
    required, current = run_rates(to_date=to_date, target=target, elapsed=months_elapsed(known_to))
    bounds = {level: np.quantile(total, [0.5 - level / 200, 0.5 + level / 200]) for level in LEVELS}
    behind = of_year if len(of_year) else used.sort("period_end").tail(1)
    return Attainment(
        series_id=path.series_id,
        year=year,
        target=target,
        unit=path.unit,
        as_of=as_of,
        probability=1.0 if _is_passed(of_year, year, target) else _probability(total, target),
        reason=None,
        known_to=known_to,
        to_date=_cut(to_date),
        required_run_rate=None if required is None else _cut(required),
        current_run_rate=None if current is None else _cut(current),
        mean=_cut(total.mean()),
        median=_cut(np.median(total)),
        intervals=tuple((level, _cut(lower), _cut(upper)) for level, (lower, upper) in bounds.items()),
        statement_ids=tuple(behind.sort("period_end", "statement_id")["statement_id"]),
    )


def _is_passed(of_year: pl.DataFrame, year: int, target: float) -> bool:
    """Return whether a published sum within the year, of the series' own count, is above the target beyond rounding."""
    inside = (pl.col("period_start") >= dt.date(year, 1, 1)) & (pl.col("period_end") <= dt.date(year, 12, 31))
    stated = (
        (pl.col("measure") == "level") & pl.col("relation").is_in(("eq", "gt", "milestone")) & pl.col("count").is_null()
    )
    return not of_year.filter(inside & stated & (pl.col("value") - pl.col("half_width") >= target)).is_empty()


def _probability(total: np.ndarray, target: float) -> float:
    """Return the share of draws that reach a target: 0 or 1 only where all draws are the same, so that it is a fact."""
    share = float(np.mean(total >= target))
    if total.min() == total.max():
        return share
    least = 1 / (len(total) + 1)
    return min(max(share, least), 1 - least)


def _without_evidence(
    known: pl.DataFrame, own: pl.DataFrame, *, series: str, year: int, target: float, as_of: dt.date, reason: Reason
) -> Attainment:
    """Return the result that has no probability: the even run rate, and the reason."""
    required, _ = run_rates(to_date=0.0, target=target, elapsed=0.0)
    about = known.filter((pl.col("period_start").dt.year() <= year) & (pl.col("period_end").dt.year() >= year))
    sums = own.filter(pl.col("unit") != "fraction")
    return Attainment(
        series_id=series,
        year=year,
        target=target,
        unit=units.unit_of_total((sums if len(sums) else own)["unit"][0]),
        as_of=as_of,
        probability=None,
        reason=reason,
        known_to=None,
        to_date=0.0,
        required_run_rate=None if required is None else _cut(required),
        current_run_rate=None,
        mean=None,
        median=None,
        intervals=(),
        statement_ids=tuple(about.sort("period_end", "statement_id")["statement_id"]),
    )


def _known_to(of_year: pl.DataFrame, year: int) -> dt.date | None:
    """Return the last day of the year that a figure, or a bound on one, reaches."""
    ends = of_year.filter(pl.col("measure").is_in(LEVEL_MEASURES) & (pl.col("period_end").dt.year() == year))[
        "period_end"
    ]
    last = ends.max()
    return last if isinstance(last, dt.date) else None


def _cut(value: float) -> float:
    """Return a value cut to six significant digits."""
    return float(significant(np.array([value]))[0])
