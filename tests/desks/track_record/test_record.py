"""The forecast record: what it compares, counted by hand on small invented records."""

import dataclasses
import datetime as dt
from collections import Counter

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.periods import Edition, add_months
from analysis.desks import track_record
from analysis.desks.track_record.editions import SCHEMA, _later, _pace, _sums_to_date
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look
from analysis.pages.track_record import charts, header, sentences, tables
from analysis.pages.words.cells import numbers, text
from analysis.sources import panels
from tests.evidence import bundled
from tests.pages import numerals

HORGOS = "horgos.freight_tonnes.total.rail"
ALASHANKOU = "alashankou.freight_tonnes.total.rail"


def small_panel():
    rng = np.random.default_rng(1)
    months = [add_months(dt.date(2012, 1, 1), place) for place in range(96)]
    season = 0.2 * np.sin(np.arange(96) * np.pi / 6)
    names = [f"{port:04}|{measure}" for port in range(4) for measure in ("trucks", "trains")]
    values = 1000 * np.exp(season + np.cumsum(0.05 * rng.standard_normal((8, 96)), axis=1))
    return pl.concat(
        pl.DataFrame({"unique_id": name, "ds": months, "y": row}) for name, row in zip(names, values, strict=True)
    )


def edition(actual, median, lower80, upper80, *, baseline, statement_id):
    half = (upper80 - lower80) / 2
    return {
        "edition": dt.date(2025, 6, 1), "series_id": HORGOS, "period_start": dt.date(2025, 1, 1),
        "period_end": dt.date(2025, 12, 31), "statement_id": statement_id, "actual": actual, "baseline": baseline,
        "lower95": lower80 - half, "lower80": lower80, "median": median, "upper80": upper80, "upper95": upper80 + half,
    }  # fmt: skip


@pytest.fixture(scope="module")
def found():
    backtest = track_record.engine(
        small_panel(),
        measure="trucks",
        origins=track_record.origins(dt.date(2017, 12, 1), every=12, count=2),
        horizon=6,
    )
    rows = [
        edition(12e6, 10e6, 9e6, 13e6, baseline=9e6, statement_id="a"),
        edition(14e6, 10e6, 9e6, 13e6, baseline=None, statement_id="b"),
        edition(20e6, 10e6, 9e6, 13e6, baseline=15e6, statement_id="c"),
    ]
    held_out = track_record.held_out(bundled().known())
    return track_record.record(
        backtest,
        pl.DataFrame(rows, schema=SCHEMA),
        held_out,
        edition=Edition.of("2026-01"),
        known=bundled().known(dt.date(2026, 1, 31)),
    )


def test_only_the_series_of_the_measure_are_forecast(found):
    assert dict(found.scores.select("model", "n").iter_rows()) == {"silkport": 8, "seasonal naive": 8}
    assert found.origins == (dt.date(2017, 12, 1), dt.date(2018, 12, 1))


def test_an_unknown_measure_is_refused_with_those_that_there_are():
    with pytest.raises(CoverageError, match=r"no measure 'lorries'\. Use one of trains, trucks"):
        track_record.engine(small_panel(), measure="lorries", origins=[dt.date(2017, 12, 1)])


def test_no_origin_is_refused():
    with pytest.raises(ParameterError, match="0 origins every 12 months are none"):
        track_record.origins(dt.date(2017, 12, 1), every=12, count=0)


def test_figures_within_the_intervals_are_counted(found):
    assert (found.inside(80), found.inside(95)) == (1, 2)


def test_errors_of_editions_and_of_the_pace_are_over_the_same_figures(found):
    """Of the first and the third figure: 2/12 and 10/20 against 3/12 and 5/20."""
    errors = {row["model"]: row for row in found.relative_errors().iter_rows(named=True)}
    assert errors["earlier editions"]["n"] == errors["pace carried on"]["n"] == 2
    assert errors["earlier editions"]["error"] == pytest.approx((2 / 12 + 10 / 20) / 2)
    assert errors["pace carried on"]["error"] == pytest.approx((3 / 12 + 5 / 20) / 2)


def test_later_figures_came_out_after_the_edition_and_reach_beyond_it():
    statements, as_of = bundled().statements, dt.date(2025, 6, 30)
    later = _later(bundled().known(), [HORGOS, ALASHANKOU], as_of)
    published = statements.select("statement_id", "available_on")
    assert (later.join(published, on="statement_id")["available_on"] > as_of).all()
    assert (later["period_end"] > as_of).all()
    totals = later.filter(pl.col("period_end") == dt.date(2025, 12, 31)).select("series_id", "actual").rows()
    assert totals == [(ALASHANKOU, 17.86e6), (HORGOS, 14.24e6)]


def test_the_pace_is_that_of_the_longest_figure_that_the_edition_knew():
    known = _sums_to_date(bundled().known(dt.date(2025, 6, 30)), ALASHANKOU)
    newest = known.row(-1, named=True)
    assert newest["available_on"] <= dt.date(2025, 6, 30)
    days = (newest["period_end"] - dt.date(2025, 1, 1)).days + 1
    year = {"period_start": dt.date(2025, 1, 1), "period_end": dt.date(2025, 12, 31)}
    assert _pace(known, year) == pytest.approx(newest["value"] / days * 365, rel=1e-5)


def test_an_edition_without_a_figure_of_its_year_has_no_pace():
    known = _sums_to_date(bundled().known(dt.date(2024, 6, 30)), HORGOS)
    assert _pace(known, {"period_start": dt.date(2024, 1, 1), "period_end": dt.date(2024, 12, 31)}) is None


def test_an_edition_without_later_figures_leaves_an_empty_record():
    known = bundled().known(dt.date(2024, 6, 30))
    assert track_record.editions(known, series=[HORGOS], months=[dt.date(2024, 6, 1)]).is_empty()


def test_the_page_says_what_the_tables_say(found):
    said = sentences.summary(found).plain()
    mase = found.score("silkport", "mase")
    assert f"was {mase:.3f}" in said[0]
    assert f"{mase:.3f}" in repr(tables.scores(found))
    assert "3 figures came out later; 1 lay within the 80% interval and 2 within the 95% interval" in said[2]
    assert "for the 2 about which the edition knew an earlier figure of the year its mean error was 33%" in said[2]
    assert "25% if the pace" in said[2]
    page = header.page_header(found)
    assert page.sentences == said
    assert page.sentences_zh == sentences.summary(found).plain("zh")
    assert (page.headline, page.headline_zh) == (page.sentences[0], page.sentences_zh[0])
    assert page.statement_ids == ("a", "b", "c")


@pytest.mark.parametrize("kept", ["all", "without a pace", "one", "none"])
def test_both_languages_say_the_same_numbers(found, kept):
    chosen = {
        "all": found.editions, "without a pace": found.editions.filter(pl.col("baseline").is_null()),
        "one": found.editions.head(1), "none": found.editions.clear(),
    }[kept]  # fmt: skip
    kept_record = dataclasses.replace(found, editions=chosen)
    rows = (*tables.scores(kept_record).rows, *tables.editions(kept_record).rows)
    for item in (*sentences.summary(kept_record).items, *(cell for row in rows for cell in row)):
        assert Counter(numbers(item, "en")) == Counter(numbers(item, "zh"))
        assert numerals.numbers(text(item, "en")) == numerals.numbers(text(item, "zh"))


def test_numbers_of_earlier_editions_lead_to_the_later_figures(found):
    *engine, last = sentences.summary(found).items
    count, likely, wide, known, *errors = numbers(last)
    assert {each.trace for each in (count, likely, wide)} == {("a", "b", "c")}
    assert {each.trace for each in (known, *errors)} == {("a", "c")}
    assert not any(number.trace for item in engine for number in numbers(item))


def test_few_figures_are_said_to_be_few_and_many_are_not(found):
    many = dataclasses.replace(found, editions=pl.concat([found.editions] * 10))
    for lang, words in (("en", "too few"), ("zh", "数量太少")):
        assert words in sentences.summary(found).plain(lang)[2]
        assert words not in sentences.summary(many).plain(lang)[2]


def test_the_charts_speak_and_are_the_same_bytes_twice(found):
    theme.enable()
    for chart in (charts.horizons, charts.calibration, charts.editions):
        for look in (Look("en"), Look("zh", theme.NARROW)):
            assert chart(found).svg(look) == chart(found).svg(look)
        assert len(chart(found).chart("zh").to_dict()["description"]) > 60
    editions = charts.editions(found)
    assert "published later: 14 million tonnes (1400万吨)" in editions.alt.en
    assert "此后公布1400万吨" in editions.alt.zh
    assert [number.trace for number in numbers(editions.foot)] == [("a",), ("b",), ("c",)]


def test_an_empty_record_of_editions_has_a_chart_without_a_foot(found):
    empty = dataclasses.replace(found, editions=found.editions.clear())
    assert charts.editions(empty).foot == ""
    assert charts.editions(empty).svg(Look("zh")).startswith("<svg")


def test_the_table_of_editions_links_each_figure_to_its_statement(found):
    html = tables.editions(found)._repr_mimebundle_()["text/html"]
    assert html.count('href="#s-') == 3
    assert "none known" in html


def test_the_bundled_panel_has_the_measures_that_the_notebook_names():
    measures = set(panels.read()["unique_id"].str.split("|").list.last().unique())
    assert {"trucks", "rail_containers_loaded", "trains"} <= measures
