"""News and triangle of a port's page: they agree with each other, and take away what was not yet published."""

import dataclasses
import datetime as dt

import polars as pl
import pytest

from analysis.core.periods import Edition
from analysis.desks import port
from analysis.pages.port import tables
from analysis.pages.words.cells import text
from tests.evidence import bundled, evidence, known

AS_OF = dt.date(2023, 12, 31)


@pytest.fixture(scope="module")
def statements():
    return bundled().statements.filter(
        pl.col("place").is_in(["irkeshtam", "torugart"]) & (pl.col("indicator") == "freight_tonnes")
    )


@pytest.fixture(scope="module")
def outlook(statements):
    return port.outlook(evidence(statements), place="irkeshtam", mode="road", edition=Edition.of("2023-12"))


@pytest.fixture(scope="module")
def news(outlook):
    return port.evidence_news(outlook)


@pytest.fixture(scope="module")
def revisions(outlook):
    return port.revisions(outlook)


def knowing(statements, outlook):
    """Return the outlook as if no other statements were known of its series; its medians only scale what follows."""
    own = outlook.statements.filter(pl.col("statement_id").is_in(statements["statement_id"].implode()))
    return dataclasses.replace(outlook, statements=own, known=known(statements, AS_OF))


def year_of(revisions):
    return dict(revisions.table.filter(pl.col("freq") == "A").select("vintage", "estimate").iter_rows())


def test_the_last_vintage_is_the_pages_own_estimate(outlook, revisions):
    assert year_of(revisions)[AS_OF] == pytest.approx(outlook.year()["median"], rel=1e-6)
    assert revisions.vintages == [dt.date(2023, month, day) for month, day in
                                  ((7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31))]  # fmt: skip


def test_news_leads_from_the_vintage_before_to_the_last_one(news, revisions):
    assert (news.since, news.until) == (dt.date(2023, 11, 30), AS_OF)
    assert news.before == pytest.approx(year_of(revisions)[news.since], rel=1e-5)
    assert news.before + news.table["contribution"].sum() == pytest.approx(news.after, rel=1e-5)
    assert abs(news.remainder) < 1e-4 * news.after


def test_new_is_what_became_available_after_the_previous_edition(news):
    assert len(news.table)
    days = news.table["available_on"]
    assert days.min() > news.since
    assert days.max() <= news.until


def test_a_vintage_without_new_statements_moves_nothing(statements, outlook):
    """Without what was published in December, the two last vintages are one."""
    silent = statements.filter(~pl.col("available_on").is_between(dt.date(2023, 12, 1), AS_OF))
    again = knowing(silent, outlook)
    assert port.evidence_news(again).table.is_empty()
    estimates = year_of(port.revisions(again, count=2))
    assert len(set(estimates.values())) == 1


def test_no_figure_stands_where_no_statement_of_the_port_counted(outlook, statements):
    early = statements.filter(
        (pl.col("series_id") != outlook.series_id) | (pl.col("available_on") > dt.date(2023, 9, 30))
    )
    again = knowing(early, outlook)
    found = port.revisions(again)
    table = found.table
    assert table.filter(pl.col("vintage") <= dt.date(2023, 9, 30))["estimate"].is_null().all()
    assert table.filter(pl.col("known") > 0)["estimate"].is_not_null().all()
    assert "–" in repr(tables.revisions(found, again))


def test_the_tables_show_each_statement_once_and_link_it(outlook, news, revisions):
    shown = tables.evidence_news(news, outlook)
    assert text(shown.rows[0][0]) == "estimate of 30 November 2023"
    assert text(shown.rows[-1][0]) == "estimate of 31 December 2023"
    page = shown._repr_mimebundle_()["text/html"]
    moves = news.table["contribution"].abs()
    large = news.table.filter(moves >= 0.1 * moves.sum())["statement_id"]  # smaller ones may print as nothing
    assert len(large)
    assert all(page.count(f'<a href="#s-{name}"') == 1 for name in large)
    triangle = tables.revisions(revisions, outlook)
    assert len(triangle.columns) == 7
    assert all(len(row) == 7 for row in triangle.rows)
    assert text(triangle.rows[0][0]) == "2023"


def test_a_year_of_a_published_zero_has_a_page(statements):
    """Its total is published, nothing is divided by it, and the zero moved it there."""
    last = statements.filter(
        (pl.col("series_id") == "irkeshtam.freight_tonnes.total.road") & (pl.col("measure") == "level")
    ).tail(1)
    zero = last.with_columns(
        statement_id=pl.lit("zero"), status=pl.lit("valid"), relation=pl.lit("eq"), value=0.0, half_width=0.5,
        value_as_published=pl.lit("0吨"), period_start=dt.date(2026, 1, 1), period_end=dt.date(2026, 12, 31),
        published_on=dt.date(2026, 12, 20), available_on=dt.date(2026, 12, 20),
    )  # fmt: skip
    of_zero = port.outlook(
        evidence(pl.concat([statements, zero])), place="irkeshtam", mode="road", edition=Edition.of("2026-12")
    )
    year = of_zero.year()
    assert (year["median"], year["upper95"], year["obs_status"], of_zero.coverage) == (0, 0, "reported", 1.0)
    assert of_zero.behind_year() == ["zero"]
    assert of_zero.growth().filter(pl.col("question") == "last_year")["reason"].to_list() == ["nothing_passed"]
    news, triangle = port.evidence_news(of_zero), port.revisions(of_zero)
    assert news.table["statement_id"].to_list() == ["zero"]
    assert list(year_of(triangle).values()) == [None] * 5 + [0.0]
    assert port.adjusted_index(of_zero).base_year != 2026
    assert any("Before a zero was published" in str(note) for note in tables.revisions(triangle, of_zero).notes)
