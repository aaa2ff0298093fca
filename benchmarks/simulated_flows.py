"""Flows drawn from the model's own prior, and statements of every kind about them.

A port has tonnes in two directions with their total, and vehicles, which share an activity. Three flows stand beside
it. All six share a region, four of them a kind. In the third year nothing is said about the tonnes of the port, in the
second nothing about its vehicles; in the last year the statements end in September. A total of the region may tie them.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from unittest import mock

import numpy as np
import polars as pl

from analysis.core.periods import month_end
from analysis.methods.reconstruction import Structure, fisher_scoring, joint_gaussian, learn_overshoot, mode
from analysis.methods.reconstruction import prior as model
from analysis.methods.reconstruction.equation_builder import build_equations
from analysis.methods.reconstruction.equations import StatementEquations
from analysis.methods.reconstruction.prior import COMPONENTS, SCALE_PRIORS, covariance, prior_shapes
from analysis.methods.reconstruction.window import days_in_window
from analysis.runtime.folders import data_folder
from analysis.sources.calendar import SpringFestival
from analysis.sources.evidence import read_registers

YEARS = (2019, 2020, 2021, 2022)
FIRST, LAST = dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 1)
MONTHS = 12 * len(YEARS)

#: Half of the last printed digit, as a share of a figure (of 1 + growth for growth).
HALF_WIDTH = 0.003

#: Prior standard deviation, in logs, of a standard deviation that is known.
KNOWN = 1e-3

#: How a year, or a year to date, is stated.
WHOLE_YEAR = ("level eq", "level approx", "level gt", "level lt", "yoy_growth eq")

PARTS = {"gate.in": ("gate.in",), "gate.out": ("gate.out",), "gate.total": ("gate.in", "gate.out")}
PARTS |= {name: (name,) for name in ("gate.vehicles", "mill", "mine", "pass")}
PARTS |= {"north": ("gate.in", "gate.out", "mill", "mine", "pass")}
NODES = pl.DataFrame(
    [
        ("gate.in", "gate", "north", "road", "gate"),
        ("gate.out", "gate", "north", "road", "gate"),
        ("gate.vehicles", "gate", "north", "road", "gate"),
        ("mill", "mill", "north", "road", None),
        ("mine", "mine", "north", "rail", None),
        ("pass", "pass", "north", "rail", None),
    ],
    schema=["part_id", "home", "region", "kind", "activity"],
    orient="row",
)

#: Windows before, during and after the Spring Festival, months by windows.
FESTIVAL = (
    SpringFestival.of(read_registers(data_folder()))
    .windows(FIRST, MONTHS, before=14, during=7, after=14, centred=True)
    .select("before", "during", "after")
    .to_numpy()
)
STRUCTURE = Structure(
    parts=pl.DataFrame({"series_id": list(PARTS), "part_id": list(PARTS.values())}).explode("part_id"),
    nodes=NODES,
    festivals=(FESTIVAL,),
)


@dataclass(frozen=True)
class Simulation:
    """A truth and what was said about it.

    Attributes
    ----------
    evidence
        Statements as `reconstruct_together` reads them.
    flows
        The true monthly flows of every series.
    """

    evidence: pl.DataFrame
    flows: dict[str, np.ndarray]


@contextmanager
def prior(*, size: float, learnt: bool) -> Iterator[None]:
    """Take all standard deviations `size` times as large, and take them as known unless they are to be learnt."""
    known = {} if learnt else {"log_sd": (KNOWN,) * len(COMPONENTS)}
    drawn_scales = {
        name: replace(s, median=tuple(size * np.array(s.median)), **known) for name, s in SCALE_PRIORS.items()
    }
    with ExitStack() as stack:
        stack.enter_context(mock.patch.dict(SCALE_PRIORS, drawn_scales))
        if not learnt:
            revision = replace(model.REVISION_PRIOR, log_sd=(KNOWN,))
            for module in (model, mode, fisher_scoring):
                stack.enter_context(mock.patch.object(module, "REVISION_PRIOR", revision))
            stack.enter_context(mock.patch.object(fisher_scoring, "POOLED_LOG_SD", KNOWN))
        yield


def simulate(rng: np.random.Generator, *, tied: bool) -> Simulation:
    """Draw standard deviations, paths and statements, with totals of the region if tied, from the prior now set."""
    rates = np.exp(_paths(rng))
    days = days_in_window(FIRST, LAST, None)
    names = sorted(NODES["part_id"])
    flows = {
        series: rates[[names.index(part) for part in parts]].sum(axis=0) * days.open for series, parts in PARTS.items()
    }
    return Simulation(_figures(rng, _topics(rng, tied), np.log(rates)), flows)


def _paths(rng: np.random.Generator) -> np.ndarray:
    """Draw log daily rates, parts by months."""
    stack = prior_shapes(MONTHS, FESTIVAL).stack()
    parts = NODES.sort("part_id").with_row_index("position")
    pooled = {kind: rng.normal(scale.mean, fisher_scoring.POOLED_LOG_SD) for kind, scale in SCALE_PRIORS.items()}
    x = np.repeat(rng.normal(5.0, 1.0, (parts.height, 1)), MONTHS, axis=1)
    for position, activity in parts.select("position", "activity").iter_rows():
        kind = "flow" if activity is None else "ratio"
        x[position] += _path(rng, rng.normal(pooled[kind], SCALE_PRIORS[kind].log_sd), stack)
    for level in ("region", "kind", "activity"):
        for _, members in parts.drop_nulls(level).group_by(level, maintain_order=True):
            x[members["position"].to_numpy()] += _path(
                rng, rng.normal(pooled[level], SCALE_PRIORS[level].log_sd), stack
            )
    return x


def _path(rng: np.random.Generator, theta: np.ndarray, stack: np.ndarray) -> np.ndarray:
    """Draw a path from its covariance, which is singular where a component is."""
    values, vectors = np.linalg.eigh(covariance(theta, stack))
    drawn: np.ndarray = vectors @ (np.sqrt(np.maximum(values, 0.0)) * rng.standard_normal(len(values)))
    return drawn


def _topics(rng: np.random.Generator, tied: bool) -> Iterator[dict[str, object]]:
    """Choose what is stated: series, year, first and last month, measure, relation."""
    ends = dict.fromkeys(YEARS, 12) | {YEARS[-1]: 9}
    for series in ("mill", "mine", "pass"):
        for year, end in ends.items():
            early, late = sorted(rng.choice(np.arange(1, end), 2, replace=False).tolist())
            yield _topic(series, year, 1, early)
            whole = str(
                rng.choice(
                    ["level eq", "level approx", "level gt", "level lt", "yoy_growth eq"][: 4 + (year > YEARS[0])]
                )
            )
            yield _topic(series, year, 1, end, *whole.split())
            yield _topic(series, year, late, late, str(rng.choice(["daily_average", "mom_growth", "level"])))
        yield _topic(series, YEARS[2], 1, 6, "growth_vs_prev_full_year")
    for year, relation in ((YEARS[0], "eq"), (YEARS[1], "gt"), (YEARS[3], "eq")):
        yield _topic("gate.total", year, 1, int(rng.integers(1, ends[year])), "level", relation)
        yield _topic("gate.total", year, 1, ends[year])
    yield _topic("gate.in", YEARS[0], 1, 12)
    yield _topic("gate.in", YEARS[1], 1, int(rng.integers(2, 12)), "share", base_id="gate.total")
    yield _topic("gate.out", YEARS[3], 1, 6, "level", "approx")
    for year in (YEARS[0], YEARS[2], YEARS[3]):
        yield _topic("gate.vehicles", year, 1, int(rng.integers(1, ends[year])), "monthly_average")
        yield _topic("gate.vehicles", year, 1, ends[year], "daily_average")
    yield _topic("gate.vehicles", YEARS[2], 1, 6, "growth_vs_2019")
    if tied:
        yield _topic("north", YEARS[1], 1, 12)
        yield _topic("north", YEARS[2], 1, int(rng.integers(2, 12)))


def _topic(
    series: str,
    year: int,
    first: int,
    last: int,
    measure: str = "level",
    relation: str = "eq",
    base_id: str | None = None,
) -> dict[str, object]:
    """Return a statement whose figure is one, or a growth of nothing."""
    growth = "growth" in measure
    return {
        "statement_id": f"{series}:{year}:{first}-{last}:{measure}:{relation}", "series_id": series, "base_id": base_id,
        "period_start": dt.date(year, first, 1), "period_end": month_end(dt.date(year, last, 1)),
        "measure": measure, "relation": relation, "value": 1.0 - growth, "unit": "1", "half_width": HALF_WIDTH,
        "count": None,
    }  # fmt: skip


def _figures(rng: np.random.Generator, topics: Iterator[dict[str, object]], x: np.ndarray) -> pl.DataFrame:
    """Fill in figures that differ from the truth as the model says: rounding, revision, overshoot."""
    days = dict.fromkeys(NODES["part_id"], days_in_window(FIRST, LAST, None))
    table = pl.DataFrame(list(topics), schema_overrides={"base_id": pl.String, "count": pl.String})
    equations, _, unused = build_equations(table.unique("statement_id", maintain_order=True), PARTS, days)
    assert not unused
    error = equations.noise * rng.standard_normal(equations.y.size) + _revisions(rng, equations)
    error -= equations.sign * np.exp(learn_overshoot().draw(rng, equations.y.shape))
    size = np.exp(equations.h(x[None])[0] + error - equations.y)
    return equations.table.with_columns(value=size - equations.growth, half_width=HALF_WIDTH * size)


def _revisions(rng: np.random.Generator, equations: StatementEquations) -> np.ndarray:
    """Draw base revisions: by year compared with and by rate, the shorter its span the more."""
    pooled = rng.normal(model.REVISION_PRIOR.mean[0], fisher_scoring.POOLED_LOG_SD)
    size = {name: np.exp(rng.normal(pooled, model.REVISION_PRIOR.log_sd[0])) for name in PARTS}
    year = equations.bases @ rng.standard_normal(equations.bases.shape[1])
    own = joint_gaussian.REVISED_MONTHS / equations.months_compared * rng.standard_normal(equations.y.size)
    tail = np.sqrt(mode.REVISION_FREEDOM / rng.chisquare(mode.REVISION_FREEDOM, equations.y.size))
    mixed = np.sqrt(joint_gaussian.SHARED_REVISION) * year + np.sqrt(1 - joint_gaussian.SHARED_REVISION) * own
    revised: np.ndarray = (
        equations.growth * np.array([size[name] for name in equations.table["series_id"]]) * tail * mixed
    )
    return revised
