"""What was known by a day, what may be believed, and where it stands: views of a ledger that change nothing."""

import datetime as dt
from collections.abc import Sequence

import polars as pl

from analysis.core.bounds import contradicted_bounds
from analysis.core.errors import CoverageError
from analysis.core.suggestions import suggestion
from analysis.core.vocabulary import EVIDENCE_MEASURES, FACT_COLUMNS, GROWTH_MEASURES
from analysis.sources.ledger.bounds import pair


def as_of(statements: pl.DataFrame, date: dt.date) -> pl.DataFrame:
    """Return the statements that a reader had on a day.

    A row counts from `available_on` on. A row that another one supersedes disappears once the other is
    available; `mis-entered` rows are gone at every date, and supersede nothing.

    Parameters
    ----------
    statements
        A ledger as `read` returns it.
    date
        The last day of publication that counts.
    """
    known = statements.filter((pl.col("available_on") <= date) & (pl.col("status") != "mis-entered"))
    replaced = known["supersedes"].drop_nulls()
    return known.filter(~pl.col("statement_id").is_in(replaced.implode()))


def select(
    statements: pl.DataFrame,
    *,
    series_id: str | Sequence[str] | None = None,
    place: str | Sequence[str] | None = None,
    indicator: str | Sequence[str] | None = None,
    flow: str | Sequence[str] | None = None,
    mode: str | Sequence[str] | None = None,
    measure: str | Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return the statements with the given words; several words of one column are alternatives.

    Raises
    ------
    CoverageError
        If a word stands nowhere in its column; the sentence names the nearest one that does.
    """
    asked = {
        "series_id": series_id, "place": place, "indicator": indicator, "flow": flow, "mode": mode, "measure": measure,
    }  # fmt: skip
    chosen = statements
    for column, words in asked.items():
        if words is not None:
            wanted = [words] if isinstance(words, str) else list(words)
            _check_present(statements, column, wanted)
            chosen = chosen.filter(pl.col(column).is_in(wanted))
    return chosen


def evidence(statements: pl.DataFrame) -> pl.DataFrame:
    """Return the statements that may enter a likelihood, each fact once.

    These are `valid` rows of the measures in `vocabulary.EVIDENCE_MEASURES` whose value a flow can have:
    a level of at least zero, any growth from -1 on. Of rows that repeat one another (`same_as`) the original
    stays, or the earliest available one where the original is not among the statements; a repeat of a row that
    is doubtful or wrong at its source is as doubtful. Rows that state the same fact (`vocabulary.FACT_COLUMNS`)
    count once, the earliest. A bound that a figure contradicts is left out.

    Parameters
    ----------
    statements
        Rows of a ledger, usually after `as_of`.
    """
    originals = _originals(statements)
    rows = statements.with_columns(
        original=pl.col("statement_id").replace(originals),
        repeats=pl.col("statement_id").is_in(list(originals)),
    )
    tainted = statements.filter(pl.col("status").is_in(["doubtful", "source wrong"]))["statement_id"]
    usable = (
        (pl.col("status") == "valid")
        & pl.col("measure").is_in(EVIDENCE_MEASURES)
        & (pl.col("measure").is_in(GROWTH_MEASURES) | (pl.col("value") >= 0))
        & ~pl.col("original").is_in(tainted.implode())
    )
    return (
        rows.filter(usable)
        .sort("repeats", "available_on", "line")
        .unique("original", keep="first", maintain_order=True)
        .sort("available_on", "line")
        .unique(FACT_COLUMNS, keep="first", maintain_order=True)
        .sort("line")
        .drop("original", "repeats")
        .pipe(lambda kept: kept.filter(~pl.col("statement_id").is_in(list(contradicted_bounds(kept)))))
    )


def cite(statements: pl.DataFrame, ids: Sequence[str]) -> pl.DataFrame:
    """Return what a page needs to name the statements behind a number, in the order of the ids.

    Returns
    -------
    DataFrame
        `statement_id, publisher, published_on, url, value_as_published`, `repeats` (`original` or `reprint`),
        and `same_as`, the id of the original of a reprint.

    Raises
    ------
    CoverageError
        If an id is not among the statements.
    """
    _check_present(statements, "statement_id", ids)
    wanted = pl.DataFrame({"statement_id": list(dict.fromkeys(ids))}, schema={"statement_id": pl.String})
    repeats = pl.when(pl.col("same_as").is_null()).then(pl.lit("original")).otherwise(pl.lit("reprint"))
    columns = ("statement_id", "publisher", "published_on", "url", "value_as_published", "repeats", "same_as")
    return (
        wanted.join(statements, on="statement_id", how="left", validate="1:1", maintain_order="left")
        .with_columns(repeats=repeats)
        .select(columns)
    )


def bound_pairs(statements: pl.DataFrame) -> pl.DataFrame:
    """Return the lower bounds whose figure was published too.

    Parameters
    ----------
    statements
        Rows of a ledger, after `as_of`: no pair uses a figure that was not yet published.

    Returns
    -------
    DataFrame
        One row a bound: `series_id, period_start, period_end, bound` ("over 1 million") and `figure`, the most
        exactly rounded level of the same series and period that is not below the bound; both in the
        series' unit. A bound that its figure contradicts is no pair but a case for the audit.
    """
    return pair(evidence(statements).filter(pl.col("measure") == "level"))


def _originals(statements: pl.DataFrame) -> dict[str, str]:
    """Return the original of each row that repeats another one, through any chain of reprints."""
    rows = statements.filter(pl.col("same_as").is_not_null())
    repeated = dict(rows.select("statement_id", "same_as").iter_rows())
    originals = {}
    for start in repeated:
        step = start
        while step in repeated:
            step = repeated[step]
        originals[start] = step
    return originals


def _check_present(statements: pl.DataFrame, column: str, words: Sequence[str]) -> None:
    present = set(statements[column].drop_nulls().to_list())
    for word in words:
        if word not in present:
            remedy = suggestion(word, sorted(present), otherwise="Check the word against the ledger.")
            raise CoverageError(f"No statement has {column} {word!r}. {remedy}")
