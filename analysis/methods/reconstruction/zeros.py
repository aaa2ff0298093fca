"""Published zeros: the days on which nothing passed are closed before the fit, as a log has no zero.

A level, an average or a share of zero says that nothing passed in its span, and so does growth of -100%. The days of
the span are closed for every part of the series, so that its months are exactly zero and sums subtract.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from analysis.core.periods import months_between
from analysis.core.reasons import Reason
from analysis.core.vocabulary import FIGURE_RELATIONS, GROWTH_MEASURES, LEVEL_MEASURES
from analysis.methods.reconstruction.spans import base_span
from analysis.methods.reconstruction.window import Days

Row = dict[str, Any]
Span = tuple[dt.date, dt.date]

_LEVEL = pl.col("measure").is_in(LEVEL_MEASURES)
_GROWTH = pl.col("measure").is_in(GROWTH_MEASURES)

#: The rows that say that nothing passed.
_NOTHING = pl.col("relation").is_in(["eq", "approx"]) & (
    pl.when(_GROWTH).then(pl.col("value") == -1).otherwise(pl.col("value") == 0)
)

#: The levels that say that something passed.
_SOMETHING = _LEVEL & pl.col("relation").is_in([*FIGURE_RELATIONS, "gt"]) & (pl.col("value") > 0)

#: What is kept of a zero: whose it is, its first and its last day, and how it was stated.
COLUMNS = ("statement_id", "series_id", "period_start", "period_end", "measure")


@dataclass(frozen=True)
class ClosedByZeros:
    """What published zeros leave for the fit.

    Attributes
    ----------
    evidence
        The statements that are left to be fitted.
    days
        The open days of each part, those of zeros closed.
    zeros
        The zeros that hold: `COLUMNS`.
    unused
        `statement_id` to the reason why it is not used.
    """

    evidence: pl.DataFrame
    days: dict[str, Days]
    zeros: pl.DataFrame
    unused: dict[str, Reason]


def close_zeros(
    evidence: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> ClosedByZeros:
    """Close the days on which nothing passed, and take the zeros out of the statements to be fitted.

    A level above zero whose days all lie in zeros contradicts them: neither is used, each with the other as its reason.
    Where the rounding of the zeros has room for the level, its own days stay open: a year of "0.0万吨" beside 300
    tonnes in March is those 300 tonnes.

    Parameters
    ----------
    evidence, parts, days
        As in `equation_builder.build_equations`, of all series.
    """
    zeros = evidence.filter(_NOTHING)
    if zeros.is_empty():
        return ClosedByZeros(evidence, dict(days), zeros.select(COLUMNS), {})
    within, unused = _judge(evidence, zeros, parts, days)
    evidence = evidence.filter(~pl.col("statement_id").is_in(list(unused)))
    closed, holding, undefined = _close(evidence.filter(_NOTHING), parts, days, within)
    unused |= undefined
    left = evidence.filter(~_NOTHING)
    idle = _idle(left, holding, parts, days, closed)
    left = left.filter(~pl.col("statement_id").is_in(list(idle)))
    return ClosedByZeros(left, closed, holding.select(COLUMNS), unused | idle)


def _judge(
    evidence: pl.DataFrame, zeros: pl.DataFrame, parts: Mapping[str, tuple[str, ...]], days: Mapping[str, Days]
) -> tuple[dict[str, list[Span]], dict[str, Reason]]:
    """Return the spans of levels within the rounding of each zero, and the reasons of what contradicts each other."""
    closed, holding, _ = _close(zeros, parts, days, {})
    rows = holding.to_dicts()
    room = {zero["statement_id"]: _room(zero, evidence) for zero in rows}
    within: dict[str, list[Span]] = {}
    unused: dict[str, Reason] = {}
    for level in evidence.filter(_SOMETHING).to_dicts():
        span = level["period_start"], level["period_end"]
        touched = parts[level["series_id"]]
        if not _open(touched, days, span) or _open(touched, closed, span):
            continue
        against = [zero["statement_id"] for zero in rows if _overlap(level, zero, parts)]
        if _least(level) <= sum(room[name] for name in against):
            for name in against:
                within.setdefault(name, []).append(span)
        else:
            unused[level["statement_id"]] = Reason("contradicted", statement=against[0])
            unused |= {name: Reason("contradicted", statement=level["statement_id"]) for name in against}
    return within, unused


def _close(
    zeros: pl.DataFrame,
    parts: Mapping[str, tuple[str, ...]],
    days: Mapping[str, Days],
    within: Mapping[str, list[Span]],
) -> tuple[dict[str, Days], pl.DataFrame, dict[str, Reason]]:
    """Close the days of zeros but for spans of levels within their rounding, and return which of them hold.

    Growth of -100% on nothing says nothing.
    """
    closed = dict(days)
    unused: dict[str, Reason] = {}
    for zero in zeros.sort(_GROWTH, "period_start", maintain_order=True).iter_rows(named=True):
        span = zero["period_start"], zero["period_end"]
        base = base_span(zero["measure"], *span)
        touched = parts[zero["series_id"]]
        if base and not _open(touched, closed, base):
            unused[zero["statement_id"]] = Reason("nothing_passed")
            continue
        left_open = within.get(zero["statement_id"], [])
        closed |= {part: _without(closed[part], span, left_open) for part in touched}
    return closed, zeros.filter(~pl.col("statement_id").is_in(list(unused))), unused


def _idle(
    evidence: pl.DataFrame,
    zeros: pl.DataFrame,
    parts: Mapping[str, tuple[str, ...]],
    days: Mapping[str, Days],
    closed: Mapping[str, Days],
) -> dict[str, Reason]:
    """Return the reasons of statements that zeros leave without an open day in their span or in that of their base."""
    unused = {}
    for row in evidence.iter_rows(named=True):
        span = row["period_start"], row["period_end"]
        touched = parts[row["series_id"]]
        compared = parts[row["base_id"]] if row["measure"] == "share" else touched
        base = span if row["measure"] == "share" else base_span(row["measure"], *span)
        without_base = base is not None and _emptied(compared, base, days, closed)
        if without_base or _emptied(touched, span, days, closed):
            against = [zero["statement_id"] for zero in zeros.iter_rows(named=True) if _overlap(row, zero, parts)]
            contradicted = not without_base and row["relation"] != "lt" and _least(row) > 0
            unused[row["statement_id"]] = (
                Reason("contradicted", statement=against[0]) if contradicted else Reason("nothing_passed")
            )
    return unused


def _emptied(parts: tuple[str, ...], span: Span, days: Mapping[str, Days], closed: Mapping[str, Days]) -> bool:
    """Return whether parts had an open day in a span before zeros were read, and have none now."""
    return _open(parts, days, span) and not _open(parts, closed, span)


def _open(parts: tuple[str, ...], days: Mapping[str, Days], span: Span) -> bool:
    """Return whether any part was open on any day of a span."""
    return any(days[part].between(*span).any() for part in parts)


def _overlap(row: Row, zero: Row, parts: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a statement and a zero speak of a common day of a common part."""
    in_time = row["period_start"] <= zero["period_end"] and zero["period_start"] <= row["period_end"]
    return in_time and not set(parts[row["series_id"]]).isdisjoint(parts[zero["series_id"]])


def _without(days: Days, span: Span, left_open: list[Span]) -> Days:
    """Return the days with those of a span closed, but for some spans."""
    share = days.share.copy()
    share[_days_of(days, span)] = 0.0
    for each in left_open:
        share[_days_of(days, each)] = days.share[_days_of(days, each)]
    return replace(days, share=share)


def _days_of(days: Days, span: Span) -> slice:
    """Return where the days of a span stand in a window."""
    start, end = span
    return slice(max((start - days.start).days, 0), max((end - days.start).days + 1, 0))


def _times(row: Row) -> int:
    """Return how many of the stated figures make up the sum over a span."""
    days: int = (row["period_end"] - row["period_start"]).days + 1
    months: int = months_between(row["period_start"], row["period_end"]) + 1
    return {"daily_average": days, "monthly_average": months}.get(str(row["measure"]), 1)


def _least(row: Row) -> float:
    """Return the least sum that a statement leaves possible; of growth the least ratio, of a share the least share."""
    size = row["value"] + (base_span(row["measure"], row["period_start"], row["period_end"]) is not None)
    return float(size - (0.0 if row["relation"] == "gt" else row["half_width"])) * _times(row)


def _room(zero: Row, evidence: pl.DataFrame) -> float:
    """Return the sum that the rounding of a zero leaves possible; 0 where the base of a ratio was not published."""
    if zero["measure"] in LEVEL_MEASURES:
        return float(zero["half_width"]) * _times(zero)
    base = base_span(zero["measure"], zero["period_start"], zero["period_end"])
    start, end = base or (zero["period_start"], zero["period_end"])
    whole = evidence.filter(
        pl.col("series_id") == (zero["base_id"] or zero["series_id"]),
        pl.col("measure") == "level",
        pl.col("relation") == "eq",
        pl.col("period_start") == start,
        pl.col("period_end") == end,
    )["value"]
    return float(zero["half_width"]) * float(np.max(whole.to_numpy(), initial=0.0))
