"""Returns of a plan's projects: what a return cannot be."""

from pathlib import Path

import pytest

from analysis.core.errors import InputError
from analysis.runtime.folders import data_folder
from analysis.sources import project_returns

HEADER = ",".join(project_returns.RETURNS)
ROW = "School,2024-02,300,0.5,180,false"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "returns.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_the_template_has_the_columns_of_a_return():
    template = data_folder() / "project_returns_template.csv"
    assert template.read_text(encoding="utf-8") == HEADER + "\n"


@pytest.mark.parametrize(
    "row,sentence",
    [
        ("School,2024-13,400,0.6,200,false", "month '2024-13' is no month"),
        ("School,2024-03,-1,0.6,200,false", "planned_cny is -1"),
        ("School,2024-03,,0.6,200,false", "planned_cny is empty"),
        ("School,2024-03,400,60,200,false", "share_done is 60. Enter a share from 0 to 1"),
        ("School,2024-03,400,0.6,,false", "go together"),
        ("School,2024-03,200,0.6,200,false", "planned_cny falls"),
        ("School,2024-03,400,0.4,200,false", "share_done falls"),
        ("School,2024-03,400,0.6,100,false", "spent_cny falls"),
        ("School,2024-03,400,0.6,200,true", "stands among real returns"),
        (ROW, "stands on line 2 already"),
    ],
)
def test_a_return_that_cannot_be_is_refused_by_line(tmp_path: Path, row: str, sentence: str):
    with pytest.raises(InputError) as caught:
        project_returns.read(write(tmp_path, ROW, row))
    assert ":3: " in str(caught.value)
    assert sentence in str(caught.value)
