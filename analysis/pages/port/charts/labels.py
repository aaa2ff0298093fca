"""What the marks of a chart say to a screen reader and in a tooltip: the numbers of the tables, in words."""

import datetime as dt
from dataclasses import dataclass

from analysis.pages.parts.labels import Row
from analysis.pages.port.traffic import Amounts
from analysis.pages.words.cells import Both
from analysis.pages.words.closures import closure_words
from analysis.pages.words.dates import month_words, span_words, year_words
from analysis.pages.words.phrases import count_words
from analysis.pages.words.rounding import with_relation


@dataclass(frozen=True)
class Labels:
    """The labels of a port's charts, in the units of its page."""

    amounts: Amounts

    def year(self, row: Row) -> Both:
        """Return `2023: 1.24 million tonnes (124万吨), 80%: 1.16 to 1.35 million tonnes (116 to 135万吨)`."""
        return self._with_interval(year_words(row["year"]), row, row["lower80"], row["upper80"])

    def month(self, row: Row) -> Both:
        """Return the same for a month."""
        return self._with_interval(month_words(row["time_period"]), row, row["lower"], row["upper"])

    def average(self, row: Row) -> Both:
        """Return the same for the average month of a year."""
        year = row["year"]
        return self._with_interval(Both(f"{year}, monthly average", f"{year}年月均"), row, row["lower"], row["upper"])

    def to_date(self, row: Row) -> Both:
        """Return the same for a sum since 1 January."""
        end = row["period_end"]
        return self._with_interval(span_words(dt.date(end.year, 1, 1), end), row, row["lower"], row["upper"])

    def published(self, row: Row) -> Both:
        """Return `Published: January-October 2023, over 1 million tonnes (100万吨)`."""
        words = with_relation(self.amounts.total(row["value"]), row["relation"])
        count = count_words(row["count"]) if row["count"] else None
        whose = Both(f", {count.en}", f"，{count.zh}") if count else Both("", "")
        span = span_words(row["period_start"], row["period_end"])
        return Both(f"Published: {span.en}, {words.en}{whose.en}", f"公布：{span.zh}，{words.zh}{whose.zh}")

    def _with_interval(self, what: Both, row: Row, lower: float, upper: float) -> Both:
        total = self.amounts.total(row["median"], lower, upper)
        interval = self.amounts.interval(row["median"], lower, upper)
        return Both(f"{what.en}: {total.en}, 80%: {interval.en}", f"{what.zh}：{total.zh}，80%区间{interval.zh}")


def closure_label(row: Row) -> Both:
    """Return the span of a closure and what it was."""
    what = closure_words(row)
    return Both(f"{row['start']} to {row['end']}: {what.en}", f"{row['start']}至{row['end']}：{what.zh}")
