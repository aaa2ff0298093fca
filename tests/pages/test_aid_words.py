"""The words of an aid portfolio's page: chances of work and of projects, titles from the curves, order of tables."""

import dataclasses
import datetime as dt

import polars as pl
import pytest

from analysis.desks.aid import aid_portfolio
from analysis.desks.aid.points import COMPLETED, DONE
from analysis.pages.aid import charts, sentences, tables
from analysis.pages.parts.sentences import Heading
from analysis.pages.words.cells import text
from analysis.pages.words.money import part_of_yuan
from analysis.pages.words.rounding import fraction_percent, percent
from tests.evidence import bundled

DAYS = (dt.date(2023, 11, 30), dt.date(2025, 12, 31))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def found(request):
    return aid_portfolio(bundled().known(request.param), place="wuqia", partner="changzhou")


def test_the_first_screen_gives_the_chances_of_work_and_of_projects_and_why_they_differ(found):
    """Shandong for Kashgar, September 2011: 76.7% of the work done, 35.3% of the projects completed."""
    said = sentences.outlook_sentence(found)
    for lang in ("en", "zh"):
        for what in (DONE, COMPLETED):
            chance = percent(found.curves[what].chance(found.plan.elapsed(found.plan.end), 0.95))
            assert chance.of(lang) in text(said, lang), (what, lang)
        assert "77%" in text(said, lang)
        assert "35%" in text(said, lang)
    assert "in each of the 2 past plans that reported both on one day" in text(said)


def test_work_stands_beside_projects_of_the_same_plan_and_day(found):
    both = found.completed_beside_done
    assert both["plan"].to_list() == ["zhejiang.aksu_prefecture.2011.1", "shandong.kashgar_prefecture.2011.1"]
    assert both["done"].to_list() == pytest.approx([0.42, 0.767], abs=5e-4)
    assert both["completed"].to_list() == pytest.approx([0.13, 0.353], abs=5e-4)


def test_a_small_number_of_plans_names_what_they_reported(found):
    assert text(sentences.outlook_sentence(found)).startswith(
        f"Only {found.curves[DONE].plans} past plans reported work done or money spent "
        f"and only {found.curves[COMPLETED].plans} projects completed"
    )
    heading = text(sentences.curve_heading(found).words)
    assert "Only few" not in heading
    assert f"only {found.curves[DONE].plans};" in heading


def test_the_title_of_the_curves_is_made_from_them(found):
    title = charts.completion(found).title
    for what in (DONE, COMPLETED):
        share = fraction_percent(found.curves[what].interval(1.0, 80)[1])
        assert share.en in text(title)
        assert share.zh in text(title, "zh")


def test_completed_projects_stand_before_the_fold(found):
    rows = tables.outlook(found).rows
    assert all(text(row[0]).startswith("projects completed") for row in rows[:4])
    assert len(rows) == found.outlook.height


def test_a_column_of_parts_of_one_sum_has_one_precision():
    """Of 269 million the third digit is the million, in Chinese the second decimal of 亿."""
    made = part_of_yuan(18.4e6, 0.0, 164.6e6, whole=269e6)
    assert made.en == "18 million yuan (0 to 165)"
    assert made.zh == "0.18亿元（0.00亿至1.65亿元）"
    small = part_of_yuan(18.44e6, 2.7e6, 45.2e6, whole=45.2e6)
    assert small.en == "18.4 million yuan (2.7 to 45.2)"
    assert small.zh == "1840万元（270万至4520万元）"


def test_the_figure_of_a_table_of_people_is_its_second_column(found):
    names = [text(name) for name in tables.people(found).columns]
    assert names[:2] == ["What", "#As published"]


def test_without_returns_earned_value_says_how_they_are_handed_in(found):
    made = tables.earned(found)
    assert isinstance(made, Heading)
    assert "form for project returns" in text(made.words)
    assert ".csv" not in text(made.words)


def test_plans_that_never_reported_both_are_said_to_have_not(found):
    apart = found.points.filter(~((pl.col("what") == DONE) & pl.col("plan").is_in(found.completed_beside_done["plan"])))
    words = text(sentences.outlook_sentence(dataclasses.replace(found, points=apart)))
    assert "no past plan reported both on one day" in words
