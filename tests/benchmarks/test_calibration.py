"""What is simulated is what the model says, and even ranks are told from uneven ones."""

import numpy as np
import polars as pl
import pytest
from calibration import BINS, bin_shares, p_value, ranks, summary
from scipy.stats import chisquare, norm
from simulated_flows import HALF_WIDTH, MONTHS, PARTS, YEARS, prior, simulate

from analysis.methods.reconstruction.prior import SCALE_PRIORS

REPLICATIONS, EACH = 200, 12


@pytest.fixture(scope="module")
def simulation():
    with prior(size=1.0, learnt=True):
        return simulate(np.random.default_rng(1), tied=True)


def rows(rank: np.ndarray) -> pl.DataFrame:
    """Ranks, replications by quantities, as the script collects them."""
    replication = np.repeat(np.arange(len(rank)), rank.shape[1])
    return pl.DataFrame({"what": "months", "rank": rank.ravel(), "error": 0.0, "replication": replication})


def together(rng: np.random.Generator, shift: float = 0.0) -> np.ndarray:
    """Even ranks that hang together within a replication, or ranks of draws that are `shift` sd too low."""
    common = rng.standard_normal((REPLICATIONS, 1))
    return norm.cdf(shift + 0.8 * common + 0.6 * rng.standard_normal((REPLICATIONS, EACH)))


def test_the_test_holds_its_level_where_ranks_hang_together():
    """Of 200 tests of even ranks about 10 reject at 5%; Pearson's, which takes ranks as independent, most."""
    rng = np.random.default_rng(1)
    shares = [bin_shares(rows(together(rng))) for _ in range(200)]
    assert np.mean([p_value(each) < 0.05 for each in shares]) == pytest.approx(0.05, abs=0.04)
    assert np.mean([chisquare(each.sum(axis=0) * EACH).pvalue < 0.05 for each in shares]) > 0.4


def test_it_is_pearsons_where_a_replication_has_one_rank():
    rng = np.random.default_rng(2)
    for _ in range(5):
        shares = bin_shares(rows(rng.random((1000, 1)) ** 1.05))
        assert p_value(shares) == pytest.approx(chisquare(shares.sum(axis=0)).pvalue, abs=0.05)


def test_uneven_ranks_are_found():
    assert p_value(bin_shares(rows(together(np.random.default_rng(3), shift=0.5)))) < 1e-4


def test_bins_are_tenths():
    shares = bin_shares(rows(np.array([[0.0, 0.05, 0.95, 1.0], [0.1, 0.1, 0.1, 0.1]])))
    assert shares.tolist() == [[0.5, *[0.0] * (BINS - 2), 0.5], [0.0, 1.0, *[0.0] * (BINS - 2)]]


def test_coverage_and_mean_rank_of_even_ranks():
    even = np.tile((np.arange(1000) + 0.5) / 1000, (20, 1))
    row = summary(rows(even)).row(0, named=True)
    assert (row["n"], row["cover80"], row["cover95"]) == (20_000, "0.800 ± 0.000", "0.950 ± 0.000")
    assert (row["rank"], row["ranks"]) == ("0.500 ± 0.000", " ".join(["10"] * 10))


def test_statements_differ_from_the_truth_as_their_rounding_says(simulation):
    """PublishedSums of whole months: 6 standard deviations of the rounding, bounds on their side of the truth."""
    for row in simulation.evidence.filter(pl.col("measure") == "level").iter_rows(named=True):
        first = 12 * (row["period_start"].year - YEARS[0]) + row["period_start"].month - 1
        last = 12 * (row["period_end"].year - YEARS[0]) + row["period_end"].month
        gap = np.log(simulation.flows[row["series_id"]][first:last].sum() / row["value"])
        if row["relation"] in ("eq", "approx"):
            assert abs(gap) < 6 * (HALF_WIDTH if row["relation"] == "eq" else 0.03)
        else:
            assert gap > 0 if row["relation"] == "gt" else gap < 0


def test_every_kind_of_statement_is_made(simulation):
    measures = {"level", "daily_average", "monthly_average", "yoy_growth", "mom_growth", "share"}
    assert measures | {"growth_vs_2019", "growth_vs_prev_full_year"} == set(simulation.evidence["measure"])
    assert {"eq", "approx", "gt"} <= set(simulation.evidence["relation"])


def test_totals_are_the_sums_of_their_parts(simulation):
    flows = simulation.flows
    assert set(flows) == set(PARTS) == set(simulation.evidence["series_id"])
    np.testing.assert_allclose(flows["gate.total"], flows["gate.in"] + flows["gate.out"])
    np.testing.assert_allclose(flows["north"], sum(flows[name] for name in ("gate.total", "mill", "mine", "pass")))


def test_every_month_and_year_of_a_replication_is_ranked():
    found = ranks("tied", 1)
    counts = dict(found.group_by("what").len().iter_rows())
    assert counts.pop("lost") == len(PARTS)
    assert counts["months"] + counts["months of totals"] == len(PARTS) * MONTHS
    assert sum(counts.values()) == len(PARTS) * (MONTHS + len(YEARS))
    assert found.filter(pl.col("what") != "lost")["rank"].is_between(0, 1).all()


def test_the_prior_is_put_back():
    before = dict(SCALE_PRIORS)
    with prior(size=3.0, learnt=False):
        assert SCALE_PRIORS["flow"].median[0] == pytest.approx(3 * before["flow"].median[0])
    assert before == SCALE_PRIORS
