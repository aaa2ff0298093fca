"""From the ledger to what is known about a park: its target, what such parks did, and what it would take."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import ParameterError
from analysis.core.reasons import Reason
from analysis.core.vocabulary import EXPECTATION_MEASURES
from analysis.desks.park.peers import CAPITAL, Peers, peers
from analysis.desks.park.scale import Scale, scale
from analysis.desks.park.scenarios import Scenarios, scenarios
from analysis.desks.park_returns import Progress, progress
from analysis.estimates.attainment import attain
from analysis.estimates.expectations import Expectations, expectations
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
        The target and the statement that published it: both None where nobody published one, the id where it was given
        by hand.
    invested_cny, invested_id
        Capital invested by the cut-off and its statement; None where none was published.
    output_per_invested
        Output of the year by yuan invested if the target is met; None without capital.
    output_cny, output_id
        Output of the year as published, and its statement; None where none was.
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
        Statements about the park that are neither target, capital nor output: what else was published.
    """

    park: str
    year: int
    as_of: dt.date
    known: Known
    statements: pl.DataFrame
    target_cny: float | None
    target_id: str | None
    invested_cny: float | None
    invested_id: str | None
    output_per_invested: float | None
    output_cny: float | None
    output_id: str | None
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

    @property
    def is_measured(self) -> bool:
        """Whether anything of the year's output is known, so that what is still lacking can be said."""
        return self.current_run_rate is not None or self.progress is not None

    def relation(self, statement_id: str | None) -> str:
        """Return how a statement about the park relates to its figure (`eq`, `approx`, `gt`); `eq` for none."""
        found = self.statements.filter(pl.col("statement_id").is_in([statement_id or ""]))["relation"]
        return str(found[0]) if len(found) else "eq"

    @property
    def other_years(self) -> list[int]:
        """Years other than that of the page of which an output or an expectation of one was published."""
        own = self.statements.filter(
            (pl.col("indicator") == OUTPUT) & (pl.col("measure").is_in((*EXPECTATION_MEASURES, "level")))
        )
        return sorted(set(own["period_end"].dt.year()) - {self.year})

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements about the park, those of the target and the capital first."""
        first = [one for one in (self.target_id, self.invested_id, self.output_id) if one is not None]
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
    ParameterError
        If the returns are illustrative, or the target is negative.
    """
    own = known.statements.filter((pl.col("place") == park) & (pl.col("status") == "valid"))
    target, target_id = _target(own, park, year, target_cny)
    invested, invested_id = _newest(own, (pl.col("indicator") == INVESTMENT) & (pl.col("measure") == "stock"))
    output, output_id = _newest(own, _of_year(OUTPUT, year) & (pl.col("measure") == "level"))
    series = f"{park}.{OUTPUT}.total.all" if target_id is None else _series_of(own, target_id)
    published = attain(known, series=series, year=year, target=target) if target and _has(known, series) else None
    returned = _returned(returns, year, target)
    best = returned or published
    required = best.required_run_rate if best else target / 12 if target else None
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
        output_per_invested=target / invested if target and invested else None,
        output_cny=output,
        output_id=output_id,
        required_run_rate=required,
        current_run_rate=best.current_run_rate if best else None,
        probability=best.probability if best else None,
        reason=None if output or returned or (best and best.probability is not None) else Reason("not_measured"),
        progress=returned,
        later=_others(own, target_id, invested_id, output_id),
    )


@dataclass(frozen=True, eq=False)
class ParkOutput:
    """Everything that a park's page is made of.

    Attributes
    ----------
    attainment
        The target and what was measured.
    peers
        What other parks produced by yuan of capital, by area, job and firm.
    record
        What became of published expectations.
    scale
        The economy that the park lies in.
    scenarios
        Arithmetic on published facts.
    """

    attainment: Attainment
    peers: Peers
    record: Expectations
    scale: Scale
    scenarios: Scenarios

    @property
    def class_chance(self) -> float | None:
        """Probability that a park drawn from the class would reach the target by yuan of capital."""
        needed, peers_ = self.attainment.output_per_invested, self.peers.classes.get(CAPITAL)
        if needed is None or peers_ is None:
            return None
        return peers_.chance(needed, kind=self.kind)

    @property
    def class_output(self) -> tuple[float, float, float] | None:
        """Lower end, median and upper end (80%) of the output of the park's capital at the class's ratios, yuan."""
        capital, peers_ = self.attainment.invested_cny, self.peers.classes.get(CAPITAL)
        if capital is None or peers_ is None:
            return None
        low, middle, high = peers_.interval(80, kind=self.kind)
        return capital * low, capital * middle, capital * high

    @property
    def is_younger(self) -> bool:
        """Whether the park is known to be younger in the target's year than every park of the class was."""
        own = self.attainment.places.parks.filter(pl.col("park") == self.attainment.park)["opened"].drop_nulls()
        ages = self.peers.of(CAPITAL)["age"]
        if own.is_empty() or ages.is_empty() or ages.null_count():
            return False
        return self.attainment.year - int(own[0][:4]) < int(min(ages))

    @property
    def kind(self) -> str | None:
        """The park's kind, as the register has it."""
        own = self.attainment.places.parks.filter(pl.col("park") == self.attainment.park)
        return own["kind"][0] if own.height else None

    def statement_ids(self) -> list[str]:
        """Return the ids of every statement that the page rests on or names."""
        table = self.peers.table
        ids = [
            *self.attainment.statement_ids(), *table["output_id"], *table["base_id"],
            *table["rate_ids"].explode().drop_nulls(), *self.record.table["statement_id"],
            *self.record.table["outcome_id"].drop_nulls(),
            *self.scale.figures.filter(pl.col("in_ledger"))["statement_id"],
            *(self.scale.ratio.ids if self.scale.ratio else ()), *self.scenarios.ids,
        ]  # fmt: skip
        return list(dict.fromkeys(ids))


def park_output(
    known: Known,
    *,
    park: str,
    year: int,
    economy: str,
    port: str,
    mode: str = "road",
    target_cny: float | None = None,
    returns: pl.DataFrame | None = None,
) -> ParkOutput:
    """Return what is known about a park, what such parks did, and what its target would take.

    Parameters
    ----------
    known, park, year, target_cny, returns
        As `attainment` takes them.
    economy
        The place whose industry is the scale: the park's prefecture.
    port, mode
        The port that the park's goods leave by.

    Raises
    ------
    ParameterError
        If no register holds the park, the returns are illustrative, or the target is negative.
    """
    if park not in known.places.parks["park"]:
        raise ParameterError(f"No park is called {park!r}. Name one of data/parks.csv, or add a row there.")
    others = peers(known, park=park)
    return ParkOutput(
        attainment=attainment(known, park=park, year=year, target_cny=target_cny, returns=returns),
        peers=others,
        record=expectations(known),
        scale=scale(known, park=park, economy=economy),
        scenarios=scenarios(known, park=park, port=port, mode=mode, peers=others),
    )


def _target(known: pl.DataFrame, park: str, year: int, given: float | None) -> tuple[float | None, str | None]:
    """Return the target given by hand, or the newest one published for the year, with its statement."""
    if given is not None and given < 0:
        raise ParameterError(f"The target of {park} is {given} yuan. Give a number above zero, or 0.")
    if given:
        return float(given), None
    return _newest(known, _of_year(OUTPUT, year) & pl.col("measure").is_in(EXPECTATION_MEASURES))


def _of_year(indicator: str, year: int) -> pl.Expr:
    whole = (pl.col("period_start") == dt.date(year, 1, 1)) & (pl.col("period_end") == dt.date(year, 12, 31))
    return (pl.col("indicator") == indicator) & whole


def _newest(known: pl.DataFrame, which: pl.Expr) -> tuple[float | None, str | None]:
    """Return the newest of some statements and its value."""
    rows = known.filter(which).sort("period_end", "available_on", "statement_id")
    return (None, None) if rows.is_empty() else (float(rows["value"][-1]), str(rows["statement_id"][-1]))


def _has(known: Known, series: str) -> bool:
    """Return whether the ledger has a series at all: one that nobody spoke of has no path."""
    return not known.evidence.statements.filter(pl.col("series_id") == series).is_empty()


def _others(known: pl.DataFrame, *ids: str | None) -> pl.DataFrame:
    """Return the statements that are none of those named."""
    named = [one for one in ids if one is not None]
    return known.filter(~pl.col("statement_id").is_in(named)).sort("period_end", "statement_id")


def _series_of(known: pl.DataFrame, statement_id: str) -> str:
    """Return the series of a statement."""
    return str(known.row(by_predicate=pl.col("statement_id") == statement_id, named=True)["series_id"])


def _returned(returns: pl.DataFrame | None, year: int, target: float | None) -> Progress | None:
    """Return what real returns say; illustrative ones are refused here."""
    if returns is None:
        return None
    done = progress(returns, year=year, target_cny=target)
    if done.illustrative:
        raise ParameterError(
            "The returns are illustrative and cannot stand beside facts. Show them with park_returns.progress alone."
        )
    return done
