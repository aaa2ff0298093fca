"""Forecasts of statsforecast 2.1.1 for trucks at twelve crossings, and their scores by utilsforecast 0.2.17.

`python tests/reference/forecasting/statsforecast_values.py` writes panel.csv and values.json anew where these packages
are installed. The panel is cut from benchmarks/data/bts_border.parquet: of the crossings with more than 50 trucks in
each month from 2009 to 2019 every fourth by name, twelve in all; 2019 is held back for the scores.
"""

import json
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from statsforecast import StatsForecast
from statsforecast.ets import pegelsresid_C
from statsforecast.models import AutoETS, AutoTheta, SeasonalNaive
from utilsforecast.evaluation import evaluate
from utilsforecast.losses import mase

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "benchmarks" / "data" / "bts_border.parquet"
FIRST, ORIGIN, LAST = pl.date(2009, 1, 1), pl.date(2018, 12, 1), pl.date(2019, 12, 1)
HORIZON, SEASON, LEVELS = 12, 12, [80, 95]

#: Smoothing constants of additive ETS on logs: level, trend, season, damping (1 and a trend constant of 0: no trend).
CONSTANTS = [(0.25, 0.0, 0.09, 1.0), (0.08, 0.0, 0.506, 1.0), (0.4, 0.12, 0.33, 0.9), (0.6, 0.18, 0.048, 0.9)]


def panel() -> pl.DataFrame:
    months = pl.read_parquet(DATA).filter(
        pl.col("ds").is_between(FIRST, LAST), pl.col("unique_id").str.ends_with("trucks")
    )
    whole = months.group_by("unique_id").agg(pl.len().alias("n"), pl.col("y").min().alias("least"))
    names = whole.filter((pl.col("n") == 132) & (pl.col("least") > 50))["unique_id"].sort()
    return months.filter(pl.col("unique_id").is_in(names[::4][:12].implode())).sort("unique_id", "ds")


def smoothed(y: np.ndarray, level: float, trend: float, season: float, damping: float) -> list[float]:
    """Return the forecasts of ETS(A,Ad,A) or ETS(A,N,A), started from the mean and the deviations of the first year.

    The states are statsforecast's; the forecasts from the last one follow Hyndman et al. (2008), level plus slope times
    phi + phi^2 + ... + phi^h: `etsforecast` of 2.1.1 adds phi + phi + phi^2 + ... instead.
    """
    y = np.log(y)
    start, deviations = y[:SEASON].mean(), y[:SEASON] - y[:SEASON].mean()
    # The states are level, slope where there is one, and the season of the month before, two months before, ...
    first = np.array([start, *([0.0] if trend else []), *deviations[::-1]])
    kind, damped = ("A", True) if trend else ("N", False)
    states = pegelsresid_C(y, SEASON, first, "A", kind, "A", damped, level, trend, season, damping, 1)[2]
    slope, seasonal = (states[-1, 1] if trend else 0.0), states[-1, -SEASON:][::-1]
    return (states[-1, 0] + slope * np.cumsum(damping ** np.arange(1, HORIZON + 1)) + seasonal).round(10).tolist()


def main() -> None:
    table = panel()
    table.write_csv(HERE / "panel.csv")
    history, actual = table.filter(pl.col("ds") <= ORIGIN), table.filter(pl.col("ds") > ORIGIN)
    models = [SeasonalNaive(SEASON), AutoETS(season_length=SEASON), AutoTheta(season_length=SEASON)]
    found = StatsForecast(models=models, freq="1mo").forecast(df=history, h=HORIZON, level=LEVELS)
    scores = evaluate(
        found.select("unique_id", "ds", *map(str, models)).join(actual, on=["unique_id", "ds"], validate="1:1"),
        metrics=[partial(mase, seasonality=SEASON)],
        train_df=history,
    )
    columns = [name for name in found.columns if name.startswith("SeasonalNaive")] + ["AutoETS", "AutoTheta"]
    values = {
        "source": "statsforecast 2.1.1 and utilsforecast 0.2.17",
        "constants": CONSTANTS,
        "series": {
            name: {
                "forecasts": {column: rows[column].cast(pl.Float64).round(6).to_list() for column in columns},
                "mase": scores.filter(pl.col("unique_id") == name).select(map(str, models)).to_dicts()[0],
                "smoothed_logs": [smoothed(past, *constants) for constants in CONSTANTS],
            }
            for (name,), rows in found.partition_by("unique_id", as_dict=True, maintain_order=True).items()
            for past in [history.filter(pl.col("unique_id") == name)["y"].to_numpy().astype(float)]
        },
    }
    (HERE / "values.json").write_text(json.dumps(values).replace(', "', ',\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
