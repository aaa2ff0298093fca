"""Contributions to growth as a chart and a table: the same numbers in both languages, each with its statements."""

import re
from collections import Counter
from types import SimpleNamespace
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given, settings

from analysis.desks.port import GrowthContributions
from analysis.desks.port.contributions import SCHEMA, UNSPLIT
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look, Undrawn
from analysis.pages.port import charts, tables
from analysis.pages.words import contributions as points_words
from analysis.pages.words.cells import LANGUAGES, numbers, text
from tests.evidence import bundled
from tests.pages import numerals
from tests.pages.invented import contributions, rates
from tests.pages.test_growth_charts import END, NONE, START, outlook

PLACE = SimpleNamespace(place="horgos", places=bundled().places)


def row(part: str, *ends: float, basis: str = "flow", question: str = "last_year", other: int = 2022) -> dict:
    """A contribution to a growth of 20%."""
    median, lower, upper = ends
    return {
        "question": question, "start": START, "end": END, "other": other, "years": 1,
        "growth": 0.2, "growth_lower": 0.1, "growth_upper": 0.3, "basis": basis, "part": part,
        "median": median, "lower": lower, "upper": upper, "statement_ids": ["a1", "b2"],
        "reason": None if basis == "flow" else UNSPLIT,
    }  # fmt: skip


def found(*rows: dict) -> GrowthContributions:
    return GrowthContributions(pl.DataFrame(rows, schema=SCHEMA), {})


BY_FLOW = found(row("export", 0.3, 0.2, 0.4), row("import", -0.1, -0.15, -0.05))
BY_DAYS = found(
    row("open_days", 0.05, 0.0499, 0.0501, basis="days"), row("per_open_day", 0.15, 0.05, 0.25, basis="days")
)


def values_of(table: pl.DataFrame) -> set[float]:
    columns = ("growth", "growth_lower", "growth_upper", "median", "lower", "upper")
    return {value for column in columns for value in table[column]}


@given(contributions())
@settings(max_examples=60)  # each makes a chart and a table of up to three comparisons
def test_both_languages_say_the_same_numbers_each_with_its_statements(made):
    figure, (table,) = charts.contributions(made, PLACE), tables.contributions(made)
    cells = [cell for row in table.rows for cell in row]
    assert [*numbers(figure.foot)]
    assert sum(len([*numbers(cell)]) for cell in cells) >= 2 * made.table.height
    for said in (figure.title, figure.alt, figure.foot, *figure.notes, *table.notes, *cells):
        english, chinese = (list(numbers(said, lang)) for lang in LANGUAGES)
        assert Counter(english) == Counter(chinese)
        assert all(number.trace == ("a1", "b2") for number in english)
        assert {value for number in english for value in number.values} <= values_of(made.table)
        assert numerals.numbers(text(said)) == numerals.numbers(text(said, "zh"))


@given(rates())
def test_points_are_printed_close_to_what_they_are(ends):
    _, lower, upper = ends
    for number in (points_words.points(*ends), points_words.points_interval(*ends)):
        for lang in LANGUAGES:
            printed = [float(words) for words in re.findall(r"[+-]?[\d.]+", text(number, lang))]
            wanted = [100 * each for each in number.values]
            room = max(50 * (upper - lower), 0.35) / 2
            assert printed == pytest.approx(wanted, abs=room, rel=0.05)


def test_a_contribution_in_words():
    assert points_words.points(-0.052, -0.06, -0.045).en == "-5.2"
    assert points_words.points_interval(0.12, -0.15, 0.41).en == "-15 to +41"
    assert points_words.points_interval(0.12, -0.15, 0.41).zh == "-15至+41"
    # Open days are known, but no digit beyond that of freight says more.
    assert points_words.points(0.0123456, 0.012345, 0.012346).en == "+1.23"
    assert points_words.points(0.0, 0.0, 0.0).en == "0"


def test_the_chart_says_the_growth_and_below_it_its_parts():
    figure = charts.contributions(BY_FLOW, PLACE)
    assert (
        "January-November 2023 on 2022: +20%, 80%: +10 to +30%; exports: +30 points, 80%: +20 to +40; "
        "imports: -10 points, 80%: -15 to -5." in text(figure.alt)
    )
    assert "2023年1-11月较2022年：+20%，80%区间+10%至+30%；出口：+30个百分点，80%区间+20至+40；进口" in text(
        figure.alt, "zh"
    )
    assert text(figure.foot) == "January-November 2023 on 2022: +20%, of it exports +30 points, imports -10 points."
    assert text(figure.foot, "zh") == "2023年1-11月较2022年：+20%，其中出口+30个百分点，进口-10个百分点。"


@pytest.mark.parametrize("width", [theme.WIDTH, theme.NARROW])
@pytest.mark.parametrize("lang, words", [("en", "flow per open day: +15 points"), ("zh", "日均流量：+15个百分点")])
def test_every_line_is_named_in_the_drawing(width, lang, words):
    theme.enable()
    figure = charts.contributions(BY_DAYS, PLACE)
    drawing = figure.svg(Look(lang, width, figure.height))
    shown = [element.text or "" for element in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert len({line for line in shown if line.startswith(words)}) == 1
    found = re.search(r'viewBox="0 0 ([\d.]+) ', drawing)
    assert 0.85 * width < float(found[1]) < 1.06 * width


def test_a_mark_stands_where_its_number_is():
    theme.enable()
    spec = charts.contributions(BY_FLOW, PLACE).chart().to_dict()
    drawn = [row for rows in spec["datasets"].values() for row in rows if row.get("part") == "import"]
    assert {(row["lower"], row["median"], row["upper"]) for row in drawn} == {(-0.15, -0.1, -0.05)}
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < -0.15
    assert high > 0.4


def test_the_table_says_why_it_is_not_by_direction():
    notes = [text(note) for (table,) in map(tables.contributions, (BY_DAYS, BY_FLOW)) for note in table.notes]
    assert [note for note in notes if note.startswith("Not by direction")] == [
        "Not by direction: January-November 2023 on 2022, imports and exports were not published for both years."
    ]


def test_comparisons_keep_their_order_each_above_its_parts():
    other = [
        row("open_days", 0.0, 0.0, 0.0, basis="days", question="two_years", other=2021),
        row("per_open_day", 0.2, 0.1, 0.3, basis="days", question="two_years", other=2021),
    ]
    figure = charts.contributions(found(*BY_FLOW.table.to_dicts(), *other), PLACE)
    order = ["on 2022", "exports", "imports", "on 2021", "open days: 0 points", "flow per open day"]
    places = [text(figure.alt).index(words) for words in order]
    assert places == sorted(places)


def test_where_no_growth_is_computed_the_reason_stands():
    none = found()
    figure = charts.contributions(none, outlook((None, None, None)))
    assert isinstance(figure, Undrawn)
    assert repr(figure).endswith(f": not drawn, {NONE}.")
    assert tables.contributions(none) == ()
