"""Regressors that are known ahead, such as a price or a festival: their effects, and what a scenario makes of them.

A regressor is a further column of the panel; the scenario has it for the periods ahead. Effects are taken out of the
history before it is forecast, and those of the scenario are put into the forecasts.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.core import observations
from analysis.core.errors import InputError
from analysis.core.frequency import Frequency
from analysis.methods.forecasting.panel import Panel
from analysis.methods.forecasting.result import Forecast
from analysis.methods.forecasting.settings import Array

#: Usual residuals beyond which one counts by its size instead of its square, and rounds of reweighting (Huber).
HUBER, _ROUNDS = 1.5, 20

#: Fewest changes for each regressor from which a series' own effects are estimated.
FEWEST_CHANGES = 8

#: Names of the columns that say which series and period a row is about, ours and Nixtla's, and the values.
_KEYS = {"unique_id": "series_id", "ds": "time_period"}
_OTHERS = {"series_id", "time_period", "obs_value", "y"}


@dataclass(frozen=True)
class Scenario:
    """Regressors of a panel, in the past and ahead.

    Attributes
    ----------
    names
        The regressors.
    past, ahead
        `series_id`, `time_period` and a column a regressor.
    effects
        `series_id`, `regressor`, `effect` (change of the logarithm with one unit more), `standard_error`.
    """

    names: tuple[str, ...]
    past: pl.DataFrame
    ahead: pl.DataFrame
    effects: pl.DataFrame

    def without_effects(self, panel: Panel) -> Panel:
        """Return the panel as it would have been with every regressor zero."""
        factors = self._factors(self.past)
        joined = panel.table.join(factors, on=["series_id", "time_period"], how="left", maintain_order="left")
        value = pl.col("obs_value") / pl.col("factor")
        return replace(panel, table=joined.select("series_id", "time_period", obs_value=value))

    def put_into(self, result: Forecast) -> Forecast:
        """Return the forecasts with the effects of the periods ahead."""
        factors = self._factors(self.ahead)
        joined = result.table.join(factors, on=["series_id", "time_period"], how="left", maintain_order="left")
        scaled = joined.with_columns(
            (pl.col("mean", "median", "lower", "upper") * pl.col("factor")).round_sig_figs(6)
        ).drop("factor")
        by_series = dict(factors.sort("time_period").group_by("series_id").agg("factor").iter_rows())
        periods = {name: draws.shape[1] for name, draws in result.draws.items()}
        draws = {name: each * np.array(by_series[name])[: periods[name]] for name, each in result.draws.items()}
        notes = (*scenario_notes(self), *result.notes)
        return replace(result, table=scaled, draws=draws, notes=notes, effects=self.effects)

    def _factors(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the factor that the regressors put on each period of each series."""
        long = table.unpivot(on=list(self.names), index=["series_id", "time_period"], variable_name="regressor")
        joined = long.join(self.effects, on=["series_id", "regressor"], how="inner", validate="m:1")
        effect = (pl.col("value") * pl.col("effect")).sum().exp()
        return joined.group_by("series_id", "time_period").agg(factor=effect)


def read(table: pl.DataFrame, scenario: pl.DataFrame, panel: Panel, *, horizon: int, season: int) -> Scenario:
    """Read the regressors of a panel and of a scenario, and estimate their effects.

    Parameters
    ----------
    table
        The panel as it was given, with a column for each regressor.
    scenario
        `time_period` and the regressors of the periods ahead, for all series; with `series_id`, for each.
    panel
        The same panel, checked.
    horizon, season
        As for `forecast`.

    Raises
    ------
    InputError
        If the scenario has no regressor, the panel lacks one, a value is no number, or a period ahead is absent.
    """
    frequency = panel.frequency
    names = tuple(name for name in scenario.columns if _KEYS.get(name, name) not in _OTHERS)
    if not names:
        raise InputError("The scenario has no regressor. Give it a column that the panel has too, such as price.")
    absent = [name for name in names if name not in table.columns]
    if absent:
        raise InputError(
            f"The scenario has the column {absent[0]}, and the panel has not, so its effect is not known. Add its past "
            "to the panel, or drop it."
        )
    past = _past(table, names, panel)
    ahead = _ahead(scenario, names, panel, horizon)
    effects = estimate(panel.table.join(past, on=["series_id", "time_period"]), names, frequency, season=season)
    return Scenario(names, past, ahead, effects)


def _past(table: pl.DataFrame, names: tuple[str, ...], panel: Panel) -> pl.DataFrame:
    """Return the regressors of the observed periods of a panel."""
    rows = observations.read_rows(table, frequency=panel.frequency)
    rows = rows.with_columns(table.select(_number(name) for name in names))
    rows = rows.drop_nulls("obs_value").join(panel.table.select("series_id").unique(), on="series_id", how="semi")
    _refuse(rows, names, panel.frequency, "The panel")
    return rows.select("series_id", "time_period", *names)


def _ahead(scenario: pl.DataFrame, names: tuple[str, ...], panel: Panel, horizon: int) -> pl.DataFrame:
    """Return the regressors of the periods ahead of each series, every one of them."""
    frequency = panel.frequency
    table = scenario.rename({old: new for old, new in _KEYS.items() if old in scenario.columns})
    if "time_period" not in table.columns:
        raise InputError("The scenario has no column time_period. Give the periods ahead, one a row.")
    period = frequency.start(observations.days(table.schema["time_period"]))
    by = ["time_period"]
    columns = [period.alias("time_period"), *(_number(name) for name in names)]
    if "series_id" in table.columns:
        by, columns = ["series_id", *by], [observations.id_text(table.schema["series_id"]), *columns]
    typed = table.select(columns)
    if typed["time_period"].null_count():
        raise InputError(f"The scenario has a time_period that is no {frequency.unit}. Write it as in the panel.")
    if typed.select(pl.struct(by).is_duplicated().any()).item():
        raise InputError(f"The scenario has a {frequency.unit} twice. Keep one row of each.")
    ends = panel.table.group_by("series_id", maintain_order=True).agg(pl.col("time_period").max().alias("end"))
    wanted = pl.DataFrame(
        [(name, frequency.add(end, step + 1)) for name, end in ends.iter_rows() for step in range(horizon)],
        schema={"series_id": pl.String, "time_period": pl.Date},
        orient="row",
    )
    found = wanted.join(typed, on=by, how="left", maintain_order="left", validate="m:1")
    _refuse(found, names, frequency, "The scenario")
    return found


def _number(name: str) -> pl.Expr:
    """Return a regressor as finite numbers, null where it is none."""
    number = pl.col(name).cast(pl.String, strict=False).str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number).alias(name)


def _refuse(rows: pl.DataFrame, names: tuple[str, ...], frequency: Frequency, whose: str) -> None:
    """Refuse rows in which a regressor is no number."""
    for name in names:
        bad = rows.filter(pl.col(name).is_null())
        if not bad.is_empty():
            series, period = bad.select("series_id", "time_period").row(0)
            raise InputError(
                f"{whose} has no {name} for {series} in {frequency.label(period)}. Give a number for every "
                f"{frequency.unit}, or drop the column."
            )


def estimate(rows: pl.DataFrame, names: tuple[str, ...], frequency: Frequency, *, season: int) -> pl.DataFrame:
    """Estimate the effects of the regressors on the logarithm of each series.

    Changes from one period to the next of the change over a season are regressed on those of the regressors, so that
    level, growth and season drop out, with Huber's weights. The effects of one regressor on all series are then drawn
    together by a random-effects model (DerSimonian and Laird 1986): as far as they differ by chance, they are one.
    A regressor that does not change from one season to the next cannot be told from it and has no effect.

    Parameters
    ----------
    rows
        `series_id`, `time_period`, `obs_value` and the regressors.
    names, frequency, season
        The regressors, the periods, and after how many of them the season repeats.

    Returns
    -------
    DataFrame
        `series_id`, `regressor`, `effect`, `standard_error` (null where no own change is known).
    """
    ids, found, variance = [], [], []
    for (name,), part in rows.partition_by("series_id", as_dict=True, maintain_order=True).items():
        own, uncertainty = _own_effects(_dense(part, names, frequency), season)
        ids.append(name)
        found.append(own)
        variance.append(uncertainty)
    pooled, spread = _pool(np.array(found), np.array(variance))
    return pl.DataFrame(
        {
            "series_id": np.repeat(np.array(ids, dtype=object), len(names)),
            "regressor": list(names) * len(ids),
            "effect": pooled.ravel(),
            "standard_error": np.sqrt(spread).ravel(),
        },
        schema_overrides={"series_id": pl.String},
    ).with_columns(pl.col("effect", "standard_error").round_sig_figs(6).fill_nan(None))


def _dense(part: pl.DataFrame, names: tuple[str, ...], frequency: Frequency) -> Array:
    """Return the logarithm and the regressors of one series by period, NaN where nothing passed or is known."""
    number = part.select(frequency.index(pl.col("time_period"))).to_series().to_numpy()
    out = np.full((number[-1] - number[0] + 1, 1 + len(names)), np.nan)
    logarithm = pl.when(pl.col("obs_value") > 0).then(pl.col("obs_value").log())
    out[number - number[0]] = part.select(logarithm, *names).to_numpy()
    return out


def _own_effects(table: Array, season: int) -> tuple[Array, Array]:
    """Return the effects on one series and their variances; none, with infinite variance, where too little changes."""
    kinds = table.shape[1] - 1
    changes = np.diff(table, axis=0)
    if season > 1:
        changes = changes[season:] - changes[:-season]
    changes = changes[np.isfinite(changes).all(axis=1)]
    y, Z = changes[:, 0], changes[:, 1:]
    effects, variances = np.zeros(kinds), np.full(kinds, np.inf)
    moving = (np.abs(Z) > 1e-9 * (1 + np.abs(table[:, 1:]).max(initial=0.0, where=np.isfinite(table[:, 1:])))).any(
        axis=0
    )
    if len(y) < FEWEST_CHANGES * max(1, moving.sum()) or not moving.any():
        return effects, variances
    Z = Z[:, moving] / np.abs(Z[:, moving]).max(axis=0)
    weight, b = np.ones(len(y)), np.zeros(Z.shape[1])
    for _ in range(_ROUNDS):
        information = (Z * weight[:, None]).T @ Z + 1e-9 * np.eye(Z.shape[1])
        b = np.linalg.solve(information, (Z * weight[:, None]).T @ y)
        residual = y - Z @ b
        usual = np.median(np.abs(residual)) / 0.6745 + 1e-9
        weight = np.minimum(1.0, HUBER * usual / np.maximum(np.abs(residual), 1e-12))
    scale = np.abs(changes[:, 1:][:, moving]).max(axis=0)
    effects[moving] = b / scale
    variances[moving] = np.diag(np.linalg.inv(information)) * usual**2 / scale**2
    return effects, variances


def _pool(effects: Array, variances: Array) -> tuple[Array, Array]:
    """Return the effects of each series drawn towards those of all, and their variances; series by regressor."""
    pooled, spread = np.zeros(effects.shape), np.full(effects.shape, np.nan)
    for k in range(effects.shape[1]):
        known = np.isfinite(variances[:, k])
        if not known.any():
            continue
        b, v = effects[known, k], variances[known, k]
        if b.size == 1:
            pooled[:, k], spread[:, k] = b, v
            continue
        w = 1 / v
        excess = (w * (b - (w * b).sum() / w.sum()) ** 2).sum() - (b.size - 1)
        between = max(0.0, excess / (w.sum() - (w**2).sum() / w.sum()))
        w = 1 / (v + between)
        common, around = (w * b).sum() / w.sum(), 1 / w.sum()
        own = between / (between + v)
        pooled[:, k], spread[:, k] = common, around + between
        pooled[known, k] = own * b + (1 - own) * common
        spread[known, k] = own * v + (1 - own) ** 2 * around
    return pooled, spread


def scenario_notes(scenario: Scenario) -> list[str]:
    """Return what the effects are, and where the scenario leaves what was seen."""
    sentences = []
    for name in scenario.names:
        known = scenario.effects.filter((pl.col("regressor") == name) & pl.col("standard_error").is_not_null())
        if known.is_empty():
            sentences.append(
                f"{name} does not change from one season to the next, or too seldom, so its effect cannot be told from "
                "the season and is taken as none. Give more of its past."
            )
            continue
        effect, error = known.select(pl.col("effect", "standard_error").median()).row(0)
        sentences.append(
            f"One unit more of {name} changes the logarithm by {effect:.3g} (standard error {error:.2g}, "
            f"{'one series' if known.height == 1 else f'the middle of {known.height} series'})."
        )
        low, high = scenario.past.select(low=pl.col(name).min(), high=pl.col(name).max()).row(0)
        beyond = scenario.ahead.filter(~pl.col(name).is_between(low, high))
        if not beyond.is_empty():
            sentences.append(
                f"The scenario has {name} at {beyond[name][0]:g}, and the past knows {low:g} to {high:g}: beyond, the "
                "same effect a unit is assumed. Read such forecasts with care."
            )
    return sentences
