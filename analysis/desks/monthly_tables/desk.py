"""From months to a page: the next year, what explains it, and how good such forecasts would have been."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.core.errors import CoverageError, ParameterError, PeriodError
from analysis.core.periods import Edition, add_months
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.desks.monthly_tables.ahead import Ahead, look_ahead
from analysis.desks.monthly_tables.models import Models, fit
from analysis.desks.monthly_tables.regressors import Explanatory
from analysis.desks.monthly_tables.source import Source
from analysis.desks.monthly_tables.sums import order, sums_of
from analysis.estimates.kept_models import kept
from analysis.methods.backtesting import Backtest, backtest
from analysis.methods.structural import Explanation

#: Names of the models as the tables and charts have them.
ENGINE, STRUCTURAL, AIRLINE = "silkport", "structural", "airline"


@dataclass(frozen=True)
class MonthlyTables:
    """What a page says of monthly tables.

    Attributes
    ----------
    edition
        Month of the page, and its data cut-off.
    source
        The months.
    explanatory
        What the models could use.
    horizon, season
        Months ahead; months after which the season repeats.
    order
        Ids in the order of the tables: sums before their parts.
    sums
        `series_id, part_id`; or why nothing is added up.
    ahead
        The months ahead.
    models
        By series.
    record
        Forecasts of the chosen series from past origins; or why there are none.
    """

    edition: Edition
    source: Source
    explanatory: Explanatory
    horizon: int
    season: int
    order: tuple[str, ...]
    sums: pl.DataFrame | Reason
    ahead: Ahead
    models: Mapping[str, Models]
    record: Backtest | Reason

    @property
    def main(self) -> str:
        """The series that is shown in detail."""
        return self.source.series[0]

    @property
    def whole(self) -> str:
        """The first id of the tables: the sum of all, or the first series where nothing is added up."""
        return self.order[0]

    def total(self, series_id: str) -> dict[str, Any]:
        """Return the row of `Ahead.totals` of a series or sum."""
        return self.ahead.totals.row(by_predicate=pl.col("series_id") == series_id, named=True)

    def side_by_side(self) -> pl.DataFrame:
        """Return the forecasts of all models: `series_id, model, time_period, level, median, lower, upper`."""
        columns = ("series_id", "model", "time_period", "level", "median", "lower", "upper")
        tables = []
        for name in self.source.series:
            last = self.source.last(name)
            own = self.ahead.path.filter((pl.col("series_id") == name) & (pl.col("time_period") > last))
            tables.append(own.with_columns(model=pl.lit(ENGINE)).select(columns))
            fits = self.models[name]
            for model, found in ((STRUCTURAL, fits.explanation), (AIRLINE, fits.airline)):
                # The models of a reconstructed path are of the flow a day of opening, which is no monthly figure.
                if not isinstance(found, Reason) and name not in self.source.paths:
                    named = found.ahead.with_columns(series_id=pl.lit(name), model=pl.lit(model))
                    tables.append(named.select(columns))
        return pl.concat(tables)

    def explanations(self) -> dict[str, Explanation]:
        """Return the structural models of the series that have one."""
        found = {name: self.models[name].explanation for name in self.source.series}
        return {name: each for name, each in found.items() if isinstance(each, Explanation)}


def outlook(
    source: Source,
    explanatory: Explanatory,
    *,
    edition: Edition,
    horizon: int = 12,
    season: int = 12,
    years: int = 15,
    origins: int = 3,
    sampling: Sampling | None = None,
) -> MonthlyTables:
    """Return the next months of some series, what explains them, and the record; docs/methods/monthly_tables.md.

    Parameters
    ----------
    source
        The months, as `read` returns them.
    explanatory
        What may explain them, as `regressors.read` returns it.
    edition
        Month of the page.
    horizon, season
        Months ahead; months after which the season repeats, 1 for none.
    years
        Years of history that the structural and the airline model and the adjustments use.
    origins
        Past months from which forecasts are made for the record, a horizon apart; 0 for no record.
    sampling
        Draws and seed.

    Raises
    ------
    ParameterError
        If an option is out of range.
    """
    if years < 1 or origins < 0:
        raise ParameterError(f"{years} years and {origins} origins are no choice. Give at least 1 year, 0 origins.")
    sampling = sampling or Sampling()
    sums = sums_of(source)
    options: dict[str, Any] = {"horizon": horizon, "season": season}
    return MonthlyTables(
        edition=edition,
        source=source,
        explanatory=explanatory,
        horizon=horizon,
        season=season,
        order=tuple(order(source, sums)),
        sums=sums,
        ahead=look_ahead(source, sums, horizon=horizon, season=season, sampling=sampling),
        models={name: fit(source, name, explanatory, years=years, **options) for name in source.series},
        record=_record(source, origins=origins, seed=sampling.seed, **options),
    )


def _record(source: Source, *, horizon: int, season: int, origins: int, seed: int) -> Backtest | Reason:
    """Return the record of the chosen series, forecast together with all that the engine learns from."""
    if source.paths:
        return Reason("reconstructed")
    last = max(source.panel["time_period"])
    past = [add_months(last, -horizon * place) for place in range(origins, 0, -1)]
    if not past:
        return Reason("no_past")

    def make() -> Backtest | Reason:
        try:
            made = backtest(source.panel, horizon=horizon, origins=past, season=season, seed=seed)
        except (CoverageError, PeriodError):
            return Reason("no_past")
        own = made.table.filter(pl.col("series_id").is_in(list(source.series)))
        return Reason("no_past") if own.is_empty() else Backtest(own, made.levels, made.skipped)

    return kept("record", make, source.panel, source.series, horizon, past, season, seed)
