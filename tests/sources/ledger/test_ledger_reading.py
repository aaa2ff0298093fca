"""Reading a ledger: the bundled one is whole, a minimal one is enough, and what cannot be is refused by name."""

import datetime as dt
import sys
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import LedgerError
from analysis.sources import ledger
from analysis.sources.evidence import Evidence
from analysis.sources.ledger.facts import facts
from analysis.sources.ledger.schema import DERIVED, OPTIONAL, REQUIRED

from .ledgers import HEADER, ROW, row, write


@pytest.fixture(scope="module")
def bundled() -> pl.DataFrame:
    return ledger.read()


def test_every_row_of_the_evidence_is_read(bundled: pl.DataFrame) -> None:
    assert bundled.height == 2550  # as harvested: 2,130; 394 and 26 on parks in 2026
    assert bundled["series_id"].n_unique() == 801
    assert bundled.columns == [*REQUIRED, *OPTIONAL, *DERIVED]


def test_every_figure_has_a_rounding(bundled: pl.DataFrame) -> None:
    assert (bundled["half_width"] > 0).all()
    assert bundled["half_width"].is_finite().all()


def test_a_measured_period_of_a_valid_row_never_ends_after_its_publication(bundled: pl.DataFrame) -> None:
    measured = bundled.filter(~pl.col("measure").is_in(["expected", "target", "plan_or_forecast"]), status="valid")
    assert measured.filter(pl.col("period_end") > pl.col("published_on")).is_empty()


def test_prices_copied_in_2022_count_from_the_tenth_of_the_next_month(bundled: pl.DataFrame) -> None:
    copied = bundled.filter(series_id="china.ppi_yoy.total.all", published_on=dt.date(2022, 5, 31))
    days_after = (copied["available_on"] - copied["period_end"]).dt.total_days()
    assert copied.height == 92
    assert set(days_after) == {10}
    assert copied["available_imputed"].all()


def test_a_minimal_ledger_is_enough(tmp_path: Path) -> None:
    statements = ledger.read(write(tmp_path, ROW))
    assert statements["half_width"].to_list() == [500.0]
    assert statements["status"].to_list() == ["valid"]
    assert statements["place"].to_list() == [None]
    assert statements["available_on"].to_list() == [dt.date(2023, 11, 8)]
    assert statements["line"].to_list() == [2]


def test_a_row_without_a_publication_date_counts_31_days_after_its_period(tmp_path: Path) -> None:
    statements = ledger.read(write(tmp_path, row(published_on="")))
    assert statements["available_on"].to_list() == [dt.date(2023, 12, 1)]
    assert statements["available_imputed"].to_list() == [True]


@pytest.mark.parametrize(
    "precision,expected",
    [("month", dt.date(2023, 11, 30)), ("year", dt.date(2023, 12, 31)), ("day", dt.date(2023, 11, 8))],
)
def test_a_date_known_to_the_month_or_year_counts_from_its_last_day(
    tmp_path: Path, precision: str, expected: dt.date
) -> None:
    path = write(tmp_path, f"{ROW},{precision}", header=f"{HEADER},published_on_precision")
    assert ledger.read(path)["available_on"].to_list() == [expected]


TRAINS = {"series_id": "gate.trains", "unit": "trains", "period_start": "2025-01-01", "period_end": "2025-10-27"}


@pytest.mark.parametrize(
    "cells,half_width,read_from",
    [
        # a day's flow of 300 days, not the 500 that the zeros of a bare 8,000 leave open
        ({"value": 8000, "value_as_published": "第8000列", "relation": "milestone"}, 8000 / 300, "day"),
        ({"value": 8000, "value_as_published": "8000列", "relation": "eq"}, 500, "printed"),
        # a quotient that was rounded before it was called over: 26.7 a day; of a round one two digits count
        ({"value": 27, "value_as_published": "超27列", "relation": "gt", "measure": "daily_average"}, 0.5, "printed"),
        ({"value": 300, "value_as_published": "超300列", "relation": "gt", "measure": "daily_average"}, 5, "printed"),
        ({"value": 300, "value_as_published": "300列", "relation": "eq", "measure": "daily_average"}, 50, "printed"),
    ],
)
def test_how_far_a_total_may_lie_from_its_figure(
    tmp_path: Path, cells: dict[str, object], half_width: float, read_from: str
) -> None:
    (statement,) = ledger.read(write(tmp_path, row(**TRAINS, **cells, published_on="2025-10-30"))).to_dicts()
    assert statement["half_width"] == pytest.approx(half_width)
    assert statement["rounding_from"] == read_from


def test_a_milestone_excludes_what_its_day_leaves_no_room_for(tmp_path: Path) -> None:
    # 8,000 passed on the last day, by at most a day's 27: over 8,100 cannot be, over 8,020 can
    more = {"value_as_published": "8000列", "value": 8000, "relation": "milestone", "published_on": "2025-10-30"}
    rows = [row(**TRAINS, **more)]
    for name, bound in (("no", 8100), ("yes", 8020)):
        words = {"value": bound, "value_as_published": f"超{bound}列", "relation": "gt"}
        rows.append(row(**TRAINS, **words, statement_id=name, published_on="2025-10-31"))
    statements = ledger.read(write(tmp_path, *rows))
    assert ledger.evidence(statements)["statement_id"].to_list() == ["s1", "yes"]


def test_a_ledger_in_gb18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes(f"{HEADER}\n{ROW}\n".encode("gb18030"))
    assert ledger.read(path)["value_as_published"].to_list() == ["46.4万"]


@pytest.mark.parametrize("name", ["clerk", "first", "last", "least", "figure", "bound", "release_day", "line", "fact"])
def test_no_further_column_meets_a_name_that_a_method_uses(tmp_path: Path, name: str) -> None:
    known = Evidence.read(statements=write(tmp_path, f"{ROW},7", header=f"{HEADER},{name}")).known()
    assert known.usable["value"].to_list() == [464_000]
    assert ledger.bound_pairs(known.statements).is_empty()
    assert facts(known.statements).height == 1
    assert known.statements.columns == [*REQUIRED, *OPTIONAL, *DERIVED]


@pytest.mark.parametrize(
    "cells,sentence",
    [
        ({"value": "many"}, "value 'many' is no number"),
        ({"relation": "milestones"}, "relation 'milestones' is unknown. Did you mean 'milestone'"),
        (
            {"relation": "milestone", "measure": "daily_average"},
            "a milestone is a total above zero that a day passed, and this is a daily_average of 464000",
        ),
        ({"relation": "milestone", "value": 0, "value_as_published": "0"}, "and this is a level of 0. Use eq"),
        (
            {"relation": "milestone", "period_start": "2023-10-31"},
            "this period is the day 2023-10-31 alone. Begin the period where the count begins",
        ),
        ({"value": "nan"}, "value 'nan' is no number"),
        ({"value": "inf"}, "value 'inf' is no number"),
        ({"value": ""}, "value is empty"),
        ({"period_start": "1022-01-01"}, "period_start '1022-01-01' lies outside the years"),
        ({"period_start": "1822-01-01"}, "period_start '1822-01-01' lies outside the years 1900 to 2100"),
        ({"period_end": "0000-01-01"}, "period_end '0000-01-01' lies outside the years"),
        ({"period_end": "9999-12-31"}, "period_end '9999-12-31' lies outside the years"),
        ({"published_on": "0001-01-01"}, "published_on '0001-01-01' lies outside the years"),
        ({"period_end": "2023-13-31"}, "period_end '2023-13-31' is no day of the calendar"),
        ({"period_end": "2023-1-5"}, "is no day of the calendar. Write it as YYYY-MM-DD"),
        ({"period_start": "2023-11-01"}, "the period runs backwards, from 2023-11-01 to 2023-10-31"),
        ({"period_end": "2023-12-31"}, "the measured period ends on 2023-12-31, after its publication on 2023-11-08"),
        ({"unit": "tons"}, "unit 'tons' is unknown. Did you mean 'tonnes'?"),
        ({"measure": "growth"}, "growth without a base"),
        ({"measure": "levle"}, "measure 'levle' is unknown. Did you mean 'level'?"),
        ({"measure": "yoy_growth", "value": "5", "unit": "tonnes"}, "Write it as a fraction, 0.05 for five percent"),
        (
            {"measure": "yoy_growth", "value": "-1.2", "unit": "fraction"},
            "growth of -1.2 would leave less than nothing",
        ),
        (
            {"measure": "yoy_growth", "value": "-1", "unit": "fraction", "relation": "lt"},
            "growth of less than -1 would leave less than nothing. Write eq for a fall by all",
        ),
        ({"value": "-520000", "value_as_published": "-52万吨"}, "level of -520000 lies below zero"),
        ({"measure": "daily_average", "value": "-1"}, "daily_average of -1 lies below zero"),
        ({"measure": "share", "value": "-0.1", "unit": "fraction"}, "share of -0.1 lies below zero"),
        ({"measure": "target", "value": "-1"}, "target of -1 lies below zero"),
        ({"relation": "lt", "value": "0"}, "level of less than 0 lies below zero"),
        ({"measure": "yoy_growth", "value": "0.1", "period_start": "2022-01-01"}, "has no base of its own"),
        ({"relation": "over"}, "relation 'over' is unknown. Use one of eq, approx, gt, lt"),
        ({"series_id": ""}, "series_id is empty"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line_and_the_remedy(
    tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    path = write(tmp_path, ROW, row(**{"statement_id": "s2", **cells}))
    with pytest.raises(LedgerError) as caught:
        ledger.read(path)
    assert f"{path}:3: " in str(caught.value)
    assert sentence in str(caught.value)


def test_a_zero_and_a_fall_by_all_are_statements(tmp_path: Path) -> None:
    fall = {"measure": "yoy_growth", "value": "-1", "unit": "fraction", "value_as_published": "-100%"}
    path = write(tmp_path, row(value="0", value_as_published="0"), row(statement_id="s2", **fall))
    usable = ledger.evidence(ledger.read(path))
    assert usable["value"].to_list() == [0.0, -1.0]


def test_a_negative_level_that_is_known_to_be_wrong_may_be_kept_as_such(tmp_path: Path) -> None:
    path = write(tmp_path, f"{row(value='-5')},source wrong", header=f"{HEADER},status")
    assert ledger.evidence(ledger.read(path)).is_empty()


def test_a_difference_may_lie_below_zero_and_is_no_evidence_of_a_flow(tmp_path: Path) -> None:
    change = "trade_value_usd_change"
    stated = row(value="-65000000", unit="USD", value_as_published="-65 million USD")
    path = write(tmp_path, f"{stated},china,{change}", header=f"{HEADER},place,indicator")
    statements = ledger.read(path)
    assert statements["value"].to_list() == [-65_000_000.0]
    assert ledger.evidence(statements).is_empty()


def test_all_bad_rows_are_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, row(value="x"), ROW, row(statement_id="s3", unit="stones"))
    with pytest.raises(LedgerError) as caught:
        ledger.read(path)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]
    assert "statement_id 's1' stands on line 2 already" in lines[1]


@pytest.mark.parametrize("column", ["same_as", "supersedes"])
@pytest.mark.parametrize(
    "other,sentence",
    [("s9", "is no statement of this ledger"), ("s1", "names the row itself"), ("s2", "is of series 'other'")],
)
def test_a_reference_names_another_row_of_the_series(tmp_path: Path, column: str, other: str, sentence: str) -> None:
    path = write(
        tmp_path, f"{ROW},{other}", f"{row(statement_id='s2', series_id='other')},", header=f"{HEADER},{column}"
    )
    with pytest.raises(LedgerError, match=sentence):
        ledger.read(path)


def test_reprints_of_one_another_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ROW},s2", f"{row(statement_id='s2')},s1", header=f"{HEADER},same_as")
    with pytest.raises(LedgerError, match="leads in a circle"):
        ledger.read(path)


def test_a_link_that_is_no_web_address_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ROW},javascript:alert(1)", header=f"{HEADER},url")
    with pytest.raises(LedgerError, match="is no web address"):
        ledger.read(path)


@pytest.mark.parametrize(
    "content,sentence",
    [
        ("", "is empty"),
        (HEADER + "\n", "has a header but no rows"),
        (HEADER.replace("value,", "数值,") + "\n" + ROW, "has no column value; its header reads"),
        (HEADER + ",sames_as\n" + ROW + ",", "Did you mean 'same_as'"),
        (HEADER + "\n" + ROW + ",more", "the row has 12 cells, the header 11"),
        (HEADER + '\n"' + ROW, "Check its quotation marks"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LedgerError) as caught:
        ledger.read(path)
    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_a_folder_and_a_strange_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="There is no file"):
        ledger.read(tmp_path / "none.csv")
    with pytest.raises(LedgerError, match="cannot read"):
        ledger.read(tmp_path)
    path = tmp_path / "ledger.csv"
    path.write_bytes(f"{HEADER}\n{ROW}\n".encode("utf-16-le"))
    with pytest.raises(LedgerError, match="utf-16-le without its mark"):
        ledger.read(path)


def calls_of_reading(path: Path, rows: int) -> int:
    """Return how many Python functions are called to read a ledger of so many rows."""
    write(path, *(row(statement_id=f"s{i}", value=464_000 + i, value_as_published="") for i in range(rows)))
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        assert ledger.read(path / "ledger.csv").height == rows
    finally:
        sys.setprofile(before)
    return calls


def test_a_further_row_costs_a_few_calls_however_many_there_are(tmp_path: Path) -> None:
    """Only the rounding is read row by row (15 calls, counted once); all else is read and checked by column."""
    calls_of_reading(tmp_path, 1)  # imports and caches
    few, more, many = (calls_of_reading(tmp_path, rows) for rows in (200, 1000, 2000))
    assert 0 < (more - few) / 800 < 30
    assert (many - more) / 1000 == pytest.approx((more - few) / 800, rel=0.1)


# A mistyped year would span a thousand years of months; year 0 and 9999 have no neighbours in the calendar.
@pytest.mark.parametrize("day", ["1022-01-01", "0001-01-01", "0000-01-01", "9999-12-31"])
@pytest.mark.parametrize("column", ["period_start", "period_end", "published_on"])
def test_a_year_beyond_reach_is_refused_on_its_line(tmp_path: Path, column: str, day: str) -> None:
    path = tmp_path / "ledger.csv"
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: day}
    path.write_text(f"{HEADER}\n{','.join(cells.values())}\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=f"ledger.csv:2: {column} '{day}' lies outside the years 1800 to 2100"):
        ledger.read(path)
