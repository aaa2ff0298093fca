"""The desk of monthly tables: the next year of complete series, what explains them, and how good the record is."""

from analysis.desks.monthly_tables.ahead import Ahead
from analysis.desks.monthly_tables.desk import AIRLINE, ENGINE, STRUCTURAL, MonthlyTables, outlook
from analysis.desks.monthly_tables.models import Models
from analysis.desks.monthly_tables.regressors import Explanatory
from analysis.desks.monthly_tables.regressors import read as explanatory
from analysis.desks.monthly_tables.source import Source, read

__all__ = [
    "AIRLINE", "ENGINE", "STRUCTURAL", "Ahead", "Explanatory", "Models", "MonthlyTables", "Source", "explanatory",
    "outlook", "read",
]  # fmt: skip
