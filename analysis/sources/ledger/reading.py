"""Read a ledger: types, defaults, rules, the day from which each row counts, and its rounding."""

from pathlib import Path

import polars as pl

from analysis.core.errors import LedgerError
from analysis.runtime.addresses import Address
from analysis.runtime.folders import data_folder
from analysis.sources import csv_tables, database
from analysis.sources.database.tables import ENTRY
from analysis.sources.indicators import Indicators
from analysis.sources.ledger.rounding import half_width_of
from analysis.sources.ledger.rules import bad_rows
from analysis.sources.ledger.schema import DERIVED, OPTIONAL, REQUIRED
from analysis.sources.registers import INDICATORS, RELEASE_RULES

#: Days after the end of its period at which a statement without a publication date is taken as public.
UNDATED_DELAY = 31

#: Name of the ledger in a data folder.
FILE = "statements.csv"


def read(
    path: str | Path | Address | None = None,
    *,
    raw: bytes | None = None,
    encoding: str | None = None,
    release_rules: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Read a ledger of published statements and check every row of it.

    Parameters
    ----------
    path
        A CSV file with the columns of `schema.REQUIRED`; those of `schema.OPTIONAL` may be missing. Or the address of a
        table with them. The bundled `statements.csv` if not given. Where an `indicators.csv` lies beside a file, each
        indicator has to be listed there.
    raw
        Content to judge in place of the file's, before it is written there.
    encoding
        The encoding that the user named; found from the content if not given.
    release_rules
        The register `registers.RELEASE_RULES`; that of the data folder if not given.

    Returns
    -------
    DataFrame
        One row a statement in the order of the file: the columns of `schema.REQUIRED`, `schema.OPTIONAL`
        and `schema.DERIVED`. Further columns stay in the file: no name that an analyst gives one can meet a name that
        a method uses. Growth and shares are fractions, periods whole days, `half_width` is in the unit of `value`.

    Raises
    ------
    LedgerError
        If the file cannot be read as a ledger; every bad row is listed with its line, fact and remedy.
    """
    if isinstance(path, Address):
        raw, folder = content(path) if raw is None else raw, data_folder()
    else:
        path = Path(path or data_folder() / FILE)
        folder = path.parent
    rules = RELEASE_RULES.read(data_folder()) if release_rules is None else release_rules
    found = csv_tables.scan(path, REQUIRED, optional=OPTIONAL, raw=raw, encoding=encoding, error=LedgerError)
    table = _with_defaults(found.table.select(*REQUIRED, *OPTIONAL, "line"))
    listed = Indicators(INDICATORS.read(folder))
    # A ledger without a register of its own may still name the indicators of the data folder.
    kinds = listed if listed.rows else Indicators(INDICATORS.read(data_folder()))
    found.refuse(LedgerError, [*bad_rows(table, below_zero=kinds.below_zero), *listed.unlisted(table)])
    return table.pipe(_with_availability, rules).pipe(_with_rounding).select(*REQUIRED, *OPTIONAL, *DERIVED)


def content(address: Address) -> bytes:
    """Return a ledger in a database as the CSV file that holds the same, in the order of its appends.

    Raises
    ------
    LedgerError
        If there is no such table, or the database refuses.
    """
    table = database.read_all(address, error=LedgerError)
    return table.drop(ENTRY, strict=False).write_csv().encode()


def _with_defaults(table: pl.DataFrame) -> pl.DataFrame:
    """Fill what a minimal ledger leaves out: rows are valid, dates are exact where there is one."""
    exact = pl.when(pl.col("published_on").is_null()).then(pl.lit("unknown")).otherwise(pl.lit("day"))
    return table.with_columns(pl.col("status").fill_null("valid"), pl.col("published_on_precision").fill_null(exact))


def _with_availability(table: pl.DataFrame, release_rules: pl.DataFrame) -> pl.DataFrame:
    """Add the day from which each statement may be used.

    A publication known to the month or year counts from that month's or year's last day, one without a date
    from 31 days after its period, a series with a release rule from the rule's day of the next month.
    """
    published, precision = pl.col("published_on"), pl.col("published_on_precision")
    known = (
        pl.when(precision == "month")
        .then(published.dt.month_end())
        .when(precision == "year")
        .then(pl.date(published.dt.year(), 12, 31))
        .otherwise(published)
    )
    release = pl.col("period_end").dt.month_start().dt.offset_by("1mo") + pl.duration(days=pl.col("release_day") - 1)
    undated = pl.col("period_end") + pl.duration(days=UNDATED_DELAY)
    return (
        table.join(
            release_rules.drop("note"),
            on=["series_id", "publisher"],
            how="left",
            validate="m:1",
            maintain_order="left",
        )
        .with_columns(
            available_on=pl.coalesce(release, known, undated).cast(pl.Date),
            available_imputed=pl.col("release_day").is_not_null() | published.is_null(),
        )
        .drop("release_day")
    )


def _with_rounding(table: pl.DataFrame) -> pl.DataFrame:
    """Add how far each statement's total may lie from its figure, and what that was read from."""
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    rows = table.select("value", "value_as_published", "measure", "relation", days=days).iter_rows(named=True)
    roundings = [half_width_of(**row) for row in rows]
    return table.with_columns(
        pl.Series("half_width", [rounding.half_width for rounding in roundings], dtype=pl.Float64),
        pl.Series("rounding_from", [rounding.source for rounding in roundings], dtype=pl.String),
    )
