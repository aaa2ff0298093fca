"""A reconstructed path as a monthly table: fitted by draws, combined, and without a record."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.desks import monthly_tables as desk
from analysis.pages.monthly_tables import charts, header, model_tables, sentences, tables
from analysis.pages.parts.chart import Look
from analysis.sources import ledger
from tests.evidence import known

#: Three years of which every month was published, and one of which only the total was.
PUBLISHED, TOTAL = (2018, 2019, 2020), 2021


@pytest.fixture(scope="module")
def statements():
    rows = []
    for year in PUBLISHED:
        rows += [(dt.date(year, month, 1), 1000.0 + 30 * month) for month in range(1, 13)]
    months = pl.DataFrame(rows, schema=["period_start", "value"], orient="row").with_columns(
        period_end=pl.col("period_start").dt.month_end()
    )
    year = pl.DataFrame(
        {"period_start": [dt.date(TOTAL, 1, 1)], "value": [14_500.0], "period_end": [dt.date(TOTAL, 12, 31)]}
    )
    table = pl.concat([months, year.select(months.columns)]).with_row_index("number")
    return table.select(
        statement_id=pl.format("s{}", "number"), series_id=pl.lit("gate.tonnes"), period_start="period_start",
        period_end="period_end", measure=pl.lit("level"), relation=pl.lit("eq"), value="value", unit=pl.lit("tonnes"),
        value_as_published=pl.col("value").cast(pl.Int64).cast(pl.String), publisher=pl.lit("Gate Daily"),
        published_on=(pl.col("period_end") + pl.duration(days=15)).dt.to_string(),
    )  # fmt: skip


def test_a_reconstructed_path_has_wider_components_where_only_the_year_was_published(statements, tmp_path):
    statements.write_csv(tmp_path / "statements.csv")
    day = dt.date(2022, 2, 1)
    source = desk.read(
        known(ledger.read(tmp_path / "statements.csv"), day), file="ledger", series="gate.tonnes", horizon=3,
        sampling=Sampling(levels=(50, 80, 95), draws=60), fitted_draws=4,
    )  # fmt: skip
    assert source.last("gate.tonnes") == dt.date(2021, 12, 1)
    assert len(source.samples("gate.tonnes", years=4)) == 4
    found = desk.outlook(source, desk.explanatory(), edition=Edition.of("2022-01"), horizon=3, years=4)
    fits = found.models["gate.tonnes"]
    assert (found.record, fits.airline) == (Reason("reconstructed"), Reason("reconstructed"))
    assert fits.explanation.draws == 4
    trend = fits.explanation.component("trend").with_columns(year=pl.col("time_period").dt.year())
    missing = dict(trend.group_by("year").agg(pl.col("missing").mean()).iter_rows())
    assert missing[TOTAL] > max(missing[year] for year in PUBLISHED)
    spread = fits.adjustments["stl"].table.with_columns(year=pl.col("time_period").dt.year())
    errors = dict(spread.group_by("year").agg(pl.col("std_error").mean()).iter_rows())
    # STL lets the season move, so what a year without months leaves open is felt in the year beside it, not far away.
    assert errors[PUBLISHED[-1]] > 2 * errors[PUBLISHED[0]]
    for make in (
        tables.totals,
        tables.months,
        tables.newest,
        tables.side_by_side,
        tables.scores,
        tables.sources,
        model_tables.effects,
        model_tables.diagnostics,
    ):
        assert make(found)._repr_mimebundle_()
    assert "the months are reconstructed, not published" in sentences.summary(found).plain()[2]
    assert header.page_header(found).statement_ids
    assert charts.fans(found).svg(Look())
