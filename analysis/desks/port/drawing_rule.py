"""What a page may draw, how much of a period is stated, and what to call that (docs/methods/drawing_rule.md)."""

import datetime as dt
from collections.abc import Iterable

import numpy as np
import polars as pl

from analysis.core.periods import month_end
from analysis.core.reasons import Reason
from analysis.core.vocabulary import FIGURE_RELATIONS, LEVEL_MEASURES
from analysis.methods.reconstruction import Reconstruction

#: A month is drawn when the upper end of its 80% interval is at most so many times the lower end.
WIDEST_RATIO = 2.5

#: Growth rates and later figures speak for a year when the upper end of its total's 80% interval is at most so many
#: times the lower end.
SPOKEN_RATIO = 1.25

#: A bound, a growth rate or a related series fixes the sum of its days when the upper end of that sum's 80% interval is
#: at most so many times the lower end.
FIXED_RATIO = 1.1


def stated_years(used: pl.DataFrame) -> frozenset[int]:
    """Return the calendar years that hold the whole period of a figure: "equal to", "about", or passed on a day.

    Parameters
    ----------
    used
        Statements that entered the reconstruction: `period_start`, `period_end`, `relation`.
    """
    inside = used.filter(
        pl.col("relation").is_in(FIGURE_RELATIONS)
        & (pl.col("period_start").dt.year() == pl.col("period_end").dt.year())
    )
    return frozenset(inside["period_end"].dt.year().to_list())


def fixed_years(path: Reconstruction) -> frozenset[int]:
    """Return the years whose total is fixed to `SPOKEN_RATIO` by statements that bear on it."""
    narrow = path.at(80, "A").filter(pl.col("upper") <= SPOKEN_RATIO * pl.col("lower"))["time_period"].dt.year()
    return frozenset(
        year for year in narrow.to_list() if path.bearing_statements(dt.date(year, 1, 1), dt.date(year, 12, 31))
    )


def bounded_years(used: pl.DataFrame) -> frozenset[int]:
    """Return the calendar years about which a bound was published; columns as in `stated_years`."""
    return frozenset(used.filter(~pl.col("relation").is_in(FIGURE_RELATIONS))["period_end"].dt.year().to_list())


def drawable(flows: pl.DataFrame, stated: frozenset[int], bounded: frozenset[int] = frozenset()) -> pl.DataFrame:
    """Add `drawn` and `reason` to the 80% rows of a path: whether each value may be drawn, and why not.

    Parameters
    ----------
    flows
        `time_period`, `lower`, `upper` of the 80% interval.
    stated, bounded
        Years that statements speak for, from `stated_years` and `fixed_years`, and years with a bound, from
        `bounded_years`.

    Returns
    -------
    pl.DataFrame
        The rows with `drawn` and `reason` (`Reason.written`; empty where the value may be drawn).
    """
    year = pl.col("time_period").dt.year()
    narrow = pl.col("upper") <= WIDEST_RATIO * pl.col("lower")
    spoken = year.is_in(list(stated))
    return flows.with_columns(
        (narrow & spoken).alias("drawn"),
        pl.when(~spoken)
        .then(
            pl.when(year.is_in(list(bounded)))
            .then(pl.lit(Reason("only_bound").written))
            .otherwise(pl.lit(Reason("no_figure").written))
        )
        .when(~narrow)
        .then(pl.lit(Reason("wide_interval").written))
        .otherwise(pl.lit(""))
        .alias("reason"),
    )


def coverage(path: Reconstruction, used: pl.DataFrame, start: dt.date, end: dt.date) -> float:
    """Return the share of a period's median total that falls on days stated by figures "equal to" or "about" something.

    Only figures whose days all lie in the period count, each day once; none that another office counted does.

    Parameters
    ----------
    path
        The reconstruction.
    used
        Statements that entered it.
    start, end
        First and last day of the period.
    """
    return _share_of(path, _stated_spans(used, start, end), start, end)


def fixed_share(path: Reconstruction, used: pl.DataFrame, bearing: pl.DataFrame, start: dt.date, end: dt.date) -> float:
    """Return the share of a period's median total that falls on days fixed by all that was published.

    Days stated by figures of the series, as `coverage`, and days whose sum any other statement makes known to
    `FIXED_RATIO`: a bound, a growth rate, another office's count, a related series.

    Parameters
    ----------
    path
        The reconstruction.
    used
        Statements of the series that entered it.
    bearing
        All statements that bear on the total: `period_start`, `period_end`.
    start, end
        First and last day of the period.
    """
    spans = set(_stated_spans(used, start, end))
    inside = (pl.col("period_start") >= start) & (pl.col("period_end") <= end)
    for span in bearing.filter(inside).select("period_start", "period_end").unique().iter_rows():
        lower, upper = np.quantile(path.total(*span), [0.1, 0.9])
        if upper <= FIXED_RATIO * lower:
            spans.add(span)
    return _share_of(path, spans, start, end)


def _stated_spans(used: pl.DataFrame, start: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return the periods of the figures inside a period that state a total in the count of the series."""
    own = pl.col("count").is_null() if "count" in used.columns else pl.lit(True)
    inside = used.filter(
        own
        & pl.col("relation").is_in(FIGURE_RELATIONS)
        & pl.col("measure").is_in(LEVEL_MEASURES)
        & (pl.col("period_start") >= start)
        & (pl.col("period_end") <= end)
    )
    return inside.select("period_start", "period_end").rows()


def _share_of(path: Reconstruction, spans: Iterable[tuple[dt.date, dt.date]], start: dt.date, end: dt.date) -> float:
    """Return the share of a period's median total, which pages print, on the days of spans inside it."""
    whole = float(np.median(path.total(start, end)))
    if whole <= 0:
        return 1.0 if path.zeros_in((start, end)) else 0.0
    fixed = [path.total(*span) for span in _union(spans)]
    return min(1.0, float(np.median(np.sum(fixed, axis=0))) / whole) if fixed else 0.0


def status(share: float, *, as_of: dt.date, month: dt.date) -> str:
    """Return `final`, `revised`, `mostly_published` or `flash` for a period of which a share is stated.

    `final`: all of it. `revised`: a later look at the month. The first look is `mostly_published` with at least half of
    the period stated, else `flash`.
    """
    if share >= 1 - 1e-9:
        return "final"
    if as_of > month_end(month):
        return "revised"
    return "mostly_published" if share >= 0.5 else "flash"


def cumulative(path: Reconstruction, year: int, *, levels: tuple[int, ...]) -> pl.DataFrame:
    """Return the sums from 1 January to each month's end of a year.

    Returns
    -------
    pl.DataFrame
        `year`, `time_period` (first day of the month), `period_end`, `level`, `median`, `lower`, `upper`.
    """
    firsts = [dt.date(year, month, 1) for month in range(1, 13)]
    sums = np.column_stack([path.total(dt.date(year, 1, 1), month_end(first)) for first in firsts])
    return pl.concat(
        pl.DataFrame(
            {
                "year": [year] * 12,
                "time_period": firsts,
                "period_end": [month_end(first) for first in firsts],
                "level": [level] * 12,
                "median": np.median(sums, axis=0),
                "lower": np.quantile(sums, 0.5 - level / 200, axis=0),
                "upper": np.quantile(sums, 0.5 + level / 200, axis=0),
            }
        )
        for level in levels
    )


def _union(periods: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Return the days of all periods as spans that do not overlap, in order."""
    spans: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(periods):
        if spans and start <= spans[-1][1] + dt.timedelta(days=1):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
