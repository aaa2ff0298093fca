"""The pages of gates and ways say the same in both languages, and say what is not known."""

import json
import math
import re
from collections import Counter
from itertools import pairwise

import pytest

from analysis.core.periods import Edition
from analysis.desks.corridor import corridor
from analysis.desks.crossing import crossing
from analysis.pages.corridor import charts as way_charts
from analysis.pages.corridor import header as way_header
from analysis.pages.corridor import sentences as way_sentences
from analysis.pages.corridor import tables as way_tables
from analysis.pages.corridor.words import saving_words
from analysis.pages.crossing import capacity_chart, charts, header, sentences, tables
from analysis.pages.crossing.words import passing_words
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure, Look, Undrawn
from analysis.pages.parts.sentences import Note
from analysis.pages.parts.sources import sources
from analysis.pages.words.cells import numbers, text
from tests.evidence import bundled


@pytest.fixture(scope="module")
def unknown_gate():
    return crossing(bundled(), place="torugart", edition=Edition.of("2023-11"))


@pytest.fixture(scope="module")
def dated_gate():
    return crossing(bundled(), place="irkeshtam", edition=Edition.of("2023-11"))


@pytest.fixture(scope="module")
def full_gate():
    return crossing(bundled(), place="irkeshtam", edition=Edition.of("2025-12"))


@pytest.fixture(scope="module")
def ways():
    return corridor(bundled(), edition=Edition.of("2025-12"))


def in_both(items):
    return [[Counter(each.values for each in numbers(item, lang)) for item in items] for lang in ("en", "zh")]


def test_a_gate_without_figures_says_so_everywhere(unknown_gate):
    assert all("not" in words or "cannot" in words for words in sentences.summary(unknown_gate).plain())
    drawn = (charts.capacity, charts.waiting, charts.measured)
    assert all(isinstance(chart(unknown_gate), Undrawn) for chart in drawn)
    assert all(isinstance(table(unknown_gate), Note) for table in (tables.what_ifs, tables.full_months, tables.claims))
    assert len(header.page_header(unknown_gate).withheld) == 2


def test_a_gate_without_a_path_shows_what_was_published_a_day(unknown_gate):
    """Torugart by November 2023: 12,200 vehicles in 2002, 7 lorries on a day of 2020, a doubtful capacity of 160."""
    chart = charts.traffic(unknown_gate)
    assert isinstance(chart, Figure)
    assert [round(each) for each in unknown_gate.a_day["a_day"]] == [33, 7, 160]
    assert set(unknown_gate.a_day["statement_id"]) <= set(unknown_gate.statement_ids())
    assert text(chart.alt).count("doubtful") == 1
    assert all(text(chart.title, lang).count("7") for lang in ("en", "zh"))


def test_a_published_number_of_vehicles_stands_in_the_language_of_the_reader(dated_gate):
    english, chinese = (text(sentences.summary(dated_gate).items[0], lang) for lang in ("en", "zh"))
    assert english.startswith("About 450 vehicles a day passed")
    assert "日均通行约450辆次；" in chinese


def test_a_figure_older_than_a_year_is_dated_and_a_measured_side_named(dated_gate):
    english, chinese = (
        " ".join(text(each, lang) for each in sentences.summary(dated_gate).items) for lang in ("en", "zh")
    )
    assert "open 12 hours a day (hours as of December 2020)" in english
    assert "每天12小时（开放时间截至2020年12月）" in chinese
    assert "into Kyrgyzstan" in english
    assert "进入吉尔吉斯斯坦" in chinese


def test_the_traffic_of_a_gate_is_one_number_on_the_whole_page(full_gate):
    """An estimate is called so, and printed with the digits that its interval bears: never 931 where it says 930."""
    assert full_gate.daily is None
    printed = text(passing_words(full_gate))
    words = [*sentences.summary(full_gate).plain(), text(charts.capacity(full_gate).title)]
    assert sum(printed in each for each in words) == 2
    assert "expected" in words[-1]
    assert "估计" in text(charts.capacity(full_gate).title, "zh")
    exact = re.compile(rf"(?<![\w.]){full_gate.vehicles:.0f}(?![\w.])")  # not within coordinates of the drawing
    for figure in (charts.capacity(full_gate), charts.waiting(full_gate)):
        assert not exact.search(json.dumps(figure.as_json(), ensure_ascii=False))


def test_months_that_were_full_before_the_edition_are_said(full_gate):
    before = full_gate.full_before
    assert before.height
    assert max(before["time_period"]) < full_gate.edition.month
    english, chinese = (text(sentences.summary(full_gate).items[2], lang) for lang in ("en", "zh"))
    assert f"but {before.height} of the 12 months before already were" in english
    assert f"但此前12个月中已有{before.height}个月达到一半" in chinese


def test_the_title_of_the_waits_is_at_the_load_of_the_table(full_gate):
    row, title = tables.what_ifs(full_gate).rows[0], charts.waiting(full_gate).title
    for lang in ("en", "zh"):
        assert text(row[1], lang) in text(title, lang)
        assert text(row[2], lang) in text(title, lang)


def test_a_wide_interval_says_since_when_nothing_was_counted(full_gate):
    english, chinese = (text(sentences.summary(full_gate).items[0], lang) for lang in ("en", "zh"))
    assert "so wide because no total of vehicles after June 2025 was published" in english
    assert "因2025年6月之后没有公布过车辆总数" in chinese


def test_the_caption_of_cases_names_what_the_table_changes(full_gate, dated_gate):
    assert "hand" in text(tables.what_ifs(full_gate).caption)
    assert "rail" not in text(tables.what_ifs(dated_gate).caption)
    assert "hand" not in text(tables.what_ifs(dated_gate).caption)


def test_names_of_lines_keep_their_order_and_their_distance(dated_gate):
    look = Look("en", theme.NARROW, theme.HEIGHT)
    lines = capacity_chart._lines(dated_gate)
    top = float(lines["trucks"].max())
    names = capacity_chart._names(lines, top, look)
    assert names["trucks"].to_list() == sorted(names["trucks"], reverse=True)
    heights = [math.log(top / trucks) / math.log(top / 50) * look.height for trucks in names["trucks"]]
    assert min(later - sooner for sooner, later in pairwise(heights)) > 13
    assert max(heights) < look.height


def test_chinese_numbers_of_a_gate_have_no_thousands_commas(full_gate):
    drawings = [
        chart(full_gate).as_json()["drawings"]["zh"] for chart in (charts.capacity, charts.waiting, charts.traffic)
    ]
    words = [each for drawing in drawings for svg in drawing.values() for each in re.findall(r">([^<]*)<", svg)]
    cells = [text(cell, "zh") for row in tables.what_ifs(full_gate).rows for cell in row]
    assert not [each for each in (*words, *cells) if re.search(r"\d,\d{3}", each)]


def test_sentences_of_the_ways_have_the_same_numbers_in_both_languages(ways):
    english, chinese = in_both(way_sentences.summary(ways).items)
    assert english == chinese
    assert way_header.page_header(ways).withheld == ()


def test_published_times_in_the_opposite_order_are_said(ways):
    """Irkeshtam 20 days (2022), Horgos 10 (2015); by the legs Irkeshtam is the faster one."""
    assert ways.is_published_otherwise
    english, chinese = (text(way_sentences.summary(ways).items[0], lang) for lang in ("en", "zh"))
    assert "the other way round: 20 days (2022) against 10 days (2015)" in english
    assert "前者20天（2022年），后者10天（2015年）" in chinese
    assert "slower" in text(way_charts.days(ways).title)


def test_published_savings_stand_in_the_language_of_the_reader(ways):
    words = {saving.statement_id: saving_words(saving) for saving in ways.savings}
    assert (words["d1120ef13b"].en, words["d1120ef13b"].zh) == ("nearly 500 km", "近500公里")
    assert (words["dc72b69925"].en, words["dc72b69925"].zh) == ("3 to 5 days", "3至5天")
    assert (words["f2887fab7a"].en, words["f2887fab7a"].zh) == ("at least 3 days", "至少3天")
    assert words["97a57cbfd7"].en == "about 5 days"
    assert words["a9bc84e0e6"].zh == "至多500美元（每批货）"
    headline = [text(each) for each in way_sentences.summary(ways).items]
    assert not [each for each in headline if re.search("[\u4e00-\u9fff]", each)]


def test_claims_that_the_legs_neither_bear_out_nor_exclude_say_so(ways):
    """By the legs carriage by Irkeshtam costs about 30% more than by Horgos: a saving in dollars cannot just "fit"."""
    verdicts = {saving.statement_id: saving.verdict for saving in ways.savings}
    assert {verdicts["3455f4e8df"], verdicts["a9bc84e0e6"]} == {"dearer"}
    assert verdicts["3c96e73d63"] == "more_than_all"
    rows = way_tables.claims(ways).rows
    assert not [row for row in rows if "saved a shipment" in text(row[0]) and text(row[1]) == "fits"]


def test_a_saving_outside_china_is_called_so(ways):
    claims = {text(row[3], "zh"): row for row in way_tables.claims(ways).rows}
    assert text(claims["295公里"][0]).endswith("outside China")
    assert text(claims["295公里"][0], "zh").endswith("境外段")
    assert "China" not in text(claims["近500公里"][0])


def test_legs_are_said_to_contain_the_hours_of_the_pilot_only_where_they_have_hours(ways):
    early = corridor(bundled(), edition=Edition.of("2023-11"))
    assert early.known_ways == ()
    assert "contain" not in text(way_tables.pilot(early).notes[0])
    assert "contain" in text(way_tables.pilot(ways).notes[0])


def test_plans_of_the_railway_are_dated_as_plans_and_their_tonnes_compared(ways):
    table = way_tables.railway(ways)
    periods = [text(row[2]) for row in table.rows]
    assert "planned, by the end of 2030" in periods
    assert "not stated" in periods
    assert "3.5 to 15 million tonnes" in text(table.notes[0])
    assert all(text(cell, lang) for row in table.rows for cell in row for lang in ("en", "zh"))


def test_the_ways_print_thousands_as_each_language_does(ways):
    cells = [cell for table in (way_tables.ways, way_tables.legs) for row in table(ways).rows for cell in row]
    assert not [text(cell, "zh") for cell in cells if re.search(r"\d,\d{3}", text(cell, "zh"))]
    assert [text(cell) for cell in cells if re.search(r"\d,\d{3}", text(cell))]


def test_names_of_the_ways_are_whole_on_a_phone(ways):
    for chart in (way_charts.days, way_charts.where_time_goes, way_charts.deciding):
        for lang in ("en", "zh"):
            assert "…" not in chart(ways).as_json()["drawings"][lang]["narrow"]


def test_every_number_of_the_ways_leads_to_a_row_of_the_sources(ways):
    anchors = set(sources(ways.known, ways.statement_ids()).anchors)
    shown = (way_tables.ways, way_tables.legs, way_tables.claims, way_tables.pilot, way_tables.volumes)
    cells = [cell for table in shown for row in table(ways).rows for cell in row]
    cited = {f"s-{name}" for cell in cells for number in numbers(cell) for name in number.trace}
    assert cited
    assert cited <= anchors


def test_charts_of_the_ways_are_drawn_in_both_languages(ways):
    for chart in (way_charts.days, way_charts.where_time_goes, way_charts.deciding):
        assert set(chart(ways).as_json()["drawings"]) == {"en", "zh"}


def test_the_busiest_day_keeps_its_relation():
    """Torugart, January to November 2025: over 1,000 vehicles on its busiest day."""
    gate = crossing(bundled(), place="torugart", edition=Edition.of("2025-12"))
    drawings = charts.traffic(gate).as_json()["drawings"]
    assert "busiest day over 1,000 vehicles" in drawings["en"]["wide"]
    assert "单日最高 超过1000辆次" in drawings["zh"]["narrow"]
    assert "six inspection lanes in Kyrgyzstan" in text(sentences.summary(gate).items[0])
