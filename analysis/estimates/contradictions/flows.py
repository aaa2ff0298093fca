"""Statements about flows, as bounds on sums: over which span, of which parts, between which limits."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from analysis.core import units
from analysis.core.periods import months_between
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.methods.reconstruction.spans import base_span
from analysis.sources.aggregates import Aggregates
from analysis.sources.indicators import ADDITIVE_KINDS, Indicators
from analysis.sources.registers import INDICATOR_KINDS

#: Units of flows, of which a part of a period never exceeds the whole.
ADDITIVE = (
    "tonnes",
    "vehicles",
    "vehicles_exported",
    "trains",
    "persons",
    "CNY",
    "USD",
    "TEU",
    "wagons",
    "flights",
    "1",
)

#: Kinds of indicators of which a part of a period may exceed the whole.
NO_SUM = tuple(kind for kind in INDICATOR_KINDS if kind not in ADDITIVE_KINDS)

#: Units of goods' worth: what is neither imported nor exported has none.
MONEY = ("CNY", "USD")

DIRECTIONS = ("import", "export", "other")
MODES = ("road", "rail", "pipeline", "air", "other")

SERIES = ("series_id", "place", "indicator", "flow", "mode", "partner")

#: The smallest thing that the words of a ledger tell apart: place, indicator, partner, flow and mode, or a series.
Cell = tuple[str | None, ...]


def flow_statements(rows: pl.DataFrame, indicators: Indicators) -> pl.DataFrame:
    """Return what the statements say about sums of flows.

    Levels and averages per day or month speak of a sum over their span, growth rates of the ratio of two sums.
    Positions and differences are left out, and growth of what is compiled at constant prices.

    Parameters
    ----------
    rows
        Rows of a ledger with `low` and `high` (`intervals.with_intervals`).
    indicators
        What indicators count.

    Returns
    -------
    DataFrame
        The rows with `growth`, whether a ratio is stated; `base_start` and `base_end`, first and last day of the span
        compared with, null for levels; `least` and `most`, the limits of the sum in units of the flow, or of the
        ratio (1.05 for growth of 5%). Sorted by `statement_id`.
    """
    spans = list(rows.select("measure", "period_start", "period_end").iter_rows())
    bases = [base_span(*span) or (None, None) for span in spans]
    times = pl.Series("times", [_times(*span) for span in spans], dtype=pl.Int64)
    total = pl.col("unit").replace({code: units.unit_of_total(code) for code in units.UNITS})
    sums = (
        pl.col("measure").is_in(LEVEL_MEASURES)
        & pl.when(measure="level").then("unit").otherwise(total).is_in(ADDITIVE)
        & ~pl.col("indicator").is_in(indicators.of_kind(*NO_SUM)).fill_null(value=False)
    )
    ratios = pl.col("growth") & pl.col("series_id").is_in(indicators.monthly_flows(rows))
    return (
        rows.with_columns(
            times,
            base_start=pl.Series([start for start, _ in bases], dtype=pl.Date),
            base_end=pl.Series([end for _, end in bases], dtype=pl.Date),
        )
        .with_columns(growth=pl.col("base_start").is_not_null())
        .filter(sums | ratios)
        .with_columns(
            least=pl.col("low") * pl.col("times") + pl.col("growth"),
            most=pl.col("high") * pl.col("times") + pl.col("growth"),
        )
        .drop("times")
        .sort("statement_id")
    )


def _times(measure: str, start: dt.date, end: dt.date) -> int:
    """Return how many of the stated figures make up the sum over a span."""
    averages = {"daily_average": (end - start).days + 1, "monthly_average": months_between(start, end) + 1}
    return averages.get(measure, 1)


def sums_of(statements: pl.DataFrame, aggregates: Aggregates) -> dict[str, list[list[Cell]]]:
    """Return what each series is the sum of, in each way that is known.

    The first way is by the words of the series: a total holds imports, exports and, unless it is worth, something
    else; all modes hold road, rail, pipeline and others. The second, where aggregates are registered, is by the
    parts that it gives the total.

    Parameters
    ----------
    statements
        As `flow_statements` returns them: `series_id, place, indicator, flow, mode, partner, measure, unit`.
    aggregates
        What totals are sums of.
    """
    series = statements.select(SERIES).unique("series_id", keep="first", maintain_order=True)
    money = set(statements.filter(pl.col("unit").is_in(MONEY))["indicator"].drop_nulls())
    words = {series_id: _cells(series_id, key, money) for series_id, *key in series.iter_rows()}
    sums = {series_id: [cells] for series_id, cells in words.items()}
    parts = aggregates.parts_of(series).group_by("series_id", maintain_order=True).agg("part_id")
    for series_id, part_ids in parts.iter_rows():
        cells = [cell for part in part_ids for cell in words.get(part) or _cells(part, _key(part), money)]
        if set(cells) != set(words[series_id]):
            sums[series_id].append(cells)
    return sums


def _key(part_id: str) -> list[str | None]:
    """Return place, indicator, flow, mode and partner of a part that no series measures."""
    return [*part_id.split("."), None][:5]


def _cells(series_id: str, key: Sequence[str | None], money: set[str]) -> list[Cell]:
    """Return the cells that the words of a series cover; the series itself where its words are others."""
    place, indicator, flow, mode, partner = key
    if place is None or indicator is None:
        return [(series_id,)]
    flows = [
        word for word in DIRECTIONS if word == flow or (flow == "total" and (word != "other" or indicator not in money))
    ]
    modes = [word for word in MODES if mode in (word, "all")]
    cells: list[Cell] = [(place, indicator, partner, one, other) for one in flows for other in modes]
    return cells or [(series_id,)]
