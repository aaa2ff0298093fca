"""News: lines that add up, facts that are new only once, and the honest absence of an earlier estimate."""

import datetime as dt
import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError, PeriodError
from analysis.core.sampling import Sampling
from analysis.desks.port.desk import _window
from analysis.estimates import paths
from analysis.estimates.inputs import inputs
from analysis.estimates.news import News, logarithmic_mean, news
from analysis.sources import ledger
from tests.evidence import bundled, evidence, known
from tests.sources.ledger import ledgers

DRAWN = Sampling(draws=200)
SINCE, UNTIL = dt.date(2023, 9, 1), dt.date(2023, 12, 31)


def figure(name: str, start: str, end: str, value: float, published: str, **cells: object) -> str:
    return ledgers.row(
        statement_id=name, period_start=start, period_end=end, value=value,
        value_as_published=cells.pop("printed", value), published_on=published, **cells,
    )  # fmt: skip


#: Two full years and a half known; two figures of the year published between the two days.
YEARS = [figure(f"y{year}", f"{year}-01-01", f"{year}-12-31", 12_000, f"{year + 1}-01-20") for year in (2021, 2022)]
JUNE = figure("june", "2023-01-01", "2023-06-30", 6100, "2023-07-20")
AUGUST = figure("august", "2023-01-01", "2023-08-31", 8900, "2023-09-20")
OCTOBER = figure("october", "2023-01-01", "2023-10-31", 11800, "2023-11-18", publisher="Gate Daily")
LATER = figure("later", "2023-01-01", "2023-12-31", 20000, "2024-01-20")
TOLD = (*YEARS, JUNE, AUGUST, OCTOBER, LATER)


@pytest.fixture
def read(tmp_path: Path):
    def of(*rows: str, columns: tuple[str, ...] = ()) -> pl.DataFrame:
        width = len(ledgers.HEADER.split(",")) + len(columns)
        padded = [row + "," * (width - 1 - row.count(",")) for row in rows]
        return ledger.read(ledgers.write(tmp_path, *padded, header=",".join([ledgers.HEADER, *columns])))

    return of


def found(statements: pl.DataFrame, **options: object) -> News:
    return news(evidence(statements), "port", **{"since": SINCE, "until": UNTIL, "sampling": DRAWN, **options})


def test_both_estimates_are_those_of_a_reconstruction_of_the_day(read):
    statements = read(*TOLD)
    moved = found(statements)
    for estimate, as_of in ((moved.before, SINCE), (moved.after, UNTIL)):
        path = paths.reconstruct(known(statements, as_of), "port", end=dt.date(2023, 12, 1), sampling=DRAWN)
        assert path.at(80, "A").filter(pl.col("time_period") == dt.date(2023, 1, 1))["median"].item() == estimate


def test_contributions_and_remainder_add_up_in_order_of_publication(read):
    moved = found(read(*reversed(TOLD)))
    assert moved.table["statement_id"].to_list() == ["august", "october"]
    assert moved.origin == moved.before
    assert moved.before + moved.table["contribution"].sum() + moved.remainder == pytest.approx(moved.after, rel=1e-12)
    lines = moved.lines()
    assert lines["line"].to_list() == ["before", "statement", "statement", "remainder", "after"]
    assert lines["estimate"][-2] == pytest.approx(lines["estimate"][-1], rel=1e-12)
    assert lines["contribution"].to_list()[1:3] == moved.table["contribution"].to_list()


def test_good_news_moves_the_estimate_up_and_most_of_the_move_is_explained(read):
    """1,017 a month to June, 1,180 a month to October: the year is heading for more."""
    moved = found(read(*TOLD))
    assert (moved.table["contribution"] > 0).all()
    assert abs(moved.remainder) < 0.2 * (moved.after - moved.before)
    np.testing.assert_allclose(moved.table["relative"], moved.table["contribution"] / moved.before)


def test_a_reprint_contributes_nothing(read):
    reprint = figure("mirror", "2023-01-01", "2023-10-31", 11800, "2023-12-02", publisher="Mirror")
    before, after = found(read(*TOLD)), found(read(*TOLD, reprint))
    assert after.table.equals(before.table)
    assert (after.before, after.after, after.remainder) == (before.before, before.after, before.remainder)


def test_the_original_of_a_reprint_known_before_is_no_news(read):
    reprint = figure("first", "2023-01-01", "2023-08-31", 8900, "2023-08-31") + ",august"
    moved = found(read(*TOLD, reprint, columns=("same_as",)))
    assert moved.table["statement_id"].to_list() == ["october"]
    assert moved.gone == ()


def test_the_unit_does_not_matter(read):
    moved = found(read(*TOLD))
    scaled = found(read(*TOLD).with_columns(pl.col("value") * 1000, pl.col("half_width") * 1000))
    np.testing.assert_allclose(scaled.table["contribution"], 1000 * moved.table["contribution"], rtol=1e-4)


def test_only_the_difference_of_a_revised_figure_is_news(read):
    revised = figure("revised", "2023-01-01", "2023-06-30", 6222, "2023-10-10") + ",june"
    moved = found(read(*YEARS, JUNE, revised, columns=("supersedes",)))
    assert moved.table.select("statement_id", "revises").rows() == [("revised", "june")]
    assert 0 < moved.table["relative"].item() < 0.04
    assert abs(moved.remainder) < moved.table["contribution"].item() / 2
    assert moved.gone == ()
    assert "revises june" in str(moved)


def test_a_figure_that_was_taken_back_is_named_in_the_remainder(read):
    corrected = figure("corrected", "2023-01-01", "2023-05-31", 6100, "2023-10-10") + ",june"
    moved = found(read(*YEARS, JUNE, corrected, columns=("supersedes",)))
    assert moved.gone == ("june",)
    assert "remainder; no longer in force: june" in str(moved)
    assert moved.table["statement_id"].to_list() == ["corrected"]


def test_without_a_new_statement_the_table_is_empty_and_says_so(read):
    moved = found(read(*TOLD), since=dt.date(2023, 10, 1), until=dt.date(2023, 10, 31))
    assert moved.table.is_empty()
    assert moved.before == moved.after
    assert moved.remainder == 0
    assert "No statement that bears on it became known after 2023-10-01 and by 2023-10-31." in str(moved)


def test_without_an_earlier_estimate_contributions_start_from_the_prior(read):
    moved = found(read(*TOLD), since=dt.date(2020, 1, 1))
    assert moved.before is None
    assert moved.table["statement_id"].to_list() == ["y2021", "y2022", "june", "august", "october"]
    assert moved.origin + moved.table["contribution"].sum() + moved.remainder == pytest.approx(moved.after)
    assert moved.lines()["line"][0] == "prior"
    assert "Nothing usable about it was published by 2020-01-01" in str(moved)


def test_small_contributions_are_folded_into_one_line(read):
    """A second publisher rounds the same full years: he tells next to nothing."""
    echoes = [
        figure(f"e{year}", f"{year}-01-01", f"{year}-12-31", 12_000, "2023-10-01", printed="1.2万")
        for year in (2021, 2022)
    ]
    echoes = [echo.replace(",12000,", ",12010,") for echo in echoes]
    moved = found(read(*TOLD, *echoes))
    assert moved.table.height == 4
    assert "  2 smaller ones" in str(moved)
    assert "e2021" not in str(moved)


def test_the_year_can_be_another_than_that_of_the_later_day(read):
    moved = found(read(*TOLD), year=2022)
    assert moved.year == 2022
    assert moved.before == pytest.approx(12_000, rel=0.005)
    assert abs(moved.after - moved.before) < 0.005 * moved.before


def test_what_cannot_be_asked_is_refused(read):
    statements = read(*TOLD)
    with pytest.raises(CoverageError, match="prot"):
        news(evidence(statements), "prot", since=SINCE, until=UNTIL)
    with pytest.raises(PeriodError, match="Swap"):
        found(statements, since=UNTIL, until=SINCE)
    with pytest.raises(PeriodError, match="2021, after 2019"):
        found(statements, year=2019)
    with pytest.raises(EvidenceError, match="published by 2020-12-31"):
        found(statements, since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31), year=2021)


@pytest.mark.parametrize(
    "before, after, mean",
    [(1.0, math.e, math.e - 1), (math.e, 1.0, math.e - 1), (2.0, 2.0, 2.0), (1e-20, 1.0, 1 / math.log(1e20)),
     (1.0, 0.0, 0.0)],
)  # fmt: skip
def test_the_logarithmic_mean_is_the_difference_over_the_log_of_the_ratio(before, after, mean):
    assert logarithmic_mean(before, after) == pytest.approx(mean)


def test_the_logarithmic_mean_of_neighbouring_numbers_is_either_of_them():
    """By the quotient it would be 1: rounded to 1 + 2^-52, though the numbers are 2^-52 apart near 2."""
    low = 2.0 - 2**-51
    high = math.nextafter(low, 2.0)
    for pair in ((low, high), (high, low)):
        assert logarithmic_mean(*pair) == pytest.approx(2.0)


def test_news_about_a_month_rests_on_the_fit_of_its_page():
    series, known = "irkeshtam.freight_tonnes.total.road", bundled().known(dt.date(2023, 11, 30))
    page = inputs(known, series=[series], start=_window(dt.date(2023, 11, 1))[0], end=_window(dt.date(2023, 11, 1))[1])
    end = dt.date(2023, 12, 1)
    assert inputs(known, series=[series], start=paths.recent_start(known, series, end), end=end).fit_key == page.fit_key


def test_the_zero_of_a_year_takes_away_all_that_had_been_expected(read):
    statements = read(*YEARS, figure("zero", "2023-01-01", "2023-12-31", 0, "2024-01-20"))
    moved = found(statements, until=dt.date(2024, 1, 31), year=2023)
    assert moved.after == 0
    assert moved.before > 0
    assert moved.table.select("statement_id", "contribution", "relative").rows() == [("zero", -moved.before, -1.0)]
    assert moved.remainder == 0
    later = found(statements, since=dt.date(2024, 1, 25), until=dt.date(2024, 1, 31), year=2023)
    assert later.table.is_empty()
    assert (later.before, later.after, later.remainder) == (0, 0, 0)
    assert str(later).splitlines()[-1].split()[0] == "0"


def test_a_figure_that_replaces_a_zero_is_new_and_no_revision(read):
    zero = figure("zero", "2023-01-01", "2023-06-30", 0, "2023-07-20")
    revised = figure("revised", "2023-01-01", "2023-06-30", 6100, "2023-10-20") + ",zero"
    moved = found(read(*YEARS, zero, revised, columns=("supersedes",)))
    assert moved.table["revises"].to_list() == [None]
    assert np.isfinite(moved.table["contribution"].to_numpy()).all()
