"""The page of monthly tables: both languages say the same numbers, and what cannot be shown has its reason."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.periods import Edition, month_range
from analysis.core.sampling import Sampling
from analysis.desks import monthly_tables as desk
from analysis.pages.monthly_tables import charts, header, model_tables, sentences, tables
from analysis.pages.parts import media_types, theme
from analysis.pages.parts.chart import Figure, Undrawn
from analysis.pages.words.cells import Both, numbers, text
from analysis.pages.words.quantities import quantity, quantity_interval
from analysis.pages.words.rounding import change
from tests.evidence import bundled

TRUCKS = Both("trucks", "辆")


@pytest.fixture(scope="module", params=["two series", "one short series", "one that stopped"])
def outlook(request, tmp_path_factory):
    two, stopped = request.param == "two series", request.param == "one that stopped"
    folder = tmp_path_factory.mktemp("tables")
    months = month_range(dt.date(2019, 1, 1) if two or stopped else dt.date(2021, 1, 1), dt.date(2022, 12, 1))
    rng = np.random.default_rng(2)
    rows = [
        pl.DataFrame({
            "series_id": name, "time_period": months,
            "obs_value": np.exp(9 + 0.2 * np.sin(np.arange(len(months)) * np.pi / 6)
                                + np.cumsum(0.03 * rng.standard_normal(len(months)))).round(),
        })
        for name in ("a", "b")
    ]  # fmt: skip
    figures = pl.concat(rows)
    if stopped:
        figures = figures.with_columns(
            obs_value=pl.when(pl.col("time_period") < dt.date(2021, 11, 1)).then("obs_value").otherwise(0.0)
        )
    figures.write_csv(folder / "panel.csv")
    source = desk.read(
        bundled().known(dt.date(2023, 1, 31)), file=str(folder / "panel.csv"), series="a, b" if two else "a"
    )
    theme.enable()
    return desk.outlook(
        source, desk.explanatory(), edition=Edition.of("2023-01"), years=4, origins=int(two),
        sampling=Sampling(draws=50),
    )  # fmt: skip


def test_both_languages_state_the_same_numbers(outlook):
    for item in sentences.summary(outlook).items:
        english, chinese = (sorted(n.values for n in numbers(item, lang)) for lang in ("en", "zh"))
        assert english == chinese
        assert text(item).endswith(".")
        assert text(item, "zh").endswith("。")


def test_every_part_can_be_shown_in_both_languages(outlook):
    parts = (
        sentences.summary, tables.totals, tables.months, tables.newest, tables.side_by_side, tables.scores,
        tables.sources, model_tables.effects, model_tables.diagnostics, charts.fans, charts.components, charts.adjusted,
        charts.side_by_side, charts.record, header.page_header,
    )  # fmt: skip
    for part in parts:
        shown = part(outlook)._repr_mimebundle_()
        assert any(kind.startswith("application/vnd.silkport") for kind in shown), part.__name__


def test_a_short_series_says_what_it_lacks(outlook):
    whole = len(outlook.source.series) == 2
    kinds = [type(make(outlook)) for make in (charts.components, charts.adjusted, charts.record)]
    assert kinds == [Figure if whole else Undrawn] * 3
    if not whole:
        said = sentences.summary(outlook).plain()
        stopped = outlook.total(outlook.order[0])["before"] == 0
        lacks = "November 2021 is zero" if stopped else "24 months have a figure, and the model needs 36"
        assert ("in the 12 months before there was nothing" in said[0]) == stopped
        assert lacks in said[1]
        assert "There is no record of such forecasts" in said[2]


def test_the_table_of_sums_prints_the_numbers_of_the_desk(outlook):
    shown = tables.totals(outlook)
    for name, row in zip(outlook.order, shown.rows, strict=True):
        assert row[2].values == (outlook.total(name)["mean"],)
        assert row[1].values == (outlook.total(name)["before"],)


def test_the_header_is_data_that_json_can_hold(outlook):
    record = header.page_header(outlook)._repr_mimebundle_()[media_types.RECORD]
    assert record["headline"] == sentences.summary(outlook).plain()[0]
    assert record["statement_ids"] == []


@pytest.mark.parametrize(
    "fan,english,chinese,interval",
    [
        ((6_146_000, 5_972_000, 6_322_000), "6.15 million trucks", "615万辆", "5.97 to 6.32 million trucks"),
        ((38_120, 36_000, 40_100), "38,100 trucks", "38100辆", "36,000 to 40,100 trucks"),
        ((812, 700, 930), "810 trucks", "810辆", "700 to 930 trucks"),
    ],
)
def test_an_amount_of_anything_in_words(fan, english, chinese, interval):
    value = quantity(*fan, unit=TRUCKS)
    assert (value.en, value.zh) == (english, chinese)
    assert quantity_interval(*fan, unit=TRUCKS).en == interval


def test_a_change_is_printed_to_a_tenth_with_its_sign():
    assert [change(rate).en for rate in (0.0317, -0.0004, -0.123)] == ["+3.2%", "0.0%", "-12.3%"]
