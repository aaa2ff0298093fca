"""The three sentences of the audit: how much is known, what contradicts what, where one figure would help most."""

import datetime as dt
from typing import Any

import polars as pl

from analysis.core.periods import month_end
from analysis.desks.audit import EvidenceAudit
from analysis.pages.audit.words import UNRESOLVED, port_words, region_name
from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import Both, Part, join_cells
from analysis.pages.words.dates import date_words, span_words
from analysis.pages.words.durations import age
from analysis.pages.words.quantities import whole
from analysis.pages.words.rounding import fraction_percent, percent_to_a_tenth

#: A figure that narrows the region's year by less than this is worth no call.
LEAST_WORTH = 0.005


def summary(audit: EvidenceAudit) -> Sentences:
    """Return how much is known, what contradicts what, and where one more figure would help most."""
    return Sentences((_known(audit), _contradictions(audit), _call(audit)))


def _known(audit: EvidenceAudit) -> Both:
    read, day, name = audit.read, date_words(audit.known.as_of), region_name(audit)
    total, repeats = whole(read.height), whole(int((read["kind"] == "repeat").sum()))
    publishers, ports = whole(read["publisher"].drop_nulls().n_unique()), whole(audit.coverage.height)
    months, years = (fraction_percent(share) for share in audit.completeness)
    this_year = span_words(dt.date(audit.edition.year, 1, 1), month_end(audit.edition))
    before = f"{audit.first_year} to {audit.edition.year - 1}"
    before_zh = f"{audit.first_year}至{audit.edition.year - 1}年"
    return Both(
        (f"By {day.en} the ledger holds ", total, " statements of ", publishers, " publishers, ", repeats,
         f" of them repeats of others; figures state the freight of {name.en}'s ", ports,
         " ports and modes for ", months, f" of the months of {this_year.en} and ", years, f" of the years {before}."),
        (f"截至{day.zh}，台账共有", total, "条公开表述，来自", publishers, "个发布者，其中", repeats,
         f"条为转载；{name.zh}", ports, f"个口岸（分方式）的过货量，{this_year.zh}各月有", months,
         f"由公布数给出，{before_zh}各年有", years, "。"),
    )  # fmt: skip


def _contradictions(audit: EvidenceAudit) -> Both:
    done = audit.conflicts["done"]
    total = whole(audit.conflicts.height)
    unresolved = whole(int(done.is_in(UNRESOLVED).sum()))
    aside = whole(audit.check.set_aside.height)
    english: list[Part] = [
        total, " contradictions stand in it, ", unresolved, " of them unresolved and withheld; ", aside,
        " rows are doubtful or wrong at their source and enter no estimate",
    ]  # fmt: skip
    chinese: list[Part] = [
        "其中有", total, "处相互矛盾，", unresolved, "处未解决而不采用；",
        aside, "条表述存疑或原文有误，不进入任何估计",
    ]  # fmt: skip
    every = audit.revisions.filter(pl.col("indicator").is_null() & (pl.col("pairs") > 0))
    if every.height:
        row = every.row(0, named=True)
        pairs, revised, size = whole(row["pairs"]), whole(row["revised"]), percent_to_a_tenth(row["mean_absolute"])
        english += ["; growth rates imply that ", revised, " of ", pairs, " published bases were revised; over all ",
                    "of them the mean absolute revision is ", size]  # fmt: skip
        chinese += ["；由增速推算，", pairs, "个已公布基数中有", revised, "个被修订，全部基数的平均绝对修订为", size]
    return Both(join_cells(*english, "."), join_cells(*chinese, "。"))


def _call(audit: EvidenceAudit) -> Both:
    best = audit.best.filter(pl.col("region") >= LEAST_WORTH)
    if best.is_empty():
        return Both(
            "No further figure about one port would narrow the region's year.",
            "再有任何一个口岸的数字，也不会使全区全年区间变窄。",
        )
    row = best.row(0, named=True)
    name, span = port_words(row["place"], row["mode"], audit), span_words(row["start"], row["end"])
    own, region, year = fraction_percent(row["own"]), fraction_percent(row["region"]), audit.edition.year
    newest, whole_region = _newest(audit, row), region_name(audit)
    part_of_year = row["end"] < dt.date(year, 12, 31) or row["start"] > dt.date(year, 1, 1)
    english: list[Part] = [
        f"One more figure would help most about {name.en}: its total of {span.en} would narrow the 80% interval of ",
        f"{whole_region.en}'s {year} by ", region, *((" and that of its own year by ", own) if part_of_year else ()),
    ]  # fmt: skip
    chinese: list[Part] = [
        f"再得到一个数字，最有用的是{name.zh}{span.zh}的过货量：", f"可使{whole_region.zh}{year}年80%区间收窄", region,
        *(("，使其自身全年区间收窄", own) if part_of_year else ()),
    ]  # fmt: skip
    return Both(join_cells(*english, newest.en, "."), join_cells(*chinese, newest.zh, "。"))


def _newest(audit: EvidenceAudit, row: dict[str, Any]) -> Both:
    """Return how old the newest figure of a port is, as a clause in parts."""
    own = audit.coverage.row(
        by_predicate=(pl.col("place") == row["place"]) & (pl.col("mode") == row["mode"]), named=True
    )
    if own["newest_id"] is None:
        return Both(("; no figure about all its freight was ever published",), ("；其全部过货量从未公布过数字",))
    if own["age"] < 1:
        return Both(("; its newest figure is of this month",), ("；其最新数字即截至本月",))
    old = age(own["age"]).cite([own["newest_id"]])
    return Both(("; the period of its newest figure ended ", old, " ago"), ("；其最新数字的时期止于", old, "之前"))
