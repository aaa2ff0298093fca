"""The tables of the port desk. Freight stands in 万吨, which is 10,000 tonnes: one number for both units."""

import datetime as dt

import polars as pl

from analysis.freight import Outlook
from analysis.periods import add_months, month_end
from analysis.presentation.tables.figures import (
    WAN,
    amount,
    as_published,
    column,
    fraction_percent,
    percent,
    span_words,
    tonnes,
)
from analysis.presentation.tables.sources import measure_words
from analysis.presentation.tables.table import Cell, Link, Table
from analysis.presentation.words import likelihood

UNIT = "10,000 tonnes (万吨)"

_MADE = {
    "reported": "published", "derived": "sum or difference of published figures", "estimated": "estimated",
    "forecast": "forecast", "closed": "port closed",
}  # fmt: skip


def years(outlook: Outlook) -> Table:
    """Return the yearly totals with intervals, how each was made and how much of it is published."""
    rows = []
    for row in outlook.years.iter_rows(named=True):
        wide = amount(row["median"], row["lower80"], row["upper80"], scale=WAN)
        wider = amount(row["median"], row["lower95"], row["upper95"], scale=WAN)
        rows.append(
            (str(row["year"]), wide.value, wide.interval, wider.interval, _MADE[row["obs_status"]],
             fraction_percent(row["coverage"]))
        )  # fmt: skip
    return Table(
        caption=f"Freight by year, {UNIT}",
        columns=("Year", "#Median", "#80% interval", "#95% interval", "How made", "#Share published"),
        rows=tuple(rows),
        notes=(
            "Medians do not add up over years. Share published: the part of the year that figures for days within "
            "the year fix; a bound such as 'over 1 million' fixes none.",
        ),
    )


def months(outlook: Outlook, *, count: int = 13) -> Table:
    """Return the last months up to the edition's that may be drawn, with their total; or the reason for having none."""
    first = add_months(outlook.edition, 1 - count)
    window = outlook.months.filter(
        (pl.col("level") == 80) & (pl.col("time_period") >= first) & (pl.col("time_period") <= outlook.edition)
    )
    shown = window.filter("drawn")
    caption = f"The last {count} months, {UNIT}"
    if shown.is_empty():
        return Table(caption=caption, columns=("Months", "Why none is shown"), rows=tuple(_reasons(window)))
    span_total = float(shown["mean"].sum())
    half_widths = [(row["upper"] - row["lower"]) / 2 for row in shown.iter_rows(named=True)]
    *means, total = column([*shown["mean"], span_total], half_widths, scale=WAN)
    rows: list[tuple[Cell, ...]] = []
    for row, mean in zip(shown.iter_rows(named=True), means, strict=True):
        interval = amount(row["median"], row["lower"], row["upper"], scale=WAN).interval
        rows.append((f"{row['time_period']:%Y-%m}", mean, interval, _MADE[row["obs_status"]]))
    rows.append((f"Total of {len(shown)} months", total, "", ""))
    left_out = [f"Not shown: {span}, {reason}." for span, reason in _reasons(window)]
    return Table(
        caption=caption,
        columns=("Month", "#Mean", "#80% interval", "How made"),
        rows=tuple(rows),
        notes=("Means add up to the total, up to rounding; intervals do not add up.", *left_out),
        total=True,
    )


def chances(outlook: Outlook) -> Table:
    """Return the probabilities of passing other figures, in words and percent; or why one is not computed."""
    rows: list[tuple[Cell, ...]] = []
    for row in outlook.chances.iter_rows(named=True):
        value = tonnes(row["value"]) if row["value"] is not None else "not published"
        ids = row["statement_ids"]
        linked: Cell = Link.to(ids[-1], value) if ids else value
        if row["probability"] is None:
            rows.append((row["figure"], linked, "not computed", row["reason"]))
        else:
            rows.append((row["figure"], linked, percent(row["probability"]), likelihood(row["probability"])))
    return Table(
        caption=f"Will {outlook.edition.year} pass other figures?",
        columns=("To pass", "The other figure", "#Probability", "In words"),
        rows=tuple(rows),
        notes=(
            "A comparison is computed only with a figure that was itself published.",
            "In words: at least 90% very likely, at least 66% likely, 33 to 66% about even, at most 33% unlikely, at "
            "most 10% very unlikely.",
        ),
    )


def evidence(outlook: Outlook) -> Table:
    """Return every statement about the edition's year: as published, as fitted, used or why not."""
    rows: list[tuple[Cell, ...]] = []
    for row in outlook.evidence.iter_rows(named=True):
        verdict = "used" if row["used"] else f"not used: {row['reason']}"
        rows.append(
            (
                Link.to(row["statement_id"], row["statement_id"]),
                span_words(row["period_start"], row["period_end"]),
                measure_words(row["measure"]),
                as_published(row["value_as_published"], row["relation"]),
                _fitted(row),
                verdict,
            )
        )
    year = outlook.edition.year
    if not rows:
        rows = [("none", str(year), "", "", "", f"nothing about {year} was published by {outlook.as_of}")]
    return Table(
        caption=f"What was published about {year} by {outlook.as_of}",
        columns=("Statement", "Period", "What", "As published", "#As fitted (80%)", "Used"),
        rows=tuple(rows),
        notes=("As fitted: what the estimate says of the same quantity, totals in 万吨, growth in percent.",),
    )


def _fitted(row: dict[str, object]) -> str:
    """Return the fitted interval of a statement, in the words of its measure."""
    lower, median, upper = row["lower"], row["median"], row["upper"]
    if not (isinstance(lower, float) and isinstance(median, float) and isinstance(upper, float)):
        return ""
    if row["measure"] == "yoy_growth":
        words = amount(median, lower, upper, scale=0.01)
        return f"{words.value}% ({words.interval})"
    words = amount(median, lower, upper, scale=WAN)
    return f"{words.value} ({words.interval})"


def _reasons(window: pl.DataFrame) -> list[tuple[str, str]]:
    """Return spans of months that are not drawn, each with its reason."""
    spans: list[tuple[dt.date, dt.date, str]] = []
    for row in window.filter(~pl.col("drawn")).sort("time_period").iter_rows(named=True):
        month, reason = row["time_period"], row["reason"]
        if spans and spans[-1][2] == reason and add_months(spans[-1][1], 1) == month:
            spans[-1] = (spans[-1][0], month, reason)
        else:
            spans.append((month, month, reason))
    return [(span_words(start, month_end(end)), reason) for start, end, reason in spans]
