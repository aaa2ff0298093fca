"""A park's page in hindsight, and what it says of another statement."""

import dataclasses
import datetime as dt
import re
from types import SimpleNamespace

import polars as pl
import pytest

from analysis.desks import park
from analysis.desks.park.peers import Peers
from analysis.pages.park import charts, header, sentences, tables
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look
from analysis.pages.words.cells import text
from analysis.pages.words.names import short_name
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
    spread = "Spread over the year, the target is 60.42 million yuan"
    assert ("would have needed" in words["en"], spread in words["en"]) == (hindsight, not hindsight)
    assert ("how much of it is still lacking cannot be said" in words["en"]) == (not hindsight)
    assert "whether it is met was" not in words["en"]
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
        "By 31 December 2025 neither a target nor an output of Irkeshtam Port Park had been published for 2023, "
        "the year that this page is set to, or for any other."
    ) in words["en"]
    assert "59 firms (30 November 2023; foreign trade firms settled in the park), 10 years apart." in words["en"]
    assert "没有公布过" in words["zh"]


@pytest.fixture(scope="module", params=[dt.date(2023, 11, 30), dt.date(2025, 12, 31)], ids=str)
def kezhou(request):
    return park.park_output(
        bundled().known(request.param), park="kezhou_jiangsu_park", year=2023, economy="kezhou", port="irkeshtam"
    )


def test_the_chance_of_a_class_is_told_apart_from_that_of_the_park(kezhou):
    """Box, sentence and table name the park's own chance alike; 67% is that of a park drawn from the class."""
    count = kezhou.peers.of("capital").height
    such = sentences.summary(kezhou).plain()[1]
    assert f"a park drawn from these {count} would" in such
    assert "this park's own chance is not measured" in such
    names = [text(row[0]) for row in tables.facts(kezhou).rows]
    withheld = header.page_header(kezhou, edition="2025-12").withheld
    assert "This park's own chance of reaching the target" in names
    assert withheld == ("This park's own chance of reaching the target of 2023, not measured: no return published.",)


def test_a_wide_range_is_told_so(kezhou):
    low, _, high = kezhou.class_output
    assert f"the upper end {high / low:.0f} times the lower" in sentences.summary(kezhou).plain()[1]
    assert f"上端为下端的{high / low:.0f}倍" in sentences.summary(kezhou).plain("zh")[1]


def test_a_class_is_a_ceiling_only_where_every_age_is_known_and_higher(kezhou):
    assert not kezhou.is_younger, "the register does not say when this park was opened"
    parks = kezhou.attainment.places.parks.with_columns(
        opened=pl.when(pl.col("park") == "kezhou_jiangsu_park").then(pl.lit("2023-09")).otherwise("opened")
    )
    ages = kezhou.peers.table.with_columns(pl.col("age").fill_null(9))
    places = dataclasses.replace(kezhou.attainment.places, parks=parks)
    with_opening = with_places(kezhou, places)
    assert with_opening.is_younger == (kezhou.peers.of("capital")["age"].null_count() == 0)
    all_ages = dataclasses.replace(with_opening, peers=Peers(ages))
    assert all_ages.is_younger
    assert "a ceiling, as those parks were older" in sentences.summary(all_ages).plain()[1]


def with_places(found, places):
    """Return a park's page with other registers."""
    known = SimpleNamespace(places=places, evidence=found.attainment.known.evidence)
    return dataclasses.replace(found, attainment=dataclasses.replace(found.attainment, known=known))


def test_what_the_ledger_does_not_hold_is_not_said_to_be_absent_from_the_world(kezhou):
    heading = sentences.record_heading(kezhou)
    verdicts = {text(row[-1]) for row in tables.expectations(kezhou).rows}
    assert "no outcome in the ledger" in verdicts
    for lang, wrong in (("en", "spoken of"), ("zh", "再无下文")):
        assert wrong not in text(heading.words, lang)
    assert "ports, parks and regions" in text(heading.title)
    assert re.search(r"of ports, \d+ of parks", text(heading.words))


def test_expectations_stand_in_the_order_of_their_period(kezhou):
    ends = kezhou.record.table["period_end"].sort().to_list()
    shown = [text(row[1])[-4:] for row in tables.expectations(kezhou).rows]
    assert shown == [str(end.year) for end in ends]


def test_a_name_without_a_chinese_form_is_quoted_and_said_to_have_none(kezhou):
    first = tables.scenarios(kezhou, shut_days=30, more_firms=5).rows[0]
    assert text(first[0], "zh").startswith("“Feifeng Vehicle”（未见公布的中文名）按2023年9月1日至11月8日的速度")
    assert "at its pace of 1 September-8 November 2023" in text(first[0])


def test_the_price_of_a_car_multiplies_to_the_order_and_names_its_rate(kezhou):
    """What is printed a car times 10,000 is what is printed of the order, to its four digits."""
    row = tables.scenarios(kezhou, shut_days=30, more_firms=5).rows[1]
    each = float(re.match(r"([\d,]+) yuan", text(row[2]))[1].replace(",", ""))
    worth = float(re.match(r"([\d,.]+) million", text(row[1]))[1].replace(",", ""))
    assert each * 10_000 == pytest.approx(worth * 1e6, rel=5e-4)
    assert "at 6.6174 yuan, the rate of 2018" in text(row[2])
    assert "2018年汇率6.6174元" in text(row[2], "zh")


def test_chinese_tables_count_in_wan_and_yi(kezhou):
    shown = (tables.scenarios(kezhou, shut_days=30, more_firms=5), tables.peers(kezhou))
    words = " ".join(text(cell, "zh") for table in shown for row in table.rows for cell in row)
    assert not re.search(r"\d{5}(吨|元|辆|个)|百万元|千元", words)
    assert re.search(r"\d万吨无法通过", words)


def test_the_title_of_the_sums_is_what_they_come_to(kezhou):
    figure = charts.target(kezhou)
    assert text(figure.title) == (
        "Kezhou Jiangsu Industrial Park: 725 million yuan expected for 2023, about 2,000 million yuan invested, "
        "no output of 2023 published"
    )
    assert "约20亿元" in text(figure.title, "zh")
    assert "about 2,000 million yuan" in text(figure.foot)


def test_the_note_of_a_table_is_of_what_stands_in_it(kezhou):
    notes = " ".join(text(note) for note in tables.scale(kezhou).notes)
    assert "quotient" not in notes
    assert "Nothing newer than 2003 was found on value added of industry and secondary sector" in notes
    sectors = " ".join(text(note) for note in tables.sectors(kezhou).notes)
    assert "2003 (Kezhou) and 2005 (Xinjiang)" in sectors
    assert "from 1985 to 1995" in sectors


def test_no_line_goes_through_the_words_of_a_park(kezhou):
    """Both lines across are ticks beside the points, 18 pixels high in rows of more than 34; no rule is drawn."""
    for width in (theme.WIDTH, theme.NARROW):
        drawn = charts.peers(kezhou).draw(Look("en", width, 300)).to_dict()
        marks = [layer["mark"]["type"] for layer in drawn["layer"]]
        assert "rule" not in marks
        assert marks.count("tick") == 2


def test_a_remark_is_named_by_what_it_is_about():
    found = park.park_output(
        bundled().known(dt.date(2025, 12, 31)),
        park="kezhou_jiangsu_park",
        year=2023,
        economy="kezhou",
        port="irkeshtam",
    )
    assert text(tables.facts(found).notes[-1]).startswith("Vehicles made and sold, 2024: one firm")


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
    known = bundled().known(dt.date(2025, 12, 31))
    found = park.park_output(known, park="artux_industrial_park", year=2023, economy="kezhou", port="torugart")
    assert text(charts.target(found).title) == "Artux Industrial Park: 2,644 million yuan made in 2023"


def test_a_name_keeps_the_brackets_inside_it():
    """Other spellings stand in brackets at the end of a name; the giver of a park stands in the middle."""
    places = bundled().places
    assert short_name("wuqia_changzhou_park", places).en == "Wuqia (Changzhou) Industrial Park"
    assert short_name("irkeshtam_port_park", places).en == "Irkeshtam Port Park"
