"""Contradictions: real cases that must come out right, small ledgers that do and do not contradict themselves."""

from pathlib import Path

import polars as pl
import pytest

from analysis import audit, ledger
from analysis.audit.conflicts import implied_base
from analysis.audit.intervals import with_intervals
from analysis.errors import LedgerError

HEADER = (
    "statement_id,series_id,place,indicator,flow,mode,period_start,period_end,measure,relation,value,unit,"
    "value_as_published,publisher,published_on"
)


def line(name: str, value: float, printed: str, **cells: str) -> str:
    """Return a ledger line: freight of a port, January to September 2022, unless said otherwise."""
    row = {
        "statement_id": name,
        "series_id": f"port.{cells.get('flow', 'total')}.{cells.get('mode', 'rail')}",
        "place": "port",
        "indicator": "freight_tonnes",
        "flow": "total",
        "mode": "rail",
        "period_start": "2022-01-01",
        "period_end": "2022-09-30",
        "measure": "level",
        "relation": "eq",
        "value": str(value),
        "unit": "tonnes",
        "value_as_published": printed,
        "publisher": "Customs",
        "published_on": "2024-12-31",
    } | cells
    return ",".join(row[name] for name in HEADER.split(","))


def kinds(folder: Path, *lines: str) -> list[str]:
    path = folder / "ledger.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return audit.find(ledger.read(path))["kind"].to_list()


# --- real cases


@pytest.fixture(scope="module")
def bundled() -> audit.Check:
    return audit.check()


def test_alashankou_january_to_september_2022_agrees_with_itself(bundled: audit.Check) -> None:
    rows = ledger.read().filter(place="alashankou", status="valid")
    ids = rows.filter(pl.col("period_end").dt.year() == 2022)["statement_id"]
    assert not [found for found in bundled.table["statement_ids"] if set(found.split(";")) & set(ids)]


def test_xinjiang_trade_of_january_and_february_2023_does_not(bundled: audit.Check) -> None:
    sentences = bundled.table.filter(
        pl.col("sentence").str.starts_with("xinjiang.trade_value_cny.total.all 2023-01-01")
    )
    assert sentences.height == 1
    assert "44.4 billion yuan" in sentences["sentence"][0]


def test_every_contradiction_of_the_bundled_ledger_is_known(bundled: audit.Check) -> None:
    assert bundled.new.is_empty()
    assert bundled.exit_code == 0
    assert bundled.table["note"].null_count() == 0
    assert str(bundled).count("known: ") == bundled.table.height


def test_a_growth_of_34_9_percent_puts_the_base_where_it_was_computed_by_hand() -> None:
    # 37.83 bn +- 0.005 at +34.9% +- 0.05: [37.825/1.3495, 37.835/1.3485] = [28.029, 28.057] bn
    rows = ledger.read().filter(
        pl.col("series_id") == "xinjiang.trade_value_cny.total.all", period_end=pl.date(2022, 3, 31)
    )
    level, growth = (
        with_intervals(rows.filter(measure=measure)).sort("line").row(0, named=True)
        for measure in ("level", "yoy_growth")
    )
    low, high = implied_base(level, growth)
    assert low == pytest.approx(28.029e9, abs=0.5e6)
    assert high == pytest.approx(28.057e9, abs=0.5e6)


# --- hand examples


def test_parts_that_add_up_within_their_rounding_are_no_contradiction(tmp_path: Path) -> None:
    # 14.671 + 2.909 = 17.580, published as 17.58
    lines = (
        line("i", 14_671_000, "1467.1万吨", flow="import"),
        line("e", 2_909_000, "290.9万吨", flow="export"),
        line("t", 17_580_000, "1758万吨"),
    )
    assert kinds(tmp_path, *lines) == []


def test_parts_that_exceed_the_total_are_a_contradiction(tmp_path: Path) -> None:
    lines = (
        line("i", 14_700_000, "1470.0万吨", flow="import"),
        line("e", 2_909_000, "290.9万吨", flow="export"),
        line("t", 17_580_000, "1758万吨"),
    )
    assert kinds(tmp_path, *lines) == ["parts and total"]


def test_parts_below_the_total_contradict_it_only_where_transit_is_known(tmp_path: Path) -> None:
    parts = (line("i", 26_400, "2.64万吨", flow="import"), line("e", 374_000, "37.4万吨", flow="export"))
    total = line("t", 464_000, "46.4万吨")
    assert kinds(tmp_path, *parts, total) == []
    assert kinds(tmp_path, *parts, line("x", 63_689, "63689吨", flow="transit"), total) == []
    assert kinds(tmp_path, *parts, line("x", 20_000, "2.00万吨", flow="transit"), total) == ["parts and total"]


def test_imports_and_exports_of_value_leave_no_room_for_transit(tmp_path: Path) -> None:
    value = {"indicator": "trade_value_cny", "unit": "CNY"}
    parts = (line("i", 10e8, "10.0亿元", flow="import", **value), line("e", 5e8, "5.0亿元", flow="export", **value))
    assert kinds(tmp_path, *parts, line("t", 16e8, "16.0亿元", **value)) == ["parts and total"]
    assert kinds(tmp_path, *parts, line("t", 15.1e8, "15.1亿元", **value)) == []


def test_a_cumulative_that_falls_within_a_year_is_a_contradiction(tmp_path: Path) -> None:
    early = line("a", 500_000, "50.0万吨", period_end="2022-06-30")
    assert kinds(tmp_path, early, line("b", 490_000, "49.0万吨")) == ["part above whole"]
    assert kinds(tmp_path, early, line("b", 499_900, "50万吨")) == []


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
    ],
)
def test_two_figures_of_one_period_contradict_each_other_only_beyond_rounding(
    tmp_path: Path, one: str, two: str, expected: list[str]
) -> None:
    assert kinds(tmp_path, one, two) == expected


def test_road_and_rail_do_not_exceed_all_modes(tmp_path: Path) -> None:
    modes = (line("r", 300_000, "30.0万吨", mode="rail"), line("o", 200_000, "20.0万吨", mode="road"))
    assert kinds(tmp_path, *modes, line("a", 490_000, "49.0万吨", mode="all")) == ["modes and total"]
    assert kinds(tmp_path, *modes, line("a", 900_000, "90.0万吨", mode="all")) == []


@pytest.mark.parametrize("base,expected", [(444e8, ["base"]), (425e8, [])])
def test_a_base_beyond_a_revision_is_a_contradiction(tmp_path: Path, base: float, expected: list[str]) -> None:
    growth = line("g", 0.514, "+51.4%", measure="yoy_growth", unit="fraction")
    level = line("l", 636.9e8, "636.9亿")
    before = line("b", base, f"{base / 1e8}亿", period_start="2021-01-01", period_end="2021-09-30")
    assert kinds(tmp_path, level, growth, before) == expected


def test_the_order_of_the_rows_is_irrelevant(tmp_path: Path) -> None:
    lines = [
        line("i", 14_700_000, "1470.0万吨", flow="import"),
        line("e", 2_909_000, "290.9万吨", flow="export"),
        line("t", 17_580_000, "1758万吨"),
    ]
    assert kinds(tmp_path, *lines) == kinds(tmp_path, *reversed(lines))


def test_a_new_contradiction_decides_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(
        "\n".join([HEADER, line("a", 464_000, "46.4万吨"), line("b", 9e5, "90.0万吨")]) + "\n", encoding="utf-8"
    )
    result = audit.check(path)
    assert result.exit_code == 1
    assert result.new["statement_ids"].to_list() == ["a;b"]
    assert str(result).startswith("new: port.total.rail")
    known = tmp_path / "known.csv"
    known.write_text("kind,statement_ids,note\nsame figure,a;b,two scopes\n", encoding="utf-8")
    assert audit.check(path, known=known).exit_code == 0


def test_unreadable_rows_end_the_audit(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join([HEADER, line("a", 1, "1", unit="stones")]) + "\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="unit 'stones' is unknown"):
        audit.check(path)
