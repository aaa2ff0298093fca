"""Charts, tables and sentences of the two desks, made from the bundled ledger."""

import datetime as dt
import re
import subprocess
import sys
from xml.etree import ElementTree

import altair as alt
import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks import park, park_returns, port
from analysis.pages.park import charts as park_charts
from analysis.pages.park import header as park_header
from analysis.pages.park import sentences as park_sentences
from analysis.pages.park import tables as park_tables
from analysis.pages.park_returns import charts as returns_charts
from analysis.pages.park_returns import tables as returns_tables
from analysis.pages.parts import theme
from analysis.pages.parts.sources import sources
from analysis.pages.port import charts, header, sentences, tables
from analysis.pages.words import rounding
from analysis.pages.words.cells import numbers, text
from analysis.pages.words.phrases import likelihood
from analysis.publishing.output.page_writer import PageWriter
from analysis.runtime.folders import data_folder
from analysis.sources import firm_returns
from tests.evidence import bundled

EDITIONS = {"2023-11": dt.date(2023, 11, 30), "2025-12": dt.date(2025, 12, 31)}
QUESTIONS = [("irkeshtam", "road", "2023-11"), ("irkeshtam", "road", "2025-12"), ("horgos", "rail", "2023-11")]


@pytest.fixture(scope="module")
def outlooks() -> dict[tuple[str, str], port.Outlook]:
    evidence = bundled()
    return {
        (place, edition): port.outlook(evidence, place=place, mode=mode, edition=Edition.of(edition))
        for place, mode, edition in QUESTIONS
    }


@pytest.fixture(scope="module")
def found() -> park.ParkOutput:
    known = bundled().known(dt.date(2025, 12, 31))
    return park.park_output(known, park="kezhou_jiangsu_park", year=2023, economy="kezhou", port="irkeshtam")


@pytest.fixture(scope="module")
def bound_only() -> port.Outlook:
    """Irkeshtam as of November 2023 without its January of 2023: of the year only a bound was published."""
    january = pl.col("period_end") == dt.date(2023, 1, 31)
    evidence = bundled().with_statements(bundled().statements.filter((pl.col("place") == "irkeshtam") & ~january))
    return port.outlook(evidence, place="irkeshtam", mode="road", edition=Edition.of("2023-11"))


@pytest.fixture(scope="module")
def progress() -> park_returns.Progress:
    return park_returns.progress(
        firm_returns.read(data_folder() / "park_returns_illustrative.csv"), year=2023, target_cny=725e6
    )


@pytest.fixture(scope="module", autouse=True)
def _theme():
    with alt.theme.enable("silkport"):
        yield


def drawing(figure, lang: str = "en") -> str:
    return theme.svg(figure.chart(lang).to_dict())


def test_the_same_chart_gives_the_same_bytes_twice_and_ids_of_its_own(outlooks):
    outlook = outlooks["irkeshtam", "2025-12"]
    first, second, other = (drawing(chart(outlook)) for chart in (charts.path, charts.path, charts.cumulative))
    assert first == second
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (first, other)]
    assert not ids[0] & ids[1]


def test_every_chart_has_a_text_alternative_the_bundled_font_and_no_address(outlooks, found, progress):
    outlook = outlooks["irkeshtam", "2023-11"]
    for chart in (
        charts.path(outlook), charts.cumulative(outlook), park_charts.target(found), park_charts.peers(found),
        returns_charts.plan_path(progress),
        returns_charts.contributions(progress), returns_charts.year_end(progress),
    ):  # fmt: skip
        svg = drawing(chart)
        root = ElementTree.fromstring(svg)
        assert len(root.attrib["aria-label"]) > 60
        assert root.attrib["role"] == "img"
        assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"Silkport Sans SC"}
        assert "href" not in svg


def test_a_year_in_the_chart_says_what_the_table_says(bound_only):
    row = bound_only.year()
    total = rounding.tonnes(row["median"], row["lower80"], row["upper80"])
    assert f'aria-label="2023: {total.en}, 80%: ' in drawing(charts.path(bound_only))
    assert f'aria-label="2023年：{total.zh}，80%区间' in drawing(charts.path(bound_only), "zh")


def test_no_month_is_drawn_where_the_rule_forbids_it(outlooks, bound_only):
    svg = drawing(charts.path(bound_only))
    assert "No month is drawn for 2023: only a bound was published for the year." in svg
    assert not re.search(r'aria-label="\w+ 2023:', svg)
    later = drawing(charts.path(outlooks["irkeshtam", "2025-12"]))
    assert 'aria-label="May 2025: ' in later
    assert 'aria-label="May 2021: ' not in later
    assert 'aria-label="2021, monthly average: ' in later


def test_the_table_of_months_gives_the_reason_or_a_total(outlooks, bound_only):
    without = tables.months(bound_only)
    assert tuple(map(text, without.rows[-1])) == ("January-November 2023", "only a bound was published for the year")
    assert text(without.rows[-1][1], "zh") == "该年只公布过上下限"
    months = tables.months(outlooks["irkeshtam", "2025-12"])
    words = [text(row[1]).replace(",", "") for row in months.rows]
    *means, total = map(float, words)
    printed = 10.0 ** -len(words[-1].partition(".")[2])
    assert sum(means) == pytest.approx(total, abs=printed / 2 * len(words))


@pytest.mark.parametrize("question", [("irkeshtam", "2023-11"), ("irkeshtam", "2025-12"), ("horgos", "2023-11")])
def test_there_are_three_sentences_and_their_links_lead_to_sources(outlooks, question):
    outlook = outlooks[question]
    said = sentences.summary(outlook)
    assert len(said.plain()) == 3
    shown = (said, tables.chances(outlook), tables.years(outlook), tables.months(outlook), tables.evidence(outlook))
    writer = PageWriter()
    html = "".join(each.html(writer) for each in shown) + writer.cell(charts.path(outlook).foot)
    wanted = set(re.findall(r'href="#s-(\w+)"', html))
    wanted |= {one for number in writer.numbers() for one in number["statements"]}
    listed = sources(outlook.known, outlook.statement_ids())
    assert len(wanted) > 3
    assert {f"s-{one}" for one in wanted} <= set(listed.anchors)
    printed = [number for item in said.items for number in numbers(item)]
    assert printed
    assert [number for number in printed if not number.trace] == []


def test_the_sentence_names_bound_and_age(bound_only):
    _, why, ahead = sentences.summary(bound_only).plain()
    assert "only a bound was published" in why
    assert "8.9 years old" in why
    assert "2023 is not compared with 2022 and 2019" in ahead


def test_the_record_of_a_page_carries_its_sentences_and_statements(outlooks):
    outlook = outlooks["horgos", "2023-11"]
    record = header.page_header(outlook)
    assert record.sentences == sentences.summary(outlook).plain()
    assert (record.headline, record.headline_zh) == (record.sentences[0], record.sentences_zh[0])
    assert set(record.statement_ids) == set(outlook.statement_ids())
    assert record.title_zh.startswith("霍尔果斯")
    assert record.withheld == ()
    other = header.page_header(outlooks["irkeshtam", "2023-11"])
    assert other.withheld == ("Comparison with 2022 and 2019: not known well enough for that.",)
    assert other.withheld_zh == ("与2022年和2019年的比较：所知不足。",)


def test_the_park_page_says_what_was_not_measured(found):
    what, such, ahead = park_sentences.summary(found).plain()
    assert "725 million yuan (7.25亿元)" in what
    assert "no output of 2023 had been published" in what
    assert such.startswith(f"By the figures of {found.peers.of('capital').height} other parks")
    assert "a ceiling" not in such, "the register does not say when the park was opened"
    assert "as parks that went well are reported more often" in such
    assert "0.36 yuan per yuan of capital" in ahead
    assert "no return was published" in ahead
    assert "over 2,500 vehicles" in ahead


def test_nothing_illustrative_reaches_the_published_facts(found, progress):
    record = park_header.page_header(found, edition="2025-12")
    facts = repr(park_tables.facts(found)) + " ".join(record.sentences)
    assert "llustrative" not in facts
    for table in (returns_tables.run_rates(progress), returns_tables.contributions(progress)):
        assert table.illustrative
    for chart in (
        returns_charts.year_end(progress),
        returns_charts.plan_path(progress),
        returns_charts.contributions(progress),
    ):
        svg = drawing(chart)
        assert "Illustrative, not real." in svg
        assert "ILLUSTRATIVE 示意" in svg


def test_the_bar_of_the_target_says_the_probability_in_words_and_number(progress):
    chance = rounding.percent(progress.probability)
    figure = returns_charts.year_end(progress)
    word = likelihood(progress.probability)
    for lang, goal, comma in (("en", "725 million yuan (7.25亿元)", ", "), ("zh", "7.25亿元", "，")):
        for said in (text(figure.alt, lang), text(figure.foot, lang)):
            assert goal in said
            assert f"{text(chance, lang)}{comma}{text(word, lang)}" in said
    over = park_returns.progress(panel_of_a_year(), year=2023, target_cny=725e6)
    assert "Predicted" not in text(returns_charts.year_end(over).alt)
    assert drawing(returns_charts.year_end(over))


def panel_of_a_year() -> pl.DataFrame:
    """The returns of a firm that made 60 million yuan in every month of 2023."""
    months = [dt.date(2023, month, 1) for month in range(1, 13)]
    return pl.DataFrame({"firm": "A", "month": months, "output_cny": 60e6, "illustrative": False})


def test_contributions_add_up_as_printed(progress):
    table = returns_tables.contributions(progress)
    *months, _, total = table.rows
    for place in range(1, len(progress.firms) + 2):
        cells = [float(text(row[place])) for row in months if row[place]]
        assert sum(cells) == pytest.approx(float(text(total[place])), abs=0.011)


def test_another_process_draws_the_same_bytes():
    code = (
        "import sys, altair as alt; from analysis.pages.parts import theme; theme.enable();"
        "c = alt.Chart({'values': [{'x': 1, 'y': 2}]}).mark_area(clip=True).encode(x='x:Q', y='y:Q')"
        ".properties(title='吐尔尕特', description='d');"
        "drawing = theme.svg(c.to_dict());"
    )
    there = subprocess.run(
        [sys.executable, "-c", f"{code} sys.stdout.buffer.write(drawing.encode())"], capture_output=True, check=True
    )
    here: dict[str, str] = {}
    exec(code, here)
    assert here["drawing"].startswith("<svg")
    assert there.stdout.decode() == here["drawing"]
