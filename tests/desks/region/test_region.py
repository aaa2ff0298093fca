"""The region desk: parts add up in every draw, ports are ranked and compared, the calendar is read on a day."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError
from analysis.core.periods import Edition
from analysis.desks.region import RegionOverview, region_overview
from analysis.desks.region.open_ports import open_on
from analysis.desks.region.tables import ends
from tests.desks.trade.ledgers import known_by, line
from tests.evidence import bundled

DAY = dt.date(2022, 4, 28)


def tonnes(name: str, series: str, year: int, value: float) -> str:
    """Return a ledger line of a year's tonnes, printed to a thousand."""
    span = (f"{year}-01-01", f"{year}-12-31")
    return line(name, series, span, value, f"{value / 1e4:.1f}万吨", unit="tonnes")


@pytest.fixture(scope="module")
def small() -> RegionOverview:
    """Two rail ports and one road port of four years, whose total with pipelines was published."""
    rail, road, total = "{}.freight_tonnes.total.rail", "{}.freight_tonnes.total.road", "xinjiang_ports.freight_tonnes"
    lines = []
    for year, (horgos, alashankou, irkeshtam, all_of_it) in {
        2019: (6e6, 12e6, 0.5e6, 60e6), 2022: (9e6, 13e6, 0.6e6, 66e6), 2023: (11e6, 14e6, 1.3e6, 70e6),
        2024: (12e6, 15e6, 1.9e6, 75e6),
    }.items():  # fmt: skip
        lines += [
            tonnes(f"h{year}", rail.format("horgos"), year, horgos),
            tonnes(f"a{year}", rail.format("alashankou"), year, alashankou),
            tonnes(f"i{year}", road.format("irkeshtam"), year, irkeshtam),
            tonnes(f"t{year}", f"{total}.total.all", year, all_of_it),
        ]
    lines.append(tonnes("p2024", f"{total}.total.pipeline", 2024, 44e6))
    known = known_by(*lines, day=dt.date(2025, 12, 31))
    return region_overview(known, place="xinjiang", edition=Edition.of("2024-12", "2025-12-31"), count_day=DAY)


def test_parts_add_up_to_the_published_total_in_every_draw(small):
    for year in (2019, 2023, 2024):
        parts = small.flows.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
        assert parts.sum(axis=1) == pytest.approx(small.path.year(year), rel=1e-9)
        stated = {2019: 60e6, 2023: 70e6, 2024: 75e6}[year]
        # Ties between the figures of several publishers hold to about 1%.
        assert np.median(parts.sum(axis=1)) == pytest.approx(stated, rel=0.01)


def test_months_add_up_to_the_year(small):
    months = small.flows.months()
    inside = [month.year == 2024 for month in small.path.months]
    whole = small.flows.between(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert months[:, :, inside].sum(axis=2) == pytest.approx(whole, rel=1e-9)


def test_pipelines_are_not_mixed_into_the_system(small):
    """75 Mt with pipelines, 44 of them by pipeline: 31 by road, rail and air."""
    assert small.line("system")["median"] == pytest.approx(31e6, rel=0.03)
    assert small.line("all")["median"] == pytest.approx(75e6, rel=0.01)
    assert set(small.ports["mode"]) <= {"road", "rail", "air"}


def test_growth_and_contributions_by_hand(small):
    """Alashankou 14 to 15 Mt is +7.1%; contributions add up to the growth of the system."""
    row = small.ports.row(by_predicate=pl.col("place") == "alashankou", named=True)
    assert row["growth"] == pytest.approx(1 / 14, abs=0.002)
    whole = small.growth.row(by_predicate=pl.col("line") == "system", named=True)["median"]
    assert small.contributions["median"].sum() == pytest.approx(whole, abs=0.02)


def test_the_largest_port_comes_first_and_is_first_in_rank(small):
    first = small.ports.row(0, named=True)
    assert (first["place"], first["rank_best"], first["rank_worst"]) == ("alashankou", 1, 1)
    assert first["first"] > 0.9


def test_a_year_that_was_not_known_has_no_growth(small):
    """Of the other road ports nothing was said, so that no growth of theirs is computed."""
    thin = small.ports.filter(pl.col("thin"))
    assert thin["growth"].null_count() == len(thin)


def test_the_newest_figure_is_the_last_one(small):
    row = small.ports.row(by_predicate=pl.col("place") == "irkeshtam", named=True)
    assert (row["newest_id"], row["newest_end"]) == ("i2024", dt.date(2024, 12, 31))


def test_the_calendar_of_the_day_of_the_count():
    """By what was published by the end of 2025: Laoyemiao resumed on 28 April 2022, Irkeshtam let goods out only."""
    found = open_on(bundled().known(), "xinjiang", dt.date(2022, 4, 27))
    states = dict(found.filter(pl.col("mode") == "road").select("port", "state").iter_rows())
    assert states["laoyemiao"] == "closed"


def test_a_region_without_a_total_is_refused():
    known = known_by(tonnes("a", "horgos.freight_tonnes.total.rail", 2024, 12e6), day=dt.date(2025, 12, 31))
    with pytest.raises(CoverageError, match=r"no series 'xinjiang_ports\.freight_tonnes"):
        region_overview(known, place="xinjiang", edition=Edition.of("2024-12", "2025-12-31"), count_day=DAY)


def test_a_total_at_a_tie_has_the_digits_of_a_path():
    found = ends(np.full(3, 14_749_999.6))
    assert found == {"median": 14_750_000.0, "lower": 14_750_000.0, "upper": 14_750_000.0}
