"""How often the interval of a park's year holds it, and how far its middle is off, on simulated parks.

    python -m benchmarks.park_years

Each park has eight firms with a season, three of them young, the last one two months late; the year is projected from
eight of its months, after 20 or 32 months of returns. The baseline is flat months. Written up in
`benchmarks/firm_output.md`.
"""

import datetime as dt

import numpy as np
from scipy.stats import t as student

from analysis.core.periods import add_months
from analysis.core.sampling import Sampling
from analysis.methods.firm_output import firm_output
from benchmarks.simulated_parks import returns_table, simulated_outputs

PARKS, SAMPLING = 200, Sampling(draws=1000, seed=1)


def main() -> None:
    """Print coverage of 80% intervals and the median error in percent of the year, for both histories."""
    for history in (20, 32):
        inside, flat_inside, errors, flat_errors = [], [], [], []
        for seed in range(PARKS):
            rng = np.random.default_rng(seed)
            outputs, starts = simulated_outputs(rng, firms=8, months=history + 4, young=3, newest=history - 3)
            first = dt.date(2023, 1, 1)
            start = add_months(first, 8 - history)
            known = returns_table(outputs[:, :history], np.minimum(starts, history - 1), first=start, late=2)
            actual = float(outputs[:, history - 8 :].sum())
            found = firm_output(known, until=dt.date(2023, 12, 1), sampling=SAMPLING)
            draws = found.total(first, dt.date(2023, 12, 1))
            low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9])
            totals = found.returned[history - 8 :]
            flat = totals.sum() + 4 * totals.mean()
            reach = student.ppf(0.9, 7) * totals.std(ddof=1) * np.sqrt(4 + 16 / 8)
            inside.append(low <= actual <= high)
            flat_inside.append(flat - reach <= actual <= flat + reach)
            errors.append(actual / middle - 1)
            flat_errors.append(actual / flat - 1)
        print(
            f"{history} months: 80% held {np.mean(inside):.0%}, median error {np.median(np.abs(errors)):.1%}, bias "
            f"{np.median(errors):+.1%}; flat months {np.mean(flat_inside):.0%}, {np.median(np.abs(flat_errors)):.1%}, "
            f"{np.median(flat_errors):+.1%}"
        )


if __name__ == "__main__":
    main()
