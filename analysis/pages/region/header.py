"""The header and index line of the region page, in the words of its sentences."""

from dataclasses import replace

import polars as pl

from analysis.core.periods import Edition
from analysis.desks.region import RegionOverview
from analysis.pages.parts.header import header_fields
from analysis.pages.parts.page_record import PageRecord
from analysis.pages.region import charts, tables
from analysis.pages.region.sentences import summary
from analysis.pages.region.words import port_words, region_name
from analysis.pages.track_record.intervals import interval_record
from analysis.pages.words.cells import Both
from analysis.pages.words.phrases import series


def page_header(region: RegionOverview, *, edition: Edition) -> PageRecord:
    """Return the header of the region page."""
    name, intervals = region_name(region), interval_record(region.known)
    return PageRecord(
        title=f"{name.en}: the system of ports",
        title_zh=f"{name.zh}口岸总览",
        place=region.place,
        edition=str(edition),
        as_of=region.as_of.isoformat(),
        statement_ids=tuple(region.statement_ids()),
        intervals=str(intervals.en),
        intervals_zh=str(intervals.zh),
        opening={
            "figure": replace(charts.system(region), foot="").as_json(),
            "table": tables.every_port(region).as_json(),
        },
        **header_fields(summary(region), _thin(region)),
    )


def _thin(region: RegionOverview) -> tuple[Both, ...]:
    """Name the ports whose year is not known well enough for a number."""
    rows = region.ports.filter(pl.col("thin") & ~pl.col("place").str.starts_with("other_")).to_dicts()
    if not rows:
        return ()
    names, year = series([port_words(row, region) for row in rows]), region.edition.year
    return (
        Both(f"Freight in {year} of {names.en}: too little was published.", f"{names.zh}{year}年过货量：公布过少。"),
    )
