"""The audit desk: does a ledger contradict itself, and which contradictions are new? (docs/methods/ledger.md)."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analysis import intake, ledger
from analysis.audit import conflicts
from analysis.audit.intervals import with_intervals
from analysis.errors import RegisterError
from analysis.vocabulary import EXPECTATION_MEASURES

__all__ = ["Check", "check", "find"]

KNOWN = pl.Schema({"kind": pl.String, "statement_ids": pl.String, "note": pl.String})

_SEARCHES = (
    conflicts.disagreeing,
    conflicts.shrinking,
    conflicts.unequal_parts,
    conflicts.excessive_modes,
    conflicts.unequal_bases,
    conflicts.revised_bases,
)


@dataclass(frozen=True)
class Check:
    """What an audit of a ledger found.

    Attributes
    ----------
    table
        One row a contradiction: `kind`, `statement_ids` (the smallest conflicting set, joined by `;`),
        `sentence`, `known` (whether `known_conflicts.csv` lists it) and its `note` there.
    statements
        How many statements were read.
    set_aside
        The rows of status `doubtful` or `source wrong`, which no likelihood sees.
    """

    table: pl.DataFrame
    statements: int
    set_aside: pl.DataFrame

    @property
    def new(self) -> pl.DataFrame:
        """Return the contradictions that are not listed as known."""
        return self.table.filter(~pl.col("known"))

    @property
    def exit_code(self) -> int:
        """Return 0 if every contradiction is known, 1 if there is a new one."""
        return 1 if self.new.height else 0

    def sentences(self) -> list[str]:
        """Return a sentence for each contradiction, new ones first, and one that counts them."""
        ordered = self.table.sort("known", maintain_order=True).select("known", "sentence", "note").iter_rows()
        found = [f"known: {sentence} ({note})" if known else f"new: {sentence}" for known, sentence, note in ordered]
        count = f"{self.statements:,} statements, {self.table.height} contradictions, {self.new.height} of them new; "
        return [*found, f"{count}{self.set_aside.height} rows are doubtful or wrong at their source."]

    def __str__(self) -> str:
        """Return the sentences, one a line."""
        return "\n".join(self.sentences())


def check(path: str | Path | None = None, *, known: str | Path | None = None) -> Check:
    """Check a ledger against itself.

    Parameters
    ----------
    path
        A ledger; the bundled one if not given.
    known
        The list of known contradictions; the bundled `known_conflicts.csv` if not given.

    Raises
    ------
    LedgerError
        If rows are unreadable; all are listed.
    RegisterError
        If the list of known contradictions is unreadable.
    """
    statements = ledger.read(path)
    listed = intake.read_table(
        known or intake.DATA / "known_conflicts.csv",
        KNOWN,
        key=("kind", "statement_ids"),
        required=("note",),
        error=RegisterError,
    )
    table = find(statements).join(
        listed, on=["kind", "statement_ids"], how="left", validate="m:1", maintain_order="left"
    )
    return Check(
        table=table.with_columns(known=pl.col("note").is_not_null()),
        statements=statements.height,
        set_aside=statements.filter(pl.col("status").is_in(["doubtful", "source wrong"])),
    )


def find(statements: pl.DataFrame) -> pl.DataFrame:
    """Return the contradictions among the valid, current statements of a ledger.

    Expectations, plans and targets contradict nothing; reprints are left to their original; superseded rows
    are gone.

    Returns
    -------
    DataFrame
        `kind`, `statement_ids` (joined by `;`, in order) and `sentence`, each set of statements once.
    """
    current = ledger.as_of(statements, dt.date.max)
    measured = current.filter((pl.col("status") == "valid") & ~pl.col("measure").is_in(EXPECTATION_MEASURES))
    rows = with_intervals(
        measured.filter(~pl.col("same_as").is_in(measured["statement_id"].implode()).fill_null(False))
    )
    found = [conflict for search in _SEARCHES for conflict in search(rows)]
    return pl.DataFrame(
        {
            "kind": [conflict.kind for conflict in found],
            "statement_ids": [";".join(sorted(conflict.statement_ids)) for conflict in found],
            "sentence": [conflict.sentence for conflict in found],
        },
        schema={"kind": pl.String, "statement_ids": pl.String, "sentence": pl.String},
    ).unique(["kind", "statement_ids"], keep="first", maintain_order=True)
