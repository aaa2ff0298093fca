"""From the calendar and the ledger to what the closures cost."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.core.errors import EvidenceError, PeriodError
from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.desks.closures.placebo import placebo_record
from analysis.desks.closures.second_opinion import SecondOpinion, second_opinion
from analysis.desks.closures.sheet import port_months, reopenings
from analysis.estimates import paths
from analysis.estimates.counterfactual import Counterfactual, counterfactual, monthly
from analysis.estimates.inputs import Inputs, inputs
from analysis.estimates.part_flows import PartFlows, part_flows
from analysis.estimates.paths import YEARS_SHOWN
from analysis.methods.counterfactual import Loss, loss
from analysis.methods.reconstruction import Reconstruction
from analysis.sources.evidence import Known

FREIGHT, TRADE = "freight_tonnes", "trade_value_cny"
LEVELS = (50, 80, 95)

#: "Close to" a level, from below: less than so far under it.
CLOSE = 0.10

#: The statement that is held against the estimate: its days, and the year that it compares with.
STATED_SPAN, STATED_YEAR = (dt.date(2022, 1, 1), dt.date(2022, 3, 31)), 2019

#: What all road ports with a counterfactual are called together.
TOGETHER = "road_ports"


@dataclass(frozen=True)
class Impact:
    """What one flow lost; tonnes or yuan.

    Attributes
    ----------
    name
        The place, or `TOGETHER`.
    unit
        `tonnes` or `CNY`.
    loss
        By draw, over the months of the closure; None where there is no counterfactual.
    after
        The same from the closure to the edition's month, for the recovery.
    expected, actual
        Median and 80% interval of counterfactual and path by month: `time_period, median, lower, upper`.
    reason
        Why there is no counterfactual; None where there is one.
    """

    name: str
    unit: str
    loss: Loss | None
    after: Loss | None
    expected: pl.DataFrame
    actual: pl.DataFrame
    reason: Reason | None


@dataclass(frozen=True)
class ClosureImpact:
    """What the closures cost, as far as it can be told.

    Attributes
    ----------
    place, edition, as_of, known
        The question: the region, first day of the edition's month, data cut-off, all that was known.
    span
        First and last month of the closures.
    sheet
        `sheet.port_months` over the span and the year after it.
    ports
        The impact on each road port of which something is known of the time since, largest loss first; then those
        without a counterfactual.
    together
        The impact on the road ports that have a counterfactual, together.
    trade
        The impact on the region's trade, yuan.
    close_to
        Probabilities that road freight in the stated days was below, close to (by `CLOSE`) or above that of 2019.
    statement
        The statements that are held against it.
    reopened
        `sheet.reopenings` on the day of the reopening.
    placebo
        The stored record of placebo windows, or None.
    opinion
        Synthetic control of the road ports together.
    inputs, flows
        What the path that happened rests on.
    counterfactual
        What would have passed.
    """

    place: str
    edition: dt.date
    as_of: dt.date
    known: Known
    span: tuple[dt.date, dt.date]
    sheet: pl.DataFrame
    ports: tuple[Impact, ...]
    together: Impact
    trade: Impact
    close_to: tuple[float, float, float]
    statement: pl.DataFrame
    reopened: pl.DataFrame
    reopening_day: dt.date
    placebo: pl.DataFrame
    opinion: SecondOpinion
    inputs: Inputs
    flows: PartFlows
    counterfactual: Counterfactual

    def behind(self) -> list[str]:
        """Return the statements that bear on freight while the ports were closed."""
        last = dt.date(self.span[1].year, 12, 31)
        return self.flows.total.bearing_statements(self.span[0], last)

    def statement_ids(self) -> list[str]:
        """Return the ids of all statements that the page rests on or names, sorted."""
        return sorted({*self.behind(), *self.statement["statement_id"]})


def closure_impact(
    known: Known,
    *,
    place: str,
    edition: Edition,
    closure: tuple[dt.date, dt.date],
    reopening: dt.date,
    draws: int = 400,
    seed: int = 1,
) -> ClosureImpact:
    """Return what the closures of a region's ports kept away.

    Parameters
    ----------
    known
        What had been published by the data cut-off.
    place
        Identifier of the region, such as `xinjiang`; its ports are the group `PLACE_ports`.
    edition
        Month of the page and data cut-off.
    closure
        First and last day of the time of closures.
    reopening
        The day of a reopening that was announced.
    draws
        Draws of counterfactuals; the path has as many as other pages.
    seed
        Of the draws.

    Raises
    ------
    EvidenceError
        If nothing usable about the region's freight or trade was published by then.
    PeriodError
        If the edition lies before the closure.
    """
    first, last = closure[0].replace(day=1), closure[1].replace(day=1)
    if edition.month < first:
        raise PeriodError(f"The edition of {edition} lies before the closure of {closure[0]}. Name a later edition.")
    year = edition.month.year
    window = dt.date(year - YEARS_SHOWN + 1, 1, 1), dt.date(year + (edition.month.month == 12), 12, 31)
    total, trade = f"{place}_ports.{FREIGHT}.total.all", f"{place}.{TRADE}.total.all"
    chosen = inputs(known, series=[total], start=window[0], end=window[1])
    sampling = Sampling(levels=LEVELS, seed=seed)
    flows = part_flows(chosen, total, sampling)
    roads = flows.parts.filter((pl.col("mode") == "road") & ~pl.col("place").str.starts_with("other_"))
    names = {row: f"{row}.{FREIGHT}.total.road" for row in roads["place"].unique(maintain_order=True)}
    without = counterfactual(
        known, series=[*names.values(), trade], closure=closure[0], months=window,
        sampling=Sampling(levels=LEVELS, draws=draws, seed=seed),
    )  # fmt: skip
    traded = _path_of_trade(known, trade, window, sampling)
    return _assemble(
        known, chosen, flows, without, traded, names, place=place, span=(first, last, edition.month),
        reopening=reopening, seed=seed,
    )  # fmt: skip


def _assemble(
    known: Known,
    chosen: Inputs,
    flows: PartFlows,
    without: Counterfactual,
    traded: Reconstruction,
    names: dict[str, str],
    *,
    place: str,
    span: tuple[dt.date, dt.date, dt.date],
    reopening: dt.date,
    seed: int,
) -> ClosureImpact:
    """Return every part of the answer from the paths that happened and those that would have."""
    first, last, until = span
    actual = {name: _monthly_parts(flows, name) for name in names}
    ports = [
        _impact(name, "tonnes", without.paths.get(series), actual[name], flows.total.months, span, seed)
        for name, series in names.items()
    ]
    have = [name for name, series in names.items() if series in without.paths]
    return ClosureImpact(
        place=place,
        edition=until,
        as_of=known.as_of,
        known=known,
        span=(first, last),
        sheet=port_months(known, place, first, min(until, dt.date(last.year + 1, 12, 1))),
        ports=tuple(sorted(ports, key=_by_loss)),
        together=_together(have, names, without, actual, flows.total.months, span, seed),
        trade=_impact(place, "CNY", without.paths.get(traded.series_id), traded.draws, traded.months, span, seed),
        close_to=_close_to(flows),
        statement=_statement(known, place),
        reopened=reopenings(known, place, reopening),
        reopening_day=reopening,
        placebo=placebo_record(known),
        opinion=second_opinion(flows, have, first.year, last.year),
        inputs=chosen,
        flows=flows,
        counterfactual=without,
    )


def _path_of_trade(known: Known, series_id: str, window: tuple[dt.date, dt.date], sampling: Sampling) -> Reconstruction:
    """Return the path of trade that happened, as the trade page has it."""
    chosen = inputs(known, series=[series_id], start=window[0], end=window[1])
    return paths.path(chosen, series_id, sampling)


def _monthly_parts(flows: PartFlows, place: str) -> np.ndarray:
    """Return the monthly road freight of a port, draws by months; imports and exports fall together."""
    own = flows.parts.select((pl.col("place") == place) & (pl.col("mode") == "road")).to_series().to_numpy()
    monthly_flows: np.ndarray = flows.months()[:, own].sum(axis=1)
    return monthly_flows


def _impact(
    name: str,
    unit: str,
    expected: Reconstruction | None,
    actual: np.ndarray,
    months: Sequence[dt.date],
    span: tuple[dt.date, dt.date, dt.date],
    seed: int,
) -> Impact:
    """Return what a flow lost, or that it has no counterfactual."""
    first, last, until = span
    if expected is None:
        return _without(name, unit, actual, months, span)
    return _compared(
        name, unit, monthly(expected, first, until), _inside(actual, months, first, until), (first, last, until), seed
    )


def _without(
    name: str, unit: str, actual: np.ndarray, months: Sequence[dt.date], span: tuple[dt.date, dt.date, dt.date]
) -> Impact:
    happened = _bands(_inside(actual, months, span[0], span[2]), span[0])
    return Impact(name, unit, None, None, happened.clear(), happened, Reason("no_level_before", day=span[0]))


def _compared(
    name: str,
    unit: str,
    expected: np.ndarray,
    actual: np.ndarray,
    span: tuple[dt.date, dt.date, dt.date],
    seed: int,
) -> Impact:
    """Return the loss of the closed months and of all months since, with the bands of both paths."""
    first, last, _ = span
    closed = (last.year - first.year) * 12 + last.month - first.month + 1
    return Impact(
        name=name,
        unit=unit,
        loss=loss(expected[:, :closed], actual[:, :closed], seed=seed),
        after=loss(expected, actual, seed=seed),
        expected=_bands(expected, first),
        actual=_bands(actual, first),
        reason=None,
    )


def _together(
    have: Sequence[str],
    names: dict[str, str],
    without: Counterfactual,
    actual: dict[str, np.ndarray],
    months: Sequence[dt.date],
    span: tuple[dt.date, dt.date, dt.date],
    seed: int,
) -> Impact:
    """Return the impact on all road ports that have a counterfactual: the same ports on both sides."""
    first, _, until = span
    if not have:
        raise EvidenceError(f"No road port had a published level before {first}. Name a later closure.")
    expected = [monthly(without.paths[names[name]], first, until) for name in have]
    count = min(len(each) for each in expected)
    happened = np.sum([actual[name] for name in have], axis=0)
    summed = np.sum([each[:count] for each in expected], axis=0)
    return _compared(TOGETHER, "tonnes", summed, _inside(happened, months, first, until), span, seed)


def _inside(draws: np.ndarray, months: Sequence[dt.date], first: dt.date, last: dt.date) -> np.ndarray:
    inside = [place for place, month in enumerate(months) if first <= month <= last]
    chosen: np.ndarray = draws[:, inside]
    return chosen


def _bands(draws: np.ndarray, first: dt.date) -> pl.DataFrame:
    """Return median and 80% interval by month."""
    lower, median, upper = np.quantile(draws, [0.1, 0.5, 0.9], axis=0)
    stamps = pl.date_range(first, first.replace(year=first.year + 50), "1mo", eager=True)[: draws.shape[1]]
    return pl.DataFrame({"time_period": stamps, "median": median, "lower": lower, "upper": upper})


def _by_loss(impact: Impact) -> tuple[bool, float]:
    return impact.loss is None, -float(np.median(impact.loss.total)) if impact.loss else 0.0


def _close_to(flows: PartFlows) -> tuple[float, float, float]:
    """Return how likely road freight of the stated days was below, close to or above that of the year compared with."""
    road = flows.parts.select(pl.col("mode") == "road").to_series().to_numpy()
    before = tuple(day.replace(year=STATED_YEAR) for day in STATED_SPAN)
    if flows.total.months[0] > before[0] or flows.total.months[-1] < STATED_SPAN[0]:
        return 0.0, 0.0, 0.0
    now, then = (flows.between(*span)[:, road].sum(axis=1) for span in (STATED_SPAN, before))
    ratio = now / then
    below, above = float(np.mean(ratio < 1 - CLOSE)), float(np.mean(ratio >= 1))
    return below, 1 - below - above, above


def _statement(known: Known, place: str) -> pl.DataFrame:
    """Return what was published of road freight in the stated days against the year compared with."""
    return known.usable.filter(
        (pl.col("place") == f"{place}_road_ports")
        & (pl.col("measure") == "growth_vs_2019")
        & (pl.col("period_start") == STATED_SPAN[0])
        & (pl.col("period_end") == STATED_SPAN[1])
    )
