"""The sources table, to which every linked number leads."""

from collections.abc import Sequence

import polars as pl

from analysis import ledger
from analysis.presentation.tables.figures import as_published, date_words, span_words
from analysis.presentation.tables.table import Cell, Link, Table

_MEASURES = {
    "level": "total", "yoy_growth": "growth on the year before", "daily_average": "a day on average",
    "monthly_average": "a month on average", "expected": "expected", "target": "target",
    "plan_or_forecast": "plan", "stock": "stock", "growth_vs_2019": "growth on 2019",
    "growth_vs_prev_full_year": "growth on the whole year before",
}  # fmt: skip


def sources(statements: pl.DataFrame, ids: Sequence[str]) -> Table:
    """Return where each statement comes from, one row with an anchor each.

    Parameters
    ----------
    statements
        Rows of a ledger that hold all the ids.
    ids
        Statements to cite, in this order.
    """
    cited = ledger.cite(statements, ids).select("statement_id", "repeats", "same_as")
    rows = cited.join(statements.drop("same_as"), on="statement_id", how="left", validate="1:1", maintain_order="left")
    return Table(
        caption="Sources: every statement that this page rests on or names",
        columns=("Statement", "Period", "What", "As published", "Publisher", "Published", "Address", "Kind"),
        rows=tuple(_row(row) for row in rows.iter_rows(named=True)),
        anchors=tuple(f"s-{one}" for one in rows["statement_id"]),
        notes=("A reprint repeats another statement and counts once with it.",),
    )


def measure_words(measure: str) -> str:
    """Return what a statement measures, in words."""
    return _MEASURES.get(measure, measure.replace("_", " "))


def _row(row: dict[str, object]) -> tuple[Cell, ...]:
    published = row["published_on"]
    address = str(row["url"] or "")
    kind = str(row["repeats"])
    return (
        str(row["statement_id"]),
        span_words(row["period_start"], row["period_end"]),  # type: ignore[arg-type]
        measure_words(str(row["measure"])),
        as_published(str(row["value_as_published"]), str(row["relation"])),
        str(row["publisher"]),
        date_words(published) if published else "no date given",  # type: ignore[arg-type]
        Link(_host(address), address) if address else "none given",
        kind if kind == "original" else f"reprint of {row['same_as']}",
    )


def _host(address: str) -> str:
    return address.split("/")[2] if address.count("/") >= 2 else address
