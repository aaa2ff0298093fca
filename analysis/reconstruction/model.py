"""Reconstruct the monthly path of one series from what was published about it."""

import datetime as dt

import numpy as np
import polars as pl

from analysis.errors import EvidenceError
from analysis.observations import significant
from analysis.reconstruction.bounds import contradicted
from analysis.reconstruction.draws import draw
from analysis.reconstruction.hyperparameters import Fit, Model, fit
from analysis.reconstruction.operator import Operator, operator_of
from analysis.reconstruction.overshoot import Overshoot, learn_overshoot
from analysis.reconstruction.prior import PRIORS, components
from analysis.reconstruction.result import Reconstruction, summarise
from analysis.reconstruction.status import periods_of
from analysis.reconstruction.window import days_of, window_of

#: Where fewer of the draws meet every statement, the statements exclude each other.
LEAST_SOLVED = 0.5


def reconstruct(
    evidence: pl.DataFrame,
    *,
    start: dt.date,
    end: dt.date,
    open_share: pl.DataFrame | None = None,
    regimes: pl.DataFrame | None = None,
    overshoot: Overshoot | None = None,
    levels: tuple[int, ...] = (80, 95),
    draws: int = 1000,
    seed: int = 1,
) -> Reconstruction:
    """Reconstruct months and years of a flow from levels, averages, growth rates and bounds.

    The model is that of docs/methods/reconstruction.md.

    Parameters
    ----------
    evidence
        Statements of one series that may enter a likelihood: `statement_id, series_id, period_start, period_end,
        measure` (level, daily_average, monthly_average, yoy_growth), `relation, value, unit, half_width`; levels in
        `unit`, averages in that unit a day or month, growth as a fraction.
    start, end
        First and last month of the path (any day of them).
    open_share
        Calendar, `date, share_open` (0 to 1); days that it does not hold are open.
    regimes
        Spans in which the level may jump: `start, end, inflation` (factor of the monthly variance).
    overshoot
        How far figures lie beyond bounds; the prior of `learn_overshoot` if not given.
    levels, draws, seed
        Interval levels in percent; how many draws, and the seed of all of them.

    Raises
    ------
    EvidenceError
        If no level can be used, or the statements contradict each other so that no path meets them.
    """
    evidence = _in_order(evidence)
    first, last = window_of(evidence, start, end)
    days = days_of(first, last, open_share)
    unused = contradicted(evidence)
    operator, closed = operator_of(evidence.filter(~pl.col("statement_id").is_in(list(unused))), days)
    name = str(evidence["series_id"][0])
    model = _model(name, operator, components(first, days.months, regimes), overshoot or learn_overshoot())
    fitted, x = _solved(name, model, draws=draws, seed=seed)
    rates = np.exp(x)
    periods, sums = periods_of(days, operator, start, end)
    return Reconstruction(
        series_id=name,
        unit=_unit(evidence),
        path=summarise(name, periods, rates @ sums.T, levels),
        days=days,
        rates=rates,
        fit=_fit_table(evidence, operator, x, unused | closed),
        hyperparameters=_hyperparameters(model, fitted),
    )


def _in_order(evidence: pl.DataFrame) -> pl.DataFrame:
    """Sort statements so that the draws do not depend on the order of the rows."""
    if evidence.is_empty():
        raise EvidenceError("There is no statement to reconstruct a path from. Ask for a later date.")
    return evidence.sort("period_start", "period_end", "measure", "relation", "value", "statement_id")


def _model(name: str, operator: Operator, shapes: np.ndarray, overshoot: Overshoot) -> Model:
    """Centre the level on the median stated rate, so that the result does not depend on the unit."""
    if operator.growth.all():
        raise EvidenceError(f"{name} has no usable level by this date. Add one to the ledger or ask for a later date.")
    rates = (operator.y - np.log(operator.N.sum(axis=1)))[~operator.growth]
    return Model(operator, shapes, float(np.median(rates)), overshoot)


def _solved(name: str, model: Model, *, draws: int, seed: int) -> tuple[Fit, np.ndarray]:
    """Find the mode and draw around it, or say which statement stands most in the way."""
    fitted = fit(model)
    if fitted.met:
        x, converged = draw(model, fitted, draws=draws, seed=seed)
        if converged.mean() >= LEAST_SOLVED:
            return fitted, x[converged]
    raise EvidenceError(_conflict(name, model.operator, fitted))


def _unit(evidence: pl.DataFrame) -> str:
    """Return the unit of the flow: that of its levels, or what a daily or monthly average counts."""
    levels = evidence.filter(pl.col("measure") != "yoy_growth").sort(pl.col("measure") != "level", maintain_order=True)
    return str(levels["unit"][0]).removesuffix("/day").removesuffix("/month")


def _fit_table(evidence: pl.DataFrame, operator: Operator, x: np.ndarray, unused: dict[str, str]) -> pl.DataFrame:
    """Return what the draws say where each statement speaks, beside what it says."""
    h = operator.h(x)[0] - operator.y
    size = (operator.table["value"] + operator.growth.astype(float)).to_numpy()
    said = np.exp(h) * size - operator.growth
    fitted = pl.DataFrame(
        {"statement_id": operator.table["statement_id"]}
        | {k: significant(np.quantile(said, q, axis=0)) for k, q in (("median", 0.5), ("lower", 0.1), ("upper", 0.9))}
    )
    reasons = pl.DataFrame(
        {"statement_id": list(unused), "reason": list(unused.values())},
        schema={"statement_id": pl.String, "reason": pl.String},
    )
    return (
        evidence.select("statement_id", "measure", "relation", "value")
        .join(fitted, on="statement_id", how="left", maintain_order="left", validate="1:1")
        .join(reasons, on="statement_id", how="left", maintain_order="left", validate="1:1")
        .with_columns(pl.col("reason").is_null().alias("used"), pl.col("reason").fill_null(""))
    )


def _hyperparameters(model: Model, fitted: Fit) -> dict[str, float]:
    """Return the standard deviations at the mode and the tail of bounds."""
    named = {prior.name: float(significant(np.exp(value))) for prior, value in zip(PRIORS, fitted.theta, strict=True)}
    return named | {"overshoot_mean": model.overshoot.mean, "overshoot_sd": model.overshoot.sd}


def _conflict(name: str, operator: Operator, fitted: Fit) -> str:
    """Name the statement that the path at the mode misses by the most."""
    gap = operator.y + operator.sign * np.exp(fitted.z) - operator.h(fitted.x[None])[0][0]
    worst = operator.table["statement_id"][int(np.argmax(np.abs(gap) / operator.noise))]
    return (
        f"The statements of {name} contradict each other, {worst} most of all. Mark the wrong one in the ledger's "
        "status column, or add the row that supersedes it."
    )
