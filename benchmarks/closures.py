"""What the closures desk finds where nothing happened, and where the loss is known.

    python benchmarks/closures.py placebo --seed 1 --made-on 2026-11-29 --out data/placebo_closures.csv
    python benchmarks/closures.py simulated --simulations 100 --seed 1

`placebo`
    At the beginning of each of some years before 2020 the desk is asked what the flows below lost in the three years
    that followed, from all that ended before 2020: the year before, grown on as in the five before it, less the path. A
    window whose verdict is not "untold" is a false positive. `--made-on` is the day of the run, for the page; a command
    reads no clock.
`simulated`
    A flow of nine years (level as a random walk with a drift of its own, season, noise) is shut for nine months of its
    seventh year, as the calendar knows, and comes back over six more. `bulletins.Office` makes statements about it, and
    of the same flow without a closure. In every second simulation evidence is thin, as that of the road ports is: of
    the statements about the four years before the closure one in four is left, and one growth on the year before it is
    published of the last year. Printed are how often the 80% interval of the loss of those fifteen months
    holds the truth, against the same months of the year before and against that year grown on, and how often a loss or
    gain is called where there was no closure.
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
from analysis.desks.closures import Impact, measure
from analysis.desks.closures.impact import YEARS_BEFORE
from analysis.estimates.inputs import REGIME_JUMP
from analysis.methods.counterfactual import Loss
from analysis.methods.reconstruction import Reconstruction, reconstruct
from analysis.runtime.processes import map_in_processes
from analysis.sources.evidence import Evidence, Known
from analysis.sources.ledger.rounding import half_width
from analysis.sources.registers import PLACEBO_CLOSURES, PORT_CLOSURES, PORT_EVENTS

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

FIRST, YEARS_SIMULATED, SHUT, CLOSED, RAMP = 2013, 9, 84, 9, 6
LEVEL = 80

#: Of the statements about the years before the closure so many are left where evidence is thin.
LEFT = 0.25


def before(known: Known, day: dt.date) -> Known:
    """Return what is known of the time before a day: statements that ended by then, calendars without what came."""
    registers = dict(known.evidence.registers)
    closures, events = registers[PORT_CLOSURES.name], registers[PORT_EVENTS.name]
    registers[PORT_CLOSURES.name] = closures.filter(pl.col("start") < day)
    registers[PORT_EVENTS.name] = events.filter(pl.col("date_start") < day)
    return Evidence(known.evidence.statements.filter(pl.col("period_end") < day), registers).known(known.as_of)


def placebo_windows(name: str, *, known: Known, seed: int) -> list[dict[str, object]]:
    """Return what the desk finds of one flow in each window for which it has the years before."""
    first, last = dt.date(STARTS[0] - YEARS_BEFORE, 1, 1), dt.date(STARTS[-1] + YEARS - 1, 12, 1)
    try:
        path = paths.reconstruct(known, name, start=first, end=last, sampling=Sampling(seed=seed))
    except EvidenceError:
        return []
    rows = []
    for start in STARTS:
        span = dt.date(start, 1, 1), dt.date(start + YEARS - 1, 12, 1), dt.date(start + YEARS - 1, 12, 1)
        inside = [place for place, month in enumerate(path.months) if month <= span[2]]
        months = [path.months[place] for place in inside]
        found = measure(name, "1", path.draws[:, inside], months, span, growth=True, seed=seed).grown
        if found is None:
            continue
        lower, median, upper = np.quantile(found.share, [0.1, 0.5, 0.9])
        row = {"series_id": name, "start": span[0], "end": month_end(span[1]), "verdict": found.verdict}
        rows.append(row | {"median": float(median), "lower": float(lower), "upper": float(upper)})
    return rows


def placebo(args: argparse.Namespace) -> None:
    """Write the record of the placebo windows, and print how many were called."""
    known = before(Evidence.read().known(), END)
    rows = [row for name in SERIES for row in placebo_windows(name, known=known, seed=args.seed)]
    table = pl.DataFrame(rows).with_columns(pl.selectors.float().round(4), made_on=pl.lit(args.made_on).str.to_date())
    table = table.select(list(PLACEBO_CLOSURES.schema)).sort("series_id", "start")
    if args.out:
        table.write_csv(args.out)
    called = len(table.filter(pl.col("verdict") != "untold"))
    outside = len(table.filter((pl.col("lower") > 0) | (pl.col("upper") < 0)))
    print(f"{len(table)} windows, {called} called a loss or a gain: {called / len(table):.0%}")
    print(f"zero outside the {LEVEL}% interval in {outside}: {outside / len(table):.0%}")
    print(table.group_by("series_id").agg(pl.len(), (pl.col("verdict") != "untold").sum().alias("called")))


def flow(rng: np.random.Generator) -> np.ndarray:
    """Return monthly flows of a port: a random walk of 5% a month with a drift of 8% a year, a season of 15%, noise."""
    months = 12 * YEARS_SIMULATED
    season = 0.15 * np.sin(2 * np.pi * (np.arange(months) + rng.integers(12)) / 12)
    drift = rng.normal(0, 0.08) / 12
    walk = np.log(30_000) + np.cumsum(rng.normal(drift, 0.05, months))
    return np.exp(walk + season + rng.normal(0, 0.05, months))


def closed(open_flow: np.ndarray) -> np.ndarray:
    """Return the flow with the closure and the months in which it comes back."""
    share = np.ones(open_flow.size)
    share[SHUT : SHUT + CLOSED] = 0
    share[SHUT + CLOSED : SHUT + CLOSED + RAMP] = np.linspace(1, RAMP, RAMP) / (RAMP + 1)
    return open_flow * share


def statements(flows: np.ndarray, rng: np.random.Generator, *, thin: bool) -> pl.DataFrame:
    """Return statements about a flow as a reconstruction reads them."""
    office = Office("gate", np.maximum(flows, 1.0), FIRST, rng)
    for year in range(FIRST, FIRST + YEARS_SIMULATED):
        office.year(year)
    shut = add_months(dt.date(FIRST, 1, 1), SHUT)
    if thin:
        office.rows = [row for row in office.rows if not _is_recent(row, shut) or rng.random() < LEFT]
        last = FIRST + YEARS_SIMULATED - 1
        yearly = flows.reshape(-1, 12).sum(axis=1)
        growth = round(float(yearly[-1] / yearly[SHUT // 12 - 1]) - 1, 2)
        span = dt.date(last, 1, 1), dt.date(last, 12, 31)
        office.say(*span, f"growth_vs_{shut.year - 1}", "eq", growth, f"{growth:+.0%}", 20)
        level = float(f"{yearly[-1]:.3g}")
        office.say(*span, "level", "eq", level, f"{level / 1e4:.4g}万", 20)
    table = pl.DataFrame(office.rows, schema_overrides={"value": pl.Float64}, infer_schema_length=None)
    table = table.unique(["period_start", "period_end", "measure"], keep="last", maintain_order=True)
    table = table.with_columns(statement_id=pl.format("gate#{}", pl.int_range(pl.len())))
    widths = [half_width(row["value"], row["value_as_published"]).half_width for row in table.iter_rows(named=True)]
    return table.with_columns(half_width=pl.Series(widths))


def _is_recent(row: dict[str, object], shut: dt.date) -> bool:
    end = row["period_end"]
    assert isinstance(end, dt.date)
    return shut.replace(year=shut.year - 4) <= end < shut


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
            {"start": [first], "end": [month_end(add_months(first, CLOSED + 1))], "jump": [REGIME_JUMP]}
        )
    sampling = Sampling(draws=draws, seed=seed)
    return reconstruct(rows, start=start, end=end, open_share=calendar, regimes=regimes, sampling=sampling)


def simulation(seed: int, *, draws: int) -> dict[str, object]:
    """Return whether losses are inside their intervals, and the verdict where there was none."""
    rng = np.random.default_rng(seed)
    open_flow, thin = flow(rng), bool(seed % 2)
    shut_flow = closed(open_flow)
    first = add_months(dt.date(FIRST, 1, 1), SHUT)
    span = first, add_months(first, CLOSED + RAMP - 1), add_months(first, CLOSED + RAMP - 1)
    found: dict[str, Impact] = {}
    for name, flows in (("shut", shut_flow), ("open", open_flow)):
        rows = statements(flows, np.random.default_rng(seed), thin=thin)
        path = estimated(rows, shut=name == "shut", seed=seed, draws=draws)
        found[name] = measure("gate", "1", path.draws, path.months, span, growth=True, seed=seed)
    months = np.arange(SHUT, SHUT + CLOSED + RAMP)
    same = open_flow[SHUT - 12 + (months - SHUT) % 12]
    shut, grown, still = found["shut"].closed, found["shut"].grown, found["open"].grown
    assert grown is not None
    assert still is not None
    return {
        "thin": thin,
        "yardstick": _holds(shut, float((same - shut_flow[months]).sum())),
        "grown": _holds(grown, float((open_flow - shut_flow)[months].sum())),
        "told": grown.verdict == "lost",
        "called": still.verdict != "untold",
    }


def _holds(found: Loss, truth: float) -> bool:
    """Return whether the interval of a loss holds the truth."""
    tail = (1 - LEVEL / 100) / 2
    lower, upper = np.quantile(found.total, [tail, 1 - tail])
    return bool(lower <= truth <= upper)


def simulated(args: argparse.Namespace) -> None:
    """Print how often intervals hold known losses, and how often a loss is called where there was none."""
    seeds = [args.seed * 1000 + number for number in range(args.simulations)]
    table = pl.DataFrame(map_in_processes(partial(simulation, draws=args.draws), seeds, workers=args.processes))
    for what, rows in (("all", table), ("rich", table.filter(~pl.col("thin"))), ("thin", table.filter("thin"))):
        shares = rows.select(pl.col("yardstick", "grown", "told", "called").mean()).row(0, named=True)
        print(f"{what}, {len(rows)} simulations: inside the {LEVEL}% interval against the year before "
              f"{shares['yardstick']:.0%}, against that year grown on {shares['grown']:.0%}; told as lost "
              f"{shares['told']:.0%}; without a closure called a loss or a gain {shares['called']:.0%}")  # fmt: skip


def main() -> None:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["placebo", "simulated"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--simulations", type=int, default=100)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--made-on", help="the day of the run, YYYY-MM-DD")
    parser.add_argument("--out", type=Path, help="where to write the placebo windows, as CSV")
    args = parser.parse_args()
    if args.what == "placebo" and not args.made_on:
        parser.error("placebo needs --made-on, the day of the run")
    (placebo if args.what == "placebo" else simulated)(args)


if __name__ == "__main__":
    main()
