"""The audit of a small ledger of two rail ports, shared by the tests of the desk and of its page."""

import datetime as dt
from functools import cache

from analysis.core.periods import Edition
from analysis.desks.audit import EvidenceAudit, evidence_audit
from tests.desks.trade.ledgers import known_by, line


@cache
def small_audit() -> EvidenceAudit:
    """Return an audit as of July 2024: years are published to 2023; of 2024 one port has January to June."""
    lines = []
    for year, horgos, alashankou in ((2021, 8e6, 12e6), (2022, 9e6, 13e6), (2023, 11e6, 14e6)):
        for name, port, value in (("h", "horgos", horgos), ("a", "alashankou", alashankou)):
            lines.append(freight(f"{name}{year}", port, (f"{year}-01-01", f"{year}-12-31"), value))
    lines.append(freight("h6", "horgos", ("2024-01-01", "2024-06-30"), 6e6))
    lines.append(freight("t", "xinjiang_ports", ("2023-01-01", "2023-12-31"), 25e6, mode="all"))
    known = known_by(*lines, day=dt.date(2024, 7, 31))
    return evidence_audit(known, place="xinjiang", edition=Edition.of("2024-06", "2024-07-31"))


def freight(name: str, port: str, period: tuple[str, str], value: float, mode: str = "rail") -> str:
    """Return a ledger line of freight by rail, printed in 万吨."""
    series = f"{port}.freight_tonnes.total.{mode}"
    return line(name, series, period, value, f"{value / 1e4:.1f}万吨", unit="tonnes", published_on="2024-07-20")
