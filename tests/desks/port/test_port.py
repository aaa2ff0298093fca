"""The port desk: what may be drawn, how much is stated, which comparisons are computed; by hand and on the ledger."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError, ParameterError
from analysis.core.periods import Edition
from analysis.core.reasons import Reason
from analysis.desks import port
from analysis.desks.port import drawing_rule
from analysis.pages.port.header import page_header
from analysis.sources.evidence import Evidence
from tests.evidence import bundled


def said(start: str, end: str, relation: str = "eq", measure: str = "level") -> dict[str, object]:
    """Return a used statement about a period."""
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    return {"period_start": first, "period_end": last, "relation": relation, "measure": measure}


class Even:
    """A reconstruction of one tonne a day, the same in every draw."""

    def total(self, start: dt.date, end: dt.date) -> pl.Series:
        return pl.Series([float((end - start).days + 1)] * 3)


@pytest.fixture(scope="module")
def statements() -> Evidence:
    return bundled()


@pytest.fixture(scope="module")
def irkeshtam(statements: Evidence) -> port.Outlook:
    return port.outlook(statements, place="irkeshtam", mode="road", edition=Edition.of("2023-11"), target=1.5e6)


@pytest.fixture(scope="module")
def horgos(statements: Evidence) -> port.Outlook:
    return port.outlook(statements, place="horgos", mode="rail", edition=Edition.of("2025-12"))


@pytest.mark.parametrize("lower", [1.0, 480.0, 1e7])
@pytest.mark.parametrize("ratio, drawn", [(1.0, True), (2.49, True), (2.5, True), (2.51, False), (10.0, False)])
def test_a_month_is_drawn_up_to_a_ratio_of_two_and_a_half(lower, ratio, drawn):
    flows = pl.DataFrame({"time_period": [dt.date(2023, 5, 1)], "lower": [lower], "upper": [lower * ratio]})
    assert drawing_rule.drawable(flows, frozenset({2023}))["drawn"].to_list() == [drawn]


def test_a_narrow_month_of_a_silent_year_is_not_drawn():
    flows = pl.DataFrame({"time_period": [dt.date(2022, 5, 1)], "lower": [1.0], "upper": [1.1]})
    verdict = drawing_rule.drawable(flows, frozenset({2023}), frozenset({2021})).row(0, named=True)
    assert (verdict["drawn"], verdict["reason"]) == (False, Reason("no_figure").written)
    bounded = drawing_rule.drawable(flows, frozenset(), frozenset({2022})).row(0, named=True)
    assert bounded["reason"] == Reason("only_bound").written


def test_growth_and_later_figures_speak_for_a_year_that_they_fix(statements):
    """Of Torugart in 2024 no figure was published, but growth on it; of 2021 and before there is neither."""
    outlook = port.outlook(statements, place="torugart", mode="road", edition=Edition.of("2025-12"))
    years = outlook.years.with_columns(ratio=pl.col("upper80") / pl.col("lower80"))
    assert years.filter(pl.col("year") == 2024).select(pl.col("ratio") <= 1.25, pl.col("drawn") == 12).row(0) == (
        True,
        True,
    )
    wide = years.filter(pl.col("ratio") > 1.25)
    assert set(wide["drawn"]) == {0}
    assert set(wide["reason"]) == {Reason("no_figure").written}
    assert 2024 in outlook.cumulative.filter("drawn")["year"]


def test_only_figures_that_lie_within_a_year_speak_for_it():
    used = pl.DataFrame(
        [
            said("2023-01-01", "2023-10-31", "gt"),
            said("2012-12-22", "2013-12-22"),
            said("2021-01-01", "2021-12-13", "approx"),
            said("2020-01-01", "2020-09-30"),
        ]
    )
    assert drawing_rule.stated_years(used) == {2020, 2021}
    assert drawing_rule.bounded_years(used) == {2023}


def test_coverage_counts_each_stated_day_once():
    """January to June and April to September: 273 of 365 days; a bound and a growth rate fix nothing."""
    used = pl.DataFrame(
        [
            said("2023-01-01", "2023-06-30"),
            said("2023-04-01", "2023-09-30"),
            said("2023-01-01", "2023-11-30", "gt"),
            said("2023-01-01", "2023-12-31", "eq", "yoy_growth"),
        ]
    )
    share = drawing_rule.coverage(Even(), used, dt.date(2023, 1, 1), dt.date(2023, 12, 31))
    assert share == pytest.approx(273 / 365)


def test_a_figure_that_reaches_beyond_the_year_fixes_none_of_it():
    used = pl.DataFrame([said("2012-12-22", "2013-12-22")])
    assert drawing_rule.coverage(Even(), used, dt.date(2013, 1, 1), dt.date(2013, 12, 31)) == 0


@pytest.mark.parametrize(
    "share, as_of, word",
    [
        (0.3, 30, "flash"),
        (0.3, 31, "revised"),
        (0.5, 30, "mostly_published"),
        (0.99, 30, "mostly_published"),
        (0.99, 31, "revised"),
        (1.0, 30, "final"),
        (1.0, 31, "final"),
    ],
)
def test_status_words(share, as_of, word):
    """`as_of` counts days of November and December 2023; 30 is the first look at November."""
    day = dt.date(2023, 10, 31) + dt.timedelta(days=as_of)
    assert drawing_rule.status(share, as_of=day, month=dt.date(2023, 11, 1)) == word


def test_irkeshtam_of_november_2023_shows_months_as_its_january_was_published(irkeshtam):
    """Of 2023 the ledger has January, its growth, and one bound by then, and no other figure after 2014."""
    assert irkeshtam.shows_months()
    assert irkeshtam.coverage == pytest.approx(59.2 / 1270, abs=0.01), "January; the bound leaves 100 to 111万吨"
    assert irkeshtam.status == "flash"
    assert irkeshtam.year()["drawn"] > 0
    assert irkeshtam.trace() == ["8355f8f516", "dace03d39d", "6aebc8fb7e"]


def test_irkeshtam_of_november_2023_gives_the_age_of_its_evidence(irkeshtam):
    assert irkeshtam.last_figure.period_end == dt.date(2023, 1, 31)
    assert irkeshtam.last_figure.days == (dt.date(2023, 11, 30) - dt.date(2023, 1, 31)).days
    assert irkeshtam.last_bound.period_end == dt.date(2023, 10, 31)


def test_nothing_published_later_is_on_the_page(irkeshtam):
    assert irkeshtam.statements["available_on"].max() <= dt.date(2023, 11, 30)
    assert "0313f12294" not in irkeshtam.statement_ids()


def test_a_comparison_needs_a_year_that_is_known_well_enough(irkeshtam):
    """As of November 2023 the totals of 2022 and 2019 are known to 46 to 140万吨 and 20 to 76万吨 only."""
    chances = {row["question"]: row for row in irkeshtam.chances.iter_rows(named=True)}
    for question, year in (("last_year", 2022), ("normal_year", 2019)):
        assert chances[question]["probability"] is None
        assert chances[question]["reason"] == Reason("wide_base", year=year).written
    assert chances["record"]["value"] == 502_000
    assert chances["record"]["statement_ids"] == ["8a224b935b"]
    assert 0 < chances["target"]["probability"] < 0.5


def test_a_target_is_a_share_of_the_draws(irkeshtam):
    draws = irkeshtam.reconstruction.year(2023)
    chance = irkeshtam.chances.filter(pl.col("question") == "target")["probability"][0]
    assert chance == sum(draw >= 1.5e6 for draw in draws) / len(draws)


def test_every_draw_lies_above_the_published_bound(irkeshtam):
    to_october = irkeshtam.reconstruction.total(dt.date(2023, 1, 1), dt.date(2023, 10, 31))
    assert min(to_october) >= 1_000_000


def test_a_reprint_is_shown_but_not_used(irkeshtam):
    reprint = irkeshtam.evidence.row(by_predicate=pl.col("statement_id") == "0bc29755a7", named=True)
    assert not reprint["used"]
    assert reprint["reason"] == Reason("repeats", statement="6aebc8fb7e").written


def test_horgos_of_2025_draws_months_and_passes_the_published_2024(horgos):
    """7.96 Mt to 28 July, +20.3%, against 12.1 Mt published for 2024."""
    assert horgos.shows_months()
    chances = {row["question"]: row for row in horgos.chances.iter_rows(named=True)}
    assert chances["last_year"]["probability"] > 0.9
    assert (chances["last_year"]["base"], chances["last_year"]["value"]) == ("published", 12_084_000), "its digits"
    assert "record" not in chances, "the highest published year is last year"
    assert chances["normal_year"]["base"] == "estimated", "only a bound was published for 2019, known to 3.7 to 4.6 Mt"
    assert chances["normal_year"]["lower"] < chances["normal_year"]["value"] < chances["normal_year"]["upper"]


def test_the_rates_and_the_chances_compare_with_the_same_years(irkeshtam, horgos):
    for outlook in (irkeshtam, horgos):
        compared = {row["figure_year"]: row["probability"] is not None for row in outlook.chances.to_dicts()}
        for row in outlook.growth().to_dicts():
            assert row["other"] not in compared or compared[row["other"]] == (row["median"] is not None)


def test_december_also_looks_at_the_next_year(horgos):
    assert horgos.year(2026)["obs_status"] == "forecast"
    assert (
        horgos.year(2026)["upper80"] / horgos.year(2026)["lower80"]
        > horgos.year()["upper80"] / horgos.year()["lower80"]
    )


def test_months_of_a_year_add_up_to_its_mean(horgos):
    months = horgos.months.filter((pl.col("level") == 80) & (pl.col("time_period").dt.year() == 2025))
    assert months["mean"].sum() == pytest.approx(horgos.year()["mean"], rel=1e-4)


def test_sums_to_date_grow_and_end_at_the_year(horgos):
    sums = horgos.cumulative.filter((pl.col("level") == 80) & (pl.col("year") == 2025))["median"].to_list()
    assert sums == sorted(sums)
    assert sums[-1] == pytest.approx(horgos.year()["median"], rel=1e-4)


@pytest.mark.parametrize(
    "asked, error, words",
    [
        ({"mode": "rail"}, CoverageError, "not by 'rail'"),
        ({"place": "irkeshtan"}, CoverageError, "Did you mean 'irkeshtam'"),
        ({"edition": Edition.of("2001-01")}, EvidenceError, "later as-of date"),
        ({"target": -1.0}, ParameterError, "above zero"),
    ],
)
def test_what_cannot_be_answered_is_refused(statements, asked, error, words):
    question = {"place": "irkeshtam", "mode": "road", "edition": Edition.of("2023-11")} | asked
    with pytest.raises(error, match=words):
        port.outlook(statements, **question)


def test_a_second_figure_for_the_same_months_is_withheld_with_the_first_and_both_are_named(statements):
    rows = statements.statements.filter(pl.col("place") == "irkeshtam")
    known = rows.filter(pl.col("statement_id") == "0313f12294")  # January to November 2023, 1.16 million tonnes
    second = known.with_columns(
        statement_id=pl.lit("second"), value=pl.lit(1.18e6), value_as_published=pl.lit("118.0万吨")
    )
    added = statements.with_statements(pl.concat([rows, second.with_columns(half_width=pl.lit(500.0))]))
    outlook = port.outlook(added, place="irkeshtam", mode="road", edition=Edition.of("2023-12", "2024-02-20"))
    reasons = dict(outlook.evidence.select("statement_id", "reason").iter_rows())
    withheld = Reason("withheld", statements="0313f12294, second").written
    assert (reasons["0313f12294"], reasons["second"]) == (withheld, withheld)
    assert not {"0313f12294", "second"} & set(outlook.behind_year())
    assert outlook.year()["upper80"] / outlook.year()["lower80"] > 1.1
    header = page_header(outlook)
    assert header.withheld[-1] == header.sentences[-1]
    assert header.withheld[-1] == (
        "Not used, as they contradict each other: 1.16 million tonnes and 1.18 million tonnes (118.0万吨) for "
        "January-November 2023."
    )
    assert "118.0万吨" in header.withheld_zh[-1]
