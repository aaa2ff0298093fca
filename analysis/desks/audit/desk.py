"""From a ledger to its audit: how much is known, what contradicts what, what one more figure would be worth."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from analysis.core.path_table import significant
from analysis.core.periods import Edition
from analysis.desks.audit.check import Check, examine
from analysis.desks.audit.counts import read_by
from analysis.desks.audit.coverage import INDICATOR, coverage
from analysis.desks.audit.revised import revision_table
from analysis.desks.audit.worth import usual_rounding, worth
from analysis.estimates.part_flows import PartFlows, region_flows
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.quality import completeness
from analysis.sources.evidence import Known
from analysis.sources.registers import KNOWN_CONFLICTS

#: Modes that are added up; a pipeline has no gate where one could call.
CARRIED = ("road", "rail", "air")

YEARS: dict[str, Any] = {
    "place": pl.String, "mode": pl.String, "year": pl.Int64,
    "median": pl.Float64, "lower": pl.Float64, "upper": pl.Float64, "ratio": pl.Float64, "statements": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class EvidenceAudit:
    """The audit of a ledger as of a day, with the freight of a region's ports.

    Attributes
    ----------
    place, edition, known
        The question: the region, first day of the edition's month, all that was known.
    check
        What contradicts what (`check.examine`).
    conflicts
        One row a contradiction, found by the check or listed in the register of known conflicts with statements that
        were published by the day: `kind, statement_ids` (joined by `;`), `sentence` (empty where the check does not
        judge it), `done` (withheld, kept, set_aside, new), `note`, `note_zh`.
    read
        The statements that were read, with `year` and `kind` (`counts.read_by`).
    years
        One row a port, mode and year: `place, mode, year, median, lower, upper` (80%, tonnes), `ratio` (upper over
        lower; null where nothing may have passed) and `statements` about its freight whose period ends in that year.
    coverage
        Completeness, age and gaps by port and mode (`coverage.coverage`).
    revisions
        Revision statistics by indicator (`revised.revision_table`).
    worth
        What one further figure would be worth (`worth.worth`).
    rounding
        The rounding of a further figure: a standard deviation in logs.
    region
        Median and 80% interval of the region's year, tonnes.
    """

    place: str
    edition: dt.date
    known: Known
    check: Check
    conflicts: pl.DataFrame
    read: pl.DataFrame
    years: pl.DataFrame
    coverage: pl.DataFrame
    revisions: pl.DataFrame
    worth: pl.DataFrame
    rounding: float
    region: tuple[float, float, float]

    @property
    def first_year(self) -> int:
        """First of the years that are shown."""
        return first_year(self.edition)

    @cached_property
    def best(self) -> pl.DataFrame:
        """The figure since January up to the edition's month of each port, the one worth most to the region first.

        The columns of `worth`; `median, lower, upper, ratio` of the port's year; and the single month that is worth
        most to it: `month` (first day) and `month_own` (the share by which the port's year narrows).
        """
        last = self.worth.filter(pl.col("end") == pl.col("end").max())
        said = last.filter(pl.col("what") == "to_date")
        found = said if said.height else last
        now = self.years.filter(pl.col("year") == self.edition.year).drop("year", "statements")
        months = self.worth.filter(pl.col("what") == "month").drop_nulls("own")
        single = (
            months.sort("own", "start", descending=[True, False])
            .unique(["place", "mode"], keep="first", maintain_order=True)
            .select("place", "mode", month="start", month_own="own")
        )
        return (
            found.drop_nulls("region")
            .join(now, on=["place", "mode"], how="left", validate="1:1", maintain_order="left")
            .join(single, on=["place", "mode"], how="left", validate="1:1", maintain_order="left")
            .sort("region", "own", "place", "mode", descending=[True, True, False, False])
        )

    @property
    def is_whole_year(self) -> bool:
        """Whether January to the edition's month is the whole year, whose total says all of itself."""
        return self.edition.month == 12

    @property
    def completeness(self) -> tuple[float, float]:
        """Rates of available data (R1): of the months of the edition's year so far, and of the years before it."""
        months = self.coverage.height * self.edition.month
        years = self.coverage.height * (self.edition.year - self.first_year)
        return (
            completeness(provided=int(self.coverage["months"].sum()), required=months),
            completeness(provided=int(self.coverage["years"].sum()), required=years),
        )

    def statement_ids(self) -> list[str]:
        """Return the statements that the page names: those of the contradictions, and the newest of each port."""
        in_conflict = [name for ids in self.conflicts["statement_ids"] for name in ids.split(";")]
        return list(dict.fromkeys([*in_conflict, *self.coverage["newest_id"].drop_nulls()]))


def first_year(month: dt.date) -> int:
    """Return the first of the years that an edition shows."""
    return month.year - YEARS_SHOWN + 1


def evidence_audit(known: Known, *, place: str, edition: Edition, seed: int = 1) -> EvidenceAudit:
    """Return how much is known, what contradicts what, and what one more figure about a region's ports is worth.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`; its ports are the group `PLACE_ports`.
    edition
        Month of the page and data cut-off.
    seed
        Of the draws.

    Raises
    ------
    CoverageError, EvidenceError
        If the ledger has no total of the region's ports, or nothing usable about it was published by then.
    """
    month = edition.month
    _, flows = region_flows(known, place, month, INDICATOR, seed=seed)
    ports = _ports(flows)
    rounding = usual_rounding(known, INDICATOR)
    check = examine(known)
    carried = flows.parts["mode"].is_in(CARRIED).to_numpy()
    region = flows.between(dt.date(month.year, 1, 1), dt.date(month.year, 12, 31))[:, carried].sum(axis=1)
    lower, median, upper = (float(each) for each in significant(np.quantile(region, [0.1, 0.5, 0.9])))
    return EvidenceAudit(
        place=place,
        edition=month,
        known=known,
        check=check,
        conflicts=conflicts_of(known, check),
        read=read_by(known),
        years=_years(known, flows, ports, month),
        coverage=coverage(known, ports, month=month, first_year=first_year(month)),
        revisions=revision_table(known, check.bases),
        worth=worth(
            lambda start, end: _totals(flows, ports, start, end), ports, region=region, month=month, rounding=rounding
        ),
        rounding=rounding,
        region=(median, lower, upper),
    )


def _ports(flows: PartFlows) -> list[tuple[str, str]]:
    """Return the ports and modes of the system that have a name, in the order of the draws."""
    keys = flows.parts.filter(pl.col("mode").is_in(CARRIED) & ~pl.col("place").str.starts_with("other_"))
    return list(keys.select("place", "mode").unique(maintain_order=True).iter_rows())


def _totals(flows: PartFlows, ports: list[tuple[str, str]], start: dt.date, end: dt.date) -> np.ndarray:
    """Return draws of the ports' totals over a span, draws by ports: imports and exports together."""
    parts = flows.between(start, end)
    keys = list(flows.parts.select("place", "mode").iter_rows())
    columns = [[key == port for key in keys] for port in ports]
    return np.column_stack([parts[:, own].sum(axis=1) for own in columns])


def _years(known: Known, flows: PartFlows, ports: list[tuple[str, str]], month: dt.date) -> pl.DataFrame:
    """Return the interval of each port's years, and how many statements about its freight end in each."""
    freight = known.statements.filter(pl.col("indicator") == INDICATOR).with_columns(
        year=pl.col("period_end").dt.year().cast(pl.Int64)
    )
    said = {tuple(key): rows.height for key, rows in freight.group_by("place", "mode", "year")}
    rows = []
    for year in range(first_year(month), month.year + 1):
        totals = _totals(flows, ports, dt.date(year, 1, 1), dt.date(year, 12, 31))
        for position, (place, mode) in enumerate(ports):
            lower, median, upper = map(float, significant(np.quantile(totals[:, position], [0.1, 0.5, 0.9])))
            row: dict[str, object] = {"place": place, "mode": mode, "year": year}
            row |= {"median": median, "lower": lower, "upper": upper, "ratio": upper / lower if lower > 0 else None}
            rows.append(row | {"statements": said.get((place, mode, year), 0)})
    return pl.DataFrame(rows, schema=YEARS)


def conflicts_of(known: Known, check: Check) -> pl.DataFrame:
    """Return the contradictions found, and those that the register lists of statements published by the day."""
    register = known.evidence.registers[KNOWN_CONFLICTS.name]
    published = set(known.evidence.statements.filter(pl.col("available_on") <= known.as_of)["statement_id"])
    listed = register.filter(
        pl.col("statement_ids").map_elements(
            lambda ids: set(ids.split(";")) <= published, return_dtype=pl.Boolean
        )
    )  # fmt: skip
    found = check.contradictions.select("kind", "statement_ids", "sentence")
    aside = set(check.set_aside["statement_id"])
    both = pl.concat([found, listed.select("kind", "statement_ids", sentence=pl.lit(""))]).unique(
        ["kind", "statement_ids"], keep="first", maintain_order=True
    )
    joined = both.join(register, on=["kind", "statement_ids"], how="left", validate="1:1", maintain_order="left")
    done = [
        _treatment(ids.split(";"), withheld, aside)
        for ids, withheld in joined.select("statement_ids", "withheld").iter_rows()
    ]
    return joined.with_columns(done=pl.Series(done, dtype=pl.String)).drop("withheld")


def _treatment(ids: list[str], withheld: bool | None, aside: set[str]) -> str:
    """Return what was done about a contradiction; one that the register does not list is withheld as new."""
    if withheld is None:
        return "new"
    if withheld:
        return "withheld"
    return "set_aside" if set(ids) & aside else "kept"
