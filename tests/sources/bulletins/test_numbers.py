"""Numbers in words: against the tables of Recognizers-Text (Specs/Number/Chinese, MIT), and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.bulletins.figures import chinese_figures, english_figures
from analysis.sources.bulletins.numbers import chinese_number, english_number
from analysis.sources.bulletins.text import folded


@pytest.mark.parametrize(
    "words,value",
    [
        ("4.78万亿", 4.78e12),
        ("7 万5 千4 百", 75400),
        ("两千四百五", 2450),
        ("一百零一万一千", 1011000),
        ("五亿零六", 500000006),
        ("10万万", 1e9),
        ("十 余 万", 100000),
        ("肆佰叁拾萬", 4300000),
        ("六十四万零一百四十三", 640143),
        ("62万7千", 627000),
        ("一点零四亿", 1.04e8),
        ("二千五百二十四万", 25240000),
    ],
)
def test_chinese_numbers_are_those_of_the_table(words, value):
    assert chinese_number(words) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("words", ["", "点", "余", "吨"])
def test_words_without_a_numeral_are_no_number(words):
    assert chinese_number(words) is None


@pytest.mark.parametrize(
    "words,value", [("24,79,180", 2479180), ("2.4 million", 2.4e6), ("four", 4), ("19.3 crore", 1.93e8), ("many", None)]
)
def test_english_numbers(words, value):
    assert english_number(words) == value


def _written(number: int) -> str:
    """Write a number below a hundred million in Chinese characters."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(part: int) -> str:
        words, gap = "", False
        for place in (3, 2, 1, 0):
            digit = part // 10**place % 10
            if digit:
                words += ("零" if gap and words else "") + digits[digit] + places[place]
                gap = False
            else:
                gap = bool(words)
        return words

    high, low = divmod(number, 10000)
    if not high:
        return section(low)
    return section(high) + "万" + ("零" if 0 < low < 1000 else "") + section(low)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_number_that_is_written_out_is_read_back(number):
    assert chinese_number(_written(number)) == number


@pytest.mark.parametrize(
    "text,value,unit,more",
    [
        ("46.4万吨", 464000, "tonnes", False),
        ("50余万吨", 500000, "tonnes", True),
        ("10.1万辆次", 101000, "vehicles", False),
        ("36.57亿元", 3.657e9, "CNY", False),
        ("1200亿美元", 1.2e11, "USD", False),
        ("百分之2.4", 0.024, "fraction", False),
        ("三成半", 0.35, "fraction", False),
        ("四成多", 0.4, "fraction", True),
        ("三分之一", 1 / 3, "fraction", False),
        ("翻一番", 1.0, "doubling", False),
        ("3.4倍", 3.4, "times", False),
        ("第4030列", 4030, "trains", False),
        ("45.4万辆(列、架)次", 454000, "transport", False),
        ("76.9万列辆架次", 769000, "transport", False),
        ("９３．０２万吨", 930200, "tonnes", False),
        ("5千余人次", 5000, "persons", True),
        ("97828标箱", 97828, "TEU", False),
    ],
)
def test_a_chinese_figure_has_its_value_its_unit_and_whether_it_is_more(text, value, unit, more):
    (figure,) = chinese_figures(folded(text))
    assert (figure.value, figure.unit, figure.more) == (pytest.approx(value, rel=1e-12), unit, more)


@pytest.mark.parametrize(
    "text", ["海拔2950米", "距县城150公里", "高出5.2个百分点", "28条通道", "第3届", "一趟班列", "8时30分"]
)
def test_what_a_ledger_does_not_keep_is_no_figure(text):
    assert chinese_figures(text) == []


def test_a_list_shares_the_unit_of_its_last_member():
    assert [figure.value for figure in chinese_figures("23.4、56.7万吨")] == [234000, 567000]


@pytest.mark.parametrize(
    "text,value,unit",
    [
        ("$61 billion", 6.1e10, "USD"),
        ("20 billion yuan", 2e10, "CNY"),
        ("US$1.69 billion", 1.69e9, "USD"),
        ("4.57 million tonnes", 4.57e6, "tonnes"),
        ("342,000 mt", 342000, "tonnes"),
        ("3.5%", 0.035, "fraction"),
        ("ten percent", 0.1, "fraction"),
        ("97,828 twenty-foot equivalent units", 97828, "TEU"),
        ("93 times", 93, "times"),
        ("493 billion baht", 4.93e11, "THB"),
        ("2.8 million dollars", 2.8e6, "USD"),
    ],
)
def test_an_english_figure_has_its_value_and_its_unit(text, value, unit):
    (figure,) = english_figures(text)
    assert (figure.value, figure.unit) == (pytest.approx(value, rel=1e-12), unit)


def test_816_000_t_at_1943_million_is_read_whole():
    """quantulum3 issue 45: exports decreased from 816 000 t valued at $1943 million to 934 000 t."""
    text = "exports decreased from 816,000 tonnes valued at $1943 million to 934,000 tonnes"
    assert [figure.value for figure in english_figures(text)] == [816000, 1.943e9, 934000]
