"""The record of the forecasting engine on the bundled border crossings."""

import datetime as dt

import polars as pl

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.periods import add_months
from analysis.core.suggestions import suggestion
from analysis.estimates.kept_models import kept
from analysis.methods.backtesting import Backtest, backtest

#: Levels at which coverage is shown, percent.
LEVELS = (20, 40, 60, 80, 95)


def engine(panel: pl.DataFrame, *, measure: str, origins: list[dt.date], horizon: int = 12, seed: int = 1) -> Backtest:
    """Forecast one measure of a panel from past origins, beside seasonal naive.

    Parameters
    ----------
    panel
        `unique_id` (port and measure, with a bar between), `ds`, `y`, as `panels.read` returns it.
    measure
        What stands behind the bar, such as `trucks`.
    origins
        Last known months.
    horizon, seed
        As in `forecasting.forecast`.

    Raises
    ------
    CoverageError
        If the panel has no such measure.
    """
    chosen = panel.filter(pl.col("unique_id").str.ends_with(f"|{measure}"))
    if chosen.is_empty():
        known = panel["unique_id"].str.split("|").list.last().unique().sort()
        raise CoverageError(f"The panel has no measure {measure!r}. {suggestion(measure, known)}")

    def make() -> Backtest:
        return backtest(chosen, horizon=horizon, origins=origins, levels=LEVELS, seed=seed)

    return kept("record of a measure", make, chosen, horizon, origins, LEVELS, seed)


def origins(first: dt.date, *, every: int, count: int) -> list[dt.date]:
    """Return so many months, so many months apart.

    Raises
    ------
    ParameterError
        If there is none.
    """
    if every < 1 or count < 1:
        raise ParameterError(f"{count} origins every {every} months are none. Ask for at least one of each.")
    return [add_months(first, every * place) for place in range(count)]
