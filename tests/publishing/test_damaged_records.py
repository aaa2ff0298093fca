"""Manifests, states and summaries that are valid JSON of another shape count as absent; the page is built again."""

import json

import pytest

from analysis.core.errors import ReportError
from analysis.publishing.edition import index, runner, state
from analysis.publishing.output import manifest

pytestmark = pytest.mark.usefixtures("without_fonts")

#: What stands in place of an object, or of one of its values.
SHAPES = (None, [], [[]], "text", 7, {}, {"a": 1}, [None], True)


@pytest.fixture
def stood(edition):
    """Return the content of a manifest of the edition that stands."""
    return json.loads((edition / "one.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", [None, "files", "page", "report"])
def test_a_manifest_of_another_shape_counts_as_absent(tmp_path, stood, key, shape):
    content = shape if key is None else stood | {key: shape}
    (tmp_path / "one.json").write_text(json.dumps(content), encoding="utf-8")
    assert manifest.read(tmp_path, "one") is None


@pytest.mark.parametrize(
    "key,shape",
    [("title", None), ("headline", 5), ("status", []), ("coverage", "half"), ("coverage", 7), ("withheld", None),
     ("withheld_zh", [1]), ("spark", {})],
)  # fmt: skip
def test_a_page_record_that_no_index_can_show_counts_as_absent(edition, tmp_path, stood, key, shape):
    for name in stood["files"]:
        (tmp_path / name).write_bytes((edition / name).read_bytes())
    write = (tmp_path / "one.json").write_text
    write(json.dumps(stood), encoding="utf-8")
    assert manifest.read(tmp_path, "one") is not None
    write(json.dumps(stood | {"page": stood["page"] | {key: shape}}), encoding="utf-8")
    assert manifest.read(tmp_path, "one") is None


def test_a_manifest_without_its_page_counts_as_absent(edition, tmp_path):
    (tmp_path / "one.json").write_bytes((edition / "one.json").read_bytes())
    assert manifest.read(tmp_path, "one") is None


@pytest.mark.parametrize("asked", [*SHAPES, {"pack": 1, "only": [], "lang": "en"},
                                   {"pack": "small", "only": None, "lang": "en"},
                                   {"pack": "small", "only": ["one"], "lang": "fr"}])  # fmt: skip
def test_a_state_of_another_shape_counts_as_absent(tmp_path, asked):
    for content in (asked, {"asked": asked}):
        (tmp_path / ".2023-11.json").write_text(json.dumps(content), encoding="utf-8")
        assert "asked" not in state.read(tmp_path, "2023-11")
    with pytest.raises(ReportError, match="Leave --resume out"):
        runner.report(resume=True, out=tmp_path)


def test_a_file_named_after_no_month_is_no_run_to_go_on_with(tmp_path):
    choices = {"asked": {"pack": "small", "only": ["one"], "lang": "en"}}
    (tmp_path / ".2023-99.json").write_text(json.dumps(choices), encoding="utf-8")
    assert state.interrupted_edition(tmp_path) is None
    (tmp_path / ".2023-09.json").write_text(json.dumps(choices), encoding="utf-8")
    assert state.interrupted_edition(tmp_path) == "2023-09"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("key", [None, "edition", "as_of", "reports", "failed"])
def test_an_edition_whose_summary_has_another_shape_ends_no_index(tmp_path, key, shape):
    summary = {"edition": "2023-11", "as_of": "2023-11-30", "reports": ["one"], "failed": {}}
    (tmp_path / "2023-11").mkdir()
    content = shape if key is None else summary | {key: shape}
    (tmp_path / "2023-11" / index.EDITION).write_text(json.dumps(content), encoding="utf-8")
    assert b"<html" in index.render_editions(tmp_path, lang="both")


def test_nothing_to_resume_is_said(project):
    with pytest.raises(ReportError, match=r"no run was broken off.*Leave --resume out"):
        runner.report(resume=True)
    with pytest.raises(ReportError, match=r"no run of 2023-11 was broken off.*Leave --resume out"):
        runner.report(resume=True, edition="2023-11")
    assert not (project / "reports").exists()
