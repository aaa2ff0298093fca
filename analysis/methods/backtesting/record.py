"""The record: forecast a panel from past origins and score the forecasts against the outcomes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import polars.selectors as cs

from analysis.core.errors import CoverageError, PeriodError
from analysis.core.frequency import Frequency, frequency_of
from analysis.core.shown import Shown, count
from analysis.methods import forecasting
from analysis.methods.backtesting.naive import seasonal_naive
from analysis.methods.backtesting.scores import score_months, summarise
from analysis.methods.forecasting import panel as panels

#: Levels whose bounds are the percentiles 1 to 99 but the median: CRPS, PIT and decile losses are taken from them.
GRID = tuple(range(2, 100, 2))

#: The panel's surprise (its recent errors over the usual ones) from which an origin counts as just after a shock.
SHOCK = 1.5

#: Number of origins, a horizon apart, where none are given.
DEFAULT_ORIGINS = 3


@dataclass(frozen=True, repr=False)
class Backtest(Shown):
    """A rolling-origin record.

    Attributes
    ----------
    table
        One row a model, origin, series and month: `model, origin, horizon, regime, series_id, time_period, actual,
        median, error` (actual less median), scores scaled by the history before the origin (`mase, rmsse, sql, crps`),
        `pit`, and `inside` and `winkler` by level. `regime` is the state of the panel at the origin: `after a shock`
        where the panel's errors of the last months were 1.5 times the usual ones.
    levels
        Interval levels in percent.
    skipped
        Origin and series to the sentence that says why there is no forecast.
    """

    table: pl.DataFrame
    levels: tuple[int, ...]
    skipped: dict[tuple[dt.date, str], str]

    def at(self, level: int) -> pl.DataFrame:
        """Return one row a model, origin, series and month with `inside` and `winkler` of one level."""
        kept = ("model", "origin", "horizon", "series_id", "time_period", "actual", "median", "error")
        return self.table.select(
            *kept, inside=pl.col(f"inside_{level}"), winkler=pl.col(f"winkler_{level}"), level=pl.lit(level)
        )

    def describe(self) -> str:
        """Return `Record of 73 series from 3 origins, MASE 0.75 beside 0.86 of seasonal naive`."""
        scores = dict(self.summary().select("model", "mase").iter_rows())
        own, naive = scores.get("silkport"), scores.get("seasonal naive")
        beside = f", MASE {own:.3f} beside {naive:.3f} of seasonal naive" if own and naive else ""
        ids, origins = self.table["series_id"].n_unique(), self.table["origin"].n_unique()
        return f"Record of {ids:,} series from {count(origins, 'origin', 'origins')}{beside}"

    def preview(self) -> pl.DataFrame:
        """Return the scores of each model."""
        return self.summary()

    def summary(self, *by: str) -> pl.DataFrame:
        """Return the mean scores of each model, or of each group: `origin`, `horizon`, `regime`, `series_id`.

        Scores are means over series first, so that each series counts alike; coverage is over all months.
        """
        scores = summarise(self.table, levels=self.levels, by=by)
        # The order in which a processor adds up decides digits that mean nothing.
        return scores.with_columns(cs.float().round_sig_figs(6))

    def pit_histogram(self, *, bins: int = 10) -> pl.DataFrame:
        """Return the share of PIT values in equal bins by model; each is 1 / bins if calibrated."""
        binned = self.table.with_columns(bin=(pl.col("pit") * bins).floor().clip(0, bins - 1).cast(pl.Int64))
        counts = binned.group_by("model", "bin").agg(pl.len().alias("n"))
        return counts.with_columns(share=pl.col("n") / pl.col("n").sum().over("model")).sort("model", "bin")


def backtest(
    panel: pl.DataFrame,
    *,
    horizon: int,
    origins: Sequence[dt.date] = (),
    levels: tuple[int, ...] = (80, 95),
    season: int = 12,
    seed: int = 1,
) -> Backtest:
    """Forecast a panel from past origins, each with nothing but the months up to it, beside seasonal naive.

    Parameters
    ----------
    panel
        As for `forecasting.forecast`.
    horizon, levels, season, seed
        As for `forecasting.forecast`.
    origins
        Last known periods; if none are given, three, a horizon apart, the last one a horizon before the end. Of these,
        one that the panel is too short for is left out and named in `skipped`.

    Raises
    ------
    PeriodError
        If nothing is known up to an origin, or nothing after it.
    CoverageError
        If the panel is too short for any of the default origins.
    """
    frequency = frequency_of(season)
    rows = panels.read(panel, frequency=frequency).table
    tables: list[pl.DataFrame] = []
    skipped: dict[tuple[dt.date, str], str] = {}
    for origin in _periods(origins, frequency) or _origins(rows, horizon, frequency):
        try:
            scored, reasons = _from_origin(rows, origin, horizon, levels, season, seed)
        except (CoverageError, PeriodError) as problem:
            if origins:
                raise
            why = "no series has a figure in it" if isinstance(problem, PeriodError) else str(problem)
            skipped[origin, ""] = f"nothing is judged, as the panel is too short for this default origin ({why})."
            continue
        tables.append(scored)
        skipped.update({(origin, name): reason for name, reason in reasons.items()})
    if not tables:
        first, last = min(rows["time_period"]), max(rows["time_period"])
        raise CoverageError(
            f"The panel covers {frequency.label(first)} to {frequency.label(last)}, which is too short to judge "
            f"forecasts of {horizon} {frequency.unit}s. Shorten the horizon, or add earlier {frequency.unit}s."
        )
    return Backtest(_rounded(pl.concat(tables)), levels, skipped)


def _rounded(table: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with what was computed cut to significant digits; outcomes are kept as published."""
    # Beyond ten digits there is only how a computer writes fractions, such as 537.4099999999962.
    return table.with_columns(cs.float().exclude("actual").round_sig_figs(10))


def _periods(days: Sequence[dt.date], frequency: Frequency) -> list[dt.date]:
    """Return the first days of the periods of some days."""
    return pl.Series(days, dtype=pl.Date).to_frame("day").select(frequency.start(pl.col("day")))["day"].to_list()


def _origins(rows: pl.DataFrame, horizon: int, frequency: Frequency) -> list[dt.date]:
    """Return the default origins."""
    last = rows["time_period"].max()
    assert isinstance(last, dt.date)
    return [frequency.add(last, -horizon * count) for count in range(DEFAULT_ORIGINS, 0, -1)]


def _from_origin(
    rows: pl.DataFrame, origin: dt.date, horizon: int, levels: tuple[int, ...], season: int, seed: int
) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return the scored forecasts from one origin, and the reasons of the series without one."""
    frequency = frequency_of(season)
    history = rows.filter(pl.col("time_period") <= origin)
    alive = history.filter((pl.col("time_period").max() == origin).over("series_id"))
    future = pl.col("time_period").is_between(origin, frequency.add(origin, horizon), closed="right")
    actual = rows.filter(future).join(alive.select("series_id").unique(), on="series_id", how="semi")
    if alive.is_empty() or actual.is_empty():
        side = "in" if alive.is_empty() else "after"
        raise PeriodError(
            f"No series is observed {side} {frequency.label(origin)}, so nothing can be judged. Take another origin."
        )
    all_levels = tuple(sorted({*GRID, *levels}))
    try:
        forecast = forecasting.forecast(alive, horizon=horizon, levels=all_levels, season=season, seed=seed)
    except CoverageError as problem:
        raise CoverageError(f"Up to {frequency.label(origin)}: {problem}") from None
    known = alive.filter(~pl.col("series_id").is_in(pl.Series(list(forecast.skipped), dtype=pl.String).implode()))
    regime = "after a shock" if forecast.learnt.surprise.get(frequency.number(origin), 1.0) >= SHOCK else "calm"
    columns = ("series_id", "time_period", "level", "median", "lower", "upper")
    models = {
        "silkport": forecast.table.select(columns),
        "seasonal naive": seasonal_naive(known, horizon=horizon, levels=all_levels, season=season, last=origin),
    }
    scored = [
        score_months(table, actual, known, season=season, levels=levels).select(
            pl.lit(model).alias("model"), pl.lit(origin).alias("origin"), pl.lit(regime).alias("regime"), pl.all()
        )
        for model, table in models.items()
    ]
    return pl.concat(scored), forecast.skipped
