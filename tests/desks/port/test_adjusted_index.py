"""The adjusted index of a port: its base, and what may be drawn."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks import port
from analysis.desks.port.adjusted import index_of
from tests.evidence import bundled


@pytest.fixture(scope="module")
def outlook() -> port.Outlook:
    return port.outlook(bundled(), place="irkeshtam", mode="road", edition=Edition.of("2025-12"))


def test_the_base_year_has_mean_100_in_every_draw():
    """By hand: rates 1 and 3 in the base year, a month without an open day, then 4; twice as much in a second draw."""
    rates = np.array([[1.0, 3.0, np.nan, 4.0], [2.0, 6.0, np.nan, 8.0]])
    found = index_of(rates, np.array([True, True, True, False]))
    assert found[:, [0, 1, 3]] == pytest.approx(np.array([[50, 150, 200]] * 2))
    assert np.isnan(found[:, 2]).all()


def test_the_base_is_the_last_year_with_a_stated_total(outlook):
    index = port.adjusted_index(outlook)
    figures = outlook.published.filter((pl.col("kind") == "year") & pl.col("used"))
    assert set(index.base_ids) <= set(figures["statement_id"])
    assert not (figures.filter(pl.col("relation") == "eq")["year"] > index.base_year).any()
    base = index.table.filter((pl.col("time_period").dt.year() == index.base_year) & (pl.col("level") == 80))
    assert base["median"].mean() == pytest.approx(100, rel=0.05)  # medians of draws of which each has mean 100


def test_months_are_drawn_as_the_rule_draws_their_freight(outlook):
    index = port.adjusted_index(outlook)
    both = index.table.join(outlook.months, on=["time_period", "level"], validate="1:1")
    assert both.height == index.table.height
    assert (both["drawn"] == both["drawn_right"]).all()


def test_there_is_no_index_without_a_stated_total(outlook):
    silent = replace(outlook, published=outlook.published.filter(pl.col("kind") != "year"))
    index = port.adjusted_index(silent)
    assert index.base_year is None
    assert index.table.is_empty()
