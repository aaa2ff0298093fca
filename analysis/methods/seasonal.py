"""Seasonal adjustment of a complete monthly series: X-13ARIMA-SEATS where it is installed, STL where it is not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import ndtri

from analysis.core import monthly
from analysis.core.errors import CoverageError, ParameterError
from analysis.core.path_table import significant
from analysis.core.shown import ROWS, Shown, count
from analysis.core.suggestions import suggestion
from analysis.methods.rubin import combine
from analysis.runtime import x13

METHODS = ("auto", "x13", "stl")

#: Fewest seasons of a series: with fewer neither method tells season from trend, and the series is refused.
FEWEST_SEASONS = 3

#: The season of which X-13's specification speaks, in months.
YEAR = 12

_REMEDY = "Use structural.explain, which bridges gaps, or the components of a reconstruction; fill no gap by hand."
_ABOVE_ZERO = "Adjust the sum of several ports, or a span in which the port was open."

#: The airline model with X-11 filters: what statistical offices start from.
_SPECIFICATION = """series{{ title="s" start={start} period=12 data=(
{data}
) }}
transform{{ function=log }}
{regression}arima{{ model=(0 1 1)(0 1 1) }}
{outlier}estimate{{ tol=1e-10 maxiter=5000 }}
forecast{{ maxlead=12 }}
x11{{ mode=mult save=(d11 d12 d13 d16) }}
"""


@dataclass(frozen=True, repr=False)
class Adjustment(Shown):
    """A seasonally adjusted series.

    Attributes
    ----------
    table
        `time_period, obs_value, adjusted, trend, seasonal, irregular`: figures, adjusted figures and trend in the
        unit of the series, seasonal factor (with that of the regressors) and irregular around 1. The figure is adjusted
        times seasonal. Of several draws combined also `std_error`, of the log of the adjusted figures.
    method
        `X-13ARIMA-SEATS` or `STL`.
    diagnostics
        `name, value`: of X-13 the coefficients of the airline model, the effects of the regressors with their standard
        errors, AICC, M7 (below 1: the season can be identified) and Q (below 1: acceptable); of STL the share of the
        variance of the detrended logs that the season explains.
    """

    table: pl.DataFrame
    method: str
    diagnostics: pl.DataFrame

    def at(self, level: int) -> pl.DataFrame:
        """Return `time_period, obs_value, adjusted, lower, upper`; bounds only of several draws combined."""
        error = pl.col("std_error") if "std_error" in self.table.columns else pl.lit(None, pl.Float64)
        half = (float(ndtri(0.5 + level / 200)) * error).exp()
        return self.table.select(
            "time_period", "obs_value", "adjusted", lower=pl.col("adjusted") / half, upper=pl.col("adjusted") * half
        )

    def describe(self) -> str:
        """Return `Seasonal adjustment by STL of 144 months to 2025-02`."""
        months = self.table["time_period"]
        return f"Seasonal adjustment by {self.method} of {count(len(months), 'month', 'months')} to {months[-1]:%Y-%m}"

    def preview(self) -> pl.DataFrame:
        """Return the last months."""
        return self.table.tail(ROWS)


def adjust(
    series: pl.DataFrame,
    *,
    method: str = "auto",
    regressors: pl.DataFrame | None = None,
    outliers: bool = True,
    season: int = YEAR,
) -> Adjustment:
    """Take the season out of one complete monthly series.

    Parameters
    ----------
    series
        `time_period`, `obs_value`, as `monthly.make_gaps_explicit` takes it; above zero in every month.
    method
        `x13`, `stl`, or `auto`: X-13 where it is installed.
    regressors
        `time_period` and one column a regressor, such as centred Spring Festival windows, for all months and the
        twelve after them: their effects leave with the season. X-13 only.
    outliers
        Whether X-13 looks for outliers and level shifts, and STL fits robustly.
    season
        Months after which the season repeats; X-13 takes only 12 here.

    Returns
    -------
    Adjustment
        Values cut to six significant digits.

    Raises
    ------
    CoverageError
        If a month is missing, or there are less than `FEWEST_SEASONS` seasons.
    InputError
        If the table is no single monthly series, or a figure is zero or below.
    ParameterError
        If the method is unknown, or cannot take the regressors or the season.
    EvidenceError
        If X-13 refuses the series.
    ExtraError
        If X-13 is asked for and not installed.

    References
    ----------
    US Census Bureau (2017), X-13ARIMA-SEATS Reference Manual, version 1.1.
    Cleveland, R. B. et al. (1990), STL: a seasonal-trend decomposition procedure based on loess, J. Official
    Statistics 6, 3-73.
    """
    if method not in METHODS:
        raise ParameterError(f"There is no seasonal adjustment {method!r}. {suggestion(method, METHODS)}")
    months = _complete_months(series, season)
    if method == "x13" and season != YEAR:
        raise ParameterError(f"X-13 is specified for a season of {YEAR} months, not of {season}. Take STL.")
    if method == "x13" or (method == "auto" and season == YEAR and x13.program_path() is not None):
        return _x13(months, regressors, outliers=outliers)
    if regressors is not None:
        raise ParameterError("STL takes no regressors. Install the extra x13 of silkport, or leave them out.")
    return _stl(months, robust=outliers, season=season)


def _complete_months(series: pl.DataFrame, season: int) -> pl.DataFrame:
    """Return the months of a series; one that no method can adjust is refused."""
    months = monthly.make_gaps_explicit(series)
    monthly.refuse_gaps(months, what="Seasonal adjustment", remedy=_REMEDY)
    monthly.refuse_non_positive(months, what="Seasonal adjustment", remedy=_ABOVE_ZERO)
    if season < 2 or len(months) < season * FEWEST_SEASONS:
        raise CoverageError(
            f"Seasonal adjustment needs {FEWEST_SEASONS} seasons of at least 2 months, and the series has "
            f"{len(months)} months for a season of {season}. Give a longer one."
        )
    return months


def combine_adjustments(adjustments: Sequence[Adjustment]) -> Adjustment:
    """Combine the adjustments of several draws of a reconstructed path by Rubin's rules.

    Parameters
    ----------
    adjustments
        One a draw, of the same months and by one method.

    Returns
    -------
    Adjustment
        Geometric means over the draws, with `std_error` of the log of the adjusted figures: an adjustment has no
        variance of its own, so all of it comes from what was not observed. Diagnostics are medians.

    Raises
    ------
    ParameterError
        If there are fewer than two draws.
    """
    first = adjustments[0]
    logs = {
        name: np.stack([np.log(each.table[name].to_numpy()) for each in adjustments])
        for name in ("obs_value", "adjusted", "trend", "seasonal", "irregular")
    }
    spread = combine(logs["adjusted"], np.zeros_like(logs["adjusted"])).std_error
    means = [pl.Series(name, significant(np.exp(values.mean(axis=0)))) for name, values in logs.items()]
    values = np.stack([each.diagnostics["value"].to_numpy() for each in adjustments])
    return Adjustment(
        first.table.with_columns(*means, pl.Series("std_error", significant(spread))),
        first.method,
        first.diagnostics.with_columns(pl.Series("value", significant(np.median(values, axis=0)))),
    )


def _x13(months: pl.DataFrame, regressors: pl.DataFrame | None, *, outliers: bool) -> Adjustment:
    """Adjust by X-13: airline model of the logs, multiplicative X-11."""
    start = months["time_period"][0]
    specification = _SPECIFICATION.format(
        start=f"{start:%Y}.{start:%m}",
        data="\n".join(f"{value:.12g}" for value in months["obs_value"]),
        regression="" if regressors is None else _regression(months, regressors),
        outlier="outlier{ types=(ao ls) }\n" if outliers else "",
    )
    tables, udg = x13.run(specification, ("d11", "d12", "d13", "d16"))
    table = months.with_columns(
        pl.Series(name, significant(tables[suffix]))
        for name, suffix in (("adjusted", "d11"), ("trend", "d12"), ("seasonal", "d16"), ("irregular", "d13"))
    )
    return Adjustment(table, "X-13ARIMA-SEATS", _x13_diagnostics(udg, () if regressors is None else regressors.columns))


def _regression(months: pl.DataFrame, regressors: pl.DataFrame) -> str:
    """Return the part of a specification that holds regressors of holidays, through the twelve months ahead."""
    periods = pl.date_range(
        months["time_period"][0], months["time_period"].dt.offset_by("12mo")[-1], "1mo", eager=True
    ).alias("time_period")
    table = periods.to_frame().join(regressors, on="time_period", how="left", maintain_order="left", validate="1:1")
    absent = table.filter(pl.any_horizontal(pl.all().is_null()))
    if len(absent):
        raise CoverageError(
            f"The regressors say nothing about {absent['time_period'][0]:%Y-%m}. "
            "Give the months of the series and twelve more."
        )
    names = [f"r{place}" for place in range(table.width - 1)]
    rows = (" ".join(f"{value:.9g}" for value in row[1:]) for row in table.iter_rows())
    return (
        f"regression{{ user=({' '.join(names)}) usertype=holiday start={periods[0]:%Y}.{periods[0]:%m} data=(\n"
        + "\n".join(rows)
        + "\n) }\n"
    )


def _x13_diagnostics(udg: dict[str, str], columns: "tuple[str, ...] | list[str]") -> pl.DataFrame:
    """Return coefficients, effects and quality measures from the `udg` file of X-13."""
    wanted = {
        "ma1": "MA$Nonseasonal$01$01", "sma12": "MA$Seasonal$12$12", "aicc": "aicc", "M7": "f3.m07", "Q": "f3.q",
    }  # fmt: skip
    rows = [(name, float(udg[key].split()[0])) for name, key in wanted.items() if key in udg]
    for place, name in enumerate(column for column in columns if column != "time_period"):
        effect = next(words for key, words in udg.items() if key.lower().endswith(f"$r{place}"))
        estimate, std_error = (float(part) for part in effect.split()[:2])
        rows += [(name, estimate), (f"{name}, standard error", std_error)]
    return _named(rows)


def _stl(months: pl.DataFrame, *, robust: bool, season: int) -> Adjustment:
    """Adjust by STL of the logs."""
    from statsmodels.tsa.seasonal import STL  # only where it is used: statsmodels loads slowly

    figures = np.log(months["obs_value"].to_numpy())
    parts = STL(figures, period=season, robust=robust).fit()
    factors, trend, rest = np.asarray(parts.seasonal), np.asarray(parts.trend), np.asarray(parts.resid)
    table = months.with_columns(
        pl.Series(name, significant(np.exp(values)))
        for name, values in (
            ("adjusted", figures - factors), ("trend", trend), ("seasonal", factors), ("irregular", rest),
        )
    )  # fmt: skip
    strength = max(0.0, 1 - float(np.var(rest)) / float(np.var(factors + rest)))
    return Adjustment(table, "STL", _named([("season's share of the detrended variance", strength)]))


def _named(rows: list[tuple[str, float]]) -> pl.DataFrame:
    """Return diagnostics as a table of names and values."""
    table = pl.DataFrame(rows, schema={"name": pl.String, "value": pl.Float64}, orient="row")
    return table.with_columns(pl.Series("value", significant(table["value"].to_numpy())))
