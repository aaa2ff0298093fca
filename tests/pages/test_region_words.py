"""What growth over part of a year is measured on, by hand; every word has its Chinese."""

import datetime as dt
import re
from dataclasses import replace

import polars as pl
import pytest

from analysis.pages.parts import axes
from analysis.pages.parts.chart import Look
from analysis.pages.parts.sentences import Note
from analysis.pages.region import charts, sentences, tables
from analysis.pages.region.words import is_whole_year, year_before_words
from analysis.pages.words.cells import text
from tests.desks.region.test_region import small  # noqa: F401 - a fixture


@pytest.mark.parametrize(
    "start, end, english, chinese",
    [
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), "2024", "2024年"),
        (dt.date(2023, 1, 1), dt.date(2023, 11, 30), "the same months of 2022", "2022年同期"),
        (dt.date(2023, 2, 1), dt.date(2023, 12, 31), "the same months of 2022", "2022年同期"),
    ],
)
def test_growth_over_part_of_a_year_is_measured_on_the_same_months(start, end, english, chinese):
    words = year_before_words(start, end)
    assert (str(words.en), str(words.zh)) == (english, chinese)


def test_two_years_are_no_whole_year():
    assert not is_whole_year(dt.date(2024, 1, 1), dt.date(2025, 12, 31))


def with_thin(region, place):
    """Return the region with one port whose year is too thin for a number."""
    return replace(region, ports=region.ports.with_columns(thin=pl.col("thin") | (pl.col("place") == place)))


def test_the_carriers_named_are_the_largest_without_a_gap(small):  # noqa: F811
    known = with_thin(small, "horgos")
    second = text(sentences.summary(known).items[1])
    assert second.startswith("Of it Alashankou (rail) carries")
    assert "Irkeshtam" not in second.partition(";")[0]
    first = text(sentences.summary(with_thin(small, "alashankou")).items[1])
    assert first.startswith("Of the ports known well enough, Horgos (rail) carries")


def test_a_mode_that_is_hardly_known_has_no_number(small):  # noqa: F811
    wide = pl.when(pl.col("line") == "road").then(2.6 * pl.col("lower")).otherwise("upper")
    table = tables.modes(replace(small, lines=small.lines.with_columns(upper=wide)))
    road = [text(name) for name in table.columns].index("#Road")
    assert {text(row[road]) for row in table.rows} == {"–"}
    assert "– too little published" in text(table.notes[0])


def test_an_axis_has_the_unit_of_its_language_alone():
    for english, chinese in (axes._TONNES, axes._METRIC_TONNES, axes._MONEY, axes._TRADE, axes._AMOUNTS):
        assert not any("\u3400" <= sign <= "\u9fff" for sign in english)
        assert not any(unit in chinese for unit in (" Mt", " bn", " m", ",."))


def elsewhere(region, **moved):
    """Return the region with the coordinates of its ports changed."""
    evidence = region.known.evidence
    registers = {**evidence.registers, "ports": evidence.registers["ports"].with_columns(**moved)}
    return replace(region, known=replace(region.known, evidence=replace(evidence, registers=registers)))


def test_ports_without_coordinates_have_no_map_and_the_page_says_so(small):  # noqa: F811
    nowhere = elsewhere(small, lat=pl.lit(None, dtype=pl.Float64), lon=pl.lit(None, dtype=pl.Float64))
    assert isinstance(charts.ports_map(nowhere), Note)


def test_degrees_west_and_south_are_written_without_a_sign(small):  # noqa: F811
    drawing = charts.ports_map(elsewhere(small, lat=-pl.col("lat"), lon=-pl.col("lon"))).svg(Look())
    degrees = set(re.findall(r">([^<>]*°.)<", drawing))
    assert {words[-1] for words in degrees} == {"W", "S"}
    assert all(words[:-2].isdigit() for words in degrees)
