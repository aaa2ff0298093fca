"""Score `silkport reconstruct` on simulated bulletins whose true months are known.

    python benchmarks/score_reconstruction.py --seeds 1,2,7

The truth is monthly border crossings of the US Bureau of Transportation Statistics (public domain), the series that
are complete, positive and above 300 a month from 2013 to 2024. `bulletins.py` turns them into statements. The command
runs once with everything published and once for each as-of date; every month and year must be there and finite.

Columns of the table
    months      mean |median - truth| / mean truth over all months, then over series
    ratio       months, divided by that of the better plain method (even-spread or smooth) on the same ledger
    cover80/95  share of months whose interval holds the truth
    winkler     mean 80% Winkler score of the months / mean truth
    year        median over series and as-of dates of |year median - truth| / truth for the current, unfinished year
    ycover80    share of those years inside the 80% interval
    seconds     wall time of the command with everything published
    n           series that the method applied to, over all ledgers

Denton-Cholette and Chow-Lin distribute the stated sums by the season that all series of the ledger share. `true months`
is told every true month of the past and of this year up to the last stated one, and divides the year to date by its
median share in the four years before.
"""

import argparse
import datetime as dt
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import analysis  # noqa: F401 # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parent))
from bulletins import write_ledger
from disaggregation import benchmarks, chow_lin, denton_cholette, pooled_season
from plain_methods import even_spread, smooth, stated_sums, year_by_ratio, year_by_shares

HERE = Path(__file__).parent
AS_OF = tuple(map(dt.date.fromisoformat, ("2019-09-20", "2020-08-20", "2022-10-20", "2024-10-20")))
FIRST, LAST = 2013, 2024
MONTHS = 12 * (LAST - FIRST + 1)

#: Row of the table to column of the tally.
BASELINES = {"even-spread": "even", "smooth": "smooth", "denton": "denton", "chow-lin": "chow_lin"}


@dataclass
class Tally:
    """Errors and coverage so far, one entry a series (or a series and as-of date)."""

    months: list[float] = field(default_factory=list)
    even: list[float] = field(default_factory=list)
    smooth: list[float] = field(default_factory=list)
    denton: list[float] = field(default_factory=list)
    chow_lin: list[float] = field(default_factory=list)
    cover80: list[float] = field(default_factory=list)
    cover95: list[float] = field(default_factory=list)
    winkler: list[float] = field(default_factory=list)
    year: list[float] = field(default_factory=list)
    year_even: list[float] = field(default_factory=list)
    year_complete: list[float] = field(default_factory=list)
    ycover80: list[float] = field(default_factory=list)

    def means(self) -> dict[str, float]:
        """Return the mean of each list; the median for errors of the year."""
        found = {name: float(np.nanmean(values)) for name, values in vars(self).items()}
        found |= {name: float(np.nanmedian(getattr(self, name))) for name in ("year", "year_even", "year_complete")}
        found |= {f"n_{name}": int(np.isfinite(getattr(self, name)).sum()) for name in BASELINES.values()}
        return found | {"ratio": found["months"] / min(found["even"], found["smooth"])}


def truth() -> dict[str, np.ndarray]:
    """Return the complete series, months FIRST to LAST."""
    table = pl.read_parquet(HERE / "data" / "bts_border.parquet")
    table = table.filter(pl.col("ds").dt.year().is_between(FIRST, LAST)).sort("unique_id", "ds")
    groups = table.group_by("unique_id", maintain_order=True)
    series = {str(name): group["y"].to_numpy() for (name,), group in groups}
    return {
        name: y
        for name, y in series.items()
        if len(y) == MONTHS and np.isfinite(y).all() and y.min() > 0 and y.mean() > 300
    }


def reconstruct(ledger: Path, out: Path, as_of: dt.date, end: str) -> tuple[pl.DataFrame, float]:
    """Run the command and return its table and wall time."""
    command = ["silkport", "reconstruct", "--ledger", str(ledger), "--as-of", str(as_of), "--start", f"{FIRST}-01"]
    begin = time.perf_counter()
    subprocess.run([*command, "--end", end, "--levels", "80,95", "--out", str(out)], check=True)
    return pl.read_parquet(out), time.perf_counter() - begin


def finite(table: pl.DataFrame, what: str, rows: int) -> pl.DataFrame:
    """Return the rows asked for, all there, once each and finite."""
    values = table.select("median", "lower", "upper").to_numpy()
    if table.height != rows or table["time_period"].n_unique() != rows or not np.isfinite(values).all():
        raise SystemExit(f"{what}: {table.height} rows, expected {rows} finite ones")
    return table.sort("time_period")


def score_baselines(tally: Tally, ledger: pl.DataFrame, actual: dict[str, np.ndarray]) -> None:
    """Score the months of the plain methods and of official statistics."""
    figures = {name: stated_sums(ledger, name, FIRST, MONTHS) for name in actual}
    season = np.tile(pooled_season(figures.values()), MONTHS // 12)
    for name, y in actual.items():
        sums, stated = benchmarks(*figures[name])
        found = {
            "even": even_spread(*figures[name], MONTHS),
            "smooth": smooth(*figures[name], MONTHS),
            "denton": denton_cholette(stated, season, sums),
            "chow_lin": chow_lin(stated, season[:, None], sums),
        }
        for method, months in found.items():
            getattr(tally, method).append(float(np.abs(months - y).mean() / y.mean()))


def score_months(tally: Tally, table: pl.DataFrame, name: str, y: np.ndarray) -> None:
    """Score the months of one series."""
    monthly = table.filter((pl.col("series_id") == name) & (pl.col("freq") == "M"))
    for level in (80, 95):
        part = finite(monthly.filter(pl.col("level") == level), f"{name}, months", MONTHS)
        low, high = part["lower"].to_numpy(), part["upper"].to_numpy()
        getattr(tally, f"cover{level}").append(float(((low <= y) & (y <= high)).mean()))
        if level == 80:
            tally.months.append(float(np.abs(part["median"].to_numpy() - y).mean() / y.mean()))
            miss = np.maximum(low - y, 0) + np.maximum(y - high, 0)
            tally.winkler.append(float((high - low + 2 / 0.2 * miss).mean() / y.mean()))


def score_year(tally: Tally, table: pl.DataFrame, seen: pl.DataFrame, name: str, y: np.ndarray, date: dt.date) -> None:
    """Score the unfinished year of one series at one as-of date."""
    yearly = table.filter(
        (pl.col("series_id") == name) & (pl.col("freq") == "A") & (pl.col("level") == 80)
        & (pl.col("time_period") == dt.date(date.year, 1, 1))
    )  # fmt: skip
    row = finite(yearly, f"{name}, {date.year} as of {date}", 1).row(0, named=True)
    total = y[12 * (date.year - FIRST) :][:12].sum()
    tally.year.append(abs(row["median"] - total) / total)
    tally.ycover80.append(float(row["lower"] <= total <= row["upper"]))
    monthly = even_spread(*stated_sums(seen, name, FIRST, MONTHS), MONTHS)
    tally.year_even.append(abs(year_by_ratio(monthly, date.year - FIRST, date.month - 1) - total) / total)
    figures = seen.filter((pl.col("series_id") == name) & (pl.col("measure") == "level") & (pl.col("relation") == "eq"))
    stated = figures.filter(pl.col("period_start") >= dt.date(date.year, 1, 1))["period_end"].dt.month().to_list()
    by_shares = year_by_shares(y, date.year - FIRST, max(stated, default=0))
    tally.year_complete.append(abs(by_shares - total) / total)


def score(seed: int) -> dict[str, float]:
    """Score one simulated ledger, in full and at each as-of date."""
    actual, tally = truth(), Tally()
    with tempfile.TemporaryDirectory() as name:
        path, out = Path(name) / "ledger.csv", Path(name) / "out.parquet"
        ledger = write_ledger(actual, path, first=FIRST, last=LAST, seed=seed)
        table, seconds = reconstruct(path, out, dt.date(LAST + 1, 3, 1), f"{LAST}-12")
        score_baselines(tally, ledger, actual)
        for series, y in actual.items():
            score_months(tally, table, series, y)
        for date in AS_OF:
            table, _ = reconstruct(path, out, date, f"{date.year}-12")
            seen = ledger.filter(pl.col("published_on") <= date)
            figures = seen.filter((pl.col("measure") == "level") & (pl.col("relation") == "eq"))
            for series in figures["series_id"].unique().sort():
                score_year(tally, table, seen, series, actual[series], date)
    return {"series": len(actual), **tally.means(), "seconds": seconds}


def main() -> None:
    """Print one line a seed and the mean as a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1,2,7")
    found = []
    for seed in parser.parse_args().seeds.split(","):
        found.append(score(int(seed)))
        print(f"seed {seed}: " + " ".join(f"{key}={value:.4g}" for key, value in found[-1].items()), flush=True)
    mean = {key: float(np.mean([row[key] for row in found])) for key in found[0]}
    best = min(mean["even"], mean["smooth"])
    rows = {"silkport": {**mean, "n": sum(row["series"] for row in found)}}
    for method, name in BASELINES.items():
        rows[method] = {"months": mean[name], "ratio": mean[name] / best, "n": sum(row[f"n_{name}"] for row in found)}
    rows["even-spread"]["year"] = mean["year_even"]
    rows["true months"] = {"year": mean["year_complete"], "n": rows["silkport"]["n"]}
    columns = ("months", "ratio", "cover80", "cover95", "winkler", "year", "ycover80", "seconds")
    print(f"\n{'method':<14}" + "".join(f"{name:>10}" for name in (*columns, "n")))
    for method, row in rows.items():
        cells = "".join(f"{row[name]:>10.3f}" if name in row else f"{'':>10}" for name in columns)
        print(f"{method:<14}{cells}{row['n']:>10}")


if __name__ == "__main__":
    main()
