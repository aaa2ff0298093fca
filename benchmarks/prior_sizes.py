"""What the bundled ledger teaches about standard deviations, without the flows that `held_out.py` holds out.

    python benchmarks/prior_sizes.py

All other flows are mode jointly from 2010 on, and the standard deviations at the mode averaged in logs by sort. A
flow about which little is known stays near the mean of its sort, and that near the median of the prior: what is learnt
is further off than this shows.

Columns of the table
    n                  flows, or nodes, of the sort
    level .. festival  monthly standard deviations in logs; in the rows `prior` its medians
"""

import datetime as dt

from analysis.estimates import paths  # isort: skip (sets one thread before numpy is imported)
import numpy as np
import polars as pl

from analysis.methods.reconstruction.prior import COMPONENTS, SCALE_PRIORS
from analysis.sources.evidence import Evidence

FIRST = dt.date(2010, 1, 1)

#: Everything that shares an activity with a flow that is held out.
HELD = (pl.col("place").is_in(["horgos", "alashankou", "horgos_alashankou"]) & (pl.col("mode") == "rail")) | (
    (pl.col("place") == "xinjiang") & pl.col("indicator").str.starts_with("trade_value")
)


def main() -> None:
    """Print one line a sort, and below it the medians of its prior."""
    evidence = Evidence.read()
    known = evidence.with_statements(evidence.statements.filter(~HELD.fill_null(False))).known()
    posterior = paths.joint(known, start=FIRST)
    system, theta = posterior.system, posterior.mode.theta
    sorts = [part.scale for part in system.parts], [node.tier for node in system.nodes]
    print(f"{'sort':<10}{'n':>5}" + "".join(f"{name:>13}" for name in COMPONENTS))
    for sort, scale in SCALE_PRIORS.items():
        found = [
            sizes
            for kinds, table in zip(sorts, (theta.own, theta.node), strict=True)
            for kind, sizes in zip(kinds, table, strict=True)
            if kind == sort
        ]
        learnt = np.exp(np.mean(found, axis=0))
        print(f"{sort:<10}{len(found):>5}" + "".join(f"{size:>13.4f}" for size in learnt))
        print(f"{'  prior':<15}" + "".join(f"{size:>13.4f}" for size in scale.median))


if __name__ == "__main__":
    main()
