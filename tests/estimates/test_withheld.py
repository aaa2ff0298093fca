"""Figures that contradict each other enter no estimate, and everything that answers names them."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from analysis.core.errors import EvidenceError
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.estimates.attainment import attain
from analysis.estimates.contradictions import withheld
from analysis.estimates.inputs import inputs
from analysis.estimates.news import news
from analysis.runtime.folders import data_folder
from analysis.sources.evidence import Evidence, Known

HEADER = (
    "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,publisher,"
    "published_on,status"
)
FEW = Sampling(draws=50)


def row(
    name: str,
    value: float,
    start: str = "2022-01-01",
    end: str = "2022-12-31",
    *,
    series: str = "p.freight",
    printed: str = "",
    relation: str = "eq",
    measure: str = "level",
    status: str = "valid",
) -> str:
    """Return a row of a minimal ledger, published twenty days after its period."""
    published = dt.date.fromisoformat(end) + dt.timedelta(days=20)
    unit = "tonne/day" if measure == "daily_average" else "tonnes"
    cells = (
        name,
        series,
        start,
        end,
        measure,
        relation,
        value,
        unit,
        printed or int(value),
        "Office",
        published,
        status,
    )
    return ",".join(map(str, cells))


def known(folder: Path, *rows: str, registers: Mapping[str, str] | None = None) -> Known:
    """Return what a minimal ledger of some rows says, in a folder with some registers."""
    for name, text in (registers or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "ledger.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return Evidence.read(folder, statements=path).known()


TWO = (row("s1", 1e6, printed="100.0万吨"), row("s2", 1.09e6, printed="109.0万吨"))
NEXT = row("s3", 1_100_345, "2023-01-01", "2023-10-31")


# Three papers gave three figures for one period (corzani/giommons#12): a range or a refusal, never a silent choice.


def test_two_figures_of_one_year_give_no_probability_but_their_names(tmp_path: Path) -> None:
    result = attain(known(tmp_path, *TWO), series="p.freight", year=2022, target=1_050_000, sampling=FEW)
    assert result.probability is None
    assert result.reason == Reason("all_withheld", series="p.freight", statements="s1, s2")
    assert json.loads(json.dumps(result.as_json()))["withheld"] == ["s1", "s2"]


def test_two_figures_of_one_year_are_no_path_of_width_zero(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match=r"contradicts itself \(s1, s2\)"):
        paths.reconstruct_all(known(tmp_path, *TWO), sampling=FEW)
    batch = paths.reconstruct_all(known(tmp_path, *TWO, row("q", 5e5, series="q.freight")), sampling=FEW)
    assert batch.path["series_id"].unique().to_list() == ["q.freight"]
    assert batch.skipped["p.freight"].code == "all_withheld"
    assert len(batch.withheld) == 1
    assert batch.withheld[0].startswith("No estimate uses s1, s2: p.freight 2022-01-01 to 2022-12-31 level 100.0万吨")


def test_the_year_of_contradictory_figures_is_as_wide_as_its_neighbours_leave_it(tmp_path: Path) -> None:
    rows = row("s1", 1_200_345), row("s2", 1_201_345), NEXT
    batch = paths.reconstruct_all(known(tmp_path, *rows), sampling=Sampling(levels=(80,), draws=400))
    year = batch.path.filter((pl.col("freq") == "A") & (pl.col("time_period") == dt.date(2022, 1, 1)))
    assert year["upper"][0] / year["lower"][0] > 1.3
    assert year["obs_status"].to_list() == ["estimated"]


@pytest.mark.parametrize(
    "rows,expected",
    [
        pytest.param(TWO, {"s1", "s2"}, id="two figures"),
        pytest.param((*TWO, row("s4", 1_000_200)), {"s1", "s2", "s4"}, id="a third that agrees with one of them"),
        pytest.param((TWO[0], row("b", 1_100_000, relation="gt")), {"s1", "b"}, id="a figure and a bound"),
        pytest.param(
            (
                row("h1", 600_345, end="2022-06-30"),
                row("h2", 640_345, "2022-07-01"),
                row("y", 1_300_345),
            ),
            {"h1", "h2", "y"},
            id="halves that do not make up their year",
        ),
        pytest.param(
            (row("d", 3_000, measure="daily_average"), row("y", 1_300_345)),
            {"d", "y"},
            id="a daily average and the year",  # 3,000 a day are 1,095,000
        ),
        pytest.param((row("m", 1_300_345, end="2022-09-30"), row("y", 1_200_345)), {"m", "y"}, id="a falling sum"),
        pytest.param((TWO[0], row("a", 1_090_000, status="doubtful")), set(), id="one is judged doubtful"),
        pytest.param((TWO[0], row("r", 1_000_400)), set(), id="within the rounding of the other"),
    ],
)
def test_what_check_finds_is_in_no_fit(tmp_path: Path, rows: tuple[str, ...], expected: set[str]) -> None:
    chosen = inputs(known(tmp_path, *rows, NEXT, row("q", 5e5, series="q.freight")), series=["q.freight"])
    assert set(chosen.withheld["statement_id"]) == expected
    assert not expected & set(chosen.statements["statement_id"])
    assert "s3" in chosen.statements["statement_id"]


def test_what_the_register_explains_stays_in(tmp_path: Path) -> None:
    register = "kind,statement_ids,withheld,note\nsame figure,s1;s2,{},two scopes\n"
    for flag, ids in (("false", []), ("true", ["s1", "s2"])):
        registers = {"known_conflicts.csv": register.format(flag)}
        found = withheld(known(tmp_path, *TWO, registers=registers))
        assert found["statement_id"].to_list() == ids
        assert set(found["reason"]) <= {"two scopes"}


def test_what_was_not_yet_published_withholds_nothing(tmp_path: Path) -> None:
    rows = (row("s1", 1_000_345, end="2022-09-30"), row("late", 900_345))
    before = known(tmp_path, *rows).at(dt.date(2022, 12, 31))
    assert withheld(before).is_empty()
    assert withheld(known(tmp_path, *rows))["statement_id"].to_list() == ["late", "s1"]


def test_news_names_the_figure_that_took_another_one_with_it(tmp_path: Path) -> None:
    evidence = known(tmp_path, *TWO, NEXT).evidence
    told = news(evidence, "p.freight", since=dt.date(2023, 12, 1), until=dt.date(2023, 12, 31), year=2023, sampling=FEW)
    assert [sentence[:25] for sentence in told.withheld] == ["No estimate uses s1, s2: "]
    assert told.sentences()[-1] == told.withheld[0]


def test_a_ledger_of_doubtful_figures_says_so(tmp_path: Path) -> None:
    doubtful = known(tmp_path, row("g", 464_000, status="doubtful"))
    own = Reason("none_usable", series="p.freight", day=doubtful.as_of)
    whole = Reason("nothing_valid", day=doubtful.as_of)
    for asked, reason in (([], whole), (["p.freight"], own)):
        with pytest.raises(EvidenceError) as caught:
            inputs(doubtful, series=asked)
        assert caught.value.reason == reason


def test_every_contradiction_of_the_bundled_ledger_that_is_withheld_is_listed() -> None:
    listed = pl.read_csv(data_folder() / "known_conflicts.csv").filter("withheld")
    expected = {name for ids in listed["statement_ids"] for name in ids.split(";")}
    assert set(withheld(Evidence.read().known())["statement_id"]) == expected
