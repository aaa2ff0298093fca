"""The register of indicators: whole for the bundled ledger, and an indicator that it does not list is refused."""

import re
import shutil
from pathlib import Path

import polars as pl
import pytest

from analysis.core import units
from analysis.core.errors import LedgerError, RegisterError
from analysis.estimates.contradictions.flows import ADDITIVE
from analysis.runtime.folders import data_folder
from analysis.sources import ledger
from analysis.sources.bulletins.concepts import COUNTED
from analysis.sources.indicators import ADDITIVE_KINDS, Indicators
from analysis.sources.registers import INDICATORS
from tests.evidence import bundled
from tests.sources.ledger.ledgers import HEADER, ROW, write


@pytest.fixture(scope="module")
def used() -> pl.DataFrame:
    return pl.read_csv(data_folder() / "statements.csv", infer_schema=False).select("indicator", "unit", "measure")


def test_every_indicator_of_the_ledger_is_listed_with_both_names(used: pl.DataFrame) -> None:
    register = bundled().indicators
    assert set(register.rows) >= set(used["indicator"])
    # What a bulletin may count is listed before the ledger has it.
    read = {counted.indicator for counted in COUNTED.values()}
    assert set(register.rows) - set(used["indicator"]) <= {*read, "share_foreigners_in_persons"}
    assert read <= set(register.rows)
    for name, row in register.rows.items():
        assert re.search("[a-z]", row.name_en), name
        assert not re.search("[\u3400-\u9fff_]", row.name_en), name
        assert re.search("[\u3400-\u9fff]", row.name_zh), name
        assert not re.search("[a-z_]", row.name_zh), name


def test_the_unit_of_an_indicator_is_that_of_its_figures(used: pl.DataFrame) -> None:
    for name, row in bundled().indicators.rows.items():
        own = set(used.filter(pl.col("indicator") == name)["unit"])
        totals = {units.unit_of_total(unit) for unit in own if unit != "fraction"}
        assert units.unit_of_total(row.unit) in (totals or {row.unit}), name


def test_stocks_and_shares_of_the_ledger_are_no_flows(used: pl.DataFrame) -> None:
    register = bundled().indicators
    only = used.group_by("indicator").agg(pl.col("measure").unique())
    for name, measures in only.iter_rows():
        if set(measures) in ({"stock"}, {"share"}, {"avg_annual_growth"}):
            # capital invested is added up since the park began
            assert register.kind(name) in {"stock", "ratio", "programme"}, name


def test_goods_are_traffic_and_persons_are_not() -> None:
    register = bundled().indicators
    assert {register.activity(name) for name in ("freight_tonnes", "trains", "vehicles", "teu")} == {"traffic"}
    assert {register.activity(name) for name in ("trade_value_cny", "trade_value_usd")} == {"trade"}
    assert register.activity("persons") is None
    assert all(register.is_flow(name) for name, row in register.rows.items() if row.activity)


def test_what_a_part_may_exceed_is_told_by_kind() -> None:
    register = bundled().indicators
    for name in ("population_persons", "gdp_per_capita_cny", "trade_value_usd_change", "mirror_gap_imports_usd"):
        assert register.kind(name) not in ADDITIVE_KINDS
        assert register.rows[name].unit in ADDITIVE  # the unit alone does not tell
    assert register.kind("gdp_cny") in ADDITIVE_KINDS


def test_an_indicator_that_is_not_listed_is_refused_with_its_line(tmp_path: Path) -> None:
    for file in ("statements.csv", "indicators.csv"):
        shutil.copy(data_folder() / file, tmp_path)
    path = tmp_path / "statements.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",freight_tonnes,", ",freight_tons,", 1), encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), start=1) if ",freight_tonnes," in row)
    sentence = rf":{line}: indicator 'freight_tons' is not listed in indicators\.csv\. Did you mean 'freight_tonnes'\?"
    with pytest.raises(LedgerError, match=sentence):
        ledger.read(path)
    path.write_text(text.replace(",freight_tonnes,", ",zebras,", 1), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"'zebras' is not listed in indicators\.csv\. Add a row for it there\."):
        ledger.read(path)


def test_without_a_register_any_indicator_is_a_flow(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ROW},zebras", header=f"{HEADER},indicator")
    assert ledger.read(path)["indicator"].to_list() == ["zebras"]
    unknown = Indicators(INDICATORS.read(tmp_path))
    assert unknown.is_flow("zebras")
    assert unknown.is_flow(None)
    assert unknown.activity("freight_tonnes") is None
    assert unknown.names("striped_zebras") == ("striped zebras", "striped zebras")


@pytest.mark.parametrize(
    "row,sentence",
    [
        ("a,flows,,tonnes,a,甲", "kind 'flows' is unknown. Did you mean 'flow'"),
        ("a,flow,trafic,tonnes,a,甲", "activity 'trafic' is unknown. Did you mean 'traffic'"),
        ("a,flow,,tons,a,甲", "unit 'tons' is unknown"),
        ("a,flow,,tonnes,a,", "name_zh is empty"),
    ],
)
def test_a_broken_register_is_refused(row: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "indicators.csv"
    path.write_text(f"{INDICATORS.template}{row}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=sentence):
        INDICATORS.read(tmp_path)
