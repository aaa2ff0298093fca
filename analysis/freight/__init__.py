"""The port desk: what a port handled, where the year will end, what it may be compared with, what moved it."""

from analysis.freight.adjusted import AdjustedIndex, adjusted_index
from analysis.freight.contributions import GrowthContributions, growth_contributions
from analysis.freight.desk import outlook
from analysis.freight.outlook import Age, Outlook
from analysis.freight.vintages import Revisions, evidence_news, revisions

__all__ = [
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
