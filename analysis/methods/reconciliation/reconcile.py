"""The entry: from draws of separate forecasts to draws that add up over ports, modes, region, months and years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import CoverageError, InputError
from analysis.core.path_table import PATH_SCHEMA, significant
from analysis.methods.reconciliation.coupling import couple
from analysis.methods.reconciliation.covariance import shrunk_correlation
from analysis.methods.reconciliation.hierarchy import Hierarchy, hierarchy
from analysis.methods.reconciliation.projection import project

#: Least standard deviation of a forecast, as a share of the largest of its month: no forecast is certain, and the
#: covariance needs an inverse.
_LEAST_SD = 1e-6

_KEY = ("series_id", "time_period", "draw")


@dataclass(frozen=True)
class Reconciled:
    """Forecasts that add up.

    Attributes
    ----------
    path
        `path_table.PATH_SCHEMA`, with months, and the years that the known months and the forecast fill together.
        The means add up; medians and bounds do not.
    draws
        `series_id, time_period, draw, obs_value`: months; in each draw the parts add up to each sum.
    adjustments
        `series_id, time_period, base_mean, mean`: the mean of each forecast by itself, and after reconciliation.
    """

    path: pl.DataFrame
    draws: pl.DataFrame
    adjustments: pl.DataFrame


def reconcile(
    draws: pl.DataFrame,
    sums: pl.DataFrame,
    *,
    errors: pl.DataFrame,
    known: pl.DataFrame | None = None,
    levels: Sequence[int] = (80, 95),
    seed: int = 1,
) -> Reconciled:
    """Make forecasts of parts and sums add up, draw by draw, with nothing below zero.

    Parameters
    ----------
    draws
        `series_id, time_period, draw, obs_value`: draws of the monthly forecast of every series that `sums` names,
        over the same months and numbers of draws.
    sums
        `series_id, part_id`, as `hierarchy` takes it.
    errors
        `series_id, time_period, error`: errors of past forecasts of every series at the same periods, from a backtest
        or `errors_of_last_year`. Only how they go together is used: the spread is that of the draws.
    known
        `series_id, time_period, obs_value`: months of the parts before the forecast, for years that have begun; the
        months of the sums are made from them.
    levels, seed
        Interval levels in percent; seed of the order in which draws are joined.

    Raises
    ------
    InputError, CoverageError
        If the sums are no hierarchy, or a series, month, draw or error is absent.

    References
    ----------
    Wickramasuriya, S. L., Athanasopoulos, G. and Hyndman, R. J. (2019), Optimal forecast reconciliation for
    hierarchical and grouped time series through trace minimization, JASA 114, 804-819.
    Panagiotelis, A. et al. (2023), Probabilistic forecast reconciliation, EJOR 306, 693-706.
    """
    tree = hierarchy(sums)
    months, base = _draws_array(draws, tree)
    correlation = shrunk_correlation(_errors_array(errors, tree))
    joined = couple(base, correlation, seed=seed)
    parts = np.stack([_reconcile_month(joined[:, month], tree, correlation) for month in range(len(months))], axis=1)
    values = np.einsum("sp,pmd->smd", tree.S, significant(parts))
    means = tree.S @ significant(parts.mean(axis=2))
    monthly = _path(values, means, _keys(tree, months), "M", levels)
    years, totals = _years(values, tree, months, known)
    _, annual_means = _years(means[:, :, None], tree, months, known)
    annual = _path(totals, annual_means, _keys(tree, years), "A", levels)
    return Reconciled(
        path=pl.concat([monthly, annual]),
        draws=_draws_table(values, tree, months),
        adjustments=_adjustments(base, values, tree, months),
    )


def long_draws(path: pl.DataFrame, draws: Mapping[str, np.ndarray]) -> pl.DataFrame:
    """Return draws as `reconcile` takes them.

    Parameters
    ----------
    path
        Months of each series, as the table of `forecasting.forecast` has them.
    draws
        `series_id` to draws by months ahead.

    Returns
    -------
    DataFrame
        `series_id, time_period, draw, obs_value`.
    """
    months = path.select("series_id", "time_period").unique().sort("series_id", "time_period")
    frames = []
    for (name,), rows in months.group_by("series_id", maintain_order=True):
        values = draws[str(name)]
        numbers = pl.DataFrame({"draw": np.arange(len(values))})
        frames.append(
            numbers.join(rows, how="cross", maintain_order="left_right").with_columns(
                obs_value=pl.Series(values.ravel())
            )
        )
    return pl.concat(frames).select(*_KEY, "obs_value")


def errors_of_last_year(panel: pl.DataFrame) -> pl.DataFrame:
    """Return the errors that last year's months make as forecasts, where no backtest is at hand.

    Parameters
    ----------
    panel
        `series_id, time_period, obs_value`, complete.

    Returns
    -------
    DataFrame
        `series_id, time_period, error`: the month less the same month a year before.
    """
    earlier = panel.with_columns(pl.col("time_period").dt.offset_by("1y"))
    both = panel.join(earlier, on=["series_id", "time_period"], suffix="_earlier", validate="1:1")
    return both.select("series_id", "time_period", error=pl.col("obs_value") - pl.col("obs_value_earlier"))


def _draws_array(draws: pl.DataFrame, tree: Hierarchy) -> tuple[pl.Series, np.ndarray]:
    """Return the months, and the draws by series of the tree, month and draw."""
    tree.check(draws["series_id"].unique().to_list(), what="The draws")
    table = draws.filter(pl.col("series_id").is_in(list(tree.series)))
    _refuse_not_finite(table, "obs_value", "a draw", "Draw again, from a panel whose values are numbers.")
    months, numbers = table["time_period"].unique().sort(), table["draw"].unique().sort()
    shape = (len(tree.series), len(months), len(numbers))
    if len(table) != np.prod(shape) or table.select(_KEY).is_duplicated().any():
        counted = table.group_by("series_id").len().sort("len", "series_id").row(0)
        raise CoverageError(
            f"The series {counted[0]} has {counted[1]} draws, not one for each of {shape[1]} months and {shape[2]} "
            "numbers of draws. Draw all series over the same months."
        )
    order = pl.DataFrame({"series_id": tree.series}).with_row_index("place")
    table = table.join(order, on="series_id", validate="m:1").sort("place", "time_period", "draw")
    return months, table["obs_value"].to_numpy().reshape(shape).astype(float)


def _errors_array(errors: pl.DataFrame, tree: Hierarchy) -> np.ndarray:
    """Return errors by series of the tree and period, of the periods that all series have."""
    tree.check(errors["series_id"].unique().to_list(), what="The errors")
    table = errors.filter(pl.col("series_id").is_in(list(tree.series)))
    remedy = "Leave the period out, or make the forecast that it judges again."
    _refuse_not_finite(table.drop_nulls("error"), "error", "an error", remedy)
    wide = table.pivot("series_id", index="time_period", values="error")
    complete = wide.sort("time_period").select(tree.series).drop_nulls()
    if len(complete) < 3:
        raise CoverageError(
            f"Only {len(complete)} periods have an error of every series, and 3 are the least that show how they go "
            "together. Backtest all series at the same origins."
        )
    return complete.to_numpy().T


def _refuse_not_finite(table: pl.DataFrame, column: str, what: str, remedy: str) -> None:
    """Raise if a value is absent, no number or infinite, and name its series and month."""
    number = pl.col(column).cast(pl.Float64)
    bad = table.filter(~number.is_finite().fill_null(False)).sort("series_id", "time_period")
    if not bad.is_empty():
        row = bad.row(0, named=True)
        raise InputError(
            f"{row['series_id']} has {what} of {row[column]} in {row['time_period']:%Y-%m}, which is no finite number. "
            f"{remedy}"
        )


def _reconcile_month(base: np.ndarray, tree: Hierarchy, correlation: np.ndarray) -> np.ndarray:
    """Return the draws of the parts in one month; a part that is zero in every draw is closed, and stays so."""
    sd = base.std(axis=1)
    sd = np.maximum(sd, _LEAST_SD * max(sd.max(), 1e-300))
    first = len(tree.series) - len(tree.parts)
    open_ = (base[first:] != 0).any(axis=1)
    rows = np.concatenate([tree.S[:first][:, open_].any(axis=1), open_])
    parts = np.zeros((len(tree.parts), base.shape[1]))
    if open_.any():
        W = correlation[np.ix_(rows, rows)] * np.outer(sd[rows], sd[rows])
        parts[open_] = project(tree.S[np.ix_(rows, open_)], W, base[rows])
    return parts


def _years(
    values: np.ndarray, tree: Hierarchy, months: pl.Series, known: pl.DataFrame | None
) -> tuple[pl.Series, np.ndarray]:
    """Return the years that known months and forecast fill, and their totals by series, year and draw."""
    before = np.zeros((len(tree.series), 0))
    periods = months
    if known is not None:
        earlier = known.filter(pl.col("time_period") < months[0])
        own = earlier.filter(pl.col("series_id").is_in(tree.parts)).drop_nulls("obs_value")
        _refuse_not_finite(own, "obs_value", "a known value", "Correct it, or leave the month out.")
        wide = earlier.pivot("series_id", index="time_period", values="obs_value").sort("time_period")
        tree.check([*wide.columns, *tree.series[: -len(tree.parts)]], what="The known months")
        wide = wide.select("time_period", *tree.parts).drop_nulls()
        before = tree.S @ wide.select(tree.parts).to_numpy().T
        periods = pl.concat([wide["time_period"], months])
    whole = np.concatenate([np.repeat(before[:, :, None], values.shape[2], axis=2), values], axis=1)
    stamps = periods.dt.truncate("1y").to_list()
    ahead = set(months.dt.truncate("1y").to_list())
    full = [year for year in sorted(ahead) if stamps.count(year) == 12]
    totals = [whole[:, [stamp == year for stamp in stamps]].sum(axis=1) for year in full]
    shape = (len(tree.series), 0, values.shape[2])
    return pl.Series(full, dtype=pl.Date), np.stack(totals, axis=1) if full else np.zeros(shape)


def _path(values: np.ndarray, means: np.ndarray, keys: pl.DataFrame, freq: str, levels: Sequence[int]) -> pl.DataFrame:
    """Return means, and medians and bounds of draws, as a path."""
    frames = [pl.DataFrame(schema=PATH_SCHEMA)]
    for level in levels if len(keys) else ():
        tails = [0.5, 0.5 - level / 200, 0.5 + level / 200]
        cells = dict(zip(("median", "lower", "upper"), significant(np.quantile(values, tails, axis=2)), strict=True))
        frame = keys.with_columns(pl.Series(name, cell.ravel()) for name, cell in {"mean": means, **cells}.items())
        frame = frame.with_columns(level=pl.lit(level), freq=pl.lit(freq), obs_status=pl.lit("forecast"))
        frames.append(frame.select(PATH_SCHEMA.names()).cast(PATH_SCHEMA))
    return pl.concat(frames).sort("series_id", "time_period", "level")


def _keys(tree: Hierarchy, periods: pl.Series) -> pl.DataFrame:
    """Return one row a series and period, in the order of a raveled array."""
    names = pl.DataFrame({"series_id": tree.series})
    return names.join(periods.alias("time_period").to_frame(), how="cross", maintain_order="left_right")


def _draws_table(values: np.ndarray, tree: Hierarchy, months: pl.Series) -> pl.DataFrame:
    """Return draws as a long table."""
    numbers = pl.DataFrame({"draw": np.arange(values.shape[2])})
    rows = _keys(tree, months).join(numbers, how="cross", maintain_order="left_right")
    return rows.with_columns(obs_value=pl.Series(values.ravel()))


def _adjustments(base: np.ndarray, values: np.ndarray, tree: Hierarchy, months: pl.Series) -> pl.DataFrame:
    """Return the means of each forecast before and after."""
    return _keys(tree, months).with_columns(
        base_mean=pl.Series(significant(base.mean(axis=2)).ravel()),
        mean=pl.Series(significant(values.mean(axis=2)).ravel()),
    )
