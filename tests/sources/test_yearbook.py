"""Yearbook figures are statements like any other, kept apart from the ledger."""

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.registers import YEARBOOK
from analysis.sources.yearbook import yearbook
from tests.evidence import bundled


def test_the_ledger_would_read_every_row() -> None:
    # units, measures, and each value against its print, by the rules of the ledger
    assert ledger.read(data_folder() / YEARBOOK.file).height == bundled().yearbook.height == 655  # as harvested


def test_industries_add_up_to_the_value_added_of_their_sector() -> None:
    # China Statistical Yearbook 2005, table 3-1: primary + secondary + tertiary = gross product, in 100 million yuan
    rows = (
        bundled()
        .yearbook.filter(place="china", measure="level")
        .filter(pl.col("publisher").str.contains("China Statistical Yearbook 2005"))
    )
    wide = rows.pivot("indicator", index="period_start", values="value")
    total = wide["gdp_primary_cny"] + wide["gdp_secondary_cny"] + wide["gdp_tertiary_cny"]
    assert wide.height == 21
    assert ((total - wide["gdp_cny"]).abs() <= 2e7).all()  # four roundings to 10 million yuan each


def test_places_are_those_of_the_registers() -> None:
    assert all(place in bundled().places for place in bundled().yearbook["place"].unique())


def test_the_rounding_is_that_of_the_print() -> None:
    row = bundled().yearbook.row(
        by_predicate=(pl.col("series_id") == "xinjiang.staff_workers_persons.total.all")
        & (pl.col("period_start").dt.year() == 1978),
        named=True,
    )
    assert (row["value"], row["half_width"]) == (2_271_300, 50)  # 227.13 (10 000 persons)
    assert (row["indicator"], row["flow"], row["mode"], row["partner"]) == (
        "staff_workers_persons", "total", "all", None,
    )  # fmt: skip


def test_a_series_without_its_words_is_refused() -> None:
    table = bundled().registers[YEARBOOK.name].head(1).with_columns(series_id=pl.lit("china.gdp"))
    with pytest.raises(RegisterError, match=r"has the series 'china\.gdp'\. Write it as place\.indicator\.flow\.mode"):
        yearbook({YEARBOOK.name: table})
