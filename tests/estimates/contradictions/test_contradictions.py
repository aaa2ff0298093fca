"""Hand examples: small ledgers that do and do not contradict themselves."""

import pytest

from tests.desks.audit.ledgers import contradicting, growth, line

VALUE = {"indicator": "trade_value_cny", "unit": "CNY"}
FULL_YEAR = {"period_start": "2021-01-01", "period_end": "2021-12-31"}
LAST_YEAR = {"period_start": "2021-01-01", "period_end": "2021-09-30"}


def kinds(*lines: str) -> list[str]:
    return contradicting(lines)["kind"].to_list()


def test_parts_that_add_up_within_their_rounding_are_no_contradiction() -> None:
    # 14.671 + 2.909 = 17.580, published as 17.58
    total = line("t", 17_580_000, "1758万吨")
    exports = line("e", 2_909_000, "290.9万吨", flow="export")
    assert kinds(line("i", 14_671_000, "1467.1万吨", flow="import"), exports, total) == []
    assert kinds(line("i", 14_700_000, "1470.0万吨", flow="import"), exports, total) == ["parts"]


def test_parts_of_value_leave_no_room_and_no_gap() -> None:
    parts = (line("i", 10e8, "10.0亿元", flow="import", **VALUE), line("e", 5e8, "5.0亿元", flow="export", **VALUE))
    assert kinds(*parts, line("t", 16e8, "16.0亿元", **VALUE)) == ["parts"]
    assert kinds(*parts, line("t", 15.1e8, "15.1亿元", **VALUE)) == []


def test_parts_of_wagons_may_stay_below_their_total_but_not_exceed_it() -> None:
    wagons = {"indicator": "wagons", "unit": "wagons"}
    parts = (line("i", 301, "301", flow="import", **wagons), line("e", 201, "201", flow="export", **wagons))
    assert kinds(*parts, line("t", 701, "701", **wagons)) == []
    assert kinds(*parts, line("t", 401, "401", **wagons)) == ["parts"]


def test_transit_at_irkeshtam_is_a_part_of_the_total() -> None:
    # January-November 2013: imports 2.64, exports 37.4, transit 6.3689 and total 46.4, all in 10,000 tonnes
    here = {"place": "irkeshtam", "mode": "road"}
    parts = (
        line("i", 26_400, "2.64万吨", flow="import", **here),
        line("e", 374_000, "37.4万吨", flow="export", **here),
        line("t", 464_000, "46.4万吨", **here),
    )
    assert kinds(*parts) == []
    assert kinds(*parts, line("x", 63_689, "63689吨", flow="transit", **here)) == []
    assert kinds(*parts, line("x", 20_000, "2.00万吨", flow="transit", **here)) == ["parts"]


def test_a_group_of_ports_has_what_its_ports_have() -> None:
    group = {"indicator": "trains", "unit": "trains"}
    ports = (line("h", 4652, "4652", place="horgos", **group), line("a", 5027, "5027", place="alashankou", **group))
    assert kinds(*ports, line("b", 9679, "9679", place="horgos_alashankou", **group)) == []
    assert kinds(*ports, line("b", 9702, "9702", place="horgos_alashankou", **group)) == ["parts"]


def test_road_and_rail_do_not_exceed_all_modes() -> None:
    modes = (line("r", 300_000, "30.0万吨"), line("o", 200_000, "20.0万吨", mode="road"))
    assert kinds(*modes, line("a", 490_000, "49.0万吨", mode="all")) == ["parts"]
    assert kinds(*modes, line("a", 900_000, "90.0万吨", mode="all")) == []


def test_exports_by_rail_are_part_of_the_total_even_where_nothing_else_is_known() -> None:
    exports = line("e", 5_594_000, "559.4万吨", flow="export")
    assert kinds(exports, line("t", 1_720_000, "172万吨", mode="all")) == ["parts"]
    assert kinds(exports, line("t", 1_720_000, "172万吨", mode="road")) == []


def test_a_cumulative_that_falls_within_a_year_is_a_contradiction() -> None:
    early = line("a", 500_000, "50.0万吨", period_end="2022-06-30")
    assert kinds(early, line("b", 490_000, "49.0万吨")) == ["periods"]
    assert kinds(early, line("b", 499_900, "50万吨")) == []


TRAINS = {"indicator": "trains", "unit": "trains", "period_start": "2022-01-01"}


def test_a_milestone_leaves_a_days_flow_to_both_sides() -> None:
    # the 3,000th train on day 120, 25 a day: 3,020 by then is possible, 3,060 is not, nor are 3,060 the day before
    passed = line("m", 3000, "3000列", relation="milestone", period_end="2022-04-30", **TRAINS)
    for trains, found in ((3020, []), (2980, []), (3060, ["same figure"]), (2940, ["same figure"])):
        counted = line("c", trains, f"{trains}.0列", period_end="2022-04-30", **TRAINS)
        assert kinds(passed, counted) == found, trains
    before = line("c", 3060, "3060.0列", period_end="2022-04-29", **TRAINS)
    assert kinds(passed, before) == ["periods"]


def test_over_27_a_day_and_the_8000th_train_on_day_300_are_one_count() -> None:
    # 8,000 / 300 = 26.7, rounded before it was called over; 28 a day would be 8,250 at least
    passed = line("m", 8000, "8000列", relation="milestone", period_end="2022-10-27", **TRAINS)
    average = {"measure": "daily_average", "relation": "gt", "period_end": "2022-10-27"} | TRAINS
    assert kinds(passed, line("a", 27, "超27列", **average)) == []
    assert kinds(passed, line("a", 28, "超28列", **average)) == ["periods"]


def test_the_two_millions_of_irkeshtam_nearly_exclude_each_other() -> None:
    # over 1 million to 31 October 2023; passed on 2 November, so at most a day's 3.3 kt above it two days later
    here = {"place": "irkeshtam", "mode": "road", "period_start": "2023-01-01"}
    october = line("o", 1_000_000, "100万吨", relation="gt", period_end="2023-10-31", **here)
    november = line("n", 1_000_000, "100万吨", relation="milestone", period_end="2023-11-02", **here)
    assert kinds(october, november) == []
    days = {"period_start": "2023-11-01", "period_end": "2023-11-02"}
    assert kinds(october, november, line("d", 6_600, "6600吨", **here | days)) == ["periods"]


def test_spans_that_overlap_or_cut_a_month_are_judged_by_what_they_share() -> None:
    # to 15 June 40, 16 June to 30 September 20: the nine months have 60, whatever June was
    halves = (
        line("a", 400_000, "40.0万吨", period_end="2022-06-15"),
        line("b", 200_000, "20.0万吨", period_start="2022-06-16"),
    )
    assert kinds(*halves, line("c", 600_000, "60.0万吨")) == []
    assert kinds(*halves, line("c", 650_000, "65.0万吨")) == ["periods"]
    assert kinds(*halves, line("c", 650_000, "65.0万吨", period_end="2022-09-30", period_start="2022-06-01")) == [
        "periods"
    ]


def test_a_daily_average_counts_every_day_of_its_span() -> None:
    # 17 a day over 273 days: between 4504.5 and 4777.5 trains
    trains = {"indicator": "trains"}
    daily = line("d", 17, "17", measure="daily_average", unit="trains/day", **trains)
    assert kinds(daily, line("l", 4600, "4600列", unit="trains", **trains)) == []
    assert kinds(daily, line("l", 4900, "4900列", unit="trains", **trains)) == ["periods"]


@pytest.mark.parametrize(
    "one,two,expected",
    [
        (line("a", 464_000, "46.4万吨"), line("b", 465_000, "46.5万吨"), []),  # they touch at 46.45
        (line("a", 464_000, "46.4万吨"), line("b", 466_000, "46.6万吨"), ["same figure"]),
        (line("a", 464_000, "46.4万吨"), line("b", 460_000, "约46万吨", relation="approx"), []),
        (line("a", 464_000, "46.4万吨"), line("b", 500_000, "超50万吨", relation="gt"), ["same figure"]),
        (line("a", 464_000, "46.4万吨"), line("b", 400_000, "超40万吨", relation="gt"), []),
        (line("a", 464_000, "46.4万吨"), line("b", 400_000, "不足40万吨", relation="lt"), ["same figure"]),
        (line("a", 464_000, "46.4万吨"), line("b", 900_000, "90万吨", measure="expected"), []),
        (growth("a", 0.30), growth("b", 0.32), ["same figure"]),
        (growth("a", 0.300), growth("b", 0.301), []),
    ],
)
def test_two_figures_of_one_period_contradict_each_other_only_beyond_rounding(
    one: str, two: str, expected: list[str]
) -> None:
    assert kinds(one, two) == expected


@pytest.mark.parametrize("base,expected", [(444e8, ["base revision"]), (425e8, [])])
def test_a_base_beyond_a_usual_revision_is_a_contradiction(base: float, expected: list[str]) -> None:
    now = (line("l", 636.9e8, "636.9亿", **VALUE), growth("g", 0.514, indicator="trade_value_cny"))
    assert kinds(*now, line("b", base, f"{base / 1e8}亿", **VALUE | LAST_YEAR)) == expected


def test_a_base_may_be_known_from_its_parts_or_from_a_longer_span() -> None:
    now = (line("l", 636.9e8, "636.9亿", **VALUE), growth("g", 0.514, indicator="trade_value_cny"))
    parts = (
        line("i", 62e8, "62.0亿", flow="import", **VALUE | LAST_YEAR),
        line("e", 382e8, "382.0亿", flow="export", **VALUE | LAST_YEAR),
    )
    assert kinds(*now, *parts) == ["base revision"]
    assert kinds(*now, line("y", 300e8, "300.0亿", **VALUE | FULL_YEAR)) == ["base revision"]
    assert kinds(*now, line("y", 600e8, "600.0亿", **VALUE | FULL_YEAR)) == []


def test_a_total_cannot_grow_faster_than_both_of_its_parts() -> None:
    parts = (
        growth("i", 0.10, flow="import", indicator="trade_value_cny"),
        growth("e", 0.20, flow="export", indicator="trade_value_cny"),
    )
    for level in ((), (line("l", 5e8, "5.0亿元", **VALUE),)):
        assert kinds(*parts, growth("t", 0.15, indicator="trade_value_cny"), *level) == []
        assert kinds(*parts, growth("t", 0.25, indicator="trade_value_cny"), *level) == ["bases"]


def test_growth_at_constant_prices_says_nothing_about_nominal_levels() -> None:
    product = {"indicator": "gdp_cny", "mode": "all"}
    level = line("l", 110e8, "110.0亿元", unit="CNY", **product)
    base = line("b", 100e8, "100.0亿元", unit="CNY", **product | LAST_YEAR)
    assert kinds(level, base, growth("g", 0.04, **product)) == []
    assert kinds(level, line("y", 90e8, "90.0亿元", unit="CNY", **product | {"period_end": "2022-12-31"})) == [
        "periods"
    ]


def test_the_smallest_set_is_reported() -> None:
    # 44.4 is the sum of two parts, which contradict the growth too, but the total does so alone
    now = (line("l", 636.9e8, "636.9亿", **VALUE), growth("g", 0.514, indicator="trade_value_cny"))
    base = (
        line("i", 62.4e8, "62.40亿", flow="import", **VALUE | LAST_YEAR),
        line("e", 381.5e8, "381.50亿", flow="export", **VALUE | LAST_YEAR),
        line("b", 444e8, "444亿", **VALUE | LAST_YEAR),
    )
    assert contradicting([*now, *base])["statement_ids"].to_list() == ["b;g;l"]


def test_contradictions_are_reported_one_by_one() -> None:
    lines = [
        line("a", 500_000, "50.0万吨", period_end="2022-06-30"),
        line("b", 490_000, "49.0万吨"),
        line("c", 300_000, "30.0万吨", period_end="2022-03-31"),
        line("d", 280_000, "28.0万吨", period_end="2022-04-30"),
    ]
    assert sorted(contradicting(lines)["statement_ids"]) == ["a;b", "c;d"]


def test_the_order_of_the_rows_is_irrelevant() -> None:
    lines = [
        line("i", 14_700_000, "1470.0万吨", flow="import"),
        line("e", 2_909_000, "290.9万吨", flow="export"),
        line("t", 17_580_000, "1758万吨"),
        line("u", 17_000_000, "1700.0万吨", period_end="2022-12-31"),
    ]
    found = [contradicting(order) for order in (lines, lines[::-1], lines[2:] + lines[:2])]
    assert not found[0].is_empty()
    assert all(found[0].equals(other) for other in found[1:])


def test_many_families_at_once_hide_no_contradiction_of_one() -> None:
    ports = [f"port{i}" for i in range(40)]
    lines = [line(f"{port}{n}", 1e5 * n + 1, f"{100_000 * n + 1}", place=port, period_end=end)
             for port in ports for n, end in ((1, "2022-06-30"), (2, "2022-12-31"))]  # fmt: skip
    assert contradicting(lines).is_empty()
    wrong = line("wrong", 150_001, "150001", place="port7", period_end="2022-03-31")
    assert contradicting([*lines, wrong])["statement_ids"].to_list() == ["port71;wrong"]
    alone = [growth(name, rate, place="silent", flow=flow, indicator="trade_value_cny")
             for name, rate, flow in (("i", 0.1, "import"), ("e", 0.2, "export"), ("t", 0.25, "total"))]  # fmt: skip
    assert contradicting([*lines, *alone])["statement_ids"].to_list() == ["e;i;t"]
