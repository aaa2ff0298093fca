"""From the ledger to what is known about a park's target."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.reasons import Reason
from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.desks.park.progress import Progress, progress
from analysis.estimates.attainment import attain
from analysis.sources.evidence import Known
from analysis.sources.places import Places

OUTPUT = "output_value_cny"
INVESTMENT = "investment_cny"


@dataclass(frozen=True)
class Attainment:
    """What was published about a park's output and its target, as of a day; all money in yuan.

    Attributes
    ----------
    park, year, as_of
        The question.
    known
        All that was known of the data folder by the cut-off.
    statements
        All statements about the park published by then.
    target_cny, target_id
        The target and the statement that published it; the id is None where the target was given by hand.
    invested_cny, invested_id
        Capital invested by the cut-off and its statement; None where none was published.
    output_per_invested
        Output of the year by yuan invested if the target is met; None without capital.
    required_run_rate, current_run_rate
        Yuan a month. Without any published or returned output the first is the target over twelve months and the
        second None.
    probability
        That the year's output is at least the target; None where nothing measured it.
    reason
        Why there is none; None where there is one.
    progress
        What the firms' own returns add; None where none were handed in.
    later
        Statements about the park that are neither target nor capital: what else was published.
    """

    park: str
    year: int
    as_of: dt.date
    known: Known
    statements: pl.DataFrame
    target_cny: float
    target_id: str | None
    invested_cny: float | None
    invested_id: str | None
    output_per_invested: float | None
    required_run_rate: float | None
    current_run_rate: float | None
    probability: float | None
    reason: Reason | None
    progress: Progress | None
    later: pl.DataFrame

    @property
    def places(self) -> Places:
        """The registers of places, for names."""
        return self.known.places

    @property
    def over(self) -> bool:
        """Whether the year of the target has ended by the cut-off: then nothing is needed any more."""
        return self.as_of > dt.date(self.year, 12, 31)

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements about the park, those of the target and the capital first."""
        first = [one for one in (self.target_id, self.invested_id) if one is not None]
        return [*first, *self.later["statement_id"]]


def attainment(
    known: Known,
    *,
    park: str,
    year: int,
    target_cny: float | None = None,
    returns: pl.DataFrame | None = None,
) -> Attainment:
    """Return what is known about a park's output of a year against its target.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    park
        Identifier of the park.
    year
        Year of the target.
    target_cny
        Gross output to reach, yuan; None or 0 for the expectation that was published.
    returns
        Real firm-by-month returns; None where none were handed in.

    Raises
    ------
    CoverageError
        If no target was published by then and none is given.
    ParameterError
        If the returns are illustrative, or the target is negative.
    """
    own = known.statements.filter((pl.col("place") == park) & (pl.col("status") == "valid"))
    target, target_id = _target(own, park, year, known.as_of, target_cny)
    invested, invested_id = _invested(own)
    series = f"{park}.{OUTPUT}.total.all" if target_id is None else _series_of(own, target_id)
    published = attain(known, series=series, year=year, target=target)
    returned = _returned(returns, year, target)
    return Attainment(
        park=park,
        year=year,
        as_of=known.as_of,
        known=known,
        statements=own,
        target_cny=target,
        target_id=target_id,
        invested_cny=invested,
        invested_id=invested_id,
        output_per_invested=target / invested if invested else None,
        required_run_rate=returned.required_run_rate if returned else published.required_run_rate,
        current_run_rate=returned.current_run_rate if returned else published.current_run_rate,
        probability=returned.probability if returned else published.probability,
        reason=None if returned or published.probability is not None else Reason("not_measured"),
        progress=returned,
        later=_others(own, target_id, invested_id),
    )


def _target(known: pl.DataFrame, park: str, year: int, as_of: dt.date, given: float | None) -> tuple[float, str | None]:
    """Return the target given by hand, or the newest one published for the year, with its statement."""
    if given is not None and given < 0:
        raise ParameterError(f"The target of {park} is {given} yuan. Give a number above zero, or 0.")
    if given:
        return float(given), None
    expected = known.filter(
        (pl.col("indicator") == OUTPUT)
        & pl.col("measure").is_in(EXPECTATION_MEASURES)
        & (pl.col("period_start") == dt.date(year, 1, 1))
        & (pl.col("period_end") == dt.date(year, 12, 31))
    ).sort("available_on", "statement_id")
    if expected.is_empty():
        raise CoverageError(
            f"No output of {park} for {year} was expected or targeted in anything published by {as_of}. "
            "Give target_cny, or a later as-of date."
        )
    row = expected.row(-1, named=True)
    return float(row["value"]), str(row["statement_id"])


def _invested(known: pl.DataFrame) -> tuple[float | None, str | None]:
    """Return the newest stock of capital invested and its statement."""
    stocks = known.filter((pl.col("indicator") == INVESTMENT) & (pl.col("measure") == "stock"))
    if stocks.is_empty():
        return None, None
    row = stocks.sort("period_end", "statement_id").row(-1, named=True)
    return float(row["value"]), str(row["statement_id"])


def _others(known: pl.DataFrame, *ids: str | None) -> pl.DataFrame:
    """Return the statements that are none of those named."""
    named = [one for one in ids if one is not None]
    return known.filter(~pl.col("statement_id").is_in(named)).sort("period_end", "statement_id")


def _series_of(known: pl.DataFrame, statement_id: str) -> str:
    """Return the series of a statement."""
    return str(known.row(by_predicate=pl.col("statement_id") == statement_id, named=True)["series_id"])


def _returned(returns: pl.DataFrame | None, year: int, target: float) -> Progress | None:
    """Return what real returns say; illustrative ones are refused here."""
    if returns is None:
        return None
    done = progress(returns, year=year, target_cny=target)
    if done.illustrative:
        raise ParameterError(
            "The returns are illustrative and cannot stand beside published facts. Show them with park.progress alone."
        )
    return done
