"""A system of ports: ranks as csranks has them, gateways of the United States, concentration by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.growth import Range, growth_by_levels
from analysis.methods.system import concentration, rank_sets, ranks

TIED = [1, 3, 4, 4, 4, 7, 7, 10]


@pytest.mark.parametrize(
    "ties, expected",
    [(0, [8, 7, 4, 4, 4, 2, 2, 1]), (1, [8, 7, 6, 6, 6, 3, 3, 1]), (0.5, [8, 7, 5, 5, 5, 2.5, 2.5, 1])],
)
def test_ranks_with_ties_of_csranks(ties, expected):
    """R package csranks, tests/testthat/test_utility_functions.R."""
    assert ranks(TIED, ties=ties).tolist() == expected
    if ties == 0:
        assert ranks([-value for value in TIED], ties=0).tolist() == [1, 2, 3, 3, 3, 6, 6, 8]


@pytest.mark.parametrize("other, chance", [((525.933002, 3.121394315), 0.603061349),
                                           ((523.4145802, 1.743602224), 0.8803157743)])  # fmt: skip
def test_the_chance_of_being_first_of_two_is_that_of_normal_estimates(other, chance):
    """PISA 2018, mathematics: Japan 526.9732502 (2.471475318) above Korea and Estonia: Phi of d / sqrt(s1^2 + s2^2)."""
    own = (526.9732502, 2.471475318)
    assert 0.5 * (1 + math.erf((own[0] - other[0]) / math.hypot(own[1], other[1]) / math.sqrt(2))) == pytest.approx(
        chance, abs=1e-8
    )
    rng = np.random.default_rng(1)
    draws = np.column_stack([rng.normal(*each, 400_000) for each in (own, other)])
    assert (ranks(draws, ties=0)[:, 0] == 1).mean() == pytest.approx(chance, abs=0.003)  # four standard errors


@given(st.integers(0, 1000), st.integers(2, 7))
def test_a_set_of_ranks_holds_the_rank_of_the_middle_and_lies_within_the_list(seed, ports):
    rng = np.random.default_rng(seed)
    draws = rng.lognormal(mean=rng.normal(0, 3, ports), sigma=0.2, size=(300, ports))
    sets = rank_sets(draws)
    assert (sets[:, 0] <= sets[:, 1]).all()
    assert sets.min() >= 1
    assert sets.max() <= ports
    wider = rank_sets(draws, level=95)
    assert (wider[:, 0] <= sets[:, 0]).all()
    assert (wider[:, 1] >= sets[:, 1]).all()


def test_concentration_by_hand():
    """Shares of a half, three tenths and a fifth: 0.25 + 0.09 + 0.04; one port alone: 1; four alike: a quarter."""
    assert concentration([[50, 30, 20]]).tolist() == pytest.approx([0.38])
    assert concentration([[7.0, 0, 0], [0, 0, 1.0]]).tolist() == [1.0, 1.0]
    assert concentration([[1, 1, 1, 1]]).tolist() == pytest.approx([0.25])


#: Trucks: border total, sum of five gateways, and the five (National Transportation Statistics 2005, table 1-49).
GATEWAYS = {
    2002: (4426593, 3544815, (1441653, 731291, 705199, 390282, 276390), 0.8008),
    2003: (4238045, 3378199, (1354229, 697152, 659614, 406064, 261140), 0.79711),
    2004: (4503688, 3604137, (1391850, 726164, 719545, 454351, 312227), 0.80026),
}


@pytest.mark.parametrize("year", GATEWAYS)
def test_five_gateways_add_up_to_their_published_sum(year):
    total, top, parts, share = GATEWAYS[year]
    assert sum(parts) == top
    assert top / total == pytest.approx(share, abs=1e-5)


#: Thousand trucks 1996 and 1999, growth in percent, trucks a day (Transportation Statistics Annual Report 2000, ch. 5).
NAFTA = [
    (1332, 1759, 32.1, 4819), (1016, 1487, 46.4, 4074), (996, 1188, 19.3, 3255), (636, 791, 24.4, 2167),
    (556, 673, 21.0, 1844), (531, 546, 2.8, 1496), (402, 492, 22.4, 1348), (279, 399, 43.0, 1093),
    (229, 256, 11.8, 701), (226, 304, 34.5, 833),
]  # fmt: skip


@pytest.mark.parametrize("old, new, growth, daily", NAFTA)
def test_growth_and_trucks_a_day_of_ten_ports(old, new, growth, daily):
    assert 100 * growth_by_levels(Range.exact(new), Range.exact(old)).value == pytest.approx(growth, abs=0.05)
    assert new * 1000 / 365 == pytest.approx(daily, abs=0.5)
