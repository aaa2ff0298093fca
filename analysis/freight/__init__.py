"""The port desk: what a port handled, where the year will end, what it may be compared with."""

from analysis.freight.desk import outlook
from analysis.freight.outlook import Age, Outlook

__all__ = ["Age", "Outlook", "outlook"]
