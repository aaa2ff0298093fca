"""How far aid plans of the past were, when part of their term had passed (docs/methods/completion.md)."""

import datetime as dt
from typing import Any, NamedTuple

import polars as pl

from analysis.sources.evidence import Known

ARRIVED, DONE, STARTED, COMPLETED = "arrived", "done", "started", "completed"

#: Printed shares, and what each is a share of. That of funds is of money that arrived, unless work is meant (`_funds`).
_SHARES = {
    "aid_investment_completion": DONE,
    "aid_projects_start_rate": STARTED,
    "aid_projects_completion": COMPLETED,
}

#: Amounts that are shares of a plan of the same giver, place and first day.
_AMOUNTS = (
    ("aid_funds_cny", "aid_funds_cny", ARRIVED),
    ("aid_funds_executed_cny", "aid_funds_cny", DONE),
    ("aid_funds_disbursed_cny", "aid_funds_cny", DONE),
    ("aid_investment_cny", "aid_investment_cny", DONE),
    ("aid_projects_started", "aid_projects", STARTED),
    ("aid_projects_started", "aid_projects_new", STARTED),
    ("aid_projects_completed", "aid_projects", COMPLETED),
)
_PLANNED = ("aid_funds_cny", "aid_projects", "aid_projects_new", "aid_investment_cny")

#: Terms in whole years that a report belongs to where no plan was published: a year, a batch of three, a plan of five.
_TERMS = (1, 2, 3, 5)

#: A report of a batch may come some weeks after its last day.
_GRACE = dt.timedelta(days=31)

#: Two prints of one share differ by less than this.
_ROUNDING = 0.01

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "plan": pl.String, "what": pl.String, "place": pl.String, "partner": pl.String, "start": pl.Date,
    "on": pl.Date, "term_years": pl.Int64, "elapsed": pl.Float64, "share": pl.Float64, "relation": pl.String,
    "ids": pl.List(pl.String),
}  # fmt: skip


class _Aid(NamedTuple):
    """The statements about aid: what was planned and what was reported."""

    plans: pl.DataFrame
    reports: pl.DataFrame


def completion_points(known: Known) -> pl.DataFrame:
    """Return the published shares of aid plans that had been carried out by some day of their term.

    An amount over the plan of the same giver, place and first day comes first, then a share as printed. The term is the
    span of the plan, where one was published, and else the shortest of 1, 2, 3 and 5 years that holds the report.

    Parameters
    ----------
    known
        What had been published by the data cut-off.

    Returns
    -------
    DataFrame
        One row a report, by plan and time: `plan` (giver, place, first year and years: reports of one plan share its
        fate), `what` (`arrived`: money; `done`: work or spending; `started`, `completed`: projects), `place`, `partner`
        (empty for all givers), `start` (of the term), `on` (last day reported), `term_years`, `elapsed` (share of the
        term, at most 1), `share`, `relation`, `ids`.
    """
    statements = known.statements.filter(
        pl.col("indicator").str.starts_with("aid_") & (pl.col("status") == "valid") & pl.col("same_as").is_null()
    ).with_columns(pl.col("partner").fill_null(""))
    planned = pl.col("measure").is_in(("target", "plan_or_forecast"))
    aid = _Aid(statements.filter(planned), statements.filter(~planned))
    rows = [
        _divided(row, planned, what, aid)
        for indicator, planned, what in _AMOUNTS
        for row in aid.reports.filter((pl.col("indicator") == indicator) & (pl.col("measure") == "level")).iter_rows(
            named=True
        )
    ]
    rows += [_printed(row, aid) for row in aid.reports.filter(pl.col("measure") == "share").iter_rows(named=True)]
    table = pl.DataFrame([row for row in rows if row is not None], schema=SCHEMA, orient="row")
    rounded = table.with_columns(cents=pl.col("share").round(2))
    keys = ["plan", "what", "on", "cents"]
    return (
        rounded.unique(keys, keep="first", maintain_order=True).drop("cents").sort("what", "elapsed", "plan", "share")
    )


def _divided(row: dict[str, Any], planned: str, what: str, aid: _Aid) -> tuple[Any, ...] | None:
    """Return an amount over its plan; None where no plan was published.

    Projects completed are also a share of those of the same whole years, where these were counted afterwards. More
    projects than planned are a count of something else.
    """
    plans = aid.plans.filter((pl.col("indicator") == planned) & (pl.col("relation") == "eq"))
    own = _of_term(plans, row).sort("period_end", "statement_id")
    if own.is_empty() and what == COMPLETED:
        counted = aid.reports.filter((pl.col("indicator") == planned) & (pl.col("measure") == "level"))
        years = pl.col("period_end").dt.month() == 12
        own = _of_term(counted, row).filter((pl.col("period_end") == row["period_end"]) & years)
    if own.is_empty():
        return None
    plan = own.row(0, named=True)
    if what in (STARTED, COMPLETED) and row["value"] > plan["value"]:
        return None
    ids = (row["statement_id"], plan["statement_id"])
    return _point(row, what, row["value"] / plan["value"], ids, plan["period_end"] + dt.timedelta(days=1))


def _printed(row: dict[str, Any], aid: _Aid) -> tuple[Any, ...] | None:
    """Return a share as printed, at its place in the term of its plan; None for a share of something else."""
    what = _funds(row, aid) if row["indicator"] == "aid_funds_completion" else _SHARES.get(row["indicator"])
    if what is None:
        return None
    own = _of_term(aid.plans.filter(pl.col("indicator").is_in(_PLANNED)), row).sort("period_end")
    end = (
        own["period_end"][0] + dt.timedelta(days=1) if own.height else _term_end(row["period_start"], row["period_end"])
    )
    return _point(row, what, row["value"], (row["statement_id"],), end)


def _funds(row: dict[str, Any], aid: _Aid) -> str | None:
    """Return what a printed share of aid funds is a share of: money that arrived, or work that was done.

    Where the amount that arrived is known, the share is of it if it agrees; one that does not is of work where work of
    the same span was published, and of some other plan, and left out, where none was.
    """
    span = pl.col("period_end") == row["period_end"]
    same = _of_term(aid.reports, row).filter(span & (pl.col("measure") == "level"))
    worked = same["indicator"].is_in(("aid_funds_executed_cny", "aid_investment_cny")).any()
    arrived = same.filter(pl.col("indicator") == "aid_funds_cny")
    plan = _of_term(aid.plans.filter((pl.col("indicator") == "aid_funds_cny") & (pl.col("relation") == "eq")), row)
    if arrived.height and plan.height:
        agrees = abs(arrived["value"][0] / plan.sort("period_end")["value"][0] - row["value"]) < _ROUNDING
        return ARRIVED if agrees else DONE if worked else None
    return DONE if worked else ARRIVED


def _of_term(table: pl.DataFrame, row: dict[str, Any]) -> pl.DataFrame:
    """Return the rows about the same giver, place and first day that reach as far."""
    return table.filter(
        (pl.col("place") == row["place"])
        & (pl.col("partner") == row["partner"])
        & (pl.col("period_start") == row["period_start"])
        & (pl.col("period_end") >= row["period_end"])
    )


def _term_end(start: dt.date, on: dt.date) -> dt.date:
    """Return the day after the shortest usual term that holds a report."""
    ends = [start.replace(year=start.year + years) for years in _TERMS]
    return next((end for end in ends if on < end + _GRACE), on + dt.timedelta(days=1))


def _point(row: dict[str, Any], what: str, share: float, ids: tuple[str, ...], end: dt.date) -> tuple[Any, ...]:
    start, on, partner = row["period_start"], row["period_end"], row["partner"]
    elapsed = min(((on - start).days + 1) / (end - start).days, 1.0)
    years = round((end - start).days / 365.25)
    plan = f"{partner or 'all'}.{row['place']}.{start.year}.{years}"
    return plan, what, row["place"], partner, start, on, years, elapsed, share, row["relation"], list(ids)
