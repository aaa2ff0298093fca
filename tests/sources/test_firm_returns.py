"""Returns of a park's firms: the illustrative panel, and what a return cannot be."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import InputError
from analysis.runtime.folders import data_folder
from analysis.sources import firm_returns

HEADER = ",".join(firm_returns.RETURNS)
ROW = "Lift works,2023-10,1000000,900000,400000,600000,500000,120,40,50000,false"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "returns.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_illustrative_panel_is_marked_in_every_row_and_stays_below_the_target() -> None:
    panel = firm_returns.read(data_folder() / "park_returns_illustrative.csv")
    assert panel["illustrative"].all()
    assert panel["firm"].str.starts_with("Illustrative firm").all()
    assert panel["firm"].n_unique() == 8
    assert (panel["month"].min(), panel["month"].max()) == (dt.date(2021, 1, 1), dt.date(2023, 10, 1))
    of_2023 = panel.filter(pl.col("month") >= dt.date(2023, 1, 1))["output_cny"].sum()
    assert 0 < of_2023 < 725e6  # the published expectation for 2023


def test_the_template_has_the_columns_of_a_return_and_asks_for_rows() -> None:
    template = data_folder() / "park_returns_template.csv"
    assert template.read_text(encoding="utf-8") == HEADER + "\n"
    with pytest.raises(InputError, match="has a header but no rows"):
        firm_returns.read(template)


def test_a_return_is_read_with_its_month_as_a_day(tmp_path: Path) -> None:
    row = firm_returns.read(write(tmp_path, ROW)).row(0, named=True)
    assert (row["month"], row["output_cny"], row["illustrative"]) == (dt.date(2023, 10, 1), 1e6, False)


@pytest.mark.parametrize(
    "row,sentence",
    [
        (ROW.replace("2023-10", "2023-13"), "month '2023-13' is no month"),
        (ROW.replace("2023-10", "2023.10"), "month '2023.10' is no month"),
        (ROW.replace("1000000", "-1"), "output_cny is -1"),
        (ROW.replace("1000000", ""), "output_cny is empty"),
        (ROW.replace("1000000", "1,0"), "the row has 12 cells"),
        (ROW.replace("400000", "950000"), "exports_cny is more than sales_cny"),
        (ROW.replace("500000,120", "500000,0"), "wages_cny were paid, but jobs is 0"),
        (ROW.replace("false", "no"), "illustrative 'no' is neither true nor false"),
        (ROW.replace("false", "true").replace("2023-10", "2023-09"), "stands among real returns"),
        (ROW, "stands on line 2 already"),
    ],
)
def test_a_return_that_cannot_be_is_refused_by_line(tmp_path: Path, row: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        firm_returns.read(write(tmp_path, ROW, row))
    assert ":3: " in str(caught.value)
    assert sentence in str(caught.value)
