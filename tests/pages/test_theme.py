"""The renderer of charts draws the same wherever the machine stands (twosigma/beakerx#3867, nbval#6)."""

import datetime as dt
import json
import os
import subprocess
import sys

import altair as alt
import polars as pl
import pytest

from analysis.pages.parts import theme
from analysis.pages.parts.chart import Figure
from analysis.pages.words.cells import Both

DRAW = "import json, sys; from analysis.pages.parts import theme; sys.stdout.write(theme.svg(json.load(sys.stdin)))"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_a_drawing_is_the_same_in_every_time_zone(zone):
    theme.enable()
    months = [dt.date(year, month, 1) for year in (1990, 2023) for month in range(1, 13)]
    table = pl.DataFrame({"time_period": months, "obs_value": range(len(months))})
    chart = alt.Chart(table).mark_line().encode(alt.X("time_period:T", axis=alt.Axis(format="%Y-%m")), y="obs_value:Q")
    drawn = subprocess.run(
        [sys.executable, "-c", DRAW],
        input=json.dumps(chart.to_dict()),
        env={**os.environ, "TZ": zone, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert drawn.stdout == theme.svg(chart.to_dict())


def test_a_figure_is_drawn_alike_whatever_theme_is_switched_on():
    """Scripts draw figures, too: the look is the figure's and no state of the process."""
    chart = alt.Chart(pl.DataFrame({"x": [1, 2], "y": [1, 2]})).mark_line().encode(x="x:Q", y="y:Q")
    drawn = Figure(Both("Title", "标题"), (), Both("Words", "文字"), draw=lambda _: chart)
    bundles = []
    for name in ("default", "silkport", "dark"):
        with alt.theme.enable(name):
            bundles.append(json.dumps(drawn._repr_mimebundle_()))
            assert alt.theme.active == name
    assert bundles[0] == bundles[1] == bundles[2]
    assert theme.fonts.FAMILY in bundles[0]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", None])
def test_drawing_leaves_the_time_zone_of_the_process_alone(monkeypatch, zone):
    monkeypatch.delenv("TZ", raising=False)
    if zone:
        monkeypatch.setenv("TZ", zone)
    theme.svg(alt.Chart(pl.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict())
    assert os.environ.get("TZ") == zone
