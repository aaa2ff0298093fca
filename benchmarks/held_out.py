"""Hold out real statements, one figure at a time, and see whether the intervals hold it.

    python benchmarks/held_out.py --seed 1 --out data/held_out.csv

Every exact level of the series below is left out with all that gives it away, and its sum reconstructed from the
rest: `nowcast` from what was known on the day before it was published, `smoothed` from everything published since.
What gives it away: levels and averages of the same series and period; rows of the same place that end on the same
day and were published within three days (growth, imports and exports, the last month alone); and reprints of these.

Columns of the table
    unfinished   whether the figure was published before its year was over
    n            figures that could be reconstructed; the first of a series has nothing before it
    cover80/95   share of figures inside the interval; one that its rounding leaves partly inside counts in part
    width80      median width of the 80% interval / figure
    error        median of |median - figure| / figure
    baseline     the same for the sum a year before times the growth of the year to date (`plain_methods.sum_by_ratio`)
"""

import argparse
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

from analysis.core.vocabulary import LEVEL_MEASURES

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl
from plain_methods import sum_by_ratio

from analysis.core.errors import EvidenceError
from analysis.core.sampling import Sampling
from analysis.runtime.processes import map_in_processes
from analysis.sources.evidence import Evidence
from analysis.sources.registers import HELD_OUT

SERIES = (
    "horgos.freight_tonnes.total.rail",
    "alashankou.freight_tonnes.total.rail",
    "xinjiang.trade_value_cny.total.all",
    "xinjiang.trade_value_cny.import.all",
    "xinjiang.trade_value_cny.export.all",
)
SAME_BULLETIN = dt.timedelta(days=3)
LONGEST = dt.timedelta(days=366)
PROCESSES = 2


def figures(statements: pl.DataFrame) -> pl.DataFrame:
    """Return the first print of each exact level over at most a year, the most exact where two came on one day."""
    return (
        statements.filter(
            pl.col("series_id").is_in(SERIES),
            pl.col("measure") == "level",
            pl.col("relation") == "eq",
            pl.col("status") == "valid",
            pl.col("period_end") - pl.col("period_start") < LONGEST,
        )
        .sort("available_on", "half_width", "line")
        .unique(["series_id", "period_start", "period_end"], keep="first", maintain_order=True)
    )


def without(statements: pl.DataFrame, figure: dict[str, Any]) -> pl.DataFrame:
    """Return the statements that do not give a figure away."""
    same_sum = (
        (pl.col("series_id") == figure["series_id"])
        & pl.col("measure").is_in(LEVEL_MEASURES)
        & (pl.col("period_start") == figure["period_start"])
        & (pl.col("period_end") == figure["period_end"])
    )
    same_bulletin = (
        (pl.col("place") == figure["place"])
        & (pl.col("period_end") == figure["period_end"])
        & pl.col("available_on").is_between(
            figure["available_on"] - SAME_BULLETIN, figure["available_on"] + SAME_BULLETIN
        )
    )
    original = pl.coalesce("same_as", "statement_id")
    told = statements.filter(same_sum | same_bulletin).select(original).to_series()
    return statements.filter(~original.is_in(told.implode()))


def held(draws: np.ndarray, figure: dict[str, Any], level: int) -> float:
    """Return how much of a rounded figure's probability by the draws lies inside their central interval."""
    tail = (1 - level / 100) / 2
    low, high = (float(np.mean(draws < figure["value"] + side * figure["half_width"])) for side in (-1, 1))
    if low == high:
        return float(tail <= low <= 1 - tail)
    return max(min(high, 1 - tail) - max(low, tail), 0.0) / (high - low)


def outcome(figure: dict[str, Any], evidence: Evidence, seed: int, draws: int) -> list[dict[str, Any]]:
    """Return one row for each variant in which a figure can be reconstructed."""
    rest, start, end = without(evidence.statements, figure), figure["period_start"], figure["period_end"]
    dates = {"nowcast": figure["available_on"] - dt.timedelta(days=1), "smoothed": evidence.known().as_of}
    rows = []
    for variant, as_of in dates.items():
        known = evidence.with_statements(rest).known(as_of)
        months = {"start": start.replace(month=1), "end": end.replace(month=12)}
        try:
            path = paths.reconstruct(known, figure["series_id"], **months, sampling=Sampling(seed=seed, draws=draws))
        except EvidenceError:
            continue
        totals = path.total(start, end)
        plain = sum_by_ratio(known.statements, figure["series_id"], start, end)
        rows.append(
            {
                "statement_id": figure["statement_id"],
                "series": figure["series_id"],
                "variant": variant,
                "unfinished": figure["available_on"].year == end.year,
                "cover80": held(totals, figure, 80),
                "cover95": held(totals, figure, 95),
                "width80": float(np.diff(np.quantile(totals, [0.1, 0.9]))[0]) / figure["value"],
                "error": abs(float(np.median(totals)) / figure["value"] - 1),
                "baseline": abs(plain / figure["value"] - 1),
            }
        )
    return rows


def table(rows: pl.DataFrame, *keys: str) -> str:
    """Return coverage and errors by keys, as a table in Markdown."""
    summary = rows.group_by(keys).agg(
        pl.len().alias("n"),
        pl.col("cover80", "cover95").mean().round(2),
        pl.col("width80", "error").median().round(3),
        pl.col("baseline").fill_nan(None).median().round(3),
    )
    lines = [summary.columns, ["---"] * summary.width, *summary.sort(keys).iter_rows()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def main() -> None:
    """Print the results by variant, by whether the year was over, and by series."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--figures", type=int, default=0, help="so many figures, drawn with the seed (default: all)")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--out", type=Path, help="where to write a row for each figure and variant, as CSV")
    args, evidence = parser.parse_args(), Evidence.read()
    held_out = figures(evidence.statements)
    chosen = (held_out.sample(args.figures, seed=args.seed) if args.figures else held_out).to_dicts()
    work = partial(outcome, evidence=evidence, seed=args.seed, draws=args.draws)
    rows = pl.DataFrame([row for found in map_in_processes(work, chosen, workers=PROCESSES) for row in found])
    if args.out:
        named = rows.rename({"cover80": "inside80", "cover95": "inside95"}).select(list(HELD_OUT.schema))
        numbers = pl.selectors.float().fill_nan(None).round(4)
        named.with_columns(numbers).sort("statement_id", "variant").write_csv(args.out)
    print(f"{len(chosen)} figures\n")
    print(table(rows, "variant"), table(rows, "variant", "unfinished"), table(rows, "variant", "series"), sep="\n\n")


if __name__ == "__main__":
    main()
