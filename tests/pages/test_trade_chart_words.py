"""The words above a line of the trade charts, by hand."""

import polars as pl
import pytest

from analysis.pages.trade.charts import _without_interval

LINES = [
    "Uzbekistan, both directions, January-June 2024: 1.078 (1.068 to 1.088)",
    "乌兹别克斯坦，双向合计：1.078（1.068至1.088）",
]


@pytest.mark.parametrize(
    "short, expected",
    [
        (True, ["Uzbekistan, both directions, January-June 2024: 1.078", "乌兹别克斯坦，双向合计：1.078"]),
        (False, LINES),
    ],
)
def test_on_a_phone_a_line_ends_before_its_interval(short, expected):
    words = pl.DataFrame({"label": LINES}).select(words=_without_interval("label", short=short))
    assert words["words"].to_list() == expected
