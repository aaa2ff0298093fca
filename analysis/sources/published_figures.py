"""What is published about gates and ways, in the columns of the ledger: the registers `clearance` and `corridors`.

These figures enter no path. They are known from a day on like statements, are cited like statements, and have ids that
no statement has.
"""

import re
from itertools import starmap

import polars as pl

from analysis.sources.evidence import Evidence, Known
from analysis.sources.ledger.reading import UNDATED_DELAY
from analysis.sources.ledger.rounding import half_width
from analysis.sources.registers import CLEARANCE, CORRIDORS

#: Words of a printed figure that say "about"; it is then known to this share of itself at best.
_ABOUT = re.compile(r"约|大约|左右|近|about|around|nearly|roughly|около|примерно|약", re.IGNORECASE)
_ABOUT_SHARE = 0.05

#: Whole numbers up to this are counted to the one: `10 days` are not 5 to 15.
_SMALL = 100

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

#: Two numbers that are the ends of a range: `15 to 20`, `7到10`, `3-5`, `$300 to $500`.
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:[-–—~至到]|to|and)\s*\$?\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)

_SHARED = (
    "statement_id", "period_start", "period_end", "value", "unit", "value_as_published", "publisher", "url",
    "published_on", "status", "note",
)  # fmt: skip


def clearance_figures(known: Known) -> pl.DataFrame:
    """Return what had been published about how gates clear traffic.

    Returns
    -------
    DataFrame
        The register `clearance` as far as it was known, doubtful rows included, the newest period first: its columns,
        `low` and `high` (the ends of what was printed, in the unit of `value`), `available_on`, and `since` (the first
        day that the figure is about, as far as that is known).
    """
    table = known.evidence.registers[CLEARANCE.name].select("port", "parameter", *_SHARED)
    return _known(table, known)


def corridor_figures(known: Known) -> pl.DataFrame:
    """Return what had been published about ways, their legs and crossings; columns as `clearance_figures`.

    The register `corridors` as far as it was known: `corridor, leg, measure, mode, direction` in place of `port,
    parameter`.
    """
    keys = ("corridor", "leg", "measure", "mode", "direction")
    return _known(known.evidence.registers[CORRIDORS.name].select(*keys, *_SHARED), known)


def figures_by_id(evidence: Evidence) -> pl.DataFrame:
    """Return all figures of both registers, for a reader who has an id.

    Returns
    -------
    DataFrame
        `statement_id`, `register`, `series_id` (what the figure is about, in words of the register), `leg` and
        `measure` (null for a gate), what was printed, by whom and when, `status`, `note`; `relation` and `same_as` as
        a ledger has them.
    """
    gates = evidence.registers[CLEARANCE.name].select(
        *_SHARED,
        pl.concat_str("port", "parameter", separator=".").alias("series_id"),
        register=pl.lit(CLEARANCE.name),
        leg=pl.lit(None, dtype=pl.String),
        measure=pl.lit("figure"),
    )
    ways = (
        evidence.registers[CORRIDORS.name]
        .select(
            *_SHARED,
            pl.concat_str("corridor", "leg", "mode", "direction", separator=", ").alias("series_id"),
            "leg",
            "measure",
            register=pl.lit(CORRIDORS.name),
        )
        .select(gates.columns)
    )
    return pl.concat([gates, ways]).with_columns(relation=pl.lit("eq"), same_as=pl.lit(None, dtype=pl.String))


def ends(value: float, printed: str) -> tuple[float, float]:
    """Return the ends of what a printed figure says: of its range, or of its rounding.

    `15 to 20 minutes` stored as 17.5 is 15 to 20; `10 days` stored as 240 hours is 9.5 to 10.5 days; "about" widens a
    rounding to `_ABOUT_SHARE` of the figure at least.

    Parameters
    ----------
    value
        The figure; of a range its middle.
    printed
        Its words.
    """
    found = _RANGE.search(printed)
    if found:
        low, high = (float(end.replace(",", ".")) for end in found.groups())
        if 0 < low < high:
            size = value / ((low + high) / 2)
            return low * size, high * size
    width = _rounding(value, printed)
    if _ABOUT.search(printed):
        width = max(width, _ABOUT_SHARE * abs(value))
    return value - width, value + width


def _rounding(value: float, printed: str) -> float:
    """Return half the unit of the last printed digit, in the unit of the value (`10 days` may stand as 240 hours)."""
    words = re.search(rf"\b({'|'.join(_WORDS)})\b", printed.lower())
    number = re.search(r"\d+(?:\.\d+)?", printed.replace(",", ""))
    if words is None and number is None:
        return half_width(value, printed).half_width
    figure = float(number[0]) if number else float(_WORDS.index(words[1]) + 1) if words else value
    if not 0 < figure <= _SMALL:
        return half_width(value, printed).half_width
    decimals = len(number[0].partition(".")[2]) if number else 0
    return 0.5 * 10.0**-decimals * abs(value) / figure


def _known(table: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Return the rows that were public by the day, with their ends, the newest period first.

    A figure without a day of publication counts from `UNDATED_DELAY` days after its period; one that has no period
    either never does.
    """
    undated = pl.coalesce("period_end", "period_start") + pl.duration(days=UNDATED_DELAY)
    public = table.with_columns(available_on=pl.coalesce("published_on", undated).cast(pl.Date)).filter(
        pl.col("available_on") <= known.as_of
    )
    found = list(starmap(ends, public.select("value", "value_as_published").iter_rows()))
    return public.with_columns(
        pl.Series("low", [low for low, _ in found], dtype=pl.Float64),
        pl.Series("high", [high for _, high in found], dtype=pl.Float64),
        since=pl.coalesce("period_start", "period_end", "available_on"),
    ).sort("since", "available_on", "statement_id", descending=[True, True, False])
