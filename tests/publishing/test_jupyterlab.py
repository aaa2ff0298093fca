"""A real JupyterLab in headless Chromium: Run All and Save, zoom without a network, menus that lead the cells below."""

import os
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.runtime.cache import VARIABLE
from benchmarks.run_all import NOTEBOOKS, changed_lines, jupyterlab, passes_nbval

pytestmark = pytest.mark.browser

NAMES = ("your_place", "read_bulletins")

#: Lines that a save may change: the version of Python in `language_info`, and the menus that it found on the screen.
FEW = 30

PARAMETERS = 'place = "irkeshtam"  # port\nedition = "2023-11"  # month\nas_of = "2023-11-30"  # cut-off'
MENUS = "from analysis.pages.parts import menus\nmenus.offer(place=place, edition=edition, as_of=as_of)"
CHART = """\
import polars as pl
from analysis.pages.parts.accuracy import error_by_horizon
models = ["silkport"] * 2 + ["seasonal naive"] * 2
error_by_horizon(pl.DataFrame({"model": models, "horizon": [1, 2, 1, 2], "mase": [0.5, 0.6, 0.7, 0.9]}))
"""
PICTURE = "document.querySelector('.jp-RenderedVegaCommon5 canvas').toDataURL()"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    pytest.importorskip("playwright.sync_api")
    pytest.importorskip("jupyterlab")
    pytest.importorskip("ipywidgets")
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")
    folder = tmp_path_factory.mktemp("lab")
    for name in NAMES:
        shutil.copy(NOTEBOOKS / f"{name}.ipynb", folder)
    cells = [new_code_cell(source) for source in (PARAMETERS, MENUS, "print(place, edition, as_of)", CHART)]
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), folder / "small.ipynb")
    with jupyterlab(folder) as running:
        yield running, folder


def choose(page, option):
    """Choose an entry of the menu that has it."""
    page.evaluate("window.jupyterapp.shell.currentWidget.content.scrollToItem(1, 'start')")
    page.locator("select").filter(has=page.locator("option", has_text=option)).first.select_option(option)


@pytest.mark.parametrize("name", NAMES)
def test_run_all_and_save_leaves_a_notebook_that_nbval_passes(lab, name):
    running, folder = lab
    running.open(f"{name}.ipynb")
    running.run_all()
    running.save()
    running.close()
    saved = folder / f"{name}.ipynb"
    changed = changed_lines(NOTEBOOKS / saved.name, saved)
    assert len(changed) <= FEW, "\n".join(changed[:60])
    assert passes_nbval(saved, os.environ[VARIABLE])


def test_a_chart_is_zoomed_and_filtered_without_a_network_and_the_menus_lead_the_cells_below(lab):
    running, folder = lab
    running.open("small.ipynb")
    page = running.page
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    running.run_all()
    chart = page.locator(".jp-RenderedVegaCommon5 canvas").first
    chart.scroll_into_view_if_needed()
    before = page.evaluate(PICTURE)
    chart.hover(position={"x": 200, "y": 200})
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(300)
    assert page.evaluate(PICTURE) == before, "a wheel alone zooms"
    chart.hover(position={"x": 200, "y": 200})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(f"before => {PICTURE} !== before", arg=before)
    chart.dblclick(position={"x": 200, "y": 200})
    page.wait_for_function(f"before => {PICTURE} === before", arg=before)
    choose(page, "Torugart")
    page.get_by_text("torugart 2023-11 2023-11-30").wait_for()
    choose(page, "2024-02")
    page.get_by_text("torugart 2024-02 2024-02-29").wait_for()
    running.save()
    assert [url for url in asked if not url.startswith((running.address, "data:", "blob:"))] == []
    assert faults == []
    stored = nbformat.read(folder / "small.ipynb", as_version=4)
    assert stored.cells[0].source == PARAMETERS
