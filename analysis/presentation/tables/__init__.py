"""Tables as a reader sees them, and the words of numbers: the only place that rounds."""

from analysis.presentation.tables.contributions import growth_contributions
from analysis.presentation.tables.evidence import evidence
from analysis.presentation.tables.freight import chances, months, years
from analysis.presentation.tables.growth import growth
from analysis.presentation.tables.held_out import held_out
from analysis.presentation.tables.park import contributions, facts, illustration
from analysis.presentation.tables.record import editions, scores
from analysis.presentation.tables.sources import sources
from analysis.presentation.tables.table import Table
from analysis.presentation.tables.vintages import evidence_news, revisions

__all__ = [
    "Table",
    "chances",
    "contributions",
    "editions",
    "evidence",
    "evidence_news",
    "facts",
    "growth",
    "growth_contributions",
    "held_out",
    "illustration",
    "months",
    "revisions",
    "scores",
    "sources",
    "years",
]
