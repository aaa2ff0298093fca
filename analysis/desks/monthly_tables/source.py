"""Where the months come from: a monthly table in a file, or a path of the ledger that was reconstructed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.periods import add_months, month_start
from analysis.core.sampling import Sampling
from analysis.core.suggestions import suggestion
from analysis.estimates import paths
from analysis.methods.forecasting import panel as panels_read
from analysis.methods.reconstruction import Reconstruction
from analysis.runtime.folders import BUNDLED_PANEL, data_folder
from analysis.sources import panels
from analysis.sources.evidence import Known
from analysis.sources.monthly_tables import NAMES, read_names

#: The word in the place of a file that stands for series of the ledger.
LEDGER = "ledger"

#: Most series that one page shows.
MOST_SERIES = 12

#: Draws of a reconstructed path to which models are fitted, unless another number is asked for.
FITTED_DRAWS = 20


@dataclass(frozen=True)
class Source:
    """Months of one to twelve series, as they were known on a day.

    Attributes
    ----------
    known
        What of the data folder was known on that day.
    file
        Name of the file; empty for the bundled border crossings, `ledger` for reconstructed series.
    series
        Their ids, the one that is shown in detail first.
    panel
        `series_id, time_period, obs_value`: all series that the engine learns from, the chosen ones among them; for the
        ledger medians of the months up to the last one stated.
    names
        `monthly_tables.NAMES`: one row a series, in order.
    paths
        The reconstructed path of each series of the ledger; empty for a file.
    fitted_draws
        Number of draws of a path to which models are fitted.
    """

    known: Known
    file: str
    series: tuple[str, ...]
    panel: pl.DataFrame
    names: pl.DataFrame
    paths: Mapping[str, Reconstruction] = field(default_factory=dict)
    fitted_draws: int = FITTED_DRAWS

    @property
    def as_of(self) -> dt.date:
        """The data cut-off."""
        return self.known.as_of

    def months(self, series_id: str) -> pl.DataFrame:
        """Return `time_period, obs_value` of one series."""
        return self.panel.filter(pl.col("series_id") == series_id).drop("series_id")

    def last(self, series_id: str) -> dt.date:
        """Return the last month of a series with a figure, or with a statement about it."""
        last: dt.date = max(self.months(series_id)["time_period"])
        return last

    def samples(self, series_id: str, *, years: int) -> list[pl.DataFrame]:
        """Return the last years of a series: one table of its figures, or one a draw of the flow a day of opening.

        Parameters
        ----------
        series_id, years
            Which series, and how many years of it.
        """
        last = self.last(series_id)
        first = add_months(last, 1 - 12 * years)
        recent = pl.col("time_period").is_between(first, last)
        if series_id not in self.paths:
            return [self.months(series_id).filter(recent)]
        path = self.paths[series_id]
        rates = daily_rates(path)
        chosen = np.linspace(0, len(rates) - 1, min(self.fitted_draws, len(rates))).round().astype(int)
        months = pl.DataFrame({"time_period": path.months})
        drawn = (months.with_columns(obs_value=pl.Series(rates[row]).fill_nan(None)) for row in chosen)
        return [each.filter(recent & (pl.col("obs_value") > 0)) for each in drawn]


def read(
    known: Known,
    *,
    file: str = "",
    series: str,
    learn_from: str = "",
    names_file: str = "",
    days_to_publish: int = 31,
    horizon: int = 12,
    sampling: Sampling | None = None,
    fitted_draws: int = FITTED_DRAWS,
) -> Source:
    """Return the months of some series, as they were known by the cut-off.

    Parameters
    ----------
    known
        What of the data folder was known by the day.
    file
        A CSV or Parquet file in `data/`, or a full path; empty for the bundled border crossings of the United States;
        `ledger` for series of the ledger, whose months are reconstructed.
    series
        One to twelve ids, separated by commas.
    learn_from
        How the ids of the series end from which the engine learns; all of the file if empty.
    names_file
        What the series are called (`monthly_tables.NAMES`), in `data/` or a full path; their ids if empty.
    days_to_publish
        Days after the end of a month on which its figure is known.
    horizon
        Months ahead to which a path of the ledger is drawn.
    sampling
        Draws and seed of a path of the ledger.
    fitted_draws
        How many of them models are fitted to.

    Raises
    ------
    InputError, CoverageError
        If a file cannot be read; if a series is not in it, or has no month by then.
    ParameterError
        If there is no series, or more than twelve.
    EvidenceError
        If nothing usable is known about a series of the ledger.
    """
    chosen = tuple(dict.fromkeys(name.strip() for name in series.split(",") if name.strip()))
    if not 1 <= len(chosen) <= MOST_SERIES:
        raise ParameterError(f"A page shows 1 to {MOST_SERIES} series, and {len(chosen)} are named. Name fewer.")
    named = read_names(data_folder() / names_file) if names_file else pl.DataFrame(schema=NAMES)
    if file == LEDGER:
        return _from_ledger(known, chosen, named, horizon, sampling or Sampling(), fitted_draws)
    path = data_folder() / file if file else BUNDLED_PANEL
    table = _known_months(path, known.as_of, days_to_publish)
    _require_series(table, chosen, path, known.as_of)
    kept = pl.col("series_id").str.ends_with(learn_from) | pl.col("series_id").is_in(list(chosen))
    return Source(known, file, chosen, table.filter(kept), _names_of(chosen, named))


def daily_rates(path: Reconstruction) -> np.ndarray:
    """Return draws of the flow a day of opening, draws by months; NaN where no day was open."""
    days = np.max([each.open for each in path.days], axis=0)
    rates: np.ndarray = np.divide(path.draws, days, out=np.full_like(path.draws, np.nan), where=days > 0)
    return rates


def _known_months(path: Path, as_of: dt.date, days_to_publish: int) -> pl.DataFrame:
    """Return the rows of a file whose months had been published by a day."""
    with panels.opened(path) as raw:
        table = panels_read.read(raw).table
    published = pl.col("time_period").dt.month_end() + pl.duration(days=days_to_publish)
    return table.filter(published <= as_of)


def _require_series(table: pl.DataFrame, chosen: tuple[str, ...], path: Path, as_of: dt.date) -> None:
    """Refuse a series that is not in the file, or has no month by then."""
    known = table["series_id"].unique().sort().to_list()
    for name in chosen:
        if name not in known:
            raise CoverageError(
                f"{path.name} has no series {name!r} with figures by {as_of}. {suggestion(name, known)}"
            )


def _names_of(chosen: tuple[str, ...], named: pl.DataFrame) -> pl.DataFrame:
    """Return one row of names a series, its id where the file has none."""
    ids = pl.DataFrame({"series_id": chosen}, schema={"series_id": pl.String})
    table = ids.join(named, on="series_id", how="left", maintain_order="left", validate="1:1")
    return table.with_columns(pl.coalesce(name, "series_id").alias(name) for name in ("name", "name_zh"))


def _from_ledger(
    known: Known, chosen: tuple[str, ...], named: pl.DataFrame, horizon: int, sampling: Sampling, fitted_draws: int
) -> Source:
    """Return reconstructed series, each up to the last month about which anything was stated."""
    drawn, tables = {}, []
    for name in chosen:
        last = _last_stated(known, name)
        path = paths.reconstruct(known, name, end=add_months(last, horizon), sampling=sampling)
        months = path.at(sampling.levels[0], "M").filter(pl.col("time_period") <= last)
        tables.append(months.select("series_id", "time_period", obs_value="median"))
        drawn[name] = path
    table = pl.concat(tables)
    return Source(known, LEDGER, chosen, table, _names_of(chosen, named), drawn, fitted_draws)


def _last_stated(known: Known, series_id: str) -> dt.date:
    """Return the last month that a usable statement about a series covers."""
    last = known.usable.filter(pl.col("series_id") == series_id)["period_end"].max()
    if not isinstance(last, dt.date):
        raise CoverageError(
            f"The ledger has no usable statement about {series_id!r} by {known.as_of}. "
            f"{suggestion(series_id, known.usable['series_id'].unique().sort().to_list())}"
        )
    return month_start(last)
