"""The small chart of an edition's index: yearly totals with 80% bars."""

import altair as alt

from analysis.desks.port import Outlook
from analysis.pages.parts import theme
from analysis.pages.port.charts.labels import Labels
from analysis.pages.port.traffic import traffic
from analysis.pages.words.cells import text
from analysis.pages.words.names import short_name


def spark(outlook: Outlook) -> str:
    """Return the yearly totals with their 80% bars as a small SVG without axes and words."""
    base = alt.Chart(outlook.years).encode(alt.X("year:O", axis=None))
    bars = base.mark_rule(color=theme.BLUE, strokeWidth=4, opacity=0.4, aria=False).encode(
        alt.Y("lower80:Q", axis=None, scale=alt.Scale(zero=True)), alt.Y2("upper80")
    )
    dots = base.mark_point(filled=True, color=theme.BLUE, size=14, opacity=1, aria=False).encode(
        alt.Y("median:Q", axis=None)
    )
    counted, place = traffic(outlook), text(short_name(outlook.place, outlook.places))
    year = text(Labels(counted.amounts).year(outlook.year()))
    words = f"{text(counted.heading)} through {place} by year; {year}"
    chart = alt.layer(bars, dots).properties(width=150, height=40, description=words)
    return theme.svg(theme.spec_of(chart))
