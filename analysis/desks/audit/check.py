"""What contradicts what in a ledger, which of it is new, and which figures are to be withheld."""

from dataclasses import dataclass

import polars as pl

from analysis.desks.audit.bases import implied_bases
from analysis.desks.audit.surprise import surprises
from analysis.estimates.contradictions import contradicting, unresolved
from analysis.sources.evidence import Known
from analysis.sources.registers import KNOWN_CONFLICTS


@dataclass(frozen=True)
class Check:
    """What an audit of a ledger found.

    Attributes
    ----------
    table
        One row a finding: `kind`, `statement_ids` (joined by `;`, in order), `sentence`, `known` (whether
        `known_conflicts.csv` lists it) and its `note` there.
    withheld
        `statement_id` and `reason`: the figures that no page may show, as a contradiction about them is not resolved.
    bases
        The base that each growth rate implies (`bases.implied_bases`).
    statements
        How many statements were read.
    set_aside
        The rows of status `doubtful` or `source wrong`, which no likelihood sees.
    """

    table: pl.DataFrame
    withheld: pl.DataFrame
    bases: pl.DataFrame
    statements: int
    set_aside: pl.DataFrame

    @property
    def contradictions(self) -> pl.DataFrame:
        """Return the findings without surprises, which prove nothing."""
        return self.table.filter(pl.col("kind") != "surprise")

    @property
    def new(self) -> pl.DataFrame:
        """Return the contradictions that are not listed as known."""
        return self.contradictions.filter(~pl.col("known"))

    @property
    def exit_code(self) -> int:
        """Return 0 if every contradiction is known, 1 if there is a new one."""
        return 1 if self.new.height else 0

    def sentences(self) -> list[str]:
        """Return a sentence for each finding, new ones first, and those that count them."""
        ordered = self.table.sort("known", maintain_order=True)
        found = [
            f"known: {sentence} ({note})" if known else f"{'surprise' if kind == 'surprise' else 'new'}: {sentence}"
            for kind, known, sentence, note in ordered.select("kind", "known", "sentence", "note").iter_rows()
        ]
        verdicts = self.bases["verdict"].drop_nulls()
        revised = verdicts.filter(verdicts != "agrees").len()
        return [
            *found,
            f"{self.statements:,} statements, {self.contradictions.height} contradictions, {self.new.height} of them "
            f"new; {self.set_aside.height} rows are doubtful or wrong at their source.",
            f"{verdicts.len()} growth rates have a published base; {revised} of them imply that it was revised.",
        ]

    def __str__(self) -> str:
        """Return the sentences, one a line."""
        return "\n".join(self.sentences())


def examine(known: Known, *, residuals: pl.DataFrame | None = None) -> Check:
    """Check a ledger against itself, as far as it was published by a day.

    Parameters
    ----------
    known
        What had been published by the day. Figures of a contradiction that the folder's register of known conflicts
        lists are withheld where it says so, those of any other always.
    residuals
        Leave-one-out residuals, if surprises are to be reported too (`surprise.surprises`).

    Raises
    ------
    CoverageError
        If a residual is of a statement that the ledger does not have.
    """
    statements, as_of = known.evidence.statements, known.as_of
    conflicts = [contradicting(known)]
    if residuals is not None:
        conflicts.append(surprises(residuals, statements))
    table = pl.concat(conflicts).join(
        known.evidence.registers[KNOWN_CONFLICTS.name],
        on=["kind", "statement_ids"],
        how="left",
        validate="m:1",
        maintain_order="left",
    )
    proven = table.filter(pl.col("kind") != "surprise").select("kind", "statement_ids", "sentence")
    read = statements.filter(pl.col("available_on") <= as_of)
    return Check(
        table=table.with_columns(known=pl.col("note").is_not_null()).drop("withheld"),
        withheld=unresolved(known, proven).select("statement_id", "reason"),
        bases=implied_bases(known),
        statements=read.height,
        set_aside=read.filter(pl.col("status").is_in(["doubtful", "source wrong"])),
    )
