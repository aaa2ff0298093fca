"""Words that sentences, charts and tables of the region page share."""

import datetime as dt

from analysis.desks.region import RegionOverview
from analysis.pages.words.cells import Both
from analysis.pages.words.dates import same_days_words
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES

#: Lines of the region's total.
LINES = {
    "system": Both("road, rail and air", "公路、铁路和航空"),
    "all": Both("with pipelines", "含管道"),
} | {mode: MODES[mode] for mode in ("road", "rail", "air", "pipeline")}

#: What the calendar says of a port on a day.
STATES = {
    "open": Both("open", "开放"),
    "limited": Both("open with limits", "限量开放"),
    "one_way": Both("one way", "单向通行"),
    "closed": Both("closed", "关闭"),
    "unknown": Both("nothing known", "不详"),
}


def region_name(region: RegionOverview) -> Both:
    """Return the name of the region."""
    return short_name(region.place, region.known.places)


def is_whole_year(start: dt.date, end: dt.date) -> bool:
    """Return whether a span runs from the first to the last day of one year."""
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year


def year_before_words(start: dt.date, end: dt.date) -> Both:
    """Return what growth over a span is measured on: `2024`, `2024年`; `the same months of 2022`, `2022年同期`."""
    return same_days_words(start, end, start.year - 1)


def port_words(row: dict[str, str], region: RegionOverview) -> Both:
    """Return a port and its mode: `Horgos (rail)`; `霍尔果斯铁路`; the ports without a figure together."""
    mode = MODES[row["mode"]]
    if row["place"].startswith("other_"):
        return Both(f"Other ports ({mode.en})", f"其他口岸{mode.zh}")
    name = short_name(row["place"], region.known.places)
    return Both(f"{name.en} ({mode.en})", f"{name.zh}{mode.zh}")
