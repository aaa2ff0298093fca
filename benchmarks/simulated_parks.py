"""Parks that nobody has seen: firms with a season, ramp-up and late returns, made from a seed.

The illustrative panel `data/park_returns_illustrative.csv` is one of them (`python -m benchmarks.simulated_parks`), and
the coverage of the park's year is measured on many (`benchmarks/park_years.py`).
"""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

from analysis.core.periods import add_months
from analysis.sources.firm_returns import RETURNS

PANEL = Path(__file__).parents[1] / "data" / "park_returns_illustrative.csv"
FIRST, MONTHS = dt.date(2021, 1, 1), 34

#: Output by month of the year, mean 1: low at the turn of the year and at the Spring Festival.
SEASON = np.array([0.82, 0.72, 0.98, 1.02, 1.06, 1.08, 1.04, 1.04, 1.08, 1.08, 1.06, 1.02])


def simulated_outputs(
    rng: np.random.Generator,
    *,
    firms: int,
    months: int,
    young: int,
    newest: int | None = None,
    common: float = 0.06,
    own: float = 0.12,
) -> tuple[np.ndarray, np.ndarray]:
    """Return outputs of firms by months (yuan), and the month in which each started; 0 for one that was there before.

    Parameters
    ----------
    rng
        Generator of random numbers.
    firms, months, young
        Numbers; the last `young` firms start within the span.
    newest
        The month before which they start; three months before the end if not given.
    common, own
        Standard deviations of the log outputs, shared by a month and own.
    """
    starts = np.zeros(firms, dtype=int)
    starts[firms - young :] = np.sort(rng.integers(2, max(months - 3, 3) if newest is None else newest, young))
    ages = np.arange(months) - starts[:, None]
    half, pace = rng.uniform(2, 6), rng.uniform(1, 2.5)
    ramp = np.where(starts[:, None] > 0, 1 / (1 + np.exp(-(ages - half) / pace)), 1.0)
    level = 5e6 * np.exp(0.7 * rng.standard_normal(firms))
    noise = common * rng.standard_normal(months) + own * rng.standard_normal((firms, months))
    season = SEASON[np.arange(months) % 12] / SEASON.mean()
    return np.where(ages >= 0, level[:, None] * ramp * season * np.exp(noise), 0.0), starts


def returns_table(outputs: np.ndarray, starts: np.ndarray, *, first: dt.date = FIRST, late: int = 0) -> pl.DataFrame:
    """Return outputs as a desk would read them; the last firm has not sent its last `late` months."""
    firms, months = outputs.shape
    rows = [
        (f"Illustrative firm {chr(65 + firm)}", add_months(first, month), float(outputs[firm, month]), True)
        for firm in range(firms)
        for month in range(starts[firm], months - (late if firm == firms - 1 else 0))
    ]
    return pl.DataFrame(rows, schema=["firm", "month", "output_cny", "illustrative"], orient="row")


def main() -> None:
    """Write the illustrative panel: eight invented firms, January 2021 to October 2023; the last one is late."""
    rng = np.random.default_rng(20231130)
    outputs, starts = simulated_outputs(rng, firms=8, months=MONTHS, young=3)
    starts[-1], outputs[-1] = 0, outputs[-1].max() * 0.4 * SEASON[np.arange(MONTHS) % 12]
    outputs *= 6.0e8 / outputs[:, 24:].sum()
    rows = []
    for row in returns_table(outputs, starts, late=2).iter_rows(named=True):
        at = ord(row["firm"][-1]) - 65
        age = (row["month"].year - FIRST.year) * 12 + row["month"].month - 1 - starts[at]
        output = round(row["output_cny"], -4)
        sales = round(0.97 * output * np.exp(0.02 * rng.standard_normal()), -4)
        exports = round(sales * (0.55 if at in (0, 5, 6) else 0.1), -4)
        inputs = "" if at == 3 else f"{round(output * (0.62 + 0.02 * (at % 3)), -4):.0f}"
        jobs = round(outputs[at].max() / 52_000 * (0.6 if age < 3 and starts[at] else 1.0))
        wages = round(jobs * 4_200, -3)
        built = round(outputs[at].max() * 4, -5) if age == 0 and starts[at] else round(output * 0.03, -4)
        land = 12 + 6 * at
        rows.append([row["firm"], f"{row['month']:%Y-%m}", f"{output:.0f}", f"{sales:.0f}", f"{exports:.0f}", inputs,
                     f"{wages:.0f}", jobs, land, f"{built:.0f}", "true"])  # fmt: skip
    with PANEL.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(RETURNS), *rows])


if __name__ == "__main__":
    main()
