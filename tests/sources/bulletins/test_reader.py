"""Bulletins to rows: each construction in sentences made for the tests, and the facts of a real one."""

import datetime as dt
from functools import cache

import pytest

from analysis.runtime.folders import data_folder
from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.reader import read
from analysis.sources.bulletins.rows import Found, Why
from analysis.sources.bulletins.text import Bulletin, language_of
from analysis.sources.evidence import read_registers


@cache
def names() -> Names:
    return Names.of(read_registers(data_folder()))


def rows(text: str, published: str = "2024-08-12", *, title: str = "", publisher: str = "", place: str = "") -> Found:
    return read(Bulletin("x", publisher, dt.date.fromisoformat(published), text, title, place=place), names())


def told(text: str, *columns: str, **how: str) -> list[tuple[object, ...]]:
    """Return some columns of the rows of a text."""
    return [
        tuple(str(getattr(row, name)) if "period" in name else getattr(row, name) for name in columns)
        for row in rows(text, **how).proposals
    ]


def test_the_irkeshtam_bulletin_of_august_2024_gives_its_four_rows():
    """Facts of the notice of Wuqia county, xjwqx.gov.cn, August 2024."""
    text = "今年1月至7月，伊尔克什坦海关共监管进出境货物93.02万吨，同比增加49.2%；进出境运输工具84523辆，同比增加35%。"
    assert told(text, "series_id", "period_start", "period_end", "measure", "relation", "value") == [
        ("irkeshtam.freight_tonnes.total.road", "2024-01-01", "2024-07-31", "level", "eq", 930200),
        ("irkeshtam.freight_tonnes.total.road", "2024-01-01", "2024-07-31", "yoy_growth", "eq", 0.492),
        ("irkeshtam.vehicles.total.road", "2024-01-01", "2024-07-31", "level", "eq", 84523),
        ("irkeshtam.vehicles.total.road", "2024-01-01", "2024-07-31", "yoy_growth", "eq", 0.35),
    ]


@pytest.mark.parametrize(
    "text,expected",
    [
        (
            "前7月吐尔尕特口岸货运量52万吨、贸易额30亿元，同比分别增长20%和10%。",
            [("freight_tonnes", 520000), ("trade_value_cny", 3e9), ("freight_tonnes", 0.2), ("trade_value_cny", 0.1)],
        ),
        ("前7月吐尔尕特口岸货运量和贸易额同比分别增长20%和10%。", [("freight_tonnes", 0.2), ("trade_value_cny", 0.1)]),
        (
            "前7月吐尔尕特口岸出入境人员9万人次，车辆7万辆次，两项同比均增长约80%。",
            [("persons", 90000), ("vehicles", 70000), ("persons", 0.8), ("vehicles", 0.8)],
        ),
        (
            "In the first half Horgos handled 900 trains and 80,000 TEUs, up 8 percent and 19 percent respectively.",
            [("trains", 900), ("teu", 80000), ("trains", 0.08), ("teu", 0.19)],
        ),
    ],
)
def test_pairs_are_in_order(text, expected):
    assert told(text, "indicator", "value") == expected


@pytest.mark.parametrize(
    "words,value,relation",
    [
        ("增长1.3倍", 1.3, "eq"),
        ("是去年同期的3.4倍", 2.4, "eq"),
        ("翻一番", 1.0, "eq"),
        ("下降超两成", -0.2, "lt"),
        ("同比持平", 0.0, "eq"),
        ("增长近四成", 0.4, "approx"),
        ("同比增长5%以上", 0.05, "gt"),
        ("减少百分之三点五", -0.035, "eq"),
    ],
)
def test_growth_has_its_sign_its_base_and_its_relation(words, value, relation):
    text = f"今年前7个月，伊尔克什坦口岸货运量90万吨，{words}。"
    assert told(text, "measure", "value", "relation")[1:] == [("yoy_growth", pytest.approx(value), relation)]


@pytest.mark.parametrize(
    "text,measure",
    [
        ("5月当月霍尔果斯口岸货运量30万吨，环比增长4%。", "mom_growth"),
        ("前7月霍尔果斯口岸货运量比2019年同期增长4%。", "growth_vs_2019"),
        ("“十四五”期间霍尔果斯口岸货运量比“十三五”期间增长4%。", "growth_vs_prev_plan"),
        ("In June Laredo's trade was up 4 percent from May.", "mom_growth"),
    ],
)
def test_growth_is_told_against_its_base(text, measure):
    assert told(text, "measure", published="2026-08-12")[-1] == (measure,)


@pytest.mark.parametrize(
    "text,measure,unit",
    [
        ("今年以来伊尔克什坦口岸日均通行货车450辆。", "daily_average", "vehicles/day"),
        ("今年前4个月霍尔果斯口岸月均过货45万吨。", "monthly_average", "tonne/month"),
        ("7月2日霍尔果斯口岸单日通行旅客9000人次。", "daily_peak", "persons"),
        ("预计全年霍尔果斯口岸货运量突破4000万吨。", "expected", "tonnes"),
        ("今年霍尔果斯口岸力争货运量4000万吨。", "target", "tonnes"),
    ],
)
def test_the_measure_is_in_the_words_beside_a_figure(text, measure, unit):
    assert told(text, "measure", "unit") == [(measure, unit)]


def test_road_and_rail_of_one_sentence_keep_their_modes():
    text = "前5月，阿拉山口铁路口岸进口400万吨，公路口岸进口4万吨。"
    assert told(text, "mode", "flow", "value") == [("rail", "import", 4e6), ("road", "import", 40000)]


def test_an_aside_does_not_change_the_span():
    text = "今年前7个月霍尔果斯口岸货运量2000万吨(2023年为3800万吨)，同比增长4%。"
    assert told(text, "period_end") == [("2024-07-31",), ("2023-12-31",), ("2024-07-31",)]


def test_an_as_of_day_holds_for_this_year_in_its_sentence():
    text = "截至6月4日，伊尔克什坦口岸今年累计验放出入境人员突破10.9万人次。"
    assert told(text, "period_start", "period_end", "relation") == [("2024-01-01", "2024-06-04", "gt")]


def test_partners_and_shares_of_trade():
    text = "上半年新疆对哈萨克斯坦、吉尔吉斯斯坦进出口分别增长7%、32%。对中亚五国进出口1196亿元，占全区的70%。"
    assert told(text, "indicator", "partner", "value") == [
        ("trade_value_cny", "kazakhstan", 0.07),
        ("trade_value_cny", "kyrgyzstan", 0.32),
        ("trade_value_cny", "central_asia5", 1.196e11),
        ("share_of_xinjiang_trade", "central_asia5", 0.7),
    ]


def test_an_english_base_level_is_a_row_of_its_year():
    text = "Laredo processed 860,000 trucks in fiscal 2014, 3.4 percent above the 835,000 of a year ago."
    assert told(text, "period_start", "value") == [
        ("2013-10-01", 860000),
        ("2013-10-01", 0.034),
        ("2012-10-01", 835000),
    ]


@pytest.mark.parametrize(
    "text,why",
    [
        ("今年前7个月霍尔果斯口岸货运量同比增加28万吨。", Why.DIFFERENCE),
        ("今年前7个月货运量28万吨。", Why.NO_PLACE),
        ("霍尔果斯口岸货运量28万吨。", Why.NO_PERIOD),
        ("今年前7个月霍尔果斯、巴克图口岸货运量28万吨。", Why.SEVERAL_PLACES),
        ("今年前7个月霍尔果斯口岸通关效率提高80%。", Why.NO_FLOW),
        ("In the first half Xinjiang's trade was 20 billion yuan (about 2.81 billion U.S. dollars).", Why.CONVERTED),
    ],
)
def test_a_figure_that_is_no_row_says_why(text, why):
    assert why in [figure.why for figure in rows(text).left_out]


@pytest.mark.parametrize(
    "text",
    [
        "口岸距县城150公里，海拔2950米，每天8时30分开关，12名民警上岗。",
        "自9月1日起，通关排队不超过30分钟，监督电话12367。",
        "Torugart will close from October 1 to 6; the road is 227 km long and costs $76 million.",
    ],
)
def test_a_notice_gives_no_row(text):
    assert rows(text, title="伊尔克什坦口岸").proposals == []


def test_the_title_and_the_publisher_say_what_the_text_does_not():
    found = rows("出入境人员9万人次，同比增长8%。", title="上半年吐尔尕特口岸客流", publisher="克州日报")
    assert [(row.place, str(row.period_end)) for row in found.proposals] == [("torugart", "2024-06-30")] * 2
    assert all("places from title" in row.doubts and row.confidence < 0.98 for row in found.proposals)


def test_a_span_counts_the_characters_of_the_text_as_it_was_given():
    text = "今年１至７月，伊尔克什坦口岸货运量９３．０２万吨。"
    (row,) = rows(text).proposals
    assert text[row.span_start : row.span_end] == row.value_as_published == "９３．０２万吨"


@pytest.mark.parametrize("text,language", [("货运量93万吨", "zh"), ("cargo of 93 tonnes", "en"), ("", "en")])
def test_the_language_is_that_of_most_signs(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text,expected",
    [
        ("上半年，河口口岸出入境人员58.9万人次(去年同期为0.7万人次)。", [("2024-01-01", 589000), ("2023-01-01", 7000)]),
        ("上半年河口口岸货运量9万吨，而2022年同期仅为3万吨。", [("2024-01-01", 90000), ("2022-01-01", 30000)]),
        (
            "Between April and June Dover handled 524,000 lorries (2023: 541,000).",
            [("2024-04-01", 524000), ("2023-04-01", 541000)],
        ),
        (
            "Laredo processed 2,054 trucks in fiscal 2023, a 2.6 percent rise over the 2,002 processed in fiscal 2022.",
            [("2022-10-01", 2054), ("2022-10-01", 0.026), ("2021-10-01", 2002)],
        ),
    ],
)
def test_the_level_of_an_earlier_span_is_a_row_of_it(text, expected):
    assert told(text, "period_start", "value") == expected


@pytest.mark.parametrize(
    "text,places",
    [
        ("前7月，新疆霍尔果斯口岸货运量20万吨，广西友谊关口岸货运量30万吨。", ["horgos", "youyiguan"]),
        ("前7月，霍尔果斯口岸货运量20万吨，瓦古口岸货运量3万吨。", ["horgos"]),
        ("前7月，金水河口岸货运量3万吨。", ["jinshuihe"]),
        ("记者从中国铁路呼和浩特局了解到，前7月二连浩特铁路口岸运量20万吨。", ["erenhot"]),
        ("In the first half the Wagga border crossing handled 3,000 trucks and Horgos 5,000 trucks.", ["horgos"]),
    ],
)
def test_a_name_is_that_of_the_place_and_an_unknown_port_gives_no_row(text, places):
    assert told(text, "place") == [(place,) for place in places]


def test_carriers_of_goods_name_the_mode_of_trade():
    text = (
        "Freight with Canada and Mexico was $136 billion in May 2024. Trucks moved $89.0 billion of freight, up 0.5%; "
        "vessels $9.8 billion, down 10.3%."
    )
    assert told(text, "series_id", "value") == [
        ("us_land_borders.trade_value_usd.total.all", 136e9),
        ("us_land_borders.trade_value_usd.total.road", 89e9),
        ("us_land_borders.trade_value_usd.total.road", 0.005),
        ("us_land_borders.trade_value_usd.total.water", 9.8e9),
        ("us_land_borders.trade_value_usd.total.water", -0.103),
    ]


@pytest.mark.parametrize(
    "text,title,expected",
    [
        ("上半年，中吉双边贸易额达30亿美元。", "", ("kyrgyzstan.trade_value_usd.total.all.china", 3e9)),
        ("Last year bilateral trade rose 34 percent.", "Kazakhstan and China", ("kazakhstan", 0.34)),
        ("By the end of July, 27.4 million tons of coal had been exported through Ganqimaodu.", "", ("export", 27.4e6)),
        ("In June Horgos handled 97,828 TEUs of goods, up 8 percent.", "", ("horgos.teu.total.all", 97828)),
        (
            "In June freight between the U.S. and Mexico was $74.2 billion.",
            "",
            ("us_land_borders.trade_value_usd.total.all.mexico", 74.2e9),
        ),
        ("Coal exports were 18.9 million tons in June.", "Mongolia's coal", ("mongolia.coal_tonnes.export", 18.9e6)),
        ("On June 30 Horgos had 3,400 employees; the number was 571 at Alashankou.", "", ("horgos.jobs", 3400)),
    ],
)
def test_words_of_trade_and_freight_are_read_in_their_context(text, title, expected):
    words, value = expected
    (series_id, found) = told(text, "series_id", "value", title=title)[0]
    assert words in series_id
    assert found == value


def test_growth_on_ordinary_days_gives_no_row():
    text = "今年国庆假期瑞丽口岸出入境旅客12万人次，较平日增长15%。"
    assert told(text, "measure", published="2025-10-09") == [("level",)]


def test_parts_of_a_fiscal_year_begin_with_it():
    spans = [
        told(f"In the first half of fiscal {year} cargo at {place} was 9,000 tonnes.", "period_start", "period_end")
        for place, year in (("Petrapole", "2023-24"), ("Sost", "2022-23"), ("Laredo", "2024"))
    ]
    assert spans == [[("2023-04-01", "2023-09-30")], [("2022-07-01", "2022-12-31")], [("2023-10-01", "2024-03-31")]]


def test_words_right_behind_an_english_figure_give_its_sign():
    text = "Trade of Laredo was $26.9 billion in November 2023, 7.2% above November 2022, 1.3% below October."
    assert told(text, "measure", "value")[1:] == [("yoy_growth", 0.072), ("mom_growth", -0.013)]


def test_a_peak_of_that_day_is_of_the_day_up_to_which_the_text_counts():
    text = "截至7月12日，甘其毛都口岸今年货运量3312万吨。当日通车1638辆次，创新高。"
    assert told(text, "measure", "period_start", "period_end")[1:] == [("daily_peak", "2024-07-12", "2024-07-12")]


def test_goods_by_rail_are_of_the_railway():
    text = (
        "Suifenhe in northeast China's Heilongjiang Province imported 1.18 million tonnes of goods by rail in January."
    )
    assert told(text, "series_id") == [("suifenhe.freight_tonnes.import.rail",)]


def test_months_of_an_indian_fiscal_year_and_the_same_ones_before():
    text = "In April-January 2021-22 Attari had 290,450 tonnes, up from 185,300 tonnes in the same period of 2020-21."
    assert told(text, "period_start", "period_end", published="2022-02-18") == [
        ("2021-04-01", "2022-01-31"),
        ("2020-04-01", "2021-01-31"),
    ]
