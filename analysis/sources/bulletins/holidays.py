"""Chinese public holidays: the days off by the notices that the State Council issues for each year."""

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path

from analysis.sources.bulletins.spans import TimeWords

#: Columns `holiday`, `year`, `first_day`, `last_day`; a holiday that joins another one has the days of both. Source:
#: 国务院办公厅关于部分节假日安排的通知, one notice a year; in 2020 with the notice that prolonged the Spring Festival.
TABLE = Path(__file__).with_name("holidays.csv")

#: Names of a holiday in a text; 劳动节 is another name of 五一.
NAMES = r"(?:元旦|春节|清明|五一|劳动节|端午|中秋|国庆)"


@cache
def days_off() -> dict[tuple[str, int], tuple[dt.date, dt.date]]:
    """Return holiday and year to the first and last day off."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["holiday"], int(row["year"])): (
                dt.date.fromisoformat(row["first_day"]),
                dt.date.fromisoformat(row["last_day"]),
            )
            for row in csv.DictReader(file)
        }


def holiday(match: re.Match[str], year: int | None, published_on: dt.date) -> TimeWords:
    """Return the days of the holiday that words name, of unknown days where the table does not hold it.

    Parameters
    ----------
    match
        The words, with the holiday as the group `holiday`.
    year
        The year that they name; None for the last holiday that had begun by the publication.
    published_on
        The day of publication.
    """
    name = re.findall(NAMES, match["holiday"])[0].replace("劳动节", "五一")
    years = [published_on.year + 1, published_on.year, published_on.year - 1] if year is None else [year]
    for each in years:
        found = days_off().get((name, each))
        if found is not None and found[0] <= published_on:
            first, last = found
            begin, end = (first.month, first.day), (last.month, last.day)
            return TimeWords(match.start(), match.end(), "span", begin, end, first.year, last.year)
    return TimeWords(match.start(), match.end(), "unknown", None, None, year)
