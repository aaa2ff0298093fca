"""Results that a person can look at: a line of text, a table in a notebook, a chart."""

from abc import ABC, abstractmethod
from html import escape
from importlib import import_module
from typing import Any

import polars as pl

#: The module that knows how results are drawn. It is named, not imported: a result is computed without it, and whoever
#: never asks for a chart loads no drawing library.
FIGURES = "analysis.pages.parts.figures"

#: Rows of a result that a notebook shows.
ROWS = 12


class Shown(ABC):
    """A result with a short text form, a table for notebooks and a chart."""

    @abstractmethod
    def describe(self) -> str:
        """Return what the result is, in one line."""

    @abstractmethod
    def preview(self) -> pl.DataFrame:
        """Return the rows that a person looks at first."""

    def chart(self, **options: Any) -> Any:
        """Return the chart of the result, which a notebook shows; `pages.parts.figures` says which options it takes."""
        return import_module(FIGURES).figure(self, **options)

    def __repr__(self) -> str:
        """Return one line."""
        return self.describe()

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Show the line and the first rows."""
        rows = self.preview().head(ROWS)
        html: str = rows._repr_html_()
        return {"text/plain": self.describe(), "text/html": f"<p>{escape(self.describe())}</p>{html}"}


def count(number: int, one: str, several: str) -> str:
    """Return a number with its noun: `1 month`, `12 months`."""
    return f"{number:,} {one if number == 1 else several}"
