"""The closures desk: what the counterfactual may know, the sheet, losses of a port that was shut, refusals."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import PeriodError
from analysis.core.periods import Edition, month_span
from analysis.core.sampling import Sampling
from analysis.desks.closures import ClosureImpact, closure_impact
from analysis.desks.closures.sheet import port_months, reopenings
from analysis.estimates.counterfactual import before, counterfactual
from tests.desks.region.test_region import tonnes
from tests.desks.trade.ledgers import known_by, line
from tests.evidence import bundled

CLOSURE, REOPENING = month_span("2020-01", "2022-12"), dt.date(2022, 4, 28)
DAY = dt.date(2025, 12, 31)


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
                          reopening=REOPENING, draws=200)  # fmt: skip


def test_the_counterfactual_knows_no_period_after_the_closure_and_no_closure():
    earlier = before(bundled().known(dt.date(2025, 12, 31)), CLOSURE[0])
    assert earlier.statements["period_end"].max() < CLOSURE[0]
    share = earlier.evidence.calendars.open_share("dulata", "road", dt.date(2021, 1, 1), dt.date(2021, 1, 31),
                                                  as_of=earlier.as_of)  # fmt: skip
    assert share.filter(pl.col("share_open") < 1).is_empty()


def test_statements_about_the_time_after_do_not_move_the_counterfactual():
    """Neither the collapse nor its absence is known to it."""
    other = [each.replace(",36000.0,", ",720000.0,").replace("3.6万吨", "72.0万吨") for each in lines()]
    paths = [
        counterfactual(known_by(*each, day=DAY), series=["dulata.freight_tonnes.total.road"], closure=CLOSURE[0],
                       months=(dt.date(2014, 1, 1), dt.date(2023, 12, 1)), sampling=Sampling(draws=50))
        .paths["dulata.freight_tonnes.total.road"].year(2021)
        for each in (lines(), other)
    ]  # fmt: skip
    assert paths[0] == pytest.approx(paths[1])


def test_a_port_that_fell_to_a_tenth_lost_it(impact):
    """360 kt a year would have passed, 36 kt did: 972 kt in three years."""
    dulata = next(each for each in impact.ports if each.name == "dulata")
    lower, median, upper = np.quantile(dulata.loss.total, [0.1, 0.5, 0.9])
    assert lower < 972e3 < upper
    assert dulata.loss.verdict == "lost"
    assert median == pytest.approx(972e3, rel=0.35)


def test_trade_that_did_not_change_cannot_be_called_lost(impact):
    lower, upper = np.quantile(impact.trade.loss.total, [0.1, 0.9])
    assert lower < 0 < upper
    assert impact.trade.loss.verdict == "untold"


def test_a_port_without_a_level_before_says_so(impact):
    irkeshtam = next(each for each in impact.ports if each.name == "irkeshtam")
    assert irkeshtam.loss is None
    assert irkeshtam.reason.code == "no_level_before"


def test_the_probabilities_of_close_to_2019_add_up(impact):
    assert sum(impact.close_to) == pytest.approx(1)


def test_the_synthetic_control_mixes_the_rail_ports(impact):
    assert set(impact.opinion.donors) == {"horgos", "alashankou"}
    assert impact.opinion.synthetic.weights.sum() == pytest.approx(1)
    assert impact.opinion.share_lost == pytest.approx(0.9, abs=0.05)


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
