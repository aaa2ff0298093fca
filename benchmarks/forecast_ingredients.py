"""What each ingredient of the forecasting engine is worth: scores with one left out at a time.

    python benchmarks/forecast_ingredients.py --origins 2010-02,2012-08,2015-08,2018-01

Columns of the table
    MASE, sQL      means over series, then over origins, and how much of them the ingredient takes off
    cover80/95     share of months inside the interval
    least, most    the smallest and largest loss in sQL without the ingredient, percent, where one fifth of the ports is
                   left out at a time: with one sign the choice hangs on no group of ports
"""

import argparse
import datetime as dt
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import numpy as np
import polars as pl

from analysis.methods.backtesting import backtest
from analysis.methods.forecasting import carrying, repeats, smoothing, spread, weekdays, weights

DATA = Path(__file__).parent / "data" / "bts_border.parquet"
EL_PASO = "2402"
SCORES = ["mase", "sql", "coverage_80", "coverage_95"]

#: Groups of ports that are left out one at a time.
GROUPS = 5
repeat, predictors, easter = repeats.repeat, spread.predictors, weekdays._easter


def last_year_only(logs: np.ndarray, **options: object) -> np.ndarray:
    found = repeat(logs, **options)
    return np.repeat(found[:, :, :1], repeats.COUNT, axis=2)


def no_recent_errors(signs: spread.Signs, state: np.ndarray) -> np.ndarray:
    found = predictors(signs, np.ones_like(state))
    return np.stack([found[..., 0], found[..., 0], found[..., 2]], axis=-1)


def no_surprise(signs: spread.Signs, state: np.ndarray) -> np.ndarray:
    return predictors(signs, np.ones_like(state))


def no_effect(_: object) -> np.ndarray:
    return np.zeros(weekdays.KINDS)


#: What is left out, and what stands in its place.
LEFT_OUT: dict[str, list[tuple[object, str, object]]] = {
    "nothing": [],
    "weekdays and Easter": [(weekdays, "shared_effects", no_effect), (weekdays, "OWN_SD", 1e-9)],
    "a series' own weekday effects": [(weekdays, "OWN_SD", 1e-9)],
    "Easter": [(weekdays, "_easter", lambda month: 0 * easter(month))],
    "weights (all candidates alike)": [(weights, "TEMPERATURE", 1e6)],
    "the combination (best candidate)": [(weights, "TEMPERATURE", 1e-4)],
    "forgetting in the weights": [(weights, "HALF_LIFE", 1e6)],
    "clipping of outliers": [(smoothing, "CLIP", 1e6)],
    "the way round clips for shifts": [(smoothing, "CLIP_GROWTH", 0.0)],
    "trends": [(smoothing, "TREND_CONSTANTS", ((0.0, 0.0, 0.0),))],
    "the long drift": [(smoothing, "TREND_CONSTANTS", ((0.0, 0.0, 0.0), (0.9, 0.3, 0.0)))],
    "smoothers without a season": [(smoothing, "SEASON_CONSTANTS", (0.12, 0.55))],
    "several constants for the season": [(smoothing, "SEASON_CONSTANTS", (0.0, 0.3))],
    "what is left of the last error": [(carrying, "CLOSEST", 0.0)],
    "what is left to chance in the weights": [(weights, "CHANCE", 0.0), (weights, "TEMPERATURE", 0.05)],
    "repeats but last year": [(repeats, "repeat", last_year_only)],
    "recent errors in the widths": [(spread, "predictors", no_recent_errors)],
    "the panel's surprise in the widths": [(spread, "predictors", no_surprise)],
    "a series' own widths": [(spread, "PANEL_EVIDENCE", 1e6)],
}


def panel(measure: str, origin: dt.date) -> pl.DataFrame:
    """Return the series with nine years up to the origin, a full year after it and few empty months of late."""
    frame = pl.read_parquet(DATA).filter(pl.col("unique_id").str.ends_with(f"|{measure}")).sort("unique_id", "ds")
    level = pl.col("y").rolling_median(13, min_samples=1).over("unique_id").fill_null(0)
    frame = frame.with_columns(y=pl.when(pl.col("y").is_null() & (level < 30)).then(0.0).otherwise("y"))
    past, test = pl.col("ds") <= origin, pl.col("ds").is_between(origin, pl.lit(origin).dt.offset_by("12mo"), "right")
    recent = past & (pl.col("ds") > pl.lit(origin).dt.offset_by("-120mo"))
    counted = frame.group_by("unique_id").agg(
        past.sum().alias("past"), test.sum().alias("test"), (recent & (pl.col("y") <= 0)).sum().alias("empty")
    )
    kept = counted.filter((pl.col("past") >= 108) & (pl.col("test") == 12) & (pl.col("empty") <= 6))["unique_id"]
    return frame.filter(
        pl.col("unique_id").is_in(kept.implode()) & ~pl.col("unique_id").str.starts_with(EL_PASO) & (past | test)
    )


def scores(measure: str, origins: list[dt.date]) -> pl.DataFrame:
    """Return the engine's scores, one row an origin and series."""
    found = [
        backtest(panel(measure, origin), horizon=12, origins=[origin]).summary("origin", "series_id")
        for origin in origins
    ]
    return pl.concat(found).filter(pl.col("model") == "silkport").sort("origin", "series_id")


def left_out(changes: list[tuple[object, str, object]], run: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Return the scores with some parts replaced."""
    with ExitStack() as stack:
        for module, name, value in changes:
            stack.enter_context(mock.patch.object(module, name, value))
        return run()


def mean(scored: pl.DataFrame) -> dict[str, float]:
    """Return the means over series, then over origins."""
    return scored.group_by("origin").agg(pl.col(SCORES).mean()).select(pl.col(SCORES).mean()).row(0, named=True)


def losses(scored: pl.DataFrame, whole: pl.DataFrame) -> list[float]:
    """Return how much worse sQL is than that of the whole engine, percent, without each group of ports."""
    group = pl.col("series_id").rank("dense") % GROUPS
    pairs = ((scored.filter(group != each), whole.filter(group != each)) for each in range(GROUPS))
    return [100 * (mean(some)["sql"] / mean(all_)["sql"] - 1) for some, all_ in pairs]


def main() -> None:
    """Print one line an ingredient."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--origins", required=True)
    parser.add_argument("--measure", default="trucks")
    parser.add_argument("--only", nargs="*", default=list(LEFT_OUT)[1:], choices=list(LEFT_OUT)[1:])
    arguments = parser.parse_args()
    origins = [dt.date.fromisoformat(f"{text}-01") for text in arguments.origins.split(",")]
    print(f"{'left out':<36}{'MASE':>8}{'sQL':>8}{'cover80':>9}{'cover95':>9}{'least':>8}{'most':>8}")
    whole = pl.DataFrame()
    for name in ("nothing", *arguments.only):
        found = left_out(LEFT_OUT[name], lambda: scores(arguments.measure, origins))
        whole = found if whole.is_empty() else whole
        words = [f"{value:>{width}.3f}" for value, width in zip(mean(found).values(), (8, 8, 9, 9), strict=True)]
        words += [f"{each(losses(found, whole)):>+8.2f}" for each in (min, max)]
        print(f"{name:<36}" + "".join(words), flush=True)


if __name__ == "__main__":
    main()
