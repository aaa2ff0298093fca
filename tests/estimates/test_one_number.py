"""One total has one interval, whoever prints it: `reconstruct`, a batch, `attain`, `news` and a page."""

import datetime as dt

import pytest

from analysis.core.periods import Edition
from analysis.desks import port
from analysis.estimates import paths
from analysis.estimates.attainment import attain
from analysis.estimates.news import news
from analysis.sources.evidence import Evidence

SERIES, OTHER = "irkeshtam.freight_tonnes.total.road", "torugart.freight_tonnes.total.road"
YEAR, END = 2023, dt.date(2023, 12, 1)


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return Evidence.read()


@pytest.fixture(scope="module")
def year(evidence: Evidence) -> dict[str, float]:
    """The row of the year of the page of November 2023."""
    return port.outlook(evidence, place="irkeshtam", mode="road", edition=Edition.of("2023-11")).year()


def interval(path: paths.Reconstruction) -> list[float]:
    row = path.at(80, "A").filter(time_period=dt.date(YEAR, 1, 1))
    return list(row.select("median", "lower", "upper").row(0))


@pytest.mark.parametrize("start", [dt.date(2023, 1, 1), dt.date(2005, 1, 1)])
def test_the_months_asked_for_do_not_move_a_total(evidence, year, start):
    known = evidence.known(Edition.of("2023-11").as_of)
    path = paths.reconstruct(known, SERIES, start=start, end=END)
    assert interval(path) == [year["median"], year["lower80"], year["upper80"]]


def test_a_batch_and_attain_and_news_print_the_interval_of_the_page(evidence, year):
    day = Edition.of("2023-11").as_of
    known = evidence.known(day)
    batch = paths.reconstruct_all(known, series=[OTHER, SERIES], end=END).path
    row = batch.filter(series_id=SERIES, freq="A", level=80, time_period=dt.date(YEAR, 1, 1))
    assert row.select("median", "lower", "upper").row(0) == (year["median"], year["lower80"], year["upper80"])
    attained = attain(known, series=SERIES, year=YEAR, target=1e6)
    assert (attained.median, attained.intervals[0]) == (year["median"], (80, year["lower80"], year["upper80"]))
    assert news(evidence, SERIES, since=day - dt.timedelta(days=1), until=day).after == year["median"]
