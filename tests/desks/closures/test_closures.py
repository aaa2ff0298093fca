"""The closures desk: losses against the year before and its growth, the sheet, refusals."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import PeriodError
from analysis.core.periods import Edition, month_range, month_span
from analysis.desks.closures import ClosureImpact, closure_impact, measure
from analysis.desks.closures.impact import is_narrow
from analysis.desks.closures.sheet import port_months, reopenings
from tests.desks.region.test_region import tonnes
from tests.desks.trade.ledgers import known_by, line
from tests.evidence import bundled

CLOSURE, REOPENING = month_span("2020-01", "2022-12"), dt.date(2022, 4, 28)
DAY = dt.date(2025, 12, 31)
MONTHS = month_range(dt.date(2014, 1, 1), dt.date(2023, 12, 1))
SPAN = dt.date(2020, 1, 1), dt.date(2022, 12, 1), dt.date(2023, 12, 1)


def lines() -> list[str]:
    """Return a road port that fell to a tenth in 2020 to 2022, two rail ports that did not, and trade."""
    trade = "xinjiang.trade_value_cny.total.all"
    dulata, total = "dulata.freight_tonnes.total.road", "xinjiang_ports.freight_tonnes.total.all"
    found = [tonnes(f"d{year}", dulata, year, 360e3 if year < 2020 else 36e3) for year in range(2014, 2023)]
    for year in range(2014, 2024):
        found += [
            tonnes(f"h{year}", "horgos.freight_tonnes.total.rail", year, 6e6),
            tonnes(f"a{year}", "alashankou.freight_tonnes.total.rail", year, 12e6),
            line(f"x{year}", trade, (f"{year}-01-01", f"{year}-12-31"), 150e9, "1500亿元"),
        ]
    return [*found, tonnes("t2023", total, 2023, 60e6), tonnes("k", "irkeshtam.freight_tonnes.total.road", 2023, 1e6)]


@pytest.fixture(scope="module")
def impact() -> ClosureImpact:
    known = known_by(*lines(), day=DAY)
    return closure_impact(known, place="xinjiang", edition=Edition.of("2023-12", "2025-12-31"), closure=CLOSURE,
                          reopening=REOPENING)  # fmt: skip


def steady(level: float = 10.0, draws: int = 200, noise: float = 0.0) -> np.ndarray:
    """Return draws of a flow that is the same in every month, up to noise that is common to a year."""
    rng = np.random.default_rng(2)
    return level * np.exp(np.repeat(rng.normal(0, noise, (draws, len(MONTHS) // 12)), 12, axis=1))


def test_a_flow_that_halves_for_three_years_by_hand():
    """10 a month before, 5 from 2020 to 2022, 10 again: 60 a year and 180 in all did not pass; month 37 is back."""
    flows = steady()
    flows[:, [month.year in (2020, 2021, 2022) for month in MONTHS]] = 5
    found = measure("gate", "tonnes", flows, MONTHS, SPAN, growth=False, seed=1)
    assert {year: each.total[0] for year, each in found.by_year.items()} == {2020: 60, 2021: 60, 2022: 60}
    assert found.closed.total.tolist() == [180.0] * 200
    assert found.closed.share[0] == 0.5
    assert found.since.months_to_recover() == (37, 37, 37)
    assert found.years.row(by_predicate=pl.col("year") == 2021, named=True)["median"] == 60
    assert (found.expected, found.grown, found.grown_by_year) == (None, None, {})


def test_growth_by_a_tenth_a_year_goes_on():
    """A flow that grows by 10% a year without noise would have grown on to 132, 145.2 and 159.72 of 120 in 2019."""
    flows = np.tile([10 * 1.1 ** (month.year - 2019) for month in MONTHS], (50, 1))
    found = measure("gate", "tonnes", flows, MONTHS, SPAN, growth=True, seed=1)
    assert found.expected == pytest.approx(np.tile([132, 145.2, 159.72], (50, 1)))
    assert found.grown.total == pytest.approx(0, abs=1e-9)


def test_a_flow_without_a_closure_is_seldom_called():
    """A random walk by year: one flow in ten is expected to be called; 3 to 24 of 120 are, in 998 of 1,000 trials."""
    called = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        walk = np.repeat(np.cumsum(rng.normal(0, 0.2, len(MONTHS) // 12)), 12)
        flows = np.tile(np.exp(walk), (200, 1))
        called += measure("gate", "1", flows, MONTHS, SPAN, growth=True, seed=1).grown.verdict != "untold"
    assert 3 <= called <= 24


def test_a_yardstick_with_a_wide_interval_allows_no_number():
    """Of a normal distribution in logs the 80% ratio is exp(2.563 sd): 1.9 at 0.25, 4.7 at 0.6."""
    for spread, measurable in ((0.25, True), (0.6, False)):
        flows = steady(draws=2000, noise=spread)
        found = measure("gate", "tonnes", flows, MONTHS, SPAN, growth=True, seed=1)
        assert found.is_measurable is measurable
    assert not is_narrow(np.array([0.0, 0.0, 1.0, 1.0]))


def test_a_flow_with_a_year_of_nothing_before_is_not_carried_on():
    flows = steady()
    flows[:, [month.year == 2017 for month in MONTHS]] = 0
    assert measure("gate", "tonnes", flows, MONTHS, SPAN, growth=True, seed=1).grown is None


def test_an_edition_during_the_closures_ends_with_its_month():
    until = dt.date(2021, 6, 1)
    found = measure("gate", "tonnes", steady(), MONTHS, (SPAN[0], SPAN[1], until), growth=True, seed=1)
    assert list(found.by_year) == [2020, 2021]
    assert found.closed.months == 18
    assert found.years["year"].max() == 2020


def test_a_port_that_fell_to_a_tenth_lost_it(impact):
    """360 kt in 2019; 36 kt in 2020 and 2022, nothing in 2021, as the calendar has it closed: 1,008 kt less."""
    dulata = next(each for each in impact.ports if each.name == "dulata")
    assert np.median(dulata.closed.total) == pytest.approx(1008e3, rel=0.02)
    assert np.median(dulata.by_year[2020].share) == pytest.approx(0.9, abs=0.01)
    assert dulata.closed.verdict == "lost"
    assert dulata.is_measurable


def test_trade_that_did_not_change_cannot_be_called_lost(impact):
    assert impact.trade.grown.verdict == "untold"
    assert np.median(impact.trade.closed.share) == pytest.approx(0, abs=0.01)


def test_a_port_without_a_figure_before_gets_no_number(impact):
    irkeshtam = next(each for each in impact.ports if each.name == "irkeshtam")
    assert not irkeshtam.is_measurable


def test_the_ports_add_up_draw_by_draw(impact):
    """With those that have no figure of their own."""
    parts = impact.flows.parts
    others = ((parts["mode"] == "road") & parts["place"].str.starts_with("other_")).to_numpy()
    rest = measure("others", "tonnes", impact.flows.months()[:, others].sum(axis=1), impact.flows.total.months,
                   (*CLOSURE[:1], dt.date(2022, 12, 1), impact.edition), growth=False, seed=1)  # fmt: skip
    summed = np.sum([each.closed.total for each in (*impact.ports, rest)], axis=0)
    assert summed == pytest.approx(impact.together.closed.total)


def test_the_probabilities_of_close_to_2019_add_up(impact):
    assert sum(impact.close_to) == pytest.approx(1)


def test_statements_behind_are_of_road_freight_and_the_years_compared(impact):
    assert set(impact.behind("dulata")) == {"d2019", "d2020", "d2021", "d2022"}
    assert set(impact.behind_trade()) == {"x2019", "x2020", "x2021", "x2022"}


def test_the_synthetic_control_mixes_the_rail_ports(impact):
    assert set(impact.opinion.donors) == {"horgos", "alashankou"}
    assert impact.opinion.synthetic.weights.sum() == pytest.approx(1)


def test_the_sheet_of_laoyemiao():
    """Closed from 10 February 2020 to 27 April 2022: February 2020 counts as closed, April 2022 too, May does not."""
    sheet = port_months(bundled().known(dt.date(2025, 12, 31)), "xinjiang", dt.date(2020, 1, 1), dt.date(2022, 12, 1))
    own = dict(sheet.filter(pl.col("port") == "laoyemiao").select("month", "state").iter_rows())
    assert own[dt.date(2021, 6, 1)] == "closed"
    assert own[dt.date(2022, 4, 1)] == "closed"
    assert len(own) == 36


def test_the_reopening_ends_with_laoyemiao():
    found = reopenings(bundled().known(dt.date(2025, 12, 31)), "xinjiang", REOPENING)
    ended = found.filter(pl.col("closed_to").is_not_null())
    assert "laoyemiao" in ended.filter(pl.col("closed_to") == ended["closed_to"].max())["port"]


def test_an_edition_before_the_closure_is_refused():
    with pytest.raises(PeriodError, match="lies before the closure"):
        closure_impact(bundled().known(dt.date(2019, 11, 30)), place="xinjiang", edition=Edition.of("2019-11"),
                       closure=CLOSURE, reopening=REOPENING)  # fmt: skip
