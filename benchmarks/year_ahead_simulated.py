"""Score totals of the year that has only begun on simulated bulletins, beside rules that are told every true month.

    python benchmarks/year_ahead_simulated.py --seeds 1,2,7

Truth, bulletins and command are those of `score_reconstruction.py`. The command runs as of 20 February of each year
from 2018 to 2024, and the total of that year is compared with what it says of it.

Rows of the table
    silkport      from the statements that were out by then
    stated year   the last year of which the statements reach September, as it is, with the quantiles of the changes
                  of all series over as many years as interval: the rule that the command must beat
    true years    told every true year before this one: the last one, as it is, with an interval of the size of the
                  series' own past changes, shrunk to those of the middle series
    true months   told every true month before this year: the same, moved by what the last quarter grew more than its
                  year, times the share of this that lasted in all series of the years before (Huber regression)

Columns
    error      median of |median - truth| / truth
    cover80    share of totals inside the 80% interval
    width      median ratio of the upper to the lower end of the 80% interval
    winkler    mean interval score of the log of the total: width of the 80% interval plus ten times what lies outside
    ratio      winkler over that of `stated year`
    n          totals
"""

import argparse
import datetime as dt
import tempfile
from pathlib import Path

from score_reconstruction import FIRST, LAST, MONTHS, finite, reconstruct, truth  # isort: skip (one thread)
import numpy as np
import polars as pl
import statsmodels.api as sm
from bulletins import write_ledger
from plain_methods import even_spread, stated_sums

YEARS = tuple(range(2018, LAST + 1))

#: A year counts as stated if its statements reach this month.
REACHED = 9

#: How many changes the middle series counts for in the spread of a series; normal quantile of the 80% interval.
SHRUNK, NORMAL_80 = 4, 1.2816

Interval = tuple[float, float, float]


def stated_years(ledger: pl.DataFrame, name: str) -> dict[int, float]:
    """Return totals of the years whose statements reach September, completed by even spread."""
    sums, values = stated_sums(ledger, name, FIRST, MONTHS)
    monthly, reached = even_spread(sums, values, MONTHS), dict[int, int]()
    for row in sums:
        first, last = np.flatnonzero(row)[[0, -1]]
        if first % 12 == 0 and first // 12 == last // 12:
            reached[first // 12] = max(reached.get(first // 12, 0), last % 12 + 1)
    return {FIRST + y: float(monthly[12 * y :][:12].sum()) for y, months in reached.items() if months >= REACHED}


def from_stated_years(ledger: pl.DataFrame, names: list[str], year: int) -> dict[str, Interval]:
    """Return the last stated year of each series with the spread of past changes of all over as many years."""
    totals, changes = {name: stated_years(ledger, name) for name in names}, dict[int, list[float]]()
    for found in totals.values():
        for first in found:
            for last in filter(first.__lt__, found):
                changes.setdefault(last - first, []).append(np.log(found[last] / found[first]))
    intervals = {}
    for name, found in totals.items():
        before = max((y for y in found if y < year), default=None)
        if before is not None:
            gap = year - before
            spread = changes.get(gap) or [change * np.sqrt(gap) for change in changes[1]]
            low, high = np.exp(np.quantile(spread, [0.1, 0.9]))
            intervals[name] = found[before], found[before] * low, found[before] * high
    return intervals


def from_true_months(actual: dict[str, np.ndarray], year: int, *, carried: bool) -> dict[str, Interval]:
    """Return the last true year of each series, moved by what its last quarter grew if that is to be carried on."""
    months = np.log(np.stack(list(actual.values()))).reshape(len(actual), -1, 12)[:, : year - FIRST]
    totals = np.log(np.exp(months).sum(axis=2))
    quarters = np.log(np.exp(months[:, :, 9:]).sum(axis=2))
    ahead = np.diff(quarters, axis=1) - np.diff(totals, axis=1)  # of the years from FIRST + 1 on
    changes, lasting = np.diff(totals, axis=1)[:, 1:], 0.0
    if carried:
        lasting = float(sm.RLM(changes.ravel(), ahead[:, :-1].ravel()).fit().params[0])
    errors = changes - lasting * ahead[:, :-1]
    usual = np.median(np.sqrt((errors**2).mean(axis=1)))
    spread = np.sqrt((SHRUNK * usual**2 + (errors**2).sum(axis=1)) / (SHRUNK + errors.shape[1]))
    middle, reach = totals[:, -1] + lasting * ahead[:, -1], NORMAL_80 * spread
    ends = np.exp(np.stack([middle, middle - reach, middle + reach], axis=1))
    return {name: tuple(row) for name, row in zip(actual, ends.tolist(), strict=True)}


def from_command(table: pl.DataFrame, names: list[str], year: int) -> dict[str, Interval]:
    """Return what the command says of the year."""
    total = table.filter(
        (pl.col("freq") == "A") & (pl.col("level") == 80) & (pl.col("time_period") == dt.date(year, 1, 1))
    )
    rows = {name: finite(total.filter(pl.col("series_id") == name), f"{name}, {year}", 1) for name in names}
    return {name: row.select("median", "lower", "upper").row(0) for name, row in rows.items()}


def outcomes(seed: int) -> pl.DataFrame:
    """Return one row a method, series and year of one simulated ledger."""
    actual, found = truth(), []
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "ledger.csv", Path(folder) / "out.parquet"
        ledger = write_ledger(actual, path, first=FIRST, last=LAST, seed=seed)
        for year in YEARS:
            day = dt.date(year, 2, 20)
            seen = ledger.filter(pl.col("published_on") <= day)
            levels = seen.filter((pl.col("measure") == "level") & (pl.col("relation") == "eq"))
            plain = from_stated_years(seen, levels["series_id"].unique().sort().to_list(), year)
            table, _ = reconstruct(path, out, day, f"{year}-12")
            methods = {
                "silkport": from_command(table, list(plain), year),
                "stated year": plain,
                "true years": from_true_months(actual, year, carried=False),
                "true months": from_true_months(actual, year, carried=True),
            }
            for method, intervals in methods.items():
                for name in plain:
                    total = float(actual[name][12 * (year - FIRST) :][:12].sum())
                    found.append((method, name, year, total, *intervals[name]))
    columns = ["method", "series_id", "year", "truth", "median", "lower", "upper"]
    return pl.DataFrame(found, schema=columns, orient="row")


def scores(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    """Return the scores by keys."""
    miss = pl.max_horizontal(
        pl.col("lower").log() - pl.col("truth").log(), pl.col("truth").log() - pl.col("upper").log(), pl.lit(0.0)
    )
    width = pl.col("upper").log() - pl.col("lower").log()
    return rows.group_by(keys, maintain_order=True).agg(
        error=((pl.col("median") - pl.col("truth")).abs() / pl.col("truth")).median(),
        cover80=pl.col("truth").is_between(pl.col("lower"), pl.col("upper")).mean(),
        width=(pl.col("upper") / pl.col("lower")).median(),
        winkler=(width + 10 * miss).mean(),
        n=pl.len(),
    )


def main() -> None:
    """Print the table of all seeds, and the scores by year."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1,2,7")
    rows = pl.concat([outcomes(int(seed)) for seed in parser.parse_args().seeds.split(",")])
    table = scores(rows, "method")
    rule = table.filter(pl.col("method") == "stated year")["winkler"].item()
    table = table.with_columns(ratio=pl.col("winkler") / rule)
    by_year = scores(rows, "year", "method").pivot(on="method", index="year", values="winkler")
    plain = {"tbl_hide_column_data_types": True, "tbl_hide_dataframe_shape": True, "tbl_rows": -1, "tbl_cols": -1}
    with pl.Config(tbl_formatting="ASCII_MARKDOWN", float_precision=3, **plain):
        print(table, by_year, sep="\n\n")


if __name__ == "__main__":
    main()
