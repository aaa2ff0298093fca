"""How often intervals held: the record of figures that were left out, for the foot of the pages that show intervals."""

import polars as pl

from analysis.desks.track_record.held_out import (
    OWN_FIGURES,
    VARIANTS,
    coverage,
    held_out,
    own_figures,
    with_own_figures,
)
from analysis.pages.words.cells import Both
from analysis.pages.words.phrases import KIND_WORDS
from analysis.pages.words.rounding import fraction_percent
from analysis.sources.evidence import Known

_MADE = Both(
    "An 80% interval is made to hold the truth four times in five, a 95% interval nineteen times in twenty.",
    "80%区间的设计目标是五次中有四次包含真值，95%区间为二十次中有十九次。",
)
_NO_RECORD = Both(
    " No published figure has yet shown how often those of this page do.", "尚无公布数可检验本页区间的实际命中率。"
)
_KNOWN = {
    "nowcast": Both("put from what was known the day before", "由其公布前一日已知的内容估算"),
    "smoothed": Both("put from everything published since", "由此后公布的全部内容估算"),
}


_OWN = {
    0: Both("without another figure within a year", "一年之内没有其他数字"),
    1: Both("with one or two other figures within a year", "一年之内另有1至2个数字"),
    3: Both("with three to five other figures within a year", "一年之内另有3至5个数字"),
    6: Both("with six or more other figures within a year", "一年之内另有6个以上数字"),
}


def interval_record(known: Known | None, *, series_id: str = "", kind: str = "") -> Both:
    """Return what intervals are made for, and how often they held published figures that were left out.

    Parameters
    ----------
    known
        What was known by the data cut-off; None where no figures of the page's kind were ever left out.
    series_id, kind
        The series of the page and its kind (`held_out.KINDS`): only figures of that kind count whose series had about
        as many other figures within a year as this one has. All figures count if not given.
    """
    tried = held_out(known) if known is not None else None
    about = Both("all monthly flows", "各类月度流量")
    if known is not None and tried is not None and kind:
        count = own_figures(known, series_id)
        tried = with_own_figures(tried.filter(pl.col("kind") == kind), count)
        own = _OWN[max(first for first, _ in OWN_FIGURES if first <= count)]
        about = Both(f"{KIND_WORDS[kind].en} like these, {own.en},", f"与此同类（{KIND_WORDS[kind].zh}，{own.zh}）")
    rows = {row["variant"]: row for row in coverage(tried, "variant").to_dicts()} if tried is not None else {}
    english, chinese = [], []
    for variant in (each for each in VARIANTS if each in rows):
        row, how = rows[variant], _KNOWN[variant]
        likely, wide = fraction_percent(row["inside80"]), fraction_percent(row["inside95"])
        english.append(f"of {row['n']} {how.en}, {likely.en} lay inside the 80% and {wide.en} inside the 95% interval")
        chinese.append(f"{how.zh}的{row['n']}个数字，有{likely.zh}落在80%区间内、{wide.zh}落在95%区间内")
    if not english:
        return Both(f"{_MADE.en}{_NO_RECORD.en}", f"{_MADE.zh}{_NO_RECORD.zh}")
    record = Both(
        f" Published figures of {about.en} were left out to see: {'; '.join(english)}.",
        f"曾剔除{about.zh}的已公布数字加以检验：{'；'.join(chinese)}。",
    )
    return Both(f"{_MADE.en}{record.en}", f"{_MADE.zh}{record.zh}")
