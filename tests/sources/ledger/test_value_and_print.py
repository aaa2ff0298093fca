"""A value is what its print says: figures in many scripts, slips of the pen beside them, and what stays open."""

from pathlib import Path

import pytest

from analysis.core.errors import LedgerError
from analysis.sources import ledger

from .ledgers import HEADER, row, write

YEAR = {"period_start": "2022-01-01", "period_end": "2022-12-31"}

EXPLAINED = [
    (464_000, "tonnes", "level", "46.4万吨"),
    (464_049, "tonnes", "level", "46.4万吨"),
    (1_000_000, "tonnes", "level", "1-10月100.0万吨"),
    (1_000_000, "tonnes", "level", "2023年1月至10月达100万吨；同比增长52.1%"),
    (1_000_000, "tonnes", "level", "over 1 million tonnes from January to October 2023"),
    (27_000_000, "tonnes", "level", "26; 27 and 28 million"),
    (627_000, "tonnes", "level", "62万7千トン"),
    (2_500_000, "tonnes", "level", "2.5 млн тонн"),
    (2_500_000, "tonnes", "level", "200万-300万吨"),
    (300_000, "tonnes", "level", "30 萬噸"),
    (12.3, "tonnes", "level", "12300 kg"),
    (1_230_000, "tonnes", "level", "1.23Mt"),
    (464_000, "tonnes", "level", "万吨: 46.4"),
    (150_000, "tonnes", "level", "150.000"),
    (3_200_000_000, "USD", "level", "$3.2bn"),
    (500_000_000, "CNY", "level", "RMB500 mln"),
    (500_000_000, "CNY", "level", "5亿元人民币"),
    (33_610_000_000_000, "CNY", "level", "33.61万亿元"),
    (450, "vehicles/day", "daily_average", "日均450辆"),
    (0, "tonnes", "level", "由5000吨降至零"),
    (0.12, "fraction", "yoy_growth", "增长12%"),
    (0.12, "fraction", "yoy_growth", "百分之12"),
    (0.12, "fraction", "yoy_growth", "是去年的112%"),
    (0.21, "fraction", "yoy_growth", "%21 arttı"),
    (0.3, "fraction", "share", "30 фоизи"),
    (0.3, "fraction", "share", "30 пайызы"),
    (1.3, "fraction", "yoy_growth", "增长1.3倍"),
    (1.3, "fraction", "yoy_growth", "是去年的2.3倍"),
    (0.5, "fraction", "yoy_growth", "五成"),
    (-0.023, "fraction", "yoy_growth", "fell 2.3%"),
    (0.251, "fraction", "yoy_growth", "高出北疆9.3个百分点"),
    (0, "fraction", "growth_vs_2019", "已接近2019年同期水平"),
]

CONTRADICTED = [
    (46_400, "tonnes", "level", "46.4万吨", "which says 464000"),
    (46.4, "tonnes", "level", "46.4万吨", "which says 464000"),
    (521_000, "tonnes", "level", "46.4万吨", "which says 464000"),
    (12_000, "tonnes", "level", "1.2亿吨", "which says 120000000"),
    (1_770_000_000_000, "CNY", "level", "1.77 billion yuan", "which says 1770000000"),
    (2_500_000_000, "tonnes", "level", "2.5 млн тонн", "which says 2500000"),
    (464_000, "tonnes", "level", "46.4吨", "which says 46.4"),
    (1_000_000, "tonnes", "level", "一季度46.4万吨", "which says 464000"),
    (0, "tonnes", "level", "46.4万吨", "which says 464000"),
    (120_000, "tonnes", "level", "46.4万吨；增长12%", "is not what"),
    (12, "fraction", "yoy_growth", "12%", "which says 0.12"),
    (5.2, "fraction", "yoy_growth", "增长5.2%", "which says 0.052"),
    (5, "fraction", "yoy_growth", "5成", "which says 0.5"),
    (13, "fraction", "yoy_growth", "增长1.3倍", "which says 1.3"),
    (72.5, "fraction", "share", "72.5 per cent", "which says 0.725"),
    (52_000, "vehicles", "level", "5.2万吨", "unit 'vehicles' is not what"),
    (450, "tonnes", "level", "450辆", "unit 'tonnes' is not what"),
    (1_200, "vehicles", "level", "1200列", "unit 'vehicles' is not what"),
    (3_200_000_000, "USD", "level", "32亿元", "unit 'USD' is not what"),
    (3_200_000_000, "CNY", "level", "$3.2bn", "unit 'CNY' is not what"),
    (5_000_000, "vehicles", "level", "500万人次", "unit 'vehicles' is not what"),
]


@pytest.mark.parametrize("value,unit,measure,printed", EXPLAINED)
def test_a_value_that_its_print_explains_is_read(
    tmp_path: Path, value: float, unit: str, measure: str, printed: str
) -> None:
    path = write(tmp_path, row(**YEAR, value=value, unit=unit, measure=measure, value_as_published=printed))
    assert ledger.unexplained_powers(ledger.read(path)) == []


@pytest.mark.parametrize("value,unit,measure,printed,sentence", CONTRADICTED)
def test_a_value_that_its_print_contradicts_is_refused_on_its_line(
    tmp_path: Path, value: float, unit: str, measure: str, printed: str, sentence: str
) -> None:
    path = write(tmp_path, row(**YEAR, value=value, unit=unit, measure=measure, value_as_published=printed))
    with pytest.raises(LedgerError, match=f":2: .*{sentence}"):
        ledger.read(path)


@pytest.mark.parametrize(
    "value,unit,measure,printed",
    [(464_000, "tonnes", "level", "46.4"), (0.12, "fraction", "yoy_growth", "+12"), (150_000, "1", "level", "150")],
)
def test_a_number_without_words_is_read_and_named(
    tmp_path: Path, value: float, unit: str, measure: str, printed: str
) -> None:
    path = write(tmp_path, row(**YEAR, value=value, unit=unit, measure=measure, value_as_published=printed))
    (sentence,) = ledger.unexplained_powers(ledger.read(path))
    assert sentence.startswith(f"s1: no word of '{printed}' says why")


def test_nothing_is_said_of_a_print_without_a_number_or_of_no_print(tmp_path: Path) -> None:
    about, none = row(value_as_published="about fourfold"), row(statement_id="s2", value_as_published="")
    assert ledger.unexplained_powers(ledger.read(write(tmp_path, about, none))) == []


@pytest.mark.parametrize("status", ["mis-entered", "source wrong", "doubtful"])
def test_a_row_that_is_marked_or_superseded_is_left_as_it_is(tmp_path: Path, status: str) -> None:
    header = f"{HEADER},status,supersedes"
    path = write(tmp_path, f"{row(value=46_400)},{status},", header=header)
    assert ledger.read(path).height == 1
    old, new = f"{row(value=46_400)},valid,", f"{row(statement_id='s2')},valid,s1"
    assert ledger.read(write(tmp_path, old, new, header=header)).height == 2


def test_tonnes_and_vehicles_in_one_series_are_refused(tmp_path: Path) -> None:
    tonnes = row(unit="tonnes", value_as_published="46.4万吨")
    vehicles = row(statement_id="s2", value=52_000, unit="vehicles", value_as_published="5.2万辆", **YEAR)
    with pytest.raises(LedgerError, match=":3: unit 'vehicles' stands in a series that counts tonnes on line 2"):
        ledger.read(write(tmp_path, tonnes, vehicles))


def test_a_total_and_its_daily_average_share_a_series(tmp_path: Path) -> None:
    total = row(unit="vehicles", value=120_000, value_as_published="12万辆")
    daily = row(statement_id="s2", unit="vehicles/day", measure="daily_average", value=450, value_as_published="450辆")
    assert ledger.read(write(tmp_path, total, daily)).height == 2


def test_a_level_in_a_rate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="unit 'tonne/day' is a rate, and measure 'level' a total"):
        ledger.read(write(tmp_path, row(unit="tonne/day", value=10_000, value_as_published="1万吨/天")))
