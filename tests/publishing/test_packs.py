"""A pack is read whole or refused in one sentence."""

import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.publishing.edition import packs


@pytest.mark.usefixtures("project")
def test_reports_keep_the_order_of_the_file():
    pack = packs.load("small")
    assert (pack.title, [report.id for report in pack.reports]) == ("Small pack", ["one", "two"])
    assert [report.id for report in pack.select(["two"])] == ["two"]


@pytest.mark.usefixtures("project")
def test_unknown_names_get_a_suggestion():
    with pytest.raises(CoverageError, match=r"no pack 'smal'.*Did you mean 'small'"):
        packs.load("smal")
    with pytest.raises(CoverageError, match=r"no report 'tow'.*Did you mean 'two'"):
        packs.load("small").select(["tow"])


@pytest.mark.parametrize(
    "reports,sentence",
    [
        ("", "lists no report"),
        ("[[report", "no TOML file"),
        ('[[report]]\nid = "../x"\nnotebook = "small.ipynb"', "id '../x'"),
        ('[[report]]\nid = "index"\nnotebook = "small.ipynb"', "id 'index'"),
        ('[[report]]\nid = "a"\nnotebook = "none.ipynb"', "'none.ipynb', which is not there"),
        ('[[report]]\nid = "a"', "names the notebook None"),
        ('[[report]]\nid = "a"\nnotebook = "small.ipynb"\n' * 2, "lists a more than once"),
    ],
)
def test_a_broken_pack_is_refused(pack_of, reports, sentence):
    pack_of(reports)
    with pytest.raises(ParameterError, match=sentence):
        packs.load("small")
