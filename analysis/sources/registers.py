"""The registers of a data folder: what each file is, declared once.

From a declaration come the reading of the file, its row in `data/README.md`, and its empty template. A register that
is absent, or has a header only, says that nothing is known of its kind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import polars as pl

from analysis.core import units
from analysis.core.errors import RegisterError
from analysis.core.vocabulary import COUNTING, EVIDENCE_MEASURES, FESTIVALS, RELATIONS
from analysis.sources import csv_tables

PORT_MODES = ("road", "rail", "air", "pipeline")

#: States of a port that last for days; where spans overlap, an earlier one in this list beats a later one.
STATES = ("closed", "one_way", "limited", "opened")

#: Events that change from one day on what a port can handle; `first_day` is that of all traffic by a mode: a pipeline
#: goes into operation, a new port opens.
STARTS = ("first_day", "new_site", "round_the_clock")

#: The kinds of indicators; only the first adds up over the months of a year.
INDICATOR_KINDS = {
    "flow": "adds up over the months of a year: tonnes, vehicles, trains, persons, values",
    "programme": "adds up over the term of a plan or batch of projects, not month by month: aid, orders, contracts",
    "account": "is compiled by quarter, with levels at current and growth at constant prices: gross domestic product",
    "stock": "holds at one moment: people, firms, areas, capacities",
    "ratio": "sets one quantity against another: shares, growth rates, amounts per head",
    "index": "is a price, or its change: consumer prices, exchange rates",
    "difference": "is one quantity less another, so that a part can be larger than the whole",
}

#: What rises and falls together: `traffic` is goods that pass a port (persons are none: travellers were stopped when
#: goods were not); `trade` is the value of all goods, at a port as well as of a region or country.
ACTIVITIES = ("traffic", "trade")

#: Where a park lies and who built it, as far as parks of one kind may be more alike than others.
PARK_KINDS = ("xinjiang", "china", "central_asia", "chinese_abroad")

_AFFECTS, _DIRECTIONS = ("freight", "persons", "both"), ("both", "export", "import")
_WORD, _DAY, _NUMBER, _COUNT, _FLAG = "text", "day", "number", "count", "flag"
_TYPES: Mapping[str, type[pl.DataType]] = MappingProxyType(
    {_WORD: pl.String, _DAY: pl.Date, _NUMBER: pl.Float64, _COUNT: pl.Int64, _FLAG: pl.Boolean}
)


@dataclass(frozen=True)
class Register:
    """The declaration of one file of a data folder.

    Attributes
    ----------
    name
        Name of the file, without `.csv`.
    what
        What a row is, for `data/README.md`.
    columns
        Type of each column (text, day, number, count or flag), in the order of the file.
    key
        The columns that together name a row; never empty.
    required
        Further columns that may not be empty. A file may lack all others: nothing is known of what they hold.
    choices
        The words that a column may hold where it is not empty.
    span
        The columns of a first and a last day, which never run backwards; none where a row has no span.
    """

    name: str
    what: str
    columns: Mapping[str, str]
    key: tuple[str, ...]
    required: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    span: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    @property
    def schema(self) -> pl.Schema:
        """Columns and their polars types."""
        return pl.Schema({column: _TYPES[kind] for column, kind in self.columns.items()})

    @property
    def template(self) -> str:
        """The file with its header and no row."""
        return ",".join(self.columns) + "\n"

    def read(self, folder: Path) -> pl.DataFrame:
        """Return the register of a data folder, without rows where the folder has none.

        Raises
        ------
        RegisterError
            If the file breaks the declaration; all bad rows are listed.
        """
        return self.read_file(folder / self.file) if (folder / self.file).exists() else self.empty()

    def read_file(self, path: Path) -> pl.DataFrame:
        """Return the table of a file with the columns of this register; errors as of `read`."""
        return csv_tables.read_table(
            path,
            self.schema,
            key=self.key,
            required=self.required,
            optional=[name for name in self.columns if name not in (*self.key, *self.required)],
            choices=self.choices,
            span=self.span,
            may_be_empty=True,
            error=RegisterError,
        )

    def empty(self) -> pl.DataFrame:
        """Return the register without rows."""
        return pl.DataFrame(schema=self.schema)


_STATUSES = ("valid", "doubtful")
_PERIOD = ("period_start", "period_end")
_UNIT = {"unit": tuple(units.UNITS)}


def _texts(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, _WORD)


def _establishments(
    name: str, key: str, what: str, kinds: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Register:
    """Return the declaration of a register of parks, firms or projects; `kinds` is a further column with its words."""
    columns = _texts(key, "name_en", "name_zh", "place", *kinds, "industry", "opened", "attributes", "url")
    return Register(name, what, columns, (key,), ("name_en",), kinds)


PORTS = Register(
    "ports",
    "a port with its names, neighbour, modes and position",
    {
        **_texts("port", "name_en", "other_names", "name_zh", "neighbour_country", "neighbour_port", "region"),
        **_texts("prefecture", "county", "modes", "schedule"),
        "opened_year": _COUNT,
        **dict.fromkeys(("altitude_m", "design_capacity_tonnes", "lat", "lon"), _NUMBER),
        "counted_2022_04_28": _FLAG,
        "source_url": _WORD,
    },
    ("port",),
    ("name_en", "region", "modes"),
    {"schedule": ("perennial", "seasonal", "temporary")},
)
PARKS = _establishments("parks", "park", "an industrial park", {"kind": PARK_KINDS})
FIRMS = _establishments("firms", "firm", "a firm that the evidence names")
PROJECTS = _establishments("projects", "project", "an aid project")
PLACES = Register(
    "places",
    "a place that is no port, park or firm: a region, prefecture, county, country, zone or group of ports",
    _texts("place", "kind", "name_en", "name_zh", "festivals", "counting"),
    ("place",),
    ("kind", "name_en"),
    {"festivals": FESTIVALS, "counting": COUNTING},
)
PLACE_NAMES = Register(
    "place_names",
    "what texts call a place: names that the other registers lack, and places elsewhere that bulletins name",
    _texts("place", "kind", "name_en", "name_zh", "other_names", "modes", "parts"),
    ("place",),
)
PORT_CLOSURES = Register(
    "port_closures",
    "a span in which freight was closed, one-way or limited",
    {
        **_texts("port", "mode"),
        **dict.fromkeys(("start", "end"), _DAY),
        **_texts("what", "affects", "direction"),
        "share_open": _NUMBER,
        "confidence": _WORD,
        **dict.fromkeys(("published_on", "end_published_on"), _DAY),
        **_texts("basis", "coded_note"),
    },
    ("port", "mode", "start", "what"),
    ("end", "affects", "direction", "coded_note"),
    {"what": STATES, "affects": _AFFECTS, "direction": _DIRECTIONS},
    ("start", "end"),
)
PORT_EVENTS = Register(
    "port_events",
    "a notice about a port: closure, reopening, season, capacity or policy",
    {
        **_texts("port", "event"),
        **dict.fromkeys(("date_start", "date_end"), _DAY),
        **_texts("description", "description_zh", "publisher", "url"),
        "published_on": _DAY,
        **_texts("affects", "mode", "what", "direction"),
        "share_open": _NUMBER,
        "coded_note": _WORD,
    },
    ("port", "event", "date_start", "description", "publisher"),
    choices={"what": (*STATES, *STARTS, "reopened"), "affects": _AFFECTS, "direction": _DIRECTIONS},
    span=("date_start", "date_end"),
)
PORT_SCHEDULES = Register(
    "port_schedules",
    "the months and days on which a seasonal port opens, while valid",
    {
        **_texts("port", "mode"),
        **dict.fromkeys(("valid_from", "valid_to"), _DAY),
        "open_months": _WORD,
        **dict.fromkeys(("day_from", "day_to"), _COUNT),
        **dict.fromkeys(("published_on", "end_published_on"), _DAY),
        "coded_note": _WORD,
    },
    ("port", "mode", "open_months", "day_from"),
    ("day_to", "coded_note"),
    span=("valid_from", "valid_to"),
)
SPRING_FESTIVAL = Register(
    "spring_festival", "the first day of the Spring Festival of a year", {"year": _COUNT, "first_day": _DAY}, ("year",),
    ("first_day",),
)  # fmt: skip
SCENARIO = Register(
    "scenario_example",
    "a span of days to come with the share of an ordinary day for which a port is open",
    {**_texts("port", "mode"), "start": _DAY, "end": _DAY, "share_open": _NUMBER, "note": _WORD},
    ("port", "mode", "start"),
    ("end", "share_open", "note"),
    {"mode": PORT_MODES},
)
INDICATORS = Register(
    "indicators",
    "an indicator of the ledger: its kind, the activity that it shows, its unit and its names",
    _texts("indicator", "kind", "activity", "unit", "name_en", "name_zh"),
    ("indicator",),
    ("kind", "unit", "name_en", "name_zh"),
    {"kind": tuple(INDICATOR_KINDS), "activity": ACTIVITIES, **_UNIT},
)
AGGREGATES = Register("aggregates", "a part of a total", _texts("total", "part", "note"), ("total", "part"), ("note",))
SHARE_BASES = Register(
    "share_bases",
    "what a series of shares is a share of",
    _texts("series_id", "numerator", "base", "note"),
    ("series_id",),
    ("numerator", "base", "note"),
)
OTHER_COUNTS = Register(
    "other_counts",
    "a figure that another office counted than the rest of its series",
    _texts("statement_id", "count", "note"),
    ("statement_id",),
    ("count", "note"),
)
KNOWN_CONFLICTS = Register(
    "known_conflicts",
    "a contradiction that is known, and whether its figures are withheld from every estimate",
    {**_texts("kind", "statement_ids"), "withheld": _FLAG, **_texts("note", "note_zh")},
    ("kind", "statement_ids"),
    ("withheld", "note"),
)
RELEASE_RULES = Register(
    "release_rules",
    "the day of the next month on which a publisher's series comes out, where dates of copies mislead",
    {**_texts("series_id", "publisher"), "release_day": _COUNT, "note": _WORD},
    ("series_id", "publisher"),
    ("release_day",),
)
CORRIDORS = Register(
    "corridors",
    "a published figure about a way, a leg of it or a crossing: hours, dollars, distance, departures, tonnes",
    {
        **_texts("statement_id", "corridor", "leg", "measure", "mode", "direction"),
        **dict.fromkeys(_PERIOD, _DAY),
        "value": _NUMBER,
        **_texts("unit", "value_as_published", "publisher", "url"),
        "published_on": _DAY,
        **_texts("status", "note"),
    },
    ("statement_id",),
    ("corridor", "leg", "measure", "mode", "direction", "value", "unit", "value_as_published", "publisher", "status"),
    {
        "mode": ("road", "rail", "road-rail", "sea", "all"),
        "direction": ("westbound", "eastbound", "southbound", "inbound", "outbound", "both"),
        "status": _STATUSES,
        **_UNIT,
    },
    _PERIOD,
)
CLEARANCE = Register(
    "clearance",
    "a published figure about how a port clears: inspection minutes, lanes, hours, trucks accepted, promised, queued",
    {
        **_texts("statement_id", "port", "parameter"),
        "value": _NUMBER,
        **_texts("unit", "value_as_published"),
        **dict.fromkeys(_PERIOD, _DAY),
        **_texts("publisher", "url"),
        "published_on": _DAY,
        **_texts("status", "note"),
    },
    ("statement_id",),
    ("port", "parameter", "value", "unit", "value_as_published", "publisher", "status"),
    {"status": _STATUSES, **_UNIT},
    _PERIOD,
)
YEARBOOK = Register(
    "yearbook_statements",
    "a yearly figure of a statistical yearbook: employment, output, value added by industry, prices",
    {
        **_texts("statement_id", "series_id"),
        **dict.fromkeys(_PERIOD, _DAY),
        **_texts("measure", "relation"),
        "value": _NUMBER,
        **_texts("unit", "value_as_published", "publisher", "url"),
        "published_on": _DAY,
        "note": _WORD,
    },
    ("statement_id",),
    ("series_id", *_PERIOD, "measure", "relation", "value", "unit", "value_as_published", "publisher", "published_on"),
    {"measure": EVIDENCE_MEASURES, "relation": RELATIONS, **_UNIT},
    _PERIOD,
)
PLACEBO_CLOSURES = Register(
    "placebo_closures",
    "a window in which nothing is known to have happened, and the loss that the closures desk found there",
    {
        **_texts("series_id"),
        **dict.fromkeys(("start", "end", "made_on"), _DAY),
        **dict.fromkeys(("median", "lower", "upper"), _NUMBER),
        **_texts("verdict"),
    },
    ("series_id", "start"),
    ("start", "end", "made_on", "median", "lower", "upper", "verdict"),
)

HELD_OUT = Register(
    "held_out",
    "a published figure that was left out once, and what the reconstruction made of it",
    {
        **_texts("statement_id", "variant", "kind"),
        "own_figures": _COUNT,
        **dict.fromkeys(("inside80", "inside95", "width80", "error", "baseline"), _NUMBER),
    },
    ("statement_id", "variant"),
    ("kind", "own_figures", "inside80", "inside95", "width80", "error"),
)

ROUTES = Register(
    "routes",
    "a leg of a way from Jiangsu to Tashkent, with its length",
    {
        "route": _WORD, "position": _COUNT, **_texts("leg", "kind", "mode", "name_en", "name_zh"),
        "distance_km": _NUMBER, "distance_note": _WORD,
    },
    ("route", "position"),
    ("leg", "kind", "mode", "name_en", "name_zh"),
    {"kind": ("run", "transfer", "border"), "mode": ("road", "rail", "road-rail", "sea")},
)  # fmt: skip
LEG_FIGURES = Register(
    "leg_figures",
    "the rows of `corridors.csv` that say how long a leg of a route takes, or what it costs",
    _texts("leg", "quantity", "corridor", "at", "measure", "mode", "direction"),
    ("leg", "quantity", "corridor", "at", "measure", "mode", "direction"),
    choices={"quantity": ("hours", "speed_kmh", "usd", "usd_500km")},
)
SIMULATED_GATES = Register(
    "simulated_gates",
    "a gate that was simulated once: mean wait with its standard error, and the wait by formula, in minutes",
    {
        "servers": _COUNT,
        **dict.fromkeys(("minutes", "scatter", "open_hours", "arrivals_of_day"), _NUMBER),
        "customers": _COUNT,
        **dict.fromkeys(("waiting_minutes", "standard_error_minutes", "formula_minutes"), _NUMBER),
    },
    ("servers", "minutes", "scatter", "open_hours", "arrivals_of_day"),
    ("customers", "waiting_minutes", "standard_error_minutes", "formula_minutes"),
)

#: Every register of a data folder, in the order of `data/README.md`.
REGISTERS = (
    KNOWN_CONFLICTS, HELD_OUT, PLACEBO_CLOSURES, RELEASE_RULES, PORTS, PARKS, FIRMS, PROJECTS, PLACES, PLACE_NAMES,
    PORT_CLOSURES, PORT_EVENTS, PORT_SCHEDULES, SPRING_FESTIVAL, SCENARIO, INDICATORS, AGGREGATES, SHARE_BASES,
    OTHER_COUNTS, CORRIDORS, CLEARANCE, YEARBOOK, SIMULATED_GATES, ROUTES, LEG_FIGURES,
)  # fmt: skip


def described(registers: Iterable[Register], folder: Path) -> str:
    """Return the table of `data/README.md`: each file with its rows, its key and what a row is."""
    rows = [
        f"| `{register.file}` | {register.read(folder).height:,} | `{', '.join(register.key)}` | {register.what} |"
        for register in registers
    ]
    return "\n".join(["| file | rows | key | a row is |", "|---|---|---|---|", *rows])
