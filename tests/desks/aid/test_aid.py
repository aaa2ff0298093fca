"""The aid portfolio: points of past plans, the outlook, batches, earned value."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.desks.aid import aid_portfolio
from analysis.desks.aid.points import completion_points
from analysis.methods.completion import leave_one_plan_out
from analysis.methods.reference_class import leave_one_out
from analysis.sources import project_returns
from tests.evidence import bundled

NOVEMBER, DECEMBER = dt.date(2023, 11, 30), dt.date(2025, 12, 31)
WUQIA = {"place": "wuqia", "partner": "changzhou"}


@pytest.fixture(scope="module")
def points() -> pl.DataFrame:
    return completion_points(bundled().known(NOVEMBER))


@pytest.fixture(scope="module")
def found():
    return aid_portfolio(bundled().known(NOVEMBER), **WUQIA)


def point(points: pl.DataFrame, plan: str, what: str, day: dt.date) -> dict:
    rows = points.filter((pl.col("plan") == plan) & (pl.col("what") == what) & (pl.col("on") == day))
    return rows.row(0, named=True)


def test_the_record_of_2011_to_2015_is_read_at_its_place_in_the_term(points):
    """As printed: 54.3 and 97.8% started, 41.6 and 100% arrived, 61.1, 82.3 and 101.6% of five years."""
    for plan, what, day, share in (
        ("all.xinjiang.2014.1", "started", dt.date(2014, 4, 30), 0.543),
        ("all.xinjiang.2014.1", "started", dt.date(2014, 9, 30), 0.978),
        ("all.xinjiang.2014.1", "arrived", dt.date(2014, 4, 30), 0.416),
        ("all.xinjiang.2014.1", "arrived", dt.date(2014, 9, 30), 1.0),
        ("all.xinjiang.2011.5", "arrived", dt.date(2013, 9, 30), 0.611),
        ("all.xinjiang.2011.5", "arrived", dt.date(2014, 9, 30), 0.823),
        ("all.xinjiang.2011.5", "arrived", dt.date(2015, 7, 31), 1.016),
        ("all.xinjiang.2015.1", "started", dt.date(2015, 7, 31), 0.923),
        ("zhejiang.aksu_prefecture.2011.1", "started", dt.date(2011, 6, 30), 0.67),
        ("zhejiang.aksu_prefecture.2011.1", "completed", dt.date(2011, 6, 30), 0.13),
    ):
        assert point(points, plan, what, day)["share"] == pytest.approx(share, abs=0.002), (plan, what)


def test_the_term_is_that_of_the_plan(points):
    """The end of September is 273 of 365 days of a year; 1,369 of 1,826 days of the plan of 2011 to 2015."""
    assert point(points, "all.xinjiang.2014.1", "started", dt.date(2014, 9, 30))["elapsed"] == pytest.approx(273 / 365)
    five = point(points, "all.xinjiang.2011.5", "arrived", dt.date(2014, 9, 30))
    assert (five["term_years"], five["elapsed"]) == (5, pytest.approx(1369 / 1826))


def test_a_printed_share_of_work_is_no_share_of_money(points):
    """Zhejiang's 42% is of completed investment; Kezhou's 95.6% of 2014 is 399.2 of 417.59 million worked off."""
    assert point(points, "zhejiang.aksu_prefecture.2011.1", "done", dt.date(2011, 6, 30))["share"] == 0.42
    kezhou = points.filter((pl.col("plan") == "jiangsu.kezhou.2014.1") & (pl.col("what") == "done"))["share"].to_list()
    assert kezhou == pytest.approx([1158.4 / 1326.27, 399.2 / 417.59], abs=1e-4)
    arrived = point(points, "jiangsu.kezhou.2014.1", "arrived", dt.date(2014, 10, 31))
    assert arrived["share"] == pytest.approx(404.6 / 417.59)


def test_a_share_of_another_plan_is_left_out(points):
    """26.5% more than the sum set by the state is not 126.5% of five years, of which 24.86 of 56.43 billion are 44%."""
    own = points.filter((pl.col("plan") == "all.xinjiang.2011.5") & (pl.col("on") == dt.date(2012, 12, 31)))
    assert own["share"].to_list() == pytest.approx([24.86 / 56.43])


def test_the_plan_is_the_one_of_the_founding_document(found):
    assert (found.plan.projects, found.plan.funds_cny) == (59, 269e6)
    assert found.plan.cost_per_project == pytest.approx(269e6 / 59)
    assert found.plan.elapsed(dt.date(2023, 12, 31)) == pytest.approx(365 / 1096)
    assert found.reported.is_empty()


def test_the_outlook_rises_with_time_and_never_from_a_straight_line(found):
    for what in found.curves:
        own = found.outlook.filter(pl.col("what") == what)
        assert own["median"].to_list() == sorted(own["median"])
        assert own["chance"].to_list()[-1] >= own["chance"].to_list()[0]
    first = (pl.col("what") == "done") & (pl.col("on") == dt.date(2023, 12, 31))
    row = found.outlook.filter(first).row(0, named=True)
    assert row["median"] < row["even"]


def test_counts_are_of_the_planned_projects(found):
    low, middle, high = found.count("completed", dt.date(2025, 12, 31)).interval(80)
    assert 0 < low < middle < high <= 59
    late = found.years_late()
    assert late[0] < late[1] < late[2]


def test_nothing_on_the_page_was_published_after_its_day(found):
    for page, day in ((found, NOVEMBER), (aid_portfolio(bundled().known(DECEMBER), **WUQIA), DECEMBER)):
        known = bundled().known(day).statements
        ids = page.statement_ids()
        assert known.filter(pl.col("statement_id").is_in(ids)).height == len(ids)


def test_the_batch_of_2014_is_its_audited_plan(found):
    """Jiangsu audit office: 76 projects, 417.59 million yuan in Kezhou; Wuqia 17 and 61.82."""
    rows = found.batches.filter((pl.col("start") == dt.date(2014, 1, 1)) & (pl.col("kind") == "planned"))
    by_place = {row["place"]: (row["projects"], row["funds_cny"]) for row in rows.iter_rows(named=True)}
    assert by_place["kezhou"] == (76, 417.59e6)
    assert by_place["wuqia"] == (17, 61.82e6)


def test_the_136_households_are_there(found):
    row = found.people.filter(pl.col("indicator") == "relocated_households").row(0, named=True)
    assert (row["value"], row["place"]) == (136, "torugart")


def test_left_out_plans_are_judged_by_the_others(found):
    """The shares inside stand in benchmarks/reference_class.md; here, that they are some."""
    done = leave_one_plan_out(found.points.filter(pl.col("what") == "arrived"))
    costs = leave_one_out(found.costs.cases)
    assert 0.5 < done["inside"].mean() <= 1
    assert 0.5 < costs["inside"].mean() <= 1


def test_another_giver_without_a_plan_is_refused():
    with pytest.raises(CoverageError, match="No plan of wuxi for akqi"):
        aid_portfolio(bundled().known(NOVEMBER), place="akqi", partner="wuxi")


def returns(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "returns_of_the_test.csv"
    path.write_text(",".join(project_returns.RETURNS) + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


ROWS = (
    "TEST school,2024-01,100,0.1,20,false",
    "TEST school,2024-02,300,0.5,180,false",
    "TEST school,2024-03,400,,,false",
    "TEST road,2024-02,200,0.25,70,false",
    "TEST road,2024-03,600,,,false",
)


def test_returns_of_projects_give_earned_value(tmp_path, monkeypatch):
    """Made up for this test: 500 planned after two months, 0.5 x 400 + 0.25 x 600 earned, 250 spent of 1,000."""
    returns(tmp_path, *ROWS)
    monkeypatch.chdir(tmp_path)
    table = project_returns.read_if_named("returns_of_the_test.csv")
    earned = aid_portfolio(bundled().known(NOVEMBER), **WUQIA, returns=table).earned
    assert (earned.pv, earned.ev, earned.ac, earned.bac, earned.at) == (500, 350, 250, 1000, 2)
    assert earned.spi == pytest.approx(0.7)
    assert earned.cpi == pytest.approx(1.4)
    assert earned.es == pytest.approx(1 + 250 / 400)
    assert project_returns.read_if_named("") is None


def test_illustrative_returns_never_stand_beside_facts(tmp_path):
    table = project_returns.read(returns(tmp_path, *(row.replace("false", "true") for row in ROWS)))
    with pytest.raises(ParameterError, match="illustrative"):
        aid_portfolio(bundled().known(NOVEMBER), **WUQIA, returns=table)
