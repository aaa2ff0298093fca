"""Measure how much the activities of ports move while a regime holds, against what the reconstruction says of it.

    python benchmarks/regimes.py [--as-of 2026-11-01]

One fit of the bundled ledger. A month belongs to the regime that began last; flows that pass no port of the calendar
follow those of their region; `calm` are all others.

Columns of the table
    months    months of the activities
    known     how much of the variance of their steps the statements take away, in steps
    ratio     mean square of the steps at the mode over what the model expects of it: 1 where the further steps of
              regimes (`estimates.inputs`) are as large as assumed, below 1 where they are smaller
"""

import argparse
import datetime as dt
from collections import defaultdict

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl

from analysis.methods.reconstruction import Posterior
from analysis.sources.evidence import Evidence, Known


def regime_of_months(known: Known, activity: str, jumps: np.ndarray, months: tuple[dt.date, ...]) -> list[str]:
    """Return the regime of each month of an activity, such as `irkeshtam.road`."""
    ports, (place, mode) = known.evidence.calendars, activity.split(".")
    if not ports.covers(place, mode):
        return ["of the region" if jump else "calm" for jump in jumps]
    found = ["calm"] * len(months)
    for row in ports.regimes(place, mode, as_of=known.as_of).sort("start").iter_rows(named=True):
        for number, month in enumerate(months):
            if row["start"].replace(day=1) <= month <= row["end"]:
                found[number] = row["what"]
    return found


def steps(posterior: Posterior, node: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the squares of a node's steps at the mode, and their expectation, over the variance of a step."""
    joint, w = posterior.mode.joint, posterior.mode.w
    evidence = joint.node_evidence(node, w)
    variance = np.exp(2 * joint.theta.node[node, 0]) + posterior.system.nodes[node].jumps
    walk = np.tril(np.ones((variance.size, variance.size)))[evidence.months]
    walk[:, 0] = 0.0
    information = np.einsum("tm,ts,sm->m", walk, evidence.information, walk, optimize=True)
    return variance * (walk.T @ evidence.score) ** 2, variance * information


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date(2026, 11, 1))
    known = Evidence.read().known(parser.parse_args().as_of)
    posterior = paths.joint(known)
    months = posterior.system.parts[0].days.firsts
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(3))
    for i, node in enumerate(posterior.system.nodes):
        if node.tier == "activity":
            squares, expected = steps(posterior, i)
            regimes = regime_of_months(known, node.name, node.jumps, months)
            for square, expectation, regime in zip(squares, expected, regimes, strict=True):
                sums[regime] += np.array([1, expectation, square])
    rows = [
        (regime, int(count), expected, square / expected) for regime, (count, expected, square) in sorted(sums.items())
    ]
    with pl.Config(tbl_formatting="ASCII_MARKDOWN", float_precision=2, tbl_rows=-1, tbl_hide_dataframe_shape=True):
        print(pl.DataFrame(rows, schema=["regime", "months", "known", "ratio"], orient="row"))


if __name__ == "__main__":
    main()
