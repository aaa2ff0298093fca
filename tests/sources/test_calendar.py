"""Open days of ports: hand examples from the registers, what was known when, and what must always hold."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.errors import CoverageError, PeriodError
from analysis.sources import ledger
from analysis.sources.calendar.port_calendars import FILLING, SETTLING
from tests.evidence import bundled

CALENDARS = bundled().calendars
CLOSURES, EVENTS, SCHEDULES = (bundled().registers[f"port_{kind}"] for kind in ("closures", "events", "schedules"))

LATE = dt.date(2026, 6, 30)
PORTS = st.sampled_from(["irkeshtam", "torugart", "khunjerab", "laoyemiao", "takeshiken", "karasu", "horgos"])
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2026, 12, 31))


def share(port: str, day: dt.date, *, as_of: dt.date = LATE) -> float:
    return float(CALENDARS.open_share(port, "road", day, day, as_of=as_of)["share_open"][0])


@pytest.mark.parametrize(
    "port,day,expected",
    [
        ("irkeshtam", dt.date(2020, 3, 1), 0),  # Kyrgyz closure
        ("irkeshtam", dt.date(2020, 6, 1), 1),  # limited, no share published: a full day
        ("irkeshtam", dt.date(2021, 2, 13), 0),  # Spring Festival inside the one-way regime: closed beats one-way
        ("irkeshtam", dt.date(2021, 2, 16), 1),
        ("irkeshtam", dt.date(2025, 10, 2), 0),  # from events: National Day
        ("irkeshtam", dt.date(2025, 10, 4), 1),  # freight only
        ("khunjerab", dt.date(2019, 1, 15), 0),  # season April to November
        ("khunjerab", dt.date(2019, 7, 15), 1),
        ("khunjerab", dt.date(2023, 1, 19), 1),  # temporary opening
        ("khunjerab", dt.date(2023, 1, 25), 0),  # between two openings
        ("khunjerab", dt.date(2024, 1, 10), 1),  # opening outside the season
        ("khunjerab", dt.date(2025, 1, 10), 1),  # all year since December 2024
        ("laoyemiao", dt.date(2023, 6, 10), 0),  # days 11 to 30 of even months
        ("laoyemiao", dt.date(2023, 6, 11), 1),
        ("laoyemiao", dt.date(2023, 7, 15), 0),
        ("hongshanzui", dt.date(2023, 7, 12), 0),  # between the two July openings
        ("hongshanzui", dt.date(2023, 7, 14), 1),
        ("karasu", dt.date(2015, 1, 1), 0.25),  # 31 of 123 days announced
    ],
)
def test_a_day_is_open_as_the_registers_say(port: str, day: dt.date, expected: float) -> None:
    assert share(port, day) == expected


@pytest.mark.parametrize(
    "day,passing",
    [
        (dt.date(2021, 6, 1), {"import": 0, "export": 1, "total": 1, None: 1}),  # goods from China only
        (dt.date(2021, 2, 13), {"import": 0, "export": 0, "total": 0}),  # Spring Festival inside: nothing passes
        (dt.date(2023, 1, 10), {"import": 1, "export": 1}),  # both ways since 8 January 2023
    ],
)
def test_one_way_traffic_is_closed_to_the_other_direction(day: dt.date, passing: dict[str | None, float]) -> None:
    for flow, expected in passing.items():
        table = CALENDARS.open_share("irkeshtam", "road", day, day, as_of=LATE, flow=flow)
        assert table["share_open"].to_list() == [expected], flow


def test_a_limit_of_one_direction_is_none_of_the_other() -> None:
    day = dt.date(2023, 2, 1)  # inbound trucks at Horgos held to 100 a day
    spans = CALENDARS.spans.of_port("horgos", "road", LATE)
    inbound = next(span for span in spans if span.start <= day <= span.end and span.direction == "import")
    assert inbound._replace(share_open=0.4).share("import") == 0.4
    assert inbound._replace(share_open=0.4).share("export") is None
    assert inbound._replace(share_open=0.4).share("total") == 0.4


def test_a_closure_counts_only_once_it_was_published() -> None:
    day = dt.date(2020, 2, 10)  # closed since 24 January, first published on 26 March 2020
    assert share("irkeshtam", day, as_of=dt.date(2020, 3, 25)) == 1
    assert share("irkeshtam", day, as_of=dt.date(2020, 3, 26)) == 0


def test_a_span_whose_end_is_not_yet_known_lasts_until_the_day_of_knowledge() -> None:
    known = CALENDARS.regimes("irkeshtam", "road", as_of=dt.date(2021, 6, 30)).filter(what="one_way")
    assert known.rows() == [(dt.date(2020, 9, 28), dt.date(2021, 6, 30), "one_way")]
    later = CALENDARS.regimes("irkeshtam", "road", as_of=LATE).filter(what="one_way")
    assert later["end"].to_list() == [dt.date(2023, 1, 7)]


def test_holidays_shade_a_chart_but_do_not_move_the_level() -> None:
    spans = CALENDARS.closures("irkeshtam", "road", as_of=LATE)
    assert (dt.date(2021, 5, 1), dt.date(2021, 5, 4), "closed") in spans.select("start", "end", "state").rows()
    regimes = CALENDARS.regimes("irkeshtam", "road", as_of=LATE)
    assert dt.date(2021, 5, 1) not in regimes["start"].to_list()


def test_the_move_to_the_new_site_may_move_the_level() -> None:
    regimes = CALENDARS.regimes("irkeshtam", "road", as_of=LATE)
    assert (dt.date(2011, 12, 9), "new_site") in regimes.select("start", "what").rows()


def test_the_start_of_work_round_the_clock_may_move_the_level() -> None:
    # trial of 24-hour freight clearance from 1 June 2025, published the day after
    start = dt.date(2025, 6, 1)
    found = CALENDARS.regimes("irkeshtam", "road", as_of=LATE).filter(what="round_the_clock")
    assert found.rows() == [(start, start + dt.timedelta(days=SETTLING), "round_the_clock")]
    assert CALENDARS.regimes("irkeshtam", "road", as_of=start).filter(what="round_the_clock").is_empty()
    assert share("irkeshtam", start) == 1


def test_a_pipeline_carries_nothing_before_its_first_day_and_fills_over_three_years() -> None:
    first = dt.date(2006, 5, 1)
    table = CALENDARS.open_share("alashankou", "pipeline", dt.date(2006, 4, 30), first, as_of=LATE)
    assert table["share_open"].to_list() == [0.0, 1.0]
    regimes = CALENDARS.regimes("alashankou", "pipeline", as_of=LATE).filter(what="first_day")
    assert regimes.rows() == [(first, first + dt.timedelta(days=FILLING), "first_day")]
    assert (
        CALENDARS.open_share("alashankou", "rail", first.replace(year=1999), first, as_of=LATE)["share_open"].min() == 1
    )


def test_months_open_for_the_first_time_may_differ_from_all_others() -> None:
    """Khunjerab, open from April to November, works all year from 1 December 2024."""
    seasons = CALENDARS.regimes("khunjerab", "road", as_of=LATE).filter(what="first_season")
    assert seasons.rows() == [(dt.date(2024, 12, 1), dt.date(2025, 3, 31), "first_season")]
    assert CALENDARS.regimes("khunjerab", "road", as_of=dt.date(2024, 6, 30)).filter(what="first_season").is_empty()
    assert CALENDARS.regimes("laoyemiao", "road", as_of=LATE).filter(what="first_season").is_empty()


def test_a_region_jumps_while_most_of_its_ports_are_shut() -> None:
    """On each day counted port by port, from the spans themselves."""
    as_of = dt.date(2025, 12, 31)
    found = CALENDARS.region_regimes("xinjiang", as_of=as_of)
    limited = [(row["start"], row["end"]) for row in found.to_dicts() if row["what"] == "limited"]
    keys = [key for key in CALENDARS.spans.covered if key[0] in set(bundled().places.ports["port"])]
    for day in (
        dt.date(2019, 7, 1),
        dt.date(2020, 5, 1),
        dt.date(2021, 7, 1),
        dt.date(2022, 12, 1),
        dt.date(2024, 7, 1),
    ):
        shut = [
            any(
                span.state != "opened" and span.start <= day <= span.end and (span.end - span.start).days >= 14
                for span in CALENDARS.spans.of_port(*key, as_of)
            )
            for key in keys
        ]
        assert any(start <= day <= end for start, end in limited) == (2 * sum(shut) > len(keys))
    assert CALENDARS.region_regimes("xinjiang", as_of=dt.date(2020, 1, 1)).is_empty()
    assert CALENDARS.region_regimes("nowhere", as_of=as_of).is_empty()


def test_a_known_port_without_a_calendar_is_always_open() -> None:
    assert not CALENDARS.covers("bedel", "road")
    assert not CALENDARS.covers(None, None)
    assert share("bedel", dt.date(2025, 1, 1)) == 1
    assert CALENDARS.regimes("bedel", "road", as_of=LATE).is_empty()
    assert CALENDARS.closures("bedel", "road", as_of=LATE).is_empty()


def test_an_unknown_port_and_a_backward_period_are_refused() -> None:
    with pytest.raises(CoverageError, match="'irkestam'"):
        share("irkestam", LATE)
    with pytest.raises(PeriodError, match="runs backwards"):
        CALENDARS.open_share("irkeshtam", "road", LATE, dt.date(2020, 1, 1), as_of=LATE)


@settings(deadline=None, max_examples=50)
@given(PORTS, DAYS, DAYS, DAYS, st.sampled_from([None, "total", "import", "export"]))
def test_there_is_one_row_a_day_and_each_share_is_between_zero_and_one(
    port: str, one: dt.date, two: dt.date, as_of: dt.date, flow: str | None
) -> None:
    start = min(one, two)
    end = min(max(one, two), start + dt.timedelta(days=800))
    table = CALENDARS.open_share(port, "road", start, end, as_of=as_of, flow=flow)
    assert table["date"].to_list() == [start + dt.timedelta(days=count) for count in range((end - start).days + 1)]
    assert table["share_open"].is_between(0, 1).all()


@settings(deadline=None, max_examples=50)
@given(PORTS, DAYS)
def test_no_regime_begins_after_the_day_of_knowledge_unless_announced(port: str, as_of: dt.date) -> None:
    register = CLOSURES.filter(port=port)
    announced = {row["start"] for row in register.iter_rows(named=True) if (row["published_on"] or LATE) <= as_of}
    for start, end, what in CALENDARS.regimes(port, "road", as_of=as_of).rows():
        assert start <= end
        assert start <= as_of or what == "reopened" or start in announced


def test_no_published_flow_falls_on_closed_days_alone() -> None:
    rows = ledger.evidence(ledger.as_of(bundled().statements, LATE)).filter(mode="road", measure="level")
    for row in rows.iter_rows(named=True):
        if CALENDARS.covers(row["place"], "road"):
            span = (row["period_start"], row["period_end"])
            days = CALENDARS.open_share(row["place"], "road", *span, as_of=LATE, flow=row["flow"])
            assert days["share_open"].sum() > 0, row["statement_id"]


def test_dulata_was_shut_until_the_day_before_its_first_crane_lift() -> None:
    # "first freight since April 2020" on 30 March 2022, published on 2 April 2022
    days = CALENDARS.open_share("dulata", "road", dt.date(2022, 3, 28), dt.date(2022, 4, 1), as_of=LATE)
    assert days["share_open"].to_list() == [0, 0, 1, 1, 1]


def test_every_coded_row_says_why() -> None:
    assert CLOSURES["coded_note"].null_count() == 0
    coded = EVENTS.filter(affects="freight")
    assert coded["coded_note"].null_count() == 0
    assert CLOSURES.filter(what="closed")["share_open"].unique().to_list() == [0.0]


def test_every_port_of_the_calendar_is_a_known_place() -> None:
    for table in (
        CLOSURES,
        EVENTS,
        SCHEDULES,
    ):
        for port in table["port"].unique():
            assert bundled().places.names(port)


def test_the_registers_are_whole() -> None:
    assert CLOSURES.height == 94  # as harvested: 84, and 10 in 2026
    assert EVENTS.height == 297  # as harvested: 270, and 27 in 2026
    assert SCHEDULES.height == 10
