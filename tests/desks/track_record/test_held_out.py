"""Figures held out: what the file says, how it is summed up, and that it is still what the method does."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import RegisterError
from analysis.desks import track_record
from analysis.desks.track_record.held_out import VARIANTS, coverage
from analysis.pages.track_record import tables
from analysis.runtime.folders import data_folder
from analysis.sources.registers import HELD_OUT
from tests.evidence import bundled


def rows(*inside):
    """Figures of one series, some inside."""
    words = {"place": "horgos", "indicator": "freight_tonnes", "flow": "total", "mode": "rail"}
    return pl.DataFrame(
        [
            {
                "statement_id": f"s{place}", "series_id": "horgos.freight_tonnes.total.rail", **words,
                "variant": "nowcast", "kind": "freight", "own_figures": place,
                "inside80": share, "inside95": 1.0, "width80": 0.1 * (place + 1), "error": 0.02,
                "baseline": None,
            }
            for place, share in enumerate(inside)
        ],
        schema_overrides={"baseline": pl.Float64},
    )  # fmt: skip


def test_coverage_counts_figures_that_are_partly_inside_in_part():
    found = coverage(rows(1.0, 0.0, 0.5), "variant").row(0, named=True)
    assert (found["n"], found["inside80"], found["inside95"]) == (3, pytest.approx(0.5), 1.0)
    assert found["width80"] == pytest.approx(0.2)
    assert found["baseline"] is None


def test_the_file_speaks_of_exact_valid_levels_of_the_ledger():
    held, statements = track_record.held_out(bundled().known()), bundled().statements
    assert held.height == len((data_folder() / "held_out.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert set(held["variant"]) == set(VARIANTS)
    assert held.select(pl.col("inside80", "inside95").is_between(0, 1).all()).row(0) == (True, True)
    assert held.select((pl.col("inside80") <= pl.col("inside95")).all()).item()
    figures = statements.filter(pl.col("statement_id").is_in(held["statement_id"].implode()))
    kinds = figures.select("measure", "relation", "status").unique().rows()
    assert kinds == [("level", "eq", "valid")]


def test_figures_that_were_not_yet_published_are_left_out():
    early = track_record.held_out(bundled().known(dt.date(2024, 1, 1)))
    assert 0 < early.height < track_record.held_out(bundled().known()).height


def test_a_broken_file_is_refused(tmp_path):
    (tmp_path / "held_out.csv").write_text(
        HELD_OUT.template + "a,nowcast,freight,1,much,1,0.1,0.1,\n", encoding="utf-8"
    )
    with pytest.raises(RegisterError, match="much"):
        HELD_OUT.read(tmp_path)


def test_the_table_says_what_was_counted(found_with):
    table = tables.held_out(found_with(rows(1.0, 0.0, 0.5)))
    whole, freight, none, few = table.rows
    assert [str(cell.of("en")) for cell in whole[2:]] == ["3", "50%", "100%", "20.0%", "2.0%", "none"]
    assert [str(row[1].of("en")) for row in (freight, none, few)] == [
        "freight",
        "series without another figure within a year",
        "series with 1 to 2 figures within a year",
    ]
    assert [str(row[2].of("en")) for row in (none, few)] == ["1", "2"]
    assert not tables.held_out(found_with(rows(1.0).clear())).rows


@pytest.fixture
def found_with():
    """A record of which only the figures held out matter."""

    def made(held: pl.DataFrame) -> track_record.ForecastRecord:
        fields = dict.fromkeys(track_record.ForecastRecord.__dataclass_fields__)
        return track_record.ForecastRecord(**fields | {"held_out": held, "known": bundled().known()})

    return made
