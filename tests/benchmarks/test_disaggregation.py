"""Denton-Cholette and Chow-Lin against published values and other software, and what the pooled season learns."""

# ruff: noqa: N806 (letters where the algebra is)

import numpy as np
import pytest
from disaggregation import benchmarks, chow_lin, denton_cholette, pooled_season
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import reference as ref


def spans(*lengths: int, months: int) -> np.ndarray:
    """Return adjoining spans as rows of 0 and 1; a negative length is a gap."""
    ends = np.cumsum(np.abs(lengths))
    pairs = zip(ends - np.abs(lengths), ends, lengths, strict=True)
    rows = [[first <= month < last for month in range(months)] for first, last, length in pairs if length > 0]
    return np.array(rows, dtype=float)


def to_date(*cut_offs: int) -> np.ndarray:
    """Return January to each cut-off of one year as rows of 0 and 1."""
    return np.array([np.arange(12) < month for month in cut_offs], dtype=float)


def test_denton_of_the_quarterly_national_accounts_manual():
    found = denton_cholette(ref.IMF_ANNUAL, ref.IMF_INDICATOR, np.kron(np.eye(2, 3), np.ones(4)))
    assert found == pytest.approx(ref.IMF_QUARTERS, abs=0.06)  # printed to 0.1, one quarter 0.0515 off


def test_denton_matches_stata():
    found = denton_cholette(ref.STATA_ANNUAL, ref.STATA_INDICATOR, np.kron(np.eye(5), np.ones(4)))
    assert found == pytest.approx(ref.STATA_QUARTERS, abs=1e-5)


def test_denton_of_unequal_spans_matches_tsdisagg():
    assert denton_cholette(ref.STATED, ref.INDICATOR, ref.SPANS) == pytest.approx(ref.DENTON_OF_SPANS, abs=1e-6)


def test_chow_lin_of_a_given_rho_matches_tsdisagg():
    found = chow_lin(ref.ANNUAL, ref.CONSTANT_AND_INDICATOR, ref.YEARS, rho=0.75)
    assert found == pytest.approx(ref.CHOW_LIN_OF_YEARS, abs=1e-6)


def test_chow_lin_by_maximum_likelihood_matches_tsdisagg():
    found = chow_lin(ref.STATED, ref.CONSTANT_AND_INDICATOR, ref.SPANS)
    assert found == pytest.approx(ref.CHOW_LIN_OF_SPANS, abs=1e-4)  # the optimiser stops rho at 1e-5


def test_residuals_that_alternate_leave_rho_at_zero():
    rng = np.random.default_rng(3)
    X = np.column_stack([np.ones(48), rng.uniform(1, 2, 48)])
    years = np.kron(np.eye(12), np.ones(4))
    y = years @ X @ [5.0, 3.0] + np.tile([1.0, -1.0], 6)
    assert chow_lin(y, X, years) == pytest.approx(chow_lin(y, X, years, rho=0.0), abs=1e-3)


positive = st.floats(0.5, 2.0)


@given(st.lists(st.sampled_from([1, 2, 3, 6, 12, -2, -12]), min_size=3, max_size=7), st.data())
def test_every_benchmark_is_met_whatever_its_span(lengths, data):
    lengths = [3, *lengths, 5]
    months = sum(map(abs, lengths)) + 4
    C = spans(*lengths, months=months)
    y = np.array(data.draw(st.lists(positive, min_size=len(C), max_size=len(C)))) * C.sum(axis=1)
    x = np.array(data.draw(st.lists(positive, min_size=months, max_size=months)))
    assert C @ denton_cholette(y, x, C) == pytest.approx(y)
    assert C @ chow_lin(y, x[:, None], C, rho=data.draw(st.floats(0, 0.99))) == pytest.approx(y)


@given(st.lists(positive, min_size=24, max_size=24))
def test_an_indicator_that_already_adds_up_is_returned_unchanged(values):
    x, C = np.array(values), spans(3, 6, -3, 12, months=24)
    assert denton_cholette(C @ x, x, C) == pytest.approx(x)
    assert denton_cholette(C @ x, 1000 * x, C) == pytest.approx(x)
    assert chow_lin(C @ x, x[:, None], C, rho=0.5) == pytest.approx(x)


def test_figures_to_date_say_the_same_as_their_differences():
    nested, apart = to_date(3, 9, 12), spans(3, 6, 3, months=12)
    x = np.linspace(1, 2, 12)
    y = np.array([30.0, 100, 130])
    assert denton_cholette(y, x, nested) == pytest.approx(denton_cholette(np.diff(y, prepend=0), x, apart))
    assert chow_lin(y, x[:, None], nested) == pytest.approx(
        chow_lin(np.diff(y, prepend=0), x[:, None], apart), abs=1e-6
    )


def test_what_lies_beyond_the_last_benchmark_keeps_its_ratio_to_the_indicator():
    x = np.tile(np.arange(1.0, 13), 2)
    found = denton_cholette(np.array([78.0, 42]), x, spans(12, 3, months=24))
    assert found[15:] / x[15:] == pytest.approx(np.full(9, found[14] / x[14]))


def test_methods_that_do_not_apply_say_so():
    none = benchmarks(np.zeros((0, 24)), np.zeros(0))
    assert np.isnan(denton_cholette(none[1], np.ones(24), none[0])).all()
    assert np.isnan(chow_lin(np.array([12.0]), np.ones((24, 1)), spans(12, months=24))).all()


def test_a_figure_that_others_imply_is_left_out():
    november = np.eye(12)[[10]]
    rows, values = benchmarks(np.vstack([to_date(10, 11, 12), november]), np.array([100.0, 110, 118, 9.4]))
    assert values.tolist() == [9.4, 100, 118]
    assert rows.sum(axis=1).tolist() == [1, 10, 12]


SEASON = np.array([6, 6, 7, 8, 9, 10, 9, 9, 9, 10, 9, 8.0]) / 100
CUT_OFFS = [(2, 6, 9, 12), (3, 5, 10, 12), (2, 5, 11, 12), (2, 4, 7, 8, 12), (9, 10, 11, 12)]


def test_series_of_one_season_tell_it_where_together_they_state_every_month():
    figures = [(to_date(*ends), 1e4 * size * to_date(*ends) @ SEASON) for size, ends in enumerate(CUT_OFFS, 1)]
    assert pooled_season(figures) == pytest.approx(SEASON)


def test_months_that_no_figure_tells_apart_share_alike():
    figures = [(to_date(3, 12), np.array([share, 1.0])) for share in (0.48, 0.5, 0.52)]
    assert pooled_season(figures) == pytest.approx(np.repeat([1 / 6, 1 / 18], [3, 9]))


def test_one_closed_spring_does_not_move_the_season():
    figures = [(to_date(*ends), to_date(*ends) @ SEASON) for ends in CUT_OFFS] * 4
    closed = (to_date(6, 12), np.array([0.05, 1.0]))
    assert pooled_season([*figures, closed]) == pytest.approx(SEASON, abs=2e-3)


def test_a_year_without_a_stated_total_teaches_no_season():
    figures = [(to_date(*ends), to_date(*ends) @ SEASON) for ends in CUT_OFFS]
    assert pooled_season([*figures, (to_date(3, 9), np.array([5.0, 90.0]))]) == pytest.approx(SEASON)
