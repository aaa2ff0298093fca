"""Invented results of the desks, for properties that must hold whatever the numbers are."""

import datetime as dt
from types import SimpleNamespace

import polars as pl
from hypothesis import strategies as st

from analysis.core.periods import month_end
from analysis.core.reasons import Reason
from analysis.desks.park import Attainment, ParkOutput
from analysis.desks.park.peers import _SCHEMA as PEERS
from analysis.desks.park.peers import CAPITAL, Peers
from analysis.desks.port import Age, GrowthContributions, Outlook
from analysis.desks.port.comparisons import SCHEMA as CHANCES
from analysis.desks.port.contributions import DAYS, UNSPLIT
from analysis.desks.port.contributions import SCHEMA as CONTRIBUTIONS
from tests.evidence import bundled


class _Bundled:
    """The bundled evidence for names; not a dataclass, so that Hypothesis prints no ledger with an example."""

    evidence, places = bundled(), bundled().places


KNOWN = _Bundled()
#: Figures as published: measure, relation, value, unit, words.
PUBLISHED = (
    ("level", "eq", 464_000.0, "tonnes", "46.4万吨"), ("level", "eq", 7_960_000.0, "tonnes", "7.96 million"),
    ("level", "gt", 1_000_000.0, "tonnes", "超100万吨"), ("level", "approx", 123_000.0, "tonnes", None),
    ("level", "gt", 102_000.0, "vehicles", "over 10.2万辆次"), ("daily_average", "gt", 27.0, "trains/day", "27"),
    ("yoy_growth", "eq", 0.203, "fraction", "+20.3%"), ("yoy_growth", "approx", 0.12, "fraction", "12%左右"),
)  # fmt: skip
DATES = st.dates(dt.date(2014, 1, 1), dt.date(2025, 12, 31))

#: Comparisons of growth: question, how many years back, over how many the rate is an average.
QUESTIONS = (("last_year", 1, 1), ("two_years", 2, 2), ("normal_year", 4, 1))


@st.composite
def intervals(draw, smallest=1e4, largest=1e8):
    """A value with its interval."""
    value = draw(st.floats(smallest, largest))
    return value, value / draw(st.floats(1.001, 3)), value * draw(st.floats(1.001, 3))


@st.composite
def outlooks(draw) -> Outlook:
    """An outlook with all that its sentences read."""
    month = draw(st.integers(1, 12))
    year = draw(st.integers(2021, 2025))
    as_of = dt.date(year, month, 28)
    rows = [draw(intervals()) for _ in range(2)]
    years = [
        {"year": year + ahead, "median": value, "lower80": lower, "upper80": upper}
        for ahead, (value, lower, upper) in enumerate(rows)
    ]
    return Outlook(
        place=draw(st.sampled_from(["irkeshtam", "horgos", "alashankou", "torugart"])),
        mode=draw(st.sampled_from(["road", "rail"])),
        indicator="freight_tonnes",
        series_id="s",
        edition=dt.date(year, month, 1),
        as_of=as_of,
        window=(dt.date(year - 9, 1, 1), dt.date(year + 1, 12, 31)),
        inputs=None,
        reconstruction=SimpleNamespace(bearing_statements=lambda *_, **__: ["a1", "b2"]),
        statements=None, known=KNOWN, years=pl.DataFrame(years), months=None, cumulative=None,
        published=None,
        chances=pl.DataFrame(draw(st.lists(chances(year), min_size=1, max_size=4)), schema=CHANCES),
        evidence=draw(evidence(year)), closures=None,
        contradictory=draw(evidence(year)).with_columns(statement_ids=pl.lit("e0;e1")),
        coverage=draw(st.floats(0, 1)),
        status=draw(st.sampled_from(["flash", "mostly_published", "revised", "final"])),
        last_figure=draw(st.none() | ages(as_of)), last_bound=None, related=draw(related(year)),
    )  # fmt: skip


@st.composite
def chances(draw, year):
    """A comparison, computed or not."""
    question = draw(st.sampled_from(["last_year", "normal_year", "record", "target", "expected"]))
    others = st.integers(2010, 2024).filter(lambda one: one != year)
    other = year if question in ("target", "expected") else draw(others)
    computed = question in ("record", "target", "expected") or draw(st.booleans())
    estimated = computed and question in ("last_year", "normal_year") and draw(st.booleans())
    value, lower, upper = draw(intervals())
    return {
        "question": question, "figure": "", "figure_year": other,
        "base": "estimated" if estimated else "published" if computed else "",
        "value": value if estimated else round(value) if computed else None,
        "lower": lower if estimated else None, "upper": upper if estimated else None,
        "probability": draw(st.floats(0, 1)) if computed else None,
        "reason": None if computed else Reason("wide_base", year=other).written,
        "statement_ids": ["c3"] if computed and not estimated else [],
    }  # fmt: skip


@st.composite
def evidence(draw, year):
    """Statements about a year; the last one of a period may be a growth rate."""
    rows = []
    for place in range(draw(st.integers(0, 3))):
        last = draw(st.integers(1, 12))
        end = dt.date(year, last, draw(st.sampled_from([15, 28])))
        names = ("measure", "relation", "value", "unit", "value_as_published")
        rows.append(
            {
                "statement_id": f"e{place}", "period_start": dt.date(year, 1, 1), "period_end": end,
                **dict(zip(names, draw(st.sampled_from(PUBLISHED)), strict=True)),
                "published_on": draw(st.none() | DATES), "used": draw(st.booleans()),
                "count": draw(st.sampled_from([None, None, "carriers"])),
            }
        )  # fmt: skip
    schema = {
        "statement_id": pl.String, "period_start": pl.Date, "period_end": pl.Date, "measure": pl.String,
        "relation": pl.String, "value": pl.Float64, "unit": pl.String, "value_as_published": pl.String,
        "published_on": pl.Date, "used": pl.Boolean, "count": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


@st.composite
def related(draw, year):
    """A statement of a related series, or none."""
    own = draw(evidence(year)).drop("used")
    names = {"place": "horgos", "indicator": "freight_trucks", "flow": "export", "mode": "road", "series_id": "r"}
    return own.with_columns(pl.lit(value).alias(name) for name, value in names.items()).sort("period_end")


@st.composite
def ages(draw, as_of):
    """The age of a figure."""
    end = draw(st.dates(dt.date(2012, 1, 1), as_of))
    start = draw(st.sampled_from([end, end.replace(day=1), dt.date(end.year, 1, 1)]))
    return Age("l4", start, end, draw(st.none() | DATES), (as_of - end).days)


@st.composite
def attainments(draw) -> Attainment:
    """What is known of a park, with or without output."""
    measured = draw(st.booleans())
    target = draw(st.floats(1e7, 1e10))
    invested = draw(st.none() | st.floats(1e7, 1e10))
    later = {
        "statement_id": ["o5"], "value": [draw(st.floats(100, 1e5).map(round).map(float))], "unit": ["vehicles"],
        "relation": [draw(st.sampled_from(["eq", "gt", "approx"]))], "indicator": ["vehicle_sales_units"],
        "period_start": [dt.date(2024, 1, 1)], "period_end": [dt.date(2024, 12, 31)], "value_as_published": ["2500"],
        "note": [""], "note_zh": [""], "publisher": ["CNR"], "published_on": [None],
    }  # fmt: skip
    return Attainment(
        park="kezhou_jiangsu_park", year=draw(st.integers(2020, 2026)), as_of=draw(DATES),
        known=KNOWN, statements=pl.DataFrame({
            "statement_id": ["t1", "i2"], "indicator": ["output_value_cny", "investment_cny"],
            "relation": [draw(st.sampled_from(["eq", "gt", "approx"])) for _ in range(2)],
        }),
        target_cny=target, target_id="t1", invested_cny=invested, invested_id="i2",
        output_per_invested=None if invested is None else target / invested,
        required_run_rate=draw(st.none() | st.floats(1e6, 1e9)) if measured else target / 12,
        current_run_rate=draw(st.floats(1e6, 1e9)) if measured else None,
        probability=draw(st.floats(0, 1)) if measured else None,
        output_cny=None, output_id=None,
        reason=None if measured else Reason("not_measured"), progress=None, later=pl.DataFrame(later),
    )  # fmt: skip


@st.composite
def parks(draw) -> ParkOutput:
    """What is known of a park, beside two to eight other parks with output and capital."""
    day = dt.date(2021, 12, 31)
    ratios = draw(st.lists(st.floats(0.01, 50), min_size=2, max_size=8, unique=True))
    names = ["kuqa_etdz", "navoi_fez", "urgut_fez", "gijduvan_fez", "zambia_china_zone", "suez_teda_zone",
             "aksu_textile_city", "artux_industrial_park"]  # fmt: skip
    rows = [
        (name, draw(st.sampled_from(["xinjiang", "central_asia"])), CAPITAL, 1e9 * ratio, dt.date(2021, 1, 1), day,
         "year", False, 1e9, day, ratio, 5, False, "o1", "b2", [])
        for name, ratio in zip(names, ratios, strict=False)
    ]  # fmt: skip
    peers = Peers(pl.DataFrame(rows, schema=PEERS, orient="row"))
    return ParkOutput(draw(attainments()), peers, record=None, scale=None, scenarios=None)


@st.composite
def contributions(draw) -> GrowthContributions:
    """Contributions to one to three growth rates, by flow or by days."""
    year, month = draw(st.integers(2014, 2025)), draw(st.integers(1, 12))
    start, end = dt.date(year, 1, 1), month_end(dt.date(year, month, 1))
    rows = []
    for question, back, years in draw(st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=3, unique=True)):
        flows = draw(st.booleans())
        growth, growth_lower, growth_upper = draw(rates())
        for part in ("import", "export", "transit")[: draw(st.integers(2, 3))] if flows else DAYS:
            median, lower, upper = draw(rates())
            rows.append(
                {
                    "question": question, "start": start, "end": end, "other": year - back, "years": years,
                    "growth": growth, "growth_lower": growth_lower, "growth_upper": growth_upper,
                    "basis": "flow" if flows else "days", "part": part,
                    "median": median, "lower": lower, "upper": upper,
                    "reason": None if flows else UNSPLIT, "statement_ids": ["a1", "b2"],
                }
            )  # fmt: skip
    return GrowthContributions(pl.DataFrame(rows, schema=CONTRIBUTIONS), {})


@st.composite
def rates(draw):
    """A growth rate, or a contribution to one, with its interval: of any sign, and known or not."""
    value, width = draw(st.floats(-0.95, 3)), draw(st.sampled_from([0.0, 1e-5, 0.004, 0.05, 0.4]))
    return value, value - width, value + draw(st.sampled_from([0.5, 1.0, 1.5])) * width
