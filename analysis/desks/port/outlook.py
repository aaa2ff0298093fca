"""The answer of the port desk, as frozen tables."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.periods import month_end
from analysis.desks.port.growth import growth, same_span
from analysis.estimates import kept_fits
from analysis.estimates.inputs import Inputs
from analysis.methods.reconstruction import Posterior, Reconstruction
from analysis.sources.evidence import Known
from analysis.sources.places import Places


@dataclass(frozen=True)
class Age:
    """How old the newest evidence of a kind is.

    Attributes
    ----------
    statement_id
        The statement whose period ends last.
    period_start, period_end
        Its period.
    published_on
        When it became known; None where the publication bears no date.
    days
        Days from the end of its period to the data cut-off.
    """

    statement_id: str
    period_start: dt.date
    period_end: dt.date
    published_on: dt.date | None
    days: int


@dataclass(frozen=True)
class Outlook:
    """What a port handled and where its year will end, as of a day.

    Columns `reason` hold a reason as `core.reasons.Reason.written`, and are empty or null where there is none.

    Attributes
    ----------
    place, mode, indicator, series_id, edition, as_of, window
        The question: register id, `road` or `rail`, what is counted, the series behind, first day of the edition's
        month, data cut-off, first and last day of the path.
    inputs
        What the joint fit behind the page depends on.
    reconstruction
        Path and draws behind the tables.
    statements
        All statements of the series that were published by the cut-off.
    known
        All that was known of the data folder by then: other flows bear on this one, too.
    years
        One row a year: `year, mean, median, lower80, upper80, lower95, upper95, obs_status, coverage, drawn, reason`
        (`drawn`: how many of its months may be drawn; `reason`: why not all), flows in the series' unit.
    months
        One row a month and level: `time_period, level, mean, median, lower, upper, obs_status, drawn, reason`.
    cumulative
        Sums from 1 January: `year, time_period, period_end, level, median, lower, upper, drawn`.
    published
        Published sums over days: `statement_id, year, period_start, period_end, relation, value, count, used, kind`
        (`count`: whose count it is where that is another office; `kind`: `year`, `to_date` from 1 January on, or
        `other`).
    chances
        One row a comparison, as `comparisons.chances`.
    evidence
        Statements about the edition's year: as published, as fitted (`median, lower, upper`), `used`, `reason`.
    contradictory
        Statements of the years shown that contradict each other and are therefore not used: rows of `statements` with
        `statement_ids`, those of the contradiction joined by `;`.
    closures
        Spans in which the port was shut or limited: `start, end, state, direction, notice, notice_zh`.
    related
        Statements about the edition's year in other series of the place's activity, or that bear on the total: rows of
        the ledger with `count`.
    coverage
        Share of the edition year's total that what was published fixes, 0 to 1, as `drawing_rule.fixed_share`.
    status
        `flash`, `mostly_published`, `revised` or `final`.
    last_figure, last_bound
        Age of the newest figure ("equal to" or "about") and of the newest bound; None where there is none.
    """

    place: str
    mode: str
    indicator: str
    series_id: str
    edition: dt.date
    as_of: dt.date
    window: tuple[dt.date, dt.date]
    inputs: Inputs
    reconstruction: Reconstruction
    statements: pl.DataFrame
    known: Known
    years: pl.DataFrame
    months: pl.DataFrame
    cumulative: pl.DataFrame
    published: pl.DataFrame
    chances: pl.DataFrame
    evidence: pl.DataFrame
    contradictory: pl.DataFrame
    closures: pl.DataFrame
    related: pl.DataFrame
    coverage: float
    status: str
    last_figure: Age | None
    last_bound: Age | None

    @property
    def unit(self) -> str:
        """The unit of every flow."""
        return self.reconstruction.unit

    @property
    def places(self) -> Places:
        """The registers of places, for names."""
        return self.known.places

    def fitted(self) -> Posterior:
        """Return the joint fit behind the page."""
        return kept_fits.posterior(self.inputs)

    def year(self, year: int | None = None) -> dict[str, float]:
        """Return the row of `years` of one year, that of the edition when none is named."""
        wanted = self.edition.year if year is None else year
        return self.years.row(by_predicate=pl.col("year") == wanted, named=True)

    def shows_months(self, *, years: int = 6) -> bool:
        """Return whether any month of the last so many years, up to the edition's, may be drawn."""
        return not self.drawn_months(years=years).is_empty()

    def drawn_months(self, *, years: int = 6) -> pl.DataFrame:
        """Return the rows of `months` that may be drawn, of the last so many years up to the edition's."""
        year = pl.col("time_period").dt.year()
        return self.months.filter(pl.col("drawn") & (year > self.edition.year - years) & (year <= self.edition.year))

    def undrawn_years(self, *, years: int = 6) -> pl.DataFrame:
        """Return the years without a drawn month as their monthly average, of the last so many up to the edition's.

        Returns
        -------
        pl.DataFrame
            `year, start, end, median, lower, upper` (80%), flows a month.
        """
        window = (pl.col("year") > self.edition.year - years) & (pl.col("year") <= self.edition.year)
        return self.years.filter(window & (pl.col("drawn") == 0)).select(
            "year",
            pl.date(pl.col("year"), 1, 1).alias("start"),
            pl.date(pl.col("year"), 12, 1).alias("end"),
            pl.col("median") / 12,
            (pl.col("lower80") / 12).alias("lower"),
            (pl.col("upper80") / 12).alias("upper"),
        )

    def bears_on(self, start: dt.date, end: dt.date, *, against: tuple[dt.date, dt.date] | None = None) -> list[str]:
        """Return the statements that bear on a total, or on its ratio to another one, the most telling first."""
        return self.reconstruction.bearing_statements(start, end, against=against)

    def behind_year(self, year: int | None = None) -> list[str]:
        """Return the statements that bear on the total of one year, that of the edition when none is named."""
        return self.bears_on(*_year(year or self.edition.year))

    def behind_comparison(self, other: int) -> list[str]:
        """Return the statements that bear on whether the edition's year passes another one."""
        return self.bears_on(*_year(self.edition.year), against=_year(other))

    def growth(self) -> pl.DataFrame:
        """Return growth against other years with its parts, as `growth.growth`."""
        return growth(self.reconstruction, edition=self.edition)

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements that the page rests on or names, sorted."""
        used = self.reconstruction.fit["statement_id"]
        compared = self.chances["statement_ids"].explode().drop_nulls()
        about = (self.evidence, self.related, self.contradictory)
        named = {row for table in about for row in table["statement_id"]}
        return sorted({*used, *named, *compared, *self._behind_totals()})

    def _behind_totals(self) -> set[str]:
        """Return the statements that bear on any total of the page: its years, months and sums since 1 January."""
        months = self.months.filter(pl.col("drawn"))["time_period"].unique().to_list()
        sums = self.cumulative.filter("drawn")["period_end"].unique().to_list()
        spans = [
            *(_year(int(year)) for year in self.years["year"]),
            *((month, month_end(month)) for month in months),
            *((dt.date(end.year, 1, 1), end) for end in sums),
        ]
        compared = [
            int(row["figure_year"]) for row in self.chances.filter(pl.col("probability").is_not_null()).to_dicts()
        ]
        behind = [self.bears_on(*span) for span in spans] + [self.behind_comparison(year) for year in compared]
        for row in self.growth().filter(pl.col("median").is_not_null()).to_dicts():
            before = same_span(row["start"], row["end"], row["other"])
            behind.append(self.bears_on(row["start"], row["end"], against=before))
        return {one for ids in behind for one in ids}

    def trace(self) -> list[str]:
        """Return the ids of the used statements about the edition's year, or else of the last one before it."""
        used = self.evidence.filter("used")
        if len(used):
            return used["statement_id"].to_list()
        return [age.statement_id for age in (self.last_figure, self.last_bound) if age is not None][:1]


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
