"""Draws that add up over ports, modes, region, months and years."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, InputError
from analysis.core.periods import add_months, month_range
from analysis.methods import forecasting
from analysis.methods.reconciliation import errors_of_last_year, hierarchy, long_draws, reconcile

SUMS = pl.DataFrame(
    [
        ("region", "horgos"), ("region", "alashankou"), ("all road", "horgos.road"), ("all road", "alashankou.road"),
        ("horgos", "horgos.road"), ("horgos", "horgos.rail"), ("alashankou", "alashankou.road"),
        ("alashankou", "alashankou.rail"),
    ],
    schema=["series_id", "part_id"], orient="row",
)  # fmt: skip
TREE = hierarchy(SUMS)
START, HORIZON, DRAWS = dt.date(2025, 3, 1), 14, 300
MONTHS = month_range(START, add_months(START, HORIZON - 1))
#: Every forecast was made by itself: the region's says more than its parts together.
LEVELS = {
    "region": 110.0, "all road": 48.0, "horgos": 60.0, "alashankou": 40.0, "horgos.road": 30.0, "horgos.rail": 29.0,
    "alashankou.road": 15.0, "alashankou.rail": 24.0,
}  # fmt: skip


def long(values, name="obs_value"):
    """Return an array by series, month and draw as a long table."""
    keys = [(series, month, draw) for series in LEVELS for month in MONTHS for draw in range(values.shape[2])]
    table = pl.DataFrame(keys, schema=["series_id", "time_period", "draw"], orient="row")
    return table.with_columns(pl.Series(name, values.ravel()))


def base(seed=1, closed=()):
    rng = np.random.default_rng(seed)
    level = np.array(list(LEVELS.values()))[:, None, None]
    values = level * np.exp(0.15 * rng.standard_normal((len(LEVELS), 1, DRAWS)))
    values = values * np.exp(0.1 * rng.standard_normal((len(LEVELS), HORIZON, DRAWS)))
    for name in closed:
        values[list(LEVELS).index(name), 9:12] = 0.0
    return values


def errors(seed=2):
    rng = np.random.default_rng(seed)
    common = rng.standard_normal(48)
    rows = [
        (name, add_months(dt.date(2021, 1, 1), place), level * 0.1 * (common[place] + 0.5 * own))
        for name, level in LEVELS.items()
        for place, own in enumerate(rng.standard_normal(48))
    ]
    return pl.DataFrame(rows, schema=["series_id", "time_period", "error"], orient="row")


KNOWN = pl.DataFrame(
    [(name, month, LEVELS[name]) for name in TREE.parts
     for month in month_range(dt.date(2024, 6, 1), dt.date(2025, 2, 1))],
    schema=["series_id", "time_period", "obs_value"], orient="row",
)  # fmt: skip
PARTS = sum(LEVELS[name] for name in TREE.parts)


@pytest.fixture(scope="module")
def found():
    return reconcile(long(base()), SUMS, errors=errors(), known=KNOWN)


def by_series(table, value, *keys):
    """Return the values of each series in the order of the keys."""
    return {name: group.sort(*keys)[value].to_numpy() for (name,), group in table.group_by("series_id")}


def test_every_draw_adds_up_over_ports_and_over_modes(found):
    values = by_series(found.draws, "obs_value", "time_period", "draw")
    for (total,), parts in SUMS.group_by("series_id"):
        assert values[total] == pytest.approx(sum(values[part] for part in parts["part_id"]), rel=1e-12)
    assert len(values) == len(LEVELS)


def test_means_add_up_over_ports_and_over_years(found):
    path = found.path.filter(pl.col("level") == 80)
    for freq in ("M", "A"):
        means = by_series(path.filter(pl.col("freq") == freq), "mean", "time_period")
        for (total,), parts in SUMS.group_by("series_id"):
            assert means[total] == pytest.approx(sum(means[part] for part in parts["part_id"]), rel=1e-12)
    months = path.filter((pl.col("freq") == "M") & (pl.col("series_id") == "horgos.rail"))
    year = path.filter((pl.col("freq") == "A") & (pl.col("series_id") == "horgos.rail"))
    assert year["time_period"].to_list() == [dt.date(2025, 1, 1)]
    in_year = months.filter(pl.col("time_period") < dt.date(2026, 1, 1))["mean"].sum()
    assert year["mean"][0] == pytest.approx(2 * LEVELS["horgos.rail"] + in_year, rel=1e-12)


def test_the_year_of_every_draw_is_the_sum_of_its_months(found):
    year = found.path.filter((pl.col("freq") == "A") & (pl.col("series_id") == "region") & (pl.col("level") == 80))
    draws = found.draws.filter((pl.col("series_id") == "region") & (pl.col("time_period") < dt.date(2026, 1, 1)))
    totals = draws.group_by("draw").agg(pl.col("obs_value").sum())["obs_value"].to_numpy() + 2 * PARTS
    bounds = np.quantile(totals, [0.1, 0.5, 0.9])
    assert [year[name][0] for name in ("lower", "median", "upper")] == pytest.approx(bounds, rel=1e-5)


def test_forecasts_that_disagree_meet_in_between(found):
    means = found.adjustments.group_by("series_id").agg(pl.col("base_mean", "mean").mean())
    region = means.filter(pl.col("series_id") == "region").row(0, named=True)
    parts = means.filter(pl.col("series_id").is_in(TREE.parts))
    assert parts["base_mean"].sum() < region["mean"] < region["base_mean"]


def test_ports_that_err_together_make_the_region_less_sure_than_independent_ones():
    together = reconcile(long(base()), SUMS, errors=errors())
    rng = np.random.default_rng(3)
    apart = errors().with_columns(error=pl.Series(rng.standard_normal(48 * len(LEVELS))))
    independent = reconcile(long(base()), SUMS, errors=apart)

    def width(result):
        rows = result.path.filter((pl.col("series_id") == "region") & (pl.col("level") == 80))
        return (rows["upper"] - rows["lower"]).mean()

    assert width(together) > 1.2 * width(independent)


def test_a_closed_month_stays_exactly_zero_and_nothing_is_negative():
    found = reconcile(long(base(closed=("horgos.road", "alashankou.road", "all road"))), SUMS, errors=errors())
    road = found.draws.filter(pl.col("series_id").is_in(["horgos.road", "alashankou.road", "all road"]))
    closed = road.filter(pl.col("time_period").is_in(MONTHS[9:12]))
    assert closed["obs_value"].max() == 0
    assert found.draws["obs_value"].min() >= 0
    assert road.filter(~pl.col("time_period").is_in(MONTHS[9:12]))["obs_value"].max() > 0


def test_no_draw_is_negative_where_a_small_part_would_be():
    values = base()
    names = list(LEVELS)
    # The port and its railway leave less than nothing for the road, and are sure of it.
    values[names.index("alashankou")] = 20 + 0.01 * values[names.index("alashankou")]
    values[names.index("alashankou.rail")] = 24 + 0.01 * values[names.index("alashankou.rail")]
    found = reconcile(long(values), SUMS, errors=errors())
    road = found.draws.filter(pl.col("series_id") == "alashankou.road")["obs_value"]
    assert road.min() == 0.0
    assert (road == 0.0).mean() > 0.2
    assert found.draws["obs_value"].min() == 0.0


def test_forecasts_that_add_up_already_keep_their_numbers():
    parts = base()[-4:]
    whole = np.einsum("sp,pmd->smd", TREE.S, parts)
    order = [list(TREE.series).index(name) for name in LEVELS]
    # Errors of sums that are sums of errors: the draws are put into one and the same order.
    table = (
        errors().filter(pl.col("series_id").is_in(TREE.parts)).pivot("series_id", index="time_period", values="error")
    )
    sums = (TREE.S @ table.select(TREE.parts).to_numpy().T)[order]
    rows = [(name, month, error) for name, line in zip(LEVELS, sums, strict=True)
            for month, error in zip(table["time_period"], line, strict=True)]  # fmt: skip
    made = pl.DataFrame(rows, schema=["series_id", "time_period", "error"], orient="row")
    found = reconcile(long(whole[order]), SUMS, errors=made)
    assert found.adjustments["mean"].to_numpy() == pytest.approx(found.adjustments["base_mean"].to_numpy(), rel=0.02)


def test_the_order_of_rows_does_not_matter(found):
    shuffled = reconcile(
        long(base()).sample(fraction=1, shuffle=True, seed=1), SUMS, errors=errors().reverse(), known=KNOWN.reverse()
    )
    assert shuffled.path.equals(found.path)


def test_errors_of_last_year_are_this_year_less_the_last():
    months = [dt.date(2023, 5, 1), dt.date(2024, 5, 1), dt.date(2024, 6, 1)]
    panel = pl.DataFrame({"series_id": ["a"] * 3, "time_period": months, "obs_value": [3.0, 5.0, 9.0]})
    assert errors_of_last_year(panel).rows() == [("a", dt.date(2024, 5, 1), 2.0)]


@pytest.mark.parametrize(
    "rows,words",
    [
        ([], "table of sums is empty"),
        ([("a", "b"), ("a", "b")], "The part b stands twice in a"),
        ([("a", "b"), ("b", "a")], "The sum a contains itself, by way of a and b"),
        ([("a", "b"), ("a", "c"), ("b", "c"), ("b", "d")], "The sum a holds c twice"),
    ],
)
def test_sums_that_are_no_hierarchy_are_refused(rows, words):
    table = pl.DataFrame(rows, schema={"series_id": pl.String, "part_id": pl.String}, orient="row")
    with pytest.raises(InputError, match=words):
        hierarchy(table)


def test_a_series_without_draws_or_errors_is_named():
    with pytest.raises(CoverageError, match=r"The draws lack horgos\.rail, which the sums name"):
        reconcile(long(base()).filter(pl.col("series_id") != "horgos.rail"), SUMS, errors=errors())
    with pytest.raises(CoverageError, match="The errors lack region"):
        reconcile(long(base()), SUMS, errors=errors().filter(pl.col("series_id") != "region"))


def test_a_missing_draw_is_named():
    table = long(base())
    lost = (pl.col("series_id") == "horgos") & (pl.col("draw") == 7) & (pl.col("time_period") == MONTHS[0])
    with pytest.raises(CoverageError, match="The series horgos has 4199 draws, not one for each of 14 months and 300"):
        reconcile(table.filter(~lost), SUMS, errors=errors())


# tidyverts/fabletools#358: a missing value ends in an error of the algebra.
@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_a_draw_that_is_no_number_is_named(value):
    where = (pl.col("series_id") == "horgos") & (pl.col("draw") == 7) & (pl.col("time_period") == MONTHS[2])
    table = long(base()).with_columns(obs_value=pl.when(where).then(pl.lit(value)).otherwise("obs_value"))
    with pytest.raises(InputError, match=f"horgos has a draw of {value} in 2025-05, which is no finite number"):
        reconcile(table, SUMS, errors=errors())


def test_an_error_that_is_no_number_is_named():
    where = (pl.col("series_id") == "horgos") & (pl.col("time_period") == dt.date(2022, 3, 1))
    strange = errors().with_columns(error=pl.when(where).then(float("nan")).otherwise("error"))
    with pytest.raises(InputError, match="horgos has an error of nan in 2022-03, which is no finite number"):
        reconcile(long(base()), SUMS, errors=strange)


def test_two_periods_of_errors_are_too_few():
    with pytest.raises(CoverageError, match="Only 2 periods have an error of every series"):
        reconcile(long(base()), SUMS, errors=errors().filter(pl.col("time_period") < dt.date(2021, 3, 1)))


def test_forecasts_of_the_engine_add_up_once_reconciled():
    rng = np.random.default_rng(4)
    months = month_range(dt.date(2019, 1, 1), dt.date(2024, 12, 1))
    season = 1 + 0.3 * np.sin(np.arange(72) * np.pi / 6)
    road, rail = (100 * season * np.exp(np.cumsum(0.05 * rng.standard_normal(72))) for _ in range(2))
    values = {"port": road + rail, "road": road, "rail": rail}
    panel = pl.concat(
        pl.DataFrame({"series_id": name, "time_period": months, "obs_value": row}) for name, row in values.items()
    )
    separate = forecasting.forecast(panel, horizon=12, draws=200, seed=3)
    draws = long_draws(separate.table, separate.draws)
    first = draws.filter((pl.col("series_id") == "road") & (pl.col("time_period") == dt.date(2025, 3, 1)))
    assert first.sort("draw")["obs_value"].to_list() == separate.draws["road"][:, 2].tolist()
    sums = pl.DataFrame({"series_id": ["port", "port"], "part_id": ["road", "rail"]})
    found = reconcile(draws, sums, errors=errors_of_last_year(panel))
    mean = found.path.filter((pl.col("freq") == "A") & (pl.col("level") == 80)).select("series_id", "mean")
    annual = dict(mean.iter_rows())
    assert annual["port"] == pytest.approx(annual["road"] + annual["rail"], rel=1e-12)
    apart = {name: float(paths.sum(axis=1).mean()) for name, paths in separate.draws.items()}
    assert abs(apart["port"] - apart["road"] - apart["rail"]) > 1e-3
    assert annual["port"] == pytest.approx(apart["port"], rel=0.1)
