"""What a reader of a forecast has to know beside it: series that ended, seasons without figures, open days unused."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import polars as pl

from analysis.core.frequency import MONTHLY, Frequency
from analysis.methods.forecasting import kinds
from analysis.methods.forecasting.panel import Block, Panel

#: Examples that a sentence names.
EXAMPLES = 3

#: How `ended` counts series: by last month, how many, one of them, and whether they were left out.
ENDED = pl.Schema({"end": pl.Date, "n": pl.UInt32, "example": pl.String, "left_out": pl.Boolean})


def ended(panel: Panel, *, last: dt.date, skip_ended: int | None) -> tuple[pl.DataFrame, list[str]]:
    """Return the series that end before the last period of the panel, counted by their end, and those to leave out.

    Parameters
    ----------
    panel
        The panel, or a part of it.
    last
        The last period of the whole panel.
    skip_ended
        Periods before the last one from which a series is left out; None to leave out none.
    """
    ends = panel.table.group_by("series_id", maintain_order=True).agg(end=pl.col("time_period").max())
    late = ends.filter(pl.col("end") < last)
    bound = panel.frequency.add(last, -(skip_ended or 0))
    late = late.with_columns(left_out=pl.lit(False) if skip_ended is None else pl.col("end") <= bound)
    counted = late.group_by("end", "left_out").agg(pl.len().alias("n"), example=pl.col("series_id").min())
    return counted.select(ENDED.names()).match_to_schema(ENDED), late.filter("left_out")["series_id"].to_list()


def ended_notes(counted: pl.DataFrame, *, last: dt.date, frequency: Frequency = MONTHLY) -> list[str]:
    """Return a sentence about the series that ended and were forecast, and one about those that were left out."""
    sentences = []
    for left_out, fate in (
        (False, f"forecast from there on. Leave out those that ended N {frequency.unit}s before with --skip-ended N"),
        (True, "left out, as --skip-ended asks"),
    ):
        rows = counted.filter(pl.col("left_out") == left_out).sort("end", "example")
        total = sum(rows["n"])
        if total:
            each_end = rows.unique("end", keep="first", maintain_order=True).select("example", "end")
            named = ", ".join(f"{name} in {frequency.label(end)}" for name, end in each_end.head(EXAMPLES).iter_rows())
            more = " and so on" if total > EXAMPLES or total > each_end.height else ""
            sentences.append(
                f"{_series(total, 'ends', 'end')} before the panel's last {frequency.unit}, {frequency.label(last)} "
                f"({named}{more}), and {'is' if total == 1 else 'are'} {fate}."
            )
    return sentences


def absent_months(block: Block, *, cycle: int) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return by series the periods of the year that never have a figure: those taken as closed, and the others."""
    absent = kinds.never_observed(block.Y, cycle=cycle, frequency=block.frequency)
    closed = kinds.classify(block.Y, cycle=cycle, frequency=block.frequency).closed & absent
    months = (block.start + np.arange(cycle)) % block.frequency.per_year + 1
    return {
        block.ids[row]: (
            tuple(sorted(months[closed[row]].tolist())),
            tuple(sorted(months[absent[row] & ~closed[row]].tolist())),
        )
        for row in np.flatnonzero(absent.any(axis=1))
    }


def absence_notes(
    absences: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]], frequency: Frequency = MONTHLY
) -> list[str]:
    """Return a sentence about the closed seasons that absent periods make, and one about other absent periods."""
    units = f"{frequency.unit}s"
    sentences = []
    for place, fate in (
        (0, "taken as a closed season and forecast as 0. Write their figures, if anything passed"),
        (1, f"forecast from the others alone. Write their figures, or leave the forecasts of these {units} out"),
    ):
        named = {name: months[place] for name, months in sorted(absences.items()) if months[place]}
        if named:
            examples = [f"{name}: {_of_year(months, frequency)}" for name, months in [*named.items()][:EXAMPLES]]
            more = " and so on" if len(named) > len(examples) else ""
            sentences.append(
                f"{_series(len(named), 'never has', 'never have')} a figure in some {units} of the year "
                f"({'; '.join(examples)}{more}). These {units} are {fate}."
            )
    return sentences


def open_day_notes(open_days: pl.DataFrame, ends: Mapping[str, dt.date], frequency: Frequency = MONTHLY) -> list[str]:
    """Return sentences about open days that no forecast uses: of series unknown, and of past months only."""
    last = open_days.group_by("series_id").agg(pl.col("time_period").max()).sort("series_id")
    unknown = [name for name in last["series_id"] if name not in ends]
    past = [name for name, month in last.iter_rows() if name in ends and month <= ends[name]]
    sentences = [unknown_open_days(unknown)] if unknown else []
    if past:
        sentences.append(
            f"The open days of {_listed(past)} name no {frequency.unit} after the last figure, so every "
            f"{frequency.unit} ahead is taken as open. Give the open days through the horizon."
        )
    return sentences


def unknown_open_days(names: Sequence[str]) -> str:
    """Return the sentence about open days of series that the panel does not have."""
    return f"The panel has no series {_listed(names)}, whose open days are not used. Check the ids of the open days."


def similar_ids(ids: Iterable[str]) -> list[str]:
    """Return a sentence if ids differ in nothing but blanks and capital letters."""
    alike: dict[str, list[str]] = {}
    for name in ids:
        alike.setdefault("".join(name.split()).casefold(), []).append(name)
    pairs = [" and ".join(map(repr, sorted(names)[:2])) for names in alike.values() if len(names) > 1]
    if not pairs:
        return []
    return [f"Ids differ only in blanks or capitals: {_listed(sorted(pairs))}. Write one name, if they are one series."]


def _series(count: int, one: str, several: str) -> str:
    return f"1 series {one}" if count == 1 else f"{count} series {several}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - EXAMPLES} more" if len(names) > EXAMPLES else ""
    return f"{', '.join(names[:EXAMPLES])}{more}"


def _of_year(numbers: Sequence[int], frequency: Frequency) -> str:
    if frequency is MONTHLY:
        return ", ".join(calendar.month_abbr[number] for number in numbers)
    return ", ".join(f"{frequency.code}{number}" for number in numbers)
