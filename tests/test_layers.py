"""Modules import only downward."""

import pytest

from tests.layers import BELOW, LAYERS, modules, upward_imports
from tests.repository import ROOT

FILES = list(modules(ROOT / "analysis"))


@pytest.mark.parametrize("module,package,path", FILES, ids=[str(path.relative_to(ROOT)) for *_, path in FILES])
def test_no_module_imports_upward(module, package, path):
    assert upward_imports(module, path.read_text(encoding="utf-8"), package) == []


def test_every_layer_says_what_lies_below_it():
    assert set(BELOW) == set(LAYERS)
    order = list(LAYERS)
    for layer, below in BELOW.items():
        assert all(order.index(other) < order.index(layer) for other in below)


@pytest.mark.parametrize(
    "module,source",
    [
        ("periods", "from analysis.ledger import read"),
        ("reconstruction", "from analysis import ledger"),
        ("reconstruction", "import analysis.calendar"),
        ("freight", "def late():\n    from analysis.presentation import charts"),
        ("ledger", "import altair as alt"),
        ("reconstruction", "from pathlib import Path"),
        ("presentation", "from analysis.publishing.runner import report"),
        ("publishing", "from analysis.cli import main"),
    ],
)
def test_a_planted_upward_import_is_refused(module, source):
    assert len(upward_imports(module, source)) == 1


def test_a_relative_upward_import_is_refused():
    assert upward_imports("reconstruction", "from ..ledger import read", "analysis.reconstruction")
    assert upward_imports("reconstruction", "from .. import places", "analysis.reconstruction")
    assert not upward_imports("reconstruction", "from .prior import prior", "analysis.reconstruction")


def test_a_module_without_a_layer_is_refused():
    assert upward_imports("helpers", "import math") == ["analysis.helpers has no layer; give it one in tests/layers.py"]


def test_a_downward_import_passes():
    assert upward_imports("freight", "from analysis import ledger\nfrom analysis.errors import InputError") == []
    assert upward_imports("publishing", "from analysis import __version__") == []
