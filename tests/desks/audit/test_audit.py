"""The audit: counts, coverage and gaps by hand, what was done about contradictions, printed sums that do not hold."""

import datetime as dt
import json

import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.desks.audit import evidence_audit, examine, implied_bases
from analysis.desks.audit.counts import counts, read_by, with_rest
from analysis.desks.audit.coverage import coverage, longest_gap, provided
from analysis.desks.audit.revised import revision_table
from analysis.methods.growth import Range, ratio
from analysis.sources.registers import KNOWN_CONFLICTS
from tests.desks.audit.ledgers import growth, line, read
from tests.desks.audit.small_audit import small_audit
from tests.desks.trade.ledgers import known_by
from tests.desks.trade.ledgers import line as trade_line
from tests.evidence import bundled, known
from tests.repository import ROOT

VALUES = json.loads((ROOT / "tests" / "reference" / "evidence_audit" / "values.json").read_text(encoding="utf-8"))
END_OF_2025 = dt.date(2025, 12, 31)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(start: str, end: str) -> tuple[dt.date, dt.date]:
    return day(start), day(end)


# --- printed figures of others


def oil_trade(exports: float) -> pl.DataFrame:
    """Return what contradicts what in the printed oil trade of a quarter."""
    rows = [
        ("total", VALUES["energytoday"]["total"]),
        ("export", exports),
        ("import", VALUES["energytoday"]["imports"]),
    ]
    lines = [
        trade_line(name, f"iran.trade_value_usd.{name}.all", ("2024-01-01", "2024-03-31"), value * 1e9,
                   f"{value} billion dollars")
        for name, value in rows
    ]  # fmt: skip
    return examine(known_by(*lines)).contradictions


def test_a_printed_total_and_its_parts_disagree_until_two_digits_are_turned_round():
    printed = VALUES["energytoday"]
    found = oil_trade(printed["exports"])
    assert found["kind"].to_list() == ["parts"]
    assert found["statement_ids"].to_list() == ["export;import;total"]
    # Each figure would have to be off by gap / (total + sum), rounding granted.
    off = (printed["gap"] - 0.0015) / (printed["total"] + printed["sum"])
    assert f"{off:.2%}" in found["sentence"][0]
    assert oil_trade(printed["likely_exports"]).is_empty()


def test_two_printed_changes_give_one_level_within_rounding():
    """-98,000 and -21.2% on 2019, +52,000 and +16.8% on 2020: a base is a change over its rate."""
    pairs = VALUES["el_paso"]
    of_2019 = ratio(Range(97_500, 98_000, 98_500), Range(0.2115, 0.212, 0.2125))
    of_2020 = ratio(Range(51_500, 52_000, 52_500), Range(0.1675, 0.168, 0.1685))
    level = Range(of_2019.low - 98_500, of_2019.value - 98_000, of_2019.high - 97_500)
    other = Range(of_2020.low + 51_500, of_2020.value + 52_000, of_2020.high + 52_500)
    assert level.value == pytest.approx(pairs["level_from_2019"], abs=1)
    assert other.value == pytest.approx(pairs["level_from_2020"], abs=1)
    assert level.overlaps(other)


def test_the_mark_of_2023_lies_two_or_three_days_after_what_was_said_of_october():
    rows = bundled().statements
    worked_out = rows.row(by_predicate=pl.col("statement_id") == "53fed13576", named=True)
    said = rows.row(by_predicate=pl.col("statement_id") == "6aebc8fb7e", named=True)
    dates = [day(each) for each in VALUES["irkeshtam_79_days"]["date_2023"]]
    assert worked_out["period_end"] in dates
    assert (said["relation"], said["value"]) == ("gt", 1e6)
    assert [(each - said["period_end"]).days for each in dates] == [2, 3]
    listed = bundled().registers[KNOWN_CONFLICTS.name].filter(statement_ids="53fed13576;6aebc8fb7e")
    assert listed["withheld"].to_list() == [False]


def test_bases_of_irkeshtam_in_2024_are_those_of_the_county():
    expected = VALUES["irkeshtam_2024"]
    bases = implied_bases(bundled().known(END_OF_2025)).filter(
        (pl.col("base_start") == day("2023-01-01")) & (pl.col("base_end") == day("2023-07-31"))
    )
    implied = dict(bases.select("series_id", "implied").iter_rows())
    assert implied["irkeshtam.freight_tonnes.total.road"] == pytest.approx(expected["base_2023"], abs=1)
    assert implied["irkeshtam.vehicles.total.road"] == pytest.approx(expected["vehicle_base_2023"], abs=1)


# --- counts


ROWS = (
    line("a", 100, "100", publisher="Customs", period_end="2022-09-30"),
    line("b", 100, "100", publisher="Paper", period_end="2022-09-30", same_as="a"),
    line("c", 50, "50", publisher="Paper", period_start="2021-01-01", period_end="2021-12-31", status="doubtful"),
    line("d", 120, "120", publisher="Customs", period_end="2022-12-31", measure="target"),
)


def test_statements_are_counted_with_their_repeats_plans_and_doubts():
    rows = read_by(known(read(ROWS)))
    by_publisher = {row["publisher"]: row for row in counts(rows, "publisher").iter_rows(named=True)}
    names = ("statements", "distinct", "repeats", "expectations", "set_aside")
    assert [by_publisher["Customs"][name] for name in names] == [2, 2, 0, 1, 0]
    assert [by_publisher["Paper"][name] for name in names] == [2, 1, 1, 0, 1]
    assert counts(rows, "year").select("year", "statements").rows() == [(2022, 3), (2021, 1)]


def test_the_smaller_ones_are_counted_together():
    table = counts(read_by(bundled().known(END_OF_2025)), "publisher")
    first, rest = with_rest(table, "publisher", listed=5)
    assert first.height == 5
    assert rest["values"].to_list() == [table.height - 5]
    assert first["statements"].sum() + rest["statements"].sum() == table["statements"].sum()
    assert with_rest(table, "publisher", listed=table.height)[1].is_empty()


def test_what_was_published_later_is_not_counted():
    early, late = (read_by(bundled().known(day(each))).height for each in ("2023-11-30", "2025-12-31"))
    assert early < late


# --- coverage


def test_a_month_is_provided_by_itself_or_as_a_difference():
    spans = {span("2024-01-01", "2024-01-31"), span("2024-01-01", "2024-02-29"), span("2024-01-01", "2024-05-31")}
    months = [
        span(f"2024-0{month}-01", f"2024-0{month}-{last}") for month, last in ((1, 31), (2, 29), (3, 31), (5, 31))
    ]
    assert [provided(spans, month) for month in months] == [True, True, False, False]
    assert provided(spans | {span("2024-01-01", "2024-04-30")}, months[3])


def test_the_longest_silence_by_hand():
    """January to March are spoken of, growth speaks of its base too: from April to December 2022 nothing is said."""
    rows = read(
        [
            line("a", 100, "100", period_end="2022-03-31"),
            growth("g", 0.2, period_start="2024-01-01", period_end="2024-06-30"),
        ]
    )
    gap = longest_gap(rows, dt.date(2022, 1, 1), dt.date(2024, 6, 1))
    assert gap == (day("2022-04-01"), day("2022-12-31"), 9)
    assert longest_gap(rows, dt.date(2024, 1, 1), dt.date(2024, 6, 1)) is None


def test_coverage_of_a_port_by_hand():
    rows = [
        line("y", 100, "100", place="horgos", period_start="2022-01-01", period_end="2022-12-31"),
        line("j", 10, "10", place="horgos", period_start="2023-01-01", period_end="2023-01-31"),
        line("m", 30, "30", place="horgos", period_start="2023-01-01", period_end="2023-03-31", relation="gt"),
    ]
    table = coverage(known(read(rows), day("2024-12-31")), [("horgos", "rail"), ("khorgos", "rail")],
                     month=dt.date(2023, 4, 1), first_year=2021)  # fmt: skip
    row, unknown = table.rows(named=True)
    assert (row["months"], row["years"]) == (1, 1)
    assert (row["newest_id"], row["newest_end"], row["age"]) == ("j", day("2023-01-31"), 700)
    assert (row["gap_start"], row["gap_end"], row["gap_months"]) == (day("2021-01-01"), day("2021-12-31"), 12)
    assert (unknown["newest_id"], unknown["age"], unknown["gap_months"]) == (None, None, 28)


# --- revisions


def test_a_revision_of_one_percent_up_and_one_that_contradicts():
    """100,000 published, 110,000 at +8.9% a year later: implied 101,010; the third base is off by a tenth."""
    rows = []
    for year, value, rate in ((2020, 100_000, None), (2021, 110_000, 0.089), (2022, 132_000, 0.091)):
        period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        rows.append(line(f"l{year}", value, f"{value / 1000:.1f} thousand", **period))
        if rate is not None:
            rows.append(growth(f"g{year}", rate, **period))
    data = known(read(rows))
    table = revision_table(data, implied_bases(data))
    row = table.row(0, named=True)
    assert (row["pairs"], row["revised"], row["contradicting"]) == (1, 1, 1)
    assert row["mean"] == row["mean_absolute"] == pytest.approx(110_000 / 1.089 / 100_000 - 1)
    assert row["relative"] == pytest.approx(1 - 100_000 * 1.089 / 110_000)
    assert table["indicator"].to_list() == ["freight_tonnes", None]


def test_no_growth_no_revisions():
    data = known(read([line("a", 100, "100")]))
    assert revision_table(data, implied_bases(data)).is_empty()


# --- the whole


@pytest.fixture(scope="module")
def small():
    return small_audit()


def test_the_port_of_which_nothing_is_known_this_year_is_the_one_to_call(small):
    best = small.best.row(0, named=True)
    assert (best["place"], best["mode"], best["end"]) == ("alashankou", "rail", day("2024-06-30"))
    of_horgos = small.best.row(by_predicate=pl.col("place") == "horgos", named=True)
    assert best["own"] > 0.2 > of_horgos["own"]
    assert best["region"] > of_horgos["region"]
    assert best["month_own"] < best["own"]
    assert best["month"] in {dt.date(2024, month, 1) for month in range(1, 7)}


def test_a_known_year_has_the_ratio_of_its_rounding_and_the_current_one_a_wide_one(small):
    ratios = {(row["place"], row["year"]): row["ratio"] for row in small.years.iter_rows(named=True)}
    assert ratios["horgos", 2023] == pytest.approx(1, abs=1e-3)
    assert ratios["horgos", 2024] < ratios["alashankou", 2024]
    said = {(row["place"], row["year"]): row["statements"] for row in small.years.iter_rows(named=True)}
    assert (said["horgos", 2023], said["horgos", 2024], said["alashankou", 2024]) == (1, 1, 0)


def test_completeness_counts_the_cells_of_all_ports(small):
    ports = small.coverage.height
    assert small.completeness == (0.0, pytest.approx(6 / (ports * (2024 - small.first_year))))
    assert {"h6", "a2023"} <= set(small.statement_ids())


def test_a_region_without_ports_is_refused():
    with pytest.raises(CoverageError, match="atlantis_ports"):
        evidence_audit(bundled().known(END_OF_2025), place="atlantis", edition=Edition.of("2025-12"))
