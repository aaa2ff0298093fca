"""How often intervals held: the record of figures that were left out, for the foot of the pages that show intervals."""

from analysis.desks.track_record.held_out import VARIANTS, coverage, held_out
from analysis.pages.words.cells import Both
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


def interval_record(known: Known | None) -> Both:
    """Return what intervals are made for, and how often they held published figures of ports and trade left out.

    Parameters
    ----------
    known
        What was known by the data cut-off; None where no figures of the page's kind were ever left out.
    """
    tried = coverage(held_out(known), "variant").to_dicts() if known is not None else []
    rows = {row["variant"]: row for row in tried}
    english, chinese = [], []
    for variant in (each for each in VARIANTS if each in rows):
        row, how = rows[variant], _KNOWN[variant]
        likely, wide = fraction_percent(row["inside80"]), fraction_percent(row["inside95"])
        english.append(f"of {row['n']} {how.en}, {likely.en} lay inside the 80% and {wide.en} inside the 95% interval")
        chinese.append(f"{how.zh}的{row['n']}个数字，有{likely.zh}落在80%区间内、{wide.zh}落在95%区间内")
    if not english:
        return Both(f"{_MADE.en}{_NO_RECORD.en}", f"{_MADE.zh}{_NO_RECORD.zh}")
    record = Both(
        f" Published figures of rail freight and trade were left out to see: {'; '.join(english)}.",
        f"曾剔除铁路过货量和进出口的已公布数字加以检验：{'；'.join(chinese)}。",
    )
    return Both(f"{_MADE.en}{record.en}", f"{_MADE.zh}{record.zh}")
