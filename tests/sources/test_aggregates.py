"""Totals are split into parts that no other part holds, and parts know what they have in common."""

from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.core.errors import RegisterError
from analysis.sources import aggregates, ledger
from analysis.sources.evidence import Evidence, read_registers
from tests.evidence import bundled as bundled_evidence

BUNDLED = bundled_evidence()

KEY = ["place", "indicator", "flow", "mode", "partner"]


def series_of(*ids: str) -> pl.DataFrame:
    """Return series of which the ids say what they measure."""
    rows = [(name, *([*name.split("."), None][:5])) for name in ids]
    return pl.DataFrame(rows, schema=dict.fromkeys(["series_id", *KEY], pl.String), orient="row")


@cache
def bundled() -> pl.DataFrame:
    """Return the series of the bundled ledger that have evidence."""
    return ledger.evidence(BUNDLED.statements).select("series_id", *KEY).unique("series_id", maintain_order=True)


def split(*ids: str) -> dict[str, list[str]]:
    """Return the parts of each series."""
    parts = BUNDLED.aggregates.parts_of(series_of(*ids)).group_by("series_id", maintain_order=True).agg("part_id")
    return dict(parts.iter_rows())


# What is split into what.


def test_a_total_of_two_ports_is_the_sum_of_both() -> None:
    # Kezhou, that is Irkeshtam and Torugart together: 1.931 Mt in January-August 2024 (China News)
    found = split(
        "kizilsu_ports.freight_tonnes.total.road",
        "irkeshtam.freight_tonnes.total.road",
        "torugart.freight_tonnes.total.road",
    )
    assert found["kizilsu_ports.freight_tonnes.total.road"] == [
        "irkeshtam.freight_tonnes.total.road",
        "torugart.freight_tonnes.total.road",
    ]


def test_goods_in_transit_belong_to_the_total_of_irkeshtam_only() -> None:
    # 46.4 = 2.64 + 37.4 + 6.37, in 10,000 tonnes (January-November 2013)
    found = split("irkeshtam.freight_tonnes.total.road", "irkeshtam.freight_tonnes.export.road")
    assert found["irkeshtam.freight_tonnes.total.road"] == [
        f"irkeshtam.freight_tonnes.{flow}.road" for flow in ("import", "export", "transit")
    ]
    both = [f"karasu.freight_tonnes.{flow}.road" for flow in ("total", "import", "transit")]
    assert split(*both)[both[0]] == ["karasu.freight_tonnes.import.road", "karasu.freight_tonnes.export.road"]


def test_all_modes_of_a_port_are_rail_road_and_what_its_pipeline_carries() -> None:
    found = split("horgos.freight_tonnes.total.all", "horgos.freight_tonnes.total.rail")
    assert found["horgos.freight_tonnes.total.all"] == [
        "horgos.freight_tonnes.total.rail",
        "horgos.freight_tonnes.total.road",
        "horgos.gas_tonnes.import.pipeline",
    ]


def test_directions_of_a_partner_split_the_total_of_that_partner_only() -> None:
    ids = ["xinjiang.trade_value_cny.total.all.kazakhstan", "xinjiang.trade_value_cny.total.all"]
    found = split(*ids, "xinjiang.trade_value_cny.export.all.kazakhstan")
    assert found[ids[0]] == [f"xinjiang.trade_value_cny.{flow}.all.kazakhstan" for flow in ("import", "export")]
    assert found[ids[1]] == [ids[1]]


def test_a_total_of_which_no_part_is_measured_stays_whole() -> None:
    for name in ("xinjiang_ports.freight_tonnes.total.all", "irkeshtam.freight_tonnes.total.road"):
        assert split(name) == {name: [name]}


def test_ports_that_nobody_measures_fall_together_and_one_such_port_keeps_its_name() -> None:
    roads, known = "xinjiang_ports.freight_tonnes.total.road", "baketu.freight_tonnes.total.road"
    assert split(roads, known)[roads] == [known, "other_xinjiang_ports.freight_tonnes.total.road"]
    both = "horgos_alashankou.trains.total.rail"
    assert split(both, "horgos.trains.total.rail")[both] == ["horgos.trains.total.rail", "alashankou.trains.total.rail"]


def test_a_port_that_only_a_group_names_is_no_part_of_the_rest_of_a_larger_group() -> None:
    roads, pair = "xinjiang_ports.freight_tonnes.total.road", "kizilsu_ports.freight_tonnes.total.road"
    found = split(roads, pair, "irkeshtam.freight_tonnes.total.road")
    assert set(found[pair]) < set(found[roads])


def test_a_series_with_another_id_is_the_part_that_it_measures() -> None:
    named = series_of("horgos_alashankou.trains.total.rail", "horgos.trains.total.rail").with_columns(
        series_id=pl.Series(["both", "h"])
    )
    parts = BUNDLED.aggregates.parts_of(named)
    assert parts.filter(pl.col("series_id") == "both")["part_id"].to_list() == ["h", "alashankou.trains.total.rail"]


def test_series_of_a_minimal_ledger_are_their_own_parts_without_nodes() -> None:
    minimal = pl.DataFrame({"series_id": ["a", "b"]}).with_columns(pl.lit(None, pl.String).alias(name) for name in KEY)
    parts = BUNDLED.aggregates.parts_of(minimal)
    assert parts.rows() == [("a", "a"), ("b", "b")]
    nodes = BUNDLED.aggregates.nodes_of(minimal, parts).drop("part_id")
    assert nodes.null_count().sum_horizontal().item() == nodes.height * nodes.width
    assert BUNDLED.indicators.monthly_flows(minimal) == ["a", "b"]


@given(st.data())
def test_no_part_is_a_part_of_another_whatever_series_are_asked_for(data: st.DataObject) -> None:
    picked = data.draw(st.lists(st.sampled_from(bundled()["series_id"].to_list()), unique=True, min_size=1))
    series = bundled().filter(pl.col("series_id").is_in(picked))
    parts = BUNDLED.aggregates.parts_of(series)
    assert parts["series_id"].unique(maintain_order=True).to_list() == series["series_id"].to_list()
    assert parts.is_unique().all()
    atoms = series_of(*parts["part_id"].unique().to_list())
    # a series that is a sum of others is nobody's part, so splitting the parts once more changes nothing
    assert BUNDLED.aggregates.parts_of(atoms).filter(pl.col("series_id") != pl.col("part_id")).is_empty()
    assert (
        BUNDLED.aggregates.parts_of(series.reverse())
        .sort("series_id", "part_id")
        .equals(parts.sort("series_id", "part_id"))
    )


# Nodes.


def test_nodes_of_the_ports_of_the_pages() -> None:
    nodes = BUNDLED.aggregates.nodes_of(bundled(), BUNDLED.aggregates.parts_of(bundled()))
    found = {row[0]: row[1:] for row in nodes.iter_rows()}
    assert nodes["part_id"].is_unique().all()
    assert found["irkeshtam.vehicles.total.road"] == (
        "irkeshtam",
        "total",
        "road",
        "xinjiang",
        "mountain_road",
        "irkeshtam.road",
    )
    assert found["baketu.freight_tonnes.total.road"][3:] == ("xinjiang", "plain_road", "baketu.road")
    assert found["horgos.trains.export.rail"][1:] == ("export", "rail", "xinjiang", "rail", "horgos.rail")
    assert found["alashankou.oil_tonnes.import.pipeline"][3:] == ("xinjiang", "pipeline", None)
    assert found["other_xinjiang_ports.freight_tonnes.total.road"][3:] == ("xinjiang", "plain_road", None)
    assert found["xinjiang.trade_value_cny.export.all"][3:] == ("xinjiang", "trade", "xinjiang.trade")
    assert found["kyrgyzstan.trade_value_usd.import.all.china"][3:] == (None, "trade", "kyrgyzstan.trade")
    assert found["irkeshtam.persons.total.road"][3:] == (None, None, None)


def test_mountain_ports_are_those_of_the_pamir_and_the_tian_shan() -> None:
    high = BUNDLED.places.ports.filter(pl.col("altitude_m") >= aggregates.MOUNTAIN_ALTITUDE)
    assert set(high["port"]) == {"irkeshtam", "torugart", "bedel", "karasu", "khunjerab"}


# Which series are monthly flows.


def test_quantities_and_values_are_monthly_flows_and_ratios_stocks_and_programmes_are_not() -> None:
    flows = """freight_tonnes persons trains trade_private_firms_cny fixed_asset_investment_cny output_value_cny
        exports_contracted_projects_cny teu gas_m3 retail_sales_cny"""
    others = """gdp_cny gdp_per_capita_cny ppi_yoy population_persons aid_funds_cny investment_attracted_cny
        share_of_xinjiang_trade fx_cny_per_usd trade_value_usd_change trade_partner_countries first_batch_units
        industrial_value_added_cny"""
    names = [f"xinjiang.{indicator}.total.all" for indicator in (flows + " " + others).split()]
    assert BUNDLED.indicators.monthly_flows(series_of(*names)) == names[: len(flows.split())]


# The register.


def test_every_place_of_the_register_has_a_name_and_every_road_port_is_in_the_group_of_all() -> None:
    register = BUNDLED.registers["aggregates"]
    for name in {*register["total"], *register["part"]}:
        if not name.startswith("*"):
            BUNDLED.places.names(name.split(".")[0])
    roads = register.filter(pl.col("total") == "xinjiang_ports.freight_tonnes.total.road")["part"]
    ports = BUNDLED.places.ports.filter(pl.col("modes").list.contains("road"))["port"]
    assert {name.split(".")[0] for name in roads} == set(ports)


@pytest.mark.parametrize(
    "row,sentence",
    [
        ("a.b.total,a.b.import.road,x", r"makes 'a\.b\.import\.road' a part of 'a\.b\.total'\. Write both as place"),
        ("a.b.total.road,a..import.road,x", r"makes 'a\.\.import\.road' a part"),
        ("*.b.total.*,a.b.import.road,x", "Write both as place"),
        ("a.b.total.*,a.b.import.*,x", "Write both as place"),
        ("a.b.total.road,a.b.import.road,", "note is empty"),
        ("a.b.total.road,a.b.total.road,x", r"makes a\.b\.total\.road a part of itself\. Remove one of its rows"),
    ],
)
def test_a_broken_register_is_refused(row: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "aggregates.csv").write_text(f"total,part,note\n{row}\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=sentence):
        Evidence(BUNDLED.statements, read_registers(tmp_path)).aggregates.parts_of(series_of("a.b.total.road"))
