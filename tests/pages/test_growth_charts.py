"""Charts of growth and of the adjusted index, on invented results of the desk."""

import datetime as dt
from types import SimpleNamespace

import polars as pl

from analysis.core.reasons import Reason
from analysis.desks.port import AdjustedIndex
from analysis.desks.port.growth import SCHEMA
from analysis.pages.parts.chart import Undrawn
from analysis.pages.port import charts
from analysis.pages.words.cells import numbers, text
from tests.evidence import bundled

START, END, NONE = dt.date(2023, 1, 1), dt.date(2023, 11, 30), Reason("no_figure")


def outlook(*rates):
    """An outlook with these growth rates (or none), whose year has no month to draw."""
    rows = [
        ("last_year", START, END, 2022, 1, *rate, 0.0, rate[0], None if rate[0] else NONE.written) for rate in rates
    ]
    return SimpleNamespace(
        place="horgos", mode="rail", indicator="freight_tonnes", places=bundled().places, edition=dt.date(2023, 11, 1),
        year=lambda: {"reason": NONE.written},
        bears_on=lambda *_, **__: ["a1"], growth=lambda: pl.DataFrame(rows, schema=SCHEMA, orient="row"),
    )  # fmt: skip


def index(*drawn: bool, base: int | None = 2022) -> AdjustedIndex:
    """An index of 120 from January 2023 on, some months of which may be drawn."""
    rows = [
        (dt.date(2023, place + 1, 1), level, 120.0, 110.0, 130.0, shown, "")
        for place, shown in enumerate(drawn)
        for level in (80, 95)
    ]
    names = ["time_period", "level", "median", "lower", "upper", "drawn", "reason"]
    return AdjustedIndex(base, ["a1"], pl.DataFrame(rows, schema=names, orient="row"), ["a1"])


def test_growth_is_drawn_with_its_interval():
    figure = charts.growth(outlook((0.45, 0.2, 0.8)))
    assert "+45%, 80%: +20 to +80%" in text(figure.alt)
    assert "+45%，80%区间+20%至+80%" in text(figure.alt, "zh")
    assert [text(number) for number in numbers(figure.foot)] == ["+45%", "+20 to +80%"]
    assert [number.trace for number in numbers(figure.foot)] == [("a1",), ("a1",)]


def test_where_no_growth_is_computed_the_reason_stands():
    assert repr(charts.growth(outlook((None, None, None)))).endswith(f": not drawn, {NONE}.")


def test_the_index_speaks_of_drawn_months_only():
    figure = charts.adjusted(index(True, False, True), outlook())
    assert "January 2023: 120, 80%: 110 to 130; March 2023: 120" in text(figure.alt)
    assert "February" not in text(figure.alt)
    assert [text(number) for number in numbers(figure.foot)] == ["120", "110 to 130"]
    assert [number.trace for number in numbers(figure.foot)] == [("a1",), ("a1",)]


def test_without_a_base_or_a_drawn_month_the_reason_stands():
    for found in (index(False), index(True, base=None)):
        assert isinstance(charts.adjusted(found, outlook()), Undrawn)
