"""From the figures of a table to proposed rows of the ledger, and to a tidy monthly panel."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from analysis.core.errors import InputError
from analysis.sources.bulletins.concepts import EXPORTED, TRAFFIC, TRAVELLERS, Counted, counted, units_of
from analysis.sources.bulletins.names import Names
from analysis.sources.bulletins.proposals import against
from analysis.sources.ledger.rounding import half_width
from analysis.sources.ledger.rules import bad_rows
from analysis.sources.ledger.schema import OPTIONAL, REQUIRED
from analysis.sources.tables.cells import column_letters
from analysis.sources.tables.figures import Figure, Reading

#: Columns of a table of proposed rows: number and cell, those of a statement, and what the ledger says.
_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "cell": pl.String,
    **{name: kind for name, kind in REQUIRED.items() if name != "statement_id"},
    **{name: OPTIONAL[name] for name in ("place", "indicator", "flow", "mode", "partner", "url")},
    "published_on_precision": pl.String,
    "same_as": pl.String,
    "ledger": pl.String,
    "ledger_ids": pl.String,
}
LEDGER = pl.Schema(_COLUMNS)

#: Columns of a tidy monthly panel: `obs_status` is reported, or derived from two cumulative figures.
PANEL = pl.Schema(
    {
        "series_id": pl.String,
        "time_period": pl.Date,
        "obs_value": pl.Float64,
        "unit": pl.String,
        "obs_status": pl.String,
    }
)


@dataclass(frozen=True)
class Source:
    """What a table does not say itself: who published it, when, and where."""

    publisher: str = ""
    published_on: dt.date | None = None
    url: str = ""


def ledger_rows(reading: Reading, names: Names, statements: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Return a proposed row of the ledger for each figure of a table.

    Parameters
    ----------
    reading
        What was read.
    names
        Names of places.
    statements
        The ledger that each row is set against.
    source
        Who published the table; a statement has a publisher.

    Returns
    -------
    DataFrame
        Columns of `LEDGER`; `ledger` is new, reprint, known or contradicts, as `bulletins.proposals` says it.

    Raises
    ------
    InputError
        If a figure has no place or counts nothing that the ledger knows, its label says more than is known, or a rule
        of the ledger refuses it.
    """
    if not source.publisher:
        raise InputError(f"{reading.layout.grid.name} does not say who published it. Add --publisher NAME.")
    rows = [
        {
            **_series(reading, figure, names),
            "row": number,
            "cell": figure.cell.address,
            "period_start": figure.start,
            "period_end": figure.end,
            "measure": figure.measure,
            "relation": "eq",
            "value": figure.value,
            "value_as_published": figure.words,
            "publisher": source.publisher,
            "published_on": source.published_on,
            "published_on_precision": "day" if source.published_on else None,
            "url": source.url or None,
        }
        for number, figure in enumerate(reading.figures, start=1)
    ]
    found = {name: kind for name, kind in LEDGER.items() if name not in ("same_as", "ledger", "ledger_ids")}
    table = pl.DataFrame(rows, schema=found, orient="row")
    _check(reading, table)
    return against(table, statements).select(list(LEDGER))


def _series(reading: Reading, figure: Figure, names: Names) -> dict[str, str | None]:
    """Return series, place, indicator, flow, mode, partner and unit of a figure."""
    meaning, name = figure.meaning, reading.layout.grid.name
    if meaning.series:
        return {"series_id": meaning.series, "unit": figure.unit}
    cell = f"{name}: {figure.cell.address} ({figure.cell.text!r})"
    if meaning.rest:
        words = " ".join(meaning.rest)
        raise InputError(
            f"{cell} stands beside {words!r}, which is no place, partner or subject that the registers know. Say it "
            f"with --say {figure.cell.row}=WORDS or --say {column_letters(figure.cell.column)}=WORDS, leave it out "
            "with --skip, or import the table as a panel."
        )
    if not meaning.place:
        raise InputError(
            f"{cell} has no place. Say it with --say table=place=ID, or with --say {figure.cell.row}=WORDS."
        )
    what = _counted(cell, figure)
    place, mode = _where(figure, what, names)
    parts = (place, what.indicator, _flow(figure), mode, meaning.partner)
    return {
        "series_id": ".".join(part for part in parts if part),
        **dict(zip(("place", "indicator", "flow", "mode"), parts, strict=False)),
        "partner": meaning.partner or None,
        "unit": "fraction" if figure.unit == "fraction" else what.unit,
    }


def _counted(cell: str, figure: Figure) -> Counted:
    """Return the indicator of a figure and the unit of its totals."""
    meaning, unit = figure.meaning, figure.level_unit
    if meaning.indicator:
        return Counted(meaning.indicator, unit or figure.unit)
    if not unit and figure.subject:
        usual = units_of(figure.subject)
        unit = usual[0] if len({"CNY", "USD"} & set(usual)) < 2 and usual else ""
        if not unit:
            raise InputError(f"{cell} is growth, and nothing says of yuan or of dollars. Say --say table=亿元 or USD.")
    what = counted(figure.subject, unit)
    if what is None:
        subject = f"{figure.subject} in {unit}" if figure.subject else unit
        raise InputError(
            f"{cell} counts {subject or 'something'}, for which the ledger has no indicator. Say --say "
            "table=indicator=NAME, or import the table as a panel."
        )
    return what


def _flow(figure: Figure) -> str:
    """Return the direction in the words of the ledger: goods are imported, travellers come in."""
    if figure.subject in EXPORTED:
        return "export"
    flow = figure.meaning.flow or "total"
    return {"import": "inbound", "export": "outbound"}.get(flow, flow) if figure.subject in TRAVELLERS else flow


def _check(reading: Reading, table: pl.DataFrame) -> None:
    """Refuse rows that the rules of the ledger do not allow, each with its cell."""
    absent = [pl.lit(None, kind).alias(name) for name, kind in {**REQUIRED, **OPTIONAL}.items() if name not in table]
    filled = table.with_columns(absent).with_columns(
        statement_id=pl.format("row {}", "row"), status=pl.lit("valid"), line=pl.col("row")
    )
    cells = dict(table.select("row", "cell").iter_rows())
    bad = bad_rows(filled)
    if bad:
        raise InputError("\n".join(f"{reading.layout.grid.name}: {cells[each.line]}: {each.sentence}" for each in bad))


def panel_rows(reading: Reading, names: Names) -> tuple[pl.DataFrame, list[str]]:
    """Return the months of the levels of a table as a tidy panel, and sentences about what gave none.

    A month that is printed is taken as it stands. Where only cumulative figures are, a month is the difference of two;
    January and February together stay absent.

    Parameters
    ----------
    reading
        What was read.
    names
        Names of places.

    Returns
    -------
    tuple of DataFrame and list of str
        Columns of `PANEL`, sorted by series and month; the sentences.

    Raises
    ------
    InputError
        If no figure gives a month.
    """
    name = reading.layout.grid.name
    spans: dict[str, dict[tuple[int, int, int], Figure]] = {}
    notes: list[str] = []
    for figure in reading.figures:
        if figure.measure != "level":
            continue
        key = (figure.start.year, figure.start.month, figure.end.month)
        spans.setdefault(panel_series(figure, names), {})[key] = figure
    rows: list[tuple[str, dt.date, float, str, str]] = []
    for series, known in spans.items():
        months, left = _months(known)
        rows += [(series, month, value, unit, status) for month, value, unit, status in months]
        notes += [f"{name}: {series}: {sentence}" for sentence in left]
    if any(figure.measure != "level" for figure in reading.figures):
        notes.append(f"{name}: rates of growth have no place in a panel, and were not taken.")
    if not rows:
        raise InputError(f"{name} gives no month of any series. Import it with --as ledger, which keeps any period.")
    table = pl.DataFrame(rows, schema=PANEL, orient="row").sort("series_id", "time_period")
    return table, notes


def _months(
    known: Mapping[tuple[int, int, int], Figure],
) -> tuple[list[tuple[dt.date, float, str, str]], list[str]]:
    """Return the months of one series with value, unit and status, and sentences about spans that give none."""
    months, notes = [], []
    for year in sorted({year for year, _, _ in known}):
        own = {(first, last): figure for (each, first, last), figure in known.items() if each == year}
        for month in range(1, 13):
            figure = own.get((month, month))
            later, earlier = own.get((1, month)), own.get((1, month - 1))
            day = dt.date(year, month, 1)
            if figure is not None:
                months.append((day, figure.value, figure.unit, "reported"))
            elif later is not None and earlier is not None:
                value = float(f"{later.value - earlier.value:.12g}")
                if value < 0:
                    raise InputError(
                        f"{later.cell.address} ({later.cell.text!r}), January to {day:%B} {year}, is less than "
                        f"{earlier.cell.address} ({earlier.cell.text!r}), a month before. Are they cumulative? Say so "
                        f"with --say {column_letters(later.cell.column)}=WORDS."
                    )
                months.append((day, value, later.unit, "derived"))
        if (1, 2) in own and not {(1, 1), (2, 2)} & set(own):
            notes.append(f"January and February {year} are printed together, and stay absent.")
        notes += _disagreements(year, own)
    return months, notes


def _disagreements(year: int, own: Mapping[tuple[int, int], Figure]) -> list[str]:
    """Return a sentence for each cumulative figure that the printed months do not add up to, beyond their rounding."""
    sentences = []
    for (first, last), figure in own.items():
        months = [own.get((month, month)) for month in range(first, last + 1)]
        parts = [part for part in months if part is not None]
        if first == last or len(parts) < last - first + 1:
            continue
        total = sum(part.value for part in parts)
        slack = sum(half_width(part.value, part.words).half_width for part in [*parts, figure])
        if abs(total - figure.value) > slack * (1 + 1e-9):
            sentences.append(
                f"the months to {last} of {year} add up to {total:.10g}, and {figure.cell.address} says "
                f"{figure.value:.10g}."
            )
    return sentences


def panel_series(figure: Figure, names: Names) -> str:
    """Return the id of the series of a figure in a panel: that of a ledger, with the words that nothing explains."""
    meaning = figure.meaning
    if meaning.series:
        return meaning.series
    what = counted(figure.subject, figure.level_unit)
    if meaning.indicator or what is None:
        what = Counted(meaning.indicator or figure.subject.replace(" ", "_"), figure.unit)
    place, mode = _where(figure, what, names)
    words = "_".join(_slug(meaning.rest))
    start = [place, words] if place or words else ["total"]
    return ".".join(part for part in (*start, what.indicator, _flow(figure), mode, meaning.partner) if part)


def _where(figure: Figure, what: Counted, names: Names) -> tuple[str, str]:
    """Return place and mode of a figure: traffic of a region is counted at its ports."""
    place, mode = figure.meaning.place, what.mode or figure.meaning.mode
    if figure.subject in TRAFFIC and figure.subject != "trains":
        place = names.ports_of(place, mode)
    return place, mode or names.only_mode(place) or "all"


def _slug(words: Iterable[str]) -> list[str]:
    """Return words as parts of an id: in small letters, without dots and blanks."""
    return [part for part in (re.sub(r"[\s.,]+", "_", word.lower()).strip("_") for word in words) if part]
