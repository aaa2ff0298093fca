"""Properties that hold whatever the ledger."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.sampling import Sampling
from analysis.methods.reconstruction import reconstruct
from tests.methods.reconstruction.evidence import PORT, day, statement, table

WINDOW = {"start": day("2021-01-01"), "end": day("2023-12-01"), "sampling": Sampling(draws=60)}


@given(st.permutations(range(PORT.height)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_rows_changes_nothing(order):
    assert reconstruct(PORT[list(order)], **WINDOW).path.equals(reconstruct(PORT, **WINDOW).path)


@given(st.sampled_from([1e-4, 0.001, 1e4]))
@settings(max_examples=3, deadline=None)
def test_the_unit_changes_nothing_but_the_scale(factor):
    flows = pl.col("measure") != "yoy_growth"
    scaled = PORT.with_columns(
        pl.when(flows).then(pl.col(c) * factor).otherwise(pl.col(c)) for c in ("value", "half_width")
    )
    columns = ["mean", "median", "lower", "upper"]
    found = reconstruct(scaled, **WINDOW).path.select(columns).to_numpy() / factor
    np.testing.assert_allclose(found, reconstruct(PORT, **WINDOW).path.select(columns).to_numpy(), rtol=1e-4)


@given(st.integers(1, 3), st.floats(0.05, 20), st.integers(0, 1000))
@settings(max_examples=8, deadline=None)
def test_flows_are_positive_and_totals_met(years, ratio, seed):
    rows = [statement(f"{2020 + i}-01-01", f"{2020 + i}-12-31", 1000 * ratio**i) for i in range(years)]
    found = reconstruct(
        table(*rows), start=day("2020-01-01"), end=day("2023-12-01"), sampling=Sampling(draws=40, seed=seed)
    )
    assert (found.draws > 0).all()
    for i in range(years):
        assert abs(np.median(found.year(2020 + i)) / (1000 * ratio**i) - 1) < 2e-3


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first, again, other = (
        reconstruct(PORT, **WINDOW | {"sampling": Sampling(draws=60, seed=seed)}) for seed in (1, 1, 2)
    )
    assert first.path.equals(again.path)
    assert np.array_equal(first.rates, again.rates)
    assert not first.path.equals(other.path)


def test_another_figure_narrows_the_year_it_speaks_of():
    more = pl.concat([PORT, table(statement("2023-01-01", "2023-11-30", 165_000))])
    spread = [np.log(reconstruct(e, **WINDOW).year(2023)).std() for e in (PORT, more)]
    assert spread[1] < spread[0]
