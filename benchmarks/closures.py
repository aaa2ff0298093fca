"""What the closures desk finds where nothing happened, and where the loss is known.

    python benchmarks/closures.py placebo --seed 1 --made-on 2026-11-29 --out data/placebo_closures.csv
    python benchmarks/closures.py simulated --simulations 100 --seed 1

`placebo`
    At the beginning of each of some years before 2020 the counterfactual of the flows below is made from what ended
    before it, and compared over three years with the path from all that ended before 2020. A window whose verdict is
    not "untold" is a false positive. `--made-on` is the day of the run, for the page; a command reads no clock.
`simulated`
    A flow of eight years (level as a random walk, season, noise) is shut for nine months of its sixth year, as the
    calendar knows, and comes back over six more. `bulletins.Office` makes statements about it, and of the same flow
    without a closure. Printed are how often the 80% interval of the loss of those fifteen months holds the truth, and
    how often a loss or gain is called where there was none.
"""

import argparse
import datetime as dt
from functools import partial
from pathlib import Path

from analysis.core.errors import EvidenceError

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl
from bulletins import Office

from analysis.core.periods import add_months, month_end
from analysis.core.sampling import Sampling
from analysis.estimates.counterfactual import before, counterfactual, monthly
from analysis.estimates.inputs import REGIME_INFLATION
from analysis.methods.counterfactual import LEVEL, loss
from analysis.methods.reconstruction import Reconstruction, reconstruct
from analysis.runtime.processes import map_in_processes
from analysis.sources.evidence import Evidence, Known
from analysis.sources.ledger.rounding import half_width
from analysis.sources.registers import PLACEBO_CLOSURES

#: Flows with figures in several years before 2020.
SERIES = (
    "horgos.freight_tonnes.total.rail",
    "alashankou.freight_tonnes.total.rail",
    "irkeshtam.freight_tonnes.total.road",
    "khunjerab.freight_tonnes.total.road",
    "xinjiang.trade_value_cny.total.all",
    "xinjiang.trade_value_usd.total.all",
)
END = dt.date(2020, 1, 1)
STARTS = (2012, 2013, 2014, 2015, 2016, 2017)
YEARS = 3
PROCESSES = 2

FIRST, YEARS_SIMULATED, SHUT, CLOSED, RAMP = 2015, 8, 60, 9, 6


def placebo_window(start: int, *, known: Known, seed: int, draws: int) -> list[dict[str, object]]:
    """Return what the desk finds in one window for each flow that has a counterfactual there."""
    closure, last = dt.date(start, 1, 1), dt.date(start + YEARS - 1, 12, 1)
    months, sampling = (dt.date(start - 4, 1, 1), last), Sampling(draws=draws, seed=seed)
    without = counterfactual(known, series=SERIES, closure=closure, months=months, sampling=sampling)
    rows = []
    for name, expected in without.paths.items():
        try:
            happened = paths.reconstruct(known, name, start=months[0], end=last, sampling=sampling)
        except EvidenceError:
            continue
        found = loss(monthly(expected, closure, last), monthly(happened, closure, last), seed=seed)
        lower, median, upper = np.quantile(found.share, [0.1, 0.5, 0.9])
        row = {"series_id": name, "start": closure, "end": month_end(last), "verdict": found.verdict}
        rows.append(row | {"median": float(median), "lower": float(lower), "upper": float(upper)})
    return rows


def placebo(args: argparse.Namespace) -> None:
    """Write the record of the placebo windows, and print how many were called."""
    known = before(Evidence.read().known(), END)
    work = partial(placebo_window, known=known, seed=args.seed, draws=args.draws)
    rows = [row for found in map_in_processes(work, STARTS, workers=PROCESSES) for row in found]
    table = pl.DataFrame(rows).with_columns(pl.selectors.float().round(4), made_on=pl.lit(args.made_on).str.to_date())
    table = table.select(list(PLACEBO_CLOSURES.schema)).sort("series_id", "start")
    if args.out:
        table.write_csv(args.out)
    called = len(table.filter(pl.col("verdict") != "untold"))
    print(f"{len(table)} windows, {called} called a loss or a gain: {called / len(table):.0%}")
    print(table.group_by("series_id").agg(pl.len(), (pl.col("verdict") != "untold").sum().alias("called")))


def flow(rng: np.random.Generator) -> np.ndarray:
    """Return monthly flows of a port: the level a random walk of 5% a month, a season of 15%, noise of 5%."""
    months = 12 * YEARS_SIMULATED
    season = 0.15 * np.sin(2 * np.pi * (np.arange(months) + rng.integers(12)) / 12)
    walk = np.log(30_000) + np.cumsum(rng.normal(0, 0.05, months))
    return np.exp(walk + season + rng.normal(0, 0.05, months))


def closed(open_flow: np.ndarray) -> np.ndarray:
    """Return the flow with the closure and the months in which it comes back."""
    share = np.ones(open_flow.size)
    share[SHUT : SHUT + CLOSED] = 0
    share[SHUT + CLOSED : SHUT + CLOSED + RAMP] = np.linspace(1, RAMP, RAMP) / (RAMP + 1)
    return open_flow * share


def statements(flows: np.ndarray, rng: np.random.Generator) -> pl.DataFrame:
    """Return statements about a flow as a reconstruction reads them."""
    office = Office("gate", np.maximum(flows, 1.0), FIRST, rng)
    for year in range(FIRST, FIRST + YEARS_SIMULATED):
        office.year(year)
    table = pl.DataFrame(office.rows, schema_overrides={"value": pl.Float64}, infer_schema_length=None)
    widths = [half_width(row["value"], row["value_as_published"]).half_width for row in table.iter_rows(named=True)]
    return table.with_columns(half_width=pl.Series(widths))


def estimated(rows: pl.DataFrame, *, shut: bool, seed: int, draws: int) -> Reconstruction:
    """Return the path of a simulated flow, its closure known to the calendar or not there."""
    start, end = dt.date(FIRST, 1, 1), dt.date(FIRST + YEARS_SIMULATED - 1, 12, 1)
    calendar = regimes = None
    if shut:
        first = add_months(start, SHUT)
        last = month_end(add_months(first, CLOSED - 1))
        days = pl.date_range(first, last, eager=True)
        calendar = pl.DataFrame({"date": days, "share_open": [0.0] * len(days)})
        regimes = pl.DataFrame(
            {"start": [first], "end": [month_end(add_months(first, CLOSED + 1))], "inflation": [REGIME_INFLATION]}
        )
    sampling = Sampling(draws=draws, seed=seed)
    return reconstruct(rows, start=start, end=end, open_share=calendar, regimes=regimes, sampling=sampling)


def simulation(seed: int, *, draws: int) -> dict[str, object]:
    """Return whether the loss is inside its interval, and the verdict where there was none."""
    rng = np.random.default_rng(seed)
    open_flow = flow(rng)
    shut_flow = closed(open_flow)
    first = add_months(dt.date(FIRST, 1, 1), SHUT)
    last = add_months(first, CLOSED + RAMP - 1)
    truth = float((open_flow - shut_flow)[SHUT : SHUT + CLOSED + RAMP].sum())
    found = {}
    for name, flows in (("shut", shut_flow), ("open", open_flow)):
        rows = statements(flows, np.random.default_rng(seed))
        expected = estimated(rows.filter(pl.col("period_end") < first), shut=False, seed=seed, draws=draws)
        happened = estimated(rows, shut=name == "shut", seed=seed, draws=draws)
        found[name] = loss(monthly(expected, first, last), monthly(happened, first, last), seed=seed)
    tail = (1 - LEVEL / 100) / 2
    lower, upper = np.quantile(found["shut"].total, [tail, 1 - tail])
    return {"inside": bool(lower <= truth <= upper), "told": found["shut"].verdict == "lost",
            "called": found["open"].verdict != "untold"}  # fmt: skip


def simulated(args: argparse.Namespace) -> None:
    """Print how often intervals hold known losses, and how often a loss is called where there was none."""
    seeds = [args.seed * 1000 + number for number in range(args.simulations)]
    table = pl.DataFrame(map_in_processes(partial(simulation, draws=args.draws), seeds, workers=PROCESSES))
    inside, told, called = (float(table[name].mean()) for name in ("inside", "told", "called"))  # type: ignore[arg-type]
    print(f"{len(table)} simulations: loss inside its {LEVEL}% interval {inside:.0%}, told as lost {told:.0%}")
    print(f"without a closure called a loss or a gain {called:.0%}")


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["placebo", "simulated"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--simulations", type=int, default=100)
    parser.add_argument("--made-on", help="the day of the run, YYYY-MM-DD")
    parser.add_argument("--out", type=Path, help="where to write the placebo windows, as CSV")
    args = parser.parse_args()
    if args.what == "placebo" and not args.made_on:
        parser.error("placebo needs --made-on, the day of the run")
    (placebo if args.what == "placebo" else simulated)(args)


if __name__ == "__main__":
    main()
