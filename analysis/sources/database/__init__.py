"""Tables in databases, read and written in one transaction each, through ADBC."""

from analysis.sources.database.session import Session, open_session
from analysis.sources.database.tables import read_all, replace_all

__all__ = ["Session", "open_session", "read_all", "replace_all"]
