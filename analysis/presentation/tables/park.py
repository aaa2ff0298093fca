"""The tables of the park desk: published facts, and what firms' returns say."""

import polars as pl

from analysis.park import Attainment, Progress
from analysis.presentation.tables.figures import (
    MILLION,
    as_published,
    date_words,
    fraction_percent,
    percent,
    plain,
    span_words,
    yuan,
    yuan_predicted,
)
from analysis.presentation.tables.table import Cell, Link, Table
from analysis.presentation.words import likelihood


def facts(attainment: Attainment) -> Table:
    """Return what was published about the target, and what follows from it by division alone."""
    rows: list[tuple[Cell, ...]] = [
        (f"Output expected for {attainment.year}, used as the target", yuan(attainment.target_cny),
         _source(attainment.target_id, "a published expectation", "set by hand")),
    ]  # fmt: skip
    if attainment.invested_cny is not None and attainment.output_per_invested is not None:
        rows += [
            ("Capital invested", f"about {yuan(attainment.invested_cny)}",
             _source(attainment.invested_id, "published", "")),
            ("Output by yuan invested, if the target is met", plain(round(attainment.output_per_invested, 2)),
             "target ÷ capital"),
        ]  # fmt: skip
    rows += [
        (
            "Output measured",
            "none" if attainment.current_run_rate is None else "see below",
            attainment.reason or "returned",
        ),
        ("Required run rate", _rate(attainment.required_run_rate), _required_words(attainment)),
        ("Current run rate", _rate(attainment.current_run_rate), attainment.reason or "mean of the months returned"),
        ("Probability of the target", _chance(attainment.probability), attainment.reason or "from the returns"),
    ]
    rows += [_later(row) for row in attainment.later.iter_rows(named=True)]
    return Table(
        caption=f"Published facts by {attainment.as_of}",
        columns=("What", "#Figure", "Where from"),
        rows=tuple(rows),
        notes=(
            "An expectation is not a figure: it says what somebody hoped for, and is compared with the outcome only.",
        ),
    )


def illustration(progress: Progress) -> Table:
    """Return the run rates and the probability that the returns give."""
    end = progress.months.row(-1, named=True)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Target compared with", yuan(progress.target_cny)),
        (f"Returned, {progress.months_returned} months", yuan(progress.to_date_cny)),
        ("Required run rate for the rest", _rate(progress.required_run_rate)),
        ("Current run rate", _rate(progress.current_run_rate)),
        ("Predicted for the year", yuan_predicted(end["cumulative_cny"], end["lower80"], end["upper80"])),
        ("Probability of the target", _chance(progress.probability)),
        ("Concentration (HHI, 0 to 1)", plain(round(progress.hhi, 2))),
        ("Share of the five largest firms", fraction_percent(progress.top_five)),
    )
    return Table(
        caption="Target, run rates and probability",
        columns=("What", "#Figure"),
        rows=rows,
        notes=(
            "The target is a real, published expectation; everything else here comes from the returns. The two are "
            "compared, never added.",
            "Prediction: the months to come are like those returned, with the uncertainty of their mean and spread.",
        ),
        illustrative=progress.illustrative,
    )


def contributions(progress: Progress) -> Table:
    """Return the output by month and firm, largest first, with totals, shares and the even plan."""
    names = list(progress.firms["firm"])
    wide = progress.returned.pivot("firm", index="month", values="output_cny").sort("month")
    done = progress.months.filter(pl.col("made") == "returned")
    rows: list[tuple[Cell, ...]] = []
    for row, sums in zip(wide.iter_rows(named=True), done.iter_rows(named=True), strict=True):
        firms = ["" if row[name] is None else _million(row[name]) for name in names]
        rows.append((f"{row['month']:%Y-%m}", *firms, _million(sums["output_cny"]), _million(sums["cumulative_cny"]),
                     _million(sums["plan_cny"])))  # fmt: skip
    shares = [fraction_percent(share) for share in progress.firms["share"]]
    rows.append(("Share of the total", *shares, "100%", "", ""))
    totals = [_million(total) for total in progress.firms["output_cny"]]
    rows.append((f"Total of {len(done)} months", *totals, _million(progress.to_date_cny), "", ""))
    return Table(
        caption=f"Output by firm in {progress.year}, million yuan (1 million yuan = 0.01亿元)",
        columns=("Month", *(f"#{name}" for name in names), "#All firms", "#Since January", "#Even plan"),
        rows=tuple(rows),
        notes=("An empty cell: the firm had not started, or had stopped.",),
        total=True,
        illustrative=progress.illustrative,
    )


def _million(value: float) -> str:
    """Return yuan as millions to two decimals, so that the cells of a column add up as printed."""
    return f"{value / MILLION:,.2f}"


def _later(row: dict[str, object]) -> tuple[Cell, ...]:
    """Return another statement about the park: no output, but the nearest thing that was published."""
    words = as_published(str(row["value_as_published"]), str(row["relation"]))
    name = str(row["indicator"]).replace("_", " ")
    period = span_words(row["period_start"], row["period_end"])  # type: ignore[arg-type]
    published = row["published_on"]
    day = f", {date_words(published)}" if published else ""  # type: ignore[arg-type]
    note = f" ({row['note']})" if row["note"] else ""
    return (
        f"Also published: {name}, {period}{note}",
        words,
        Link.to(str(row["statement_id"]), f"{row['publisher']}{day}"),
    )


def _source(statement_id: str | None, words: str, otherwise: str) -> Cell:
    return Link.to(statement_id, words) if statement_id else otherwise


def _rate(rate: float | None) -> str:
    return "not measured" if rate is None else f"{yuan(rate)} a month"


def _chance(probability: float | None) -> str:
    return "not measured" if probability is None else f"{percent(probability)}, {likelihood(probability)}"


def _required_words(attainment: Attainment) -> str:
    return (
        "target ÷ 12 months, nothing being measured"
        if attainment.current_run_rate is None
        else "for the rest of the year"
    )
