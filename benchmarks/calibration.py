"""Simulation-based calibration: does the truth rank evenly among the draws?

    python benchmarks/calibration.py --replications 100 --seed 1 --svg docs/images/calibration.svg

Standard deviations and paths are drawn from the model's own prior, statements of every kind are made about them, and
the draws of the reconstruction are compared with the truth (Talts, Betancourt, Simpson, Vehtari and Gelman 2018,
arXiv:1804.06788). Were the draws exact, each rank of the truth among them would be as likely as any other.

Cases
    small    standard deviations known, a third of the usual ones: what is stated is nearly linear in the logs
    known    standard deviations known
    large    standard deviations known, twice the usual ones
    tied     standard deviations known, totals of the region tie its flows
    learnt   standard deviations drawn from their prior, and learnt from the statements

Rows of the table
    months, months of totals    of single flows; of sums of several parts
    years stated                a figure says them, or figures add up to them
    years with a bound          a bound for the year, or for part of it, is all that is said beside parts of it
    years by the indicator      only the other indicator of the port speaks of them
    other years                 all others

Columns of the table
    n           ranks; those of one replication hang together, so standard errors and p are those of replications
    cover80/95  share of truths inside the interval
    bias        mean of log(median / truth), percent
    rank        mean rank of the truth, 0.5 if even: higher where draws are too low
    p           of even ranks, ten bins: Hotelling's test of the bin shares, one replication an observation
    ranks       truths in each tenth of the ranks, percent
"""

import argparse
import math
from functools import partial
from pathlib import Path
from typing import NamedTuple

from analysis.core.reasons import Reason

from analysis.pages.parts import theme  # isort: skip (sets one thread before numpy is imported)
import altair as alt
import numpy as np
import polars as pl
from scipy.stats import f as f_distribution
from simulated_flows import FIRST, LAST, PARTS, STRUCTURE, YEARS, prior, simulate

from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import Reconstruction, reconstruct_together
from analysis.runtime.processes import map_in_processes


class Case(NamedTuple):
    """Size of the standard deviations; whether they are learnt; whether totals of the region tie its flows."""

    size: float = 1.0
    learnt: bool = False
    tied: bool = False


CASES = {
    "small": Case(size=1 / 3),
    "known": Case(),
    "large": Case(size=2.0),
    "tied": Case(tied=True),
    "learnt": Case(learnt=True),
}

#: Years about which only the other indicator of the port says anything.
SILENT = {("gate.total", YEARS[2]), ("gate.in", YEARS[2]), ("gate.out", YEARS[2]), ("gate.vehicles", YEARS[1])}

TOTALS = [name for name, parts in PARTS.items() if len(parts) > 1]

ROWS = ("months", "months of totals", "years stated", "years with a bound", "years by the indicator", "other years")

DRAWS, BINS = 200, 10


def ranks(case: str, seed: int) -> pl.DataFrame:
    """Simulate and reconstruct once.

    Returns
    -------
    DataFrame
        One row a month and year of each series: `replication`, `what`; `rank` of the truth among the draws, 0 to 1;
        `error`, log(median / truth); and one with what is `lost`, the share of draws without a solution.
    """
    size, learnt, tied = CASES[case]
    with prior(size=size, learnt=learnt):
        truth = simulate(np.random.default_rng([seed, list(CASES).index(case)]), tied=tied)
        posterior = reconstruct_together(truth.evidence, start=FIRST, end=LAST, structure=STRUCTURE)
        stated = truth.evidence["series_id"].unique().sort().to_list()
        found = posterior.paths(stated, Sampling(levels=(80,), draws=DRAWS, seed=seed))
    bounds = truth.evidence.filter(pl.col("relation").is_in(["gt", "lt"]))
    bounded = set(bounds.select("series_id", pl.col("period_start").dt.year()).iter_rows())
    rows = [row for name, path in found.items() for row in _compared(name, path, truth.flows[name], bounded)]
    return pl.DataFrame(rows, schema=["what", "rank", "error"], orient="row").with_columns(replication=seed)


def _compared(
    name: str, path: Reconstruction | Reason, flow: np.ndarray, bounded: set[tuple[str, int]]
) -> list[tuple[str, float, float]]:
    """Compare the months and years of one series; a series that was refused has lost all its draws."""
    if isinstance(path, Reason):
        return [("lost", math.nan, 1.0)]
    status = path.at(80, "A")["obs_status"].to_list()
    years = path.draws.reshape(len(path.draws), -1, 12).sum(axis=2)
    rows = [("lost", math.nan, 1 - len(path.draws) / DRAWS)]
    what = "months of totals" if name in TOTALS else "months"
    rows += [_rank(what, drawn, actual) for drawn, actual in zip(path.draws.T, flow, strict=True)]
    for year, made, drawn, actual in zip(YEARS, status, years.T, flow.reshape(-1, 12).sum(axis=1), strict=True):
        if made in ("reported", "derived"):
            what = "years stated"
        elif (name, year) in SILENT:
            what = "years by the indicator"
        else:
            what = "years with a bound" if (name, year) in bounded else "other years"
        rows.append(_rank(what, drawn, actual))
    return rows


def _rank(what: str, drawn: np.ndarray, actual: float) -> tuple[str, float, float]:
    return what, float(np.mean(drawn < actual)), float(np.log(np.median(drawn) / actual))


def summary(table: pl.DataFrame) -> pl.DataFrame:
    """Return the columns above, one row for each kind of quantity."""
    found = []
    for what in (each for each in ROWS if each in table["what"]):
        rows = table.filter(pl.col("what") == what)
        inside = [pl.col("rank").is_between((1 - level) / 2, (1 + level) / 2) for level in (0.8, 0.95)]
        means = rows.group_by("replication", maintain_order=True).agg(
            inside[0].mean().alias("cover80"), inside[1].mean().alias("cover95"),
            (100 * pl.col("error").mean()).alias("bias"), pl.col("rank").mean(),
        )  # fmt: skip
        measured = {name: _with_error(means[name].to_numpy()) for name in means.columns[1:]}
        shares = bin_shares(rows)
        histogram = " ".join(f"{100 * share:.0f}" for share in shares.mean(axis=0))
        found.append({"what": what, "n": rows.height, **measured, "p": f"{p_value(shares):.3f}", "ranks": histogram})
    return pl.DataFrame(found)


def _with_error(values: np.ndarray) -> str:
    """Write a mean with its standard error."""
    return f"{values.mean():.3f} ± {values.std(ddof=1) / len(values) ** 0.5:.3f}"


def bin_shares(rows: pl.DataFrame) -> np.ndarray:
    """Return the share of ranks in each bin, replications by bins."""
    bins = (rows["rank"].to_numpy() * BINS).astype(int).clip(0, BINS - 1)
    replication = rows["replication"].rank("dense").to_numpy().astype(int) - 1
    counts = np.zeros((replication.max() + 1, BINS))
    np.add.at(counts, (replication, bins), 1.0)
    shares: np.ndarray = counts / counts.sum(axis=1, keepdims=True)
    return shares


def p_value(shares: np.ndarray) -> float:
    """Return the probability of bin shares at least as uneven, if all bins are equally likely.

    Hotelling's test that the mean shares are even: like Pearson's, but ranks of one replication may hang together.

    Parameters
    ----------
    shares
        Replications by bins.
    """
    free = shares[:, :-1]
    count, bins = free.shape
    gap = free.mean(axis=0) - 1 / shares.shape[1]
    statistic = count * gap @ np.linalg.pinv(np.cov(free.T)) @ gap
    return float(f_distribution.sf(statistic * (count - bins) / (bins * (count - 1)), bins, count - bins))


def chart(histograms: pl.DataFrame) -> alt.FacetChart:
    """Draw the shares of ranks in each bin, cases by quantities."""
    bars = alt.Chart().mark_bar(color=theme.BLUE).encode(
        alt.X("bin:O", axis=alt.Axis(title="tenth of the ranks", labels=False, ticks=False)),
        alt.Y("share:Q", axis=alt.Axis(title="percent", tickCount=3)),
    )  # fmt: skip
    even = alt.Chart().mark_rule(color=theme.ORANGE).encode(alt.YDatum(100 / BINS))
    facets: alt.FacetChart = (
        alt.layer(bars, even, data=histograms)
        .properties(width=110, height=80)
        .facet(
            row=alt.Row("case:N", sort=list(CASES), title=None, header=alt.Header(labelAngle=0, labelAlign="left")),
            column=alt.Column("what:N", sort=list(ROWS), title=None),
        )
        .properties(description="Ranks of the truth among the draws in tenths, percent, by case and kind of quantity")
    )
    return facets


def markdown(table: pl.DataFrame) -> str:
    """Return a table in Markdown."""
    lines = [table.columns, ["---"] * table.width, *table.iter_rows()]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def main() -> None:
    """Print one table a case; write the ranks as a picture if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--svg", type=Path, help="where to write the picture")
    asked = parser.parse_args()
    seeds = [1000 * asked.seed + number for number in range(asked.replications)]
    histograms = []
    for case in asked.cases.split(","):
        table = pl.concat(map_in_processes(partial(ranks, case), seeds, workers=asked.processes))
        lost = table.filter(pl.col("what") == "lost")["error"]
        refused = int((lost == 1).sum())
        share = float(np.mean(lost.to_numpy()))
        print(f"{case}: {refused} of {lost.len()} series refused; {share:.4f} of draws lost\n")
        print(markdown(summary(table)), end="\n\n", flush=True)
        for (what,), rows in table.filter(pl.col("what") != "lost").group_by("what", maintain_order=True):
            shares = 100 * bin_shares(rows).mean(axis=0)
            histograms.append(pl.DataFrame({"case": case, "what": what, "bin": range(BINS), "share": shares}))
    if asked.svg:
        theme.enable()
        asked.svg.write_text(theme.svg(chart(pl.concat(histograms)).to_dict()), encoding="utf-8")


if __name__ == "__main__":
    main()
