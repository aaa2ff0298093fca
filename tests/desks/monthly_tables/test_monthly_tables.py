"""The desk of monthly tables on an invented table: what is known by a day, sums that add up, models and the record."""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.core.periods import Edition, add_months, month_range
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.desks import monthly_tables as desk
from analysis.desks.monthly_tables.sums import ALL, GROUP
from analysis.methods.backtesting import Backtest
from tests.evidence import bundled

FIRST, LAST = dt.date(2016, 1, 1), dt.date(2022, 12, 1)
EDITION = Edition.of("2023-01")
OPTIONS = {"edition": EDITION, "years": 7, "origins": 1, "sampling": Sampling(draws=100)}


def invented(names=("a", "b", "c"), gap=None):
    months = month_range(FIRST, LAST)
    rng = np.random.default_rng(3)
    tables = []
    for place, name in enumerate(names):
        season = 0.2 * np.sin(np.arange(len(months)) * np.pi / 6)
        logs = 6 + place + season + np.cumsum(0.02 * rng.standard_normal(len(months)))
        tables.append(pl.DataFrame({"series_id": name, "time_period": months, "obs_value": np.exp(logs).round(1)}))
    table = pl.concat(tables)
    return table if gap is None else table.filter(~((pl.col("series_id") == "a") & (pl.col("time_period") == gap)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    invented().write_csv(folder / "panel.csv")
    invented(gap=dt.date(2021, 5, 1)).write_csv(folder / "gappy.csv")
    (folder / "names.csv").write_text(
        "series_id,name,name_zh,unit,unit_zh,part_of,part_of_zh\n"
        "a,Gate A,甲,tonnes,吨,North,北\nb,Gate B,乙,tonnes,吨,North,北\nc,Gate C,丙,tonnes,吨,South,南\n",
        encoding="utf-8",
    )
    (folder / "events.csv").write_text(
        "name,name_zh,start,end,source\nstrike,罢工,2019-03-01,2019-04-01,\nlater,以后,2030-01-01,,\n", encoding="utf-8"
    )
    return folder


def source(folder, file="panel.csv", series="a,b,c", as_of=dt.date(2023, 1, 31), **options):
    return desk.read(
        bundled().known(as_of), file=str(folder / file), series=series, names_file=str(folder / "names.csv"), **options
    )


@pytest.fixture(scope="module")
def outlook(folder):
    return desk.outlook(source(folder), desk.explanatory(events_file=str(folder / "events.csv")), **OPTIONS)


def test_a_month_is_known_so_many_days_after_its_end(folder):
    assert source(folder).last("a") == dt.date(2022, 12, 1)
    assert source(folder, as_of=dt.date(2023, 1, 30)).last("a") == dt.date(2022, 11, 1)
    assert source(folder, as_of=dt.date(2023, 1, 30), days_to_publish=20).last("a") == dt.date(2022, 12, 1)


def test_sums_stand_before_their_parts(outlook):
    assert outlook.order == (ALL, GROUP + "North", "a", "b", "c")
    assert outlook.main == "a"


def test_means_of_parts_add_up_to_their_sums(outlook):
    mean = {name: outlook.total(name)["mean"] for name in outlook.order}
    assert mean[GROUP + "North"] == pytest.approx(mean["a"] + mean["b"], rel=1e-5)
    assert mean[ALL] == pytest.approx(mean["a"] + mean["b"] + mean["c"], rel=1e-5)


def test_the_months_before_are_the_figures_of_the_file(outlook):
    last_year = invented().filter(pl.col("time_period") > add_months(LAST, -12))
    by_series = dict(last_year.group_by("series_id").agg(pl.col("obs_value").sum()).iter_rows())
    assert outlook.total("b")["before"] == pytest.approx(by_series["b"])
    assert outlook.total(ALL)["before"] == pytest.approx(sum(by_series.values()))
    assert outlook.total("a")["first"] == dt.date(2023, 1, 1)
    assert outlook.total("a")["last"] == dt.date(2023, 12, 1)


def test_only_events_that_the_months_show_enter_the_models(outlook):
    assert outlook.models["a"].explanation.effects["effect"].to_list() == ["interventions: strike"]
    assert outlook.models["a"].airline.effects["effect"].to_list() == ["interventions: strike"]


def test_each_series_has_three_forecasts_of_the_same_months(outlook):
    counted = outlook.side_by_side().filter(pl.col("level") == 80).group_by("series_id", "model").len()
    assert counted["len"].to_list() == [12] * 9


def test_the_three_models_agree_on_a_tame_series(outlook):
    for name in "abc":
        table = outlook.side_by_side().filter((pl.col("series_id") == name) & (pl.col("level") == 80))
        sums = table.group_by("model").agg(pl.col("median").sum())["median"]
        assert sums.max() / sums.min() < 1.15


def test_the_newest_month_is_compared_with_the_forecast_without_it(outlook):
    row = outlook.ahead.newest.row(by_predicate=pl.col("series_id") == "c", named=True)
    figure = invented().filter((pl.col("series_id") == "c") & (pl.col("time_period") == LAST))["obs_value"][0]
    assert (row["time_period"], row["months"], row["actual"]) == (LAST, 11, figure)
    assert row["lower80"] < row["median"] < row["upper80"]


def test_the_record_is_of_the_chosen_series_only(folder):
    record = desk.outlook(source(folder, series="b"), desk.explanatory(), **OPTIONS).record
    assert isinstance(record, Backtest)
    assert record.table["series_id"].unique().to_list() == ["b"]
    assert record.table["origin"].unique().to_list() == [dt.date(2021, 12, 1)]


@pytest.fixture(scope="module")
def gappy(folder):
    return desk.outlook(source(folder, "gappy.csv", series="a"), desk.explanatory(), **OPTIONS | {"origins": 0})


def test_a_gap_is_bridged_by_the_models_and_refused_by_the_adjustments(gappy):
    fits = gappy.models["a"]
    assert fits.explanation.series["obs_value"].null_count() == 1
    assert fits.airline.ahead.height == 24
    assert fits.adjustments == dict.fromkeys(("x13", "stl"), Reason("gap_month", month="2021-05"))


def test_what_cannot_be_said_has_its_reason(gappy):
    assert gappy.record == Reason("no_past")
    assert gappy.sums == Reason("one_series")
    assert gappy.order == ("a",)


def test_without_a_season_no_model_is_fitted(folder):
    found = desk.outlook(source(folder, series="a"), desk.explanatory(), **OPTIONS | {"origins": 0}, season=1)
    assert found.models["a"].explanation == Reason("no_season")
    assert len(found.ahead.path.filter(pl.col("level") == 80)) == 12


def test_regressors_of_ones_own_reach_the_models(folder):
    months = month_range(FIRST, add_months(LAST, 12))
    price = pl.DataFrame({"time_period": months, "price": np.random.default_rng(1).standard_normal(len(months))})
    price.write_csv(folder / "price.csv")
    chosen = desk.explanatory(regressors_file=str(folder / "price.csv"))
    found = desk.outlook(source(folder, series="a"), chosen, **OPTIONS | {"origins": 0})
    row = found.models["a"].explanation.effects.row(0, named=True)
    assert row["effect"] == "regressors: price"
    assert abs(row["z"]) < 3


def test_closures_of_a_port_become_shares_of_months():
    chosen = desk.explanatory(place="irkeshtam")
    known, months = bundled().known(dt.date(2023, 1, 31)), invented(names=("a",)).drop("series_id")
    table = chosen.regressors(known, months, horizon=2)
    shares = [name for name in table.columns if name.startswith("closures: ")]
    assert shares
    assert table.select(pl.all_horizontal(pl.col(shares).is_between(0, 1).all())).item()
    assert {"festival: before", "festival: during", "festival: after"} <= set(table.columns)
    assert len(table) == len(months) + 2


@pytest.mark.parametrize(
    "options,error,words",
    [
        ({"series": ""}, ParameterError, "A page shows 1 to 12 series, and 0 are named"),
        ({"series": "a, x"}, CoverageError, "has no series 'x' with figures by 2023-01-31"),
    ],
)
def test_a_series_that_is_not_there_is_refused(folder, options, error, words):
    with pytest.raises(error, match=words):
        source(folder, **options)
