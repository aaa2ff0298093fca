"""Scenarios: how far a port would be open on days to come, if somebody decided so."""

import datetime as dt
from itertools import pairwise
from pathlib import Path

import polars as pl

from analysis.core.errors import CoverageError, RegisterError
from analysis.sources.places import Places
from analysis.sources.registers import SCENARIO

#: More days' work than this in one day is a slip, such as 150 for 150 percent.
MOST_OPEN = 10


def read_scenario(path: str | Path, places: Places) -> pl.DataFrame:
    """Read a scenario: spans of days with the share of an ordinary day for which a port is open.

    Parameters
    ----------
    path
        A CSV file such as `data/scenario_example.csv`.
    places
        The places that a row may name.

    Returns
    -------
    DataFrame
        `port`, `mode` (road, rail, air, pipeline), `start`, `end` (days, both included), `share_open` (0 closed, 1 an
        ordinary day, 1.5 half as much again; at most `MOST_OPEN`), `note`; sorted by port, mode and start.

    Raises
    ------
    RegisterError
        If the file is no such table: a port that no register holds, a span that runs backwards or overlaps another of
        the same port and mode, a share that is negative or too large. All such rows are named.
    """
    table = SCENARIO.read_file(Path(path)).sort("port", "mode", "start")
    wrong = [*_bad_spans(table, places), *_overlaps(table)]
    if wrong:
        raise RegisterError("\n".join(f"{path}: {sentence}" for sentence in wrong))
    return table


def scenario(open_share: pl.DataFrame, table: pl.DataFrame, *, port: str, mode: str, as_of: dt.date) -> pl.DataFrame:
    """Return the calendar of a port as a scenario changes it after the day of knowledge.

    Parameters
    ----------
    open_share
        `date`, `share_open`, as `open_share` returns them.
    table
        A scenario as `read_scenario` returns it; rows of other ports and modes say nothing here.
    port, mode
        Whose calendar it is.
    as_of
        The last day on which the calendar stays as it was: what happened is no scenario.

    Returns
    -------
    DataFrame
        `date`, `share_open`, in the order given; on the days of the scenario its share stands in place of the
        calendar's, and may be above 1.
    """
    spans = table.filter(pl.col("port") == port, pl.col("mode") == mode).select("start", "end", planned="share_open")
    planned = (
        open_share.filter(pl.col("date") > as_of)
        .join_where(spans, pl.col("date") >= pl.col("start"), pl.col("date") <= pl.col("end"))
        .select("date", "planned")
    )
    return open_share.join(planned, on="date", how="left", validate="1:1", maintain_order="left").select(
        "date", share_open=pl.coalesce("planned", "share_open")
    )


def _bad_spans(table: pl.DataFrame, places: Places) -> list[str]:
    """Return a sentence for each row that no port could follow."""
    wrong = []
    for port, mode, start, end, share, _ in table.iter_rows():
        row = f"the row of {port}, {mode}, {start}"
        if end < start:
            wrong.append(f"{row} ends on {end}, before it starts. Swap the two days.")
        if not 0 <= share <= MOST_OPEN:
            fact = f"{row} has share_open {share:g}"
            wrong.append(f"{fact}. Write 0 for closed, 1 for an ordinary day, 1.5 for half as much again.")
        try:
            places.names(port)
        except CoverageError as unknown:
            wrong.append(f"{row}: {unknown}")
    return wrong


def _overlaps(table: pl.DataFrame) -> list[str]:
    """Return a sentence for each pair of neighbouring spans of one port and mode that share a day."""
    return [
        f"the rows of {one['port']}, {one['mode']} from {one['start']} and from {two['start']} overlap. Keep one a day."
        for one, two in pairwise(table.iter_rows(named=True))
        if (one["port"], one["mode"]) == (two["port"], two["mode"]) and two["start"] <= one["end"]
    ]
