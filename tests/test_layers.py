"""Folders of `analysis` are layers, and modules import only from those before their own."""

import itertools

import pytest

from tests.layers import CLOSED, HIDDEN, LAYERS, circles, modules, upward_imports
from tests.repository import ROOT

SOURCES = modules(ROOT / "analysis")


def test_no_module_imports_upward():
    assert [sentence for module, source in SOURCES.items() for sentence in upward_imports(module, source)] == []


def test_the_package_holds_its_layers_and_nothing_else():
    entries = {path.name for path in (ROOT / "analysis").iterdir() if path.name != "__pycache__"}
    assert entries == {*LAYERS, "__init__.py", "py.typed"}
    assert set(CLOSED) | set(HIDDEN) < set(LAYERS)


def test_no_modules_import_each_other_in_a_circle():
    assert circles(SOURCES) == []


def test_desks_and_pages_mirror_each_other():
    desks, pages = (
        {path.name for path in (ROOT / "analysis" / layer).iterdir() if path.is_dir() and path.name != "__pycache__"}
        for layer in ("desks", "pages")
    )
    assert pages - {"parts", "words"} <= desks


@pytest.mark.parametrize("layer,later", list(itertools.pairwise(LAYERS)))
def test_a_planted_upward_import_is_caught_in_each_layer(layer, later):
    plants = (
        f"import analysis.{later}",
        f"from analysis.{later}.x import y",
        f"def f():\n    from analysis import {later}",
    )
    for plant in plants:
        assert len(upward_imports(f"analysis.{layer}.planted", plant)) == 1
        assert upward_imports(f"analysis.{later}.planted", plant) == []


@pytest.mark.parametrize(
    "module,source",
    [
        ("analysis.methods.growth", "from analysis.sources import ledger"),
        ("analysis.methods.reconstruction.prior", "from pathlib import Path"),
        ("analysis.sources.ledger.reading", "import altair as alt"),
        ("analysis.sources.ledger.reading", "from ...desks import port"),
        ("analysis.__init__", "from analysis.core import errors"),
    ],
)
def test_what_a_layer_is_closed_to_is_refused(module, source):
    assert len(upward_imports(module, source)) == 1


def test_a_module_outside_the_layers_is_refused():
    assert upward_imports("analysis.helpers", "import math") == [
        f"analysis.helpers lies in no layer; move it into one of {', '.join(LAYERS)}"
    ]


def test_a_planted_circle_is_caught_also_for_type_checkers():
    sources = {
        "analysis.core.a": "from analysis.core import b",
        "analysis.core.b": "if TYPE_CHECKING:\n    from analysis.core.c import C",
        "analysis.core.c": "def late():\n    import analysis.core.a",
        "analysis.core.d": "from analysis.core.a import A",
    }
    assert circles(sources) == [["analysis.core.a", "analysis.core.b", "analysis.core.c"]]
