"""Names, events and regressors that go with a monthly table."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import InputError
from analysis.runtime.folders import data_folder
from analysis.sources import monthly_tables, panels

FOLDER = data_folder() / "monthly_tables"


def written(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_bundled_names_are_of_series_of_the_bundled_panel():
    names = monthly_tables.read_names(FOLDER / "us_border_names.csv")
    assert set(names["series_id"]) <= set(panels.read()["unique_id"])
    assert names.drop("part_of", "part_of_zh").null_count().sum_horizontal()[0] == 0


def test_each_bundled_event_has_a_source():
    events = monthly_tables.read_events(FOLDER / "us_border_events.csv")
    assert events["source"].null_count() == 0


def test_what_has_no_chinese_name_is_called_in_english(tmp_path):
    header = "series_id,name,name_zh,unit,unit_zh,part_of,part_of_zh\n"
    table = monthly_tables.read_names(written(tmp_path, f"{header}a,Gate,,tonnes,,,\n"))
    assert table.row(0) == ("a", "Gate", "Gate", "tonnes", "tonnes", None, None)


def test_days_of_events_stand_for_their_month(tmp_path):
    text = "name,name_zh,start,end,source\nstrike,,2020-03-15,2020-04-30,\nlane,,2021-05-09,,\n"
    table = monthly_tables.read_events(written(tmp_path, text))
    assert table.select("start", "end").rows() == [
        (dt.date(2020, 3, 1), dt.date(2020, 4, 1)), (dt.date(2021, 5, 1), None),
    ]  # fmt: skip


def test_an_event_that_ends_before_it_starts_is_refused(tmp_path):
    text = "name,name_zh,start,end,source\nstrike,,2020-04-01,2020-03-01,\n"
    with pytest.raises(InputError, match="'strike' ends before it starts"):
        monthly_tables.read_events(written(tmp_path, text))


def test_regressors_are_numbers_by_month(tmp_path):
    table = monthly_tables.read_regressors(written(tmp_path, "ds,price\n2020-02,2\n2020-01,1.5\n"))
    assert table.equals(pl.DataFrame({"time_period": [dt.date(2020, 1, 1), dt.date(2020, 2, 1)], "price": [1.5, 2.0]}))


@pytest.mark.parametrize("rows", ["2020-01,x\n", "2020-01,\n", "20-01,1\n", "2020-01,1\n2020-01,2\n"])
def test_a_regressor_that_is_no_number_of_one_month_is_refused(tmp_path, rows):
    with pytest.raises(InputError, match="is empty, cannot be read, or names a month twice"):
        monthly_tables.read_regressors(written(tmp_path, f"time_period,price\n{rows}"))
