"""The half-width of a published figure: hand examples in each script, and what must hold for any figure."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.ledger.rounding import half_width

CASES = [
    # forms named by the method: the last printed digit, halved
    (464_000, "46.4万吨", 500),
    (1_160_000, "1.16 million", 5_000),
    (17_580_000, "17.58 Mt", 5_000),
    (3_020_000_000, "30.2亿元", 5_000_000),
    (577_600, "577600", 50),
    (35_000, "35,000", 500),
    (7_066, "7066", 0.5),
    # before a multiplier zeros count, up to three digits
    (1_000_000, "100万吨", 5_000),
    (12_000_000, "12 million", 500_000),
    (30_000_000, "3000万", 50_000),
    (1_200_000, "1.20 million", 5_000),
    # bounds and "about" print a figure like any other
    (1_000_000, "超100万吨 / over 1 million tonnes", 5_000),
    (850_000_000, "约8.5亿元", 5_000_000),
    (7_000, "7000多人", 500),
    (5_100, "突破5100辆", 50),
    (23_000, "超2.3万", 500),
    (12_300, "约1.23万", 50),
    (34_480, "3.448万", 5),
    # growth and shares
    (0.045, "+4.5%", 0.0005),
    (1.01, "+101%", 0.005),
    (-0.023, "fell 2.3%", 0.0005),
    (0.0, "+0.0%", 0.0005),
    (0.0, "0%", 0.005),
    (0.0, "2023年0.0万吨", 500),
    (0.0, "0万吨", 5_000),
    (0.0, "0.00 million tonnes", 5_000),
    (0.5, "近5成", 0.05),
    (0.7, "七成", 0.05),
    (1.3, "增长1.3倍", 0.05),
    (0.23, "百分之二十三", 0.005),
    # two numbers that make one
    (627_000, "62万7千トン", 500),
    (2_125_800_000, "$2 млрд 125,8 млн", 50_000),
    (532_991_000_000, "5329億9100万円", 50_000),
    (91_510_000_000, "91 milyar 510 milyon yuan", 500_000),
    (67_400, "67 тысяч 400", 50),
    # other scripts and marks
    (33_450_000_000, "33,45 Milliarden", 5_000_000),
    (82_300_000_000, "82.3 مليار يوان", 50_000_000),
    (30_871, "30 871", 0.5),
    (25_556, "¥25.556", 0.5),
    (34_500, "3.450万", 5),
    (1_250_000, "1,250 thousand", 5_000),
    (150_000, "150.000", 5_000),
    (980_000, "九十八万多吨", 5_000),
    (104_000_000, "一点零四亿元", 500_000),
    (46_400, "４．６４万", 50),
    # ranges
    (250, "200-300", 50),
    (4.5, "一天只能通过4-5辆车辆", 0.5),
]


@pytest.mark.parametrize("value,printed,expected", CASES)
def test_half_width_is_half_the_last_known_digit(value: float, printed: str, expected: float) -> None:
    found = half_width(value, printed)
    assert found.half_width == pytest.approx(expected, rel=1e-9)
    assert found.source == "printed"


@pytest.mark.parametrize(
    "value,printed,expected",
    [
        (0.251, "高出北疆9.3个百分点", 0.0005),
        (577_600, "", 50),
        (577_600, None, 50),
        (2, "two H986", 0.5),
        (0, "零", 0.005),
    ],
)
def test_a_text_that_does_not_hold_the_value_leaves_its_own_digits(value: float, printed: str, expected: float) -> None:
    found = half_width(value, printed)
    assert found.half_width == pytest.approx(expected)
    assert found.source == "value"


@pytest.mark.parametrize(
    "value,printed,expected",
    [
        (1_000_000, "1-10月100.0万吨", 500),
        (464_049, "46.4万吨", 500),
        (0.1204, "12%", 0.005),
        (1_000_000, "1月-10月100.0万吨", 500),
        (1_000_000, "1至10月100.0万吨", 500),
        (1_000_000, "前10个月100.0万吨", 500),
        (1_000_000, "10日、100.0万吨", 500),
        (1_000_000, "by October 10: 100.0万吨", 500),
        (2_000_000, "2000年200.0万吨", 500),
        (1_000_000, "10.0万辆、100.00万吨", 50),
    ],
)
def test_of_several_numbers_the_one_whose_words_state_the_value_counts(
    value: float, printed: str, expected: float
) -> None:
    assert half_width(value, printed).half_width == pytest.approx(expected)


def test_a_year_beside_the_figure_is_not_the_figure() -> None:
    assert half_width(2_500, "2024年产销已超2500辆").half_width == 50


FIGURES = st.one_of(st.just(0.0), st.floats(1e-9, 1e15), st.floats(-1e15, -1e-9))


@given(FIGURES, st.text(max_size=40))
def test_a_half_width_is_always_a_positive_number(value: float, printed: str) -> None:
    width = half_width(value, printed).half_width
    assert width > 0
    assert math.isfinite(width)


@given(
    st.integers(1, 99_999),
    st.integers(0, 3),
    st.sampled_from([("万", 1e4), ("亿", 1e8), (" million", 1e6), (" bn", 1e9)]),
)
def test_decimals_before_a_multiplier_fix_the_half_width(digits: int, decimals: int, unit: tuple[str, float]) -> None:
    word, scale = unit
    printed = f"{digits / 10**decimals:.{decimals}f}{word}"
    value = float(f"{digits / 10**decimals:.{decimals}f}") * scale
    zeros = len(str(digits)) - len(str(digits).rstrip("0")) if decimals == 0 else 0
    unknown = min(zeros, max(0, len(str(digits)) - 3))
    assert half_width(value, printed).half_width == pytest.approx(0.5 * scale * 10.0 ** (unknown - decimals))


@given(st.integers(1, 10**9))
def test_a_bare_integer_is_known_to_its_last_digit_that_is_not_zero(value: int) -> None:
    zeros = len(str(value)) - len(str(value).rstrip("0"))
    assert half_width(value, str(value)).half_width == pytest.approx(0.5 * 10**zeros)
    assert half_width(value, f"{value:,}").half_width == pytest.approx(0.5 * 10**zeros)
