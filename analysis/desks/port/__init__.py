"""The port desk: what a port handled, where the year will end, what it may be compared with, what moved it."""

from analysis.desks.port.adjusted import AdjustedIndex, adjusted_index
from analysis.desks.port.contributions import GrowthContributions, growth_contributions
from analysis.desks.port.desk import FREIGHT, outlook
from analysis.desks.port.outlook import Age, Outlook
from analysis.desks.port.revisions import Revisions, evidence_news, revisions

__all__ = [
    "FREIGHT",
    "AdjustedIndex",
    "Age",
    "GrowthContributions",
    "Outlook",
    "Revisions",
    "adjusted_index",
    "evidence_news",
    "growth_contributions",
    "outlook",
    "revisions",
]
