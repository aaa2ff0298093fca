"""Leave one out: how often the 80% interval of the others holds a park, a batch of aid, a report of a past plan.

    python -m benchmarks.reference_classes

Writes nothing; the result of the last run stands in `benchmarks/reference_class.md`.
"""

import datetime as dt

import polars as pl

from analysis.desks.aid import aid_portfolio
from analysis.desks.park.peers import CAPITAL, JOBS, peers
from analysis.methods.completion import LEAST_PLANS, leave_one_plan_out
from analysis.methods.proportions import jeffreys
from analysis.methods.reference_class import LEAST, leave_one_out
from analysis.sources.evidence import Evidence

DAYS = (dt.date(2023, 11, 30), dt.date(2025, 12, 31))


def main() -> None:
    """Print one line a class and day: cases, how many lie inside, and the interval of that share."""
    evidence = Evidence.read()
    for day in DAYS:
        known = evidence.known(day)
        parks = peers(known, park="kezhou_jiangsu_park")
        for basis in (CAPITAL, JOBS):
            cases = parks.of(basis).rename({"park": "case"})
            if cases.height > LEAST:
                _line(day, f"output by {basis}", leave_one_out(cases))
        aid = aid_portfolio(known, place="wuqia", partner="changzhou")
        if aid.costs is not None:
            _line(day, "cost of an aid project", leave_one_out(aid.costs.cases))
        for what in aid.curves:
            own = aid.points.filter(pl.col("what") == what)
            if own["plan"].n_unique() > LEAST_PLANS:
                _line(day, f"aid, {what} ({own['plan'].n_unique()} plans)", leave_one_plan_out(own))


def _line(day: dt.date, name: str, table: pl.DataFrame) -> None:
    share = jeffreys(int(table["inside"].sum()), table.height, level=95)
    ends = f"95%: {share.lower:.0%} to {share.upper:.0%}"
    print(f"{day} {name}: {share.cases} of {share.of} inside 80% = {share.share:.0%} ({ends})")


if __name__ == "__main__":
    main()
