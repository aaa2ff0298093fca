"""The view of a chart in JupyterLab: zoom, a legend that filters, and the same bytes in every session."""

import json

import altair as alt
import polars as pl
import pytest
import vl_convert

from analysis.pages.parts import interactive, theme
from analysis.pages.parts.accuracy import error_by_horizon

#: The oldest Vega-Lite 5 at hand; that of JupyterLab is a little older.
OLDEST = "5.8"
HORIZONS = pl.DataFrame(
    {"model": ["silkport", "silkport", "seasonal naive", "seasonal naive"], "horizon": [1, 2, 1, 2],
     "mase": [0.5, 0.6, 0.7, 0.123456789]}
)  # fmt: skip


def units(spec):
    for part in spec.get("layer", [spec] if "mark" in spec else spec.get("vconcat", [])):
        yield from units(part) if "mark" not in part else [part]


def params(spec):
    return [param for unit in units(spec) for param in unit.get("params", [])]


@pytest.fixture
def record():
    theme.enable()
    return error_by_horizon(HORIZONS).chart().to_dict()


def test_a_view_is_zoomed_along_its_continuous_axes(record):
    view = interactive.view(record, "en")
    (zoom,) = (param for param in params(view) if param["bind"] == "scales")
    assert zoom["select"]["encodings"] == ["x", "y"]
    bars = alt.Chart(pl.DataFrame({"a": ["x"], "b": [1.0]})).mark_bar().encode(x="b:Q", y="a:N").to_dict()
    (zoom,) = params(interactive.view(bars, "en"))
    assert zoom["select"]["encodings"] == ["x"]


def test_a_legend_filters_and_has_the_names_of_the_chart_in_its_language(record):
    view = interactive.view(record, "en")
    (legend,) = (param for param in params(view) if param["bind"] == "legend")
    assert legend["select"] == {"type": "point", "fields": ["model"]}
    coloured = [unit for unit in units(view) if "field" in unit["encoding"].get("color", {})]
    assert coloured
    assert all({"filter": {"param": legend["name"]}} in unit["transform"] for unit in coloured)
    assert "seasonal naive" in coloured[0]["encoding"]["color"]["legend"]["labelExpr"]
    chinese = interactive.view(error_by_horizon(HORIZONS).chart("zh").to_dict(), "zh")
    (named, *_) = (unit for unit in units(chinese) if unit["encoding"].get("color"))
    assert "季节" in named["encoding"]["color"]["legend"]["labelExpr"]
    assert interactive.HINT_WITH_LEGEND.zh in chinese["title"]["subtitle"]


def test_names_beside_the_lines_are_not_cut_where_a_zoom_cuts_the_lines(record):
    (names,) = (unit for unit in units(interactive.view(record, "en")) if unit["mark"]["type"] == "text")
    assert names["mark"]["clip"] is False


def test_one_series_has_no_legend():
    theme.enable()
    one = error_by_horizon(HORIZONS.filter(pl.col("model") == "silkport")).chart().to_dict()
    for unit in units(one):
        unit["encoding"].get("color", {}).get("scale", {}).pop("domain", None)
    assert all(param["bind"] != "legend" for param in params(interactive.view(one, "en")))


def test_panels_are_zoomed_each_for_itself():
    panel = alt.Chart(pl.DataFrame({"a": [1.0], "b": [1.0]})).mark_line().encode(x="a:Q", y="b:Q")
    names = [param["name"] for param in params(interactive.view(alt.vconcat(panel, panel).to_dict(), "en"))]
    assert names == ["zoom_1", "zoom_2"]


def test_a_view_carries_what_it_draws_and_no_digit_more():
    table = pl.DataFrame({"a": [1.0], "b": [0.123456789], "secret": ["not drawn"]})
    chart = alt.Chart(table).mark_line().encode(x="a:Q", y="b:Q").to_dict()
    (rows,) = interactive.view(chart, "en")["datasets"].values()
    assert rows == [{"a": 1, "b": 0.123457}]
    (rows,) = chart["datasets"].values()
    assert rows == [{"a": 1.0, "b": 0.123456789, "secret": "not drawn"}]


def test_a_view_is_vega_lite_5_and_compiles_there(record):
    view = interactive.view(record, "en")
    assert view["$schema"] == interactive.SCHEMA
    compiled = vl_convert.vegalite_to_vega(json.loads(json.dumps(view)), vl_version=OLDEST)
    assert {"zoom_1", "shown_1"} <= {signal["name"] for signal in compiled["signals"]}


def test_a_session_started_by_jupyterlab_shows_the_same_bytes(monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    figure = error_by_horizon(HORIZONS)
    before = figure._repr_mimebundle_()
    monkeypatch.setenv("JPY_SESSION_NAME", "/notebooks/forecast_record.ipynb")
    theme.enable()
    assert figure._repr_mimebundle_() == before
    assert {interactive.MIME_TYPE, "image/svg+xml", "image/png"} <= before.keys()
