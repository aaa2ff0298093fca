"""The tables of the forecast record."""

from typing import Any

import polars as pl

from analysis.presentation.names import short_name
from analysis.presentation.tables.figures import amount, fraction_percent, plain, score, span_words
from analysis.presentation.tables.table import Cell, Link, Table
from analysis.record import ForecastRecord

_MT = 1e6


def scores(record: ForecastRecord) -> Table:
    """Return the scores of the engine and of seasonal naive, over all origins and by what was known at them."""
    whole = record.scores.with_columns(regime=pl.lit("all origins")).select(record.regimes.columns)
    rows = pl.concat([whole, record.regimes]).iter_rows(named=True)
    return Table(
        caption="Forecasts a year ahead of monthly crossings, and what came",
        columns=("Model", "Origins", "#Forecasts", "#MASE", "#RMSSE", "#Scaled quantile loss", "#Scaled CRPS",
                 "#In 80%", "#In 95%"),
        rows=tuple(_scores(row) for row in rows),
        notes=(
            "A forecast is one series from one origin. MASE below 1 is better than the mean change from year to year. "
            "Of all scores less is better; coverage of 80% and 95% is best. After a shock: the panel's errors of the "
            "last months were 1.5 times the usual ones.",
        ),
    )  # fmt: skip


def editions(record: ForecastRecord) -> Table:
    """Return what earlier editions said beside what was published later."""
    return Table(
        caption="Earlier editions and later figures, million tonnes",
        columns=("Edition", "Port", "Period", "#Said", "#80%", "#95%", "#Pace carried on", "#Published"),
        rows=tuple(_edition(row) for row in record.editions.iter_rows(named=True)),
        notes=(
            "Made again from what was public on the last day of the edition's month. Pace carried on: the newest "
            "figure since 1 January known then, for as many days as the later one covers.",
        ),
    )  # fmt: skip


def _scores(row: dict[str, Any]) -> tuple[Cell, ...]:
    numbers = (score(row[name]) for name in ("mase", "rmsse", "sql", "crps"))
    covered = (fraction_percent(row[f"coverage_{level}"]) for level in (80, 95))
    return (row["model"], row["regime"], str(row["n"]), *numbers, *covered)


def _edition(row: dict[str, Any]) -> tuple[Cell, ...]:
    place, _, _, mode = row["series_id"].split(".")[:4]
    likely = amount(row["median"], row["lower80"], row["upper80"], scale=_MT)
    wide = amount(row["median"], row["lower95"], row["upper95"], scale=_MT)
    pace = "none known" if row["baseline"] is None else plain(row["baseline"], scale=_MT, half_width=_MT / 20)
    return (
        f"{row['edition']:%Y-%m}", f"{short_name(place)}, {mode}", span_words(row["period_start"], row["period_end"]),
        likely.value, likely.interval, wide.interval, pace,
        Link.to(row["statement_id"], plain(row["actual"], scale=_MT)),
    )  # fmt: skip
