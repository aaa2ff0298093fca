"""Contributions to growth: by hand, how they add up, and when the split by flow is withheld."""

import datetime as dt
import math
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.periods import Edition
from analysis.desks import port
from analysis.desks.port.contributions import UNSPLIT, by_days, by_flow
from analysis.desks.port.growth import growth
from tests.desks.port.test_growth import Path
from tests.evidence import bundled, evidence

AMOUNTS = st.floats(1e-2, 1e9)
YEARS = st.integers(1, 3)


@st.composite
def spans(draw, smallest=1):
    """The flows of two spans, draws by flows."""
    draws, flows = draw(st.integers(1, 4)), draw(st.integers(smallest, 4))
    numbers = st.lists(AMOUNTS, min_size=draws * flows, max_size=draws * flows)
    return tuple(np.reshape(draw(numbers), (draws, flows)) for _ in range(2))


def growth_of(now, then, years):
    return (now / then) ** (1 / years) - 1


def test_a_flow_contributes_its_change_over_the_earlier_total():
    """100 = 60 + 40 becomes 120 = 90 + 30: of the 20 points, +30 and -10."""
    assert by_flow(np.array([[90.0, 30.0]]), np.array([[60.0, 40.0]])) == pytest.approx(np.array([[0.3, -0.1]]))


def test_over_two_years_flows_share_the_rate_of_one():
    """100 = 60 + 40 becomes 144 = 93 + 51, 20% a year: 33 and 11 of the 44 are 15 and 5 points."""
    found = by_flow(np.array([[93.0, 51.0]]), np.array([[60.0, 40.0]]), years=2)
    assert found == pytest.approx(np.array([[0.15, 0.05]]))


@pytest.mark.parametrize("years", [1, 2])
def test_without_growth_what_one_flow_adds_the_other_takes(years):
    """100 = 60 + 40 becomes 40 + 60: over n years, a log change of 0.2 shared evenly over them."""
    found = by_flow(np.array([[40.0, 60.0]]), np.array([[60.0, 40.0]]), years=years)
    assert found == pytest.approx(np.array([[-0.2, 0.2]]) / years)


def test_a_flow_that_was_not_there_contributes_all_of_its_own():
    assert by_flow(np.array([[50.0, 25.0]]), np.array([[50.0, 0.0]])) == pytest.approx(np.array([[0.0, 0.5]]))


@pytest.mark.parametrize("years", [1, 2])
def test_two_equal_factors_contribute_half_each(years):
    """Twice the days and twice the tonnes on each, every year: 300% a year, 150 points each."""
    total, days = 100.0 * 4.0**years, 50.0 * 2.0**years
    found = by_days(np.array([total]), np.array([100.0]), (days, 50.0), years=years)
    assert found == pytest.approx(np.array([[1.5, 1.5]]))


def test_days_alone_contribute_all_growth():
    """110 days instead of 100, 3 tonnes on each as before."""
    assert by_days(np.array([330.0]), np.array([300.0]), (110.0, 100.0)) == pytest.approx(np.array([[0.1, 0.0]]))


@given(spans(), YEARS)
def test_the_contributions_of_flows_add_up_in_every_draw(flows, years):
    now, then = flows
    growth = growth_of(now.sum(axis=1), then.sum(axis=1), years)
    scale = np.abs(by_flow(now, then, years=years)).sum(axis=1)  # large contributions may cancel
    assert (np.abs(by_flow(now, then, years=years).sum(axis=1) - growth) <= 1e-9 * (1 + scale)).all()


@given(spans(), AMOUNTS, AMOUNTS, YEARS)
def test_the_contributions_of_days_and_tonnes_add_up_in_every_draw(flows, after, before, years):
    now, then = (each[:, 0] for each in flows)
    found = by_days(now, then, (after, before), years=years)
    scale = np.abs(found).sum(axis=1)
    assert (np.abs(found.sum(axis=1) - growth_of(now, then, years)) <= 1e-9 * (1 + scale)).all()


@given(AMOUNTS, AMOUNTS, st.floats(1, 366), st.floats(1, 366), YEARS)
def test_days_and_tonnes_a_day_change_places_without_a_change(now, then, after, before, years):
    totals = np.array([now]), np.array([then])
    one = by_days(*totals, (after, before), years=years)
    other = by_days(*totals, (now / after, then / before), years=years)
    assert one[:, ::-1] == pytest.approx(other, rel=1e-6, abs=1e-9)


@given(spans(smallest=2), YEARS)
def test_two_flows_together_contribute_what_they_do_apart(flows, years):
    apart = by_flow(*flows, years=years)
    together = by_flow(*(np.column_stack([each[:, :2].sum(axis=1), each[:, 2:]]) for each in flows), years=years)
    assert together[:, 0] == pytest.approx(apart[:, :2].sum(axis=1), rel=1e-6, abs=1e-9 * (1 + np.abs(apart).max()))


#: Figures of 2014 that add up to the published 38.1: flow, tonnes, relation, measure.
EXPORT, IMPORT = ("export", 284_000.0, "eq", "level"), ("import", 30_000.0, "eq", "level")
TRANSIT = ("transit", 67_000.0, "eq", "level")


@pytest.fixture(scope="module")
def statements() -> pl.DataFrame:
    """The freight of one port: January-November 2013 published by direction, 2014 as a total only."""
    return bundled().statements.filter((pl.col("place") == "irkeshtam") & (pl.col("indicator") == "freight_tonnes"))


def outlook_of(statements, *made):
    """The outlook of 2014 with some figures of that year made up, named by their flow."""
    model = statements.filter((pl.col("flow") == "export") & (pl.col("period_end").dt.year() == 2013))
    added = [
        model.with_columns(
            statement_id=pl.lit(flow), series_id=pl.lit(f"irkeshtam.freight_tonnes.{flow}.road"), flow=pl.lit(flow),
            value=pl.lit(value), relation=pl.lit(relation), measure=pl.lit(measure),
            period_start=dt.date(2014, 1, 1), period_end=dt.date(2014, 12, 31), available_on=dt.date(2015, 1, 31),
        )
        for flow, value, relation, measure in made
    ]  # fmt: skip
    return port.outlook(
        evidence(pl.concat([statements, *added])),
        place="irkeshtam",
        mode="road",
        edition=Edition.of("2014-12", "2015-12-31"),
    )


@pytest.fixture(scope="module")
def split(statements):
    outlook = outlook_of(statements, EXPORT, IMPORT, TRANSIT)
    return outlook, port.growth_contributions(outlook)


def test_flows_that_were_published_for_both_years_are_told_apart(split):
    """Of 2013, 3.8 of 50.2 (10,000 tonnes) are December's, of no known direction; the rest is by hand."""
    table = split[1].table.filter(pl.col("question") == "last_year")
    assert table["basis"].to_list() == ["flow"] * 3
    assert table["reason"].is_null().all()
    before = {"export": 37.4, "import": 2.64, "transit": 6.3689}
    after = {"export": 28.4, "import": 3.0, "transit": 6.7}
    assert set(table["part"]) == set(before)
    for row in table.to_dicts():
        highest = after[row["part"]] - before[row["part"]]
        assert (highest - 3.8) / 50.2 - 0.005 < row["lower"] <= row["median"] <= row["upper"] < highest / 50.2 + 0.005


def test_every_draw_adds_up_to_the_growth_of_its_path(split):
    outlook, found = split
    path = outlook.reconstruction
    growth = path.year(2014) / path.year(2013) - 1
    assert found.draws["last_year"].sum(axis=1) == pytest.approx(growth)
    assert found.table["growth"][0] == pytest.approx(np.median(growth))
    places = {part: place for place, part in enumerate(found.table["part"])}
    rates = {series.split(".")[2]: place for place, series in enumerate(outlook.fitted().parts[outlook.series_id])}
    assert places == rates


def test_a_contribution_leads_to_the_figures_of_its_flow(split):
    outlook, found = split
    published = outlook.known.statements.filter(pl.col("period_end").dt.year().is_in([2013, 2014]))
    for row in found.table.to_dicts():
        own = published.filter(pl.col("flow") == row["part"])["statement_id"].to_list()
        assert set(own) == set(row["statement_ids"][:2])
    assert set(found.behind) <= set(outlook.known.statements["statement_id"])
    assert len(found.behind) == len(set(found.behind))


@pytest.mark.parametrize(
    "made",
    [(), (EXPORT, IMPORT), (EXPORT, IMPORT, ("transit", 60_000.0, "gt", "level")),
     (EXPORT, IMPORT, ("transit", 0.05, "eq", "yoy_growth"))],
    ids=["none", "one missing", "one a bound", "one a growth rate"],
)  # fmt: skip
def test_a_split_that_was_not_published_for_both_years_is_withheld(statements, made):
    outlook = outlook_of(statements, *made)
    found = port.growth_contributions(outlook)
    assert found.table["part"].to_list() == ["open_days", "per_open_day"]
    assert set(found.table["reason"]) == {UNSPLIT}
    growth = outlook.reconstruction.year(2014) / outlook.reconstruction.year(2013) - 1
    assert found.draws["last_year"].sum(axis=1) == pytest.approx(growth)


def test_half_the_days_take_what_twice_the_flow_a_day_gives():
    """Draws of 1.5, 2 and 2.5 times the tonnes a day, on half the days: the middle one stands still."""
    nodes = pl.DataFrame({"part_id": ["s"], "flow": ["total"]})
    figure = {
        "statement_id": ["a"], "series_id": ["s"], "measure": ["level"], "relation": ["eq"],
        "period_start": [dt.date(2022, 1, 1)], "period_end": [dt.date(2022, 12, 31)],
    }  # fmt: skip
    statements, path = pl.DataFrame(figure), Path()
    path.year = lambda _: np.ones(3)
    outlook = SimpleNamespace(
        series_id="s", reconstruction=path, bears_on=lambda *_, **__: ["a"],
        growth=lambda: growth(path, edition=dt.date(2023, 6, 1)),
        fitted=lambda: SimpleNamespace(evidence=statements, unused={}, parts={"s": ("s",)}),
        inputs=SimpleNamespace(structure=SimpleNamespace(nodes=nodes)),
    )  # fmt: skip
    found = port.growth_contributions(outlook)
    middle = found.draws["last_year"][1]
    assert middle == pytest.approx([-math.log(2), math.log(2)])
    row = found.table.row(0, named=True)
    assert (row["part"], row["median"]) == ("open_days", pytest.approx(-math.log(2)))


def test_a_growth_that_is_not_computed_has_no_contributions(split, monkeypatch):
    rates = split[0].growth().with_columns(median=pl.lit(None, pl.Float64))
    monkeypatch.setattr(port.Outlook, "growth", lambda _: rates)
    found = port.growth_contributions(split[0])
    assert found.table.is_empty()
    assert (found.draws, found.behind) == ({}, [])
