"""The series of a ledger as a list: ids, names in both languages, periods and numbers of statements."""

from collections.abc import Sequence

import polars as pl

from analysis.core.errors import CoverageError
from analysis.core.suggestions import nearest_word
from analysis.pages.words.indicators import series_words
from analysis.sources.evidence import Evidence


def list_series(evidence: Evidence, words: Sequence[str] = ()) -> pl.DataFrame:
    """Return the series of a ledger that have all of some words.

    Parameters
    ----------
    evidence
        A data folder's ledger and registers.
    words
        Parts of the id, or of the English or Chinese name, in any case; none for every series.

    Returns
    -------
    DataFrame
        One row a series, by id: `series_id, name_en, name_zh, first, last` (first and last day of any period of a
        valid statement), `statements` (how many valid ones).

    Raises
    ------
    CoverageError
        If no series has all the words; the sentence names the nearest word that is known.
    """
    listed = _with_names(evidence)
    texts = [" ".join(row).lower() for row in listed.select("series_id", "name_en", "name_zh").iter_rows()]
    asked = [word.strip().lower() for part in words for word in part.split() if word.strip()]
    strange = next((word for word in asked if not any(word in text for text in texts)), None)
    if strange is not None:
        raise CoverageError(f"No series has the word {strange!r}. {_meant(strange, texts)}")
    fitting = [all(word in text for word in asked) for text in texts]
    if not any(fitting):
        raise CoverageError(f"No series has all of {', '.join(asked)}. Leave a word out.")
    return listed.filter(pl.Series(fitting, dtype=pl.Boolean))


def _with_names(evidence: Evidence) -> pl.DataFrame:
    """Return every series with its names."""
    columns = ["place", "indicator", "flow", "mode", "partner"]
    listed = (
        evidence.statements.filter(pl.col("status") == "valid")
        .group_by("series_id")
        .agg(
            *(pl.col(name).first() for name in columns),
            first=pl.col("period_start").min(),
            last=pl.col("period_end").max(),
            statements=pl.len(),
        )
        .sort("series_id")
    )
    names = [series_words(row, evidence) for row in listed.iter_rows(named=True)]
    partners = [f" · {partner}" if partner else "" for partner in listed["partner"]]
    return listed.select(
        "series_id",
        pl.Series("name_en", [f"{name.en}{partner}" for name, partner in zip(names, partners, strict=True)], pl.String),
        pl.Series("name_zh", [f"{name.zh}{partner}" for name, partner in zip(names, partners, strict=True)], pl.String),
        "first",
        "last",
        "statements",
    )


def _meant(word: str, texts: Sequence[str]) -> str:
    """Return the sentence that names the known word that is nearest to one that nothing has."""
    known = sorted({part for text in texts for part in text.replace(".", " ").replace("_", " ").split()})
    near = nearest_word(word, known)
    return f"Did you mean {near!r}?" if near else "Run silkport series without words for the whole list."
