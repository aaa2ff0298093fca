"""What flows, or open days and the flow per open day, contribute to growth: docs/methods/contributions.md."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from analysis.core.reasons import Reason
from analysis.core.vocabulary import LEVEL_MEASURES
from analysis.desks.port.drawing_rule import stated_years
from analysis.desks.port.growth import open_days, same_span
from analysis.desks.port.outlook import Outlook
from analysis.estimates.news import logarithmic_mean
from analysis.methods.reconstruction import Reconstruction

#: First and last day.
Span = tuple[dt.date, dt.date]

#: The two parts that every growth has.
DAYS = ("open_days", "per_open_day")

#: Why a growth is not split by flow.
UNSPLIT = Reason("flows_not_published").written

SCHEMA: dict[str, Any] = {
    "question": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "other": pl.Int64,
    "years": pl.Int64,
    "growth": pl.Float64,
    "growth_lower": pl.Float64,
    "growth_upper": pl.Float64,
    "basis": pl.String,
    "part": pl.String,
    "median": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "reason": pl.String,
    "statement_ids": pl.List(pl.String),
}

_mean = np.vectorize(logarithmic_mean, otypes=[np.float64])


@dataclass(frozen=True)
class GrowthContributions:
    """What the parts of a port's freight contribute to its growth.

    Attributes
    ----------
    table
        One row a part of a comparison that has a rate: `question, start, end, other, years` as in `Outlook.growth`;
        `growth, growth_lower, growth_upper` (its `median, lower, upper`); `basis` (`flow` or `days`); `part`
        (`import, export, transit`, or `open_days, per_open_day`); `median, lower, upper` of the contribution (80%;
        fractions a year: 0.01 is one percentage point; positive: it raised growth); `reason` (why the basis is not
        the flow; null where it is); `statement_ids` (what bears on the contribution, the most telling first).
        Medians need not add up to the growth.
    draws
        Contributions by `question`, draws by parts in the order of the table; each draw adds up to its growth.
    """

    table: pl.DataFrame
    draws: Mapping[str, np.ndarray]

    @property
    def behind(self) -> list[str]:
        """The statements that bear on any of them."""
        return self.table["statement_ids"].explode().drop_nulls().unique(maintain_order=True).to_list()


def growth_contributions(outlook: Outlook) -> GrowthContributions:
    """Return contributions to each growth rate of an outlook, by flow where each was published for both years.

    Parameters
    ----------
    outlook
        The edition's outlook.
    """
    path, flows = outlook.reconstruction, _flows(outlook)
    rows: list[dict[str, Any]] = []
    draws = {}
    for rate in outlook.growth().filter(pl.col("median").is_not_null()).to_dicts():
        span = rate["start"], rate["end"]
        before = same_span(*span, rate["other"])
        published = _published(flows, span[0].year, rate["other"])
        found = (_flows_of if published else _days_of)(path, span, before, rate["years"])
        behind = outlook.bears_on(*span, against=before)
        rows += _rows(rate, found, published or {part: [] for part in DAYS}, behind)
        draws[rate["question"]] = found
    return GrowthContributions(pl.DataFrame(rows, schema=SCHEMA), draws)


def by_flow(now: np.ndarray, then: np.ndarray, *, years: int = 1) -> np.ndarray:
    """Return what each flow contributes to the growth of their sum.

    Parameters
    ----------
    now, then
        The flows of the later and of the earlier span, draws by flows.
    years
        Over how many the growth is an average.

    Returns
    -------
    np.ndarray
        `(F1f - F0f) L(1, B) / (n L(F0, F1))`, draws by flows, fractions a year.
    """
    after, before = now.sum(axis=1), then.sum(axis=1)
    yearly = (after / before) ** (1 / years)
    contributions: np.ndarray = (now - then) * (_mean(1.0, yearly) / (years * _mean(before, after)))[:, None]
    return contributions


def by_days(now: np.ndarray, then: np.ndarray, days: tuple[float, float], *, years: int = 1) -> np.ndarray:
    """Return what open days, and the flow per open day, contribute to growth.

    Parameters
    ----------
    now, then
        Draws of the totals of the later and of the earlier span.
    days
        The open days of the later and of the earlier span, above zero.
    years
        Over how many the growth is an average.

    Returns
    -------
    np.ndarray
        `L(1, B) / n * log(D1 / D0)` and `L(1, B) / n * log(T1 / T0)`, draws by these two, fractions a year.
    """
    after, before = days
    weight = _mean(1.0, (now / then) ** (1 / years)) / years
    return np.column_stack([weight * np.log(after / before), weight * np.log((now / after) / (then / before))])


def _flows_of(path: Reconstruction, span: Span, before: Span, years: int) -> np.ndarray:
    """Return the contributions of the parts of a path."""
    now, then = (
        np.einsum("dpm,pm->dp", path.rates, np.stack([days.between(*each) for days in path.days]))
        for each in (span, before)
    )
    return by_flow(now, then, years=years)


def _days_of(path: Reconstruction, span: Span, before: Span, years: int) -> np.ndarray:
    """Return the contributions of the open days of a path, and of its tonnes on each."""
    days = open_days(path, *span), open_days(path, *before)
    return by_days(path.total(*span), path.total(*before), days, years=years)


def _rows(
    rate: Mapping[str, Any], found: np.ndarray, parts: Mapping[str, list[str]], behind: list[str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one comparison from draws by parts and the statements about each part."""
    asked = {name: rate[name] for name in ("question", "start", "end", "other", "years")}
    asked |= {"growth": rate["median"], "growth_lower": rate["lower"], "growth_upper": rate["upper"]}
    asked |= {"basis": "days", "reason": UNSPLIT} if tuple(parts) == DAYS else {"basis": "flow"}
    middle, lower, upper = np.quantile(found, [0.5, 0.1, 0.9], axis=0).tolist()
    for place, (part, own) in enumerate(parts.items()):
        ids = [*own, *(one for one in behind if one not in own)]
        ends = {"median": middle[place], "lower": lower[place], "upper": upper[place]}
        yield asked | {"part": part, "statement_ids": ids} | ends


def _flows(outlook: Outlook) -> dict[str, pl.DataFrame]:
    """Return the flows that the freight is the sum of, in the order of the path, with the levels used of each."""
    fitted, nodes = outlook.fitted(), outlook.inputs.structure.nodes
    assert nodes is not None  # the freight of a place
    flow = dict(nodes.select("part_id", "flow").iter_rows())
    levels = fitted.evidence.filter(
        pl.col("measure").is_in(LEVEL_MEASURES) & ~pl.col("statement_id").is_in(list(fitted.unused))
    )
    return {flow[part]: levels.filter(pl.col("series_id") == part) for part in fitted.parts[outlook.series_id]}


def _published(flows: Mapping[str, pl.DataFrame], *years: int) -> dict[str, list[str]]:
    """Return the ids of each flow's levels within some years; nothing where one has no figure in one of the years."""
    if len(flows) < 2 or not all(set(years) <= stated_years(levels) for levels in flows.values()):
        return {}
    inside = pl.col("period_start").dt.year().is_in(years) & pl.col("period_end").dt.year().is_in(years)
    return {name: levels.filter(inside)["statement_id"].to_list() for name, levels in flows.items()}
