"""Paths of ledger series: what was known by a date, alone and in a batch."""

import datetime as dt

import polars as pl
import pytest

from analysis.core.errors import CoverageError, EvidenceError, PeriodError
from analysis.core.reasons import Reason
from analysis.core.sampling import Sampling
from analysis.estimates import paths
from analysis.methods.reconstruction.draws import FEW_PARTS
from analysis.sources import ledger
from analysis.sources.evidence import Known
from tests.evidence import known

HEADER = (
    "statement_id,series_id,period_start,period_end,measure,relation,value,unit,value_as_published,"
    "publisher,published_on"
)
AS_OF, END = dt.date(2024, 6, 1), dt.date(2024, 12, 1)
FORTY = Sampling(draws=40)


def rows(series: int) -> list[str]:
    """Three statements a series; the last series has growth alone."""
    found = []
    for i in range(series):
        year, part = 100 + 7 * i, 80 + 7 * i
        found += [
            f"a{i},gate{i},2022-01-01,2022-12-31,level,eq,{year}100,tonnes,{year / 10}1万吨,Daily,2023-01-20",
            f"b{i},gate{i},2023-01-01,2023-09-30,level,eq,{part}200,tonnes,{part / 10}2万吨,Daily,2023-10-20",
            f"c{i},gate{i},2024-01-01,2024-03-31,yoy_growth,eq,0.1,fraction,10%,Daily,2024-04-20",
        ]
    return [*found, "g,growth,2023-01-01,2023-12-31,yoy_growth,eq,0.2,fraction,20%,Daily,2024-01-20"]


@pytest.fixture
def statements(tmp_path):
    def read(series: int, *more: str) -> Known:
        path = tmp_path / "ledger.csv"
        path.write_text("\n".join([HEADER, *rows(series), *more]) + "\n", encoding="utf-8")
        return known(ledger.read(path), AS_OF)

    return read


def test_a_batch_does_not_depend_on_the_number_of_processes(statements):
    table = statements(FEW_PARTS + 1)
    one, two = (paths.reconstruct_all(table, end=END, sampling=FORTY, workers=n) for n in (1, 2))
    assert one.path.equals(two.path)
    assert one.path["series_id"].n_unique() == FEW_PARTS + 1


def test_a_series_without_a_level_is_named_and_the_others_are_kept(statements):
    batch = paths.reconstruct_all(statements(2), end=END, sampling=FORTY)
    assert list(batch.skipped) == ["growth"]
    assert batch.skipped["growth"] == Reason("no_level", series="growth")
    assert batch.path["series_id"].unique().sort().to_list() == ["gate0", "gate1"]


def test_a_series_asked_for_by_name_is_refused_without_a_level(statements):
    with pytest.raises(EvidenceError, match="growth has no usable level"):
        paths.reconstruct_all(statements(1), series=["growth"], end=END)


def test_one_series_alone_and_in_a_batch_are_the_same(statements):
    table = statements(3)
    window = {"start": dt.date(2022, 1, 1), "end": END, "sampling": FORTY}
    alone = paths.reconstruct(table, "gate1", **window).path
    assert alone.equals(paths.reconstruct_all(table, **window).path.filter(pl.col("series_id") == "gate1"))


def test_what_was_published_later_changes_nothing(statements):
    later = "d,gate0,2024-01-01,2024-05-31,level,eq,900100,tonnes,90.01万吨,Daily,2024-06-02"
    before, after = (
        paths.reconstruct(t, "gate0", end=END, sampling=FORTY) for t in (statements(1), statements(1, later))
    )
    assert before.path.equals(after.path)


def test_a_reprint_changes_nothing(statements):
    reprint = "d,gate0,2022-01-01,2022-12-31,level,eq,100100,tonnes,10.01万吨,Mirror,2023-02-20"
    before, after = (
        paths.reconstruct(t, "gate0", end=END, sampling=FORTY) for t in (statements(1), statements(1, reprint))
    )
    assert before.path.equals(after.path)


def test_an_unknown_series_and_a_backward_window_are_refused(statements):
    with pytest.raises(CoverageError, match="no series 'gate9'"):
        paths.reconstruct(statements(1), "gate9", end=END)
    with pytest.raises(PeriodError, match="another start or end"):
        paths.reconstruct(statements(1), "gate0", end=dt.date(2020, 1, 1))
