"""Properties of series that are reconstructed together, whatever is said about them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.methods.reconstruction import draws
from analysis.sources import ledger
from tests.evidence import known
from tests.methods.reconstruction import region
from tests.methods.reconstruction.evidence import day, table, year
from tests.methods.reconstruction.region import REGION, SERIES, STATEMENTS

COLUMNS = ["mean", "median", "lower", "upper"]
TONNES = ~pl.col("series_id").str.contains("vehicles") & ~pl.col("measure").str.contains("growth|share")


@pytest.fixture(scope="module")
def found():
    return region.paths(STATEMENTS)


@pytest.fixture(scope="module")
def many():
    return region.paths(STATEMENTS, draws=200)


def same(one, other):
    """Whether all paths are the same to the last bit."""
    return all(
        one[name].path.equals(other[name].path) and np.array_equal(one[name].rates, other[name].rates) for name in one
    )


@given(st.permutations(range(STATEMENTS.height)), st.permutations(range(region.PARTS.height)))
@settings(max_examples=3)
def test_the_order_of_rows_changes_nothing(found, rows, parts):
    structure = region.Structure(parts=region.PARTS[list(parts)], nodes=region.NODES[::-1])
    assert same(found, region.paths(STATEMENTS[list(rows)], structure=structure))


@pytest.mark.parametrize("factor", [1e-4, 1e4])
def test_the_unit_changes_nothing_but_the_scale(found, factor):
    """Tonnes as units of ten thousand tonnes, vehicles as they are."""
    scaled = STATEMENTS.with_columns(
        pl.when(TONNES).then(pl.col(c) * factor).otherwise(c) for c in ("value", "half_width")
    )
    for name, path in region.paths(scaled).items():
        size = 1.0 if name == "gate.vehicles" else factor
        expected = found[name].path.select(COLUMNS).to_numpy()
        np.testing.assert_allclose(path.path.select(COLUMNS).to_numpy() / size, expected, rtol=2e-5)


def test_processes_change_nothing(found, monkeypatch):
    monkeypatch.setattr(draws, "FEW_PARTS", 0)
    assert same(found, region.paths(STATEMENTS, workers=2))


def test_what_is_asked_for_changes_nothing(found):
    posterior = region.reconstruct_together(STATEMENTS, structure=REGION, **region.WINDOW)
    alone = posterior.paths(["gate.in"], Sampling(levels=(80, 95), draws=40, seed=1))
    assert same(alone, found)


def test_parts_and_totals_add_up_draw_by_draw(found):
    rates = found["gate.in"].rates + found["gate.out"].rates
    np.testing.assert_allclose(found["gate.total"].draws, rates[:, 0] * found["gate.in"].days[0].open, rtol=1e-12)
    whole = found["gate.total"].draws + found["pass.total"].draws
    np.testing.assert_allclose(found["region"].draws, whole, rtol=1e-12)


def test_published_means_add_up(found):
    """Means are cut to six digits, so sums of them agree to nearly as many."""
    mean = {name: found[name].at(80, "M")["mean"].to_numpy() for name in SERIES}
    np.testing.assert_allclose(mean["gate.total"], mean["gate.in"] + mean["gate.out"], rtol=1e-5)
    np.testing.assert_allclose(mean["region"], mean["gate.total"] + mean["pass.total"], rtol=1e-5)


@pytest.mark.parametrize("name", SERIES)
def test_months_add_up_to_years(found, name):
    path, years = found[name], found[name].draws.reshape(-1, 3, 12).sum(axis=2)
    for i, number in enumerate((2021, 2022, 2023)):
        np.testing.assert_allclose(years[:, i], path.year(number), rtol=1e-12)
    sums = path.at(80, "M")["mean"].to_numpy().reshape(3, 12).sum(axis=1)
    np.testing.assert_allclose(path.at(80, "A")["mean"].to_numpy(), sums, rtol=1e-5)


@pytest.mark.parametrize("name", sorted(set(SERIES) - {"region"}))
def test_draws_lie_within_the_rounding_of_the_figures_stated(many, name):
    """Errors are normal with the half width over the root of three: 92% of draws, of 200 at least 170."""
    figures = STATEMENTS.filter(pl.col("series_id") == name, pl.col("measure") == "level", pl.col("relation") == "eq")
    for start, end, value, half_width in figures.select(
        "period_start", "period_end", "value", "half_width"
    ).iter_rows():
        drawn = many[name].total(start, end)
        assert np.median(drawn) == pytest.approx(value, abs=half_width)
        assert (np.abs(drawn - value) <= half_width).mean() >= 0.85


def test_a_total_of_several_homes_is_met_to_a_hundredth(found):
    """Such a tie is not solved as exactly as the statements of one port."""
    drawn = found["region"].year(2022)
    assert np.median(drawn) == pytest.approx(142_000, rel=0.01)
    assert (np.abs(drawn / 142_000 - 1) <= 0.03).mean() >= 0.8


@given(st.integers(2, 5), st.lists(st.floats(-0.5, 0.5), min_size=5, max_size=5), st.integers(0, 100))
@settings(max_examples=5)
def test_flows_are_positive_and_stated_totals_met_whatever_the_sizes(parts, logs, seed):
    names = [f"part{i}" for i in range(parts)]
    sizes = np.exp(3 * np.array(logs[:parts])) * 1000
    structure = region.Structure(parts=pl.DataFrame({"series_id": ["all"] * parts, "part_id": names}))
    rows = [year(name, 2021, size) for name, size in zip(names, sizes, strict=True)]
    evidence = table(*rows, year("all", 2022, 1.2 * sizes.sum()))
    posterior = region.reconstruct_together(evidence, structure=structure, **region.WINDOW)
    paths = posterior.paths(["all", *names], Sampling(levels=(80,), draws=20, seed=seed))
    assert all((path.draws > 0).all() for path in paths.values())
    np.testing.assert_allclose(paths["all"].year(2022), 1.2 * sizes.sum(), rtol=0.004)


HEADER = "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher,"
LEDGER = """published_on
a,gate,2022-01-01,2022-12-31,level,eq,100100,tonnes,10.01万吨,Daily,2023-01-20
b,gate,2023-01-01,2023-09-30,level,eq,80200,tonnes,8.02万吨,Daily,2023-10-20
c,pass,2022-01-01,2022-12-31,level,eq,50300,tonnes,5.03万吨,Daily,2023-01-20
"""
REPRINT = "d,gate,2022-01-01,2022-12-31,level,eq,100100,tonnes,10.01万吨,Mirror,2023-02-20\n"


def test_a_reprint_changes_nothing(tmp_path):
    file, batches = tmp_path / "ledger.csv", []
    for text in (LEDGER, LEDGER + REPRINT):
        file.write_text(HEADER + text, encoding="utf-8")
        batches.append(paths.reconstruct_all(known(ledger.read(file), day("2024-06-01")), sampling=Sampling(draws=40)))
    assert batches[0].path.height > 0
    assert batches[0].path.equals(batches[1].path)
