"""What a statement cannot be: each rule finds the rows that break it and says what is wrong with them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import polars as pl

from analysis.core import units
from analysis.core.periods import FIRST_FLOW_YEAR, LATEST_YEAR
from analysis.core.suggestions import suggestion
from analysis.core.vocabulary import EXPECTATION_MEASURES, MEASURES, PRECISIONS, RELATIONS, STATEMENT_STATUSES
from analysis.sources.csv_tables import BadRow, empty_cells, repeated_keys
from analysis.sources.ledger.schema import FILLED
from analysis.sources.ledger.value_and_print import contradicted_values, mixed_units

Row = dict[str, Any]

_REACH = f"{FIRST_FLOW_YEAR} to {LATEST_YEAR}"
_GROWTH = pl.col("measure").str.contains("growth")
_SHARE = pl.col("measure") == "share"
_MEASURED = ~pl.col("measure").is_in(EXPECTATION_MEASURES)


class Rule(NamedTuple):
    """A rule: which rows break it, and the sentence for one of them."""

    breaks: pl.Expr
    sentence: Callable[[Row], str]


def bad_rows(table: pl.DataFrame, *, below_zero: Sequence[str] = ()) -> list[BadRow]:
    """Return a sentence for each row of a ledger that cannot be a statement.

    Parameters
    ----------
    table
        A ledger as typed by `csv_tables.scan`: the required and optional columns and `line`.
    below_zero
        Indicators that may lie below zero, as each sets one quantity against another.
    """
    bad = [*empty_cells(table, FILLED), *repeated_keys(table, ["statement_id"]), *_dangling(table)]
    bad += [*contradicted_values(table), *mixed_units(table)]
    rules = (*_RULES, _below_zero(below_zero))
    broken = table.with_columns(rule.breaks.fill_null(value=False).alias(f"rule {i}") for i, rule in enumerate(rules))
    for i, rule in enumerate(rules):
        for row in broken.filter(f"rule {i}").iter_rows(named=True):
            bad.append(BadRow(row["line"], rule.sentence(row)))
    return bad


def _word(column: str, words: tuple[str, ...]) -> Rule:
    return Rule(
        ~pl.col(column).is_in(words),
        lambda row: f"{column} {row[column]!r} is unknown. {suggestion(row[column], words)}",
    )


def _below_zero(allowed: Sequence[str]) -> Rule:
    """Return the rule that nothing counted lies below zero, whoever measured, expected or aimed at it."""
    compared = pl.col("unit").is_in(units.FRACTIONS) & (pl.col("unit") != "1") & ~_SHARE
    counted = ~(_GROWTH | compared | pl.col("indicator").is_in(list(allowed)).fill_null(value=False))
    lowest = (pl.col("value") < 0) | (pl.col("relation") == "lt") & (pl.col("value") == 0)
    return Rule(
        counted & lowest & pl.col("status").is_in(["valid", "doubtful"]),
        lambda row: (
            f"{row['measure']} of {_at(row)} lies below zero, and what is counted never does. Correct the figure, or "
            "state the change as growth; for one quantity less another, list its indicator in indicators.csv with the "
            "kind difference."
        ),
    )


def _at(row: Row) -> str:
    """Return the figure of a row as a sentence names it."""
    return f"less than {row['value']:g}" if row["relation"] == "lt" else f"{row['value']:g}"


def _remedy_of_growth(row: Row) -> str:
    return "Write eq for a fall by all." if row["value"] == -1 else "Write five percent as 0.05."


def _unknown_measure(row: Row) -> str:
    if row["measure"] == "growth":
        return (
            "growth without a base says nothing. Name the base: yoy_growth (same period of last year), "
            "growth_vs_2019 or growth_vs_prev_full_year."
        )
    return f"measure {row['measure']!r} is unknown. {suggestion(row['measure'], MEASURES)}"


def _too_old(column: str) -> Rule:
    return Rule(
        pl.col(column).dt.year() < FIRST_FLOW_YEAR,
        lambda row: f"{column} '{row[column]}' lies outside the years {_REACH}. Correct the year.",
    )


_RULES = (
    *(_too_old(column) for column in ("period_start", "period_end", "published_on")),
    Rule(~pl.col("measure").is_in(MEASURES), _unknown_measure),
    _word("relation", RELATIONS),
    _word("status", STATEMENT_STATUSES),
    _word("published_on_precision", PRECISIONS),
    Rule(
        ~pl.col("unit").is_in(list(units.UNITS)),
        lambda row: f"unit {row['unit']!r} is unknown. {suggestion(row['unit'], units.UNITS)}",
    ),
    Rule(
        pl.col("period_start") > pl.col("period_end"),
        lambda row: f"the period runs backwards, from {row['period_start']} to {row['period_end']}. Swap the two days.",
    ),
    Rule(
        _MEASURED & (pl.col("status") == "valid") & (pl.col("period_end") > pl.col("published_on")),
        lambda row: (
            f"the measured period ends on {row['period_end']}, after its publication on {row['published_on']}. "
            "Correct one of the two days, or mark the row mis-entered, source wrong or doubtful."
        ),
    ),
    Rule(
        (pl.col("measure") == "level") & pl.col("unit").str.contains("/(day|month|year)$"),
        lambda row: (
            f"unit {row['unit']!r} is a rate, and measure 'level' a total. Use daily_average or monthly_average, or "
            f"the unit {units.unit_of_total(row['unit'])!r}."
        ),
    ),
    Rule(
        (pl.col("relation") == "milestone") & ((pl.col("measure") != "level") | (pl.col("value") <= 0)),
        lambda row: (
            f"a milestone is a total above zero that a day passed, and this is a {row['measure']} of {row['value']:g}. "
            "Use eq, or gt for a bound."
        ),
    ),
    Rule(
        (pl.col("relation") == "milestone") & (pl.col("period_start") == pl.col("period_end")),
        lambda row: (
            f"a milestone is passed by a total of many days, and this period is the day {row['period_end']} alone. "
            "Begin the period where the count begins."
        ),
    ),
    Rule(
        (_GROWTH | _SHARE) & pl.col("unit").is_in(list(units.UNITS)) & ~pl.col("unit").is_in(units.FRACTIONS),
        lambda row: f"{row['measure']} is in {row['unit']}. Write it as a fraction, 0.05 for five percent.",
    ),
    Rule(
        _GROWTH & (pl.col("value") < -1) | (pl.col("relation") == "lt") & _GROWTH & (pl.col("value") == -1),
        lambda row: f"growth of {_at(row)} would leave less than nothing. {_remedy_of_growth(row)}",
    ),
    Rule(
        (pl.col("measure") == "yoy_growth") & (pl.col("period_end") >= pl.col("period_start").dt.offset_by("1y")),
        lambda row: (
            f"growth on last year has no base of its own, as the period {row['period_start']} to "
            f"{row['period_end']} is longer than a year. Use avg_annual_growth or a shorter period."
        ),
    ),
    Rule(
        pl.col("url").is_not_null() & ~pl.col("url").str.contains(r"^(https?://|github:)\S+$"),
        lambda row: f"url {row['url']!r} is no web address. Begin it with https:// or leave it empty.",
    ),
)


def _dangling(table: pl.DataFrame) -> Iterator[BadRow]:
    """Yield a sentence for each row that refers to a row that is absent, itself, or of another series."""
    series = dict(table.select("statement_id", "series_id").iter_rows())
    for column in ("same_as", "supersedes"):
        rows = table.filter(pl.col(column).is_not_null())
        for line, own, own_series, other in rows.select("line", "statement_id", "series_id", column).iter_rows():
            if other not in series:
                yield BadRow(line, f"{column} {other!r} is no statement of this ledger. Correct the id.")
            elif other == own:
                yield BadRow(line, f"{column} names the row itself. Name the other row or leave it empty.")
            elif series[other] != own_series:
                yield BadRow(line, f"{column} {other!r} is of series {series[other]!r}. Name a row of {own_series!r}.")
        yield from _circles(rows, column)


def _circles(rows: pl.DataFrame, column: str) -> Iterator[BadRow]:
    """Yield a sentence for each row from which references of one kind lead back to the row."""
    following = dict(rows.select("statement_id", column).iter_rows())
    lines = dict(rows.select("statement_id", "line").iter_rows())
    for start in following:
        seen, step = {start}, following[start]
        while step in following and step not in seen:
            seen.add(step)
            step = following[step]
        if step == start and len(seen) > 1:
            yield BadRow(lines[start], f"{column} leads in a circle. Let it end at the original.")
