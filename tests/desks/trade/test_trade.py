"""The trade desk: printed and implied growth by hand, mirror flows brought to the same days, unit values, refusals."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import EvidenceError, ParameterError
from analysis.core.periods import Edition, month_span
from analysis.desks.trade import TradeGrowth, trade_growth
from analysis.desks.trade.figures import stated_facts
from analysis.desks.trade.mirrored import mirrored_flows
from analysis.desks.trade.printed import printed
from analysis.desks.trade.unit_values import unit_values
from tests.desks.trade.ledgers import known_by, line, rate
from tests.evidence import bundled

XJ = "xinjiang.trade_value_cny.total.all"
Q1_22, Q1_21 = ("2022-01-01", "2022-03-31"), ("2021-01-01", "2021-03-31")
Y24, TO_NOV_24, Q1_24 = ("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-11-30"), ("2024-01-01", "2024-03-31")
CLOSE_UP = month_span("2022-01", "2022-03")


@pytest.fixture(scope="module")
def of_april() -> TradeGrowth:
    """The edition of April 2022, whose newest figure is that of the first quarter."""
    known = bundled().known(dt.date(2022, 4, 30))
    return trade_growth(known, place="xinjiang", edition=Edition.of("2022-04"), close_up=CLOSE_UP)


def test_a_rate_without_last_years_level_implies_it():
    """37.83 billion at +34.9%: 28.029 to 28.057 billion in the first quarter of 2021."""
    known = known_by(line("a", XJ, Q1_22, 37.83e9, "378.3亿元"), rate("b", XJ, Q1_22, 0.349))
    (one,) = printed(stated_facts(known))
    assert one.implied == pytest.approx((28.029e9, 28.0430e9, 28.057e9), abs=5e5)
    assert (one.by_levels, one.verdict, one.ids) == (None, None, ["a", "b"])


def test_printed_and_implied_growth_stand_beside_each_other():
    """44.4 after 23.82 billion is +86.4%; printed +86.4% agrees, +70% contradicts."""
    levels = (line("a", XJ, Q1_22, 44.4e9, "444亿元"), line("b", XJ, Q1_21, 23.82e9, "238.2亿元"))
    for growth, verdict in ((0.864, "agrees"), (0.70, "contradicts")):
        last = printed(stated_facts(known_by(*levels, rate("c", XJ, Q1_22, growth))))[-1]
        assert last.by_levels is not None
        assert last.by_levels.value == pytest.approx(44.4 / 23.82 - 1)
        assert last.verdict == verdict


def test_what_is_published_later_is_not_known():
    lines = (line("a", XJ, Q1_22, 37.83e9, "378.3亿元"), rate("b", XJ, Q1_22, 0.349))
    assert printed(stated_facts(known_by(*lines, day=dt.date(2025, 11, 30)))) == []


def mirror_lines() -> tuple[str, ...]:
    """Return China's and Kyrgyzstan's figures of 2024 as bne IntelliNews and 24.kg printed them."""
    china, kgz = "china.trade_value_usd.{}.all.kyrgyzstan", "kyrgyzstan.trade_value_usd.{}.all.china"
    return (
        line("a", china.format("total"), Q1_24, 4.82e9, "$4.82bn"),
        line("b", china.format("import"), Q1_24, 22e6, "$22mn"),
        line("c", kgz.format("total"), Q1_24, 1.63e9, "$1.63bn"),
        line("d", kgz.format("export"), Q1_24, 18.8e6, "$18.8mn"),
        line("e", china.format("total"), Y24, 22.7e9, "$22.7 billion"),
        line("f", kgz.format("total"), TO_NOV_24, 5.1e9, "$5.1 billion"),
    )


def test_mirror_flows_of_2024_by_hand():
    """Ratios 2.957 and, of China's exports at FOB, 3.157; the year brought to eleven months 4.08."""
    flows = mirrored_flows(stated_facts(known_by(*mirror_lines())))
    found = {(flow.direction, flow.end): flow for flow in flows}
    total, exports = (found[which, dt.date(2024, 3, 31)] for which in ("total", "export"))
    assert total.asymmetry.as_printed.value == pytest.approx(2.957, abs=1e-3)
    assert exports.asymmetry.valued.value == pytest.approx(3.157, abs=1e-3)
    assert (exports.derived, set(exports.ids)) == (True, {"a", "b", "c", "d"})
    year = found["total", dt.date(2024, 11, 30)]
    assert (year.prorated, year.asymmetry.as_printed.value) == (True, pytest.approx(4.08, abs=1e-2))


def test_spans_of_the_same_days_are_taken_before_others():
    eleven = line("g", "china.trade_value_usd.total.all.kyrgyzstan", TO_NOV_24, 19.863e9, "$19.863 billion")
    flows = mirrored_flows(stated_facts(known_by(*mirror_lines(), eleven)))
    found = [flow for flow in flows if flow.end == dt.date(2024, 11, 30)]
    assert [flow.prorated for flow in found] == [False]
    assert found[0].asymmetry.as_printed.value == pytest.approx(19.863 / 5.1)


def test_half_a_year_is_not_compared_with_a_year():
    short = line("f", "kyrgyzstan.trade_value_usd.total.all.china", ("2024-01-01", "2024-06-30"), 3e9, "$3 billion")
    lines = (line("e", "china.trade_value_usd.total.all.kyrgyzstan", Y24, 22.7e9, "$22.7 billion"), short)
    assert mirrored_flows(stated_facts(known_by(*lines))) == []


def test_value_growth_is_volume_and_price():
    """37.66 billion yuan for 775,500 tonnes, +49.8% and +105%: 48,562 yuan a tonne, 26.9% less than a year before."""
    span = ("2023-01-01", "2023-10-31")
    value, tonnes = "torugart.trade_value_cny.total.road", "torugart.freight_tonnes.total.road"
    (one,) = unit_values(stated_facts(known_by(
        line("a", value, span, 37.66e9, "37.66 billion"), rate("b", value, span, 0.498),
        line("c", tonnes, span, 775500, "775500吨", unit="tonnes"), rate("d", tonnes, span, 1.05),
    )))  # fmt: skip
    assert one.by_tonne.value == pytest.approx(48562, abs=1)
    assert one.price_growth is not None
    assert one.price_growth.value == pytest.approx(1.498 / 2.05 - 1)


def test_the_first_quarter_of_2022_is_the_newest_figure_of_april(of_april):
    newest = of_april.newest
    assert newest.span == (dt.date(2022, 1, 1), dt.date(2022, 3, 31))
    assert (newest.level["value_as_published"], newest.growth["value"]) == ("378.3亿元", 0.349)
    assert newest.implied == pytest.approx((28.029e9, 28.0430e9, 28.057e9), abs=5e5)
    assert set(of_april.close_up["period_end"]) == {dt.date(2022, 3, 31)}


def test_exports_and_imports_add_up_to_growth_in_every_draw():
    """Of medians only nearly so; the draws are those of one fit (`by_flow` has the identity)."""
    known = bundled().known(dt.date(2023, 11, 30))
    trade = trade_growth(known, place="xinjiang", edition=Edition.of("2023-11"), close_up=CLOSE_UP)
    rows = trade.flows.filter(pl.col("question") == "last_year")
    assert set(rows["flow"]) == {"import", "export"}
    assert rows["median"].sum() == pytest.approx(rows["growth"][0], abs=0.02)


def test_a_partners_share_and_contribution_by_hand():
    """60 of 100 billion; grown by half from 40, on a total of 80: 25 points."""
    span, partner = ("2025-01-01", "2025-09-30"), f"{XJ}.belt_and_road"
    known = known_by(
        line("a", XJ, span, 100e9, "1000亿元"), rate("b", XJ, span, 0.25),
        line("c", partner, span, 60e9, "600亿元"), rate("d", partner, span, 0.5),
    )  # fmt: skip
    trade = trade_growth(known, place="xinjiang", edition=Edition.of("2025-12"), close_up=CLOSE_UP)
    (one,) = trade.partners
    assert (one.share.value, one.points.value) == (pytest.approx(0.6), pytest.approx(0.25))
    assert one.points.low < 0.25 < one.points.high
    assert set(one.ids) == {"a", "b", "c", "d"}


def test_every_statement_named_is_known(of_april):
    assert set(of_april.statement_ids()) <= set(of_april.known.statements["statement_id"])


def test_a_negative_target_is_refused():
    with pytest.raises(ParameterError, match="target of trade is -1"):
        trade_growth(bundled().known(dt.date(2023, 11, 30)), place="xinjiang", edition=Edition.of("2023-11"),
                     close_up=CLOSE_UP, target_cny=-1)  # fmt: skip


def test_a_region_without_trade_is_refused():
    with pytest.raises(EvidenceError, match="No trade of 'atlantis'"):
        trade_growth(bundled().known(dt.date(2023, 11, 30)), place="atlantis", edition=Edition.of("2023-11"),
                     close_up=CLOSE_UP)  # fmt: skip
