"""A scenario changes days to come and no other, and a file that is none is refused by its row."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import RegisterError
from analysis.runtime.folders import data_folder
from analysis.sources import calendar
from tests.evidence import bundled

PLACES = bundled().places

HEADER = "port,mode,start,end,share_open,note\n"
GOOD = "irkeshtam,road,2026-03-10,2026-03-19,0,closed"
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def written(folder: Path, *rows: str) -> Path:
    """Return the path of a scenario with these rows."""
    path = folder / "scenario.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def ordinary(start: dt.date, end: dt.date) -> pl.DataFrame:
    """Return a calendar on which every day is open."""
    return pl.DataFrame({"date": pl.date_range(start, end, eager=True)}).with_columns(share_open=pl.lit(1.0))


def test_the_example_is_marked_illustrative_and_closes_ten_days() -> None:
    table = calendar.read_scenario(data_folder() / "scenario_example.csv", PLACES)
    assert table["note"].str.starts_with("Illustrative").all()
    year = ordinary(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    shares = calendar.scenario(year, table, port="irkeshtam", mode="road", as_of=dt.date(2025, 12, 31))["share_open"]
    # ten days closed, 184 days from July on at half as much again, the other 171 as they were
    assert (shares == 0).sum() == 10
    assert shares.sum() == 184 * 1.5 + 171


def test_days_up_to_the_day_of_knowledge_and_other_ports_stay_as_they_were(tmp_path: Path) -> None:
    table = calendar.read_scenario(written(tmp_path, GOOD), PLACES)
    march = ordinary(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    known = calendar.scenario(march, table, port="irkeshtam", mode="road", as_of=dt.date(2026, 3, 12))
    assert known.filter(pl.col("share_open") == 0)["date"].to_list() == [dt.date(2026, 3, day) for day in range(13, 20)]
    for port, mode in (("torugart", "road"), ("irkeshtam", "rail")):
        assert calendar.scenario(march, table, port=port, mode=mode, as_of=dt.date(2026, 1, 1)).equals(march)


def test_a_scenario_opens_days_that_the_season_closes(tmp_path: Path) -> None:
    table = calendar.read_scenario(
        written(tmp_path, "hongshanzui,road,2026-10-01,2026-10-31,1,open in October"), PLACES
    )
    span = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    closed = bundled().calendars.open_share("hongshanzui", "road", *span, as_of=dt.date(2026, 1, 1))
    opened = calendar.scenario(closed, table, port="hongshanzui", mode="road", as_of=dt.date(2026, 1, 1))
    assert (closed["share_open"].sum(), opened["share_open"].sum()) == (0, 31)


@given(DAYS, DAYS, DAYS, st.floats(0, 10))
def test_only_days_of_the_span_after_the_day_of_knowledge_change(
    one: dt.date, two: dt.date, as_of: dt.date, share: float
) -> None:
    start, end = min(one, two), max(one, two)
    row = {"port": "irkeshtam", "mode": "road", "start": start, "end": end, "share_open": share, "note": "x"}
    year = ordinary(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    changed = calendar.scenario(year, pl.DataFrame([row]), port="irkeshtam", mode="road", as_of=as_of)
    assert changed["date"].equals(year["date"])
    inside = (pl.col("date") >= start) & (pl.col("date") <= end) & (pl.col("date") > as_of)
    assert (changed.filter(inside)["share_open"] == share).all()
    assert (changed.filter(~inside)["share_open"] == 1).all()


@pytest.mark.parametrize(
    "row,sentence",
    [
        (
            "irkestam,road,2026-03-10,2026-03-19,0,x",
            r"irkestam, road, 2026-03-10: No register holds the place 'irkestam'",
        ),
        ("irkeshtam,sea,2026-03-10,2026-03-19,0,x", r"mode 'sea' is unknown\. Use one of road, rail, air, pipeline"),
        ("irkeshtam,road,2026-03-19,2026-03-10,0,x", r"ends on 2026-03-10, before it starts\. Swap the two days"),
        ("irkeshtam,road,2026-03-10,2026-03-19,-1,x", r"has share_open -1\. Write 0 for closed"),
        ("irkeshtam,road,2026-03-10,2026-03-19,150,x", r"has share_open 150\. Write 0 for closed"),
        ("irkeshtam,road,2026-03-10,2026-03-19,nan,x", r"share_open 'nan' is no number"),
        ("irkeshtam,road,2026-03-10,2026-03-19,inf,x", r"share_open 'inf' is no number"),
        ("irkeshtam,road,2026-03-10,2026-03-19,,x", r"share_open is empty"),
        ("irkeshtam,road,2026-03-10,2026-03-19,0,", r"note is empty"),
        ("irkeshtam,road,2026-02-30,2026-03-19,0,x", r"start '2026-02-30' is no day of the calendar"),
        (GOOD + "\n" + GOOD, r"stands on line 2 already"),
        (
            GOOD + "\nirkeshtam,road,2026-03-19,2026-04-01,1,x",
            r"from 2026-03-10 and from 2026-03-19 overlap\. Keep one",
        ),
        ("irkeshtam,road,2026-03-10,2026-03-19,0", r"the row has 5 cells, the header 6"),
    ],
)
def test_a_row_that_no_port_could_follow_is_refused(row: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=sentence):
        calendar.read_scenario(written(tmp_path, row), PLACES)


def test_all_bad_rows_are_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "atlantis,road,2026-03-10,2026-03-01,-1,x", GOOD)
    with pytest.raises(RegisterError) as refused:
        calendar.read_scenario(path, PLACES)
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{path}: the row of atlantis, road, 2026-03-10") for line in lines)


def test_a_file_that_is_missing_or_another_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="There is no file"):
        calendar.read_scenario(tmp_path / "none.csv", PLACES)
    with pytest.raises(RegisterError, match="has no column"):
        calendar.read_scenario(data_folder() / "ports.csv", PLACES)
