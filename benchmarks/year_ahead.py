"""Score totals of the year that has only begun, as of 20 February, against what was published of it later.

    python benchmarks/year_ahead.py [--first 2018] [--last 2025] [--draws 400] [--out FILE.csv]

Each exact level of a whole year of a monthly flow of the bundled ledger that came out after 20 February of that year
and whose series had a figure before. The estimate is the product's own, from what had been published by that day.

Columns of the table
    n          totals
    cover80/95 share inside the interval
    ratio80    median ratio of the upper to the lower end of the 80% interval
    error      median of |median - figure| / figure
    last_year  the same for the total of the year before, where it was known by then
    winkler    mean interval score of the log of the total: width of the 80% interval plus ten times what lies outside
"""

import argparse
import datetime as dt
import time
from pathlib import Path

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl
from left_out import figures, kind
from plain_methods import sum_by_ratio

from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Evidence, Known


def totals(known: Known, year: int) -> pl.DataFrame:
    """Return the figures of a whole year that came out after its 20 February."""
    whole = (pl.col("period_start") == dt.date(year, 1, 1)) & (pl.col("period_end") == dt.date(year, 12, 31))
    return figures(known).filter(whole & (pl.col("available_on") > dt.date(year, 2, 20)))


def outcomes(known: Known, year: int, draws: int) -> list[dict[str, object]]:
    """Return one row for each total of a year that could be estimated on its 20 February."""
    then, later = known.at(dt.date(year, 2, 20)), totals(known, year)
    before = set(figures(then)["series_id"])
    posterior = paths.joint(then)
    names = [name for name in later["series_id"].unique().sort() if name in before and name in posterior.parts]
    results = posterior.paths(names, Sampling(draws=draws), months=(dt.date(year - 1, 1, 1), dt.date(year, 12, 1)))
    rows = []
    for row in later.filter(pl.col("series_id").is_in(names)).iter_rows(named=True):
        path = results[row["series_id"]]
        if not isinstance(path, Reconstruction):
            continue
        total = path.total(row["period_start"], row["period_end"])
        low95, low, middle, high, high95 = np.quantile(total, [0.025, 0.1, 0.5, 0.9, 0.975])
        miss = max(np.log(low / row["value"]), np.log(row["value"] / high), 0.0)
        last = sum_by_ratio(then.statements, row["series_id"], row["period_start"], row["period_end"], growth=False)
        rows.append(
            {
                "statement_id": row["statement_id"],
                "series_id": row["series_id"],
                "year": year,
                "kind": kind(row["indicator"], row["unit"]),
                "cover80": bool(low <= row["value"] <= high),
                "cover95": bool(low95 <= row["value"] <= high95),
                "ratio80": float(high / low),
                "error": abs(float(middle) / row["value"] - 1),
                "last_year": abs(last / row["value"] - 1) if np.isfinite(last) and last > 0 else None,
                "winkler": float(np.log(high / low) + 10 * miss),
            }
        )
    return rows


def table(rows: pl.DataFrame, *keys: str) -> str:
    """Return the scores by keys, as a table in Markdown."""
    summary = rows.group_by(keys).agg(
        pl.len().alias("n"),
        pl.col("cover80", "cover95").mean().round(2),
        pl.col("ratio80").median().round(2),
        pl.col("error", "last_year").median().round(3),
        pl.col("winkler").mean().round(3),
    )
    lines = [summary.columns, ["---"] * summary.width, *summary.sort(keys).iter_rows()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def main() -> None:
    """Print the scores of all flows, by kind and by year."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=2018)
    parser.add_argument("--last", type=int, default=2025)
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--out", type=Path, help="where to write a row for each total, as CSV")
    args, begin, known = parser.parse_args(), time.process_time(), Evidence.read().known()
    rows = pl.DataFrame(
        [row for year in range(args.first, args.last + 1) for row in outcomes(known, year, args.draws)]
    ).with_columns(all=pl.lit("all flows"))
    if args.out:
        rows.write_csv(args.out)
    print(f"{rows.height} totals, {time.process_time() - begin:.0f} s of the processor\n")
    print(table(rows, "all"), table(rows, "kind"), table(rows, "year"), sep="\n\n")


if __name__ == "__main__":
    main()
