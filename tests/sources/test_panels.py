"""Panels as files have them: ids are text, months are local, and what is no table is named."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.core.errors import InputError
from analysis.methods.forecasting import panel as checked
from analysis.sources import panels

_MONTHS = [dt.date(2021 + place // 12, place % 12 + 1, 1) for place in range(14)]


def csv_of(*ids: str, header: str = "unique_id,ds,y", row: str = "{name},{month},{value}") -> str:
    """Return a panel in CSV."""
    lines = (row.format(name=n, month=month, value=1000 + 7 * month.month) for n in ids for month in _MONTHS)
    return "\n".join([header, *lines, ""])


def written(path: Path, text: str) -> Path:
    """Write a file and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


# pola-rs/polars#5924, apache/arrow#46853: codes in quotes are read as integers, and leading zeros are lost.
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("names", ["unique_id,ds,y", "series_id,time_period,obs_value"])
@pytest.mark.parametrize("quoted", [False, True])
def test_ids_stay_text_in_every_layout(tmp_path: Path, mark: str, names: str, quoted: bool) -> None:
    ids = ["007", "07", "1.10", "1.1", "1e400", "1E4"]
    header = ",".join(f'"{name}"' for name in names.split(",")) if quoted else names
    row = '"{name}","{month}",{value}' if quoted else "{name},{month},{value}"
    path = written(tmp_path / "panel.csv", mark + csv_of(*ids, header=header, row=row))
    assert checked.read(panels.read(path)).ids() == sorted(ids)


# pola-rs/polars#22111, ltrr-arizona-edu/burnr#16: a blank beside a cell makes another series of it.
def test_blanks_around_cells_do_not_count(tmp_path: Path) -> None:
    text = csv_of("A", header="unique_id, ds, y", row=" {name}\u3000, {month}, {value} ")
    text = text.replace(" A\u3000, 2021-03", "A, 2021-03")
    table = checked.read(panels.read(written(tmp_path / "panel.csv", text))).table
    assert table["series_id"].unique().to_list() == ["A"]
    assert table["time_period"].to_list() == _MONTHS


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u200b", "\t"])
def test_blanks_and_invisible_characters_make_no_other_series(tmp_path: Path, blank: str) -> None:
    text = csv_of("A").replace("A,2021-03", f"A{blank},2021-03")
    assert checked.read(panels.read(written(tmp_path / "panel.csv", text))).ids() == ["A"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines_do_not_count(tmp_path: Path, end: str) -> None:
    text = csv_of("A").replace("A,2021-03", "\nA,2021-03") + "\n\n"
    (tmp_path / "panel.csv").write_bytes(text.replace("\n", end).encode())
    assert checked.read(panels.read(tmp_path / "panel.csv")).table["time_period"].to_list() == _MONTHS


def test_a_month_twice_under_one_name_with_blanks_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "panel.csv", csv_of("A", "A "))
    with pytest.raises(InputError, match="A has 2021-01 twice"):
        checked.read(panels.read(path))


@pytest.mark.parametrize(
    "text,sentence",
    [
        # pola-rs/polars#6698: the separator and the decimal comma of half of Europe.
        (csv_of("A").replace(",", ";"), "separates its cells by semicolons"),
        (csv_of("A").replace(",", "\t"), "separates its cells by tabs"),
        # project-open-data/csv-to-api#28: a title above the header.
        ("数据库\n时间：最近36个月\n" + csv_of("A"), "line 1 ('数据库') is no header; that stands on line 3"),
        ("\n" + csv_of("A"), "begins with a blank line"),
        (csv_of("A", header="unique_id,ds,y,y", row="{name},{month},{value},1"), "has the column 'y' twice"),
        (csv_of("A") + "A,2022-03-01,1,5\n", "line 16 has 4 cells, the header 3"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path / "panel.csv", text)
    with pytest.raises(InputError) as caught:
        panels.read(path)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "cell,sentence",
    [
        # viralemergence/virion#46, pola-rs/polars#2175: R writes a missing value as NA.
        ("A,2022-03-01,NA", "obs_value is 'NA'. Write plain digits.* leave a month without a figure empty or out"),
        ("A,2022-03-01,1e400", "no finite number"),
        # d3/d3-time-format#78, dart-lang/i18n#56: the year 23.
        ("A,22-03-01,5", "time_period is '22-03-01'.*year from 1800 to 2100"),
        ("A,01-03-22,5", "time_period is '01-03-22'"),
        ("A,1022-03-01,5", "time_period is '1022-03-01'"),
        ("A,0000-01-01,5", "time_period is '0000-01-01'"),
        ("A,0001-01,5", "time_period is '0001-01'"),
        ("A,9999-12,5", "time_period is '9999-12'"),
        (",2022-03-01,5", "series_id is empty"),
        ("Source: customs,,", "Row 15: time_period is empty"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(tmp_path: Path, cell: str, sentence: str) -> None:
    path = written(tmp_path / "panel.csv", csv_of("A") + f"{cell}\n")
    with pytest.raises(InputError, match=sentence):
        checked.read(panels.read(path))


def test_an_empty_month_is_not_observed(tmp_path: Path) -> None:
    path = written(tmp_path / "panel.csv", csv_of("A") + "A,2022-03-01, \n")
    assert checked.read(panels.read(path)).table.height == len(_MONTHS)


# pola-rs/polars#25674 and #22864: midnight in Shanghai is the day before in universal time.
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "UTC", None])
def test_a_month_is_that_of_its_own_zone(tmp_path: Path, zone: str | None) -> None:
    place = ZoneInfo(zone) if zone else None
    moments = [dt.datetime(month.year, month.month, 1, tzinfo=place) for month in _MONTHS]
    kind = pl.Datetime("us", zone)
    table = pl.DataFrame(
        {"unique_id": "A", "ds": pl.Series(moments, dtype=kind), "y": [float(m.month) for m in _MONTHS]}
    )
    table.write_parquet(tmp_path / "panel.parquet")
    assert checked.read(panels.read(tmp_path / "panel.parquet")).table["time_period"].to_list() == _MONTHS


def frame(**columns: pl.Series) -> pl.DataFrame:
    """Return a panel of one series with some columns in place of the plain ones."""
    plain = {"series_id": pl.Series(["a"] * 14), "time_period": pl.Series(_MONTHS), "obs_value": pl.Series([5.0] * 14)}
    return pl.DataFrame(plain | columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"series_id": pl.Series(["a"] * 14, dtype=pl.Categorical)},
        {"series_id": pl.Series([b"a"] * 14, dtype=pl.Binary)},
        {"time_period": pl.Series([str(month) for month in _MONTHS], dtype=pl.Categorical)},
        {"obs_value": pl.Series(["5.0"] * 14, dtype=pl.Categorical)},
        {"obs_value": pl.Series(["5.0"] * 14, dtype=pl.Enum(["5.0"]))},
        {"obs_value": pl.Series([5] * 14, dtype=pl.UInt8)},
    ],
)
def test_other_types_of_parquet_are_the_same_panel(tmp_path: Path, columns: dict[str, pl.Series]) -> None:
    frame(**columns).write_parquet(tmp_path / "panel.parquet")
    assert checked.read(panels.read(tmp_path / "panel.parquet")).table.equals(checked.read(frame()).table)


@pytest.mark.parametrize(
    "columns,sentence",
    [
        ({"series_id": pl.Series([["a"]] * 14)}, "Row 1: series_id is"),
        ({"series_id": pl.Series([b"\xff"] * 14)}, "Row 1: series_id is"),
        ({"time_period": pl.Series([dt.time(1)] * 14)}, "Row 1: time_period is '01:00:00'"),
        ({"time_period": pl.Series([202101] * 14)}, "Row 1: time_period is '202101'"),
        ({"obs_value": pl.Series([[5.0]] * 14)}, "Row 1: obs_value is"),
        ({"obs_value": pl.Series([b"5"] * 14)}, "Row 1: obs_value is"),
        ({"obs_value": pl.Series(_MONTHS)}, "Row 1: obs_value is '2021-01-01'"),
    ],
)
def test_types_that_hold_no_panel_are_refused(columns: dict[str, pl.Series], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        checked.read(frame(**columns))
