"""A small region: a port with imports, exports and vehicles, a port with a total only, and neighbours."""

import datetime as dt

import numpy as np
import polars as pl

from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import Structure, reconstruct_together
from tests.methods.reconstruction.evidence import day, statement, table, year

#: The season of every flow: twice as much in July as in January.
SEASON = np.exp(-0.35 * np.cos(2 * np.pi * np.arange(12) / 12))

PARTS = pl.DataFrame(
    [
        ("gate.in", "gate.in"),
        ("gate.out", "gate.out"),
        ("gate.total", "gate.in"),
        ("gate.total", "gate.out"),
        ("pass.total", "pass.total"),
        ("region", "gate.in"),
        ("region", "gate.out"),
        ("region", "pass.total"),
    ],
    schema=["series_id", "part_id"],
    orient="row",
)
NODES = pl.DataFrame(
    [
        ("gate.in", "gate", "north", "road", "gate"),
        ("gate.out", "gate", "north", "road", "gate"),
        ("gate.vehicles", "gate", "north", "road", "gate"),
        ("pass.total", "pass", "north", "road", None),
        ("mill", "mill", "north", "rail", None),
    ],
    schema=["part_id", "home", "region", "kind", "activity"],
    orient="row",
)
REGION = Structure(parts=PARTS, nodes=NODES)
WINDOW = {"start": day("2021-01-01"), "end": day("2023-12-01")}
SERIES = ("gate.in", "gate.out", "gate.total", "gate.vehicles", "mill", "pass.total", "region")


def month_end(number: int, month: int) -> str:
    return str(dt.date(number + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1))


def until(series: str, number: int, month: int, value: float, measure: str = "level", **other):
    """One statement about January to some month."""
    return statement(f"{number}-01-01", month_end(number, month), value, measure, series=series, **other)


def seasonal(series: str, size: float, years: tuple[int, ...] = (2021, 2022, 2023)):
    """Cumulatives of every other month of a flow with the season above and no other movement."""
    shares = np.cumsum(SEASON) / SEASON.sum()
    return [until(series, n, month, size * shares[month - 1]) for n in years for month in (1, 3, 5, 7, 9, 11, 12)]


#: Statements about the region and its ports.
STATEMENTS = table(
    *seasonal("mill", 50_000),
    year("gate.in", 2021, 60_000),
    until("gate.out", 2022, 3, 7_000),
    year("gate.total", 2021, 100_000),
    until("gate.total", 2022, 6, 48_000),
    year("gate.total", 2022, 110_000),
    until("gate.total", 2023, 9, 0.1, "yoy_growth", half_width=0.0005),
    year("gate.vehicles", 2021, 50, "daily_average", unit="vehicles/day"),
    until("gate.vehicles", 2022, 12, 20_000, unit="vehicles"),
    until("gate.vehicles", 2023, 10, 21_000, unit="vehicles"),
    year("pass.total", 2021, 30_000),
    until("pass.total", 2023, 11, 25_000, relation="gt"),
    year("region", 2022, 142_000),
)


def paths(evidence: pl.DataFrame, *, structure: Structure | None = REGION, draws: int = 40, workers: int = 1, **window):
    """Return the reconstructions of the series of some evidence, or the reasons in their place."""
    posterior = reconstruct_together(evidence, structure=structure, **{**WINDOW, **window})
    names = sorted(set(evidence["series_id"]))
    return posterior.paths(names, Sampling(draws=draws), workers=workers)
