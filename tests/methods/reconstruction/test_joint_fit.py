"""What one series tells about another: hand examples."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from analysis.methods.reconstruction import Calendar, Structure, reconstruct_together
from analysis.methods.reconstruction.prior import COMPONENTS
from tests.methods.reconstruction.evidence import day, statement, table, year
from tests.methods.reconstruction.region import NODES, PARTS, SEASON, STATEMENTS, WINDOW, paths, seasonal, until

#: A total of two parts, and nothing else shared.
SUM = Structure(parts=PARTS.filter(pl.col("series_id") == "gate.total"), nodes=NODES.clear())

#: Shared movements with and without the activity of the port.
SHARED, APART = (Structure(nodes=nodes) for nodes in (NODES, NODES.drop("activity")))


def spread(draws: np.ndarray) -> float:
    """Standard deviation in logs."""
    return float(np.log(draws).std())


def test_a_total_tells_what_is_left_for_the_other_part():
    rows = [year("gate.in", 2022, 60_000), year("gate.total", 2022, 100_000), year("gate.out", 2021, 30_000)]
    found = paths(table(*rows), structure=SUM, draws=200)
    assert np.median(found["gate.out"].year(2022)) == pytest.approx(40_000, rel=0.005)
    assert found["gate.out"].at(80, "A")["obs_status"].to_list() == ["reported", "derived", "forecast"]


def test_a_total_narrows_its_parts():
    rows = [year("gate.in", 2021, 60_000), year("gate.out", 2021, 30_000), until("gate.in", 2022, 3, 20_000)]
    alone = paths(table(*rows), structure=SUM, draws=400)
    told = paths(table(*rows, year("gate.total", 2022, 100_000)), structure=SUM, draws=400)
    for name in ("gate.in", "gate.out"):
        assert spread(told[name].year(2022)) < 0.9 * spread(alone[name].year(2022))


def test_an_indicator_of_the_same_activity_tells_about_tonnes():
    """Vehicles a day halve; tonnes, of which nothing is said that year, follow, but for what loads may have grown."""
    rows = [year("gate.in", number, 60_000) for number in (2021, 2022)]
    rows += [year("gate.vehicles", number, 50, "daily_average", unit="vehicles/day") for number in (2021, 2022)]
    halved = year("gate.vehicles", 2023, 25, "daily_average", unit="vehicles/day")
    silent = paths(table(*rows), structure=SHARED, draws=200)["gate.in"].year(2023)
    told = paths(table(*rows, halved), structure=SHARED, draws=200)["gate.in"].year(2023)
    apart = paths(table(*rows, halved), structure=APART, draws=200)["gate.in"].year(2023)
    assert np.median(silent) == pytest.approx(60_000, rel=0.15)
    assert 30_000 < np.median(told) < 50_000
    assert np.median(told) < np.median(apart) < np.median(silent)


def test_a_reopening_moves_all_that_a_port_handles():
    """Vehicles treble when the port reopens; tonnes, of which nothing is said since, follow: loads did not jump."""
    rows = [year("gate.in", number, 60_000) for number in (2021, 2022)]
    rows += [year("gate.vehicles", number, 50, "daily_average", unit="vehicles/day") for number in (2021, 2022)]
    rows += [year("gate.vehicles", 2023, 150, "daily_average", unit="vehicles/day")]
    regimes = pl.DataFrame({"start": [day("2023-01-08")], "end": [day("2023-03-08")], "jump": [0.13]})
    reopened = replace(SHARED, calendars=dict.fromkeys(("gate.in", "gate.vehicles"), Calendar(regimes=regimes)))
    quiet, told = (
        paths(table(*rows), structure=structure, draws=400)["gate.in"].year(2023) for structure in (SHARED, reopened)
    )
    assert np.median(told) > 1.1 * np.median(quiet)
    assert 120_000 < np.median(told) < 180_000


def test_a_port_jumps_and_the_ratios_of_its_flows_to_it_do_not():
    regimes = pl.DataFrame({"start": [day("2022-02-10")], "end": [day("2022-03-08")], "jump": [0.3]})
    calendars = dict.fromkeys(("gate.in", "gate.vehicles", "pass.total"), Calendar(regimes=regimes))
    evidence = table(*(year(name, 2021, 60_000) for name in calendars))
    posterior = reconstruct_together(evidence, **WINDOW, structure=replace(SHARED, calendars=calendars))
    parts = {part.part_id: part.jumps.max() for part in posterior.system.parts}
    assert parts == {"gate.in": 0.0, "gate.vehicles": 0.0, "pass.total": 0.09}
    nodes = {node.tier: np.flatnonzero(node.jumps).tolist() for node in posterior.system.nodes}
    assert nodes == {"region": [], "kind": [], "activity": [13, 14]}


def test_an_indicator_narrows_months_of_which_nothing_is_said():
    """Vehicles are counted every month of three years, tonnes once a year: they share the season of the vehicles."""
    years, daily = (2021, 2022, 2023), 50 * SEASON
    rows = [year("gate.in", number, 60_000) for number in years] + [
        statement(f"{number}-{m:02}-01", f"{number}-{m:02}-28", v, "daily_average", series="gate.vehicles")
        for number in years
        for m, v in enumerate(daily, start=1)
    ]
    together, apart = (
        paths(table(*rows), structure=structure, draws=1000)["gate.in"].draws[:, 12:24] for structure in (SHARED, APART)
    )
    widths = [np.diff(np.quantile(draws, [0.1, 0.9], axis=0), axis=0).mean() for draws in (together, apart)]
    assert widths[0] < 0.8 * widths[1]


def test_a_series_with_few_statements_gets_the_season_of_the_others():
    others = [row for i in range(5) for row in seasonal(f"mill{i}", 10_000 * (i + 1))]
    few = [year("few", number, 24_000) for number in (2021, 2022, 2023)]
    found = paths(table(*others, *few), structure=None, draws=200)["few"]
    months = found.at(80, "M")["median"].to_numpy().reshape(3, 12).mean(axis=0)
    assert np.corrcoef(months, SEASON)[0, 1] > 0.95
    assert months[6] / months[0] == pytest.approx(2.0, rel=0.3)  # July against January
    alone = paths(table(*few), structure=None, draws=200)["few"].at(80, "M")["median"].to_numpy()
    assert alone.max() / alone.min() < 1.3


def test_a_share_divides_a_total():
    share = year("gate.in", 2022, 0.6, "share", base_id="gate.total", half_width=0.0005)
    rows = [year("gate.total", 2022, 100_000), year("gate.in", 2021, 50_000), year("gate.out", 2021, 50_000)]
    found = paths(table(*rows, share), structure=SUM, draws=200)
    parts = found["gate.in"].year(2022) / found["gate.total"].year(2022)
    np.testing.assert_allclose(parts, 0.6, rtol=0.005)
    assert found["gate.in"].fit["used"].all()


@pytest.mark.parametrize(
    "growth, expected",
    [
        (statement("2023-01-01", "2023-12-31", 0.2, "growth_vs_2019"), 12_000),
        (statement("2023-01-01", "2023-06-30", -0.5, "growth_vs_prev_full_year"), 10_000),
        (statement("2023-01-01", "2023-12-31", 0.1, "yoy_growth"), 22_000),
    ],
    ids=["2019", "all of the year before", "the year before"],
)
def test_growth_counts_from_the_span_that_it_names(growth, expected):
    """10 thousand in 2019, 20 thousand in 2022."""
    rows = [year("port", 2019, 10_000), year("port", 2022, 20_000), growth]
    found = paths(table(*rows), structure=None, draws=200)["port"]
    stated = found.total(growth["period_start"], growth["period_end"])
    assert np.median(stated) == pytest.approx(expected, rel=0.01)


def test_growth_on_the_month_before():
    rows = [statement("2023-02-01", "2023-02-28", 1_000), statement("2023-03-01", "2023-03-31", 0.25, "mom_growth")]
    found = paths(table(*rows), structure=None, draws=200)["port"]
    assert np.median(found.total(day("2023-03-01"), day("2023-03-31"))) == pytest.approx(1_250, rel=0.01)


def test_a_part_that_is_closed_leaves_the_total_to_the_other():
    shut = pl.DataFrame({"date": pl.date_range(day("2022-01-01"), day("2022-12-31"), eager=True), "share_open": 0.0})
    structure = Structure(SUM.parts, SUM.nodes, {"gate.out": Calendar(open_share=shut)})
    rows = [year("gate.total", 2022, 100_000), year("gate.in", 2021, 50_000), year("gate.out", 2021, 50_000)]
    found = paths(table(*rows), structure=structure, draws=100)
    np.testing.assert_array_equal(found["gate.out"].year(2022), 0.0)
    np.testing.assert_allclose(found["gate.in"].year(2022), 100_000, rtol=0.004)


def test_a_starved_series_is_named_and_its_neighbours_are_unharmed():
    growth = year("starved", 2022, 0.1, "yoy_growth")
    before, after = paths(STATEMENTS), paths(pl.concat([STATEMENTS, table(growth)]))
    assert str(after["starved"]).startswith("starved has no usable level by this date.")
    assert all(after[name].path.equals(path.path) for name, path in before.items())


def test_a_total_without_its_parts_is_built():
    """Nothing is said of the parts alone: the total is known, each of them is not."""
    found = paths(table(year("gate.total", 2022, 100_000)), structure=SUM, draws=100)["gate.total"]
    np.testing.assert_allclose(found.year(2022), 100_000, rtol=0.004)


def test_contradictory_series_are_named_and_the_rest_is_built():
    """Nine months of a series cannot hold twice its year."""
    wrong = until("mad", 2022, 9, 200_000), year("mad", 2022, 100_000)
    before, after = paths(STATEMENTS), paths(pl.concat([STATEMENTS, table(*wrong)]))
    assert str(after["mad"]).startswith("The statements of mad contradict each other, mad:2022-01-01:2022-")
    assert all(after[name].path.equals(path.path) for name, path in before.items())


def test_parts_that_exceed_their_total_are_named_and_the_rest_is_built():
    wrong = [year("gate.in", 2022, 90_000), year("gate.out", 2022, 90_000), year("gate.total", 2022, 100_000)]
    neighbour = [year("mill", 2022, 10_000)]
    found = paths(table(*wrong, *neighbour), structure=Structure(PARTS, NODES), draws=40)
    for name in ("gate.in", "gate.out", "gate.total"):
        assert "contradict each other" in str(found[name])
    np.testing.assert_allclose(found["mill"].year(2022), 10_000, rtol=0.004)


def test_another_count_tells_of_changes_and_little_of_the_level():
    """Carriers haul 80,000 in 2022 and twice that in 2023, customs count 100,000 in 2022: so 200,000 in 2023."""
    customs = [year("gate.in", 2021, 100_000), year("gate.in", 2022, 100_000)]
    carriers = [
        year("gate.in", number, value, count="carriers", statement_id=f"carriers {number}")
        for number, value in ((2022, 80_000), (2023, 160_000))
    ]
    found = paths(table(*customs, *carriers), draws=400)["gate.in"]
    assert np.median(found.year(2022)) == pytest.approx(100_000, rel=0.002)
    assert np.median(found.year(2023)) == pytest.approx(200_000, rel=0.03)
    assert found.at(80, "A")["obs_status"].to_list() == ["reported", "reported", "estimated"]


def test_one_figure_of_another_count_leaves_a_tenth_open():
    customs = [year("gate.in", 2021, 100_000), year("gate.in", 2022, 100_000)]
    carriers = year("gate.in", 2023, 160_000, count="carriers")
    told = paths(table(*customs, carriers), draws=400)["gate.in"].year(2023)
    assert 0.05 < spread(told) < 0.12
    assert np.median(told) == pytest.approx(160_000, rel=0.1)


def test_a_figure_of_another_count_contradicts_no_bound():
    rows = [year("gate.in", 2021, 100_000), year("gate.in", 2022, 120_000, relation="gt")]
    found = paths(table(*rows, year("gate.in", 2022, 110_000, count="carriers")), draws=200)["gate.in"]
    assert found.year(2022).min() > 119_000


def test_the_festival_moves_the_parts_that_have_it_and_the_nodes_that_any_of_them_shares():
    window = np.zeros((36, 1))
    window[1::12] = 1.0
    nodes = NODES.with_columns(festive=pl.col("part_id") != "mill")
    evidence = table(year("gate.in", 2021, 60_000), year("pass.total", 2021, 30_000), year("mill", 2021, 9_000))
    posterior = reconstruct_together(evidence, **WINDOW, structure=Structure(nodes=nodes, festivals=(window,)))
    joint, festival = posterior.mode.joint, COMPONENTS.index("festival")
    moved = {part.part_id: joint.own_stack(i)[festival].any() for i, part in enumerate(joint.system.parts)}
    assert moved == {"gate.in": True, "pass.total": True, "mill": False}
    shared = {node.name: joint.node_stack(i)[festival].any() for i, node in enumerate(joint.system.nodes)}
    assert shared == {"north": True, "road": True}
