"""From bulletins to a table of proposed rows, checked by the rules of the ledger and set against its statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from analysis.core.vocabulary import FACT_COLUMNS, QUANTITY_COLUMNS
from analysis.sources.bulletins.confidence import LEAST
from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.reader import read
from analysis.sources.bulletins.rows import Found, LeftOut, Why
from analysis.sources.bulletins.text import Bulletin
from analysis.sources.evidence import Evidence
from analysis.sources.ledger.intervals import with_intervals
from analysis.sources.ledger.rounding import half_width
from analysis.sources.ledger.rules import bad_rows
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED

#: What the ledger says of a proposed row: nothing, the same by another publisher or of another day, this very
#: statement, or something that excludes it.
NEW, REPRINT, KNOWN, CONTRADICTS = "new", "reprint", "known", "contradicts"

#: The columns of a table of proposed rows: `row` (a number from 1), the bulletin and the characters of the figure in
#: it, the columns of a statement, how sure the row is, and what the ledger says of it.
_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "bulletin_id": pl.String,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
    **{name: kind for name, kind in REQUIRED.items() if name != "statement_id"},
    **{name: OPTIONAL[name] for name in ("place", "indicator", "flow", "mode", "partner", "url")},
    "published_on_precision": pl.String,
    "same_as": pl.String,
    "confidence": pl.Float64,
    "doubts": pl.String,
    "ledger": pl.String,
    "ledger_ids": pl.String,
}
SCHEMA = pl.Schema(_COLUMNS)

#: Those of them that a statement has.
STATEMENT_COLUMNS = tuple(name for name in SCHEMA if name in REQUIRED or name in OPTIONAL)


@dataclass(frozen=True)
class Proposals:
    """What was read from bulletins.

    Attributes
    ----------
    bulletins
        The bulletins, in their order.
    table
        One proposed row a line, columns of `SCHEMA`; `confidence` from 0 to 1, `doubts` codes separated by `;`,
        `ledger` one of new, reprint, known and contradicts, `ledger_ids` the statements that say the same or exclude
        it, separated by `;`, and `same_as` the one that a reprint repeats.
    left_out
        Bulletin to the figures of it that gave no row.
    """

    bulletins: tuple[Bulletin, ...]
    table: pl.DataFrame
    left_out: dict[str, tuple[LeftOut, ...]]

    def statements(self, rows: Sequence[int] | None = None) -> list[dict[str, object]]:
        """Return the cells of rows as statements to append: those of some numbers, else all new ones and reprints."""
        chosen = pl.col("ledger").is_in([NEW, REPRINT]) if rows is None else pl.col("row").is_in(list(rows))
        return self.table.filter(chosen).select(STATEMENT_COLUMNS).to_dicts()

    def not_understood(self) -> pl.DataFrame:
        """Return the figures that gave no row: `bulletin_id, words, why` (a code of `rows.Why`)."""
        rows = [(name, each.words, str(each.why)) for name, figures in self.left_out.items() for each in figures]
        return pl.DataFrame(rows, schema=dict.fromkeys(("bulletin_id", "words", "why"), pl.String), orient="row")


def propose(bulletins: Iterable[Bulletin], evidence: Evidence) -> Proposals:
    """Return the rows that bulletins give, and the figures that were not understood.

    Parameters
    ----------
    bulletins
        Texts, each with an identity of its own.
    evidence
        The folder whose registers name the places, and against whose ledger each row is set.
    """
    names = Names.of(evidence.registers)
    texts = tuple(bulletins)
    found = {bulletin.identity: read(bulletin, names) for bulletin in texts}
    rows, left_out = [], {identity: [*each.left_out] for identity, each in found.items()}
    for bulletin in texts:
        rows += _rows(bulletin, found[bulletin.identity], left_out[bulletin.identity])
    table = pl.DataFrame(rows, schema={name: SCHEMA[name] for name in SCHEMA if name not in _ADDED}, orient="row")
    table = table.with_row_index("row", offset=1).with_columns(pl.col("row").cast(pl.Int64))
    table, refused = _by_rules(table)
    for identity, start, end, words in refused.iter_rows():
        left_out[identity].append(LeftOut(start, end, words, Why.REFUSED))
    compared = against(table.with_columns(row=pl.int_range(1, pl.len() + 1)), evidence.statements)
    return Proposals(texts, compared.select(list(SCHEMA)), {key: tuple(value) for key, value in left_out.items()})


#: The columns that are found after reading.
_ADDED = ("row", "same_as", "ledger", "ledger_ids")


def _rows(bulletin: Bulletin, found: Found, left_out: list[LeftOut]) -> list[dict[str, object]]:
    """Return the rows of one bulletin as cells; a row that is too unsure is left out."""
    rows: list[dict[str, object]] = []
    told: set[tuple[object, ...]] = set()
    for proposal in found.proposals:
        fact = tuple(getattr(proposal, name) for name in FACT_COLUMNS)
        if proposal.confidence < LEAST or fact in told:
            why = Why.REPEATED if fact in told else Why.UNSURE
            left_out.append(LeftOut(proposal.span_start, proposal.span_end, proposal.value_as_published, why))
            continue
        told.add(fact)
        cells = {name: getattr(proposal, name) for name in SCHEMA if hasattr(proposal, name)}
        rows.append(
            {
                **cells,
                "bulletin_id": bulletin.identity,
                "publisher": bulletin.publisher or None,
                "url": bulletin.url or None,
                "published_on": bulletin.published_on,
                "published_on_precision": "day",
                "partner": proposal.partner or None,
                "doubts": ";".join(proposal.doubts) or None,
            }
        )
    return rows


def _by_rules(table: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that the ledger's own rules allow, and bulletin, characters and words of the others."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in {**REQUIRED, **OPTIONAL}.items() if name not in table]
    filled = table.with_columns(absent).with_columns(
        statement_id=pl.format("row {}", "row"), status=pl.lit("valid"), line=pl.col("row")
    )
    bad = {each.line for each in bad_rows(filled)}
    refused = table.filter(pl.col("row").is_in(list(bad)))
    kept = table.filter(~pl.col("row").is_in(list(bad)))
    return kept, refused.select("bulletin_id", "span_start", "span_end", "value_as_published")


def against(table: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """Add what the ledger says of each row: statements about the same quantity that state the same, or exclude it."""
    widths = [
        half_width(value, words).half_width for value, words in table.select("value", "value_as_published").rows()
    ]
    own = with_intervals(table.with_columns(half_width=pl.Series(widths, dtype=pl.Float64)))
    entered = statements.filter(pl.col("status") != "mis-entered").pipe(with_intervals)
    key = [name for name in QUANTITY_COLUMNS if name in table.columns]
    pairs = own.join(
        entered.select(*key, "status", "statement_id", "relation", "value", "low", "high", "publisher", "published_on"),
        on=key,
        how="inner",
        suffix="_ledger",
    ).with_columns(
        own=(pl.col("publisher") == pl.col("publisher_ledger"))
        & (pl.col("published_on") == pl.col("published_on_ledger")),
        same=(pl.col("value") == pl.col("value_ledger")) & (pl.col("relation") == pl.col("relation_ledger")),
        excluded=(pl.col("status") == "valid")
        & ((pl.col("low") > pl.col("high_ledger")) | (pl.col("high") < pl.col("low_ledger"))),
    )
    said = pairs.group_by("row", maintain_order=True).agg(
        same_ids=pl.col("statement_id").filter("same"),
        excluded_ids=pl.col("statement_id").filter("excluded"),
        own=(pl.col("same") & pl.col("own")).any(),
    )
    known, excluded = pl.col("same_ids").list.len() > 0, pl.col("excluded_ids").list.len() > 0
    ids = pl.when(known).then("same_ids").when(excluded).then("excluded_ids")
    return table.join(said, on="row", how="left", validate="1:1", maintain_order="left").with_columns(
        same_as=pl.when(known & ~pl.col("own")).then(pl.col("same_ids").list.first()),
        ledger=pl.when(known & pl.col("own"))
        .then(pl.lit(KNOWN))
        .when(known)
        .then(pl.lit(REPRINT))
        .when(excluded)
        .then(pl.lit(CONTRADICTS))
        .otherwise(pl.lit(NEW)),
        ledger_ids=ids.list.join(";"),
    )
