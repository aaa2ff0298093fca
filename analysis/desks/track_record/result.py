"""The record of both, as one page shows it."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.periods import Edition
from analysis.desks.track_record.engine import LEVELS
from analysis.methods.backtesting import Backtest
from analysis.sources.evidence import Known
from analysis.sources.places import Places

ENGINE, NAIVE = "silkport", "seasonal naive"
EDITIONS, PACE = "earlier editions", "pace carried on"


@dataclass(frozen=True)
class ForecastRecord:
    """How good forecasts were.

    Attributes
    ----------
    edition, known
        Month of the page, and what was known by its data cut-off.
    scores
        `backtesting` means by model: `n, mase, rmsse, sql, crps, coverage_80, ...`.
    regimes, horizons
        The same by what was known at the origin, and by months ahead.
    coverage
        `model, level, coverage`: nominal percent, and the share of months inside.
    pit
        `model, bin, n, share`: how often what came fell into each tenth of the forecast distribution.
    origins
        Last known months of the backtest.
    editions
        `editions.SCHEMA`: what earlier editions said of later figures.
    held_out
        As `held_out.held_out` returns it: figures that the reconstruction was not shown.
    """

    edition: Edition
    known: Known
    scores: pl.DataFrame
    regimes: pl.DataFrame
    horizons: pl.DataFrame
    coverage: pl.DataFrame
    pit: pl.DataFrame
    origins: tuple[dt.date, ...]
    editions: pl.DataFrame
    held_out: pl.DataFrame

    @property
    def as_of(self) -> dt.date:
        """The data cut-off."""
        return self.known.as_of

    @property
    def places(self) -> Places:
        """The registers of places, for names."""
        return self.known.places

    def score(self, model: str, name: str) -> float:
        """Return one score of a model, such as `record.score("silkport", "mase")`."""
        return float(self.scores.filter(pl.col("model") == model)[name][0])

    def inside(self, level: int) -> int:
        """Return how many later figures lay within the interval of an earlier edition, 80 or 95%."""
        low, high = pl.col(f"lower{level}"), pl.col(f"upper{level}")
        return int(self.editions.select(pl.col("actual").is_between(low, high).sum()).item())

    def relative_errors(self) -> pl.DataFrame:
        """Return `model, n, error`: the mean absolute relative error of earlier editions and of the baseline.

        Over the figures for which both say something.
        """
        both = self.editions.drop_nulls("baseline")
        return pl.concat(
            both.select(
                model=pl.lit(model),
                n=pl.len(),
                error=((pl.col("actual") - pl.col(column)) / pl.col("actual")).abs().mean(),
            )
            for model, column in ((EDITIONS, "median"), (PACE, "baseline"))
        )


def record(
    backtest: Backtest, editions: pl.DataFrame, held_out: pl.DataFrame, *, edition: Edition, known: Known
) -> ForecastRecord:
    """Join the record of the engine with those of earlier editions and of figures held out.

    Parameters
    ----------
    backtest, editions, held_out
        As `engine`, `editions` and `held_out` return them.
    edition, known
        Month of the page, and what was known by its data cut-off.
    """
    scores = backtest.summary()
    covered = scores.unpivot(
        [f"coverage_{level}" for level in LEVELS], index="model", variable_name="level", value_name="coverage"
    )
    return ForecastRecord(
        edition=edition,
        known=known,
        scores=scores,
        regimes=backtest.summary("regime"),
        horizons=backtest.summary("horizon"),
        coverage=covered.with_columns(pl.col("level").str.strip_prefix("coverage_").cast(pl.Int64)),
        pit=backtest.pit_histogram(),
        origins=tuple(backtest.table["origin"].unique().sort()),
        editions=editions,
        held_out=held_out,
    )
