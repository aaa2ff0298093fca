"""Words that sentences, charts and tables of the audit share."""

from analysis.desks.audit import EvidenceAudit
from analysis.pages.words.cells import Both
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES

#: What was done about a contradiction, as `EvidenceAudit.conflicts` names it.
DONE = {
    "withheld": Both("withheld from every estimate", "不进入任何估计"),
    "kept": Both("explained, both kept", "已有解释，均保留"),
    "set_aside": Both("one figure set aside as doubtful", "其中一个数字存疑，不采用"),
    "new": Both("not yet looked at, withheld", "尚未查明，不采用"),
}

#: What leaves a contradiction unresolved.
UNRESOLVED = ("withheld", "new")

#: Units of money, to tell one trade from another.
CURRENCIES = {"CNY": Both("yuan", "人民币"), "USD": Both("US dollars", "美元")}

#: Kinds of contradictions, as the check names them.
KINDS = {
    "same figure": Both("two figures for one thing", "同一指标两个数字"),
    "periods": Both("periods do not fit", "不同时期不相容"),
    "parts": Both("parts and total do not fit", "分项与合计不相容"),
    "bases": Both("growth rates do not fit", "增速之间不相容"),
    "base revision": Both("last year's figure was revised", "上年基数有修订"),
}


def region_name(audit: EvidenceAudit) -> Both:
    """Return the name of the region."""
    return short_name(audit.place, audit.known.places)


def port_words(place: str, mode: str, audit: EvidenceAudit) -> Both:
    """Return a port and its mode: `Horgos (rail)`; `霍尔果斯铁路`."""
    name = short_name(place, audit.known.places)
    return Both(f"{name.en} ({MODES[mode].en})", f"{name.zh}{MODES[mode].zh}")
