"""Tables of a port, as a reader sees them."""

from analysis.pages.port.tables.contributions import contributions
from analysis.pages.port.tables.evidence import evidence
from analysis.pages.port.tables.growth import growth
from analysis.pages.port.tables.revisions import evidence_news, revisions
from analysis.pages.port.tables.years import chances, months, years

__all__ = ["chances", "contributions", "evidence", "evidence_news", "growth", "months", "revisions", "years"]
