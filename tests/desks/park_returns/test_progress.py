"""A park's year from its firms' returns, and the wall between invented and real ones."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError
from analysis.desks import park_returns
from analysis.runtime.folders import data_folder
from analysis.sources import firm_returns


def panel(*totals: float, illustrative: bool = False, year: int = 2023, firm: str = "A") -> pl.DataFrame:
    """Return the returns of one firm from January on."""
    months = [dt.date(year, month, 1) for month in range(1, len(totals) + 1)]
    return pl.DataFrame({"firm": firm, "month": months, "output_cny": totals, "illustrative": illustrative})


def test_the_predictive_curve_holds_the_probability_of_the_target():
    """The area under the curve from the target on, and all of it but the outermost 0.2%."""
    done = park_returns.progress(panel(50e6, 70e6, 66e6, 58e6, 61e6, 75e6), year=2023, target_cny=740e6)
    output, density = (done.predictive[name].to_numpy() for name in ("output_cny", "density"))
    assert np.trapezoid(density, output) == pytest.approx(0.998, abs=0.01)
    fine = np.linspace(740e6, output[-1], 2001)
    assert np.trapezoid(np.interp(fine, output, density), fine) == pytest.approx(done.probability, abs=0.02)


def test_a_year_that_is_over_is_certain_and_has_no_curve():
    done = park_returns.progress(panel(*[60e6] * 11, 65e6), year=2023, target_cny=725e6)
    assert (done.probability, done.flat_probability) == (1, 1)
    assert done.required_run_rate is None
    assert done.predictive.is_empty()
    assert park_returns.progress(panel(*[60e6] * 12), year=2023, target_cny=725e6).probability == 0


def test_progress_of_hand_example():
    """Months 50, 60, 70: 180 to date, (720 - 180) / 9 = 60 needed; flat months would make it an even chance."""
    done = park_returns.progress(panel(50e6, 60e6, 70e6), year=2023, target_cny=720e6)
    assert done.to_date_cny == 180e6
    assert done.current_run_rate == done.required_run_rate == 60e6
    assert done.flat_probability == pytest.approx(0.5)
    assert done.months["plan_cny"].to_list() == pytest.approx([60e6 * month for month in range(1, 13)])
    assert done.months["made"].to_list() == ["returned"] * 3 + ["predicted"] * 9
    assert done.months["lower80"].to_list() == sorted(done.months["lower80"])


def test_without_a_target_there_is_no_probability():
    done = park_returns.progress(panel(50e6, 60e6, 70e6), year=2023, target_cny=None)
    assert (done.probability, done.flat_probability, done.required_run_rate) == (None, None, None)


def test_contributions_add_up_and_hhi_is_the_sum_of_squares():
    two = pl.concat([panel(30.0, 30.0, 30.0), panel(10.0, 10.0, 10.0, firm="B")])
    done = park_returns.progress(two, year=2023, target_cny=500.0)
    assert done.firms["firm"].to_list() == ["A", "B"]
    assert done.firms["share"].to_list() == [0.75, 0.25]
    assert done.hhi == 0.625
    assert done.top_five == 1


def test_a_late_firm_widens_the_months_already_returned():
    late = pl.concat([panel(30.0, 30.0, 31.0, 29.0), panel(20.0, 21.0, 19.0, firm="B")])
    done = park_returns.progress(late, year=2023, target_cny=600.0)
    assert done.late == 1
    row = done.months.row(3, named=True)
    assert row["lower80"] > row["cumulative_cny"] == 180.0


def test_illustrative_and_real_rows_never_meet():
    mixed = pl.concat([panel(1.0, 2.0, 3.0), panel(1.0, 2.0, 3.0, illustrative=True, firm="B")])
    with pytest.raises(EvidenceError, match="illustrative and real"):
        park_returns.progress(mixed, year=2023, target_cny=10.0)
    with pytest.raises(EvidenceError, match="illustrative and real"):
        park_returns.only_real(mixed)


def test_the_bundled_panel_says_that_it_is_illustrative():
    bundled = firm_returns.read(data_folder() / "park_returns_illustrative.csv")
    assert park_returns.only_real(bundled) is None
    done = park_returns.progress(bundled, year=2023, target_cny=725e6)
    assert done.illustrative
    assert done.outputs.season_source == "returns"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_two_months_are_too_few_for_a_spread(count):
    rows = panel(*[1.0] * count) if count else panel(1.0, year=2022)
    with pytest.raises(EvidenceError, match="too few"):
        park_returns.progress(rows, year=2023, target_cny=10.0)


def test_a_gap_in_the_returns_is_refused():
    gap = panel(1.0, 2.0, 3.0, 4.0).filter(pl.col("month") != dt.date(2023, 2, 1))
    with pytest.raises(CoverageError, match="missing months"):
        park_returns.progress(gap, year=2023, target_cny=10.0)
