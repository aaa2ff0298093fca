"""The Spring Festival falls where sun and moon put it, and its windows share their days among the months."""

import datetime as dt
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import CoverageError, ParameterError, RegisterError
from analysis.sources.calendar import SpringFestival
from analysis.sources.calendar.festivals import WINDOWS
from analysis.sources.evidence import read_registers
from tests.evidence import bundled

FESTIVAL = bundled().spring_festival

LENGTHS = st.integers(0, 40)

# The calendar of GB/T 33661-2017: a month begins on the day of the new moon in Beijing (UTC+8); the month of the winter
# solstice is the eleventh; where thirteen months lie between two eleventh months, the first without a principal term
# (the sun at a multiple of 30 degrees) is a leap month. The festival is the first day of the first month.
# Sun and moon after J. Meeus, Astronomical Algorithms, 2nd ed., chapters 25 and 49.


def new_moon(k: int) -> dt.date:
    """Return the day in Beijing of the k-th new moon after 6 January 2000 (Meeus 49, main terms: to about a minute)."""
    century = k / 1236.85
    e = 1 - 0.002516 * century
    s = math.radians(2.5534 + 29.10535670 * k)  # anomaly of the sun
    m = math.radians(201.5643 + 385.81693528 * k)  # anomaly of the moon
    f = math.radians(160.7108 + 390.67050284 * k)  # latitude of the moon
    node = math.radians(124.7746 - 1.56375588 * k)
    terms = (
        (-0.40720, m), (0.17241 * e, s), (0.01608, 2 * m), (0.01039, 2 * f), (0.00739 * e, m - s),
        (-0.00514 * e, m + s), (0.00208 * e * e, 2 * s), (-0.00111, m - 2 * f), (-0.00057, m + 2 * f),
        (0.00056 * e, 2 * m + s), (-0.00042, 3 * m), (0.00042 * e, s + 2 * f), (0.00038 * e, s - 2 * f),
        (-0.00024 * e, 2 * m - s), (-0.00017, node),
    )  # fmt: skip
    mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * century**2
    day = mean + sum(size * math.sin(angle) for size, angle in terms)
    # dynamical time is about a minute ahead of UTC, Beijing eight hours
    return dt.date(2000, 1, 1) + dt.timedelta(days=math.floor(day - 2451544.5 + 8 / 24 - 65 / 86400))


def sun(day: dt.date) -> float:
    """Return the apparent longitude of the sun in degrees at the end of a day in Beijing (Meeus 25, to 0.01 degree)."""
    century = ((day - dt.date(2000, 1, 1)).days + 1 - 0.5 - 8 / 24) / 36525
    s = math.radians(357.52911 + 35999.05029 * century)
    centre = (1.914602 - 0.004817 * century) * math.sin(s) + 0.019993 * math.sin(2 * s) + 0.000289 * math.sin(3 * s)
    longitude = 280.46646 + 36000.76983 * century + centre
    return (longitude - 0.00569 - 0.00478 * math.sin(math.radians(125.04 - 1934.136 * century))) % 360


def eleventh_month(year: int) -> int:
    """Return which new moon begins the month that holds the winter solstice of a year."""
    solstice = next(day for day in (dt.date(year, 12, 20) + dt.timedelta(days=n) for n in range(5)) if sun(day) >= 270)
    k = round((year - 2000 + 0.97) * 12.3685)
    return next(k + n for n in (2, 1, 0, -1, -2) if new_moon(k + n) <= solstice)


def has_principal_term(k: int) -> bool:
    """Return whether the sun reaches a multiple of 30 degrees in a month."""
    first, last = (sun(day - dt.timedelta(days=1)) for day in (new_moon(k), new_moon(k + 1)))
    return int(first // 30) != int(last // 30)


def first_day(year: int) -> dt.date:
    """Return the first day of the first month of a Chinese year."""
    start, end = eleventh_month(year - 1), eleventh_month(year)
    leap = next((k for k in range(start + 1, end) if not has_principal_term(k)), None) if end - start == 13 else None
    return new_moon(start + (3 if leap in (start + 1, start + 2) else 2))


def test_every_first_day_is_the_one_of_sun_and_moon() -> None:
    register = FESTIVAL.first_days
    assert (min(register), max(register)) == (1950, 2050)
    assert register == {year: first_day(year) for year in register}


@pytest.mark.parametrize(
    "day",
    # holiday notices of the General Office of the State Council
    [
        dt.date(2020, 1, 25),
        dt.date(2021, 2, 12),
        dt.date(2022, 2, 1),
        dt.date(2023, 1, 22),
        dt.date(2024, 2, 10),
        dt.date(2025, 1, 29),
    ],
)
def test_first_days_of_recent_years_are_the_announced_ones(day: dt.date) -> None:
    assert FESTIVAL.first_days[day.year] == day


def test_windows_of_a_hand_example() -> None:
    # 10 February 2024: of the 20 days before it, 21 January to 9 February, 11 lie in January; the week is 10 to 16
    # February; of the 20 days from 17 February on, 13 lie in February and 7 in March
    table = FESTIVAL.windows(dt.date(2024, 1, 15), 3, before=20, during=7, after=20)
    assert table.rows() == [
        (dt.date(2024, 1, 1), 11 / 20, 0, 0),
        (dt.date(2024, 2, 1), 9 / 20, 1, 13 / 20),
        (dt.date(2024, 3, 1), 0, 0, 7 / 20),
    ]


@given(st.integers(1951, 2040), st.integers(1, 9), LENGTHS, LENGTHS, LENGTHS)
def test_each_window_sums_to_one_over_the_months_of_a_festival(
    year: int, years: int, before: int, during: int, after: int
) -> None:
    # from September to August every window lies whole inside
    table = FESTIVAL.windows(dt.date(year - 1, 9, 1), 12 * years, before=before, during=during, after=after)
    for window, length in zip(WINDOWS, (before, during, after), strict=True):
        assert table[window].sum() == pytest.approx(years if length else 0)
        assert table[window].is_between(0, 1).all()


@given(LENGTHS, LENGTHS, LENGTHS)
def test_centred_windows_are_no_part_of_the_season(before: int, during: int, after: int) -> None:
    table = FESTIVAL.windows(dt.date(1951, 1, 1), 12 * 99, before=before, during=during, after=after, centred=True)
    # the years 1950 and 2050 are in the means and not in the span
    by_month = table.group_by(pl.col("time_period").dt.month()).agg(pl.col(WINDOWS).mean())
    assert by_month.select(pl.col(WINDOWS).abs().max()).max_horizontal().item() < 0.02
    plain = FESTIVAL.windows(dt.date(1951, 1, 1), 12 * 99, before=before, during=during, after=after)
    shift = (plain.select(WINDOWS) - table.select(WINDOWS)).with_columns(month=plain["time_period"].dt.month())
    assert shift.with_columns(pl.col(WINDOWS).round(12)).unique().height <= 12


def test_what_no_festival_of_the_register_covers_is_refused() -> None:
    with pytest.raises(CoverageError, match=r"1949-12 lies outside 1950 to 2050, the years of spring_festival\.csv"):
        FESTIVAL.windows(dt.date(1949, 12, 1), 24, before=0, during=7, after=0)
    with pytest.raises(CoverageError, match="2050-12"):
        FESTIVAL.windows(dt.date(2050, 1, 1), 12, before=20, during=7, after=0)
    with pytest.raises(ParameterError, match="-1, 7 and 0 days over 12 months"):
        FESTIVAL.windows(dt.date(2020, 1, 1), 12, before=-1, during=7, after=0)
    assert FESTIVAL.windows(dt.date(2020, 1, 1), 0, before=1, during=1, after=1).is_empty()


@pytest.mark.parametrize("rows", ["2020,2020-01-25\n2022,2022-02-01", "2020,2020-01-25\n2021,2022-02-12"])
def test_a_register_with_a_gap_or_a_slip_is_refused(rows: str, tmp_path: Path) -> None:
    (tmp_path / "spring_festival.csv").write_text(f"year,first_day\n{rows}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"spring_festival\.csv breaks off before 202[12] or dates its festival"):
        SpringFestival.of(read_registers(tmp_path))
