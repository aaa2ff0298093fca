"""The chart of a structural model: in the theme, with the effects in its text alternative."""

import datetime as dt
import re

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import month_range
from analysis.methods.structural import Intervention, explain
from analysis.pages.parts import theme
from analysis.pages.parts.chart import Look
from analysis.pages.parts.explained import explained
from analysis.pages.words.cells import Both
from analysis.pages.words.rounding import percent_change


@pytest.fixture(scope="module")
def drawn():
    months = month_range(dt.date(2015, 1, 1), dt.date(2019, 12, 1))
    rng = np.random.default_rng(1)
    figures = np.exp(8 + 0.1 * np.sin(np.arange(60) * np.pi / 6) + np.cumsum(0.02 * rng.standard_normal(60)))
    figures[30:32] *= 0.5
    stop = Intervention("strike", dt.date(2017, 7, 1), dt.date(2017, 8, 1))
    found = explain(pl.DataFrame({"time_period": months, "obs_value": figures}), interventions=[stop], drift=False)
    theme.enable()
    return found, explained(found, title=Both("Trucks, number a month", "货车，辆/月"))


def test_the_text_alternative_names_the_effect_with_its_interval(drawn):
    found, figure = drawn
    row = found.effects.row(0, named=True)
    change = percent_change(row["percent"], row["lower"], row["upper"])
    english, chinese = (figure.chart(lang).to_dict()["description"] for lang in ("en", "zh"))
    assert english.startswith("Trucks, number a month.")
    assert chinese.startswith("货车，辆/月。")
    assert f"strike: {change.en}" in english
    assert f"strike：{change.zh}" in chinese
    assert -60 < row["percent"] < -40


def test_the_drawing_is_the_same_bytes_twice_and_has_its_panels(drawn):
    spec = drawn[1].chart().to_dict()
    drawing = theme.svg(spec)
    assert drawing == theme.svg(spec)
    assert "Season, % of the trend" in drawing
    assert "Effects, %, with 95% intervals" in drawing
    assert "各项影响，%，附95%区间" in drawn[1].svg(Look("zh"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [theme.WIDTH, theme.NARROW])
def test_the_drawing_is_as_wide_as_it_may_be(drawn, lang, width):
    found = re.search(r'viewBox="0 0 ([\d.]+) ', drawn[1].svg(Look(lang, width)))
    assert 0.85 * width < float(found[1]) < 1.05 * width


def test_a_title_in_one_language_serves_both(drawn):
    figure = explained(drawn[0], title="Trucks")
    assert (figure.title.en, figure.title.zh) == ("Trucks", "Trucks")


def test_every_month_with_a_figure_is_a_point(drawn):
    assert len(drawn[0].series.drop_nulls()) == 60
    assert any(len(rows) == 60 for rows in drawn[1].chart().to_dict()["datasets"].values())


def test_an_effect_in_words():
    change = percent_change(-21.32, -29.6, -12.1)
    assert (change.en, change.zh) == ("-21% (95%: -30 to -12%)", "-21%（95%区间：-30%至-12%）")
