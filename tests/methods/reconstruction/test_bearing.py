"""Which statements bear on a number: what moves when one is taken away, by solving again, and the rule by hand."""

import datetime as dt

import numpy as np
import pytest

from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import reconstruct_together
from analysis.methods.reconstruction.bearing import LEAST_SHARE, MOST_NAMED, Bearing, Span
from analysis.methods.reconstruction.removal import _moves, removal_moves, with_bearing
from analysis.methods.reconstruction.window import Days
from tests.methods.reconstruction.evidence import PORT, day
from tests.methods.reconstruction.test_gain import GRADIENT, mean, stated

YEAR = (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


@pytest.mark.parametrize("gone", range(12))
def test_the_mean_moves_as_when_it_is_solved_without_the_statement(gone):
    joint = stated()
    w = joint.multipliers([linear.d for linear in joint.linear])
    moved = sum(_moves(joint, part, w)[gone] @ weights for part, weights in GRADIENT.items())
    assert moved == pytest.approx(mean(stated(silent=(gone,))) - mean(joint), abs=1e-6)


def two_months(moves, own=None, spans=None) -> Bearing:
    """A path of January and February 2022, one tonne a day, and what the removal of each statement does to it."""
    share = np.ones(59)
    month = np.repeat([0, 1], [31, 28])
    count = len(moves)
    return Bearing(
        statement_ids=tuple(f"s{j:02}" for j in range(count)),
        own=np.array(own if own is not None else [True] * count),
        spans=tuple(spans or [Span(*YEAR)] * count),
        moves=np.array(moves, dtype=float)[:, None, :],
        rates=np.ones((1, 2)),
        days=(Days(dt.date(2022, 1, 1), month, share),),
    )


JANUARY, BOTH = (dt.date(2022, 1, 1), dt.date(2022, 1, 31)), (dt.date(2022, 1, 1), dt.date(2022, 2, 28))


def test_a_total_is_moved_by_each_month_in_proportion_to_its_flow():
    """Log 59 moves by (31 * 0.1 - 28 * 0.1) / 59 = 0.0051 in the first case, by 0.1 in the second."""
    found = two_months([[0.1, -0.1], [0.1, 0.1]])
    assert found.on_total(*BOTH, half_width=0.0051 / LEAST_SHARE) == ["s01"]
    assert found.on_total(*BOTH, half_width=0.0050 / LEAST_SHARE) == ["s01", "s00"]


def test_the_own_series_and_period_comes_first_however_little_it_moves():
    spans = [Span(*YEAR), Span(*JANUARY), Span(*JANUARY)]
    found = two_months([[0.3, 0], [1e-4, 0], [0.2, 0]], own=[True, True, False], spans=spans)
    assert found.on_total(*JANUARY, half_width=1.0) == ["s01", "s00", "s02"]
    assert found.on_total(*JANUARY, half_width=100.0) == ["s01"]


def test_at_most_ten_are_named_the_most_telling_first():
    found = two_months([[0.01 * (j + 1), 0] for j in range(15)])
    named = found.on_total(*JANUARY, half_width=0.01)
    assert named == [f"s{j:02}" for j in range(14, 14 - MOST_NAMED, -1)]


def test_what_moves_both_totals_alike_bears_on_no_ratio():
    found = two_months([[0.1, 0.1], [0.1, 0.0]])
    february = Span(dt.date(2022, 2, 1), dt.date(2022, 2, 28))
    assert found.on_ratio(february, Span(*JANUARY), half_width=0.1) == ["s01"]


def test_a_statement_about_the_year_bears_on_it_and_a_far_one_does_not():
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"))
    path = with_bearing(posterior, posterior.paths(["port"], Sampling(levels=(80,), draws=200, seed=1))["port"])
    about = path.bearing_statements(*YEAR)
    assert about[0] == "port:2022-01-01:2022-12-31:level:eq"
    assert "port:2023-01-01:2023-10-31:level:gt" in path.bearing_statements(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert set(about) <= set(PORT["statement_id"])


def test_nothing_bears_on_a_path_that_was_not_traced():
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"))
    assert posterior.paths(["port"], Sampling(levels=(80,), draws=50, seed=1))["port"].bearing_statements(*YEAR) == []


def test_the_bearing_of_a_series_lists_its_own_statements():
    posterior = reconstruct_together(PORT, start=day("2021-01-01"), end=day("2023-12-01"))
    found = removal_moves(posterior, "port")
    assert set(PORT["statement_id"]) - set(posterior.unused) == set(found.statement_ids)
    assert found.own.all()
