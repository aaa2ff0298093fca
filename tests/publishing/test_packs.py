"""A pack is read whole or refused in one sentence."""

import pytest

from analysis.core.errors import CoverageError, ParameterError
from analysis.publishing.edition import packs

ONE = '[[report]]\nid = "a"\nnotebook = "small.ipynb"\n'


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
        (
            '[[report]]\nid = "a"\nnotebook = "none.ipynb"',
            r"'none.ipynb', which is not in .*\. Use one of small\.ipynb",
        ),
        ('[[report]]\nid = "a"', "names the notebook None"),
        ('[[report]]\nid = "a"\nnotebook = "small.ipynb"\n' * 2, "lists a more than once"),
        (
            f'{ONE}parameter = {{ place = "horgos" }}',
            r"Report 'a'.* has the key 'parameter'.*Did you mean 'parameters'\?",
        ),
        (f"{ONE}tonnes = 1", r"has the key 'tonnes', which means nothing\. Use one of id, notebook, parameters"),
        (f"{ONE}parameters = 1", "Report 'a' in .* has the parameters 1. Write a table"),
        (f"{ONE}parameters = []", r"has the parameters \[\]"),
        (f'{ONE}parameters = {{ as_of = "2020-01-31" }}', "gives 'as_of', which is that of the edition"),
        (f'{ONE}parameters = {{ edition = "2020-01" }}', "gives 'edition', which is that of the edition"),
        (f"reports = 1\n{ONE}", r"The pack .* has the key 'reports'.*Did you mean 'report'\?"),
        (f"title_zn = 'x'\n{ONE}", "has the key 'title_zn'.*Did you mean 'title_zh'"),
        (f"title_zh = 5\n{ONE}", "The title_zh of the pack .* is 5. Write a text"),
        (
            '[[report]]\nid = "a"\nnotebook = "smal.ipynb"',
            r"'smal.ipynb', which is not in .*Did you mean 'small.ipynb'\?",
        ),
        ('[[report]]\nID = "a"\nnotebook = "small.ipynb"', r"A report in .* has the key 'ID'.*Did you mean 'id'\?"),
        ("report = 'a'", "are no list of tables"),
        ("report = ['a']", "are no list of tables"),
        ("[report]\nid = 'a'", "are no list of tables"),
    ],
)
def test_a_broken_pack_is_refused(pack_of, reports, sentence):
    pack_of(reports)
    with pytest.raises(ParameterError, match=sentence):
        packs.load("small")


def test_a_pack_saved_with_a_byte_order_mark_is_read(project):
    path = project / "data" / "packs" / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [report.id for report in packs.load("small").reports] == ["one", "two"]


def test_a_pack_that_is_no_file_is_refused(project):
    (project / "data" / "packs" / "folder.toml").mkdir()
    with pytest.raises(ParameterError, match="cannot be read"):
        packs.load("folder")
