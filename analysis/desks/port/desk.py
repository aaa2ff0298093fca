"""From the ledger to the outlook of one port."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.core.vocabulary import EXPECTATION_MEASURES, FIGURE_RELATIONS, LEVEL_MEASURES
from analysis.desks.port.bearing import bearing, related
from analysis.desks.port.comparisons import chances
from analysis.desks.port.drawing_rule import (
    bounded_years,
    coverage,
    cumulative,
    drawable,
    fixed_share,
    fixed_years,
    stated_years,
    status,
)
from analysis.desks.port.outlook import Age, Outlook
from analysis.estimates import paths
from analysis.estimates.inputs import Inputs, inputs
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.reconstruction import Reconstruction
from analysis.sources import ledger
from analysis.sources.evidence import Evidence, Known

#: What is counted where a page names nothing else.
FREIGHT = "freight_tonnes"
LEVELS = (50, 80, 95)


def outlook(
    evidence: Evidence,
    *,
    place: str,
    mode: str,
    edition: Edition,
    indicator: str = FREIGHT,
    target: float | None = None,
    seed: int = 1,
) -> Outlook:
    """Return what a port handled, where its year will end, and what that may be compared with.

    Parameters
    ----------
    evidence
        A data folder's ledger and registers.
    place
        Identifier of the port, such as `irkeshtam`.
    mode
        `road` or `rail`.
    edition
        Month of the page and data cut-off; a December page also looks at the next year.
    indicator
        What is counted, such as `freight_tonnes` or `freight_trucks`: an indicator of the ledger that adds up.
    target
        A total of the edition's year to compare with, in the unit of the series; None or 0 for none.
    seed
        Of the draws.

    Raises
    ------
    CoverageError
        If the ledger has no such series of that place and mode.
    EvidenceError
        If nothing usable was published by the data cut-off.
    ParameterError
        If the target is negative.
    """
    if target is not None and target < 0:
        raise ParameterError(f"The target of {place} is {target}. Give a number above zero, or 0 for none.")
    series_id = _series(evidence.statements, place, mode, indicator)
    known = evidence.known(edition.as_of)
    own = known.counted.filter(pl.col("series_id") == series_id)
    if own.is_empty():
        raise EvidenceError(f"Nothing of {series_id} was published by {known.as_of}. Name a later as-of date.")
    start, end = _window(edition.month)
    chosen = inputs(known, series=[series_id], start=start, end=end)
    path = paths.path(chosen, series_id, Sampling(levels=LEVELS, seed=seed))
    return _assemble(path, chosen, known, own, place=place, mode=mode, edition=edition, target=target)


def _window(month: dt.date) -> tuple[dt.date, dt.date]:
    """Return first and last day of what a page looks at: the years shown, and after December the next one."""
    last = month.year + 1 if month.month == 12 else month.year
    return dt.date(month.year - YEARS_SHOWN + 1, 1, 1), dt.date(last, 12, 31)


def _assemble(
    path: Reconstruction,
    chosen: Inputs,
    known: Known,
    own: pl.DataFrame,
    *,
    place: str,
    mode: str,
    edition: Edition,
    target: float | None,
) -> Outlook:
    """Return every table of the outlook from the reconstruction and the statements known."""
    month, as_of = edition.month, edition.as_of
    used = own.join(path.fit.filter("used").select("statement_id"), on="statement_id", how="semi")
    published = _published(own, used)
    # A bound fixes a sum but says nothing of its months, so that it never speaks for a year.
    bounded = bounded_years(used)
    spoken = stated_years(used) | (fixed_years(path) - bounded)
    months = _months(path, spoken, bounded)
    whole = dt.date(month.year, 1, 1), dt.date(month.year, 12, 31)
    sure = pl.col("relation").is_in(FIGURE_RELATIONS)
    return Outlook(
        place=place,
        mode=mode,
        indicator=str(own["indicator"][0]),
        series_id=path.series_id,
        edition=month,
        as_of=as_of,
        window=_window(month),
        inputs=chosen,
        reconstruction=path,
        statements=own,
        known=known,
        years=_years(path, known, used, months, first=month.year - YEARS_SHOWN + 1),
        months=months,
        cumulative=_cumulative(path, spoken, month.year),
        published=published,
        chances=chances(path, own, published, year=month.year, target=target),
        evidence=_evidence(own, path, chosen.withheld, month.year),
        contradictory=_contradictory(own, chosen),
        closures=known.evidence.calendars.closures(place, mode, as_of=as_of),
        related=related(known, path, place=place, mode=mode, year=month.year),
        coverage=fixed_share(path, used, _all_bearing(path, known, used, month.year), *whole),
        status=status(coverage(path, used, *whole), as_of=as_of, month=month),
        last_figure=_age(used.filter(sure & pl.col("measure").is_in(LEVEL_MEASURES)), as_of),
        last_bound=_age(used.filter(~sure), as_of),
    )


def _series(statements: pl.DataFrame, place: str, mode: str, indicator: str) -> str:
    """Return the id of the series of all that is counted at a place by a mode."""
    total = ledger.select(statements, place=place, indicator=indicator, flow="total")
    total = total.filter(pl.col("partner").is_null() | (pl.col("partner") == ""))
    found = total.filter(pl.col("mode") == mode)["series_id"].unique()
    if len(found) != 1:
        what = "freight" if indicator == FREIGHT else indicator
        modes = ", ".join(total["mode"].unique().sort()) or "no mode at all"
        raise CoverageError(f"The ledger has {what} of {place!r} by {modes}, not by {mode!r}. Name one of those.")
    return str(found[0])


def _published(own: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Return the published sums over days, the kind of their period and whether they were used."""
    start, end = pl.col("period_start"), pl.col("period_end")
    january = (start.dt.month() == 1) & (start.dt.day() == 1) & (start.dt.year() == end.dt.year())
    december = (end.dt.month() == 12) & (end.dt.day() == 31)
    return own.filter(pl.col("measure") == "level").select(
        "statement_id",
        end.dt.year().cast(pl.Int64).alias("year"),
        "period_start",
        "period_end",
        "relation",
        "value",
        "count",
        pl.col("statement_id").is_in(used["statement_id"].to_list()).alias("used"),
        pl.when(january & december)
        .then(pl.lit("year"))
        .when(january)
        .then(pl.lit("to_date"))
        .otherwise(pl.lit("other"))
        .alias("kind"),
    ).sort("period_end", "period_start", "statement_id")  # fmt: skip


def _months(path: Reconstruction, spoken: frozenset[int], bounded: frozenset[int]) -> pl.DataFrame:
    """Return the monthly path with the drawing rule's verdict on every month."""
    monthly = path.path.filter(pl.col("freq") == "M").drop("series_id", "freq")
    verdict = drawable(monthly.filter(pl.col("level") == 80), spoken, bounded)
    verdict = verdict.select("time_period", "drawn", "reason")
    return monthly.join(verdict, on="time_period", how="left", validate="m:1").sort("time_period", "level")


def _all_bearing(path: Reconstruction, known: Known, used: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return the periods of all statements that bear on a year: of the series, and of any other."""
    periods = "period_start", "period_end"
    return pl.concat([used.select(periods), bearing(known, path, year).select(periods)])


def _years(path: Reconstruction, known: Known, used: pl.DataFrame, months: pl.DataFrame, *, first: int) -> pl.DataFrame:
    """Return one row a year: mean, median, 80 and 95% intervals, how it was made, how much of it is stated."""
    year = pl.col("time_period").dt.year().cast(pl.Int64)
    wide = path.at(80, "A").select(
        year.alias("year"), "mean", "median", pl.col("lower").alias("lower80"), pl.col("upper").alias("upper80"),
        pl.col("obs_status").cast(pl.String),
    )  # fmt: skip
    wider = path.at(95, "A").select(
        year.alias("year"), pl.col("lower").alias("lower95"), pl.col("upper").alias("upper95")
    )
    verdicts = (
        months.filter(pl.col("level") == 80)
        .group_by(year.alias("year"))
        .agg(pl.col("drawn").sum().cast(pl.Int64), pl.col("reason").filter(~pl.col("drawn")).first().fill_null(""))
    )
    table = (
        wide.join(wider, on="year", validate="1:1").join(verdicts, on="year", how="left", validate="1:1")
        .filter(pl.col("year") >= first).sort("year")
    )  # fmt: skip
    shares = [
        fixed_share(path, used, _all_bearing(path, known, used, each), dt.date(each, 1, 1), dt.date(each, 12, 31))
        for each in table["year"]
    ]
    return table.with_columns(pl.Series("coverage", shares, dtype=pl.Float64))


def _cumulative(path: Reconstruction, stated: frozenset[int], year: int) -> pl.DataFrame:
    """Return the sums to date of the year, the year before and 2019, each only if the year has a statement."""
    wanted = [each for each in sorted({2019, year - 1, year}) if each in stated or each == year]
    wanted = [each for each in wanted if path.months[0] <= dt.date(each, 1, 1)]
    sums = pl.concat(cumulative(path, each, levels=LEVELS) for each in wanted)
    verdict = drawable(sums.filter(pl.col("level") == 80), stated).select("time_period", "drawn")
    return sums.join(verdict, on="time_period", how="left", validate="m:1")


def _evidence(own: pl.DataFrame, path: Reconstruction, withheld: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return the statements about a year, how the path met each, and why the others were left out."""
    about = own.filter((pl.col("period_start").dt.year() <= year) & (pl.col("period_end").dt.year() >= year))
    fit = path.fit.select("statement_id", "median", "lower", "upper", "used", pl.col("reason").alias("why"))
    contradictory = dict(withheld.select("statement_id", "statement_ids").iter_rows())
    left_out = pl.Series(
        [_left_out(row, contradictory).written for row in about.iter_rows(named=True)], dtype=pl.String
    )
    return (
        about.with_columns(left_out=left_out)
        .join(fit, on="statement_id", how="left", validate="1:1", maintain_order="left")
        .with_columns(
            pl.col("used").fill_null(False),
            pl.when(pl.col("used").fill_null(False))
            .then(pl.lit(""))
            .otherwise(pl.coalesce("why", "left_out"))
            .alias("reason"),
        )
        .drop("why", "left_out")
        .sort("period_end", "period_start", "measure", "statement_id")
    )


def _contradictory(own: pl.DataFrame, chosen: Inputs) -> pl.DataFrame:
    """Return the statements of the years shown that contradict each other, with those of the contradiction."""
    withheld = chosen.withheld.select("statement_id", "statement_ids")
    return (
        own.filter(pl.col("period_end") >= chosen.start)
        .join(withheld, on="statement_id", how="inner", validate="1:1")
        .sort("period_end", "period_start", "statement_id")
    )


def _left_out(row: dict[str, Any], contradictory: Mapping[str, str]) -> Reason:
    """Return why a statement about a year did not reach the method."""
    if row["statement_id"] in contradictory:
        return Reason("withheld", statements=contradictory[row["statement_id"]].replace(";", ", "))
    if row["same_as"]:
        return Reason("repeats", statement=row["same_as"])
    if row["status"] != "valid":
        return Reason("judged", status=row["status"])
    return Reason("expectation" if row["measure"] in EXPECTATION_MEASURES else "not_read")


def _age(statements: pl.DataFrame, as_of: dt.date) -> Age | None:
    """Return the age of the statement whose period ends last."""
    if statements.is_empty():
        return None
    row = statements.sort("period_end", "available_on", "statement_id").row(-1, named=True)
    days = (as_of - row["period_end"]).days
    return Age(row["statement_id"], row["period_start"], row["period_end"], row["published_on"], days)
