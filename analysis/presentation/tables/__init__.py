"""Tables as a reader sees them, and the words of numbers: the only place that rounds."""

from analysis.presentation.tables.figures import (
    Amount,
    as_published,
    date_words,
    fraction_percent,
    million_tonnes,
    percent,
    span_words,
    tonnes,
    yuan,
    yuan_predicted,
)
from analysis.presentation.tables.freight import chances, evidence, months, years
from analysis.presentation.tables.park import contributions, facts, illustration
from analysis.presentation.tables.sources import sources
from analysis.presentation.tables.table import Link, Table
from analysis.presentation.tables.vintages import evidence_news, revisions

__all__ = [
    "Amount",
    "Link",
    "Table",
    "as_published",
    "chances",
    "contributions",
    "date_words",
    "evidence",
    "evidence_news",
    "facts",
    "fraction_percent",
    "illustration",
    "million_tonnes",
    "months",
    "percent",
    "revisions",
    "sources",
    "span_words",
    "tonnes",
    "years",
    "yuan",
    "yuan_predicted",
]  # fmt: skip
