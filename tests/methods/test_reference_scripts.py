"""Values from outside stand beside the script that made them; those that need no other package are made anew."""

import json
import runpy

import pytest

from tests.repository import ROOT

FOLDERS = sorted(
    path for path in (ROOT / "tests" / "reference").iterdir() if path.is_dir() and path.name != "__pycache__"
)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_folder_of_values_holds_the_script_that_made_them(folder):
    scripts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    assert (folder / "values.json").exists()
    assert any("values.json" in script and "def main" in script for script in scripts)


def test_the_closed_forms_are_made_anew():
    folder = ROOT / "tests" / "reference" / "accuracy"
    script = runpy.run_path(str(folder / "closed_forms.py"))
    stored = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    assert round(script["crps_standard_normal"](0.0), 6) == stored["crps_N01_y0"]
    assert round(script["crps_standard_normal"](1.0), 6) == stored["crps_N01_y1"]
