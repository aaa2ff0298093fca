"""Menus for the parameters of a notebook: place, month, cut-off and language, where a person looks.

A choice sets the variables of the parameters cell, and the cells below run again. Without ipywidgets, and where nobody
looks, nothing is shown and nothing changes: papermill gives the parameters, and Run All starts from those of the cell.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any

from analysis.core.periods import add_months, month_end, month_range, month_start, parse_month
from analysis.pages.words import session
from analysis.pages.words.cells import LANGUAGES, Both, text
from analysis.pages.words.names import short_name
from analysis.pages.words.phrases import MODES
from analysis.sources.evidence import Evidence

#: What each menu is called.
NAMES = {
    "place": Both("Place", "地点"), "park": Both("Park", "园区"), "mode": Both("Mode", "方式"),
    "edition": Both("Month", "月份"), "as_of": Both("Cut-off", "数据截至"), "lang": Both("Language", "语言"),
}  # fmt: skip

_LANGUAGES = {"en": "English", "zh": "中文"}

#: Years of months that the menu of months offers before the one of the parameters cell.
_YEARS = 10

_WIDGET = "application/vnd.jupyter.widget-view+json"

#: Runs the cells after the one that holds the menus. JupyterLab lets a notebook do so where it was started with
#: `--expose-app-in-browser`, as `make lab` does; otherwise the reader is told to.
_RUN_BELOW = """
const app = window.jupyterapp, panel = app && app.shell.currentWidget;
const cells = panel && panel.content && panel.content.widgets || [];
const here = cells.findIndex(cell => cell.model.sharedModel.getSource().includes("menus.offer("));
if (here >= 0 && here + 1 < cells.length) {
    panel.content.activeCellIndex = here + 1;
    app.commands.execute("notebook:run-all-below");
} else {
    element.textContent = SENTENCE;
}
"""
_RUN_YOURSELF = Both(
    "Now run the cells below: Run, Run Selected Cell and All Below.",
    "请运行以下各单元格：Run → Run Selected Cell and All Below。",
)


def offer(*, among: Iterable[str] = (), **parameters: str) -> None:
    """Show menus for parameters of the notebook; nothing where nobody looks, or without ipywidgets.

    Parameters
    ----------
    among
        The places or parks to choose from; all ports or parks of the data folder if empty.
    parameters
        Each parameter by its name and with its value: `place`, `park`, `mode`, `edition` (a month, `YYYY-MM`), `as_of`
        (a day, `YYYY-MM-DD`). Another month moves the cut-off to its last day.
    """
    if not someone_looks() or find_spec("ipywidgets") is None:
        return
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    if shell is not None:
        view = Menus(shell.user_ns, parameters, tuple(among)).box._repr_mimebundle_()
        # Without the plain text that widgets bring along, a saved notebook passes nbval, which passes over widgets.
        display({_WIDGET: view[_WIDGET]}, raw=True)


def someone_looks() -> bool:
    """Return whether this kernel was started for a notebook that a person opened.

    A Jupyter server names the notebook of each kernel it starts in `JPY_SESSION_NAME`; papermill, nbval and nbconvert
    start kernels without it.
    """
    return bool(os.environ.get("JPY_SESSION_NAME"))


class Menus:
    """The menus of a notebook; a choice is written into its variables.

    Attributes
    ----------
    controls
        The menus by parameter, that of the language as `lang`.
    box
        All of them, to be shown.
    """

    def __init__(self, variables: dict[str, Any], parameters: dict[str, str], among: Sequence[str]) -> None:
        import ipywidgets

        self._variables, self._widgets, self._hold, self._choices = variables, ipywidgets, False, 0
        evidence = Evidence.read()
        self.controls = {name: self._control(name, value, evidence, among) for name, value in parameters.items()}
        self.controls["lang"] = self._menu("lang", [(_LANGUAGES[each], each) for each in LANGUAGES], session.language())
        self._below = ipywidgets.Output()
        for name, control in self.controls.items():
            control.observe(lambda change, name=name: self._choose(name, change["new"]), names="value")
        self.box = ipywidgets.VBox([ipywidgets.HBox(list(self.controls.values())), self._below])
        self.box.children[0].layout.flex_flow = "row wrap"

    def _control(self, name: str, value: str, evidence: Evidence, among: Sequence[str]) -> Any:
        """Return the control of one parameter."""
        places, lang = evidence.places, session.language()
        if name == "as_of":
            day = dt.date.fromisoformat(value)
            return self._widgets.DatePicker(description=text(NAMES[name], lang), value=day, **_shape())
        if name == "edition":
            return self._menu(name, [(month, month) for month in _months(value, evidence)], value)
        if name == "mode":
            return self._menu(name, [(text(MODES[each], lang), each) for each in ("road", "rail")], value)
        known = places.parks["park"] if name == "park" else places.ports["port"]
        ids = dict.fromkeys([*(among or known.to_list()), value])
        return self._menu(name, [(text(short_name(each, places), lang), each) for each in ids], value)

    def _menu(self, name: str, options: list[tuple[str, str]], value: str) -> Any:
        """Return a menu."""
        words = text(NAMES[name], session.language())
        return self._widgets.Dropdown(description=words, options=options, value=value, **_shape())

    def _choose(self, name: str, value: Any) -> None:
        """Set a parameter and let the cells below follow; nothing where a day was cleared."""
        if self._hold or value is None:
            return
        if name == "lang":
            session.choose(value)
        else:
            self._variables[name] = value.isoformat() if isinstance(value, dt.date) else value
        if name == "edition" and "as_of" in self.controls:
            self._hold = True
            self.controls["as_of"].value = month_end(parse_month(value))
            self._hold = False
            self._variables["as_of"] = self.controls["as_of"].value.isoformat()
        self._run_below()

    def _run_below(self) -> None:
        """Let JupyterLab run the cells below."""
        sentence = json.dumps(text(_RUN_YOURSELF, session.language()), ensure_ascii=False)
        self._choices += 1  # the same words twice would not be carried out twice
        code = f"{_RUN_BELOW.replace('SENTENCE', sentence)}// {self._choices}\n"
        self._below.outputs = (
            {"output_type": "display_data", "data": {"application/javascript": code}, "metadata": {}},
        )  # fmt: skip


def _months(value: str, evidence: Evidence) -> list[str]:
    """Return the months from years before the chosen one to that of the ledger's last publication, newest first."""
    chosen = parse_month(value)
    last = max(chosen, month_start(max(evidence.statements["available_on"])))
    return [f"{month:%Y-%m}" for month in reversed(month_range(add_months(chosen, -12 * _YEARS), last))]


def _shape() -> dict[str, Any]:
    """Return what gives every control room for its words."""
    return {"style": {"description_width": "initial"}, "layout": {"width": "auto"}}
