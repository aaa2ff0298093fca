"""Growth from printed figures: published values, identities, and what rounding leaves open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.growth import (
    Range,
    average_growth,
    contribution,
    growth_by_levels,
    implied_base,
    verdict,
)

positive = st.floats(0.1, 1e6)


def rounded(value: float, half_width: float) -> Range:
    """Return a printed figure with what its last digit leaves open."""
    return Range(value - half_width, value, value + half_width)


def test_the_base_of_the_first_quarter_of_2022_by_hand():
    """37.83 billion yuan at +34.9%: 37.825 / 1.3495 and 37.835 / 1.3485."""
    base = implied_base(rounded(37.83, 0.005), rounded(0.349, 0.0005))
    assert base == pytest.approx((28.029, 28.0430, 28.057), abs=5e-4)


def test_the_growth_of_cpmm_table_2_1():
    """CAREC CPMM 2022, table 2.1: 21.5 and 23.4 printed with +8.3%, which their digits do not allow."""
    growth = growth_by_levels(rounded(23.4, 0.05), rounded(21.5, 0.05))
    assert growth == pytest.approx((0.083527, 0.088372, 0.09324), abs=1e-5)
    assert not growth.overlaps(rounded(0.083, 0.0005))


@pytest.mark.parametrize(
    "new, old, growth",
    [
        (15.7, 14.0, 0.1214), (10.1, 10.3, -0.0194), (395, 432, -0.0856),  # MOFCOM zones, 230 in 2022 and 229 in 2023
        (55147.8, 63563.6, -0.1324), (51890.7, 55147.8, -0.0591), (54454.7, 51890.7, 0.0494),  # NBS investment
        (9.9, 13.6, -0.272), (208, 357, -0.417), (945, 1256.1, -0.248), (42.0, 41.6, 0.010),  # CPMM 2022, table 2.1
    ],
)  # fmt: skip
def test_growth_by_levels_of_published_pairs(new, old, growth):
    assert growth_by_levels(Range.exact(new), Range.exact(old)).value == pytest.approx(growth, abs=5e-4)


def test_the_implied_base_of_published_investment():
    """32.94 trillion at +3.4%: 31.857."""
    assert implied_base(Range.exact(32.94), Range.exact(0.034)).value == pytest.approx(31.857, abs=0.01)


def test_average_growth_of_two_years_by_hand():
    """From 100 to 144 in two years: 20% a year."""
    assert average_growth(Range.exact(144), Range.exact(100), years=2).value == pytest.approx(0.2)


@pytest.mark.parametrize(
    "implied, expected", [(100.4, "agrees"), (102.0, "revised"), (98.5, "revised"), (105.0, "contradicts")]
)
def test_verdict_by_hand(implied, expected):
    """Bases are usually revised by up to 3%; both figures are known to a half."""
    assert verdict(rounded(100, 0.5), rounded(implied, 0.5)) == expected


@given(positive, positive, st.floats(-0.9, 9), st.floats(-0.9, 9))
def test_contributions_of_parts_add_up_to_the_growth_of_their_sum(a, b, growth_a, growth_b):
    parts = [Range.exact(a), Range.exact(b)]
    bases = [implied_base(part, Range.exact(growth)) for part, growth in zip(parts, (growth_a, growth_b), strict=True)]
    total = Range.exact(bases[0].value + bases[1].value)
    added = sum(contribution(part, base, total).value for part, base in zip(parts, bases, strict=True))
    whole = growth_by_levels(Range.exact(a + b), total).value
    assert added == pytest.approx(whole, rel=1e-9, abs=1e-9)


@given(positive, positive, positive, st.floats(0, 0.09), st.floats(0, 0.09))
def test_a_contribution_lies_in_its_range_whatever_the_digits_hide(part, base, whole, left, right):
    at = contribution(rounded(part, 0.05), rounded(base, 0.05), rounded(whole, 0.05))
    inside = contribution(
        Range.exact(part - 0.05 + left), Range.exact(base + 0.05 - right), Range.exact(whole - 0.05 + right)
    )
    assert at.low <= inside.value + 1e-9
    assert inside.value <= at.high + 1e-9


@given(positive, st.floats(-0.9, 9))
def test_growth_by_the_implied_base_is_the_growth(level, growth):
    base = implied_base(Range.exact(level), Range.exact(growth))
    assert growth_by_levels(Range.exact(level), base).value == pytest.approx(growth, abs=1e-9)
