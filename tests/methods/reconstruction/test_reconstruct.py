"""Reconstruction of small ledgers whose answer is known or can be reasoned out."""

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError
from analysis.core.path_table import PATH_KEY, PATH_SCHEMA
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import reconstruct
from tests.methods.reconstruction.evidence import PORT, day, statement, table

WINDOW = {"start": day("2021-01-01"), "end": day("2023-12-01"), "sampling": Sampling(draws=200)}


@pytest.fixture(scope="module")
def port():
    return reconstruct(PORT, **WINDOW)


def test_path_has_one_row_a_period_and_level(port):
    assert port.path.schema == PATH_SCHEMA
    assert port.path.height == (36 + 3) * 2
    assert not port.path.select(PATH_KEY).is_duplicated().any()


def test_medians_of_stated_sums_lie_within_their_rounding(port):
    figures = port.fit.filter((pl.col("relation") == "eq") & (pl.col("measure") == "level"))
    assert figures.height == 3
    assert ((figures["median"] - figures["value"]).abs() <= figures["value"] / 1000).all()


def test_nine_draws_in_ten_lie_within_the_rounding():
    """A normal with the variance of a uniform error stays within its bounds for 91.7% (of 2,000 pairs, 4 errors)."""
    total = reconstruct(PORT, **WINDOW | {"sampling": Sampling(draws=4000)}).year(2021)
    assert (np.abs(total - 120_000) <= 120).mean() == pytest.approx(0.917, abs=0.025)


def test_no_draw_lies_below_a_bound(port):
    assert (port.total(day("2023-01-01"), day("2023-10-31")) > 140_000 * (1 - 1e-5)).all()


def test_a_later_figure_shows_in_the_months_between(port):
    """Half a year of 70 of 150 thousand tonnes leaves 80 for the other half."""
    second_half = np.median(port.total(day("2022-07-01"), day("2022-12-31")))
    assert second_half == pytest.approx(80_000, abs=300)


def test_part_of_a_month_counts_by_its_days():
    found = reconstruct(
        table(statement("2022-01-01", "2022-01-31", 3100)), start=day("2022-01-01"), end=day("2022-01-01")
    )
    assert np.median(found.total(day("2022-01-01"), day("2022-01-10"))) == pytest.approx(1000, rel=1e-3)


def test_a_daily_average_speaks_of_the_sum_over_its_days():
    row = statement("2022-04-01", "2022-04-30", 450, "daily_average", unit="vehicles/day")
    found = reconstruct(table(row), start=day("2022-04-01"), end=day("2022-04-01"))
    assert found.unit == "vehicles"
    assert found.at(80, "M")["median"][0] == pytest.approx(450 * 30, rel=1e-3)


def test_growth_ties_two_years_up_to_the_revision_of_the_base():
    rows = (
        statement("2022-01-01", "2022-12-31", 1000),
        statement("2023-01-01", "2023-12-31", 0.1, "yoy_growth", half_width=0.0005),
    )
    found = reconstruct(table(*rows), start=day("2022-01-01"), end=day("2023-12-01"), sampling=Sampling(draws=400))
    low, middle, high = np.quantile(found.year(2023), [0.1, 0.5, 0.9])
    assert middle == pytest.approx(1100, rel=0.01)
    assert 1.002 < high / low < 1.1


def test_closed_months_are_zero_and_their_neighbours_carry_the_sum():
    closed = pl.DataFrame({"date": pl.date_range(day("2022-01-01"), day("2022-03-31"), eager=True), "share_open": 0.0})
    row = statement("2022-01-01", "2022-12-31", 9000)
    found = reconstruct(
        table(row), start=day("2022-01-01"), end=day("2022-12-01"), open_share=closed, sampling=Sampling(draws=100)
    )
    months = found.at(80, "M")
    assert months["upper"][:3].to_list() == [0, 0, 0]
    assert months["obs_status"][:3].to_list() == ["closed"] * 3
    assert months["mean"].sum() == pytest.approx(9000, rel=1e-3)


def test_status_says_how_a_value_was_made():
    rows = (
        statement("2022-01-01", "2022-02-28", 50),
        statement("2022-01-01", "2022-03-31", 80),
        statement("2022-04-01", "2022-04-30", 30),
    )
    found = reconstruct(table(*rows), start=day("2022-01-01"), end=day("2022-05-01"), sampling=Sampling(draws=50))
    status = dict(found.at(80, "M").select("time_period", "obs_status").iter_rows())
    assert [str(s) for s in status.values()] == ["estimated", "estimated", "derived", "reported", "forecast"]


def test_uncertainty_grows_away_from_the_evidence():
    found = reconstruct(PORT, start=day("2021-01-01"), end=day("2028-12-01"), sampling=Sampling(draws=400))
    years = found.at(80, "A").with_columns(width=(pl.col("upper") / pl.col("lower")).log())
    widths = dict(years.select(pl.col("time_period").dt.year(), "width").iter_rows())
    assert widths[2024] < widths[2026] < widths[2028]


def test_a_regime_widens_what_follows():
    regimes = pl.DataFrame({"start": [day("2024-02-01")], "end": [day("2024-08-31")], "jump": [0.13]})
    calm, jumpy = (
        reconstruct(PORT, start=day("2021-01-01"), end=day("2024-12-01"), sampling=Sampling(draws=400), regimes=r)
        for r in (None, regimes)
    )
    assert np.log(jumpy.year(2024)).std() > 1.2 * np.log(calm.year(2024)).std()
    assert np.log(jumpy.year(2022)).std() == pytest.approx(np.log(calm.year(2022)).std(), rel=0.2)


def test_a_bound_below_which_a_longer_span_lies_is_excluded_and_named():
    bound = statement("2022-01-01", "2022-10-31", 160_000, relation="gt")
    found = reconstruct(pl.concat([PORT, table(bound)]), **WINDOW)
    row = found.fit.filter(pl.col("statement_id") == bound["statement_id"]).row(0, named=True)
    assert not row["used"]
    assert row["reason"] == Reason("contradicted", statement="port:2022-01-01:2022-12-31:level:eq").written


def test_growth_alone_is_refused():
    with pytest.raises(EvidenceError, match="no usable level"):
        reconstruct(table(statement("2022-01-01", "2022-12-31", 0.1, "yoy_growth")), **WINDOW)


def test_no_statement_is_refused():
    with pytest.raises(EvidenceError, match="No statement reaches"):
        reconstruct(table(), **WINDOW)


def test_a_span_outside_the_window_is_refused(port):
    with pytest.raises(CoverageError, match="longer window"):
        port.total(day("2019-01-01"), day("2019-12-31"))


def test_statements_that_no_path_can_meet_are_named():
    """Nine months cannot hold more than the year."""
    rows = statement("2022-01-01", "2022-09-30", 200_000), statement("2022-01-01", "2022-12-31", 100_000)
    with pytest.raises(EvidenceError, match="contradict each other, port:2022-01-01"):
        reconstruct(table(*rows), **WINDOW)
