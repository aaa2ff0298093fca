"""What moved a port's figures since earlier editions: evidence news and the revision triangle."""

import polars as pl

from analysis.freight import Outlook, Revisions
from analysis.news import PRINTED, News
from analysis.presentation.tables.figures import WAN, as_published, column, span_words
from analysis.presentation.tables.sources import measure_words
from analysis.presentation.tables.table import Cell, Link, Table

UNIT = "10,000 tonnes (万吨)"


def evidence_news(news: News, outlook: Outlook) -> Table:
    """Return each statement that is new since the previous edition and what it did to the estimate of the year."""
    half = _half_width(outlook)
    lines = news.lines()
    numbers = column(
        lines.select(pl.coalesce("contribution", "estimate")).to_series().to_list(), [half] * lines.height, scale=WAN
    )
    moves = lines["contribution"].abs().fill_null(0.0)
    floor = PRINTED * float(moves.to_numpy().sum())
    rows: list[tuple[Cell, ...]] = []
    folded: list[float] = []
    for row, number in zip(lines.iter_rows(named=True), numbers, strict=True):
        if row["line"] == "remainder":
            continue  # none but rounding: the earlier estimate is the later one without the statements
        if row["line"] != "statement":
            rows.append((_estimate(row["line"], news), "", "", "", number))
        elif abs(row["contribution"]) < floor:
            folded.append(row["contribution"])
        else:
            rows.append(_statement(row, _signed(number)))
    if folded:
        small = _signed(column([sum(folded)], [half], scale=WAN)[0])
        rows.insert(-1, (f"{len(folded)} smaller ones", "", "", "", small))
    notes = [
        "The earlier estimate is what the same model says without the new statements. Statements about other ports "
        "count as far as they tell what ports share."
    ]
    if news.gone:
        notes.append(f"No longer in force: {', '.join(news.gone)}.")
    if news.table.is_empty():
        notes.insert(0, f"Nothing that bears on it became known after {news.since} and by {news.until}.")
    return Table(
        caption=f"What moved the estimate of {news.year} since {news.since}, {UNIT}",
        columns=("Statement", "Period", "What", "As published", "#Estimate or change"),
        rows=tuple(rows),
        notes=tuple(notes),
        total=True,
    )


def revisions(found: Revisions, outlook: Outlook) -> Table:
    """Return the revision triangle: a row a period, a column a vintage."""
    vintages = found.vintages
    rows: list[tuple[Cell, ...]] = []
    for (freq, period), of_period in found.table.group_by("freq", "time_period", maintain_order=True):
        half = _half_width(outlook) if freq == "A" else _half_width(outlook, period)
        known = of_period.drop_nulls("estimate").sort("vintage")
        numbers = column(known["estimate"].to_list(), [half] * known.height, scale=WAN)
        said = dict(zip(known["vintage"], numbers, strict=True))
        name = str(period.year) if freq == "A" else f"{period:%Y-%m}"
        rows.append((name, *(said.get(vintage, "–") for vintage in vintages)))
    return Table(
        caption=f"How estimates moved from edition to edition, medians, {UNIT}",
        columns=("Period", *(f"#{vintage}" for vintage in vintages)),
        rows=tuple(rows),
        notes=(
            "Each column knows what was published by its day; all use the standard deviations of the last one. "
            "A month before its own end is a forecast. –: no statement of the port counted yet.",
        ),
    )


def _half_width(outlook: Outlook, month: object = None) -> float:
    """Return half the width of the 80% interval of the edition's year, or of a month."""
    if month is None:
        row = outlook.year()
        return (row["upper80"] - row["lower80"]) / 2
    row = outlook.months.row(by_predicate=(pl.col("level") == 80) & (pl.col("time_period") == month), named=True)
    return float(row["upper"] - row["lower"]) / 2


def _statement(row: dict[str, object], change: str) -> tuple[Cell, ...]:
    """Return the row of one new statement."""
    name, printed = str(row["statement_id"]), str(row["value_as_published"])
    return (
        Link.to(name, name),
        f"{row['series_id']}, {span_words(row['period_start'], row['period_end'])}",  # type: ignore[arg-type]
        measure_words(str(row["measure"])),
        as_published(printed, str(row["relation"])),
        change,
    )


def _estimate(line: str, news: News) -> str:
    """Return the name of one of the two estimates."""
    names = {"before": f"estimate of {news.since}", "prior": f"before anything was known of it ({news.since})"}
    return names.get(line, f"estimate of {news.until}")


def _signed(number: str) -> str:
    """Return a change with its sign; zero has none."""
    return number if number.startswith("-") or not number.strip("0.,") else f"+{number}"
