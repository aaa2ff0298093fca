"""The chart of a structural model: in the theme, with the effects in its text alternative."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.periods import month_range
from analysis.presentation import charts, theme
from analysis.presentation.tables.figures import percent_change
from analysis.structural import Intervention, explain


@pytest.fixture(scope="module")
def drawn():
    months = month_range(dt.date(2015, 1, 1), dt.date(2019, 12, 1))
    rng = np.random.default_rng(1)
    figures = np.exp(8 + 0.1 * np.sin(np.arange(60) * np.pi / 6) + np.cumsum(0.02 * rng.standard_normal(60)))
    figures[30:32] *= 0.5
    stop = Intervention("strike", dt.date(2017, 7, 1), dt.date(2017, 8, 1))
    found = explain(pl.DataFrame({"time_period": months, "obs_value": figures}), interventions=[stop], drift=False)
    theme.enable()
    return found, charts.explained(found, title="Trucks, number a month").to_dict()


def test_the_text_alternative_names_the_effect_with_its_interval(drawn):
    found, spec = drawn
    row = found.effects.row(0, named=True)
    assert spec["description"].startswith("Trucks, number a month.")
    assert f"strike: {percent_change(row['percent'], row['lower'], row['upper'])}" in spec["description"]
    assert -60 < row["percent"] < -40


def test_the_drawing_is_the_same_bytes_twice_and_has_its_panels(drawn):
    spec = drawn[1]
    drawing = theme.svg(spec)
    assert drawing == theme.svg(spec)
    assert "Season, % of the trend" in drawing
    assert "Effects, %, with 95% intervals" in drawing


def test_every_month_with_a_figure_is_a_point(drawn):
    assert len(drawn[0].series.drop_nulls()) == 60
    assert any(len(rows) == 60 for rows in drawn[1]["datasets"].values())


def test_an_effect_in_words():
    assert percent_change(-21.32, -29.6, -12.1) == "-21% (95%: -30 to -12%)"
