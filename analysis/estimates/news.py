"""News: which new statement moved the estimate of a year's total, and by how much (docs/methods/news.md)."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError, PeriodError
from analysis.core.path_table import significant
from analysis.core.sampling import DEFAULT_SAMPLING, Sampling
from analysis.estimates import kept_fits, paths
from analysis.estimates.contradictions import about
from analysis.estimates.inputs import Inputs, inputs
from analysis.estimates.new_statements import SAME, gains, new_statements
from analysis.methods.reconstruction import Posterior
from analysis.sources import ledger
from analysis.sources.evidence import Evidence, Known
from analysis.sources.ledger.facts import facts
from analysis.sources.ledger.statement_words import statement_words

#: Printed on a line of their own are the statements that make up this share of all movements together.
PRINTED = 0.01

#: The columns of the ledger that news keeps.
COLUMNS = ["available_on", "statement_id", "publisher", "published_on", *SAME, "value_as_published", "revises"]


@dataclass(frozen=True, kw_only=True)
class News:
    """How the estimate of a year's total moved between two days.

    Attributes
    ----------
    table
        One row a new statement that bears on the series, in order of publication: `available_on` (the day from which
        it counts), `statement_id, publisher, published_on, series_id, period_start, period_end, measure, relation,
        value_as_published`, `revises` (the id of the row that it revises, else null), `contribution` (in `unit`,
        positive: it moved the estimate up) and `relative` (the same as a fraction of `origin`).
    series_id, year, unit
        Whose total; `unit` is that of all flows here.
    since, until
        New is what became available after the one day and by the other.
    before, after
        The estimates on both days: medians of the total, each from its own fit; `before` is None where nothing usable
        was published.
    origin
        Where the contributions start: `before`, or the prior where that is None.
    remainder
        `after - origin` less all contributions.
    gone
        Statements behind the earlier estimate that are no longer in force; what they did is in the remainder.
    withheld
        A sentence for each contradiction about the series whose statements the later estimate does not use.
    """

    table: pl.DataFrame
    series_id: str
    year: int
    unit: str
    since: dt.date
    until: dt.date
    before: float | None
    after: float
    origin: float
    remainder: float
    gone: tuple[str, ...]
    withheld: tuple[str, ...] = ()

    def lines(self) -> pl.DataFrame:
        """Return the way from one estimate to the other, one row a step.

        Returns
        -------
        DataFrame
            `line` (before, or prior; statement; remainder; after), the columns of `table`, and `estimate`, where the
            total stands after the step.
        """
        start = pl.DataFrame({"line": ["prior" if self.before is None else "before"], "estimate": [self.origin]})
        steps = pl.concat(
            [
                self.table.with_columns(line=pl.lit("statement")),
                pl.DataFrame(
                    {
                        "line": ["remainder"],
                        "contribution": [self.remainder],
                        "relative": [self.remainder / self.origin if self.origin else 0.0],
                    }
                ),
            ],
            how="diagonal",
        ).with_columns(estimate=self.origin + pl.col("contribution").cum_sum())
        end = pl.DataFrame({"line": ["after"], "estimate": [self.after]})
        return pl.concat([start, steps, end], how="diagonal").select("line", *self.table.columns, "estimate")

    def sentences(self) -> list[str]:
        """Return the steps as lines of a terminal: contribution, share of the earlier estimate, what was said."""
        moves = pl.col("contribution").abs()
        small = moves < PRINTED * (moves.sum() + abs(self.remainder))
        folded = self.table.filter(small)
        found = [f"{self.series_id}, total of {self.year}, {self.unit}".removesuffix(", 1")]
        if self.before is None:
            found.append(
                f"Nothing usable about it was published by {self.since}, so the contributions start from the prior."
            )
        found.append(self._step(self.origin, "", f"{'prior' if self.before is None else 'estimate'} of {self.since}"))
        if self.table.is_empty():
            found.append(f"No statement that bears on it became known after {self.since} and by {self.until}.")
        for row in self.table.filter(~small).iter_rows(named=True):
            words = [statement_words(row), row["publisher"], None if row["published_on"] else "undated"]
            revises = f"revises {row['revises']}" if row["revises"] else None
            what = f"{row['available_on']}  {', '.join(word for word in (*words, revises) if word)}"
            found.append(self._step(row["contribution"], "+", what))
        if folded.height:
            found.append(
                self._step(
                    float(folded["contribution"].to_numpy().sum()),
                    "+",
                    f"{folded.height} smaller one{'s' * (folded.height > 1)}",
                )
            )
        gone = f"; no longer in force: {', '.join(self.gone)}" if self.gone else ""
        found.append(self._step(self.remainder, "+", f"remainder{gone}"))
        return [*found, self._step(self.after, "", f"estimate of {self.until}"), *self.withheld]

    def __str__(self) -> str:
        """Return the lines of `sentences`."""
        return "\n".join(self.sentences())

    def _step(self, size: float, sign: str, what: str) -> str:
        """Return one line; all have as many decimals as six digits of the larger estimate need."""
        largest = max(self.origin, self.after)
        decimals = max(0, 5 - int(np.floor(np.log10(largest)))) if largest else 0
        share = f"{size / self.origin:+.1%}" if sign and self.origin else ""
        return f"{size:{sign}z18,.{decimals}f} {share:>8}  {what}"


def news(
    evidence: Evidence,
    series_id: str,
    *,
    since: dt.date,
    until: dt.date,
    year: int | None = None,
    sampling: Sampling = DEFAULT_SAMPLING,
) -> News:
    """Return which statements that became known between two days moved the estimate of a year's total.

    Parameters
    ----------
    evidence
        A data folder's ledger and registers.
    series_id
        The series of a flow.
    since, until, year
        New is what became available after the one day and by the other; the year is that of `until` if not given.
    sampling
        Draws behind each estimate, and their seed.

    Raises
    ------
    CoverageError
        If the ledger has no such series.
    PeriodError
        If the days are in the wrong order, or nothing is stated of the series up to the year.
    EvidenceError
        If nothing usable was published by the later day, or the port was closed all year.
    """
    year = year or until.year
    _require(evidence, series_id, since=since, until=until, year=year)
    known = evidence.known(until)
    total = _Total(series_id, year, paths.recent_start(known, series_id, dt.date(year, 12, 1)), sampling)
    later = kept_fits.posterior(total.inputs(known))
    after, unit = total.estimate(known)
    before, used = _earlier(evidence.known(since), total)
    if after == 0 and later.zeros.height:
        return news_of_nothing(known, later, series_id, before=before, since=since, year=year, unit=unit)
    new = new_statements(known, later, used, since)
    level, gained = gains(later, series_id, dt.date(year, 1, 1), dt.date(year, 12, 31), new)
    moved = gained["gain"].to_numpy()
    origin = float(significant(np.exp(level - moved.sum()))) if before is None else before
    contribution = significant(moved * logarithmic_mean(origin, after))
    return News(
        table=gained.select(*COLUMNS, contribution=pl.Series(contribution), relative=pl.Series(contribution) / origin),
        series_id=series_id,
        year=year,
        unit=unit,
        since=since,
        until=until,
        before=before,
        after=after,
        origin=origin,
        remainder=after - origin - float(contribution.sum()),
        gone=_gone(known, later, used, new),
        withheld=tuple(about(total.inputs(known).withheld, [series_id])),
    )


def news_of_nothing(
    known: Known, later: Posterior, series_id: str, *, before: float | None, since: dt.date, year: int, unit: str
) -> News:
    """Return the news of a year in which nothing passed: the first new zero took away all that had been expected.

    Parameters
    ----------
    known, later
        What was known by the later day, and the fit of that day.
    series_id, year, unit
        Whose total, and of which year.
    before
        The estimate of the earlier day; None where nothing usable was known.
    since
        The earlier day.
    """
    own = set(later.parts[series_id])
    about = [name for name, parts in later.parts.items() if own & set(parts)]
    zeros = later.zeros.filter(
        pl.col("series_id").is_in(about),
        pl.col("period_start") <= dt.date(year, 12, 31),
        pl.col("period_end") >= dt.date(year, 1, 1),
    )["statement_id"]
    new = new_statements(known, later, [], since).filter(pl.col("statement_id").is_in(zeros.implode()))
    origin = before or 0.0
    moved = [-origin, *[0.0] * (new.height - 1)][: new.height]
    return News(
        table=new.select(
            *COLUMNS,
            contribution=pl.Series(moved, dtype=pl.Float64),
            relative=pl.Series([move / origin if origin else 0.0 for move in moved], dtype=pl.Float64),
        ),
        series_id=series_id,
        year=year,
        unit=unit,
        since=since,
        until=known.as_of,
        before=before,
        after=0.0,
        origin=origin,
        remainder=0.0 if new.height else -origin,
        gone=(),
    )


@dataclass(frozen=True)
class _Total:
    """The total of a year of one series, and how its path is drawn: from `start` to the year's end."""

    series_id: str
    year: int
    start: dt.date
    sampling: Sampling

    def inputs(self, known: Known) -> Inputs:
        """Return the inputs of the joint fit of a day."""
        return inputs(known, series=[self.series_id], start=self.start, end=dt.date(self.year, 12, 1))

    def estimate(self, known: Known) -> tuple[float, str]:
        """Return the median of the total, as a page of the day shows it, and its unit."""
        path = paths.path(self.inputs(known), self.series_id, self.sampling.at(80))
        total = path.at(80, "A").filter(pl.col("time_period").dt.year() == self.year)
        return float(total["median"].item()), path.unit


def _require(evidence: Evidence, series_id: str, *, since: dt.date, until: dt.date, year: int) -> None:
    """Raise if the days are in the wrong order, the ledger lacks the series, or states nothing of it up to the year."""
    if since > until:
        raise PeriodError(f"The news would run from {since} back to {until}. Swap the two days.")
    first = min(ledger.select(evidence.statements, series_id=series_id)["period_start"])
    if year < first.year:
        raise PeriodError(f"The first statement about {series_id} is of {first.year}, after {year}. Set a later year.")


def _earlier(known: Known, total: _Total) -> tuple[float | None, list[str]]:
    """Return the earlier estimate and the statements behind it; None and nothing where nothing was usable."""
    try:
        used = _used(kept_fits.posterior(total.inputs(known)))
        return total.estimate(known)[0], used
    except (EvidenceError, PeriodError):
        return None, []


def _used(posterior: Posterior) -> list[str]:
    """Return the statements that a fit used."""
    return [name for family in posterior.system.families for name in family.equations.table["statement_id"]]


def _gone(known: Known, later: Posterior, used: list[str], new: pl.DataFrame) -> tuple[str, ...]:
    """Return the statements of the earlier fit whose fact the later one does not use, and nothing revises."""
    rows = facts(known.evidence.statements, as_of=known.as_of)
    fact = dict(rows.select("statement_id", "fact").iter_rows())
    current = {fact[name] for name in _used(later)}
    revised = set(new["revises"].drop_nulls())
    return tuple(name for name in sorted(used) if fact.get(name) not in current and name not in revised)


def logarithmic_mean(before: float, after: float) -> float:
    """Return `(A - B) / log(A / B)`, by which shares of the log of a ratio become shares of a difference."""
    if min(before, after) <= 0:
        return 0.0
    low, high = min(before, after), max(before, after)
    # Between neighbours the distance is exact; the quotient is rounded, and its logarithm then wrong by half.
    return low if low == high else (high - low) / math.log1p((high - low) / low)
