"""A park's page in hindsight, and what it says of another statement."""

import datetime as dt

import pytest

from analysis.desks import park
from analysis.pages.park import charts, sentences, tables
from analysis.pages.words.cells import text
from tests.evidence import bundled


def page_words(day: dt.date, name: str = "kezhou_jiangsu_park") -> dict[str, str]:
    """Return sentences and table of facts of a park as of a day, by language."""
    found = park.park_output(bundled().known(day), park=name, year=2023, economy="kezhou", port="irkeshtam")
    cells = [cell for row in tables.facts(found).rows for cell in row]
    return {
        lang: "\n".join([*sentences.summary(found).plain(lang), *(text(cell, lang) for cell in cells)])
        for lang in ("en", "zh")
    }


@pytest.mark.parametrize("day, hindsight", [(dt.date(2023, 12, 31), False), (dt.date(2024, 1, 1), True)])
def test_a_target_needs_a_run_rate_only_while_its_year_lasts(day, hindsight):
    words = page_words(day)
    assert ("would have needed" in words["en"], "needs" in words["en"]) == (hindsight, not hindsight)
    assert ("当年需月均" in words["zh"]) == hindsight
    assert ("had the target been met" in words["en"]) == hindsight


def test_what_one_firm_made_and_sold_is_not_called_sales():
    """CNR, 10 June 2025: "2024年产销已超2500辆", said of Sujiang electric vehicles alone."""
    words = page_words(dt.date(2025, 12, 31))
    assert "over 2,500 vehicles (vehicles made and sold, 2024; one firm, Sujiang electric vehicles" in words["en"]
    assert "2024年车辆产销量超过2500辆（一家企业，苏匠车业" in words["zh"]
    assert "vehicles sold" not in words["en"]
    assert "车辆销量" not in words["zh"]


def test_a_park_without_a_target_says_so_and_names_what_was_published():
    words = page_words(dt.date(2025, 12, 31), "irkeshtam_port_park")
    assert (
        "No target of Irkeshtam Port Park for 2023 was published by 31 December 2025, and no output of that year."
        in words["en"]
    )
    assert "59" in words["en"]
    assert "没有公布过" in words["zh"]


@pytest.mark.parametrize("day, few", [(dt.date(2023, 11, 30), True), (dt.date(2025, 12, 31), True)])
def test_a_class_of_fewer_than_five_outcomes_says_so_first(day, few):
    found = park.park_output(
        bundled().known(day), park="kezhou_jiangsu_park", year=2023, economy="kezhou", port="irkeshtam"
    )
    known = found.record.count("met") + found.record.count("missed")
    heading = sentences.record_heading(found)
    assert (known < 5) == few
    assert text(heading.words).startswith(f"Only {known} have a known outcome") == few


def test_a_park_that_published_sums_of_other_kinds_is_not_said_to_have_published_none():
    """230 million yuan of contracts were published, which is neither capital invested nor output."""
    found = park.park_output(
        bundled().known(dt.date(2023, 11, 30)),
        park="irkeshtam_port_park",
        year=2023,
        economy="kezhou",
        port="irkeshtam",
    )
    assert charts.target(found).reason.en == "neither capital invested nor output was published"
    notes = " ".join(text(note) for note in tables.scenarios(found, shut_days=30, more_firms=5).notes)
    assert "three-wheeler" not in notes, "the page has no order of vehicles"


def test_a_published_output_is_no_longer_not_measured():
    words = page_words(dt.date(2025, 12, 31), "artux_industrial_park")
    assert "its output of 2023 was published as 2,644 million yuan (26.44亿元)" in words["en"]
    assert "not measured" not in words["en"]
