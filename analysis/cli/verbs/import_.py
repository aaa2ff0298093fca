"""`silkport import`: from official tables to proposed rows of a ledger, or to a monthly panel."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli import options
from analysis.cli.command import DONE
from analysis.cli.output import as_text, make_place, print_reasons, write_table
from analysis.core.errors import ParameterError
from analysis.runtime.addresses import Address
from analysis.runtime.folders import ROOT

if TYPE_CHECKING:
    import polars as pl

    from analysis.sources.bulletins.names import Names
    from analysis.sources.tables import Reading, Wishes

ORDER = 87
HELP = "read official tables (XLSX, CSV) into proposed rows of a ledger, or into a monthly panel"
EXAMPLE = "silkport import --as panel --out gate.csv"

#: The bundled table: invented, marked so in its title.
BUNDLED_TABLE = ROOT / "data" / "table_example.csv"

#: The columns of proposed rows that are printed; all of them go into a file.
_PRINTED = (
    "row", "cell", "series_id", "period_start", "period_end", "measure", "value", "value_as_published", "ledger",
    "ledger_ids",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which tables, what they do not say themselves, and what becomes of them."""
    what = "tables: .xlsx or text with commas, semicolons or tabs (default: the invented data/table_example.csv)"
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=what)
    what = "ledger: a row for each figure (default); panel: series_id, time_period, obs_value of every month"
    parser.add_argument("--as", dest="kind", choices=("ledger", "panel"), default="ledger", help=what)
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook that has several")
    parser.add_argument(
        "--block", default="", metavar="A3:F18", help="the corners of the table, where there are several"
    )
    what = "words for a column (D), a row (12) or the table: --say 'D=出口 累计', --say 'table=2023 place=irkeshtam'"
    parser.add_argument("--say", action="append", default=[], metavar="WHERE=WORDS", help=what)
    parser.add_argument("--skip", default="", metavar="C,F-H,12-14", help="columns and rows that are left out")
    parser.add_argument("--decimal", choices=("comma", "point"), help="the decimal sign of numbers in text")
    parser.add_argument("--publisher", default="", metavar="NAME", help="who published them; a ledger needs one")
    parser.add_argument("--published-on", type=options.day("publication"), metavar="DATE", help="their day, YYYY-MM-DD")
    parser.add_argument("--url", default="", metavar="URL", help="address of the page")
    options.add_ledger(parser)
    what = f"a {options.RESULTS}: a ledger there grows by the rows, a panel is replaced"
    parser.add_argument("--out", type=options.result_path, metavar="F", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Print for what each column was taken, and the rows; write them if asked for."""
    from analysis.sources.bulletins.names import Names
    from analysis.sources.evidence import Evidence
    from analysis.sources.tables import read_tables, taken_for

    if arguments.out:
        make_place(arguments.out)
    evidence = Evidence.read(statements=_set_against(arguments))
    names, wishes = Names.of(evidence.registers), _wishes(arguments)
    readings = [read_tables(path, names, wishes) for path in arguments.files or [BUNDLED_TABLE]]
    for reading in readings:
        print(reading.layout.grid.name)
        print(as_text(taken_for(reading)))
        print_reasons(reading.left_out)
    is_panel = arguments.kind == "panel"
    table = _panel(readings, names) if is_panel else _ledger(readings, names, evidence.statements, arguments)
    if isinstance(arguments.out, Address) and not is_panel:
        _append(table, arguments.out)
    elif arguments.out:
        write_table(table, arguments.out)
    return DONE


def _set_against(arguments: argparse.Namespace) -> Path | Address | None:
    """Return the ledger that proposed rows are set against: the one named, else the one that they are appended to."""
    from analysis.sources import ledger

    named: Path | Address | None = arguments.ledger
    grown: Path | Address | None = arguments.out
    if named is None and arguments.kind == "ledger" and isinstance(grown, Address) and ledger.exists(grown):
        return grown
    return named


def _append(table: "pl.DataFrame", address: Address) -> None:
    """Append the rows to a ledger in a database, all or nothing."""
    from analysis.sources import ledger
    from analysis.sources.ledger.schema import OPTIONAL, REQUIRED

    columns = [name for name in table.columns if name in REQUIRED or name in OPTIONAL]
    identities = ledger.append_all(address, table.select(columns).to_dicts(), create=True)
    print(f"{len(identities)} rows were added to {address}.")


def _wishes(arguments: argparse.Namespace) -> "Wishes":
    """Return what the command line says of the tables.

    Raises
    ------
    ParameterError
        If a saying has no place or no words.
    """
    from analysis.sources.tables import Wishes

    say = {}
    for saying in arguments.say:
        place, equals, words = saying.partition("=")
        if not equals or not words.strip():
            raise ParameterError(f"--say {saying!r} has no words. Write it as D=WORDS, 12=WORDS or table=WORDS.")
        say[place] = words
    skip = [word for word in arguments.skip.split(",") if word.strip()]
    decimal = {"comma": ",", "point": "."}.get(arguments.decimal, "")
    return Wishes(arguments.sheet, arguments.block, say, skip, decimal, arguments.encoding)


def _ledger(
    readings: "list[Reading]", names: "Names", statements: "pl.DataFrame", arguments: argparse.Namespace
) -> "pl.DataFrame":
    """Return the proposed rows of all tables, and print them."""
    import polars as pl

    from analysis.sources.tables import Source, ledger_rows

    source = Source(arguments.publisher, arguments.published_on, arguments.url)
    tables = [ledger_rows(reading, names, statements, source) for reading in readings]
    table = pl.concat(tables).with_columns(row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    print(as_text(table.select(_PRINTED)))
    counts = dict(table["ledger"].value_counts().iter_rows())
    said = ", ".join(f"{counts[word]} {word}" for word in ("new", "reprint", "known", "contradicts") if word in counts)
    print(f"{table.height} rows: {said}.")
    return table


def _panel(readings: "list[Reading]", names: "Names") -> "pl.DataFrame":
    """Return the panel of all tables, and print how much it holds.

    Raises
    ------
    ParameterError
        If two tables say different things of one month.
    """
    import polars as pl

    from analysis.sources.tables import panel_rows

    parts = [panel_rows(reading, names) for reading in readings]
    print_reasons(sentence for _, notes in parts for sentence in notes)
    table = pl.concat([part for part, _ in parts]).unique(maintain_order=True).sort("series_id", "time_period")
    twice = table.filter(table.select("series_id", "time_period").is_duplicated())
    if twice.height:
        first = twice.row(0, named=True)
        raise ParameterError(
            f"Two tables give {first['series_id']} in {first['time_period']:%Y-%m} differently. Import them one by one."
        )
    months = " to ".join(f"{month:%Y-%m}" for month in table["time_period"].unique().sort().gather([0, -1]))
    print(f"{table.height} months of {table['series_id'].n_unique()} series, {months}.")
    return table
