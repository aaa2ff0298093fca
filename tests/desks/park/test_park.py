"""The park desk: published facts, peers, expectations, scale and scenarios."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import ParameterError
from analysis.core.reasons import Reason
from analysis.desks import park
from analysis.sources import firm_returns
from analysis.sources.evidence import Evidence
from tests.evidence import bundled

PARK = "kezhou_jiangsu_park"
DAYS = (dt.date(2023, 11, 30), dt.date(2025, 12, 31))


def panel(*totals: float, illustrative: bool = False) -> pl.DataFrame:
    """Return the returns of one firm from January 2023 on."""
    months = [dt.date(2023, month, 1) for month in range(1, len(totals) + 1)]
    return pl.DataFrame({"firm": "A", "month": months, "output_cny": totals, "illustrative": illustrative})


def page(day: dt.date, name: str = PARK, **options) -> park.ParkOutput:
    """Return what is known of a park as of a day."""
    return park.park_output(bundled().known(day), park=name, year=2023, economy="kezhou", port="irkeshtam", **options)


@pytest.fixture(scope="module")
def statements() -> Evidence:
    return bundled()


@pytest.fixture(scope="module")
def of_november(statements: Evidence) -> park.Attainment:
    return park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023)


def test_the_target_of_2023_is_the_published_expectation(of_november):
    """Founding document: 725 million yuan expected, 2 billion invested, so 0.36 if met."""
    assert of_november.target_cny == 725e6
    assert of_november.target_id == "2d6d02825d"
    assert of_november.invested_cny == 2e9
    assert of_november.output_per_invested == pytest.approx(0.3625)
    assert of_november.required_run_rate == pytest.approx(725e6 / 12, rel=1e-5)


def test_what_nobody_measured_has_no_probability(of_november):
    assert of_november.probability is None
    assert of_november.current_run_rate is None
    assert of_november.reason == Reason("not_measured")
    assert of_november.later.is_empty()


def test_two_years_later_only_vehicles_were_published(statements):
    later = park.attainment(statements.known(dt.date(2025, 12, 31)), park=PARK, year=2023)
    assert later.probability is None
    assert later.later["statement_id"].to_list() == ["370ef9bff6"]


def test_real_returns_give_a_probability(statements):
    real = park.attainment(
        statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, returns=panel(50e6, 60e6, 70e6)
    )
    assert 0 < real.probability < 1
    assert real.reason is None
    assert real.current_run_rate == 60e6


def test_before_the_publication_there_is_no_target_and_no_run_rate(statements):
    found = park.attainment(statements.known(dt.date(2023, 11, 7)), park=PARK, year=2023)
    assert (found.target_cny, found.target_id, found.required_run_rate, found.probability) == (None,) * 4


def test_illustrative_returns_never_stand_beside_facts(statements):
    with pytest.raises(ParameterError, match="illustrative"):
        park.attainment(
            statements.known(dt.date(2023, 11, 30)),
            park=PARK,
            year=2023,
            returns=panel(1.0, 2.0, 3.0, illustrative=True),
        )


def test_a_target_set_by_hand_names_no_statement(statements):
    own = park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, target_cny=800e6)
    assert own.target_id is None
    assert own.output_per_invested == pytest.approx(0.4)
    with pytest.raises(ParameterError, match="above zero"):
        park.attainment(statements.known(dt.date(2023, 11, 30)), park=PARK, year=2023, target_cny=-1.0)


def test_a_file_of_returns_makes_the_page_measured(tmp_path: Path, monkeypatch):
    """Made up for this test: ten months of two firms, in a file beside the notebook."""
    header = ",".join(firm_returns.RETURNS)
    rows = [f"TEST firm {name},2023-{month:02d},{size + month}000000,,,,,,,,false"
            for name, size in (("one", 40), ("two", 15)) for month in range(1, 11)]  # fmt: skip
    (tmp_path / "returns_of_the_test.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    without, measured = (
        page(DAYS[0], returns=firm_returns.read_if_named(name)).attainment for name in ("", "returns_of_the_test.csv")
    )
    assert without.reason == Reason("not_measured")
    assert without.probability is None
    assert measured.reason is None
    assert 0 < measured.probability < 1
    assert measured.progress.to_date_cny == 660e6
    end = measured.progress.months.row(-1, named=True)
    assert 660e6 < end["lower80"] < end["upper80"]


def test_another_park_has_the_same_page_without_a_target():
    found = page(DAYS[1], "irkeshtam_port_park")
    assert found.attainment.target_cny is None
    assert found.class_chance is None
    assert found.class_output is None
    assert found.attainment.later.height >= 4
    with pytest.raises(ParameterError, match="No park is called"):
        page(DAYS[1], "nowhere_park")


def test_a_park_whose_output_was_published_is_measured():
    """Kizilsu Daily, 31 January 2024: 2.644 billion yuan in 2023."""
    found = page(DAYS[1], "artux_industrial_park").attainment
    assert found.output_cny == 2.644e9
    assert found.reason is None


@pytest.mark.parametrize("day", DAYS)
def test_nothing_on_the_page_was_published_after_its_day(day):
    found = page(day)
    ids = found.statement_ids()
    known = bundled().known(day).statements
    assert known.filter(pl.col("statement_id").is_in(ids)).height == len(ids)


def test_the_required_ratio_is_the_target_by_capital():
    found = page(DAYS[0])
    peers_ = found.peers.classes["capital"]
    assert found.class_chance == peers_.chance(725 / 2000, kind="xinjiang")
    assert found.class_output == pytest.approx([2e9 * end for end in peers_.interval(80, kind="xinjiang")])
